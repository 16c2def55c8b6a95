"""Deputies as ledgers name them: by name, two of one name told apart by a note behind it, in office on the day."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from congress.names.parts import tidy
from congress.spreadsheets.columns import plain
from congress.wording import chinese_date
from deputies.models import Deputy
from deputies.queries import seats_exercised

_LISTED = re.compile(r"[、，,;；/\n]+")
_REST = re.compile(
    r"^(?P<named>.+?)\s*(?P<rest>等\s*[\d一二三四五六七八九十]*\s*[人名位]?\s*(?:人大)?(?:代表)?)$", re.DOTALL
)
_NO_NAME = re.compile(r"\d|全体|代表|小组|人员|委员|主席团")
_NOTED = re.compile(r"^(.*?)\s*[（(](.*?)[）)]$")


class UnknownDeputy(ValueError):
    """No deputy, or more than one, is meant by a name; the message says which."""


def names_in(text: str | None) -> list[str]:
    """The names a cell lists: 张三、李四（东山村）; blanks part names only where nothing else does."""
    listed = [name.strip() for name in _LISTED.split(text or "") if name.strip()]
    if len(listed) == 1 and "（" not in listed[0] and "(" not in listed[0]:
        pieces = listed[0].split()
        listed = pieces if all(len(piece) > 1 for piece in pieces) else listed
    return listed


def bare_names(text: str | None) -> str:
    """The names a cell lists, without notes and in one order: how two cells are compared."""
    return "、".join(sorted(tidy(_NOTED.sub(r"\1", name)) for name in names_in(text)))


class People:
    """The deputies of a township by name, and who was in office on which day."""

    def __init__(self):
        self._by_name: dict[str, list[Deputy]] = {}
        for row in Deputy.objects.kept().prefetch_related("mandates__district"):
            self._by_name.setdefault(row.name, []).append(row)
        self._active: dict[tuple, set] = {}

    def find(self, name: str) -> Deputy:
        """The deputy of a name, with a note of village, district or post where two have it. Raises UnknownDeputy."""
        noted = _NOTED.match(name)
        bare, note = (noted[1], plain(noted[2])) if noted else (name, "")
        found = self._by_name.get(tidy(bare), [])
        if note and len(found) > 1:
            found = [row for row in found if any(note in plain(words) for words in _telling(row))]
        if not found:
            raise UnknownDeputy(f"花名册里没有代表“{name}”，请先导入花名册（已离任的也要）")
        if len(found) > 1:
            raise UnknownDeputy(f"有{len(found)}位代表叫“{bare}”，请在姓名后注明选区或单位，如{bare}（东山村）")
        return found[0]

    def without_rest(self, text: str | None) -> tuple[str | None, str]:
        """The names a cell lists without the words for those it does not name, and these words: 张三等3人 → 张三, 等3人."""
        found = _REST.match((text or "").strip())
        if found is None or tidy(names_in(text)[-1]) in self._by_name:  # somebody may be called 李平等
            return text, ""
        return found["named"], found["rest"]

    def leave_out_rest(self, values: dict[str, Any], keys: dict[str, str]) -> list[str]:
        """Leave out of some columns (with their labels) the words for those who are not named; returns what is to be said."""
        said = []
        for key, label in keys.items():
            values[key], rest = self.without_rest(values.get(key)) if values.get(key) else (values.get(key), "")
            said += [f"{label}写着“{rest}”，没有写出姓名的没有登记"] if rest else []
        return said

    def all_of(self, names: Iterable[str]) -> list[Deputy]:
        """Each of several once. Raises UnknownDeputy."""
        return list({row.pk: row for row in map(self.find, names)}.values())

    def check(self, names: list[str], on: date | None, *levels: str) -> list[str]:
        """What is wrong with the names, and who was not in office on the day."""
        wrong, found = [], []
        for name in names:
            try:
                found.append(self.find(name))
            except UnknownDeputy as unknown:
                wrong.append(f"“{name}”不是一位代表的姓名，请逐个写出姓名" if _NO_NAME.search(name) else str(unknown))
        if on is not None:
            resting = [row for row in found if row.pk not in self._active_on(on, *levels)]
            wrong += _idle_words(
                [row for row in resting if row.state == Deputy.State.PENDING], "的信息还待主席审核，审核通过以后再导入"
            )
            words = f"在{chinese_date(on)}不在任或者不能执行代表职务，请核对代表资格和日期"
            wrong += _idle_words([row for row in resting if row.state != Deputy.State.PENDING], words)
        return wrong

    def _active_on(self, on: date, *levels: str) -> set:
        if (on, levels) not in self._active:
            self._active[on, levels] = set(seats_exercised(on, *levels).values_list("deputy_id", flat=True))
        return self._active[on, levels]


def _idle_words(rows: list[Deputy], words: str) -> list[str]:
    return [f"{'、'.join(row.name for row in rows)}{words}"] if rows else []


def _telling(row: Deputy) -> list[str]:
    districts = [str(mandate.district) for mandate in row.mandates.all() if mandate.district]
    return [row.employer_post, *districts]
