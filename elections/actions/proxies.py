"""Proxies: entered as they came on paper, agreed to or not, a slip handed out, cancelled; and the places of each agent.

Whoever enters or agrees to a proxy takes the lock of its election first, so that what is asked of other rows (the three at
most, one proxy a voter, nothing passed on) still holds when the row is written; constraints of the table hold it as well.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import Max

from congress import clock
from congress.guard.action import Refused, action, verb
from congress.guard.refusal import refuse, refuse_blocking, refuse_where
from congress.keeping import Keeping
from congress.law import proxies as law
from congress.law.finding import Finding
from congress.steps import Attempt, change
from elections.models import DetainedVoting, Election, ProxyNote, ProxyVote, Registration, Voter
from elections.models.proxies import LIVE
from elections.queries import proxies as queries
from elections.queries.days import vote_day

ENTER = verb("elections.enter_proxy", "登记了委托投票")
State = ProxyVote.State


@dataclass(frozen=True)
class Authority:
    """What an authority says, whatever the level it is for."""

    came_on: date
    reason: str = ProxyVote.Reason.AWAY
    where: str = ""
    since: date | None = None
    until: date | None = None
    form: str = ProxyVote.Form.WRITTEN


@dataclass(frozen=True)
class Agent:
    """Who is entrusted: a voter of the list, or somebody who is on none here (`name`, registered at `place`)."""

    voter: Voter | None = None
    name: str = ""
    place: str = ""
    relative: bool = False


def enter(
    actor,
    principal: Voter,
    agent: Agent,
    elections: Sequence[Election],
    said: Authority,
    *,
    key: uuid.UUID | None = None,
) -> list[ProxyVote]:
    """Enter an authority as it came, one row for each of the elections (both levels may stand on one paper); `key` becomes
    the id of the first. A row takes the agent's next free place; a fourth has none and cannot be agreed to.

    Raises Refused where the voter is on no list of a level, entrusts himself, or has this authority entered already. One
    event for each row.
    """
    ids = [key or uuid.uuid4()]
    ids += [uuid.uuid5(ids[0], str(one.pk)) for one in elections[1:]]
    rows = [draft(election, principal, agent, said) for election in elections]
    with transaction.atomic():
        for pk, row in sorted(zip(ids, rows, strict=True), key=lambda pair: str(pair[1].election_id)):
            row.pk = pk
            with action(ENTER, actor=actor, subject=row) as act:
                number(row)
                row.save(force_insert=True)
                act.detail = {"编号": row.number, "受托第几份": row.place}
    return rows


@dataclass(frozen=True)
class Line:
    """One authority of several entered at once."""

    number: int
    principal: Voter
    agent: Voter
    where: str


def enter_many(
    actor, lines: Sequence[Line], elections: Sequence[Election], said: Authority, *, key: uuid.UUID | None = None
) -> list[ProxyVote]:
    """Enter several authorities as `enter` does, all or none; a refusal names the line. `key` becomes the id of the first."""
    made, first = [], key or uuid.uuid4()
    with transaction.atomic():
        for at, one in enumerate(lines):
            row_key = uuid.uuid5(first, str(one.number)) if at else first
            try:
                made += enter(
                    actor, one.principal, Agent(one.agent), elections, replace(said, where=one.where), key=row_key
                )
            except Refused as refused:
                refuse_blocking(
                    Finding(each.code, f"第{one.number}行：{each.message}", each.citation) for each in refused.findings
                )
    return made


def draft(election: Election, principal: Voter, agent: Agent, said: Authority) -> ProxyVote:
    """The row an authority makes at one level, unsaved. Raises Refused for a voter who is not on its list."""
    level = election.term.get_level_display()
    _check_days(said.came_on, said.since, said.until)
    stands = {one.voter_id: one for one in _entries(election, principal, agent.voter)}
    refuse_where(
        [
            (election.campaign.closed_on is not None, "这次选举工作已经结束。", ""),
            (principal.pk not in stands, f"{principal.name}不在{level}选民名单上。", "levels"),
            (
                agent.voter is not None and agent.voter.pk not in stands,
                f"受托人不在{level}选民名单上：只委托另一级的，请只勾选那一级。",
                "agent",
            ),
            (agent.voter is not None and agent.voter.pk == principal.pk, "不能委托本人。", "agent"),
            (agent.voter is None and not agent.name, "请填写受托人。", "agent"),
        ]
    )
    outside = ProxyVote.AgentIs.RELATIVE if agent.relative else ProxyVote.AgentIs.OTHER
    return ProxyVote(
        township=election.township,
        election=election,
        principal=stands[principal.pk],
        agent=stands[agent.voter.pk] if agent.voter else None,
        agent_is=ProxyVote.AgentIs.LISTED if agent.voter else outside,
        agent_name="" if agent.voter else agent.name,
        agent_place="" if agent.voter else agent.place,
        **vars(said),
    )


def _entries(election: Election, *voters: Voter | None) -> list[Registration]:
    wanted = [one.pk for one in voters if one is not None]
    rows = Registration.objects.kept().filter(election=election, on_roll=True, voter__in=wanted)
    return list(rows.select_related("voter", "district"))


def number(row: ProxyVote) -> None:
    """Give a new row its number and, where one is free, a place of its agent; call inside an action. Raises Refused for an
    authority that is entered already."""
    hold(row.election_id)
    same = queries.of_agent(row).filter(principal=row.principal_id).first()
    if same is not None:
        refuse(f"这份委托已经登记（{same}，{same.get_state_display()}）。", "agent")
    last = ProxyVote.objects.filter(election=row.election_id).aggregate(last=Max("number"))["last"]
    row.number, row.place = (last or 0) + 1, queries.free_place(row)


def hold(election_id) -> None:
    """Let nobody else enter or agree to a proxy of this election until the transaction is over."""
    Election.objects.select_for_update(of=("self",), no_key=True).get(pk=election_id)


# -- the steps


def against_agreeing(row: ProxyVote) -> list[Finding]:
    """What has to be mended before a proxy can be agreed to."""
    return [one for one in queries.findings(row) if one.blocking]


def consent_findings(attempt: Attempt) -> list[Finding]:
    """Whether who consents may, and did so in time."""
    row, by = attempt.record, attempt.data["by"]
    deed = queries.deed_of(row.election, attempt.on) if by == ProxyVote.Consent.GROUP else None
    day = vote_day(row.election, row.principal.district_id)
    return list(law.check_consent(by, deed.decided_on if deed else None, attempt.on, day, row.township.pack))


def agree(attempt: Attempt) -> dict:
    """The committee, or by its deed a district's group, consents: the proxy takes its place with the agent.

    Raises Refused where somebody else was quicker: the last place is gone, or the voter has another proxy now.
    """
    row, said = attempt.record, attempt.data
    hold(row.election_id)
    refuse_blocking(against_agreeing(row))
    place = row.place or queries.free_place(row)
    deed = queries.deed_of(row.election, attempt.on) if said["by"] == ProxyVote.Consent.GROUP else None
    given = {"consent_by": said["by"], "approver": said["approver"], "deed": deed, "settled_on": attempt.on}
    change(row, state=State.AGREED, place=place, **given)
    return {"由谁同意": row.get_consent_by_display(), "受托第几份": place}


def agreed_on_paper(row: ProxyVote, on: date, approver: str) -> None:
    """Mark a new row as agreed to by the committee, as the register on paper says; where the law forbids that, it waits."""
    row.settled_on, row.approver, row.consent_by = on, approver, ProxyVote.Consent.COMMITTEE
    day = vote_day(row.election, row.principal.district_id)
    late = law.check_consent(ProxyVote.Consent.COMMITTEE, None, on, day, row.township.pack)
    if row.place and not late and not against_agreeing(row):
        row.state = State.AGREED
    else:
        row.settled_on, row.approver, row.consent_by = None, "", ""


def refuse_proxy(attempt: Attempt) -> dict:
    """Not agreed to. The vote is not lost: the voter may come, use a mobile box, or entrust somebody else."""
    said = attempt.data["refusal"]
    change(attempt.record, state=State.REFUSED, place=None, refusal=said, settled_on=attempt.on)
    return {}


def hand_slip(attempt: Attempt) -> dict:
    """The slip was made out to the agent."""
    change(attempt.record, slip_on=attempt.on)
    return {}


def cancel(attempt: Attempt) -> dict:
    """It holds no longer, and its place with the agent is free."""
    why = attempt.data["cancelled"]
    change(attempt.record, state=State.CANCELLED, cancelled=why, cancelled_on=attempt.on)
    return {"取消原因": attempt.record.get_cancelled_display()}


def correct(attempt: Attempt) -> dict:
    """What was read wrongly from the paper, or came after it: the signed original of a telefax. Raises Refused as `enter`."""
    row, said = attempt.record, dict(attempt.data)
    _check_days(said["came_on"], said["since"], said["until"])
    if row.agent_id:
        said["agent_place"] = ""
    names = change(row, **said)
    if "agent_place" in names:  # another person: the places are counted anew
        hold(row.election_id)
        change(row, place=queries.free_place(row))
    return {"项目": names}


def _check_days(came_on: date, since: date | None, until: date | None) -> None:
    refuse_where(
        [
            (came_on > clock.today(), "收到日期不能晚于今天。", "came_on"),
            (bool(since and until and until < since), "外出结束的日期不能早于开始的日期。", "until"),
        ]
    )


def is_live(row: ProxyVote) -> bool:
    """Whether it counts among those its agent has taken on."""
    return row.state in LIVE


# -- beside them


def _check_note(row: ProxyNote) -> None:
    refuse_where([(row.district.term_id != row.election.term_id, "所选的选区不是这次选举的选区。", "district")])


NOTES = Keeping(ProxyNote, "elections.proxy_note", check=_check_note, route="elections-proxy-note")


def custody_findings(row: DetainedVoting) -> list[Finding]:
    """What the law says of the way somebody in prison or detained votes. What is on paper is kept as it is."""
    on, pack = row.election.election_day, row.election.township.pack
    return list(law.check_custody(row.situation, row.way, row.agreed_on is not None, bool(row.paper), on, pack))


def _check_detained(row: DetainedVoting) -> None:
    refuse_where(
        [
            (row.registration.election_id != row.election_id, "该选民不在这一级的名单上。", "registration"),
            (not row.registration.on_roll, "该选民已不在选民名单上。", "registration"),
        ]
    )


DETAINED = Keeping(DetainedVoting, "elections.detained", check=_check_detained, route="elections-detained")
