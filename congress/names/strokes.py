"""Order of names by strokes (以姓名笔画为序), as election rules ask for candidate lists.

Each character counts by number of strokes, then by stroke sequence (横竖撇点折), then by its number in
《通用规范汉字表》; the table is built by script/build_strokes.py. Two conventions differ on one-character given names:

- "xingming" 姓名笔画: every character in turn, so 田大利 stands before 田富;
- "xingshi" 姓氏笔画: within one surname the shorter given name first, so 田富 stands before 田大利.
"""

import functools
from pathlib import Path

from .characters import is_han
from .parts import letters, split, tidy

DATA = Path(__file__).parent / "data"
CONVENTIONS = {
    "xingming": "以姓名笔画为序（逐字比较笔画数，笔画数相同的比较笔顺横竖撇点折）",
    "xingshi": "以姓氏笔画为序（同姓的单名在前，再逐字比较笔画数和笔顺横竖撇点折）",
}
CHECK_BY_HAND = "笔画表中没有或者次序不定，请人工核对顺序"
_WIDTH = 7  # characters of the key for each character of the name
_END = "0" * _WIDTH
_UNKNOWN = 99  # strokes


class _Table:
    """The shipped table: per character its place, its strokes and whether the place is only approximate."""

    def __init__(self) -> None:
        self.place: dict[str, int] = {}
        self.strokes: dict[str, int] = {}
        self.approximate: set[str] = set()
        rows = (DATA / "strokes.tsv").read_text(encoding="utf-8").splitlines()
        for place, row in enumerate(row for row in rows if not row.startswith("#")):
            char, _, strokes, _, source = row.split("\t")
            self.place[char], self.strokes[char] = place, int(strokes)
            if source == "order":
                self.approximate.add(char)

    @functools.cached_property
    def others(self) -> dict[str, int]:
        """Stroke counts of all characters outside the standard; read only when the first of them turns up."""
        counts = {}
        for row in (DATA / "strokes_other.txt").read_text(encoding="utf-8").splitlines():
            strokes, chars = row.split("\t")
            counts.update(dict.fromkeys(chars, int(strokes)))
        return counts


@functools.cache
def _table() -> _Table:
    return _Table()


def strokes(char: str) -> int:
    """Return the number of strokes of one character, 0 when it is not a known Chinese character."""
    table = _table()
    return table.strokes.get(char) or table.others.get(char, 0)


@functools.lru_cache(maxsize=10_000)
def _char_key(char: str) -> str:
    """Return 2 digits of strokes and 5 hex digits of place; rare characters stand behind the standard ones, those
    whose strokes nobody knows behind all."""
    place = _table().place.get(char)
    # Code points of Chinese characters begin at 3400, above every place in the table (8105 = 1fa9).
    return f"{strokes(char) or _UNKNOWN:02d}{ord(char) if place is None else place:05x}"


def stroke_key(name: str, convention: str = "xingming") -> str:
    """Return a key to store and to compare by plain "<" (collation "C"): names in the order of the convention.

    Raises ValueError for a convention other than "xingming" or "xingshi". Spaces and middle dots do not count.
    """
    if convention not in CONVENTIONS:
        raise ValueError(f"unknown convention {convention!r}")
    chars = letters(tidy(name))
    keys = [_char_key(char) for char in chars]
    if convention == "xingming":
        return "".join(keys)
    # A name kept whole (ethnic names) files under its first character, behind the names with that surname.
    surname = split(name).surname
    head = len(surname) or 1
    shorter_first = min(len(chars) - head, 8) if surname else 9
    return "".join(keys[:head]) + _END + str(max(shorter_first, 0)) + "".join(keys[head:])


def uncertain(name: str) -> list[str]:
    """Return the characters of the name whose place a person must check (see CHECK_BY_HAND); [] = the order holds."""
    table = _table()
    return [
        char
        for char in dict.fromkeys(tidy(name))
        if (is_han(char) or char.isalpha()) and (char not in table.place or char in table.approximate)
    ]
