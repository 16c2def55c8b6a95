"""Readings: somebody sits down at a unit, types what the paper says, is done; a third person settles what differs."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from congress import clock
from congress.counting import tally
from congress.counting.models import CountEntry, CountReader, CountUnit
from congress.counting.queries import UnitFacts, words_of
from congress.counting.tally.packed import canonical
from congress.crypto.sm3 import sm3
from congress.law.finding import Finding
from congress.people.scrub import refuse_personal
from congress.steps import Attempt, change

Place = CountReader.Place


def sit_down(attempt: Attempt) -> dict:
    """The next place at a unit that is free, with an empty sheet."""
    unit: CountUnit = attempt.record
    place = next(one for one in (Place.FIRST, Place.SECOND) if one not in attempt.once(UnitFacts).seats)
    reader = _seated(unit, place, attempt.actor)
    attempt.made = CountEntry(township=unit.township, reader=reader)
    attempt.made.save(force_insert=True)
    return {"席位": Place(place).label}


def _seated(unit: CountUnit, place: int, user) -> CountReader:
    reader = CountReader(township=unit.township, unit=unit, place=place, user=user)
    reader.save(force_insert=True)
    return reader


def facts_of(entry: CountEntry) -> UnitFacts:
    """The unit of a reading."""
    return UnitFacts(entry.reader.unit)


def notices_of(attempt: Attempt, *, done: bool) -> tuple[tally.Notice, ...]:
    """What is to be said of what was typed; of a second reading that is done, how long it took."""
    entry: CountEntry = attempt.record
    quick = done and entry.reader.place == Place.SECOND and not entry.corrects_id
    seconds = (clock.now() - entry.created_at).total_seconds() if quick else None
    return attempt.once(facts_of).check(attempt.data["sheet"], seconds)


def told(attempt: Attempt, notices: Iterable[tally.Notice]) -> list[Finding]:
    """The notices as the typist reads them."""
    facts = attempt.once(facts_of)
    direct, on = facts.whole.paper.direct, facts.whole.count.held_on
    return [one.finding(direct, on, typist=True, field="sheet") for one in notices]


def check_draft(attempt: Attempt) -> list[Finding]:
    """A draft may be as wrong as it likes; but of few ballots nothing is ever stored."""
    few = [one for one in notices_of(attempt, done=False) if one.code == "E303"]
    return [*told(attempt, few), *_names(attempt.data["sheet"])]


def check_done(attempt: Attempt) -> list[Finding]:
    """A reading that is done contradicts nothing, and explains what is unusual."""
    notices = notices_of(attempt, done=True)
    if wrong := tally.against(notices):
        return told(attempt, wrong)
    found = _names(attempt.data["sheet"])
    if notices and not attempt.data["explanation"]:
        said = "；".join(f"{one.code} {one.message}。{one.about.look}" for one in notices)
        found.append(Finding("unexplained", f"请对照纸面核对，并在这里写明：{said}", field="explanation"))
    return found


def _names(sheet: tally.Sheet) -> list[Finding]:
    """No numbers of persons among the names that were written in."""
    try:
        for name, _ in sheet.write_ins:
            refuse_personal(name)
    except ValidationError as error:
        return [Finding("personal", error.messages[0], field="sheet")]
    return []


def save(attempt: Attempt) -> dict:
    """Keep what is typed so far."""
    entry: CountEntry = attempt.record
    change(entry, sheet=attempt.data["sheet"].as_json(), explanation=attempt.data["explanation"])
    return {"席位": entry.reader.get_place_display()}


def finish(attempt: Attempt) -> dict:
    """The reading is final: from here on it is compared, and never changed."""
    told = save(attempt)
    change(attempt.record, final=True)
    return told | {"SM3": typed(attempt.record)}


def typed(entry: CountEntry) -> str:
    """The digest by which the trail holds a final reading for ever, one that is sent back later too. It is made over the reading's own
    id, which stands in no event, so that nobody finds the figures by trying."""
    said = canonical({"explanation": entry.explanation, "sheet": entry.sheet})
    return sm3(f"{entry.pk}\n".encode() + said).hex()


# -- the third person


def decide(attempt: Attempt) -> dict:
    """What the paper says where two readings differ."""
    unit: CountUnit = attempt.record
    facts = attempt.once(UnitFacts)
    first, second = facts.pair
    seat = facts.seats.get(Place.THIRD)
    reader = seat.reader if seat else _seated(unit, Place.THIRD, attempt.actor)
    made = CountEntry(
        township=unit.township,
        reader=reader,
        number=len(seat.reader.typed) + 1 if seat else 1,
        corrects=seat.entry if seat else None,
        sheet=tally.settled(facts.sheets[0], attempt.data["chosen"]).as_json(),
        explanation=attempt.data["reason"],
        final=True,
        over_first=first,
        over_second=second,
    )
    made.save(force_insert=True)
    how = list(attempt.data["chosen"].how.values())
    return {"不一致的栏": len(facts.differing), "两份都不对的": how.count("paper"), "SM3": typed(made)}


def check_decision(attempt: Attempt) -> list[Finding]:
    """What is decided holds as a reading does, and every cell that differs is decided."""
    facts, chosen = attempt.once(UnitFacts), attempt.data["chosen"]
    decided = {*chosen.cells, *([tally.WRITE_INS] if chosen.write_ins is not None else [])}
    if decided != {*facts.differing}:
        return [Finding("undecided", "请对每一个不一致的栏作出确定。", field="chosen")]
    direct, on = facts.whole.paper.direct, facts.whole.count.held_on
    wrong = tally.against(facts.check(tally.settled(facts.sheets[0], chosen)))
    return [one.finding(direct, on, typist=False, field="chosen") for one in wrong]


def send_back(attempt: Attempt) -> dict:
    """One reading goes back to who typed it: it stays as it is, and its correction is a new row that names it."""
    facts = attempt.once(UnitFacts)
    seat = facts.seats[int(attempt.data["which"])]
    if Place.THIRD not in facts.seats:
        _seated(attempt.record, Place.THIRD, attempt.actor)
    entry = seat.entry
    change(entry, sent_back_by=attempt.actor, sent_back_why=attempt.data["reason"], look_at=attempt.data["look_at"])
    CountEntry(
        township=entry.township, reader=entry.reader, number=entry.number + 1, corrects=entry, sheet=entry.sheet
    ).save(force_insert=True)
    return {"席位": seat.reader.get_place_display(), "请核对的栏": len(attempt.data["look_at"])}


def release(attempt: Attempt) -> dict:
    """Somebody gives up a place: what was typed there stays, and nobody counts with it."""
    place = int(attempt.data["which"])
    reader = attempt.once(UnitFacts).seats[place].reader
    change(reader, withdrawn_at=clock.now(), withdrawn_reason=attempt.data["reason"])
    return {"席位": reader.get_place_display()}


def look_at_choices(facts: UnitFacts) -> list[tuple[str, str]]:
    """The cells that somebody may be asked to look at: those that differ, or any where both readings agree."""
    words = words_of(facts.whole.paper)
    return [(key, words[key]) for key in (facts.differing or words)]
