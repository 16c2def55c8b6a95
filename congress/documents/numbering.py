"""The numbers of papers: the next of their series, or the one that stands on paper already.

Typesetting takes time and a number locks its series, so that a paper is typeset under the number it will bear and the number
is taken afterwards. Where somebody else was quicker the paper is typeset again; the last time, under the lock.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from congress import numbers
from congress.guard.refusal import refuse
from congress.models import Document, Township
from congress.numbers import Series, series

_BRACKETS = str.maketrans("[]［］()（）【】", "〔〕〔〕〔〕〔〕〔〕")
TRIES = 2  # without the lock; the time after that takes the number first


@dataclass(frozen=True)
class Number:
    """The number of one paper: as it reads, the counter and the round (a year, or 0) it belongs to, and its place there."""

    reads: str = ""
    counter: str = ""
    round: int = 0
    serial: int = 0


UNNUMBERED = Number()


@dataclass(frozen=True)
class Numbering:
    """How papers are numbered. `pattern` is a number as it stands on paper: group `serial`, and `word` and `year` where it
    has them; `like` shows people how it is written."""

    series: Series
    pattern: re.Pattern
    like: Callable[[Township, date], str]

    def number(self, township: Township, subject: Model, day: date, serial: int) -> Number:
        """The number with this place in the series of the subject and the day."""
        counted = self.series.round(day)
        return Number(self.series.reads(township, counted, serial), self.series.counter(subject), counted, serial)

    def foreseen(self, township: Township, subject: Model, day: date) -> Number:
        """The next number as it stands now; nothing is taken."""
        counter, counted = self.series.counter(subject), self.series.round(day)
        return self.number(township, subject, day, numbers.foreseen(township, counter, counted))

    def next(self, township: Township, subject: Model, day: date) -> Number:
        """The next number, taken. Locks the series until the transaction ends."""
        counter, counted = self.series.counter(subject), self.series.round(day)
        return self.number(township, subject, day, numbers.next_number(township, counter, counted))

    def typed(self, township: Township, subject: Model, day: date, words: str) -> tuple[Number, bool]:
        """The number that stands on paper, and whether it is of this series (and not another office's).

        Raises Refused when it is no number, or stands on another paper.
        """
        found = self.pattern.fullmatch("".join(words.split()).translate(_BRACKETS))
        if found is None:
            refuse(f"{self.series.label}的写法如“{self.like(township, day)}”。", "number")
        parts = found.groupdict()
        serial, counted = int(parts["serial"]), int(parts.get("year") or self.series.round(day))
        own = parts.get("word") in (None, township.document_word)
        reads = self.series.reads(township, counted, serial) if own else found[0]
        number = Number(reads, self.series.counter(subject), counted, serial)
        self.refuse_used(number)
        return number, own

    def refuse_used(self, number: Number) -> None:
        """Raises Refused when the number stands on another paper."""
        if holder := Document.objects.filter(series=number.counter, number=number.reads).first():
            refuse(f"{number.reads}已用于《{holder.title}》。", "number")


def typeset(
    numbering: Numbering | None,
    township: Township,
    subject: Model,
    day: date,
    *,
    words: str,
    compose: Callable[[str], bytes],
) -> tuple[Number, bytes]:
    """The paper as `compose(number)` makes it, with the number it bears, which is taken; `words` is a number on paper.

    Raises Refused for a number that is none or is used. Side effect: the series is locked from here until the transaction
    ends, but not while the paper is made. Call inside an action.
    """
    if numbering is None:
        return UNNUMBERED, compose("")
    if words.strip():
        number, own = numbering.typed(township, subject, day, words)
        made = compose(number.reads)
        if own:
            numbers.used(township, number.counter, number.round, number.serial)
        numbering.refuse_used(number)  # somebody may have been quicker
        return number, made
    for _ in range(TRIES):
        number = numbering.foreseen(township, subject, day)
        made = compose(number.reads)
        if numbers.take(township, number.counter, number.round, number.serial):
            return number, made
    number = numbering.next(township, subject, day)
    return number, compose(number.reads)


def _written(township: Township, year: int, serial: int) -> str:
    return f"{township.document_word}〔{year}〕{serial}号"


DOCUMENT_NUMBERS = Numbering(
    series("document", "发文字号", _written),
    re.compile(r"(?P<word>[^\s〔〕]{1,20})〔(?P<year>\d{4})〕(?P<serial>[1-9]\d{0,4})号"),
    lambda township, day: _written(township, day.year, 12),
)
