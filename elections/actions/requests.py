"""Registration asked for from the public pages: sent by anybody, settled by staff through the steps of `life`."""

import secrets
from datetime import date

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse, refuse_where
from congress.law import elections as law
from congress.steps import Attempt, change
from congress.wording import chinese_date
from elections.actions import voters
from elections.models import Campaign, Registration, RegistrationRequest, Voter
from elections.queries.campaigns import last_day

OPEN = verb("elections.open_online", "设置了网上登记的时间")
ASK = verb("elections.ask_registration", "从公开页面申请选民登记")

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # read out over the telephone: no 0/O, 1/I/L
State = RegistrationRequest.State


def open_online(actor, campaign: Campaign, since: date | None, until: date | None, contact: str, version) -> Campaign:
    """Say from when until when registration may be asked for from the public pages; no days close it. One event.

    Raises Refused for an end before the beginning or after election day, Conflict when somebody else was quicker.
    """
    refuse_where(
        (
            ((since is None) != (until is None), "开始和结束日期请一起填写，或者都不填。", "until"),
            (bool(since and until and until < since), "结束日期不能早于开始日期。", "until"),
            (bool(until and until >= campaign.election_day), "网上登记应当在选举日以前结束。", "until"),
            (bool(since and not contact.strip()), "请填写咨询电话，申请人有疑问时打这个电话。", "contact"),
        )
    )
    with action(OPEN, actor=actor, subject=campaign, detail={"自": since, "至": until}):
        current = lock(campaign, version)
        if current.closed_on:
            refuse("这次选举工作已经结束。")
        current.online_from, current.online_until, current.online_contact = since, until, contact.strip()
        current.save(update_fields=["online_from", "online_until", "online_contact"])
    return current


def open_now() -> Campaign | None:
    """The work in which registration may be asked for today; also in the public scope."""
    today = clock.today()
    found: Campaign | None = (
        Campaign.objects.kept().filter(closed_on__isnull=True, online_from__lte=today, online_until__gte=today).first()
    )
    return found


def ask(request: RegistrationRequest) -> RegistrationRequest:
    """Put a new request into the inbox; call in the public scope that adds. One event, without a name.

    Raises Refused outside the days of the campaign, and for somebody who is under age on election day, with the day of
    coming of age.
    """
    campaign, today = request.campaign, clock.today()
    if not (campaign.online_from and campaign.online_until and campaign.online_from <= today <= campaign.online_until):
        refuse("现在不在网上登记的时间内。")
    day = last_day(campaign)  # in which district nobody knows yet: who is of age nowhere is refused
    age = law.voting_age(request.birth_date, day)
    if not age.eligible:
        refuse(
            f"选举日{chinese_date(day)}未满十八周岁（{chinese_date(age.turns_18_on)}满），不能登记。",
            "birth_date",
            citation=age.citation,
        )
    code = "".join(secrets.choice(LETTERS) for _ in range(8))
    request.receipt = f"{code[:4]}-{code[4:]}"
    with action(ASK, actor=None, subject=request, township=request.township):
        request.save(force_insert=True)
    return request


def refuse_request(attempt: Attempt) -> dict:
    """The request is not taken; why, from a closed list."""
    reason = attempt.data["refusal"]
    change(attempt.record, state=State.REFUSED, refusal=reason, settled_on=attempt.on)
    return {"原因": str(RegistrationRequest.Refusal(reason).label)}


def voter_of(request: RegistrationRequest) -> Voter:
    """Whom a request speaks of: the voter kept from before under the same number, else a new one, not saved."""
    known = Voter.objects.kept().filter(id_index=request.id_index).first() if request.id_index else None
    if known is not None:
        return known
    return Voter(
        township=request.township,
        name=request.name,
        gender=request.gender,
        birth_date=request.birth_date,
        evidence=Voter.Evidence.ID_CARD if request.id_number else Voter.Evidence.HUKOU,
        village=request.village,
        household=request.household,
        id_number=request.id_number,
        phone=request.phone,
    )


def accept(attempt: Attempt) -> dict:
    """The person is entered in the roll as staff have checked it. Raises Refused as `voters.register`."""
    row, data = attempt.record, attempt.data
    said = {name: data[name] for name in ("group", "ground", "certificate", "permit", "paper", "apart")}
    entry = voters.Entry(way=Registration.Way.PHONE, registered_on=attempt.on, **said)
    made = voters.register(attempt.actor, voter_of(row), row.campaign, entry)
    change(row, state=State.ACCEPTED, settled_on=attempt.on, voter=made)
    return {"登记方式": str(Registration.Way.PHONE.label)}
