"""What the rows of a roster make together: more deputies than seats, somebody under age, what is registered beside."""

from collections import Counter
from datetime import date
from typing import Any

from congress.law.elections import voting_age
from congress.spreadsheets.preview import PreviewRow, Status
from deputies.imports.filling import elected_day
from deputies.imports.terms import MOST_SEATS, Seat, term_words

SEAT = "代表资格"  # how the preview names a mandate that the import adds to a known deputy


def crowded(seat: Seat, rows: list[PreviewRow]) -> list[str]:
    """Districts and the term with more deputies than seats, with both numbers."""
    held, seats = Counter(seat.occupied()), {str(d): d.seats for d in seat.spelled.values()}
    for row in rows:
        if row.values.get("ended_on"):
            continue
        if row.status == Status.NEW or SEAT in row.changes:
            held[""] += 1
            held[seat.label(row.values.get("district"))] += bool(row.values.get("district"))
        elif "district" in row.changes:
            held[row.changes["district"][0] or "-"] -= 1
            held[seat.label(row.values["district"])] += 1
    said = [
        f"{name}应选{seats.get(name, MOST_SEATS)}名，导入后有{count}名"
        for name, count in sorted(held.items())
        if name not in ("", "-") and count > seats.get(name, MOST_SEATS)
    ]
    term = seat.term
    if term.seats and held[""] > term.seats:
        said.append(f"{seat.words}代表名额{term.seats}名，导入后有{held['']}名")
    return said


def too_young(seat: Seat, rows: list[PreviewRow]) -> list[str]:
    """Who was not 18 on election day, with the number."""
    young = []
    for row in rows:
        born, number = row.values.get("birth_date"), row.values.get("id_number")
        text = born or (f"{number[6:10]}-{number[10:12]}-{number[12:14]}" if number else "")
        if not text:
            continue
        day = date.fromisoformat(text if len(text) > 7 else f"{text}-01")
        if not voting_age(day, elected_day(row.values.get("elected_on"), seat.elected_on)).eligible:
            young.append(f"第{row.row}行")
    return [f"{len(young)}人当选日未满18周岁：{'、'.join(young)}"] if young else []


def plan_words(plan: dict[str, Any], seat: Seat | None) -> list[str]:
    """What is registered beside the rows, in words."""
    said = [term_words(seat.term)] if plan.get("term") else []
    districts = [f"第{row['number']}选区（{row['name']}，{row['seats']}名）" for row in plan.get("districts", ())]
    for label, found in (("选区", districts), ("代表小组", plan.get("group")), ("联络站", plan.get("station"))):
        if found:
            said.append(f"{label}{len(found)}个：{'、'.join(found)}")
    return said
