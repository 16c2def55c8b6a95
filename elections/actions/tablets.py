"""A register without network: its list is taken along on a tablet, what was issued there is merged later, and what could not be is
decided. Each entry goes through what stands against it at the desk, and through the same constraint. See ADR 23."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse
from congress.steps import Attempt, change
from elections.actions import issue
from elections.models import (
    BallotIssue,
    IssueConflict,
    IssueHour,
    IssueRegister,
    ProxyVote,
    Registration,
    Round,
    Tablet,
)
from elections.queries import tablets as queries
from elections.queries.desk import locked
from elections.queries.issue import Desk, Person

TAKE = verb("elections.take_list_along", "带走了离线名册")
LOAD = verb("elections.load_tablet", "把离线名册存到了设备")
MERGE = verb("elections.merge_tablet", "并入了离线领票登记")
CLOSED = "领票登记已经关闭。"
LOST = "这台设备已经登记为没有带回，它的登记不再自动并入，请对照纸质领票登记册。"
QUICKER = "刚刚在另一处已经发过票。"
MOVED = "名册带走以后，这名选民重新登记了。"


def take_along(actor, register: IssueRegister, name: str, *, key: uuid.UUID | None = None) -> Tablet:
    """Note who takes the list of a register along on which device. Raises Refused where no ballot is issued there today."""
    given = {"township": register.township, "name": name, "taken_by": actor, "taken_on": clock.today()}
    row = Tablet(id=key or uuid.uuid4(), register=register, until=queries.until_of(register), **given)
    with action(TAKE, actor=actor, subject=row, detail={"设备": name}):
        row.register = issue.held(register)
        row.save(force_insert=True)
    return row


def load(actor, tablet: Tablet) -> IssueRegister:
    """Note that the list is put on the device; returns its register. Raises Refused once it came back, was lost, or where no ballot
    is issued today."""
    with action(LOAD, actor=actor, subject=tablet):
        register = issue.held(tablet.register)
        row = lock(tablet)
        if not row.out:
            refuse(f"这份名册{row.state}，不能再存到设备上；要带走的请重新登记。")
    return register


@dataclass(frozen=True)
class Entry:
    """One ballot as a tablet says it handed it out; `key` is by chance and knows it when it is sent again."""

    key: uuid.UUID
    vote: uuid.UUID
    registration: uuid.UUID
    way: str
    on: date


@dataclass
class Merged:
    """What came of what a tablet sent."""

    taken: int = 0
    conflicts: int = 0
    replaced: int = 0
    uncounted: int = 0  # exchanged ballots of a register that is closed
    again: int = 0  # entries that had arrived before, or were typed in from paper


def merge(actor, tablet: Tablet, entries: Sequence[Entry], replaced: Mapping[str, int], back: bool = False) -> Merged:
    """Take what a tablet sends: entries one by one, and by vote how many ballots it exchanged since it was taken along. What came
    before is known by its key and changes nothing. With `back` the device is handed back.

    What cannot be taken becomes a conflict. All is written in one transaction, in the order of the lines of the roll, which is
    one of chance. Raises Refused for votes of another election.
    """
    with action(MERGE, actor=actor, subject=tablet) as act:
        register = locked(tablet.register)
        row = lock(tablet)
        votes = {*(one.vote for one in entries), *map(uuid.UUID, replaced)}
        if Round.objects.filter(pk__in=votes, election__campaign=register.campaign_id).count() != len(votes):
            refuse("这些登记不是这次选举的，没有并入。")
        new = _unknown(row, entries)
        said = Merged(again=len(entries) - len(new))
        refused = _refused_whole(row, register)
        _write(row, register, new, refused, said)
        _exchange(row, register, replaced, refused, said)
        merged = {"merged": row.merged + said.taken, "replaced": _highest(row.replaced, replaced)}
        handed = {"back_on": clock.today()} if back and row.back_on is None else {}
        change(row, **merged, **handed)
        act.detail = {
            "并入": said.taken,
            "冲突": said.conflicts,
            "换发": said.replaced,
            "交回": "是" if handed else "否",
        }
    return said


def key_of(tablet: Tablet, entry: Entry) -> uuid.UUID:
    """The key of the row an entry becomes: of the device as well, so that nobody hits another's row."""
    return uuid.uuid5(entry.key, str(tablet.pk))


def _unknown(tablet: Tablet, entries: Iterable[Entry]) -> dict[uuid.UUID, Entry]:
    """Those that have not arrived before, by the key of their row."""
    sent = {key_of(tablet, one): one for one in entries}
    known = {*BallotIssue.objects.filter(pk__in=sent).values_list("pk", flat=True)}
    known |= {*IssueConflict.objects.filter(pk__in=sent).values_list("pk", flat=True)}
    return {key: one for key, one in sent.items() if key not in known}


def _refused_whole(tablet: Tablet, register: IssueRegister) -> str:
    """Why nothing at all is taken of a device."""
    if tablet.lost_on is not None:
        return LOST
    return CLOSED if register.closed_on is not None else ""


def _write(tablet: Tablet, register: IssueRegister, new: Mapping, refused: str, said: Merged) -> None:
    """Issue what may be issued; what may not, or was issued elsewhere a moment before, becomes a conflict."""
    if tablet.lost_on is not None:
        new = _not_typed_in(register, new, said)
    why = dict.fromkeys(new, refused) if refused else _weighed(register, new)
    rows = [_row(register, key, one) for key, one in new.items() if not why[key]]
    written = issue.insert(register, rows)
    said.taken = len(written)
    missed = [
        IssueConflict(
            id=key,
            township=tablet.township,
            tablet=tablet,
            round_id=entry.vote,
            registration_key=entry.registration,
            way=entry.way,
            issued_on=entry.on,
            against=why[key] or QUICKER,
        )
        for key, entry in new.items()
        if key not in written
    ]
    IssueConflict.objects.bulk_create(sorted(missed, key=lambda one: one.pk))
    said.conflicts = len(missed)


def _not_typed_in(register: IssueRegister, new: Mapping, said: Merged) -> dict[uuid.UUID, Entry]:
    """Of a device that was declared lost and came back, those that nobody has typed in from the paper register."""
    lines = [one.registration for one in new.values()]
    rows = BallotIssue.objects.kept().filter(register=register, registration_key__in=lines)
    typed = {*rows.values_list("round", "registration_key", "way")}
    left = {key: one for key, one in new.items() if (one.vote, one.registration, one.way) not in typed}
    said.again += len(new) - len(left)
    return left


def _row(register: IssueRegister, key: uuid.UUID, entry: Entry) -> BallotIssue:
    return issue.row_of(register, entry.vote, entry.registration, entry.way, entry.on, key)


def _weighed(register: IssueRegister, new: Mapping[uuid.UUID, Entry]) -> dict[uuid.UUID, str]:
    """By key what stands against each entry, as the desk sees it; empty where nothing does."""
    lines = {one.registration for one in new.values()}
    # Nobody cancels an authority between this look and the writing.
    proxies = ProxyVote.objects.kept().select_for_update(of=("self",), no_key=True).filter(principal__in=lines)
    list(proxies.order_by("pk"))
    voters = dict(Registration.objects.kept().filter(pk__in=lines).values_list("pk", "voter"))
    desk = Desk(register)
    people = {one.voter.pk: one for one in desk.people({*voters.values()}, deeper=False)}
    return {key: against(desk, people.get(voters.get(one.registration)), one) for key, one in new.items()}


def against(desk: Desk, person: Person | None, entry: Entry) -> str:
    """Why the register does not take an entry; empty where it does."""
    register = desk.register
    if not register.held_on <= entry.on <= min(register.last_day, clock.today()):
        return "登记的日期不是这一处发票的日子。"
    if entry.vote not in [one.pk for one in desk.rounds]:
        return "这次投票的选票不在这里发，或者已经开始计票。"
    if person is None:
        return "选民名单上没有这名选民。"
    paper = next(one for one in person.papers if one.round.pk == entry.vote)
    if (
        paper.registration is None or paper.registration.pk != entry.registration
    ):  # under another key, one would get two ballots
        return paper.against or MOVED
    if entry.way == BallotIssue.Way.PERSON:
        return paper.against or paper.unlisted
    return paper.against_agent


def _exchange(tablet: Tablet, register: IssueRegister, totals: Mapping[str, int], refused: str, said: Merged) -> None:
    """Count what was exchanged beyond what a device said before."""
    for vote, number in sorted(totals.items()):
        more = number - tablet.replaced.get(vote, 0)
        if more > 0 and refused:
            said.uncounted += more
        elif more > 0:
            issue.add(register, uuid.UUID(vote), IssueHour.Way.REPLACED, more)
            said.replaced += more


def _highest(before: Mapping[str, int], sent: Mapping[str, int]) -> dict[str, int]:
    return {vote: max(before.get(vote, 0), sent.get(vote, 0)) for vote in sorted({*before, *sent})}


# -- what does not come back, and what could not be merged


def lose(attempt: Attempt) -> dict:
    """The device does not come back, or is broken: the paper register is typed in for it."""
    change(attempt.record, lost_on=attempt.on, lost_reason=attempt.data["reason"])
    return {"设备": attempt.record.name, "原因": attempt.data["reason"]}


def decide(attempt: Attempt) -> dict:
    """What becomes of a ballot that could not be merged. Entering it asks once more what stands against it."""
    row: IssueConflict = attempt.record
    if attempt.data["decision"] == IssueConflict.Decision.ENTER:
        _enter(row)
    change(row, decided_on=attempt.on, decision=attempt.data["decision"], note=attempt.data["note"])
    return {"处理": row.get_decision_display()}


def _enter(row: IssueConflict) -> None:
    register = locked(row.tablet.register)
    if register.closed_on is not None:
        refuse(f"{CLOSED}要补登的，请先重新打开。", "decision")
    entry = Entry(row.pk, row.round_id, row.registration_key, row.way, row.issued_on)
    (why,) = _weighed(register, {row.pk: entry}).values()
    if why or not issue.insert(register, [_row(register, uuid.uuid4(), entry)]):
        refuse(f"现在还不能补登：{(why or QUICKER).rstrip('。')}。", "decision")
