"""Who gets into which page of the roster."""

from datetime import date

import pytest
from django.urls import reverse

from congress.guard.action import action
from congress.models import Category
from deputies.models import Activity, Correction, District, Group, Mandate
from tests.cast import SET_UP

STAFF_ONLY = (
    "deputies-new deputies-accounts deputies-roster-issue deputies-edit deputies-withdraw"
    " deputies-mandate-new deputies-mandate-end deputies-mandate-suspend deputies-mandate-resume"
    " deputies-mandate-withdraw deputies-corrections deputies-correction deputies-station-new deputies-station-edit"
    " deputies-station-close deputies-station-item deputies-groups deputies-group-new deputies-group deputies-group-edit"
    " deputies-terms deputies-term-new deputies-term deputies-term-edit deputies-districts deputies-district-new"
    " deputies-district deputies-district-edit deputies-activity-new deputies-activity-edit deputies-activity-withdraw"
).split()
COUNTY_TOO = "deputies-detail deputies-structure deputies-roster-draft".split()
DEPUTIES_TOO = "deputies-list deputies-stations deputies-station deputies-activities deputies-activity".split()
OWN = "deputies-me deputies-correct".split()


@pytest.fixture
def places(world):
    """What stands behind each address: arguments by URL name."""
    with world.in_township(), action(SET_UP, actor=None):
        town = world.township
        group = Group.objects.create(township=town, name="第一小组")
        item = Category.objects.create(township=town, kind=Category.Kind.CHECKLIST, label="有固定场所")
        activity = Activity.objects.create(township=town, kind="visit", title="走访农户", held_on=date(2022, 3, 1))
        wish = Correction.objects.create(township=town, deputy=world.deputies[0], field="education", value="本科")
        mandate = Mandate.objects.filter(deputy=world.deputies[0]).get()
        district = District.objects.get()
    of = {
        "deputies-detail": world.deputies[0],
        "deputies-edit": world.deputies[0],
        "deputies-withdraw": world.deputies[0],
        "deputies-mandate-new": world.deputies[0],
        "deputies-correction": wish,
        "deputies-districts": world.term,
        "deputies-district-new": world.term,
    }
    by_word = {
        "mandate": mandate,
        "station": world.station,
        "group": group,
        "term": world.term,
        "district": district,
        "activity": activity,
    }

    def address(name: str, township=town) -> str:
        if name == "deputies-station-item":
            return reverse(name, args=[township.code, world.station.pk, item.pk])
        words = name.split("-")
        row = of.get(name)
        if row is None and len(words) > 1 and words[1] in by_word and words[-1] != "new":
            row = by_word[words[1]]
        return reverse(name, args=[township.code, *([row.pk] if row else [])])

    return address


@pytest.mark.parametrize("name", STAFF_ONLY + COUNTY_TOO + DEPUTIES_TOO)
def test_staff_open_every_page(world, browse, places, name):
    assert browse(world.clerk).get(places(name)).status_code == 200


@pytest.mark.parametrize("name", STAFF_ONLY + COUNTY_TOO + DEPUTIES_TOO + OWN)
def test_strangers_and_neighbours_find_nothing(world, browse, places, name):
    for user in (world.users["neighbour"], world.neighbour_handler, world.far_viewer, world.system):
        assert browse(user).get(places(name)).status_code == 404


@pytest.mark.parametrize("name", STAFF_ONLY + COUNTY_TOO + DEPUTIES_TOO)
def test_handling_units_have_no_access(world, browse, places, name):
    assert browse(world.handler).get(places(name)).status_code == 403


@pytest.mark.parametrize("name", STAFF_ONLY + COUNTY_TOO)
def test_deputies_see_public_pages_only(world, browse, places, name):
    assert browse(world.deputy_user).get(places(name)).status_code == 403


@pytest.mark.parametrize("name", DEPUTIES_TOO + OWN)
def test_deputies_see_what_is_public_and_their_own(world, browse, places, name):
    assert browse(world.deputy_user).get(places(name)).status_code == 200


@pytest.mark.parametrize("name", STAFF_ONLY + OWN)
def test_the_county_writes_nothing(world, browse, places, name):
    assert browse(world.county_viewer).get(places(name)).status_code == 403


@pytest.mark.parametrize("name", COUNTY_TOO + DEPUTIES_TOO)
def test_the_county_reads(world, browse, places, name):
    assert browse(world.county_viewer).get(places(name)).status_code == 200


@pytest.mark.parametrize("name", [name for name in STAFF_ONLY if "-new" not in name])
def test_rows_of_another_township_are_not_there(world, browse, places, name):
    """The neighbour's clerk, in the neighbour's own township, asks for our rows."""
    if places(name).count("/") > 5:
        assert browse(world.users["neighbour"]).get(places(name, world.neighbour)).status_code == 404
