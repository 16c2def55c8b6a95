"""The columns of an entry that follow from its name."""

from congress.guard.action import verb
from congress.names.parts import tidy
from congress.names.pinyin import pinyin_sort_key, search_text
from congress.names.strokes import stroke_key

REKEY = verb("deputies.rekey", "重算了姓名的检索和排序")
KEYS = ("name", "search_text", "pinyin_key", "stroke_key", "surname_key")


def set_name_keys(deputy) -> None:
    """Tidy the name and set the keys by which it is found and sorted; call whenever the name changes."""
    deputy.name = tidy(deputy.name)
    deputy.search_text = search_text(deputy.name)
    deputy.pinyin_key = pinyin_sort_key(deputy.name)[:200]
    deputy.stroke_key = stroke_key(deputy.name)[:400]
    deputy.surname_key = stroke_key(deputy.name, "xingshi")[:400]
