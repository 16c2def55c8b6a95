"""What a ledger of suggestions tells of several units, and of one suggestion over several lines.

A cell may name several units, and say which of them leads. A suggestion may stand on several lines: one for each unit, or
another for a second handling after 不满意. Lines that are understood are joined to the first one; a line that is wrong
keeps its suggestion out whole, so that nothing of it is lost.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Protocol

from congress.spreadsheets.columns import plain
from congress.spreadsheets.preview import CellError, Part, PreviewRow, Status
from deputies.imports.people import names_in
from proposals.imports.days import STEPS, satisfied
from proposals.models import Assignment

Values = dict[str, Any]
AGAIN = "again"  # the further handlings among the values of the first line
UNITS = ("unit", "assist")
# What a line of another handling may say for itself; everything else is the suggestion's.
OF_A_HANDLING = (*UNITS, "way", *STEPS, "grade", "reply", "attitude", "result", "reason")
ALIKE = ("title", "lead", "submitted_on")
FIRST_LEADS = "承办单位写了几个，第一个登记为主办，其余登记为协办"
APART = Assignment.Part.SEPARATE.label
STRANDS = "strands"  # the further units of a handling that each answered for themselves, among its values
OF_A_STRAND = ("unit", "signed_on", "talked_on", "replied_on", "grade", "reply")
OF_ALL = ("rated_on", "attitude", "result", "reason", "closed_on")

_LEADS, _ASSISTS = "主办|牵头|承办", "协办|会办|配合"
_APART = re.compile(rf"^{APART}(?:单位|部门)?\s*[:：](?P<names>.+)$", re.DOTALL)
_SAID = rf"(?P<part>{_LEADS}|{_ASSISTS})(?:单位|部门)?\s*[:：]"
_BEFORE = re.compile(rf"{_SAID}(?P<names>.*?)(?=(?:{_LEADS}|{_ASSISTS})(?:单位|部门)?\s*[:：]|$)", re.DOTALL)
_BEHIND = re.compile(rf"^(?P<name>.+?)\s*(?:[（(](?P<part>{_LEADS}|{_ASSISTS})(?:单位)?[）)]|(?P<verb>牵头|配合))$")


def spread_units(text: str) -> dict[str, str]:
    """主办：交通站；协办：水利站 or 交通站（主办）、水利站（协办） → who leads and who assists; 分办：交通站、水利站 → who
    answers separately; {} where nothing is said."""
    if apart := _APART.match(text):
        return {"unit": "、".join(names_in(apart["names"])), "way": APART}
    found: dict[str, list[str]] = {"unit": [], "assist": []}
    said = list(_BEFORE.finditer(text))
    for match in said:
        found[_column(match["part"])] += names_in(match["names"].strip("，,、；;。 "))
    if not said:
        for name in names_in(text):
            match = _BEHIND.match(name)
            if match is None:
                return {}
            found[_column(match["part"] or match["verb"])].append(match["name"])
    return {key: "、".join(names) for key, names in found.items() if names}


def _column(part: str) -> str:
    return "unit" if re.fullmatch(_LEADS, part) else "assist"


def first_leads(values: Values) -> list[str]:
    """Of several units in the cell of the lead the first leads and the others assist; returns what is to be said."""
    units = names_in(values.get("unit"))
    if len(units) < 2 or values.get("way") == APART:
        return []
    values["unit"], values["assist"] = units[0], "、".join([*units[1:], *names_in(values.get("assist"))])
    return [FIRST_LEADS]


def lines_of(values: Values) -> list[Values]:
    """The handlings a row tells of, in their order."""
    return [values, *values.get(AGAIN, ())]


def strands_of(line: Values) -> list[tuple[str, Values]]:
    """The units that answer in a handling, each with the line that tells of its answer."""
    own = [(name, line) for name in names_in(line.get("unit"))]
    return own + [(strand["unit"], strand) for strand in line.get(STRANDS, ())]


def units_in(values: Values, key: str) -> list[str]:
    """Every unit a row names in one of UNITS, in whichever of its handlings."""
    if key == "unit":
        return [name for line in lines_of(values) for name, _ in strands_of(line)]
    return [name for line in lines_of(values) for name in names_in(line.get(key))]


class Lines(Protocol):
    """What is asked of the ledger about a line of a suggestion that has several."""

    def number_of(self, values: Values) -> str | None:
        """The number of the suggestion."""

    def check_line(self, values: Values, before: Values | None) -> list[tuple[str, str]]:
        """What is wrong with a line that follows a handling (a first one: None), as (column key, message)."""

    def against_known(self, values: Values) -> list[tuple[str, str]]:
        """In what a line differs from the suggestion that is registered."""


def join_lines(lines: list[PreviewRow], parts: list[Part], ledger: Lines) -> None:
    """Join to the first line of each suggestion those that go on with it."""
    for rows in _suggestions(lines, ledger):
        for row in rows[1:]:
            if row.status in (Status.DUPLICATE, Status.WRONG) and all(
                error.of_row or error.place < 0 for error in row.errors
            ):
                _join(parts, rows[0], row, ledger)
        wrong = next((row for row in rows if row.status == Status.WRONG), None)
        if wrong is not None:
            _keep_out(rows, wrong)


def _suggestions(rows: Iterable[PreviewRow], ledger: Lines) -> Iterator[list[PreviewRow]]:
    """The lines of one suggestion, where it has several."""
    found: dict[tuple, list[PreviewRow]] = {}
    for row in rows:
        if all(row.values.get(name) for name in ALIKE):
            key = (ledger.number_of(_dated(row.values)), *(plain(row.values[name]) for name in ALIKE))
            found.setdefault(key, []).append(row)
    return (same for same in found.values() if len(same) > 1)


def _join(parts: list[Part], first: PreviewRow, row: PreviewRow, ledger: Lines) -> None:
    values, last = row.values, lines_of(first.values)[-1]
    if values == first.values or first.status == Status.WRONG:
        return
    if first.existing:
        found = ledger.against_known(values)
        row.status, row.errors = Status.UNCHANGED, []
        return _wrong(parts, row, found) if found else None
    if _separate(values, last):
        if found := _against_strand(values, last):
            return _wrong(parts, row, found)
        last.setdefault(STRANDS, []).append({key: values.get(key) for key in OF_A_STRAND})
        last |= {"way": APART} | {key: last.get(key) or values.get(key) for key in OF_ALL}
        return _joined(first, row, "分办单位")
    if _another_unit(values, last):
        units = [*names_in(last.get("assist")), *(name for key in UNITS for name in names_in(values.get(key)))]
        last["assist"] = "、".join(name for name in dict.fromkeys(units) if name != last["unit"])
        return _joined(first, row, "同一次办理的协办单位")
    if not _another_handling(values, last):
        return None
    if found := ledger.check_line(_dated(values), _dated(last)):
        return _wrong(parts, row, found)
    first.values.setdefault(AGAIN, []).append({key: values.get(key) for key in (*ALIKE, *OF_A_HANDLING)})
    return _joined(first, row, f"第{len(lines_of(first.values))}次办理")


def _another_unit(values: Values, last: Values) -> bool:
    """A line that says the same of the handling and differs in the unit only."""
    said = [key for key in OF_A_HANDLING if key not in UNITS and values.get(key) not in (None, last.get(key))]
    return not said and bool(last.get("unit")) and values.get("unit") != last["unit"]


def _separate(values: Values, last: Values) -> bool:
    """Another unit that was given it on the same day and answered for itself, or is said to."""
    if values.get("assigned_on") != last.get("assigned_on") or values.get("unit") in {None, *_names(last)}:
        return False
    replied = values.get("replied_on") and any(
        values.get(key) != last.get(key) for key in ("replied_on", "grade", "reply")
    )
    return bool(replied) or APART in (values.get("way"), last.get("way"))


def _names(line: Values) -> set[str]:
    return {name for name, _ in strands_of(line)}


def _against_strand(values: Values, last: Values) -> list[tuple[str, str]]:
    """What keeps a line from being one of the units that answered separately; they are rated once, after the last reply."""
    found = [
        (key, "分办只评价一次，与前一行不一致")
        for key in OF_ALL
        if values.get(key) and last.get(key) not in (None, "", values[key])
    ]
    if values.get("assist") or last.get("assist"):
        found.append(("assist", "分办没有协办单位，也要答复的填在承办单位"))
    rated = values.get("rated_on") or last.get("rated_on")
    for strand in (values, *(line for _, line in strands_of(last))) if rated else ():
        if not strand.get("replied_on") or strand["replied_on"] > rated:
            found.append(("rated_on", f"评价早于{strand['unit']}的答复，或者该单位没有答复"))
    return found


def _another_handling(values: Values, last: Values) -> bool:
    """A line with an assigning of its own after a handling the deputy was not satisfied with."""
    given, rated = values.get("assigned_on"), last.get("rated_on")
    return bool(given and rated and given > (last.get("assigned_on") or given) and not satisfied(last))


def _dated(values: Values) -> Values:
    days = ("submitted_on", *STEPS)
    return {
        key: date.fromisoformat(value) if key in days and isinstance(value, str) else value
        for key, value in values.items()
    }


def _joined(first: PreviewRow, row: PreviewRow, words: str) -> None:
    row.status, row.errors, row.notes = Status.JOINED, [], [f"并入第{first.row}行：{words}"]


def _wrong(parts: list[Part], row: PreviewRow, found: list[tuple[str, str]]) -> None:
    part = parts[row.part]
    sheet = part.sheet if len({each.sheet for each in parts}) > 1 else ""
    row.status = Status.WRONG
    row.errors = [CellError(row.row, part.places.get(key, -1), key, words, sheet, of_row=True) for key, words in found]


def _keep_out(rows: list[PreviewRow], wrong: PreviewRow) -> None:
    """One wrong line keeps the others of its suggestion out as well."""
    for row in rows:
        if row.status in (Status.NEW, Status.JOINED):
            row.status, row.notes = Status.WRONG, []
            row.errors = [CellError(row.row, -1, "", f"同一件建议的第{wrong.row}行有错，请改好后一并导入")]
