"""Every list is sorted by what it shows, by the database where it may get long, and its pages lose no row."""

import random

import pytest
from django.db import models
from django.urls import reverse

from congress.guard import scope
from congress.guard.action import action
from congress.models import Unit
from congress.web import table
from tests.architecture.listed import WITHOUT_FRAME, each_list, read_whole
from tests.architecture.samples import FILL

pytestmark = pytest.mark.usefixtures("sampled")

# Columns by which no list is sorted.
NOT_SORTED = {
    "phone": "masked",
    "target": "of a channel: masked",
    "id_number": "masked",
    "manage": "a button",
    "again": "a button",
    "end": "a button",
    "detail": "told by the program from what the event kept",
    "mac": "a seal",
    "cites": "law, not the record",
    "roles": "of several rows, and has the filters",
    "rare": "told by the program from the name",
}
# Lists that never get long: the program may read them whole to sort them by what it tells of a row.
SHORT = (
    "deputies-groups",
    "imports",
    "elections-list",
    "elections-campaigns",
    "elections-turnouts",
    "assembly-sessions",
    "assembly-meetings",
    "reports-list",
    "reports-county-rules",
)


def test_a_list_is_sorted_by_every_column_it_shows_or_offers(world, browse, samples):
    found = []
    for name, url, client in each_list(browse, world, samples):
        answer = client.get(url, headers=WITHOUT_FRAME)
        for column in answer.context["listing"].columns:
            if not column.sortable and column.offered and column.key not in NOT_SORTED:
                found.append(f"{name}.{column.key}")
            if column.sortable and not column.order:
                if isinstance(answer.context["page"].paginator.object_list, models.QuerySet) and name not in SHORT:
                    found.append(f"{name}.{column.key} is sorted by reading the whole list")
                sorted(read_whole(answer), key=column.rank)  # what is compared can be
    assert found == []


def test_every_order_of_a_list_is_decided_by_the_key_at_last(world, browse, samples):
    found = []
    for name, url, client in each_list(browse, world, samples):
        answer = client.get(url, headers=WITHOUT_FRAME)
        listing, rows = answer.context["listing"], answer.context["page"].paginator.object_list
        if not isinstance(rows, models.QuerySet):
            continue
        sorts = [column.key for column in listing.columns if column.sortable] + list(listing.orders)
        first = {key: repr(listing.ordering(key)) for key in sorts}
        for wanted in [*sorts, *(f"-{key}" for key in sorts), ""]:
            order = rows.order_by(*listing.ordering(wanted))
            assert str(order.query)  # the database knows the columns
            if order.query.order_by[-1] != "pk":
                found.append(f"{name}?sort={wanted}")
        # Whoever looked at it the other way round has left it as it was.
        found += [f"{name}?sort={key} is turned" for key in sorts if repr(listing.ordering(key)) != first[key]]
    assert found == []


def test_pages_of_a_list_with_equal_rows_lose_and_repeat_none(world, browse, monkeypatch):
    monkeypatch.setattr(table, "PAGE_SIZE", 3)
    with scope.township(world.township), action(FILL, actor=None):
        made = [Unit.objects.create(township=world.township, name=f"站所{n}", level="township") for n in range(12)]
    client, seen = browse(world.clerk), []
    for number in range(1, 9):
        answer = client.get(reverse("units", args=[world.township.code]), {"sort": "level", "page": number})
        if answer.context["page"].number == number:
            seen += [row.pk for row in answer.context["page"]]
        with scope.township(world.township), action(FILL, actor=None):  # moves the rows about in their table
            Unit.objects.filter(pk__in=[unit.pk for unit in made[number::2]]).update(duties=f"职责{number}")
        total = answer.context["page"].paginator.count
    assert len(seen) == len(set(seen)) == total > 12


@pytest.mark.parametrize("wanted", ["level", "-level"])
def test_rows_of_equal_rank_stand_in_their_usual_order(world, browse, wanted):
    """Twelve units of one level by their names, not by keys that were drawn at random."""
    with scope.township(world.township), action(FILL, actor=None):
        for number in random.Random(7).sample(range(10, 22), 12):
            Unit.objects.create(township=world.township, name=f"站所{number}", level="township")
    page = browse(world.clerk).get(reverse("units", args=[world.township.code]), {"sort": wanted}).context["page"]
    names = [unit.name for unit in page if unit.name.startswith("站所")]
    assert names == [f"站所{number}" for number in range(10, 22)]
