"""An entry that names a person (a deputy, a voter): what follows from its identity number, and what does not agree in it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from congress.law.finding import Finding
from congress.names.written import problem
from congress.people import idnumber
from congress.people.problem import Unacceptable

FIELDS = {"id.birth_date_differs": "birth_date", "id.sex_differs": "gender"}


def fill_from_number(entry, today: date) -> None:
    """Write the ID number in its one form and take birth date and sex from it where they were left out.

    A number that is wrong leaves everything as it is; `identity_findings` says so.
    """
    number = entry.id_number
    if not isinstance(number, str) or not number:
        return
    try:
        parsed = idnumber.parse(number, today)
    except Unacceptable:
        return
    if parsed.number != number:
        entry.id_number = parsed.number
    if entry.birth_date is None:
        entry.birth_date = parsed.birth_date
    if not entry.gender:
        entry.gender = next(value for value, label in _genders(type(entry)).items() if label == parsed.sex)


def identity_findings(entry, today: date) -> list[Finding]:
    """What is wrong with name and number of an entry, and where birth date and sex do not agree with the number; each at
    its field. Changes nothing."""
    found = [Finding("name", f"{wrong}。", field="name") for wrong in [problem(entry.name)] if wrong]
    number = entry.id_number
    if not isinstance(number, str) or not number:
        return found
    try:
        parsed = idnumber.parse(number, today)
    except Unacceptable as refused:
        return [*found, replace(refused.problem, field="id_number")]
    sex = _genders(type(entry)).get(entry.gender)
    differing = idnumber.disagreements(parsed, birth_date=entry.birth_date, sex=sex)
    return [*found, *(replace(each, field=FIELDS[each.code]) for each in differing)]


@cache
def _genders(model) -> Mapping[str, str]:
    return dict(model._meta.get_field("gender").flatchoices)
