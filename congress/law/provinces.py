"""Provincial packs: what a province decides differently, each value with its ground and its day of effect.

The national law is the default. A city pack (青岛) falls back on its province, a province on the national law. A
value asked for on a day before the local text held took effect is the national one, and says so. A place that came
under other rules from a day on has both in its name (`moved`), so that what happened before is judged as it was.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from congress.law.catalogue import LAWS
from congress.law.finding import PRACTICE, Citation, Finding
from congress.law.numerals import chinese_date
from congress.law.packs_national import KEYS, Key
from congress.law.packs_suggestions import DIRECT, Row
from congress.law.sources import PACK_ROWS, cite

NATIONAL = "全国规定"
APART = "@"  # between the pack of now, its first day, and the pack before


class UnknownPack(LookupError):
    """A pack name nobody defined."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a pack on a given day.

    `value` None means no rule is held; `reason` says why. `force` is 全国规定, 直接适用, 参照执行, 可以参照 or 只及于省级代表.
    `effective` is the first day the text is applied from. `start` is the event a period runs from.
    """

    value: int | bool | str | None
    citation: Citation | None
    label: str
    unit: str = ""
    start: str = ""
    force: str = ""
    effective: date | None = None
    reason: str = ""

    @property
    def text(self) -> str:
        """2月（《山东省…若干规定》…第十五条，直接适用）, or 未规定（理由）."""
        if self.value is None or self.citation is None:
            return f"未规定（{self.reason}）"
        shown = ("是" if self.value else "否") if isinstance(self.value, bool) else f"{self.value}{self.unit}"
        return f"{shown}（{self.citation.text}，{self.force}）"


@dataclass(frozen=True, slots=True)
class Pack:
    """The values of one place. `parent` is the pack asked when this one is silent; empty for the national pack. `digits`
    begin the codes of its places (GB/T 2260). `former` holds before the day `since`."""

    name: str
    label: str
    parent: str = ""
    digits: str = ""
    since: date | None = None
    former: "Pack | None" = None

    def value(self, key: str, on: date) -> Value:
        """The value in force on that day; KeyError for a key nobody defined."""
        national = KEYS[key]
        later: Row | None = None
        place = self.on(on)
        while place.parent:
            row = _ROWS.get((place.name, key))
            if row is not None and LAWS[row.law].latest.effective <= on:
                return _local(row, national)
            later = later or row
            place = PACKS[place.parent]
        return _national(national, on, later)

    def on(self, day: date) -> "Pack":
        """The rules the place was under that day."""
        earlier = self.former is not None and self.since is not None and day < self.since
        return self.former.on(day) if earlier and self.former else self

    def values(self, on: date) -> dict[str, Value]:
        """Every value in force on that day, by key."""
        return {key: self.value(key, on) for key in KEYS}

    def own(self) -> tuple[str, ...]:
        """The keys this place decides itself, sorted."""
        return tuple(sorted(key for name, key in _ROWS if name == self.name))


PackLike = str | Pack

_ROWS: dict[tuple[str, str], Row] = {(row.pack, row.key): row for row in PACK_ROWS}

PACKS: dict[str, Pack] = {
    one.name: one
    for one in (
        Pack("national", "全国"),
        Pack("shandong", "山东省", "national", "37"),
        Pack("qingdao", "山东省青岛市", "shandong", "3702"),
        Pack("chongqing", "重庆市", "national", "50"),
        Pack("zhejiang", "浙江省", "national", "33"),
        Pack("henan", "河南省", "national", "41"),
        Pack("beijing", "北京市", "national", "11"),
        Pack("shanghai", "上海市", "national", "31"),
    )
}


def pack(name: PackLike = "national") -> Pack:
    """The pack of that name (a pack is returned as it is); UnknownPack when there is none."""
    if isinstance(name, Pack):
        return name
    if APART in name:
        return _moved(name)
    if name not in PACKS:
        raise UnknownPack(f"没有名为“{name}”的地方规则包；可用：{'、'.join(PACKS)}")
    return PACKS[name]


def moved(name: str, since: date, before: str) -> str:
    """The name of the rules of a place that came under those of `name` on a day, and was under those of `before`."""
    return APART.join((name, since.isoformat(), before))


@lru_cache
def _moved(name: str) -> Pack:
    now, day, before = name.split(APART, 2)
    return replace(pack(now), since=date.fromisoformat(day), former=pack(before))


def pack_of_place(code: str) -> Pack:
    """The pack held for the place of a code of GB/T 2260 (its city's before its province's); the national one for others."""
    fitting = [one for one in PACKS.values() if code.startswith(one.digits)]
    return max(fitting, key=lambda one: len(one.digits))


def _local(row: Row, national: Key) -> Value:
    source = LAWS[row.law]
    return Value(
        value=row.value,
        citation=cite(row.law, row.key),
        label=national.label,
        unit=national.unit,
        start=row.start,
        force=row.force,
        effective=source.latest.effective,
        reason=row.note,
    )


def _national(key: Key, on: date, later: Row | None) -> Value:
    note = ""
    if later is not None:
        effective = LAWS[later.law].latest.effective
        note = f"收录的《{LAWS[later.law].title}》自{chinese_date(effective)}起适用，此前的地方文本未收录"
    if key.value is None:
        return Value(None, None, key.label, key.unit, reason=note or key.reason)
    citation = cite(key.law, key.fact, on)
    edition = LAWS[key.law].edition_on(on)
    effective_from = edition.effective if edition else None
    return Value(key.value, citation, key.label, key.unit, key.start, NATIONAL, effective_from, note)


def is_binding(value: Value) -> bool:
    """True when the value binds a township by itself (national law or a local rule that applies directly)."""
    return value.force in (NATIONAL, DIRECT)


def finding_of(value: Value, code: str, message: str, field: str = "", blocking: bool = True) -> Finding:
    """A finding by a value of a pack: it blocks only where the rule binds, and says so where townships only refer to it.

    Where no rule is held the finding is practice, cites nothing and blocks nothing.
    """
    if value.citation is None or not value.value:
        return Finding(code, message, None, False, field, PRACTICE)
    binding = is_binding(value)
    return Finding(code, message, value.citation, binding and blocking, field, "" if binding else value.force)


def laws_of(name: PackLike) -> frozenset[str]:
    """Keys of the local laws a place and what it falls back on take values from; empty for the national pack."""
    place, found = pack(name), set()
    while place.parent:
        found |= {row.law for row in PACK_ROWS if row.pack == place.name}
        place = PACKS[place.parent]
    former = pack(name).former
    return frozenset(found | laws_of(former) if former else found)
