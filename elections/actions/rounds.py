"""Rounds: arranged for all districts at once, their ballots settled, counted, declared by two people, and followed by another."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from congress import clock
from congress.counting.actions import Given, name_tellers, open_count, units_from
from congress.counting.models import Count, CountUnit
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse, refuse_where
from congress.keeping import Keeping
from congress.law import rounds as law
from congress.law.candidates import after_leaving
from congress.law.finding import Finding
from congress.law.numerals import between
from congress.law.tallies import AnotherRound, VoteLine, another_round_candidates
from congress.steps import Attempt, change
from congress.wording import people_in
from deputies.models import Mandate
from elections.actions import above, beside
from elections.actions.ballots import on_ballot, refuse_changed
from elections.actions.candidate_lists import ballot_rules
from elections.models import Election, LedgerLine, Nominee, PollingPlace, Round, RoundName, VotingRules, Winner
from elections.queries import candidate_lists as lists
from elections.queries.candidate_lists import Facts
from elections.queries.lists import on_roll
from elections.queries.rounds import RoundFacts, tellers_of

BEGIN = verb("elections.begin_rounds", "安排了投票")
MEASURE = {
    Round.Kind.FIRST: Count.Measure.DIRECT,
    Round.Kind.ANEW: Count.Measure.DIRECT,
    Round.Kind.AGAIN: Count.Measure.TIE,
    Round.Kind.ANOTHER: Count.Measure.ANOTHER,
}


# -- the first votes of all districts


def ready(facts: Facts) -> bool:
    """Whether a district has its ballots and no vote yet."""
    return facts.printed is not None and facts.settled


def begin(actor, election: Election, *, key: uuid.UUID | None = None) -> list[Round]:
    """Arrange the first vote of every district whose ballots were printed, each on its own day with the names of its ballot.
    Returns them; `key` becomes the id of the first.

    Raises Refused where no district waits, a list or the number of seats changed after the ballots were ordered, or a district
    has no voters. Side effect: one event with their number.
    """
    with action(BEGIN, actor=actor, subject=election) as act:
        held = lock(election)
        there = set(Round.objects.kept().filter(election=held).values_list("district", flat=True))
        waiting = [one for one in lists.facts_of(held).values() if ready(one) and one.district.pk not in there]
        if not waiting:
            refuse("没有等待安排投票的选区：选票付印以后才能安排。")
        made = []
        for facts in waiting:
            refuse_changed(facts)
            if not lists.ballots_hold(facts):
                refuse(f"{facts.district}已经印制的选票与现在的应选名额不符，请重新付印。")
            row = Round(
                id=key if key and not made else uuid.uuid4(),
                township=held.township,
                election=held,
                district=facts.district,
                kind=Round.Kind.FIRST,
                number=1,
                held_on=facts.day,
                seats=facts.seats,
                voters=_voters(held, facts.district),
                printed=facts.printed.copies,
            )
            row.save(force_insert=True)
            _write(row, on_ballot(facts))
            made.append(row)
        act.detail = {"选区": len(made)}
    return made


def _voters(election: Election, district) -> int:
    number: int = on_roll(election).filter(district=district).count()
    if not number:
        refuse(f"{district}的选民册上还没有选民。")
    return number


def _write(row: Round, names: Iterable[tuple[str, Nominee | None]], written: Mapping[str, str] | None = None) -> None:
    """The names of a ballot in their order, those without nomination in both writings (`written`)."""
    for at, (name, nominee) in enumerate(names, start=1):
        made = RoundName(township=row.township, round=row, position=at, name=name, nominee=nominee)
        made.name_beside = (written or {}).get(name, "")
        made.save(force_insert=True)


# -- its ballots


def _check_line(row: LedgerLine) -> None:
    place, mobile = row.place, row.mobile
    whose = place or mobile
    refuse_where(
        [
            (counting(row.round), "计票已经开始，票账不能再改；确有错误的请先查明并在计票单元里说明。", ""),
            (bool(place) == bool(mobile), "请选择一处投票站（选举大会）或者一个流动票箱。", "place"),
            (
                whose is not None and row.round.district_id not in (whose.district_id, whose.county_district_id),
                "这一处不是本选区的。",
                "place" if place else "mobile",
            ),
            (
                row.in_person + row.by_proxy > row.received,
                f"发出{row.in_person + row.by_proxy}张，多于领取的{row.received}张。",
                "in_person",
            ),
        ]
    )


def counting(row: Round) -> bool:
    """Whether its ballots are being counted, or were."""
    return row.count is not None and row.count.withdrawn_at is None


def _stays(row: LedgerLine) -> None:
    if counting(row.round):
        refuse("计票已经开始，票账不能撤回。")


LEDGER = Keeping(
    LedgerLine, "elections.ledger", check=_check_line, stays=_stays, route="elections-ledger", inside="round"
)


def settle(attempt: Attempt) -> dict:
    """What became of the ballots that were left over."""
    said = attempt.data
    names = ("filed", "destroyed", "lost", "witnesses", "settled_note")
    change(attempt.record, settled_on=attempt.on, **{name: said[name] for name in names})
    return {"存档": said["filed"], "销毁": said["destroyed"], "遗失": said["lost"]}


def check_settled(attempt: Attempt) -> list[Finding]:
    """Who watched stands there, and what is lost has its explanation."""
    said, found = attempt.data, []
    if said["destroyed"] and len(people_in(said["witnesses"])) < 2:
        found.append(
            Finding("ledger.witnesses", "销毁选票应有两人监督，请填写两人姓名，用顿号分开。", field="witnesses")
        )
    if said["lost"] and not said["settled_note"].strip():
        found.append(Finding("ledger.lost", "请写明遗失的情况。", field="settled_note"))
    return found


# -- its count


def count(attempt: Attempt) -> dict:
    """Prepare the count with the names of the ballot and a unit for each place and mobile box, as the ledger has them."""
    row: Round = attempt.record
    rules = VotingRules.objects.kept().filter(election=row.election_id).first()
    made = open_count(
        attempt.actor,
        row.township,
        title=f"{row.district.term.get_level_display()}{row}",
        kind=Count.Kind.ELECTION,
        measure=MEASURE[Round.Kind(row.kind)],
        held_on=row.held_on,
        seats=row.seats,
        registered=row.voters,
        names=[(one.nominee_id, one.name) for one in row.listed],
        write_ins=row.kind != Round.Kind.AGAIN,  # between those who tie and nobody else (选举法四十一、四十五)
        rules=ballot_rules(rules) if rules else None,
        subject=row,
    )
    units_from(attempt.actor, made, [_unit(one) for one in row.lines])
    name_tellers(attempt.actor, made, tellers_of(row))
    change(row, count=made)
    return {"计票单元": len(row.lines)}


def _unit(line: LedgerLine) -> Given:
    meeting = line.place is not None and line.place.kind == PollingPlace.Kind.MEETING
    kind = CountUnit.Kind.MEETING if meeting else CountUnit.Kind.BOX if line.place else CountUnit.Kind.MOBILE
    return Given(str(line.whose), line.issued, line.issued, kind, line.pk)


# -- declared by two people


def ask(attempt: Attempt) -> dict:
    """The first of two: what the committee declares, and by which paper."""
    facts, said = attempt.once(RoundFacts), attempt.data
    told = {"declared_by": said["declared_by"], "paper": said["paper"], "fingerprint": facts.result.fingerprint}
    change(attempt.record, declared_on=attempt.on, asked_by=attempt.actor, **told)
    return {"宣布日期": attempt.on, "计票指纹": facts.result.fingerprint}


def confirm(attempt: Attempt) -> dict:
    """The second of two: the result is declared, and who is elected stands on record."""
    row, facts = attempt.record, attempt.once(RoundFacts)
    found, votes = facts.result.outcome.tally, votes_of(facts)
    if facts.county:
        elected = above.declare(row)
        change(row, confirmed_by=attempt.actor)
        return {"当选": elected, "与本地计票不同": len(facts.differences), "计票指纹": row.fingerprint}
    nominees = {one.name: one.nominee for one in row.listed}
    for at, name in enumerate(found.elected, start=1):
        given = {"name": name, "votes": votes[name], "nominee": nominees.get(name)}
        Winner(township=row.township, round=row, position=at, **given).save(force_insert=True)
    change(row, confirmed_by=attempt.actor)
    return {"有效": "是" if found.valid else "否", "当选": len(found.elected), "计票指纹": row.fingerprint}


def revoke(attempt: Attempt) -> dict:
    """What the first asked for is not declared."""
    above.take_back(attempt.record, attempt.data["reason"])
    change(attempt.record, declared_on=None, declared_by="", paper="", asked_by=None, fingerprint="")
    return {"原因": attempt.data["reason"]}


def votes_of(facts: RoundFacts) -> dict[str, int]:
    """Votes in favour by name, of those written in too."""
    totals = facts.result.totals
    return {one.label: one.yes for one in (*totals.lines, *totals.write_ins)}


# -- what follows


def standing_again(facts: RoundFacts) -> AnotherRound | None:
    """Who stands in 另行选举 by the order of votes (选举法四十五); None where another kind of round follows. Where voters' own
    choices would stand among them by their votes, the findings say that nobody knows whether they may."""
    if facts.follow is None or not _by_votes(facts):
        return None
    votes, listed = votes_of(facts), {one.name for one in facts.row.listed}
    lines = [VoteLine(name, votes[name], name not in listed) for name in offered(facts)]
    seats, on = facts.follow.seats, facts.row.held_on
    found = another_round_candidates(tuple(one for one in lines if not one.write_in), seats, on)
    beside = another_round_candidates(tuple(lines), seats, on).findings
    told = [one for one in beside if one.code == "another_round.write_in"]
    return replace(found, findings=(*found.findings, *told))


def _by_votes(facts: RoundFacts) -> bool:
    """Whether the votes of this round name who stands in the next; in one that was void they name nobody."""
    return facts.follow.kind == Round.Kind.ANOTHER and not facts.follow.repeats


def offered(facts: RoundFacts) -> list[str]:
    """Whose names may stand on the next ballot: those who tie, those who were not elected (whom voters wrote in too), or the
    candidates once more; nobody who left since."""
    left = {one.name for one in facts.row.listed if one.nominee is not None and not one.nominee.stands}
    if _by_votes(facts):
        gone = [one.name for one in facts.row.won] if facts.county else facts.result.outcome.tally.elected
        names = [name for name in votes_of(facts) if name not in gone]
    else:
        names = list(facts.follow.names) or [one.name for one in facts.row.listed]
    return [name for name in names if name not in left]


def follow(attempt: Attempt) -> dict:
    """Arrange the round that the law wants, between whoever stands in it."""
    row, facts, said = attempt.record, attempt.once(RoundFacts), attempt.data
    made = Round(
        township=row.township,
        election=row.election,
        district=row.district,
        kind=facts.follow.kind,
        number=row.number + 1,
        held_on=attempt.on,
        seats=facts.follow.seats,
        voters=_voters(row.election, row.district),
        printed=said["printed"],
        follows=row,
    )
    made.save(force_insert=True)
    nominees = {one.name: one.nominee for one in row.listed}
    written = beside.read(said[beside.FIELD], beside.asked_of(row, said["names"]))
    _write(made, [(name, nominees.get(name)) for name in _in_order(row, said["names"])], written)
    attempt.made = made
    return {"投票": made.get_kind_display(), "投票日期": attempt.on, "应选": made.seats}


def _in_order(row: Round, names: Sequence[str]) -> list[str]:
    """In the order of the ballot before, those who were written in behind."""
    order = [one.name for one in row.listed]
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))


def leave_vacant(attempt: Attempt) -> dict:
    """Whoever decides it leaves the open seats empty: no other vote follows."""
    said = attempt.data
    given = {"vacant_paper": said["vacant_paper"], "vacant_why": said["vacant_why"]}
    change(attempt.record, vacant_on=attempt.on, **given)
    return {"暂缺": attempt.once(RoundFacts).follow.seats, "决定日期": attempt.on}


def take_up(attempt: Attempt) -> dict:
    """The seats are voted on after all, or that they stay empty was entered by mistake."""
    change(attempt.record, vacant_on=None, vacant_paper="", vacant_why="")
    return {"原因": attempt.data["reason"]}


def by_law(attempt: Attempt) -> list[Finding]:
    """That the law wants the vote that is left out, where somebody may stand in it."""
    facts = attempt.once(RoundFacts)
    remaining, limit = offered(facts), standing_again(facts)
    least = limit.minimum if limit else facts.follow.seats + 1
    if len(remaining) < least:
        return []
    label = Round.Kind(facts.follow.kind).label
    message = f"还有{len(remaining)}人可以列入，依法应当{label}；确实不能进行的，须有决定的文件"
    return [Finding("vacant.by_law", message, facts.follow.citation, blocking=False)]


def check_follow(attempt: Attempt) -> list[Finding]:
    """The day, and whether those who are chosen are those whom the votes name."""
    row, facts, names = attempt.record, attempt.once(RoundFacts), attempt.data["names"]
    found = [*law.check_day(attempt.on, row.held_on), *beside.findings(row, names, attempt.data[beside.FIELD])]
    if _by_votes(facts):
        return found + _against_another(facts, list(names))
    wanted = offered(facts)
    if set(names) != set(wanted):
        who = "原来的候选人" if facts.follow.repeats else "票数相等的"
        message = f"{Round.Kind(facts.follow.kind).label}就{who}{'、'.join(wanted)}进行，不能增减。"
        found.append(Finding("follow.names", message, facts.follow.citation, field="names"))
    return found + _fewer(facts, len(wanted))


def _fewer(facts: RoundFacts, remaining: int) -> list[Finding]:
    """What is told where some of those who are voted on once more left since, and the others are no choice any more."""
    row, seats = facts.row, facts.follow.seats
    if all(one.nominee is None or one.nominee.stands for one in row.listed):
        return []
    if facts.follow.kind == Round.Kind.AGAIN:
        if remaining > seats:
            return []
        message = (
            f"票数相等的人中有人退出，余下{remaining}名，不多于应选的{seats}名；条文没有规定这时是否还要再次投票，"
            "请报县级选举委员会指导后决定"
        )
        return [Finding("follow.no_choice", message, facts.follow.citation, blocking=False, field="names")]
    by_election = row.election.how != Mandate.How.GENERAL
    found = after_leaving(seats, remaining, row.held_on, by_election, row.township.pack)
    told = found if facts.follow.kind == Round.Kind.ANEW else found[:1]  # 另行选举 has no groups that discuss
    return [replace(one, blocking=False, field="names") for one in told]


def _against_another(facts: RoundFacts, names: list[str]) -> list[Finding]:
    """By the votes of the first round from the top, within the margin; who is level at the end is for people to decide."""
    limit = standing_again(facts)
    if not limit.minimum <= len(names) <= limit.maximum:
        short = any(one.code == "another_round.too_few" for one in limit.findings)
        message = f"另行选举的候选人应为{between(limit.minimum, limit.maximum)}名，现在是{len(names)}名"
        told = f"{message}；可列入的不足，条文没有规定怎样补，由选举委员会请示后决定" if short else message
        return [Finding("another.number", told, limit.citation, blocking=not short, field="names")]
    votes = votes_of(facts)
    last = min(votes[name] for name in names)
    listed = {one.name for one in facts.row.listed}
    passed = [name for name in offered(facts) if votes[name] > last and name not in names and name in listed]
    if not passed:
        return []
    message = f"{'、'.join(passed)}得票多于所列的人，应按第一次投票得票多少的顺序确定"
    return [Finding("another.order", message, limit.citation, field="names")]


def discard(attempt: Attempt) -> dict:
    """A round that was arranged by mistake."""
    row: Round = attempt.record
    now, why = clock.now(), attempt.data["reason"]
    for one in row.listed:
        change(one, withdrawn_at=now, withdrawn_reason=why)
    change(row, withdrawn_at=now, withdrawn_reason=why)
    return {}


def declared_late(on: date, held_on: date) -> list[Finding]:
    """The day of a declaration is not before the vote."""
    if on >= held_on:
        return []
    return [Finding("order.before", "宣布日期不能早于投票日期。", field="on")]
