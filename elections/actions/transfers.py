"""Voters handed over to another place: asked on one side, answered on the other, and on a list all the time.

Between townships of one county both sides are kept here. Each is a row of its own township, written inside that township's
scope by an action of its own, so that each trail tells what happened to its rows; both stand or fall in one transaction.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection
from django.db.models import Max

from congress import clock
from congress.guard import scope
from congress.guard.action import action, verb
from congress.guard.refusal import refuse, refuse_blocking, refuse_where
from congress.models import Township
from congress.people.entries import fill_from_number, identity_findings
from congress.steps import Attempt
from elections.actions import roll, voters
from elections.models import Campaign, Registration, Transfer, Voter

ASK = verb("elections.ask_transfer", "提出了选民转移")
RECEIVE = verb("elections.receive_transfer", "登记了转入的选民")
TOLD = verb("elections.transfer_told", "收到了选民转移的消息")

OUT, IN = Transfer.Direction.OUT, Transfer.Direction.IN
State = Transfer.State
PERSON = ("name", "gender", "ethnicity", "birth_date")
SEALED = ("id_number", "phone", "address")
_BOTH_SIDES = 0x7472616E  # first number of the advisory lock: two answers at once would wait for each other's trails


def _one_at_a_time(place: Township) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_BOTH_SIDES, place.county_id])


def ask(
    actor,
    voter: Voter,
    campaign: Campaign,
    *,
    reach: str,
    cause: str,
    sent_on: date,
    other_township: Township | None = None,
    other_place: str = "",
    key: uuid.UUID | None = None,
) -> Transfer:
    """Ask another place to take a voter over; until it does the voter stays on the roll. `key` becomes the row's id.

    Within the county the other township finds it in its inbox at once. Raises Refused for a voter who is not on the roll or
    is being handed over already, and where the other side cannot be reached.
    """
    stands = Registration.objects.kept().filter(voter=voter, on_roll=True, election__campaign=campaign)
    asked = Transfer.objects.kept().filter(voter=voter, campaign=campaign, direction=OUT, state=State.ASKED)
    near = reach == Transfer.Reach.COUNTY
    refuse_where(
        [
            (not stands.exists(), "该选民不在选民册上，不能转出。", ""),
            (asked.exists(), "该选民已有一件转出等待答复。", ""),
            (near and other_township is None, "请选择对方乡镇。", "other_township"),
            (
                near and other_township is not None and other_township.rehearsal != campaign.township.rehearsal,
                "演练的内容不能转到正式的乡镇，正式的也不能转到演练。",
                "other_township",
            ),
            (not near and not other_place.strip(), "请填写对方的县、乡镇和选区。", "other_place"),
            (
                other_township == campaign.township,
                "本乡镇各选区之间的转移，请在选民页面办理“转到其他选区、小组”。",
                "other_township",
            ),
        ]
    )
    with action(ASK, actor=actor) as act:
        _one_at_a_time(campaign.township)
        row = Transfer(
            id=key or uuid.uuid4(),
            township=campaign.township,
            campaign=campaign,
            direction=OUT,
            reach=reach,
            number=_next(campaign, OUT),
            cause=cause,
            sent_on=sent_on,
            other_township=other_township if near else None,
            other_place="" if near else other_place.strip(),
            pair=uuid.uuid4() if near else None,
            voter=voter,
            **{name: getattr(voter, name) for name in (*PERSON, *SEALED)},
        )
        row.save(force_insert=True)
        act.subject, act.detail = row, {"范围": row.get_reach_display()}
        if near:
            _deliver(actor, row)
    return row


def _next(campaign: Campaign, direction: str) -> int:
    Campaign.objects.select_for_update(of=("self",), no_key=True).get(pk=campaign.pk)
    last = Transfer.objects.filter(campaign=campaign, direction=direction).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@contextmanager
def _in(other: Township, actor) -> Iterator:
    """An action inside the scope of the other township, which is told of its own rows alone."""
    with scope.township(other), action(TOLD, actor=actor) as act:
        yield act


def _deliver(actor, row: Transfer) -> None:
    """Put what was asked into the other township's inbox, sealed under a key of that township."""
    told = {name: getattr(row, name) for name in (*PERSON, *SEALED, "reach", "cause", "sent_on", "pair")}
    with _in(row.other_township, actor) as act:
        campaign = Campaign.objects.kept().filter(township=row.other_township, closed_on=None).first()
        if campaign is None:
            refuse(f"{row.other_township}还没有登记正在进行的选举工作，请用纸质文书办理。", "other_township")
        act.subject = Transfer.objects.create(
            township=row.other_township,
            campaign=campaign,
            direction=IN,
            number=_next(campaign, IN),
            other_township=row.township,
            **told,
        )


def receive(actor, row: Transfer) -> Transfer:
    """Enter somebody who comes from outside the county with papers; what is missing is shown until they are complete.

    `row` is unsaved and says the person, where from, and the papers that are here.
    """
    fill_from_number(row, clock.today())
    refuse_blocking([*identity_findings(row, clock.today()), *voters.missing(row)])
    with action(RECEIVE, actor=actor, subject=row):
        row.direction, row.number = IN, _next(row.campaign, IN)
        row.save(force_insert=True)
    return row


# -- the steps


def accept(attempt: Attempt) -> dict:
    """The voter is entered here, and in the same moment leaves the sender's list."""
    row, said = attempt.record, attempt.data
    if row.pair:
        _answer_other(attempt, State.ACCEPTED)
    voter = Voter.objects.kept().filter(id_index=row.id_index).first() if row.id_index else None
    voter = voter or Voter(
        township=row.township,
        evidence=Voter.Evidence.ID_CARD if row.id_number else Voter.Evidence.OTHER,
        household=Voter.Household.COUNTY if row.pair else Voter.Household.ELSEWHERE,
        **{name: getattr(row, name) for name in (*PERSON, *SEALED)},
    )
    entry = voters.Entry(
        group=said["group"],
        ground=Registration.Ground.MOVED_IN if row.pair else Registration.Ground.OUTSIDE,
        way=Registration.Way.STATION,
        registered_on=attempt.on,
        certificate=row.certificate,
        permit=row.permit,
        paper=str(row),
        apart=said["apart"],
    )
    stands = Registration.objects.kept().filter(voter=voter.pk, on_roll=True, election__campaign=row.campaign)
    if voter._state.adding or not stands.exists():
        voters.register(attempt.actor, voter, row.campaign, entry)
    return _answered(attempt, State.ACCEPTED, voter=voter)


def refuse_transfer(attempt: Attempt) -> dict:
    """The voter is not taken over, and stays on the sender's list."""
    if attempt.record.pair:
        _answer_other(attempt, State.REFUSED)
    return _answered(attempt, State.REFUSED)


def take_back(attempt: Attempt) -> dict:
    """What was asked is asked no longer; the voter stays where they were all the time."""
    if attempt.record.pair:
        _answer_other(attempt, State.TAKEN_BACK)
    return _answered(attempt, State.TAKEN_BACK)


def bring_papers(attempt: Attempt) -> dict:
    """A paper that was missing has come."""
    row, said = attempt.record, attempt.data
    row.certificate, row.permit = said["certificate"], said["permit"]
    row.save(update_fields=["certificate", "permit"])
    return {"选民资格证明": bool(row.certificate), "居住证": row.permit}


def accepted_elsewhere(attempt: Attempt) -> dict:
    """A paper says that the voter was registered there: the entries here end."""
    row = attempt.record
    roll.hand_over(row.voter, row.campaign, attempt.on, f"{row.get_reach_display()}转出第{row.number}号答复")
    return _answered(attempt, State.ACCEPTED)


def _answered(attempt: Attempt, state: str, **values) -> dict:
    row = attempt.record
    values |= {"state": state, "answered_on": attempt.on, "answer": attempt.data.get("answer", "")}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return {"结果": row.get_state_display()}


def _answer_other(attempt: Attempt, state: str) -> None:
    """Tell the other side's row, inside its own township; where the voter was taken over the entries there end."""
    row, on = attempt.record, attempt.on
    _one_at_a_time(row.township)
    with _in(row.other_township, attempt.actor) as act:
        other = Transfer.objects.select_for_update(of=("self",)).get(pair=row.pair)
        if other.state != State.ASKED:
            refuse(f"对方已将这件转移标为{other.get_state_display()}。")
        other.state, other.answered_on, other.answer = state, on, attempt.data.get("answer", "")
        other.save(update_fields=["state", "answered_on", "answer"])
        if state == State.ACCEPTED:
            roll.hand_over(other.voter, other.campaign, on, f"{row.township}接收，转出第{other.number}号")
        act.subject, act.detail = other, {"结果": other.get_state_display()}
