"""Forms of nomination: what stands on them, whose signature is whose, and whether they hold; what units say of nominees."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.record import kept
from congress.guard.refusal import refuse, refuse_where
from congress.keeping import Keeping
from congress.law.finding import Finding, blocking
from congress.names.parts import tidy
from congress.steps import Attempt, change
from elections import queries
from elections.models import (
    Campaign,
    CandidateEntry,
    CandidateList,
    NominatingBody,
    Nomination,
    NominationBody,
    NominationSigner,
    Nominee,
    Registration,
    Vetting,
    VettingUnit,
)
from elections.queries import candidates
from elections.queries.days import day_of

ACCEPT = verb("elections.accept_nomination", "核对推荐表有效")
REFUSE = verb("elections.refuse_nomination", "核对推荐表不符合法定条件")
REOPEN = verb("elections.reopen_nomination", "重新核对推荐表")
SIGN = verb("elections.enter_signers", "登记了联名选民")
ASK = verb("elections.ask_vetting", "将被推荐人送联审")

State = Nomination.State
LINES = 500  # signatures on one form: more are several forms
_LINE = re.compile(r"^(?P<name>[^\d\t,，;；]+?)[\s,，;；]*(?P<card>\d{1,8})?$")


def _open(nomination: Nomination) -> None:
    if nomination.state != State.RECEIVED:
        refuse("推荐表已经核对，请先“重新核对”再修改或者撤回。")


def _check_nomination(row: Nomination) -> None:
    _open(row)
    nominee = row.nominee
    day = day_of(nominee.election, nominee.district_id)
    refuse_where([(row.submitted_on >= day, "提出日期应在选举日以前。", "submitted_on")])


def _check_vetting(row: Vetting) -> None:
    answered = row.opinion != Vetting.Opinion.WAITING
    legal = row.opinion == Vetting.Opinion.LEGAL
    refuse_where(
        [
            (answered and row.answered_on is None, "已经答复的，请填写答复日期。", "answered_on"),
            (
                row.answered_on is not None and row.answered_on < row.asked_on,
                "答复日期不能早于送审日期。",
                "answered_on",
            ),
            (row.due_on < row.asked_on, "答复期限不能早于送审日期。", "due_on"),
            (legal and not row.ground, "请选择是哪一种法定情形；法律没有规定的条件，选“地方建议”。", "ground"),
            (legal and not row.paper.strip(), "法定情形须有证明文件，请填写。", "paper"),
            (not legal and bool(row.ground), "只有“法定情形”才选择这一项。", "ground"),
            (row.opinion == Vetting.Opinion.ADVICE and not row.words.strip(), "请写明建议的内容。", "words"),
        ]
    )


NOMINATIONS = Keeping(
    Nomination,
    "elections.nomination",
    check=_check_nomination,
    stays=_open,
    parts=frozenset({"named_by", "signers"}),
    route="elections-nomination",
)
SIGNERS = Keeping(
    NominationSigner,
    "elections.signer",
    check=lambda row: _open(row.nomination),
    stays=lambda row: _open(row.nomination),
    route="elections-signer",
)
VETTINGS = Keeping(Vetting, "elections.vetting", check=_check_vetting, route="elections-vetting")


def set_bodies(nomination: Nomination, bodies: Iterable[NominatingBody]) -> dict:
    """Write which bodies stand on a form; call inside the action that keeps it. Returns what the event tells."""
    wanted = {one.pk: one for one in bodies}
    for row in NominationBody.objects.kept().filter(nomination=nomination):
        if row.body_id in wanted:
            del wanted[row.body_id]
        else:
            change(row, withdrawn_at=clock.now(), withdrawn_reason="推荐表上没有这个团体")
    for body in wanted.values():
        NominationBody.objects.create(township=nomination.township, nomination=nomination, body=body)
    return {"推荐团体": len(wanted)} if wanted else {}


@dataclass(frozen=True)
class Signature:
    """A line as it was typed: the name, and the card number that tells it from others of the name."""

    name: str
    card_no: int | None = None


def read_lines(text: str) -> tuple[list[Signature], list[str]]:
    """(signatures of a text of one name a line, with the card number behind it where there is one; lines that are none)."""
    found, wrong = [], []
    for line in filter(None, map(str.strip, text.splitlines())):
        read = _LINE.match(line)
        if read and len(tidy(read["name"])) <= 40:
            found.append(Signature(tidy(read["name"]), int(read["card"]) if read["card"] else None))
        else:
            wrong.append(line)
    return found, wrong


def next_line(nomination: Nomination) -> int:
    """The line after the last one a form has."""
    last: int | None = nomination.signers.order_by("-line").values_list("line", flat=True).first()
    return (last or 0) + 1


def enter_signers(actor, nomination: Nomination, lines: list[Signature]) -> dict[str, int]:
    """Write lines of a form behind those it has; each is found on the district's list by its name, and by the card number
    where several have it. Returns how many were `found`, stand `several` times or `nowhere`; one event with these numbers.

    Raises Refused for a form that was checked already, or more lines than one form has.
    """
    with action(SIGN, actor=actor, subject=nomination) as act:
        held = lock(nomination)
        _open(held)
        first = next_line(held)
        if first + len(lines) > LINES + 1:
            refuse(f"一份推荐表最多登记{LINES}行签名。", "lines")
        listed = _listed(nomination.nominee, {one.name for one in lines})
        signed = set(held.signers.kept().values_list("registration", flat=True))
        told, made = {"found": 0, "several": 0, "nowhere": 0}, []
        for at, one in enumerate(lines, start=first):
            fits = [pk for pk, cards in listed[one.name].items() if one.card_no is None or one.card_no in cards]
            only = fits[0] if len(fits) == 1 and fits[0] not in signed else None
            told["found" if only else "several" if fits else "nowhere"] += 1
            signed.add(only)
            made.append(
                NominationSigner(
                    township=held.township,
                    nomination=held,
                    line=at,
                    written=one.name,
                    card_no=one.card_no,
                    registration_id=only,
                )
            )
        NominationSigner.objects.bulk_create(made)
        act.detail = {"签名": len(lines), "在名单上": told["found"], "待核对": told["several"] + told["nowhere"]}
    return told


def _listed(nominee: Nominee, names: set[str]) -> dict[str, dict]:
    """By name, the entries of the district's list, each with the numbers of its cards, those reissued too."""
    found: dict[str, dict] = defaultdict(dict)
    rows = queries.on_roll(nominee.election).filter(district=nominee.district_id, voter__name__in=names)
    for pk, name, written, card in rows.values_list("pk", "voter__name", "card_no", "cards__number"):
        found[name].setdefault(pk, set()).update({written, card})
    return found


def may_be(signer: NominationSigner) -> QuerySet:
    """The entries of the district's list a written name may mean, and the one it was taken for."""
    nominee = signer.nomination.nominee
    rows = Registration.objects.kept().filter(election=nominee.election_id, district=nominee.district_id, on_roll=True)
    meant = Q(voter__name=tidy(signer.written)) | Q(pk=signer.registration_id)
    return rows.filter(meant).select_related("voter", "district", "group")


def against(nomination: Nomination) -> list[Finding]:
    """What the law has against a form and the person it names; warnings too."""
    return [*candidates.nomination_findings(nomination), *candidates.nominee_findings(nomination.nominee)]


def waiting(attempt: Attempt) -> list[Finding]:
    """Whether a form waits to be checked."""
    row: Nomination = attempt.record
    if row.state == State.RECEIVED:
        return []
    return [Finding("order.settled", f"推荐表已经核对：{row.get_state_display()}。")]


def accept(attempt: Attempt) -> dict:
    """The form holds; whoever it names stands on the first list."""
    change(attempt.record, state=State.ACCEPTED, settled_on=attempt.on, refusal="")
    return {"日期": attempt.on}


def refuse_form(attempt: Attempt) -> dict:
    """The form does not hold: for what the law says, and nothing else."""
    reasons = "；".join(one.message for one in blocking(against(attempt.record)))[:300]
    change(attempt.record, state=State.REFUSED, settled_on=attempt.on, refusal=reasons)
    return {"日期": attempt.on}


def resting_on(nomination: Nomination) -> CandidateList | None:
    """The closed list on which the person stands by this form alone."""
    nominee = nomination.nominee
    others = nominee.nominations.kept().filter(state=State.ACCEPTED).exclude(pk=nomination.pk)
    if nomination.state != State.ACCEPTED or not nominee.stands or others.exists():
        return None
    lines = CandidateEntry.objects.kept().filter(nominee=nominee, left_by__isnull=True)
    line = lines.filter(kept("candidate_list"), candidate_list__locked_at__isnull=False).first()
    return line.candidate_list if line else None


def reopen(attempt: Attempt) -> dict:
    """The form is checked once more."""
    change(attempt.record, state=State.RECEIVED, settled_on=None, refusal="")
    return {"原因": attempt.data["reason"]}


def ask(actor, campaign: Campaign, nominees: Iterable[Nominee], units: Iterable[VettingUnit], on: date) -> int:
    """Ask units about nominees, each with its own days; who was asked before is not asked again. One event; returns how many
    opinions are waited for anew."""
    units = list(units)
    with action(ASK, actor=actor, subject=campaign) as act:
        people = list(nominees)
        asked = set(Vetting.objects.kept().filter(nominee__in=people).values_list("nominee", "unit"))
        made = [
            Vetting(
                township=campaign.township,
                nominee=one,
                unit=unit,
                asked_on=on,
                due_on=on + timedelta(days=unit.days),
            )
            for one in people
            for unit in units
            if (one.pk, unit.pk) not in asked
        ]
        if not made:
            refuse("这些单位都已经送过，没有需要再送的。")
        Vetting.objects.bulk_create(made)
        act.detail = {"送审": len(made), "单位": len(units)}
    return len(made)
