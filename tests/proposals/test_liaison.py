"""A liaison sees and logs the receptions of one station, and nothing else."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from congress import accounts
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import AuditEvent, Role
from deputies.actions import name_liaison, release_liaison
from deputies.models import Station, StationLiaison
from proposals.actions.receptions import NewMatter, log_reception
from proposals.models import Reception
from tests.cast import SET_UP

DAY = date(2022, 5, 5)


@pytest.fixture
def town(world):
    with world.in_township():
        yield world.township


@pytest.fixture
def liaison(world):
    with scope.accounts():
        user, _ = accounts.create_account(None, "liaison01", "站里的人")
        user.must_change_password = False
        accounts.give(None, user, Role.LIAISON, township=world.township)
        with action(SET_UP, actor=None):
            user.save()
    return user


@pytest.fixture
def other(world, town):
    with action(SET_UP, actor=None):
        return Station.objects.create(township=town, name="别的站", opened_on=DAY)


def log(world, actor, station, **values):
    given = {"held_on": DAY, "station": station, "deputies": world.deputies[:1]} | values
    return log_reception(actor, world.township, key=uuid.uuid4(), matter=NewMatter("水渠漏水", world.category), **given)


@pytest.fixture
def rows(world, town, other, liaison):
    """A reception at each of two stations; the liaison keeps the first."""
    name_liaison(world.clerk, world.station, liaison)
    return [log(world, world.clerk, station) for station in (world.station, other)]


def at(world, name, *args):
    return reverse(name, args=[world.township.code, *args])


def test_the_own_stations_receptions_and_matters_are_all_there_is(world, browse, liaison, rows):
    client = browse(liaison)
    mine, others = rows
    assert [row.pk for row in client.get(at(world, "proposals-receptions")).context["page"]] == [mine.pk]
    assert client.get(at(world, "proposals-reception", mine.pk)).status_code == 200
    assert client.get(at(world, "proposals-reception", others.pk)).status_code == 404
    assert client.get(at(world, "proposals-matter", mine.matters.get().pk)).status_code == 200
    assert client.get(at(world, "proposals-matter", others.matters.get().pk)).status_code == 404
    assert client.get(at(world, "township_home")).status_code == 200
    for name in (
        "deputies-list",
        "proposals-suggestions",
        "reports-list",
        "members",
        "documents",
        "deadlines",
        "trail",
    ):
        assert client.get(at(world, name)).status_code == 403, name


def test_receptions_of_the_own_station_are_logged_and_of_no_other(world, liaison, rows, other):
    made = log(world, liaison, world.station)
    assert (made.recorded_by, made.station) == (liaison, world.station)
    with pytest.raises(Refused, match="自己负责的联络站"):
        log(world, liaison, other)
    with pytest.raises(Refused, match="自己负责的联络站"):
        log(world, liaison, None, origin=Reception.Origin.MARKET, spot="集市")


def test_the_form_offers_the_own_station_alone(world, browse, liaison, rows):
    form = browse(liaison).get(at(world, "proposals-reception-new")).context["form"]
    assert list(form.fields["station"].queryset) == [world.station]
    clerk = browse(world.clerk).get(at(world, "proposals-reception-new")).context["form"]
    assert clerk.fields["station"].queryset.count() == 2


def test_what_a_liaison_hands_on_passes_the_clerk(world, liaison, rows):
    matter = NewMatter("桥坏了", world.category, channel="unit", unit=world.unit)
    made = log_reception(
        liaison,
        world.township,
        key=uuid.uuid4(),
        held_on=DAY,
        station=world.station,
        deputies=world.deputies[:1],
        matter=matter,
    )
    row = made.matters.get()
    assert (row.channel, row.proposed_unit) == ("", world.unit)


def test_released_from_the_station_there_is_nothing_left(world, browse, liaison, rows):
    release_liaison(world.clerk, StationLiaison.objects.get())
    assert list(browse(liaison).get(at(world, "proposals-receptions")).context["page"]) == []
    with pytest.raises(Refused, match="只能登记自己负责的联络站"):
        log(world, liaison, world.station)
    with pytest.raises(Refused, match="该联络员的职责已经解除"):
        release_liaison(world.clerk, StationLiaison.objects.get())
    told = list(
        AuditEvent.objects.filter(verb__startswith="deputies.liaison").order_by("seq").values_list("verb", flat=True)
    )
    assert told == ["deputies.liaison", "deputies.liaison_end"]


def test_one_person_keeps_one_station_and_has_to_be_a_liaison(world, liaison, rows, other):
    with pytest.raises(Refused, match="已经负责一个"):
        name_liaison(world.clerk, other, liaison)
    with pytest.raises(Refused, match="只能指定有“联络员”角色的用户"):
        name_liaison(world.clerk, other, world.handler)
    assert StationLiaison.objects.count() == 1


def test_a_closed_station_is_entrusted_to_nobody(world, browse, liaison, other):
    with action(SET_UP, actor=None):
        Station.objects.filter(pk=other.pk).update(closed_on=DAY)
    answer = browse(world.clerk).post(at(world, "deputies-liaison-new", other.pk), {"account": liaison.pk})
    assert answer.context["form"].errors["account"] == ["联络站已停用，不能再指定联络员。"]
    assert not StationLiaison.objects.exists()


def test_the_stations_page_names_and_releases(world, browse, liaison, town):
    client = browse(world.clerk)
    page = at(world, "deputies-station", world.station.pk)
    assert "没有联络员" in client.get(page).content.decode()
    assert client.post(at(world, "deputies-liaison-new", world.station.pk), {"account": liaison.pk}).status_code == 302
    assert "站里的人" in client.get(page).content.decode()
    row = StationLiaison.objects.get()
    assert client.post(at(world, "deputies-liaison-end", row.pk)).status_code == 302
    assert "没有联络员" in client.get(page).content.decode()
