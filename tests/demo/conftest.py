"""The small demonstration, seeded once for all tests of this folder and rolled back after them."""

from dataclasses import dataclass, field
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test.utils import override_settings

from congress import figures
from congress.guard import scope
from congress.models import Township
from reports import placeholders
from reports.actions.drafting import proposed
from reports.demo import seeding
from reports.demo.places import PLACES
from reports.models import AnnualReport
from reports.queries.before import comparable, computed_before
from reports.story import Value
from tests.conftest import emptied
from tests.reports.test_sentences import Shown

TODAY = date(2026, 11, 23)
YEARS = (2022, 2026)


@dataclass
class Demo:
    """What the seeding printed, what it left, and the last township's figures when that was seeded alone before."""

    printed: str
    alone: dict[str, tuple]
    townships: list[Township] = field(default_factory=list)

    @property
    def yunyan(self) -> Township:
        return self.townships[0]


def numbers(township: Township) -> dict[str, tuple]:
    """Every figure of the told years: values, denominators and words, without the ids of rows."""
    answers = {}
    with scope.reading([township]):
        for year in YEARS:
            computed = figures.compute(figures.registered(), township, year, min(date(year, 12, 31), TODAY))
            for key, one in computed.items():
                answers[f"{year} {key}"] = (one.value, one.denominator, one.words)
    return answers


def reads(township: Township, year: int, structure: str = "seed") -> str:
    """The report of a year as it is proposed with its plan, without the name of its township and its year."""
    with scope.reading([township]):
        cut_off = min(date(year, 12, 31), TODAY)
        computed = figures.compute(figures.registered(), township, year, cut_off)
        report = AnnualReport(township=township, year=year, cut_off=cut_off, structure=structure)
        before = computed_before(report, figures.registered())
        told = proposed(report, computed, before)
    words = {key: one.words for key, one in computed.items()}
    shown = Shown({key: Value.of(one) for key, one in computed.items()}, comparable(before), words)
    text = "\n".join(placeholders.fill(f"{part.heading}\n{part.text}", shown) for part in told)
    return text.replace(township.name, "").replace(str(year), "")


def _last_alone() -> dict[str, tuple]:
    with transaction.atomic():
        (town,) = seeding.seed(TODAY, small=True, places=PLACES[-1:])
        told = numbers(town.township)
        transaction.set_rollback(True)
    return told


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The seeded demonstration; the database is open for the whole module."""
    with emptied(django_db_blocker), transaction.atomic(), override_settings(DEMO=True):
        alone = _last_alone()
        out = StringIO()
        call_command("seed_demo", "--small", "--demo-today", TODAY.isoformat(), stdout=out)
        codes = [place.code for place in PLACES]
        yield Demo(out.getvalue(), alone, list(Township.objects.filter(code__in=codes).select_related("county")))
        transaction.set_rollback(True)
