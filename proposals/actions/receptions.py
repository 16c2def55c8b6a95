"""Receptions of voters and the matters raised there, as they are written down."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.record import kept
from congress.guard.refusal import refuse
from congress.models import Category, Township, Unit
from congress.numbers import next_number
from congress.wording import chinese_date
from deputies.models import Deputy, Level, Mandate, Station
from deputies.queries import idle, seats_exercised
from proposals.actions.common import clean_words, is_clerk, need
from proposals.actions.matters import send_on
from proposals.models import Matter, Reception, ReceptionDeputy, ReceptionUnit, Visitor
from proposals.numbers import MATTER

LOG = verb("proposals.log_reception", "登记了接待选民")
ADD = verb("proposals.add_matter", "登记了反映事项")
CORRECT = verb("proposals.correct_reception", "更正了接待选民")
WITHDRAW = verb("proposals.withdraw_reception", "撤回了误录的接待选民")


@dataclass(frozen=True)
class NewVisitor:
    """A voter who left a name or a way to be told; all optional."""

    name: str = ""
    phone: str = ""
    village: str = ""

    def __bool__(self):
        return bool(self.name or self.phone or self.village)


@dataclass(frozen=True)
class NewMatter:
    """What a voter raised and, if that was clear at once, where it goes.

    `text` is what the channel needs: the answer given, to whom it is passed, or the proper channel the voter was told;
    `unit` for a matter handed on. A matter that becomes a suggestion keeps no channel until the suggestion is made.
    """

    words: str
    category: Category
    channel: str = ""
    text: str = ""
    unit: Unit | None = None
    confidential: bool = False
    visitor: NewVisitor = NewVisitor()


def log_reception(
    actor,
    township: Township,
    *,
    key: uuid.UUID,
    held_on: date,
    station: Station,
    deputies: Iterable[Deputy],
    people: int = 1,
    batches: int = 1,
    companions: Iterable[Unit] = (),
    offices: Mapping[uuid.UUID, str] | None = None,
    note: str = "",
    matter: NewMatter | None = None,
) -> Reception:
    """Write down a reception with who received, who came along and (usually) the first matter.

    `key` is made with the form: the same key is the same reception, however often it is sent. `offices` are offices of
    receivers by deputy id, who receive as ordinary deputies all the same. Raises Refused for a reception nobody held,
    one without people, at a closed station, or with personal numbers in its words.
    """
    deputies = list(deputies)
    _check(held_on, station, deputies, people, batches)
    _check_receivers(held_on, deputies, "deputies")
    clean_words(note=note, **({"words": matter.words, "text": matter.text} if matter else {}))
    before = Reception.objects.filter(township=township, client_key=key).first()
    if before:
        return before
    try:
        with action(LOG, actor=actor, township=township) as act:
            reception = Reception.objects.create(
                township=township,
                station=station,
                held_on=held_on,
                batches=batches,
                people=people,
                note=note,
                recorded_by=actor,
                client_key=key,
            )
            _receivers(reception, deputies, offices or {})
            _companions(reception, companions)
            act.subject = reception
            act.detail = {"人次": people, "批次": batches, "接待代表": len(deputies)}
            if matter:
                add_matter(actor, reception, matter, key=uuid.uuid5(key, "matter"))
    except IntegrityError:
        # The other of two equal submissions was quicker; any other broken constraint finds no row and is raised again.
        with transaction.atomic():
            before = Reception.objects.filter(township=township, client_key=key).first()
        if before is None:
            raise
        return before
    return reception


def _check(held_on: date, station: Station, deputies: list[Deputy], people: int, batches: int) -> None:
    if not deputies:
        refuse("请选择接待代表。", "deputies")
    if people < 1:
        refuse("人次至少为1。", "people")
    if batches < 1 or batches > people:
        refuse("批次至少为1，且不能多于人次。", "batches")
    if station.closed_on and held_on > station.closed_on:
        refuse(f"{station}已于{chinese_date(station.closed_on)}停用。", "station")
    if station.opened_on and held_on < station.opened_on:
        refuse(f"{station}自{chinese_date(station.opened_on)}启用，接待日期不能更早。", "held_on")


def _check_receivers(held_on: date, deputies: list[Deputy], field: str) -> None:
    resting = idle(deputies, held_on)
    if resting:
        names = "、".join(deputy.name for deputy in resting)
        refuse(f"{names}在{chinese_date(held_on)}不在任或者不能执行代表职务，请核对代表资格和接待日期。", field)


def _receivers(reception: Reception, deputies: list[Deputy], offices: Mapping) -> None:
    mandates: dict[uuid.UUID, Mandate] = {}
    # The township's own mandate last, so that it stands where a deputy has several.
    for mandate in seats_exercised(reception.held_on).filter(deputy__in=deputies).order_by("-level", "elected_on"):
        if mandate.deputy_id not in mandates or mandate.level == Level.TOWNSHIP:
            mandates[mandate.deputy_id] = mandate
    for deputy in deputies:
        ReceptionDeputy.objects.create(
            township_id=reception.township_id,
            reception=reception,
            deputy=deputy,
            mandate=mandates.get(deputy.pk),
            office=offices.get(deputy.pk, ""),
        )


def _companions(reception: Reception, units: Iterable[Unit]) -> None:
    for unit in units:
        ReceptionUnit.objects.create(township_id=reception.township_id, reception=reception, unit=unit)


def add_matter(actor, reception: Reception, new: NewMatter, *, key: uuid.UUID | None = None) -> Matter:
    """Write down one more matter of a reception, in the voter's words, and send it on its way if that is clear.

    `key` (made with the form) becomes the matter's id, so that the same form sent twice makes one matter. Raises
    Refused for empty words, personal numbers in them, and whatever the channel refuses.
    """
    words = need(new.words, "words", "请按选民原话写下反映的内容。")
    clean_words(words=words, text=new.text)
    key = key or uuid.uuid4()
    before = Matter.objects.filter(pk=key).first()
    if before:
        return before
    with action(ADD, actor=actor, township=reception.township) as act:
        year = reception.held_on.year
        serial = next_number(reception.township, MATTER.key, year)
        matter = Matter.objects.create(
            id=key,
            township_id=reception.township_id,
            reception=reception,
            number=MATTER.reads(reception.township, year, serial),
            words=words,
            category=new.category,
            confidential=new.confidential,
            visitor=_visitor(reception, new.visitor),
        )
        act.subject = matter
        act.detail = {"留有联系方式": bool(new.visitor), "要求保密": new.confidential}
        send_on(actor, matter, new.channel, text=new.text, unit=new.unit, on=reception.held_on)
    return matter


def _visitor(reception: Reception, new: NewVisitor) -> Visitor | None:
    if not new:
        return None
    return Visitor.objects.create(
        township_id=reception.township_id,
        reception=reception,
        name=new.name or None,
        phone=new.phone or None,
        village=new.village or None,
    )


def correct_reception(
    actor, reception: Reception, *, held_on: date, people: int, batches: int, note: str = "", version=None
) -> Reception:
    """Correct day and counts of a reception. Raises Refused, and Conflict when somebody else changed it meanwhile."""
    _may_correct(actor, reception)
    clean_words(note=note)
    received = reception.receivers.kept().select_related("deputy")
    receivers = [row.deputy for row in received]
    _check(held_on, reception.station, receivers, people, batches)
    _check_receivers(held_on, receivers, "held_on")
    with action(CORRECT, actor=actor, subject=reception) as act:
        reception = lock(reception, version)
        later = Matter.objects.kept().filter(reception=reception, channelled_on__lt=held_on).first()
        if later:
            refuse(f"事项{later.number}已于{chinese_date(later.channelled_on)}分流，接待日期不能更晚。", "held_on")
        changed = {"held_on": held_on, "people": people, "batches": batches, "note": note}
        act.detail = {"项目": [name for name, value in changed.items() if getattr(reception, name) != value]}
        for name, value in changed.items():
            setattr(reception, name, value)
        reception.save()
    return reception


def withdraw_reception(actor, reception: Reception, *, reason: str) -> None:
    """Take back a reception entered by mistake, with its matters. Refused once a suggestion came of one of them."""
    reason = need(reason, "reason", "请写明撤回的原因。")
    clean_words(reason=reason)
    with action(WITHDRAW, actor=actor, subject=reception):
        reception = lock(reception)
        rows = Matter.objects.kept().filter(reception=reception)
        used = rows.filter(kept("suggestions"), suggestions__isnull=False).first()
        if used:
            refuse(f"事项{used.number}已转为代表建议，请先撤回该建议。")
        for row in [*rows, reception]:
            row.withdrawn_at, row.withdrawn_reason = clock.now(), reason
            row.save(update_fields=["withdrawn_at", "withdrawn_reason"])


def _may_correct(actor, reception: Reception) -> None:
    received = reception.receivers.filter(deputy__account=actor).exists()
    if not (received or reception.recorded_by_id == actor.pk or is_clerk(actor, reception.township_id)):
        refuse("只有办事员、接待代表或者记录人可以更正。", code="not_own")
