"""Who a row of a roll is: by identity number, else by name and day of birth; anything less certain is asked, never merged."""

from collections.abc import Callable
from typing import Any, NamedTuple

from congress.spreadsheets.preview import Ask, Known


class Person(NamedTuple):
    """What tells a voter from others."""

    name: str
    number: str
    birth: str
    village: str

    @classmethod
    def of(cls, values: dict[str, Any]) -> "Person":
        """The person of a row."""
        return cls(
            values["name"], values.get("id_number") or "", values.get("birth_date") or "", values.get("village") or ""
        )


def same(one: Person, other: Person) -> bool | None:
    """Whether two are one person; None when nobody can tell: without both numbers equal names and birthdays prove nothing."""
    if one.number and other.number:
        return one.number == other.number
    if (one.name, one.birth) != (other.name, other.birth):
        return False
    return None if one.village == other.village or not (one.village and other.village) else False


def decide(row: Person, namesakes: list[tuple[Person, Known]], changes: Callable[[Known], dict]) -> Known | Ask | None:
    """The voter a row means, a question, or None for somebody new.

    `namesakes` have its number, or its name and birthday; `changes` tells what the row would change of one: a row fits the
    only one it would not change, because nothing is written.
    """
    for person, known in namesakes:
        if row.number and person.number == row.number:
            return known
    likely = [(person, known) for person, known in namesakes if same(row, person) is None]
    unchanged = [known for _, known in likely if not changes(known)]
    if len(unchanged) == 1:
        return unchanged[0]
    if not likely:
        return None
    text = "选民册中已有姓名、出生日期相同的选民，没有身份证号可以核对，不能认定是同一人："
    return Ask(text, [(known, words_of(person, known)) for person, known in likely])


def words_of(person: Person, known: Known) -> str:
    """A voter as the person choosing recognises them; the day of birth stays hidden."""
    parts = [f"{person.birth[:4]}年{person.birth[5:7]}月生", person.village, known.get("district"), known.get("group")]
    if known.get("household_no"):
        parts.append(f"户号{known['household_no']}")
    return f"{person.name}（{'，'.join(str(part) for part in parts if part)}）"
