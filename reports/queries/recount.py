"""What is kept of a township's year for its county, counted from the records: the figures, and parts of some of them."""

from collections import Counter
from datetime import date

from congress import figures, recording
from congress.figures import Computed
from congress.models import Township
from reports.queries.shown import CATEGORIES, KEYS, MONTHLY


def told(township: Township, year: int, cut_off: date) -> tuple[dict, dict]:
    """(figure's key → [value, what a share is of or None]; the parts). Call in a scope that reads the township."""
    found = figures.compute((*KEYS, CATEGORIES), township, year, cut_off)
    values = {key: [found[key].value, found[key].denominator] for key in KEYS}
    months = {key: _months(found[key], year) for key in MONTHLY}
    begun = recording.begun(township, {key: found[key].period for key in KEYS})
    return values, {
        "months": months,
        "categories": dict(Counter(row.word for row in found[CATEGORIES].rows)),
        "begun": {key: day.isoformat() for key, day in begun.items()},
    }


def _months(answer: Computed, year: int) -> list[int]:
    """By month of the year; what happened on a day of another year is in none."""
    by = Counter()
    for row in answer.rows:
        if row.on is not None and row.on.year == year:
            by[row.on.month] += row.value
    return [by[month] for month in range(1, 13)]
