"""Which heading is which column: by its words, as a part of one, or as what is ticked of a choice."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from .columns import DATED, Column, letters, plain

ERROR_LABEL = "错误原因"
IGNORED = frozenset(map(plain, ("序号", "编号", "行号", ERROR_LABEL)))
BRACKETS = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
Remembered = dict[str, str] | None  # {heading of an earlier file: key of its column}
_OR = re.compile(r"[/／|、]|或者?")
_TAKEN_ONCE = "与前面的列重复，只取前面一列"
_REST_OF_DAY = {"月": "年", "月份": "年", "日": "月"}  # what the heading before it ends with: 出生年 | 月


@dataclass
class Mapping:
    """Which column of the file is which. `unknown` and `doubled` are dropped and shown, with their places in `dropped`;
    `missing` are required ones.

    `parts` are the places of columns that make one value together: {column key: [place, place]}; `options` what a tick at a
    place says, `loose` those of them whose heading does not say of what. `crossed` are the places whose cells hold another column's
    values, each with the choice its heading is.
    """

    places: dict[str, int]
    labels: list[str]
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    parts: dict[str, list[int]] = field(default_factory=dict)
    dropped: list[tuple[int, str]] = field(default_factory=list)
    options: dict[int, str] = field(default_factory=dict)
    loose: set[int] = field(default_factory=set)
    crossed: dict[int, str] = field(default_factory=dict)
    both: tuple[str, ...] = ()  # the keys of these two columns

    @property
    def shown(self) -> dict[str, int]:
        """Where the columns stand; in no place of their own (-1) what headings tell and what stands below them."""
        return dict.fromkeys(self.both, -1) | self.places

    @property
    def used(self) -> set[int]:
        """Every place something is read from."""
        return set(self.places.values()).union(*self.parts.values(), self.crossed)


def map_columns(
    labels: Sequence[str], columns: Sequence[Column], remembered: Remembered = None, unticked: Collection[int] = ()
) -> Mapping:
    """Say which heading is which column: remembered headings first, then labels, synonyms, headings of a part; last the bare
    words of a choice, but at places that are known to be `unticked`."""
    headings = _headings(labels)
    keys = {column.key for column in columns}
    claims = _claims(labels, headings, columns, remembered)
    surely = {key for _, _, key in claims}
    loose = {
        place: key
        for place, heading in enumerate(headings)
        if heading and place not in unticked and all(claim[1] != place for claim in claims)
        if (key := _ticked_for(heading, columns)) and key not in surely
    }
    claims += [(5, place, key) for place, key in loose.items()]
    places = _placed(claims, keys)
    claims = [_otherwise(claim, places, headings, columns) for claim in claims]
    places = _placed(claims, keys)
    mapping = Mapping(places, list(labels), parts=_parts(claims, headings, columns), loose=set(loose))
    places |= {key: parts[0] for key, parts in mapping.parts.items()}
    options = {column.key: column.option for column in columns if column.key in mapping.parts}
    mapping.options = {
        place: option
        for key, parts in mapping.parts.items()
        for place in parts
        if (option := options[key](headings[place]))
    }
    _cross(mapping, headings, columns)
    dropped = {place for _, place, key in claims if not key}
    for place, label in enumerate(labels):
        if label and place not in mapping.used and place not in dropped and plain(label) not in IGNORED:
            doubled = any(claim[1] == place for claim in claims)
            mapping.dropped.append((place, label))
            mapping.unknown.append(f"{letters(place)}列“{label}”" + (f"（{_TAKEN_ONCE}）" if doubled else ""))
    mapping.missing = [
        column.label for column in columns if column.required and not column.titled and column.key not in mapping.shown
    ]
    return mapping


def _cross(mapping: Mapping, headings: list[str], columns: Sequence[Column]) -> None:
    """Where two or more headings are options of a choice and none heads what stands below them, they head that."""
    by_key = {column.key: column for column in columns}
    for column in columns:
        choice = by_key.get(column.crossed)
        if choice is None:
            continue
        mine = {at: value for at, heading in enumerate(headings) if heading and (value := choice.chosen(heading)[0])}
        named = mapping.places.get(column.key)
        taken = {at for key, at in mapping.places.items() if key not in (column.key, choice.key)}
        mine = {at: value for at, value in mine.items() if at not in taken}
        if len(mine) < 2 or (named is not None and named not in mine):
            continue
        for key in (column.key, choice.key):
            mapping.places.pop(key, None)
            mapping.parts.pop(key, None)
        mapping.options = {at: option for at, option in mapping.options.items() if at not in mine}
        mapping.loose -= set(mine)
        mapping.crossed, mapping.both = mine, (column.key, choice.key)


def _headings(labels: Sequence[str]) -> list[str]:
    """The headings as they are compared; 月 beside 出生年 is 出生月."""
    headings: list[str] = []
    for label in labels:
        heading, before = plain(BRACKETS.sub("", label)), headings[-1] if headings else ""
        word = _REST_OF_DAY.get(heading, "")
        stem = before.removesuffix("份")
        headings.append(stem.removesuffix(word) + heading if word and stem.endswith(word) else heading)
    return headings


def _claims(
    labels: Sequence[str], headings: list[str], columns: Sequence[Column], remembered: Remembered
) -> "list[_Claim]":
    known = {plain(label): key for label, key in (remembered or {}).items()}
    wanted = {heading: (3, column.key) for column in reversed(columns) for heading in column.part_of}
    wanted |= {heading: (2, column.key) for column in reversed(columns) for heading in column.headings}
    wanted |= {column.headings[0]: (1, column.key) for column in columns}
    claims: list[_Claim] = []
    for place, label in enumerate(labels):
        heading = plain(label)
        if heading in known:
            claims.append((0, place, known[heading]))
        elif found := next((one for one in (heading, headings[place]) if one in wanted), None):
            rank, key = wanted[found]
            claims.append((rank, place, key))
        elif either := _either(label, wanted):
            claims.append((either[0], place, either[1]))
    of_day = [key for rank, _, key in claims if rank == 3]
    alone = {column.key for column in columns if column.kind in DATED and of_day.count(column.key) < 2}
    return [claim for claim in claims if claim[0] != 3 or claim[2] not in alone]  # a year without its month is no day


def _ticked_for(heading: str, columns: Sequence[Column]) -> str:
    """The only column of which a bare heading is a choice: 男, 是否党员; "" for none and of several."""
    keys = [column.key for column in columns if column.bare and column.option(heading)]
    return keys[0] if len(keys) == 1 else ""


_Claim = tuple[int, int, str]  # how sure (0 most), place, key of the column


def _placed(claims: list[_Claim], keys: set[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for _, place, key in sorted(claims):
        if key in keys:
            places.setdefault(key, place)
    return places


def _otherwise(claim: _Claim, places: dict[str, int], headings: list[str], columns: Sequence[Column]) -> _Claim:
    """A heading whose column has another one before it goes to the next column it may mean: 内容 beside 主题."""
    _, place, key = claim
    if not key or places.get(key) == place:
        return claim
    heading = headings[place]
    mine = [column for column in columns if heading in column.headings or heading in column.part_of]
    others = [one.key for one in mine if one.parts or heading in one.part_of or one.key not in places]
    return claim if key in others or not others else (3, place, others[0])


def _either(label: str, wanted: dict[str, tuple[int, str]]) -> tuple[int, str] | None:
    """The column of a heading that gives two words for one: 政治面貌/党派, 手机或电话; less surely where one of them is no
    heading of ours, 学历/学位."""
    words = [plain(word) for word in _OR.split(BRACKETS.sub("", label)) if plain(word)]
    keys = {wanted[word][1] for word in words if word in wanted}
    if len(words) < 2 or len(keys) != 1:
        return None
    return 2 if all(word in wanted for word in words) else 4, keys.pop()


def _parts(claims: list[_Claim], headings: list[str], columns: Sequence[Column]) -> dict[str, list[int]]:
    """The places of columns that make one: by their headings, or two that were given to one column by hand; of what is
    ticked also a single one."""
    found = {}
    for column in columns:
        mine = [(rank, place, headings[place]) for rank, place, key in claims if key == column.key]
        if mine and all(column.option(heading) for _, _, heading in mine):
            found[column.key] = sorted({place for _, place, _ in mine})
            continue
        whole = [one for one in mine if column.part(one[2]) is None]
        if column.either and len(whole) > 1:
            order = {heading: at for at, heading in enumerate(column.headings)}
            found[column.key] = [place for _, place, _ in sorted(whole, key=lambda one: order.get(one[2], one[1]))]
            continue
        sure = (1, 2) if column.parts else (0, 1, 2)
        if any(rank in sure and column.part(heading) is None for rank, _, heading in mine):
            continue
        by_part: dict[int, int] = {}
        for _, place, heading in mine:
            part = column.part(heading)
            by_part.setdefault(len(column.parts) + place if part is None else part, place)
        if len(by_part) > 1:
            found[column.key] = [by_part[part] for part in sorted(by_part)]
            if column.parts:
                found[column.key] = found[column.key][: len(column.parts)]
    return found
