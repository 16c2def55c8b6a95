"""The figures of reports: each has a period, a cut-off day, a definition and the records behind it.

An app registers its figures in its `figures.py`. A figure is computed from dated facts alone, never from the state of
today, so that the same cut-off gives the same answer however often it is asked; whether the records have changed since
is told by the fingerprint of the rows. What was withdrawn was never a fact: it counts for no cut-off.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache

from django.db.models import QuerySet, Value

from congress.guard.record import kept
from congress.models import Township
from congress.prepared import AnyOf, Prepared, given
from congress.wording import NOTHING, percent, whole_percent

OTHER = "其他"  # a word that tells nothing: never said among those a figure lists


class Kind(StrEnum):
    """A sum, a share of a whole, or words that come from records (categories, names of officers)."""

    COUNT = "count"
    SHARE = "share"
    WORDS = "words"


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both counted."""

    start: date
    end: date


@dataclass(frozen=True)
class PeriodRule:
    """Which days a figure covers; `of(year, cut_off, since)` never reaches beyond the cut-off.

    `since` is the first day of a report that tells of more or less than its year: the five years of a term, or the time
    since the last session.
    """

    words: str
    of: Callable[[int, date, date | None], Period]


def _year(year: int, cut_off: date, since: date | None) -> Period:
    start = since or date(year, 1, 1)
    return Period(start, max(start, min(date(year, 12, 31), cut_off)))


def _with_year_before(year: int, cut_off: date, since: date | None) -> Period:
    before = date(year - 1, 1, 1)
    return Period(min(since, before) if since else before, _year(year, cut_off, since).end)


THIS_YEAR = PeriodRule("本年度1月1日（报告另定起始日的，自该日）至截止日（不超过12月31日）", _year)
# A general election of autumn, told in the report of the year after it as well.
ELECTION = PeriodRule("上年1月1日（报告起始日更早的，自该日）至截止日", _with_year_before)
AT_CUT_OFF = PeriodRule("截止日当天", lambda year, cut_off, since: Period(cut_off, cut_off))


@dataclass(frozen=True)
class Row:
    """One record behind a figure: what it counts for, and the page that shows it."""

    subject: str
    id: str
    label: str
    on: date | None = None
    value: int = 1
    whole: int = 0
    word: str = ""
    page: tuple[str, str] = ("", "")
    township: int = 0

    @classmethod
    def of(cls, record, label: str, on: date | None = None, *, page=None, **values) -> "Row":
        """The row of a record. `page` is the record whose page shows it, where that is another one."""
        shown = page if page is not None else record
        return cls(
            subject=record._meta.label_lower,
            id=str(record.pk),
            label=label,
            on=on,
            page=(shown._meta.label_lower, str(shown.pk)),
            township=record.township_id,
            **values,
        )

    @property
    def mark(self) -> str:
        """Fingerprint of the values that count; the label is not among them."""
        on = self.on.isoformat() if self.on else ""
        text = json.dumps([on, self.value, self.whole, self.word], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def stored(self) -> dict:
        """The row as it is kept with a report."""
        return {
            "subject": self.subject,
            "id": self.id,
            "label": self.label,
            "on": self.on.isoformat() if self.on else "",
            "value": self.value,
            "whole": self.whole,
            "mark": self.mark,
        }


@dataclass
class Asked:
    """What a figure is asked for, of one township or, row by row, of several. `once` shares what several figures read."""

    townships: Sequence[Township]
    year: int
    period: Period
    cut_off: date
    memo: dict = field(default_factory=dict)

    def once(self, name: Hashable, make: Callable):
        """The answer of `make`, asked at most once for this name and period."""
        key = (name, self.period)
        if key not in self.memo:
            self.memo[key] = make()
        return self.memo[key]

    @property
    def places(self) -> Collection[int] | Value:
        """The keys of the townships."""
        return [one.pk for one in self.townships]

    def read(self, rows: Callable[["Asked"], QuerySet]) -> list:
        """The rows of a query that knows of nothing but where and of which days is asked: it is put together once for a function."""
        return _prepared(rows)(places=self.places, cut_off=self.cut_off, **vars(self.period))

    def kept(self, model, *relations: str):
        """The townships' rows of a model that were not withdrawn, nor were those their named relations lead to.

        The day of a withdrawal does not matter: what was taken back as a mistake is no fact of any day.
        """
        return model.objects.kept().filter(*map(kept, relations), AnyOf("township", self.places))

    def within(self, name: str) -> dict:
        """Filter for a date column inside the period."""
        return {f"{name}__gte": self.period.start, f"{name}__lte": self.period.end}


class _Whatever(Asked):
    """Stands for what is asked while a query is put together."""

    places = given("places")


@cache
def _prepared(rows: Callable[[Asked], QuerySet]) -> Prepared:
    asked = _Whatever((), 0, Period(given("start"), given("end")), given("cut_off"))  # type: ignore[arg-type]
    return Prepared(lambda: rows(asked))


@dataclass(frozen=True)
class Figure:
    """A figure: `rows(asked)` gives the records behind it, from which alone its value is made.

    `denominator` says in words what a share is of. `zero_ok` marks figures that may stand in a report with no record
    behind them (what is late, what remains); `bad` those of which more is worse; `sorts`
    those whose words are kinds of things and no names: how many records each kind has is kept with a report and may be drawn.
    """

    key: str
    group: str
    label: str
    unit: str
    definition: str
    period: PeriodRule
    rows: Callable[[Asked], Iterable[Row]]
    kind: Kind = Kind.COUNT
    denominator: str = ""
    zero_ok: bool = False
    bad: bool = False
    sorts: bool = False

    def __post_init__(self):
        if (self.kind is Kind.SHARE) != bool(self.denominator):
            raise ValueError(f"figure {self.key}: a share, and only a share, says what it is of")

    @property
    def suffix(self) -> str:
        """The unit as it follows the shown figure; words and shares have none."""
        return self.unit if self.kind is Kind.COUNT else ""


# What a definition says of a year, in the words of a report over other days.
_IN_A_PERIOD = (
    ("以前年度", "此前"),
    ("上年提出、本年交办", "此前提出、报告期交办"),
    ("本年度", "报告期"),
    ("年初", "期初"),
)


@dataclass(frozen=True)
class Computed:
    """A figure's answer for a township, a year and a cut-off day; `begun` where only a part of its days was recorded."""

    figure: Figure
    period: Period
    cut_off: date
    rows: tuple[Row, ...]
    begun: date | None = None

    @property
    def definition(self) -> str:
        """The definition in the words of the period: of a year, or of whatever days the report tells."""
        whole_year = (self.period.start.month, self.period.start.day) == (1, 1) and (
            self.period.start.year == self.period.end.year
        )
        if self.figure.period is not THIS_YEAR or whole_year:
            return self.figure.definition
        words = self.figure.definition
        for year, period in _IN_A_PERIOD:
            words = words.replace(year, period)
        return words

    @property
    def value(self) -> int:
        """The sum of the rows; for words the number of those that are said."""
        if self.figure.kind is Kind.WORDS:
            return len(self._said)
        return sum(row.value for row in self.rows)

    @property
    def denominator(self) -> int | None:
        """What a share is of; None for other figures."""
        return sum(row.whole for row in self.rows) if self.figure.kind is Kind.SHARE else None

    @property
    def words(self) -> str:
        """The different words in the order of the rows, but for those that tell nothing."""
        return "、".join(self._said)

    @property
    def _said(self) -> dict[str, None]:
        return dict.fromkeys(row.word for row in self.rows if row.word not in ("", OTHER))

    @property
    def rows_hash(self) -> str:
        """SHA-256 over the sorted rows and the values in them that count."""
        return fingerprint(row.stored() for row in self.rows)

    @property
    def shown(self) -> str:
        """The figure as its page shows it."""
        return show(self.figure.kind, self.value, self.denominator, self.words)


def fingerprint(rows: Iterable[dict]) -> str:
    """SHA-256 over stored rows, whatever their order."""
    lines = sorted(f"{row['subject']}:{row['id']}:{row['mark']}" for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def spoken(kind: str, value: int, denominator: int | None, words: str) -> str:
    """A figure as it stands in the text of a report, where a share is read out: 92%, in whole numbers."""
    return whole_percent(value, denominator) if kind == Kind.SHARE else show(kind, value, denominator, words)


def show(kind: str, value: int, denominator: int | None, words: str) -> str:
    """A figure as its page shows it, a share to the hundredth of a percent."""
    if kind == Kind.SHARE:
        return percent(value, denominator)
    return (words or NOTHING) if kind == Kind.WORDS else str(value)


@dataclass(frozen=True)
class Owner:
    """Where the facts behind a figure are kept: the kind of records in the words of the pages, the address of its list."""

    words: str
    route: str


_figures: dict[str, Figure] = {}
_owners: dict[str, Owner] = {}


def register(*figures: Figure) -> None:
    """Add figures. Raises ValueError when a key is taken by another."""
    for figure in figures:
        if _figures.setdefault(figure.key, figure) is not figure:
            raise ValueError(f"figure {figure.key} is registered twice")


def keeper(words: str, route: str) -> Callable[..., None]:
    """`register` for figures whose facts are kept in one list."""
    owner = Owner(words, route)

    def keep(*figures: Figure) -> None:
        register(*figures)
        _owners.update((figure.key, owner) for figure in figures)

    return keep


def owner_of(key: str) -> Owner | None:
    """Who keeps the facts behind a figure; None where it was registered without saying so."""
    return _owners.get(key)


def find(key: str) -> Figure:
    """The figure of a key. Raises KeyError where there is none."""
    return _figures[key]


def registered() -> dict[str, Figure]:
    """Every figure by key, in the order of registration."""
    return dict(_figures)


def names() -> dict[str, str]:
    """What every figure is called where people write it, by its key."""
    return {key: figure.label for key, figure in registered().items()}


def compute(
    keys: Iterable[str], township: Township, year: int, cut_off: date, since: date | None = None
) -> dict[str, Computed]:
    """The answers for some figures, of the year or from the day `since` on.

    Raises KeyError for an unknown key. Call in a scope that reads the township.
    """
    return {answer.figure.key: answer for answer in _answers(keys, [township], year, cut_off, since)}


def compute_each(
    keys: Iterable[str], townships: Sequence[Township], year: int, cut_off: date
) -> dict[int, dict[str, Computed]]:
    """{township's key: answers} of several townships side by side, in as many queries as for one.

    For figures whose rows each stand for themselves: words and shares of a local list are asked township by township.
    Raises KeyError for an unknown key. Call in a scope that reads the townships.
    """
    found: dict[int, dict[str, Computed]] = {township.pk: {} for township in townships}
    for answer in _answers(keys, townships, year, cut_off, None):
        for pk, told in found.items():
            mine = tuple(row for row in answer.rows if row.township == pk)
            told[answer.figure.key] = replace(answer, rows=mine)
    return found


def _answers(
    keys: Iterable[str], townships: Sequence[Township], year: int, cut_off: date, since: date | None
) -> Iterable[Computed]:
    memo: dict = {}
    for key in keys:
        figure = _figures[key]
        period = figure.period.of(year, cut_off, since)
        rows = tuple(figure.rows(Asked(townships, year, period, cut_off, memo)))
        yield Computed(figure, period, cut_off, rows)


@dataclass(frozen=True)
class Parting:
    """By what figures may be set into a table: the form of a placeholder that asks for it, the head of its first column, and
    `of(township, ids by model, day)`, which tells to what each record belonged on that day. Rows of the models in `personal` are
    opinions, of which a handful is not told."""

    form: str
    head: str
    of: Callable[[Township, Mapping[str, Collection[str]], date], Mapping[tuple[str, str], str]]
    personal: tuple[str, ...] = ()


_partings: dict[str, Parting] = {}


def part(parting: Parting) -> None:
    """Add a way to part figures. Raises ValueError when its form is taken."""
    if _partings.setdefault(parting.form, parting) != parting:
        raise ValueError(f"parting {parting.form} is registered twice")


def partings() -> dict[str, Parting]:
    """Every way to part figures, by its form."""
    return dict(_partings)


@dataclass(frozen=True)
class Changes:
    """How the rows of a figure differ from those kept with a report."""

    added: tuple[dict, ...] = ()
    removed: tuple[dict, ...] = ()
    changed: tuple[dict, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    @property
    def count(self) -> int:
        return len(self.added) + len(self.removed) + len(self.changed)


def differences(kept: Iterable[dict], now: Iterable[dict]) -> Changes:
    """What was added, removed and changed between two sets of stored rows."""
    before = {(row["subject"], row["id"]): row for row in kept}
    after = {(row["subject"], row["id"]): row for row in now}
    return Changes(
        added=tuple(row for key, row in after.items() if key not in before),
        removed=tuple(row for key, row in before.items() if key not in after),
        changed=tuple(row for key, row in after.items() if key in before and before[key]["mark"] != row["mark"]),
    )
