"""No standing row is changed by somebody who has read an older one, wherever it is written."""

import pytest
from django.db import DatabaseError, connection, transaction

from congress.guard import scope
from congress.guard.action import Conflict, action
from congress.models import Message, StoredFile, Unit
from tests.cast import SET_UP


@pytest.fixture
def town(world):
    with world.in_township():
        yield world


def rename(unit: Unit, name: str, **kwargs) -> None:
    unit.name = name
    with action(SET_UP, actor=None):
        unit.save(**kwargs)


def twice(unit: Unit) -> tuple[Unit, Unit]:
    return Unit.objects.get(pk=unit.pk), Unit.objects.get(pk=unit.pk)


@pytest.mark.parametrize("kwargs", [{}, {"update_fields": ["name"]}, {"force_update": True}])
def test_a_stale_row_does_not_overwrite_a_newer_one(town, kwargs):
    first, second = twice(town.unit)
    rename(first, "先改的", **kwargs)
    with pytest.raises(Conflict) as conflict:
        rename(second, "后改的", **kwargs)
    assert conflict.value.current.name == "先改的"
    assert Unit.objects.get(pk=town.unit.pk).name == "先改的"


def test_one_editor_may_save_the_same_row_again_and_again(town):
    for count in range(3):
        rename(town.unit, f"第{count}次")
    there = Unit.objects.get(pk=town.unit.pk)
    assert (there.name, there.version, town.unit.version) == ("第2次", 3, 3)


def test_what_was_refused_may_be_saved_once_it_is_read_again(town):
    first, second = twice(town.unit)
    rename(first, "先改的")
    with pytest.raises(Conflict):
        rename(second, "后改的")
    assert second.version == 0  # as it was read
    second.refresh_from_db()
    rename(second, "后改的")
    assert Unit.objects.get(pk=town.unit.pk).name == "后改的"


def test_a_failed_save_leaves_the_version_that_was_read(town):
    town.unit.name = None
    with pytest.raises(DatabaseError), transaction.atomic(), action(SET_UP, actor=None):
        town.unit.save()
    rename(town.unit, "这次对了")
    assert Unit.objects.get(pk=town.unit.pk).version == 1


def test_a_change_of_many_rows_at_once_counts_each_of_them_up(town):
    shown = Unit.objects.get(pk=town.unit.pk)
    with action(SET_UP, actor=None):
        Unit.objects.update(duties="一并改的")
        other = Unit.objects.get(pk=town.other_unit.pk)
        other.duties = "再改"
        Unit.objects.bulk_update([other], ["duties"])
    assert set(Unit.objects.values_list("pk", "version")) == {(town.unit.pk, 1), (town.other_unit.pk, 2)}
    with pytest.raises(Conflict):
        rename(shown, "旧页面上改的")


def test_raw_sql_counts_up_too(town):
    with action(SET_UP, actor=None), connection.cursor() as cursor:
        cursor.execute("UPDATE congress_unit SET duties = 'x' WHERE id = %s", [town.unit.pk])
    assert Unit.objects.get(pk=town.unit.pk).version == 1


def test_a_row_that_is_out_of_reach_is_not_written_and_not_made(town):
    with scope.township(town.neighbour), pytest.raises(Conflict) as conflict:
        rename(town.unit, "隔壁改的")
    assert conflict.value.current is None
    assert Unit.objects.get(pk=town.unit.pk).name == "水利站"


def test_technical_rows_are_counted_like_any_other(town):
    message = Message.objects.create(township=town.township, recipient=town.clerk, key="k", kind="t", title="一")
    Message.objects.filter(pk=message.pk).update(title="二")
    message.title = "三"
    with pytest.raises(Conflict), transaction.atomic():
        message.save()


def test_a_row_saved_new_begins_with_nought(town):
    with action(SET_UP, actor=None):
        unit = Unit.objects.create(township=town.township, name="新单位")
    assert (unit.version, Unit.objects.get(pk=unit.pk).version) == (0, 0)


def test_stored_bytes_are_changed_by_nobody(town, owner):
    with action(SET_UP, actor=None):
        file = StoredFile.objects.create(
            township=town.township, content=b"x", content_type="text/plain", name="n", size=1, sha256="", sm3=""
        )
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), action(SET_UP, actor=None):
        StoredFile.objects.filter(pk=file.pk).update(content=b"y")
    with pytest.raises(Exception, match="rows are only added"):
        owner.execute(
            "SELECT set_config('app.action', gen_random_uuid()::text, false); UPDATE congress_storedfile SET content = ''"
        )
