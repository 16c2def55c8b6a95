"""A structure as people edit it: its figures by their names; it is kept with their keys."""

import re
from collections.abc import Callable

from congress import figures

_FIGURE = re.compile(r"\{\{([^{}\n]*)\}\}")
_CONDITION = re.compile(r"【([^【】\n]*)】")


def _translated(text: str, translate: Callable[[str], str]) -> str:
    def figure(match: re.Match) -> str:
        name, bar, form = match.group(1).partition("|")
        return "{{" + translate(name.strip()) + (f"|{form.strip()}" if bar else "") + "}}"

    def condition(match: re.Match) -> str:
        word, *names = match.group(1).split() or [""]
        return "【" + " ".join([word, *(translate(name) for name in names)]) + "】"

    return _CONDITION.sub(condition, _FIGURE.sub(figure, text))


def in_names(text: str) -> str:
    """The text as it is edited."""
    names = figures.names()
    return _translated(text, lambda key: names.get(key.removeprefix("figure."), key))


def in_keys(text: str) -> str:
    """The text as it is kept; what names no figure stays as it was typed."""
    keys = {name: key for key, name in figures.names().items()}
    return _translated(text.replace("\r\n", "\n"), lambda name: keys.get(name, name))
