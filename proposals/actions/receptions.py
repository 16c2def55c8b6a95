"""Receptions of voters and the matters raised there, as they are written down."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse

from congress import clock
from congress.guard.action import action, verb
from congress.guard.refusal import refuse, refuse_blocking, refuse_where
from congress.law.finding import Finding
from congress.models import Category, Role, Township, Unit
from congress.numbers import next_number
from congress.steps import Attempt, change
from congress.wording import chinese_date
from congress.work import outbox
from deputies.models import Deputy, Level, Mandate, Station
from deputies.queries import idle, seats_exercised, stations_kept_by
from proposals.actions import matters as ways
from proposals.actions.common import accounts_of, clean_words, is_account_of, is_staff, need, roles_of, staff_of
from proposals.models import Matter, Reception, ReceptionDeputy, ReceptionUnit, Visitor

LOG = verb("proposals.log_reception", "登记了接待选民")
ADD = verb("proposals.add_matter", "登记了反映事项")


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
    `unit` for a matter handed on; `opinion` is what the voter thinks of an answer given at once. A matter that becomes a
    suggestion keeps no channel until the suggestion is made.
    """

    words: str
    category: Category
    channel: str = ""
    text: str = ""
    unit: Unit | None = None
    confidential: bool = False
    visitor: NewVisitor = NewVisitor()
    opinion: str = ""


def _refuse_others(actor, township: Township, station: Station | None, deputies: list[Deputy]) -> None:
    if is_staff(actor, township.pk) or any(is_account_of(actor, deputy) for deputy in deputies):
        return
    if Role.LIAISON not in roles_of(actor, township.pk):
        refuse(
            "只能登记本人参加的接待，请在接待代表中选上本人；代他人登记请由人大办事员办理。", "deputies", code="not_own"
        )
    if station is None or not stations_kept_by(actor).filter(pk=station.pk).exists():
        refuse("联络员只能登记自己负责的联络站的接待。", "station", code="not_own")


def log_reception(
    actor,
    township: Township,
    *,
    key: uuid.UUID,
    held_on: date,
    station: Station | None,
    deputies: Iterable[Deputy],
    origin: str = Reception.Origin.STATION,
    spot: str = "",
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
    one without people, one in which a deputy who writes it down took no part, at a closed station, or with personal
    numbers in its words.
    """
    deputies = list(deputies)
    nowhere = origin == Reception.Origin.STATION and station is None
    refuse_where([(not deputies, "请选择接待代表。", "deputies"), (nowhere, "请选择联络站。", "station")])
    refuse_blocking(_as_held(held_on, station, deputies, people, batches, "deputies"))
    _refuse_others(actor, township, station, deputies)
    clean_words(note=note, spot=spot, **({"words": matter.words, "text": matter.text} if matter else {}))
    values = _values(matter, held_on, _through_clerk(actor, township)) if matter else {}
    if before := _sent_before(township, key):
        return before
    try:
        with action(LOG, actor=actor, township=township) as act:
            reception = Reception.objects.create(
                township=township,
                origin=origin,
                station=station,
                spot=spot.strip(),
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
            counts = {"人次": people, "批次": batches, "接待代表": len(deputies)}
            act.detail = {"来源": reception.get_origin_display(), **counts}
            if matter:
                _write_matter(actor, reception, matter, values)
    except IntegrityError:
        # The other of two equal submissions was quicker; any other broken constraint finds no row and is raised again.
        if before := _sent_before(township, key):
            return before
        raise
    return reception


def _sent_before(township: Township, key: uuid.UUID) -> Reception | None:
    """The reception the same form has made already."""
    with transaction.atomic():
        return Reception.objects.filter(township=township, client_key=key).first()


def _as_held(
    held_on: date, station: Station | None, deputies: list[Deputy], people: int, batches: int, field: str
) -> Iterator[Finding]:
    """What stands against a reception of that day; `field` is where its receivers or, later, its day are corrected."""
    day = chinese_date(held_on)
    if people < 1:
        yield Finding("reception.people", "人次至少为1。", field="people")
    elif batches < 1 or batches > people:
        yield Finding("reception.batches", "批次至少为1，且不能多于人次。", field="batches")
    if station and station.closed_on and held_on > station.closed_on:
        yield Finding("reception.closed", f"{station}已于{chinese_date(station.closed_on)}停用。", field="station")
    if station and station.opened_on and held_on < station.opened_on:
        opened = f"{station}自{chinese_date(station.opened_on)}启用，接待日期不能更早。"
        yield Finding("reception.not_open", opened, field="held_on")
    if resting := idle(deputies, held_on):
        names = "、".join(deputy.name for deputy in resting)
        message = f"{names}在{day}不在任或者不能执行代表职务，请核对代表资格和接待日期。"
        yield Finding("reception.idle", message, field=field)


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
    """Write down one more matter of a reception, in the voter's words, with its way if that is clear.

    `key` (made with the form) becomes the matter's id, so that the same form sent twice makes one matter. Raises
    Refused for empty words, personal numbers in them, and a way without what it needs.
    """
    clean_words(words=new.words, text=new.text)
    values = _values(new, reception.held_on, _through_clerk(actor, reception.township))
    key = key or uuid.uuid4()
    return Matter.objects.filter(pk=key).first() or _write_matter(actor, reception, new, values, key)


def _through_clerk(actor, township: Township) -> bool:
    """Whether what this actor hands to a unit is a proposal to the clerk first."""
    return township.clerk_hands_over and not is_staff(actor, township.pk)


def _values(new: NewMatter, on: date, through_clerk: bool) -> dict:
    """What is known of a new matter, its way decided on the day of the reception; a unit chosen by somebody whose
    hand-overs pass the clerk is a proposal. Raises Refused at its fields."""
    words = need(new.words, "words", "请按选民原话写下反映的内容。")
    text = new.text.strip()
    if not new.channel and text:
        refuse("填写了答复内容但没有选择处理方式。", "channel")
    if new.channel == Matter.Channel.UNIT and new.unit is None:
        refuse("请选择承办单位。", "unit")
    if new.opinion and new.channel != Matter.Channel.ON_THE_SPOT:
        refuse("选民评价只在当场答复时填写；其他事项办结后，在向选民反馈时填写。", "opinion")
    if new.channel in ways.ASKED:
        need(text, "text", ways.ASKED[new.channel])
    longest = ways.LONGEST.get(new.channel)
    if longest and len(text) > longest:
        refuse(f"请不超过{longest}个字。", "text")
    if through_clerk and new.unit and new.channel == Matter.Channel.UNIT:
        return {"words": words, **ways.proposed(new.unit, text)}
    return {"words": words, **ways.values(new.channel, text, new.unit, on, new.opinion)}


def _tell(matter: Matter) -> None:
    """The unit that has it, or the clerk who has to hand it over as its deputy proposed."""
    if matter.channel == Matter.Channel.UNIT:
        event, title = f"handed:{matter.unit_id}:{matter.channelled_on}", "收到转办的反映事项"
        people, body = accounts_of(matter.township_id, [matter.unit_id]), matter.answer
    elif matter.proposed_unit_id:
        event, title = f"proposed:{matter.proposed_unit_id}", f"代表建议转办{matter.proposed_unit}，请确认"
        people, body = staff_of(matter.township_id, Role.CLERK), matter.proposed_note
    else:
        return
    key, url = f"matter:{matter.pk}:{event}", reverse("proposals-matter", args=[matter.township.code, matter.pk])
    said = {"kind": "matter", "title": f"{title}：{matter}"[:120], "body": body, "url": url}
    notes = [outbox.Note(recipient=one, key=key, **said) for one in people]
    group = [outbox.Note(unit=matter.unit, key=key, **said)] if matter.unit else []
    outbox.send(matter.township, [*notes, *group])


def _write_matter(actor, reception: Reception, new: NewMatter, values: dict, key: uuid.UUID | None = None) -> Matter:
    with action(ADD, actor=actor, township=reception.township) as act:
        year = reception.held_on.year
        serial = next_number(reception.township, "matter", year)
        matter = Matter.objects.create(
            id=key or uuid.uuid4(),
            township=reception.township,
            reception=reception,
            number=f"{year}-{serial:04d}",
            category=new.category,
            confidential=new.confidential,
            visitor=_visitor(reception, new.visitor),
            **values,
        )
        act.subject = matter
        act.detail = {
            "留有联系方式": bool(new.visitor),
            "要求保密": new.confidential,
            "处理方式": matter.get_channel_display(),
            "承办单位": str(matter.unit or ""),
            **({"拟转办单位": str(matter.proposed_unit)} if matter.proposed_unit_id else {}),
        }
        _tell(matter)
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


def check_correction(attempt: Attempt) -> Iterator[Finding]:
    """The day and the counts as they would have been refused at first, and nothing that came of it lies before the day."""
    row, data = attempt.record, attempt.data
    deputies = [receiver.deputy for receiver in row.receivers.all()]
    yield from _as_held(data["held_on"], row.station, deputies, data["people"], data["batches"], "held_on")
    for matter in row.matters.all():
        if matter.withdrawn_at is None and matter.channelled_on and matter.channelled_on < data["held_on"]:
            gone = f"事项{matter.number}已于{chinese_date(matter.channelled_on)}分流，接待日期不能更晚。"
            yield Finding("reception.channelled", gone, field="held_on")


def correct(attempt: Attempt) -> dict:
    """Correct day and counts of a reception."""
    return {"项目": change(attempt.record, **attempt.data)}


def withdraw(attempt: Attempt) -> dict:
    """Take back a reception entered by mistake, with its matters."""
    matters = [row for row in attempt.record.matters.all() if row.withdrawn_at is None]
    for row in [*matters, attempt.record]:
        change(row, withdrawn_at=clock.now(), withdrawn_reason=attempt.data["reason"])
    return {"事项": [row.number for row in matters]}
