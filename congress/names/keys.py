"""All keys by which a name is found and sorted, worked out once for the thousands who share it."""

from functools import lru_cache
from typing import Any, NamedTuple

from .parts import tidy
from .pinyin import pinyin_sort_key, search_text
from .strokes import stroke_key


class NameKeys(NamedTuple):
    """Spellings for the search, order by sound, order by strokes."""

    search_text: str
    pinyin_key: str
    stroke_key: str


@lru_cache(maxsize=20_000)
def name_keys(name: str) -> NameKeys:
    """The keys of a tidy name, as long as columns keep them."""
    return NameKeys(search_text(name), pinyin_sort_key(name)[:200], stroke_key(name)[:400])


def set_keys(row: Any) -> None:
    """Tidy the name of a row and set the columns by which it is found and sorted; call whenever the name changes."""
    row.name = tidy(row.name)
    row.search_text, row.pinyin_key, row.stroke_key = name_keys(row.name)
