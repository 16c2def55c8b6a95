"""Ballots are ordered from the locked formal lists of all districts at once: how many, with which numbers on the stubs."""

import uuid
from dataclasses import replace
from datetime import date

from django.db.models import Count

from congress.documents.fonts import Typeface, lacks
from congress.documents.writings import problem
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse, refuse_blocking
from congress.names.characters import standard
from elections import queries as of_lists
from elections.actions.candidate_lists import void_ballots
from elections.models import BallotPrint, Election, Nominee, Round
from elections.queries import candidate_lists as queries
from elections.queries.candidate_lists import Facts
from elections.queries.languages import language_findings

ORDER = verb("elections.order_ballots", "付印了选票")


def order(
    actor,
    election: Election,
    *,
    ordered_on: date,
    spare: int,
    first_stub: int,
    colour: str,
    title_beside: str = "",
    key: uuid.UUID | None = None,
) -> list[BallotPrint]:
    """Order the ballots of every district that waits for them: one for each voter and `spare` more; the numbers of the stubs
    follow each other. What was printed for another number of seats is void. Returns them; `key` becomes the id of the first.

    Raises Refused where no district waits, a list changed after it was locked, two names on a ballot are the same, a district
    has no voters, a name has a character that no font has, and in an autonomous place without the second language
    (选举法二十三). Side effect: one event.
    """
    with action(ORDER, actor=actor, subject=election) as act:
        held = lock(election)
        found = waiting(held)
        if not found:
            refuse(
                "没有等待付印的选区：正式候选人名单定稿以后才能付印；已经付印的，名单变动作废后再付印，"
                "应选名额变动的先撤回投票的安排再付印。"
            )
        _refuse_language(held, title_beside)
        voters = dict(of_lists.on_roll(held).order_by().values_list("district").annotate(n=Count("pk")))
        for facts in found:
            refuse_changed(facts)
            on_ballot(facts)
            _refuse_undrawn(facts)
            if facts.district.pk not in voters:
                refuse(f"{facts.district}的选民册上还没有选民，不能计算选票张数。")
        made, at, void = [], first_stub, 0
        for facts in found:
            if facts.printed:
                void += void_ballots(facts.printed.candidate_list, ordered_on, "应选名额变动")
            row = BallotPrint(
                id=key if key and not made else uuid.uuid4(),
                township=held.township,
                election=held,
                candidate_list=facts.formal,
                ordered_on=ordered_on,
                voters=voters[facts.district.pk],
                spare=spare,
                first_stub=at,
                colour=colour,
                title_beside=title_beside,
                fingerprint=queries.ballot_print(facts),
            )
            row.save(force_insert=True)
            at = row.last_stub + 1
            made.append(row)
        act.detail = {"选区": len(made), "选票": sum(one.copies for one in made)} | ({"作废选票": void} if void else {})
    return made


def waiting(election: Election) -> list[Facts]:
    """The districts whose ballots are to be ordered: their formal list is locked, somebody of it still stands, and none were
    printed of it; or what was printed names another number of seats, which no notice tells, and no vote is arranged with it."""
    voting = set(Round.objects.kept().filter(election=election).values_list("district", flat=True))
    return [
        one
        for one in queries.facts_of(election).values()
        if one.settled
        and one.standing
        and (one.printed is None or (_of_other_seats(one) and one.district.pk not in voting))
    ]


def _of_other_seats(facts: Facts) -> bool:
    return not facts.changes(queries.Kind.FORMAL) and not queries.ballots_hold(facts)


def refuse_changed(facts: Facts) -> None:
    """Raises Refused where the formal list is not locked, or changed since: no ballot is made of it."""
    row = facts.formal
    if row is None or row.locked_at is None:
        refuse(f"{facts.district}的正式候选人名单还没有定稿，不能印制选票。")
    if not facts.holds(row.kind) or facts.changes(row.kind):
        refuse(f"{facts.district}的正式候选人名单定稿以后有变动，请先公告变动；变动以前印制的选票作废。")


def on_ballot(facts: Facts) -> list[tuple[str, Nominee]]:
    """The names as the ballot has them, each with whom it means. Raises Refused where it does not tell two people apart."""
    found = list(zip(queries.called_on_ballot(facts.standing), facts.standing, strict=True))
    if len({name for name, _ in found}) < len(found):
        refuse(f"{facts.district}票上有姓名、单位和职务都相同的人，不能区分；请在候选人的页面更正单位和职务。")
    return found


def _refuse_undrawn(facts: Facts) -> None:
    """A name on a ballot is printed whole: nobody writes a character in by hand."""
    for at, (name, _, written) in enumerate(queries.ballot_names(facts), start=1):
        if missing := lacks(Typeface.NAME, set(standard(name))):
            shown = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in sorted(missing))
            refuse(
                f"{facts.district}第{at}位候选人“{name}”中的{shown}现有字体没有，选票不能印制；请安装含有该字的字体。"
            )
        if written and (why := problem(written)):
            refuse(f"{why.removesuffix('。')}（{facts.district}第{at}位候选人{name}）。")


def _refuse_language(election: Election, title_beside: str) -> None:
    """Ballots are papers of the election: in an autonomous place they use the local writing as well (选举法二十三)."""
    found = language_findings(election.township, bool(title_beside.strip()), election.election_day)
    refuse_blocking(replace(one, field="title_beside") for one in found)
