"""A row is found by its key as ever, however often the same query was asked."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from congress.guard import scope
from congress.models import Unit
from congress.upkeep import UNITS
from congress.web.records import ASKED, kept_or_404

TIMES = 3  # the first is asked as ever, the others are put together once


def found(rows, pk) -> list:
    """What is found each time; None where nothing is."""
    answers = []
    for _ in range(TIMES):
        try:
            answers.append(kept_or_404(rows, pk))
        except Http404:
            answers.append(None)
    return answers


@pytest.mark.parametrize("rows", [Unit, Unit.objects.select_related("township")], ids=["model", "query"])
def test_a_kept_row_is_found_each_time_with_what_is_read_beside_it(world, rows):
    with world.in_township():
        assert found(rows, world.unit.pk) == [world.unit] * TIMES
        assert found(rows, str(world.other_unit.pk)) == [world.other_unit] * TIMES
        assert found(rows, uuid.uuid4()) == [None] * TIMES
        with CaptureQueriesContext(connection) as asked:
            assert kept_or_404(rows, world.unit.pk).township == world.township
        assert len(asked) == (2 if rows is Unit else 1)
        new = UNITS.record(world.clerk, Unit(township=world.township, name="新站"))
        assert found(rows, new.pk) == [new] * TIMES
        gone = UNITS.withdraw(world.clerk, new, "登错了", new.version)
        assert found(rows, gone.pk) == [None] * TIMES
        with pytest.raises(ValidationError):
            kept_or_404(rows, "no key")
    with scope.reading([world.neighbour]):
        assert found(rows, world.unit.pk) == [None] * TIMES


def test_what_is_made_of_a_query_keeps_nothing_of_it(world):
    rows = Unit.objects.filter(name=world.unit.name)
    with world.in_township():
        assert found(rows, world.other_unit.pk) == [None] * TIMES
        assert ASKED not in vars(rows.filter())
        assert found(Unit.objects.filter(name=world.other_unit.name), world.other_unit.pk) == [world.other_unit] * TIMES
