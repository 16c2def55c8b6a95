"""Entries of the township's lists: a change takes effect from a day, and what they were before is known."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress import clock
from congress.guard.action import Refused
from congress.models import Category, CategoryPast
from congress.upkeep import change_category

TODAY = date(2026, 11, 26)
CHANGE = date(2026, 3, 1)
BEFORE = CHANGE - timedelta(days=1)


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def category(world):
    with world.in_township():
        yield Category.objects.get(pk=world.category.pk)


def change(world, category, since=CHANGE, **values):
    return change_category(world.clerk, category, values, category.version, since)


def test_a_renamed_entry_keeps_its_name_for_the_days_before(world, category):
    old = category.label
    change(world, category, label="农田水利")
    category = Category.objects.get()
    assert [category.on(day).label for day in (BEFORE, CHANGE, TODAY)] == [old, "农田水利", "农田水利"]


def test_switched_off_and_on_again_is_known_for_every_day(world, category):
    change(world, category, active=False)
    category = Category.objects.get()
    change(world, category, date(2026, 6, 1), active=True)
    category = Category.objects.get()
    days = (BEFORE, CHANGE, date(2026, 5, 31), date(2026, 6, 1))
    assert [category.in_use(day) for day in days] == [True, False, False, True]


def test_an_entry_is_in_use_from_its_first_day_on(world, category):
    category.used_from = CHANGE
    assert not category.in_use(BEFORE)
    assert category.in_use(CHANGE)


def test_a_change_is_not_dated_ahead_nor_before_the_last_one(world, category):
    with pytest.raises(Refused, match="不能晚于今天"):
        change(world, category, TODAY + timedelta(days=1), label="农田水利")
    change(world, Category.objects.get(), label="农田水利")
    with pytest.raises(Refused, match="变更日期不能更早"):
        change(world, Category.objects.get(), BEFORE, label="水利")


def test_a_second_change_of_a_day_leaves_one_past(world, category):
    change(world, category, label="农田水力")
    change(world, Category.objects.get(), label="农田水利")
    assert CategoryPast.objects.count() == 1
    assert Category.objects.get().on(BEFORE).label == world.category.label


def test_saving_without_a_change_keeps_no_past(world, category):
    change(world, category)
    assert not CategoryPast.objects.exists()


def test_the_form_asks_since_when_and_says_today(world, browse):
    client = browse(world.clerk)
    with world.in_township():
        pk = Category.objects.get().pk
    url = reverse("category-edit", args=[world.township.code, pk])
    assert 'value="2026-11-26"' in client.get(url).content.decode()
    values = {"kind": "matter", "label": "农田水利", "position": 0, "active": "on", "version": 0, "since": "2026-12-01"}
    late = client.post(url, values)
    assert late.status_code == 200
    assert "变更日期不能晚于今天" in late.content.decode()
    assert client.post(url, values | {"since": "2026-03-01"}).status_code == 302
    with world.in_township():
        assert Category.objects.get().on(BEFORE).label == "水利设施"


def test_a_new_entry_is_in_use_from_today_unless_said_otherwise(world, browse):
    client, url = browse(world.clerk), reverse("category-new", args=[world.township.code])
    page = client.get(url).content.decode()
    assert 'value="2026-11-26"' in page
    assert "自哪天起改变" not in page
    values = {"kind": "station", "label": "有调解员", "position": 1, "active": "on", "used_from": "2026-11-26"}
    assert client.post(url, values).status_code == 302
    with world.in_township():
        made = Category.objects.get(label="有调解员")
        assert (made.in_use(TODAY - timedelta(days=1)), made.in_use(TODAY)) == (False, True)
