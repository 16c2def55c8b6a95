"""Rehearsals count nowhere: no page of a county shows a row of one, and every place that asks for townships says which."""

import ast
import re

import pytest
from django.db import transaction

from congress.guard.action import action
from congress.models import Township
from tests.architecture.samples import FILL, MARK
from tests.architecture.source import product
from tests.architecture.test_urls import NAMED, address, no_typesetting, one_day, sampled  # noqa: F401

pytestmark = pytest.mark.usefixtures("sampled", "one_day")

TAGS = re.compile(r"<[^>]*>")  # what was looked for is marked inside a word
CHOSEN = {"real", "rehearsals", "in_use", "beside", "none"}
# Where all townships are meant, with the reason: nothing is summed over them, and nothing is read by a county.
ALL = {
    "congress/account_requests.py": "whose chairs are told that somebody gets to see their data",
    "congress/audit/paper.py": "names of the chains of the trail",
    "congress/guard/states.py": "a place by its number",
    "congress/history.py": "names of the chains of the trail",
    "congress/management/commands/check_summaries.py": "every township's own rows, one after the other",
    "congress/management/commands/erase_person.py": "a place by its code",
    "congress/management/commands/rewrap_keys.py": "every township's own keys, one after the other",
    "congress/rehearsals.py": "codes that are taken",
    "congress/upkeep.py": "a place by its number",
    "congress/views/administration.py": "the list of places itself, and names of the chains of the trail",
    "congress/views/listings.py": "names of the chains of the trail",
    "congress/web/first_day.py": "a place by its number",
    "congress/web/turned_away.py": "a place by its number",
    "congress/work/tasks.py": "every township's own work, one after the other",
    "deputies/imports/roster.py": "a place by its number",
    "reports/demo/seeding.py": "a place by its code",
    "reports/management/commands/annual_report.py": "a place by its code",
}


def _called(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def undecided(text: str) -> list[int]:
    """Lines that ask for townships (`Township.objects`, `county.townships`, a path through the county) without saying
    whether rehearsals are among them."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.keyword) and (node.arg or "").endswith("township__county"):
            found.append(node.value.lineno)
        if not isinstance(node, ast.Attribute) or node.attr in CHOSEN:
            continue
        manager = node.value
        if isinstance(manager, ast.Attribute) and (
            (manager.attr in ("objects", "_base_manager", "_default_manager") and _called(manager.value) == "Township")
            or (manager.attr == "townships" and _called(manager.value) == "county")
        ):
            found.append(node.lineno)
    return found


def test_every_place_that_asks_for_townships_says_whether_rehearsals_are_among_them():
    sources = [one for one in product(".py") if "/migrations/" not in one.path]
    forgotten = {one.path: lines for one in sources if one.path not in ALL and (lines := undecided(one.text))}
    assert forgotten == {}
    assert [path for path in ALL if not any(one.path == path and _asks(one.text) for one in sources)] == []


def _asks(text: str) -> bool:
    return bool(undecided(text)) or 'get_model("congress", "Township")' in text


@pytest.mark.parametrize(
    "line",
    [
        "Township.objects.all()",
        "models.Township.objects.filter(code=1)",
        "request.county.townships.all()",
        "Row.objects.filter(township__county=county)",
    ],
)
def test_a_new_place_that_forgets_is_noticed(line):
    assert undecided(line) == [1]
    assert undecided(line.replace("objects.", "objects.real().").replace("townships.", "townships.real().")) == (
        [1] if "__county" in line else []
    )


def test_no_page_and_no_file_of_the_county_tells_of_a_rehearsal(world, browse, samples, no_typesetting):  # noqa: F811
    """The neighbour, whose every row bears a mark, becomes a rehearsal: the mark is gone from all the county reads."""
    county = [(route, item) for route, item in NAMED if route.startswith("c/")]
    asked = ("", "?format=csv", f"?q={MARK[:-1]}", f"?township={world.neighbour.code}")
    shown = ("county-search", "reports-county-overdue")  # the mark, as long as the neighbour is none

    def marked(items: list) -> set[str]:
        client = browse(world.county_viewer)
        return {
            f"{item.name}{more}"
            for route, item in items
            for more in asked
            if MARK in TAGS.sub("", client.get(address(route, item, world, samples[0]) + more).content.decode())
        }

    with transaction.atomic():
        before = marked([(route, item) for route, item in county if item.name in shown])
        with action(FILL, actor=None):
            Township.objects.filter(pk=world.neighbour.pk).update(rehearsal=True)
        assert marked(county) == set()
        transaction.set_rollback(True)
    assert {name.partition("?")[0] for name in before} == set(shown)
