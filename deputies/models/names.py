"""The columns of an entry that follow from its name."""

from congress.guard.action import formerly
from congress.names.keys import set_keys
from congress.names.strokes import stroke_key

formerly("deputies.rekey", "重算了姓名的检索和排序")
KEYS = ("name", "search_text", "pinyin_key", "stroke_key", "surname_key")


def set_name_keys(deputy) -> None:
    """Tidy the name and set the keys by which it is found and sorted; call whenever the name changes."""
    set_keys(deputy)
    deputy.surname_key = stroke_key(deputy.name, "xingshi")[:400]
