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
    " deputies-mandate-new deputies-mandate-end deputies-mandate-suspend"
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


def answers(browse, user, places, names, **kwargs) -> dict[str, int]:
    """Status by address; one log-in for all of them, since every log-in costs more than the page."""
    client = browse(user)
    return {name: client.get(places(name, **kwargs)).status_code for name in names}


def test_staff_open_every_page(world, browse, places):
    names = STAFF_ONLY + COUNTY_TOO + DEPUTIES_TOO
    assert answers(browse, world.clerk, places, names) == dict.fromkeys(names, 200)


def test_strangers_and_neighbours_find_nothing(world, browse, places):
    names = STAFF_ONLY + COUNTY_TOO + DEPUTIES_TOO + OWN
    for user in (world.neighbour_clerk, world.neighbour_handler, world.far_viewer, world.system):
        assert answers(browse, user, places, names) == dict.fromkeys(names, 404)


def test_handling_units_have_no_access(world, browse, places):
    names = STAFF_ONLY + COUNTY_TOO + DEPUTIES_TOO + OWN
    assert answers(browse, world.handler, places, names) == dict.fromkeys(names, 403)


def test_deputies_see_public_pages_and_their_own_only(world, browse, places):
    shut, open_to_them = STAFF_ONLY + COUNTY_TOO, DEPUTIES_TOO + OWN
    assert answers(browse, world.deputy_user, places, shut) == dict.fromkeys(shut, 403)
    assert answers(browse, world.deputy_user, places, open_to_them) == dict.fromkeys(open_to_them, 200)


def test_the_county_reads_and_writes_nothing(world, browse, places):
    shut, open_to_them = STAFF_ONLY + OWN, COUNTY_TOO + DEPUTIES_TOO
    assert answers(browse, world.county_viewer, places, shut) == dict.fromkeys(shut, 403)
    assert answers(browse, world.county_viewer, places, open_to_them) == dict.fromkeys(open_to_them, 200)


def test_rows_of_another_township_are_not_there(world, browse, places):
    """The neighbour's clerk, in the neighbour's own township, asks for our rows."""
    names = [name for name in STAFF_ONLY + COUNTY_TOO + DEPUTIES_TOO if places(name).count("-") >= 4]
    assert len(names) > 20
    found = answers(browse, world.neighbour_clerk, places, names, township=world.neighbour)
    assert found == dict.fromkeys(names, 404)


def test_the_chair_alone_approves(world, browse):
    url = reverse("deputies-approve-all", args=[world.township.code])
    assert browse(world.clerk).get(url).status_code == 403
    assert browse(world.chair).get(url).status_code == 302
