"""What the tests of the roster start from."""

from datetime import date

import pytest
from django.urls import reverse

from congress.guard.action import action
from congress.models import Category
from deputies.models import Activity, ActivityAttendance, Deputy, Group
from tests.cast import SET_UP, make_deputy
from tests.spreadsheets.books import id_number

MAN, WOMAN = id_number(1, "19750812"), id_number(2, "19800305")
PHONE = "13812345678"
ADDRESS = "云溪村三组临河路12号"


@pytest.fixture
def town(world):
    """The township's scope, open for the whole test."""
    with world.in_township():
        yield world.township


@pytest.fixture
def woman(world, town) -> Deputy:
    """A deputy with everything that must not leak."""
    with action(SET_UP, actor=None):
        return make_deputy(
            town,
            "欧阳晓溪",
            term=world.term,
            station=world.station,
            id_number=WOMAN,
            birth_date=date(1980, 3, 5),
            phone=PHONE,
            address=ADDRESS,
            employer_post="云溪村妇联主席",
            group=Group.objects.create(township=town, name="第一小组"),
        )


@pytest.fixture
def item(town) -> Category:
    """An item of the local check-list."""
    with action(SET_UP, actor=None):
        return Category.objects.create(township=town, kind=Category.Kind.CHECKLIST, label="有固定场所", position=5)


@pytest.fixture
def visit(world, town) -> Activity:
    """An activity one deputy took part in."""
    with action(SET_UP, actor=None):
        made = Activity.objects.create(township=town, kind="visit", title="走访农户", held_on=date(2022, 3, 1))
        ActivityAttendance.objects.create(township=town, activity=made, deputy=world.deputies[0])
        return made


@pytest.fixture
def at(world):
    """Addresses of the township."""
    return lambda name, *args: reverse(name, args=[world.township.code, *args])
