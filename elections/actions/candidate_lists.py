"""The lists of candidates: drawn up, locked, published, changed by notice; and what stands against each."""

import uuid
from collections.abc import Iterable
from dataclasses import fields, replace

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse
from congress.keeping import Keeping
from congress.law import candidates as law
from congress.law import elections as law_of_lists
from congress.law.ballots import BallotRules, check_rules
from congress.law.campaigns import check_step
from congress.law.finding import Finding
from congress.law.sources import cite
from congress.names.strokes import CHECK_BY_HAND, uncertain
from congress.steps import Attempt, change
from deputies.models import Mandate
from elections.actions.consultations import turnout_findings
from elections.models import CandidateEntry, CandidateList, CandidateNotice, Election, Nominee, VotingRules
from elections.queries import candidate_lists as queries
from elections.queries.candidate_lists import Facts, Kind
from elections.queries.days import day_of, days_of
from elections.queries.languages import autonomous

DRAW = verb("elections.draw_candidates", "拟定了候选人名单")
STEP = {Kind.FIRST: "publish_candidates", Kind.FORMAL: "publish_final_candidates"}


# -- rules by which ballots are judged


def ballot_rules(row: VotingRules) -> BallotRules:
    """The settings as the law's functions read them."""
    return BallotRules(**{one.name: getattr(row, one.name) for one in fields(BallotRules)})


def rules_findings(row: VotingRules) -> list[Finding]:
    """What is to be said of the rules: fixed too late for the first district that votes, narrower than the article's words."""
    return list(check_rules(ballot_rules(row), days_of(row.election).first))


VOTING_RULES = Keeping(VotingRules, "elections.voting_rules", route="elections-voting-rules")


# -- drawing up


def draw(
    actor, election: Election, kind: str, *, convention: str = "xingming", key: uuid.UUID | None = None
) -> list[CandidateList]:
    """Draw up the lists of one kind for every district that has none: the first with all who are lawfully named, the formal one
    as the margin, the preliminary vote or the groups' opinions have it. Returns them; `key` becomes the id of the first.

    Raises Refused where no district waits for one. Side effect: one event with their number.
    """
    with action(DRAW, actor=actor, subject=election) as act:
        held = lock(election)
        waiting = [one for one in queries.facts_of(held).values() if ready_to_draw(one, kind)]
        if not waiting:
            refuse("没有等待拟定的选区：名单已经拟定，或者还没有候选人。")
        made = []
        for facts in waiting:
            row = CandidateList(
                id=key if key and not made else uuid.uuid4(),
                township=held.township,
                election=held,
                district=facts.district,
                kind=kind,
                convention=convention,
            )
            row.save(force_insert=True)
            _write(row, facts, facts.proposed(kind))
            made.append(row)
        act.detail = {"名单": CandidateList.Kind(kind).label, "选区": len(made)}
    return made


def ready_to_draw(facts: Facts, kind: str) -> bool:
    """Whether a district has people to put on a list of the kind, and no such list."""
    return kind not in facts.lists and bool(facts.lawful if kind == Kind.FIRST else facts.eligible)


def _write(row: CandidateList, facts: Facts, nominees: Iterable[Nominee], *, as_given: bool = False) -> None:
    """Put these on a list that is not locked, in its order or as they are given."""
    people = list(nominees)
    order = people if as_given else facts.ordered(people, row.kind, row.convention)
    standing = {one.nominee_id: one for one in CandidateEntry.objects.kept().filter(candidate_list=row)}
    for at, nominee in enumerate(order, start=1):
        entry = standing.pop(nominee.pk, None)
        if entry is None:
            entry = CandidateEntry(township=row.township, candidate_list=row, nominee=nominee, position=at)
            entry.save(force_insert=True)
        else:
            change(entry, position=at)
    for entry in standing.values():
        change(entry, withdrawn_at=clock.now(), withdrawn_reason="不列入这份名单")


def choose(attempt: Attempt) -> dict:
    """Who stands on a list that is not locked."""
    row: CandidateList = attempt.record
    _write(row, facts_of(attempt), attempt.data["nominees"])
    change(row, by_hand=False)
    return {"候选人": len(attempt.data["nominees"])}


def arrange(attempt: Attempt) -> dict:
    """The order as a person set it."""
    row: CandidateList = attempt.record
    facts = facts_of(attempt)
    listed = [one.nominee for one in facts.entries[row.kind]]
    people = {queries.called(one, listed): one for one in listed}
    _write(row, facts, [people[name] for name in names_in(attempt.data["order"])], as_given=True)
    change(row, by_hand=True)
    return {"候选人": len(people)}


def typed_order(attempt: Attempt) -> list[str]:
    """The names of a list in their order, as they are typed."""
    people = [one.nominee for one in facts_of(attempt).entries[attempt.record.kind]]
    return [queries.called(one, people) for one in people]


def names_in(text: str) -> list[str]:
    """The names of a text, one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def check_arranged(attempt: Attempt) -> list[Finding]:
    """Everybody of the list stands in the order once, and nobody else."""
    wanted, given = typed_order(attempt), names_in(attempt.data["order"])
    if sorted(wanted) == sorted(given):
        return []
    missing = "、".join(name for name in wanted if name not in given)
    foreign = "、".join(name for name in given if name not in wanted)
    said = "；".join(
        one for one in (f"缺{missing}" if missing else "", f"名单上没有{foreign}" if foreign else "") if one
    )
    return [Finding("order.names", f"每名候选人写一次：{said or '有人写了两次'}。", field="order")]


# -- locking


def facts_of(attempt: Attempt) -> Facts:
    """What is known of the district of a list."""
    return attempt.once(facts_of_list)


def facts_of_list(row: CandidateList) -> Facts:
    """What is known of the district of a list, read anew. Raises KeyError where the district does not elect."""
    return queries.facts_of(row.election, [row.district_id])[row.district_id]


def against_locking(row: CandidateList, facts: Facts) -> list[Finding]:
    """What keeps a list from being closed, and what should be looked at."""
    entries = facts.entries.get(row.kind, [])
    if not entries:
        return [Finding("list.nobody", "名单上还没有候选人。")]
    found = _against_first(facts, entries) if row.kind == Kind.FIRST else _against_formal(facts, entries)
    if gone := queries.left(entries):
        message = f"{_names(gone)}已经退出，请先从名单上去掉。"
        found.append(Finding("list.left", message))
    return [*found, *_unsure(row, facts, entries), *_unwritten(row, entries), *_alike(entries)]


def _names(entries: Iterable[CandidateEntry]) -> str:
    return "、".join(one.nominee.name for one in entries)


def _against_first(facts: Facts, entries: list[CandidateEntry]) -> list[Finding]:
    """Everybody who is lawfully named stands on it, and nobody else (若干规定十)."""
    lawful, on_it = _keyed(facts.lawful), _keyed(one.nominee for one in entries)
    found = [
        replace(one, message=f"{one.message}：{'、'.join(_concerned(one.code, lawful, on_it))}")
        for one in law_of_lists.check_candidate_list(tuple(lawful), tuple(on_it), facts.day)
    ]
    if facts.unchecked:
        found.append(Finding("list.unchecked", f"还有{facts.unchecked}份推荐表没有核对，核对以后名单才能定稿。"))
    return found


def _keyed(people: Iterable[Nominee]) -> dict[str, str]:
    """Names by key: two people may bear one name."""
    return {str(one.pk): one.name for one in people}


def _concerned(code: str, lawful: dict[str, str], on_it: dict[str, str]) -> list[str]:
    here, there = (lawful, on_it) if code == "list.missing" else (on_it, lawful)
    return [name for key, name in here.items() if key not in there]


def _against_formal(facts: Facts, entries: list[CandidateEntry]) -> list[Finding]:
    """Out of the first list, as many as the margin wants, after the groups discussed it or voted beforehand (选举法三十一、三十二)."""
    day = facts.day
    found: list[Finding] = []
    if facts.asks_first and (facts.first is None or facts.first.published_on is None):
        found.append(Finding("formal.no_first", "代表候选人名单还没有公布，正式候选人名单不能确定。"))
    elif facts.first is not None and facts.first.locked_at is None:
        message = "公布的代表候选人名单没有依法定稿（漏列、多列或者推荐表没有核对），正式候选人名单不能确定。"
        found.append(Finding("formal.first_open", message))
    listed, formal = _keyed(facts.eligible), _keyed(one.nominee for one in entries)
    gone = (str(one.nominee_id) for one in queries.left(entries))  # told by `list.left`
    strangers = law.check_formal_list((*listed, *gone), tuple(formal), day)
    found += [replace(one, message=queries.by_name(one.message, formal)) for one in strangers]
    found += law_of_lists.check_candidates(facts.seats, len(entries), day, facts.by_election)
    voted = facts.preliminary is not None and bool(facts.votes)
    agreed = tuple(one.agreed for one in facts.consultations)
    found += law.check_consulted(facts.seats, len(facts.eligible), facts.groups, agreed, voted, day, facts.by_election)
    return [*found, *(_against_vote(facts, entries) if voted else ())]


def _against_vote(facts: Facts, entries: list[CandidateEntry]) -> list[Finding]:
    """The list follows the preliminary vote; a tie at its end was settled by the committee."""
    vote, day = facts.preliminary, facts.day
    found = turnout_findings(vote, day)
    if vote.confirmed_on is None:
        found.append(Finding("formal.unconfirmed", "预选结果还没有经选举委员会确认。"))
    cut, chosen = facts.cut(len(entries)), {str(one.nominee_id) for one in entries}
    named = _keyed(facts.nominees)
    if not set(cut.fixed) <= chosen or not chosen <= {*cut.fixed, *cut.tied}:
        first = "、".join(named[key] for key in (*cut.fixed, *cut.tied))
        message = f"名单与预选得票多少的顺序不符，按得票应从{first}中确定{len(entries)}名"
        found.append(Finding("formal.not_by_votes", message, cut.citation))
    if cut.tied and not vote.settled.strip():
        found.append(Finding("formal.tie", f"{cut.note}；请在预选的记录里填写。", cut.citation))
    return found


def _unsure(row: CandidateList, facts: Facts, entries: list[CandidateEntry]) -> list[Finding]:
    """Characters whose place no table knows for certain: a person looks at the order."""
    if row.by_hand or facts.order(row.kind).by_votes:
        return []
    chars = dict.fromkeys(char for one in entries for char in uncertain(one.nominee.name))
    if not chars:
        return []
    message = f"{'、'.join(f'“{char}”' for char in chars)}{CHECK_BY_HAND}，在“核对次序”里确认"
    return [Finding("list.uncertain", message)]


def _unwritten(row: CandidateList, entries: list[CandidateEntry]) -> list[Finding]:
    """Names that lack the local writing, where the papers use it or some of the list have one (选举法二十三)."""
    lacking = [one for one in entries if not one.nominee.name_beside]
    if not lacking or not (autonomous(row.township) or len(lacking) < len(entries)):
        return []
    message = f"{_names(lacking)}还没有登记当地文字的姓名，定稿以后补登须公告更正，已经印制的选票作废"
    ground = cite("election_law", "minority_languages", row.election.election_day)
    return [Finding("list.unwritten", message, ground, blocking=False)]


def _alike(entries: list[CandidateEntry]) -> list[Finding]:
    """People whom no ballot tells apart: none is printed until that is mended, which after the list is closed takes a notice."""
    called = queries.called_on_ballot([one.nominee for one in entries])
    twice = [one for one, name in zip(entries, called, strict=True) if called.count(name) > 1]
    if not twice:
        return []
    message = (
        f"{_names(twice)}姓名、单位和职务都相同，选票上不能区分，不能付印；请在定稿以前到候选人的页面更正单位和职务"
    )
    return [Finding("list.alike", message, blocking=False)]


def lock_list(attempt: Attempt) -> dict:
    """The list is closed: how it reads is proven from here on."""
    row: CandidateList = attempt.record
    facts = facts_of(attempt)
    entries = facts.entries[row.kind]
    for at, entry in enumerate(entries, start=1):
        change(entry, position=at, mark=queries.mark_of(entry.nominee))
    people = [one.nominee for one in entries]
    order = facts.order(row.kind)
    change(row, locked_at=clock.now(), fingerprint=queries.fingerprint(people), by_votes=order.by_votes)
    return {"候选人": len(people), "名单指纹": row.fingerprint}


def unlock(attempt: Attempt) -> dict:
    """The list as if it had not been closed: nobody outside has seen it. Ballots printed from it are void."""
    row: CandidateList = attempt.record
    void_ballots(row, attempt.on, "名单取消定稿")
    change(row, locked_at=None, fingerprint="", by_votes=False)
    return {}


def discard(attempt: Attempt) -> dict:
    """A list that was drawn up is taken back with its lines."""
    row: CandidateList = attempt.record
    now, why = clock.now(), attempt.data["reason"]
    for entry in CandidateEntry.objects.kept().filter(candidate_list=row):
        change(entry, withdrawn_at=now, withdrawn_reason=why)
    change(row, withdrawn_at=now, withdrawn_reason=why)
    return {}


def void_ballots(row: CandidateList, on, why: str) -> int:
    """Void what was printed from a list; returns how many ballots. Call in an action."""
    printed = row.ballot_prints.kept().filter(void_on__isnull=True)
    number = 0
    for one in printed:
        change(one, void_on=on, void_why=why)
        number += one.copies
    return number


def passed_over(facts: Facts) -> list[Finding]:
    """Who came on the first list when the formal one was closed already; no text says how that is put right."""
    if not (late := facts.passed_over):
        return []
    names = "、".join(one.name for one in late)
    message = (
        f"{facts.district}：{names}在正式候选人名单定稿以后才补列，没有经过选民小组讨论、协商；正式名单没有公布的请取消定稿"
        "重新确定，已经公布的请报选举委员会决定"
    )
    ground = cite("direct_election_rules", "no_alteration", facts.day)
    return [Finding("formal.passed_over", message, ground, blocking=False)]


# -- publishing and notices


def published_findings(row: CandidateList, on) -> list[Finding]:
    """What the law says of the day a list was published. The paper hangs there all the same, so that nothing of it keeps the day
    from being entered."""
    election = row.election
    by_election = election.how != Mandate.How.GENERAL
    day = day_of(election, row.district_id)
    found = check_step(STEP[Kind(row.kind)], on, day, row.township.pack, by_election)
    return [replace(one, blocking=False, field="on") for one in found]


def publish(attempt: Attempt) -> dict:
    """The list was published on a day, at these places."""
    change(attempt.record, published_on=attempt.on, places=attempt.data["places"])
    return {"公布日期": attempt.on}


def notice(attempt: Attempt) -> dict:
    """What changed since becomes one numbered notice; ballots that no longer show the list are void."""
    row: CandidateList = attempt.record
    facts = facts_of(attempt)
    found = facts.changes(row.kind)
    entries = facts.entries[row.kind]
    staying = [one for one in entries if one not in found.gone]
    people = facts.put_in([one.nominee for one in staying], found.lacking, row)
    made = CandidateNotice(
        township=row.township,
        candidate_list=row,
        number=row.notices.kept().count() + 1,
        published_on=attempt.on,
        before=len(entries),
        removed=len(found.gone),
        added=len(found.lacking),
        corrected=len(found.mended),
        fingerprint=queries.fingerprint(people),
    )
    made.save(force_insert=True)
    for entry in found.gone:
        change(entry, left_by=made)
    for entry in found.mended:
        change(entry, corrected_by=made, mark=queries.mark_of(entry.nominee))
    facts.entries[row.kind] = _rewritten(row, staying, people, made)
    told = {
        "次序": made.number,
        "原列": made.before,
        "退出、除名": made.removed,
        "补列": made.added,
        "更正": made.corrected,
        "现列": made.after,
    }
    if facts.printed and row.kind == Kind.FORMAL and not queries.ballots_hold(facts):
        told["作废选票"] = void_ballots(row, attempt.on, f"名单{made}")
    attempt.made = made
    return told


def _rewritten(
    row: CandidateList, staying: list[CandidateEntry], people: list[Nominee], made: CandidateNotice
) -> list[CandidateEntry]:
    """The lines of a list after a notice, in their order: those that stay, and one for each who is put on it."""
    lines, found = {one.nominee_id: one for one in staying}, []
    for at, nominee in enumerate(people, start=1):
        line = lines.get(nominee.pk)
        if line is None:
            given = {"township": row.township, "candidate_list": row, "mark": queries.mark_of(nominee)}
            line = CandidateEntry(nominee=nominee, position=at, added_by=made, **given)
            line.save(force_insert=True)
        else:
            change(line, position=at)
        found.append(line)
    return found
