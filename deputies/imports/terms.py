"""The term, day and districts that rows of a roster are registered with; what of it must be made first."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from congress.guard.refusal import refuse
from congress.law.numerals import to_chinese
from congress.spreadsheets.columns import plain
from congress.spreadsheets.lines import bare_title
from congress.spreadsheets.read import Workbook
from congress.wording import chinese_date
from deputies.imports.roster_form import NEW
from deputies.imports.words import district_in, terms_named
from deputies.models import District, Level, Mandate, Term

MOST_SEATS = 3  # 选举法: one to three deputies a district
_AROUND = (("", ""), ("第", "选区"), ("", "选区"), ("第", "号选区"), ("", "号选区"))  # around a district's number


def term_of(township, options: dict[str, Any]) -> Term | None:
    """The term chosen for a table, unsaved when it is registered with it; None when none is chosen or it is gone."""
    if options.get("term") != NEW:
        return Term.objects.kept().filter(pk=options.get("term") or None).first()
    started, seats = date.fromisoformat(options["started_on"]), int(options.get("seats") or 0)
    return Term(township=township, number=int(options["number"]), seats=seats, started_on=started)


def complete_term(options: dict[str, Any], book: Workbook) -> dict[str, Any]:
    """A new term takes its number from the titles of the file; a term of that number that is registered is used.

    Raises Refused when neither form nor file say the number.
    """
    if options.get("term") != NEW:
        return options
    titles = [str(cell) for sheet in book.sheets for row in sheet.rows[:5] for cell in row if cell is not None]
    number = options.get("number") or next((found for text in titles for found in terms_named(text)), None)
    if number is None:
        refuse("文件标题里没有写第几届，请填写。", "number")
    term = Term.objects.kept().filter(level=Level.TOWNSHIP, number=number).first()
    return options | ({"term": str(term.pk)} if term else {"number": int(number)})


def term_words(term: Term) -> str:
    """A term that is registered with a table, in words."""
    seats = "" if term.seats else "（代表名额请导入后补填）"
    return f"届次：{term.get_level_display()}{term}，{chinese_date(term.started_on)}起{seats}"


class Differs(ValueError):
    """Number and name of a district do not belong together; the words say which they are."""


@dataclass
class Seat:
    """What is common to the seats of one batch. `is_new`: the term is registered with the import."""

    term: Term
    elected_on: date
    is_new: bool = False
    spelled: dict[str, District] = field(default_factory=dict)

    @classmethod
    def of(cls, township, options: dict[str, Any]) -> "Seat | None":
        """From the options of a batch; None when no seats are registered."""
        chosen = options.get("term")
        if not chosen:
            return None
        term = term_of(township, options)
        if term is None:
            return None
        day = date.fromisoformat(options["elected_on"])
        if term._state.adding:
            return cls(term, day, True)
        seat = cls(term, day)
        seat.know(District.objects.kept().filter(term=term))
        return seat

    def know(self, districts) -> None:
        """Add districts that rows may name, in every usual spelling: 第3选区 as often as 第三选区."""
        for row in districts:
            numbers = (str(row.number), to_chinese(row.number))
            spellings = [f"{before}{number}{after}" for number in numbers for before, after in _AROUND]
            for spelling in (*spellings, row.name, f"{row.name}选区", str(row)):
                self.spelled.setdefault(plain(spelling), row)

    def spell(self, text: str, district: District) -> None:
        """Add one more way to write a district."""
        self.spelled[plain(text)] = district

    @property
    def words(self) -> str:
        """乡镇第十七届."""
        return f"{self.term.get_level_display()}{self.term}"

    def district(self, text: str | None) -> District | None:
        """The district that a cell names. Raises Differs when its number and name are those of two districts."""
        if not text:
            return None
        found = self.spelled.get(plain(text))
        number, name = district_in(text)
        if found is not None or number is None:
            return found or self.spelled.get(plain(name))
        found = self.spelled.get(str(number))
        named = self.spelled.get(plain(name)) if name else found
        if found is not None and name and named is not found:
            raise Differs(f"选区{number}是“{found.name}”，与写着的“{name}”不一致")
        return found

    def district_titled(self, title: str, *, creates: bool) -> str | None:
        """The district that the title of a group of rows names; None where it names none. `creates`: also one that is to be
        registered, 第三选区（西山村，2名）."""
        text = re.sub("(?:代表|选民)?(?:名单|名册|花名册)?[:：]?$", "", bare_title(title))
        text = re.sub(r"[，,、]\s*(?:应选)?[\d一二三四五六七八九十]+\s*[名人]\s*(?=[）)]?$)", "", text)
        try:
            found = self.district(text)
        except Differs:
            return None
        named = creates and "选区" in text and district_in(text)[0] is not None
        return str(found) if found else text if named else None

    def label(self, text: str | None) -> str:
        """One spelling of the district a cell names, also when it is not registered."""
        try:
            found = self.district(text)
        except Differs:
            found = None
        if found is not None:
            return str(found)
        number, name = district_in(text or "")
        return plain(name) if number is None else f"第{number}选区"

    def unknown(self, texts: list[str]) -> list[dict[str, Any]]:
        """The districts to be made for cells that name none yet, with as many seats as rows name them, three at most."""
        wanted: dict[tuple[int | None, str], list[str]] = {}
        for text in texts:
            if self.district(text) is None:
                number, name = district_in(text)
                same = next((key for key in wanted if number is not None and key[0] == number), (number, name))
                wanted.setdefault(same, []).append(text)
        used = {row.number for row in self.spelled.values()} | {number for number, _ in wanted if number}
        free = iter(sorted(set(range(1, len(used) + len(wanted) + 1)) - used))
        made = []
        for (number, name), rows in wanted.items():
            chosen = next(free) if number is None else number
            seats = min(len(rows), MOST_SEATS)
            made.append({"number": chosen, "name": name or f"第{chosen}选区", "seats": seats, "as": sorted(set(rows))})
        return made

    def occupied(self) -> dict[str, int]:
        """How many stand in each district now, by the district's words; "" counts all of the term."""
        counts: dict[str, int] = {"": 0}
        if self.is_new:
            return counts
        held = Mandate.objects.kept().filter(term=self.term, ended_on__isnull=True)
        for mandate in held.select_related("district"):
            counts[""] += 1
            name = str(mandate.district) if mandate.district else "-"
            counts[name] = counts.get(name, 0) + 1
        return counts
