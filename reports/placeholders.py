"""`{{figure.receptions.people}}` in a text stands for a figure. Pure functions; which keys there are is told by the caller.

Who edits a text sees the figure's name instead, `{{接待人次}}`: `in_words` and `in_keys` turn one into the other. A figure may
be read out in another form, `{{接待人次|余}}`: 120余, or of a share what was counted (分子) and of what it is (分母); or beside
the year before: what it was then (上年), the difference (增减), and that in per cents (增幅). Alone on its line it may be drawn, by
months (按月), by kinds (按类别) or over the years that were reported (历年); several that are parted alike (分单位, 分类别) are a
table together.
"""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

BESIDE = ("上年", "增减", "增幅")  # forms that compare with the year before, made by `growth`
FORMS = ("余", "分子", "分母", *BESIDE)
CHARTS = {
    "按月": "bars",
    "按类别": "lying",
    "历年": "line",
}  # forms that are drawn, where they stand alone on their line
TABLES = ("分单位", "分类别")  # forms that stand as columns of one table, where a line has nothing but such figures
_FORM = "|".join((*FORMS, *CHARTS, *TABLES))
_FIGURE = re.compile(r"\{\{\s*figure\.([a-z_]+\.[a-z_]+)(?:\|(" + _FORM + r"))?\s*\}\}")
_NAMED = re.compile(r"\{\{([^{}\n]*)\}\}")
# Anything that looks like an attempt at a placeholder: what is open and never closed is one too.
_ATTEMPT = re.compile(r"\{\{[^{}\n]*\}\}|\{\{[^{}\n]{0,40}|\}\}")


@dataclass(frozen=True)
class Piece:
    """A stretch of plain text, or (with a key) the place of a figure, in a `form` where it has another than its own."""

    text: str
    key: str = ""
    form: str = ""

    @property
    def name(self) -> str:
        """The figure with its form: what stands for it among what is shown."""
        return f"{self.key}|{self.form}" if self.form else self.key


def about(number: int) -> str:
    """A number as one says it without the last digits, never more than it is: 23 is 20余, 1234 is 1200余, 20 stays 20."""
    unit = 10 ** max(1, len(str(number)) - 2)
    return str(number) if number < 10 or number % unit == 0 else f"{number // unit * unit}余"


def forms_of(shown: str, value: int, denominator: int | None) -> dict[str, str]:
    """Every form of a figure by its name, the figure as it is spoken under the empty one."""
    whole = denominator if denominator is not None else value
    counted = about(value) if denominator is None else shown
    spoken = {"": shown, "余": counted, "分子": str(value), "分母": str(whole)}
    return spoken | dict.fromkeys((*CHARTS, *TABLES), shown)  # within a sentence nothing is drawn


def token(key: str) -> str:
    """What is written into a text for a figure."""
    return "{{figure." + key + "}}"


def in_words(text: str, names: Mapping[str, str]) -> str:
    """The text as it is edited: every figure by its name (`names`: key to name, no name twice)."""

    def named(match: re.Match) -> str:
        form = f"|{match.group(2)}" if match.group(2) else ""
        return "{{" + names[match.group(1)] + form + "}}" if match.group(1) in names else match.group()

    return _FIGURE.sub(named, text)


def in_keys(text: str, names: Mapping[str, str]) -> str:
    """The text as it is kept; what names no figure stays as it was typed."""
    by_name = {name: key for key, name in names.items()}

    def kept(match: re.Match) -> str:
        name, _, form = match.group(1).strip().partition("|")
        key = by_name.get(name.strip())
        known = not form or form.strip() in (*FORMS, *CHARTS, *TABLES)
        return token(f"{key}|{form.strip()}" if form else key) if key and known else match.group()

    return _NAMED.sub(kept, text)


def keys(*texts: str) -> list[str]:
    """The figures the texts use, each once, in the order of their first place."""
    return list(dict.fromkeys(match.group(1) for text in texts for match in _FIGURE.finditer(text)))


def compared(*texts: str) -> list[str]:
    """The figures the texts hold against the year before, each once."""
    return list(dict.fromkeys(match[1] for text in texts for match in _FIGURE.finditer(text) if match[2] in BESIDE))


def unknown(text: str, known: Container[str]) -> list[str]:
    """The placeholders of a text that stand for nothing, as they are written."""
    found = []
    for match in _ATTEMPT.finditer(text):
        figure = _FIGURE.fullmatch(match.group())
        if figure is None or figure.group(1) not in known:
            found.append(match.group())
    return list(dict.fromkeys(found))


def pieces(text: str) -> list[Piece]:
    """The text cut at its figures."""
    found, at = [], 0
    for match in _FIGURE.finditer(text):
        if match.start() > at:
            found.append(Piece(text[at : match.start()]))
        found.append(Piece(match.group(), match.group(1), match.group(2) or ""))
        at = match.end()
    if at < len(text):
        found.append(Piece(text[at:]))
    return found


def chart(line: str) -> Piece | None:
    """The figure that is drawn in place of a paragraph; None where the paragraph is a text."""
    cut = pieces(line.strip())
    return cut[0] if len(cut) == 1 and cut[0].form in CHARTS else None


def table(line: str) -> list[Piece]:
    """The figures that are the columns of a table in place of a paragraph, all parted alike; none where it is no table."""
    cut = [piece for piece in pieces(line) if piece.key or piece.text.strip()]
    alike = len({piece.form for piece in cut}) == 1 and cut[0].form in TABLES
    return cut if alike else []


def name_of_table(columns: Iterable[Piece]) -> str:
    """What stands for a table among what is drawn."""
    return "+".join(piece.name for piece in columns)


def fill(text: str, shown: Mapping[str, str]) -> str:
    """The text with its figures put in. Raises KeyError for a figure that was not computed."""
    return "".join(shown[piece.name] if piece.key else piece.text for piece in pieces(text))


def paragraphs(text: str) -> Iterable[str]:
    """The paragraphs of a section: one a line, empty lines dropped."""
    return [line.strip() for line in text.splitlines() if line.strip()]
