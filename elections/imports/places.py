"""Districts and voters' groups as rows of a roll name them."""

import re
from typing import Any

from congress.law.numerals import from_chinese
from congress.spreadsheets.columns import plain
from deputies.imports.terms import Differs, Seat
from deputies.models import District
from elections.models import Election, VoterGroup

_NUMBER = re.compile(r"第?\s*(\d{1,4}|[一二三四五六七八九十百]{1,5})\s*(?:选民|村民)?(?:小组|组)?")


class Places:
    """The districts of an election and their groups, by every usual spelling."""

    def __init__(self, election: Election, chosen: str | None):
        self.districts = list(District.objects.kept().filter(term=election.term))
        self._seat = Seat(election.term, election.election_day)
        self._seat.know(self.districts)
        self.chosen = next((row for row in self.districts if str(row.pk) == chosen), None)
        self.by_label = {str(row): row for row in self.districts}
        self._said: dict[str | None, tuple[str | None, str]] = {}
        self.groups: dict[tuple[Any, str], VoterGroup] = {}
        self._groups_said: dict[tuple[str, str], VoterGroup | None] = {}
        self.numbers: dict[Any, set[int]] = {}
        for group in (
            VoterGroup.objects.kept().filter(district__in=self.districts).select_related("district", "county_district")
        ):
            self.know(group)

    def know(self, group: VoterGroup) -> None:
        """Add a group that rows may name."""
        self._groups_said.clear()
        for spelling in (str(group.number), plain(group.name), plain(str(group))):
            self.groups.setdefault((group.district_id, spelling), group)
        self.numbers.setdefault(group.district_id, set()).add(group.number)

    def call(self, district: District, text: str, group: VoterGroup) -> None:
        """Let a cell name a group."""
        self._groups_said.clear()
        self.groups[district.pk, text] = group

    def district(self, text: str | None) -> tuple[str | None, str]:
        """The district a cell names in its one spelling, or what is wrong with it."""
        if text not in self._said:
            self._said[text] = self._district(text)
        return self._said[text]

    def _district(self, text: str | None) -> tuple[str | None, str]:
        if not text:
            return (str(self.chosen), "") if self.chosen else (None, "没有写选区")
        try:
            found = self._seat.district(text)
        except Differs as differs:
            return None, str(differs)
        return (str(found), "") if found else (None, "这次选举没有这个选区，请先在“届次与选区”中登记")

    def group(self, district: str, text: str) -> VoterGroup | None:
        """The group of a district that a cell names; None when there is none yet."""
        if (district, text) not in self._groups_said:
            self._groups_said[district, text] = self._group(district, text)
        return self._groups_said[district, text]

    def _group(self, district: str, text: str) -> VoterGroup | None:
        mine = self.by_label[district].pk
        number, name = numbered(text)
        found = self.groups.get((mine, plain(text))) or (self.groups.get((mine, plain(name))) if name else None)
        return found or (self.groups.get((mine, str(number))) if number is not None and not name else None)

    def planned(self, district: str, texts: list[str]) -> list[dict[str, Any]]:
        """The groups to be made in a district for cells that name none yet: their own numbers, else the next free ones."""
        made: dict[str, dict[str, Any]] = {}
        used = set(self.numbers.get(self.by_label[district].pk, ()))
        for text in texts:
            number, name = numbered(text)
            if number is not None and number in used:
                number = None
            made[text] = {"district": district, "number": number, "name": name or text, "as": text}
            used |= {number} if number is not None else set()
        free = (number for number in range(1, 10_000) if number not in used)
        for row in made.values():
            row["number"] = next(free) if row["number"] is None else row["number"]
        return list(made.values())


def numbered(text: str) -> tuple[int | None, str]:
    """The number a group's name begins with, and the rest of it: 第3小组 → 3, ""; 东山村二组 → None, 东山村二组."""
    found = _NUMBER.fullmatch(plain(re.sub(r"^(\d+)\.0+$", r"\1", text)))
    if found is None:
        return None, text
    return (int(found[1]) if found[1].isdecimal() else from_chinese(found[1])), ""
