"""Values of rows written into entries and mandates, and what stood there before."""

from datetime import date
from typing import Any

from congress import clock
from congress.imports import Taken
from congress.people.entries import fill_from_number
from deputies.actions import back_to_review, set_name_keys
from deputies.imports.tables import CODES, PLAIN, SEAT_CODES, SWITCHES
from deputies.models import Deputy, Group, Mandate, Station


class Belonging:
    """Groups and stations by name, as rows name them."""

    def __init__(self):
        self.rows = {"group": _named(Group), "station": _named(Station)}


def _named(model) -> dict[str, Any]:
    return {row.name: row for row in model.objects.kept()}


def fill(deputy: Deputy, values: dict[str, Any], belonging: Belonging) -> Deputy:
    """Values in the spelling of the columns into the entry; what a row leaves blank stays as it is."""
    for name, value in values.items():
        if value is None:
            continue
        if name in CODES:
            setattr(deputy, name, CODES[name][value])
        elif name == "birth_date":
            deputy.birth_date = birth_day(value, values.get("id_number") or deputy.id_number)
        elif name in belonging.rows:
            setattr(deputy, name, belonging.rows[name].get(value))
        elif name in PLAIN + SWITCHES:
            setattr(deputy, name, value)
    number, born = values.get("id_number"), None if values.get("birth_date") else deputy.birth_date
    if number and born and born.day == 1 and f"{born:%Y-%m}" == f"{number[6:10]}-{number[10:12]}":
        deputy.birth_date = birth_day(f"{born:%Y-%m}", number)  # only the month was known
    if "party" in values and values.get("party") and not values.get("affiliation"):
        stale = Deputy.AFFILIATIONS.get(deputy.affiliation) != deputy.party
        deputy.affiliation = "" if stale else deputy.affiliation
    fill_from_number(deputy, clock.today())
    return deputy


def birth_day(text: str, number: str | None) -> date:
    """The day of a birth date; where only the month is given, the ID number's day, else the first of the month."""
    if len(text) > 7:
        return date.fromisoformat(text)
    if number and f"{number[6:10]}-{number[10:12]}" == text:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return date.fromisoformat(f"{text}-01")


def fill_seat(mandate: Mandate, values: dict[str, Any], elected_on: date) -> Mandate:
    """How a seat came and ended into the mandate."""
    for name, codes in SEAT_CODES.items():
        if values.get(name):
            setattr(mandate, name, codes[values[name]])
    mandate.elected_on = elected_day(values.get("elected_on"), elected_on)
    if values.get("ended_on"):
        mandate.ended_on = date.fromisoformat(values["ended_on"])
    return mandate


def elected_day(text: str | None, common: date) -> date:
    """The day a row was elected on; a month that is the batch's own, or none, means the batch's day."""
    return date.fromisoformat(text) if text and len(text) > 7 else common


def change(deputy: Deputy, row_values: dict[str, Any], names: list[str], belonging: Belonging) -> Taken:
    """Write over an entry: the chair looks at it again. Returns it with what stood there before."""
    touched = [*names, "birth_date", "gender", "affiliation", "state", "approved_at"]
    before = {name: stored(deputy, name) for name in dict.fromkeys(touched)}
    fill(deputy, {name: row_values[name] for name in names}, belonging)
    back_to_review(deputy)
    set_name_keys(deputy)
    deputy.save()
    return Taken(deputy, False, {"values": before, "version": deputy.version})


LINKS = {"group": "group_id", "station": "station_id", "district": "district_id"}


def stored(record: Deputy | Mandate, name: str) -> Any:
    """A field as JSON can keep it, to be set again when the import is taken back."""
    value = getattr(record, LINKS.get(name, name))
    if name in LINKS:
        return str(value) if value else None
    return value.isoformat() if isinstance(value, date) else value
