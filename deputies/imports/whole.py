"""What the rows of a roster make together: more deputies than seats, somebody under age, what is registered beside."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from congress.law.elections import voting_age
from congress.spreadsheets.preview import PreviewRow, Status
from deputies.imports.filling import elected_day
from deputies.imports.terms import MOST_SEATS, Seat, term_words

SEAT = "代表资格"  # how the preview names a mandate that the import adds to a known deputy
# What a new entry is where its row says nothing, and is counted as.
MEANT = {"ethnicity": ("民族", "汉族"), "party": ("政治面貌", "群众"), "occupation": ("身份类别", "其他")}


class Named:
    """What the rows of a table name that may have to be registered with it."""

    def __init__(self, names: Iterable[str]):
        self.words: dict[str, set[str]] = {name: set() for name in names}
        self.districts: list[str] = []  # one for each row
        self.with_district = 0
        self.unsaid: Counter[str] = Counter()

    def add(self, row: PreviewRow, *, creates: bool) -> None:
        """Take note of a row; `creates`: what is written of it may register what it names."""
        district = row.values.get("district")
        self.with_district += bool(district)
        if row.status == Status.NEW:
            self.unsaid.update(name for name in MEANT if not row.values.get(name))
        if creates and row.status != Status.UNCHANGED:
            self.districts += [district] if district else []
            for name, found in self.words.items():
                found.update(filter(None, [row.values.get(name)]))

    def warnings(self) -> list[str]:
        """What new entries are taken to be, because nothing is said."""
        return [
            f"{self.unsaid[name]}人没有写{label}，按“{meant}”登记"
            for name, (label, meant) in MEANT.items()
            if self.unsaid[name]
        ]


class Crowd:
    """Who is seated by a table, counted row by row: more than there are seats, somebody of no district or under age. Without a term there
    is nothing to count."""

    def __init__(self, seat: Seat | None):
        self.seat, self.held, self.young, self.nowhere = seat, Counter(), [], []

    def add(self, row: PreviewRow) -> None:
        """Count a row that is to hold a seat."""
        if self._too_young(row):
            self.young.append(f"第{row.row}行")
        if row.values.get("ended_on"):
            return
        if row.status == Status.NEW or SEAT in row.changes:
            self.held[""] += 1
            self.nowhere += [] if row.values.get("district") else [f"第{row.row}行"]
            self.held[self.seat.label(row.values.get("district"))] += bool(row.values.get("district"))
        elif "district" in row.changes:
            self.held[row.changes["district"][0] or "-"] -= 1
            self.held[self.seat.label(row.values["district"])] += 1

    def warnings(self) -> list[str]:
        """Districts and the term with more deputies than seats, and who was not 18 on election day, with the numbers."""
        held, seats = Counter(self.seat.occupied()), {str(d): d.seats for d in self.seat.spelled.values()}
        held.update(self.held)
        said = [
            f"{name}应选{seats.get(name, MOST_SEATS)}名，导入后有{count}名"
            for name, count in sorted(held.items())
            if name not in ("", "-") and count > seats.get(name, MOST_SEATS)
        ]
        term = self.seat.term
        if term.seats and held[""] > term.seats:
            said.append(f"{self.seat.words}代表名额{term.seats}名，导入后有{held['']}名")
        if self.nowhere:
            listed = "、".join(self.nowhere[:10]) + ("等" if len(self.nowhere) > 10 else "")
            said.append(f"{len(self.nowhere)}人没有写选区，导入后代表资格上没有选区：{listed}")
        return said + ([f"{len(self.young)}人当选日未满18周岁：{'、'.join(self.young)}"] if self.young else [])

    def _too_young(self, row: PreviewRow) -> bool:
        born, number = row.values.get("birth_date"), row.values.get("id_number")
        text = born or (f"{number[6:10]}-{number[10:12]}-{number[12:14]}" if number else "")
        if not text:
            return False
        day = date.fromisoformat(text if len(text) > 7 else f"{text}-01")
        return not voting_age(day, elected_day(row.values.get("elected_on"), self.seat.elected_on)).eligible


def plan_words(plan: dict[str, Any], seat: Seat | None) -> list[str]:
    """What is registered beside the rows, in words."""
    said = [term_words(seat.term)] if plan.get("term") else []
    districts = [f"第{row['number']}选区（{row['name']}，{row['seats']}名）" for row in plan.get("districts", ())]
    for label, found in (("选区", districts), ("代表小组", plan.get("group")), ("联络站", plan.get("station"))):
        if found:
            said.append(f"{label}{len(found)}个：{'、'.join(found)}")
    return said
