"""Who a row of the roster is: by ID number, else by name, birth and district or post; anything less is asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from congress.spreadsheets.columns import plain
from congress.spreadsheets.preview import Ask, Known


@dataclass(frozen=True)
class Person:
    """What tells a person from others of the same name: birth as 1975-08 or 1975-08-12, district and post as compared.

    `cells` is all a row says, for a row that agrees with an entry in everything.
    """

    name: str
    number: str = ""
    birth: str = ""
    district: str = ""
    post: str = ""
    cells: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, values: dict[str, Any], district: str, cells: bool = False) -> "Person":
        """The person of a row, or of an entry in the spelling of the columns."""
        number = values.get("id_number") or ""
        birth = values.get("birth_date") or ""
        if number:
            birth = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
        elif birth.endswith("-01") and len(birth) == 10:
            birth = birth[:7]  # the first of a month is how a month alone is kept
        return cls(
            name=values.get("name") or "",
            number=number,
            birth=birth,
            district=district,
            post=plain(values.get("employer_post") or ""),
            cells=tuple(sorted(values.items(), key=lambda cell: cell[0])) if cells else (),
        )


def same(one: Person, other: Person) -> bool | None:
    """Whether two are one person; None when what is known does not tell."""
    if one.number and other.number:
        return one.number == other.number
    if one.name != other.name:
        return False
    if not (one.birth and other.birth):
        return None
    length = min(len(one.birth), len(other.birth))
    if one.birth[:length] != other.birth[:length]:
        return False
    agree = [mine and mine == theirs for mine, theirs in ((one.district, other.district), (one.post, other.post))]
    return True if any(agree) else None


@dataclass(frozen=True)
class Entry:
    """An entry of the roster a row may mean: its person and its values in the spelling of the columns."""

    person: Person
    known: Known


def decide(row: Person, namesakes: Sequence[Entry], unchanged: Iterable[Entry]) -> Known | Ask | None:
    """The entry a row means, a question, or None for somebody new.

    `namesakes` are the entries of that name or number, `unchanged` those among them that the row would not change: it
    fits such a one where it is the only one, because nothing is written.
    """
    by_number = [entry for entry in namesakes if row.number and entry.person.number == row.number]
    if by_number:
        return by_number[0].known
    others = [entry for entry in namesakes if not (row.number and entry.person.number)]
    certain = [entry for entry in others if same(row, entry.person)]
    if len(certain) == 1:
        return certain[0].known
    fitting = [entry for entry in unchanged if entry in others]
    if len(fitting) == 1:
        return fitting[0].known
    if not others:
        return None
    few = len(others) == 1
    text = f"花名册中已有{'同名的代表' if few else f'{len(others)}位同名的代表'}，身份证号、出生年月、选区和单位职务不足以认定是同一人："
    return Ask(text, [(entry.known, words_of(entry)) for entry in others])


def words_of(entry: Entry) -> str:
    """An entry as the person choosing recognises it; the day of birth and the number stay hidden."""
    birth = re.sub(r"^(\d{4})-(\d{2}).*", r"\1年\2月生", entry.person.birth)
    parts = (birth, entry.known.get("district"), entry.known.get("employer_post"))
    return f"{entry.person.name}（{'，'.join(str(part) for part in parts if part) or '没有其他信息'}）"
