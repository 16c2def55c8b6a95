"""The issue register: opened, ballots handed out one voter at a time, exchanged, ticks taken back; closed, and opened again.

Handing out leaves no event: the row stands for a voter, and an event would tell the minute. Opening, closing, exchanging and taking
back are actions, whose events name the register and nobody. See ADR 20.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from congress import clock
from congress.guard.action import action, verb
from congress.guard.refusal import refuse, refuse_where
from congress.law.finding import Finding
from congress.law.sources import cite
from congress.steps import Attempt, change
from congress.wording import chinese_date
from elections.models import BallotIssue, IssueHour, IssueRegister, MobileBox, PollingPlace, ProxyVote
from elections.models.proxies import LIVE, MOST
from elections.queries.desk import locked
from elections.queries.issue import Desk, Paper, Person, counted_at

OPEN = verb("elections.open_register", "开启了领票登记")
REPLACE = verb("elections.replace_ballot", "登记了换发选票")
UNDO = verb("elections.undo_issue", "撤销了误登的领票")
MOST_TIMES = 100  # that rows are written anew: more than a page holds, so that none stays on it
Way, Hour, State, CAME = BallotIssue.Way, IssueHour.Way, ProxyVote.State, ProxyVote.Cancelled.CAME


def open_register(actor, campaign, whose: PollingPlace | MobileBox, *, key: uuid.UUID | None = None) -> IssueRegister:
    """Open the register of a place or mobile box for the votes of today. Raises Refused where none is held there today."""
    today = clock.today()
    there = {"place": whose} if isinstance(whose, PollingPlace) else {"mobile": whose}
    row = IssueRegister(id=key or uuid.uuid4(), township=campaign.township, campaign=campaign, held_on=today, **there)
    with action(OPEN, actor=actor, subject=row):
        if not Desk(row).rounds:
            refuse(f"{whose}今天（{chinese_date(today)}）没有等待投票的选区，投票日当天才能开启领票登记。", "whose")
        row.save(force_insert=True)
    return row


# -- one voter at the desk


def issue(register: IssueRegister, voter, way: str = Way.PERSON, principals: Sequence = ()) -> list[Person]:
    """Hand a voter the ballots of the day's votes: to the voter (`person`), to the agent in the voter's place (`proxy`), or none of
    the voter's own (empty); and to the voter those of the `principals` who entrusted them. Voters are told by key. Returns who
    got ballots, for the words that are said aloud.

    Raises Refused where nothing may be issued, a principal's authority was not agreed to, or another table was quicker. Leaves
    no event.
    """
    with transaction.atomic():
        desk = Desk(held(register))
        person = desk.person(voter)
        if person is None:
            refuse("没有这名选民。", "voter")
        if len(set(principals)) > MOST:
            citation = cite("election_law", "proxy", desk.register.held_on)
            refuse(f"每一选民接受的委托不得超过{MOST}人。", "principals", citation=citation)
        given = [(person, _papers(person, way), way)] if way else []
        for pk in dict.fromkeys(principals):
            principal = next((one for one in person.principals if str(one.voter.pk) == str(pk)), None)
            if principal is None:
                refuse(f"没有同意委托{person.voter.name}投票的这份委托。", "principals")
            given.append((principal, _papers(principal, Way.PROXY), Way.PROXY))
        if not given:
            refuse("请选择发给谁的选票。", "principals")
        _hold([paper.proxy for _, papers, how in given if how == Way.PROXY for paper in papers])
        _write(desk.register, given)
    return [person for person, _, _ in given]


def held(register: IssueRegister) -> IssueRegister:
    """The same, to issue ballots today. Raises Refused where it is closed or over."""
    row, today = locked(register), clock.today()
    refuse_where(
        [
            (row.closed_on is not None, "领票登记已经关闭，不能再发票。", ""),
            (not row.held_on <= today <= row.last_day, f"投票日是{chinese_date(row.held_on)}，今天不能发票。", ""),
        ]
    )
    return row


def _papers(person: Person, way: str) -> list[Paper]:
    """The ballots of one person. Raises Refused with the reasons where there are none."""
    if found := person.open if way == Way.PERSON else person.to_agent:
        return found
    reasons = person.against_agent if way == Way.PROXY else person.against
    told = "".join(reasons).rstrip("。")
    refuse(f"{person.called}：{told}。", "principals" if way == Way.PROXY else "voter")


def _hold(proxies: Iterable[ProxyVote]) -> None:
    """Lock the authorities and look once more: somebody may be cancelling one."""
    wanted = {one.pk for one in proxies}
    rows = ProxyVote.objects.kept().select_for_update(of=("self",), no_key=True).filter(pk__in=wanted)
    if {one.pk for one in rows if one.state == State.AGREED} != wanted:
        refuse("这份委托刚刚取消了，请刷新后再办。", "principals")


def row_of(register: IssueRegister, vote, line, way: str, on: date, key: uuid.UUID | None = None) -> BallotIssue:
    """That the ballot of a vote was handed out for a line of the roll; both are told by key."""
    given = {"round_id": vote, "registration_key": line, "way": way, "issued_on": on}
    return BallotIssue(id=key or uuid.uuid4(), township=register.township, register=register, **given)


def insert(register: IssueRegister, rows: Iterable[BallotIssue]) -> set[uuid.UUID]:
    """Write rows in the order of the lines of the roll, which tells nothing and in which two tables take the same voters, leaving
    out what was issued elsewhere; count them into their hours. Returns the keys of those that were written."""
    rows = sorted(rows, key=lambda row: (row.round_id, row.registration_key, row.pk))
    BallotIssue.objects.bulk_create(rows, ignore_conflicts=True)
    written = {*BallotIssue.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)}
    hours = Counter((row.round_id, row.way, row.issued_on) for row in rows if row.pk in written)
    for (vote, way, on), number in sorted(hours.items(), key=str):
        add(register, vote, way, number, on)
    return written


def _write(register: IssueRegister, given: Sequence[tuple[Person, Sequence[Paper], str]]) -> None:
    today = clock.today()
    rows = [
        row_of(register, paper.round.pk, paper.registration.pk, way, today)
        for _, papers, way in given
        for paper in papers
    ]
    if len(insert(register, rows)) < len(rows):
        refuse("刚刚在另一处（另一张桌子）已经发过票，请刷新后查看。", "voter")


def add(register: IssueRegister, vote, way: str, number: int = 1, on: date | None = None) -> None:
    """Count into the hour that is now, what was issued on a day before into its last; the register is locked, so that nobody
    else makes the row meanwhile."""
    moment = clock.now()
    if on is not None and on != moment.date():
        moment = datetime.combine(on, time(23))
    hour = {"register": register, "round_id": vote, "day": moment.date(), "hour": moment.hour, "way": way}
    if not IssueHour.objects.filter(**hour).update(number=F("number") + number):
        IssueHour(township=register.township, number=number, **hour).save(force_insert=True)


def replace(actor, register: IssueRegister, voter, vote=None) -> tuple[Person, list[Paper]]:
    """A voter who spoilt a ballot gives it back and gets another: counted for the vote whose ballot it was (where not said, for each
    of the day), and of nobody kept. Raises Refused for who was issued none."""
    with action(REPLACE, actor=actor, subject=register) as act:
        row = held(register)
        person = Desk(row).person(voter)
        papers = [one for one in person.issued if vote in (None, one.round.pk)] if person else []
        if person is None or not papers:
            refuse("还没有领票，不能换发。", "voter")
        for paper in papers:
            add(row, paper.round.pk, Hour.REPLACED)
        act.detail = {"张数": len(papers)}
    return person, papers


def undo(actor, register: IssueRegister, voter, why: str) -> Person:
    """A tick that stands at the wrong voter is taken back; the ballot was not handed out. Raises Refused for what was issued
    elsewhere, or not at all."""
    with action(UNDO, actor=actor, subject=register) as act:
        row = held(register)
        person = Desk(row).person(voter)
        mine = [one.issued for one in person.issued if one.issued.register_id == row.pk] if person else []
        if not mine:
            refuse("没有在这里领票的登记。", "voter")
        for one in mine:
            change(one, withdrawn_at=BallotIssue.moment_of(row.held_on), withdrawn_reason=why)
            add(row, one.round_id, f"{one.way}_back")
        act.detail = {"张数": len(mine), "原因": why}
    return person


# -- closed, and opened again


def close(attempt: Attempt) -> dict:
    """No ballot is issued any more. What proxies came to is written, and the rows are written anew in the order of their keys, so
    that nothing of the order in which voters came is left in them."""
    row: IssueRegister = attempt.record
    used, came = _settle_proxies(row, attempt.on)
    _shuffle(row)
    change(row, closed_on=attempt.on, queued=attempt.data["queued"])
    issued = BallotIssue.objects.kept().filter(register=row).count()
    return {"发票": issued, "受委托领票": used, "委托人本人到场": came}


def _proxies_of(row: IssueRegister) -> tuple[QuerySet, dict]:
    """The authorities of those to whom the register issued, under a lock, and by principal the way."""
    mine = dict(BallotIssue.objects.kept().filter(register=row).values_list("registration_key", "way"))
    rows = ProxyVote.objects.kept().select_for_update(of=("self",), no_key=True)
    return rows.filter(election__campaign=row.campaign_id, principal__in=mine).order_by("pk"), mine


def _settle_proxies(row: IssueRegister, on: date) -> tuple[int, int]:
    """Whose agent got the ballot is out for good; whose principal came is cancelled (选举法五、四十二)."""
    rows, mine = _proxies_of(row)
    used = came = 0
    for proxy in rows.filter(state__in=LIVE):
        if mine[proxy.principal_id] == Way.PROXY:
            used += bool(change(proxy, ballot_on=row.held_on))
        else:
            came += 1
            change(proxy, state=State.CANCELLED, cancelled=CAME, cancelled_on=on)
    return used, came


def _shuffle(row: IssueRegister) -> None:
    """Write every row of the register anew in the order of its key, a chance one. A row stays on its page where that has room, and
    what this wrote before takes room: so again, at least twice, until they lie in that order. Afterwards one transaction has
    written them all."""
    for lie, write in (
        (
            "SELECT id FROM elections_ballotissue WHERE register_id = %s ORDER BY ctid",
            "UPDATE elections_ballotissue SET version = version + 1 WHERE id = %s",
        ),
        (
            "SELECT id FROM elections_issuehour WHERE register_id = %s ORDER BY ctid",
            "UPDATE elections_issuehour SET version = version + 1 WHERE id = %s",
        ),
    ):
        with connection.cursor() as cursor:
            for times in range(MOST_TIMES):
                cursor.execute(lie, [row.pk])
                keys = [pk for (pk,) in cursor.fetchall()]
                if times > 1 and keys == sorted(keys):
                    break
                cursor.executemany(write, [[pk] for pk in sorted(keys)])


def reopen(attempt: Attempt) -> dict:
    """Closed too early: ballots are issued again, and what authorities came to follows from the rows once more, or a tick that is
    taken back now would leave one used up or cancelled."""
    row: IssueRegister = attempt.record
    for proxy in _proxies_of(row)[0].filter(Q(ballot_on=row.held_on) | Q(cancelled_on=row.closed_on, cancelled=CAME)):
        state = State.AGREED if proxy.settled_on else State.ASKED
        change(proxy, ballot_on=None, state=state, cancelled="", cancelled_on=None)
    change(row, closed_on=None, queued=False)
    return {"原因": attempt.data["reason"]}


def to_reopen(attempt: Attempt) -> list[Finding]:
    """What stands against opening again: the day is over, or the ballots are being counted."""
    row = attempt.record
    found = []
    if not row.held_on <= clock.today() <= row.last_day:
        found.append(Finding("register.over", "投票日已过，领票登记不能再打开。"))
    if counted_at(row).exists():
        found.append(Finding("register.counting", "计票已经开始，领票登记不能再打开。"))
    return found
