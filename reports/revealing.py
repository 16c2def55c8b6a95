"""By what else a figure that is put out of sight could be known: its number written by hand, the same records under another name, a
share beside its base, a sum beside its parts. Pure: what belongs together is told by the records kept with each figure, never by chance.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from congress import figures
from congress.figures import Kind
from congress.law.numerals import to_chinese
from congress.wording import percent, whole_percent
from reports import placeholders
from reports.models import FigureUse
from reports.placeholders import TABLES
from reports.speaking import kind_of

Counted = frozenset[tuple[str, str, int]]  # the records of a number, with what each counts for
ABOUT, PART, WHOLE = "余", "分子", "分母"
ADDED = {"按月", "按类别", *TABLES}  # what is told in parts, which add up
PARTS = 4  # a sum of more parts than these nobody does in their head


@dataclass(frozen=True)
class Revealed:
    """A figure put out of sight, and the figures that are told and give it away."""

    key: str
    by: tuple[str, ...]

    def __str__(self):
        names = figures.names()
        others = "、".join(f"“{names.get(key, key)}”" for key in self.by)
        return f"“{names.get(self.key, self.key)}”可以由{others}看出来"


def forms_used(texts: Iterable[str]) -> dict[str, set[str]]:
    """In which forms the texts use each figure."""
    found: dict[str, set[str]] = {}
    for piece in (piece for text in texts for piece in placeholders.pieces(text) if piece.key):
        found.setdefault(piece.key, set()).add(piece.form)
    return found


def _counted(use: FigureUse, part: str = "value") -> Counted:
    return frozenset((row["subject"], row["id"], row[part]) for row in use.rows if row[part])


def _plain(uses: Mapping[str, FigureUse], told: Mapping[str, Set[str]]) -> Iterator[tuple[Counted, str]]:
    """The numbers a reader is told, each by its records, with the figure that tells it."""
    for key, forms in told.items():
        use = uses[key]
        kind = kind_of(use)
        summed = {Kind.COUNT: forms - {ABOUT}, Kind.WORDS: forms & ADDED, Kind.SHARE: forms & {PART, *ADDED}}
        if summed[Kind(kind)]:
            yield _counted(use), key
        if kind == Kind.SHARE and forms & {WHOLE, *TABLES}:  # a table tells a share by its numbers
            yield _counted(use, "whole"), key


def revealed(uses: Mapping[str, FigureUse], forms: Mapping[str, Set[str]], hidden: Set[str]) -> list[Revealed]:
    """What the other figures of a text give away of those put out of sight; `forms` are those in which the text uses each."""
    told = {key: used for key, used in forms.items() if key in uses and key not in hidden}
    plain = [(counted, key) for counted, key in _plain(uses, told) if counted]
    shares = [key for key, used in told.items() if kind_of(uses[key]) == Kind.SHARE and used - {PART, WHOLE}]
    found = []
    for key in (key for key in forms if key in hidden and key in uses):
        by = _share(uses[key], plain) if kind_of(uses[key]) == Kind.SHARE else _count(uses, key, plain, shares)
        if by:
            found.append(Revealed(key, tuple(dict.fromkeys(by))))
    return found


def _share(use: FigureUse, plain: Sequence[tuple[Counted, str]]) -> list[str]:
    """A share is known where what is counted and what it is of are told."""
    named = dict(plain)
    part, whole = named.get(_counted(use)), named.get(_counted(use, "whole"))
    return [part, whole] if part and whole else []


def _count(
    uses: Mapping[str, FigureUse], key: str, plain: Sequence[tuple[Counted, str]], shares: Sequence[str]
) -> list[str]:
    named, wanted = dict(plain), _counted(uses[key]) if kind_of(uses[key]) == Kind.COUNT else frozenset()
    if not wanted:
        return []
    if wanted in named:
        return [named[wanted]]
    for share in shares:
        part, whole = _counted(uses[share]), _counted(uses[share], "whole")
        other = named.get(whole) if part == wanted else named.get(part) if whole == wanted else None
        if other:
            return [share, other]
    for total, name in plain:
        if wanted < total and (parts := _cover(total - wanted, plain)):
            return [*parts, name]
    return _cover(wanted, plain)


def _cover(wanted: Counted, plain: Sequence[tuple[Counted, str]], most: int = PARTS) -> list[str]:
    """Told numbers that add up to exactly these records; empty where none do."""
    if not wanted or not most:
        return []
    one = min(wanted)
    for part, name in plain:
        if one in part and part <= wanted:
            rest = _cover(wanted - part, plain, most - 1)
            if part == wanted or rest:
                return [name, *rest]
    return []


def with_what_reveals(uses: Mapping[str, FigureUse], forms: Mapping[str, Set[str]], hidden: Iterable[str]) -> list[str]:
    """These figures, and as many others as it takes so that nothing gives them away."""
    chosen = list(hidden)
    while found := revealed(uses, forms, set(chosen)):
        chosen += [one.by[0] for one in found if one.by[0] not in chosen]
    return chosen


def words_of(use: FigureUse) -> list[str]:
    """How somebody would write the number of a figure by hand."""
    figure = figures.registered().get(use.key)
    if kind_of(use) == Kind.SHARE:
        exact, spoken = percent(use.value, use.denominator), whole_percent(use.value, use.denominator)
        said = f"百分之{to_chinese(int(spoken[:-1]))}" if spoken.endswith("%") and use.value else ""
        return list(dict.fromkeys(filter(None, [exact, spoken, said]))) if use.denominator else []
    if kind_of(use) == Kind.WORDS or figure is None or not figure.suffix or not use.value:
        return []
    numbers = [str(use.value), placeholders.about(use.value)]
    numbers += [to_chinese(use.value)] if use.value < 100 else []
    return [f"{number}{figure.suffix}" for number in dict.fromkeys(numbers)]
