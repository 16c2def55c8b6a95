"""The history of a record, as its page shows it."""

from datetime import date

import pytest

from congress import history
from congress.guard.action import action
from congress.models import Category, Unit
from deputies.actions import STATIONS, meet_item
from tests.cast import SET_UP


def test_what_changed_nothing_in_the_row_itself_is_told_as_the_trail_tells_it(world):
    """The items a station meets were as many lines that said the same."""
    with world.in_township():
        with action(SET_UP, actor=None):
            kept = {"township": world.township, "kind": Category.Kind.CHECKLIST}
            items = [Category.objects.create(**kept, label=label) for label in ("有统一牌子", "有固定场所")]
        for item in items:
            meet_item(world.clerk, world.station, item, met_on=date(2022, 1, 5), evidence="照片")
        notes = [line.note for line in history.of(world.station)]
        assert notes[:2] == ["项目：有固定场所", "项目：有统一牌子"]
        row = STATIONS.change(world.clerk, world.station, {"address": "老街"}, str(world.station.version))
        assert history.of(row)[0].note.startswith("地址")


@pytest.mark.parametrize(("before", "told"), [("", "空"), (None, "空"), ("水利站", "水利站")])
def test_what_stood_nowhere_before_is_called_empty(before, told):
    found = history._changes(Unit, {"name": before}, {"name": "水务站"})
    assert found == [history.Change(str(Unit._meta.get_field("name").verbose_name), told)]
