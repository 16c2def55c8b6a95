"""Every list asks the database as often for more rows as for few, can be taken along as a table, and knows being empty."""

import io
import itertools
import re

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.tasks import take_figures
from tests.architecture import said
from tests.architecture.listed import LISTS, WITHOUT_FRAME, each_list, grow, lists_of_the_program, read_whole, routes
from tests.architecture.test_urls import address, one_day  # noqa: F401

pytestmark = pytest.mark.usefixtures("sampled")

# Everything that is sent to the database from the session to the answer: savepoints in place of the transaction, and
# one statement more than outside of tests, which puts the scope back because the transaction of the test goes on.
MOST = 15
# Long by itself, because everything here leaves a line in it: the keys of a long list are read before its rows.
LONG = ("administration-audit",)
# What their rows say is told from all that was done, which is up to nine statements of its own.
FROM_FACTS = (
    "elections-county",
    "elections-statistics",
    "proposals-handling",
    "proposals-mine",
    "reports-county-overdue",
    "reports-county-figure",
)


def queries(client, url: str) -> int:
    """How many statements a page costs."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200, url
    return len(captured)


@pytest.mark.slow
def test_lists_cost_the_same_with_more_rows(world, browse, samples):
    take_figures()
    found, numbers = [], itertools.count(11)
    for name, (what, who) in LISTS.items():
        route, item = routes()[name]
        url = address(route, item, world, samples[0])
        client = browse(getattr(world, who))
        grow(what, world, samples[0], next(numbers))
        client.get(url)
        before = queries(client, url)
        for _ in range(2):
            grow(what, world, samples[0], next(numbers))
        after = queries(client, url)
        if after != before:
            found.append(f"{name}: {before} queries, with two rows more {after}")
        searched = queries(client, f"{url}?q=%E6%B0%B4%E5%88%A9")
        most = MOST + (name in LONG)
        asked = ((after, most), (searched, most + 1))  # a search asks short tables first
        found += [f"{name}: {one} queries" for one, bound in asked if one > bound and name not in FROM_FACTS]
    assert found == []


def test_every_list_is_measured():
    assert len(lists_of_the_program()) > 20
    assert sorted(set(lists_of_the_program()) - set(LISTS)) == []


@pytest.mark.slow
@pytest.mark.usefixtures("one_day")
def test_every_list_can_be_taken_along(world, browse, samples):
    found, books = [], said.Pages("books")
    for name, url, client in each_list(browse, world, samples):
        book = openpyxl.load_workbook(io.BytesIO(client.get(url + "?format=xlsx").content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        if name not in said.UNORDERED:
            books.shown[name] = said.workbook(book)
        if not any(cell.value for cell in cells):
            found.append(f"{name}: empty workbook")
        found += [f"{name}: a formula in {cell.coordinate}" for cell in cells if cell.data_type == "f"]
        if not client.get(url + "?format=csv").content.startswith(b"\xef\xbb\xbf"):
            found.append(f"{name}: csv without a byte order mark")
        for parameters in ("?q=%E6%B0%B4%25_'", "?sort=-nonsense&page=999", "?year=%C2%B2%C2%B2%C2%B2%C2%B2"):
            if client.get(url + parameters, headers=WITHOUT_FRAME).status_code != 200:
                found.append(f"{name}{parameters[:20]} does not answer")
    assert found + books.differing() == []


WRITTEN_OUT = re.compile(
    r"\d+(\.\d+)?%|\d+\.\d+"
)  # shares and ratios; what has digits alone may be a key or a telephone


def is_number(value) -> bool:
    if isinstance(value, str):
        return WRITTEN_OUT.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def test_numbers_stand_in_columns_of_numbers_and_nothing_else_does(world, browse, samples):
    found, numbers = [], 0
    for name, url, client in each_list(browse, world, samples):
        answer = client.get(url, headers=WITHOUT_FRAME)
        for column in answer.context["listing"].columns:
            values = [column.value(row) for row in read_whole(answer)]
            values = [value for value in values if value not in ("", "—", None)]
            numbers += column.numeric
            with_digits = all(any(map(str.isdigit, str(value))) for value in values)  # shares and days among them
            if values and (not with_digits if column.numeric else all(map(is_number, values))):
                found.append(f"{name}.{column.key}: {values[:3]}")
    assert found == []
    assert numbers > 15


def test_empty_lists_say_so(world, browse):
    client = browse(world.neighbour_clerk)
    for name in lists_of_the_program():
        route, item = routes()[name]
        if not route.startswith("t/") or item.pattern.converters.keys() - {"code"} or LISTS[name][1] != "clerk":
            continue
        answer = client.get(reverse(name, args=[world.neighbour.code]) + "?q=%E6%97%A0%E6%AD%A4%E4%BA%8B")
        assert answer.status_code == 200
        assert 'class="empty' in answer.content.decode(), name
