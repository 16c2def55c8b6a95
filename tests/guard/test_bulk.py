"""Rows written by the thousand pass the same locks and are the same rows."""

import uuid
from datetime import date, datetime

import pytest
from django.db import DatabaseError, DataError, IntegrityError, connection, transaction
from django.utils import timezone

from congress.crypto.sm4gcm import Tampered
from congress.guard import bulk, scope, touched
from congress.guard.action import action
from congress.models import Category, ImportBatch, StoredFile, Unit
from congress.people import keys
from congress.people.keys import new_data_key
from congress.people.record import prepare_bulk
from deputies.models import Deputy
from tests.cast import SET_UP
from tests.people.numbers import spellings

MANY = bulk.FEW + 1
AWKWARD = [
    "\\N",
    "制\t表",
    "换\n行",
    "回\r车",
    "反\\斜",
    "引'\"号",
    "\u3000全角",
    "😀",
    "{a,b}",
    "段\x1f落",
    "\x1e",
    "",
]


def units(township, number=MANY, **values):
    return [Unit(township=township, name=values.pop("name", f"第{n}站"), **values) for n in range(number)]


@pytest.fixture
def town(world):
    with world.in_township():
        yield world


@pytest.mark.parametrize("number", [0, 1, bulk.FEW, MANY])
def test_few_and_many_arrive_alike(town, number):
    before = Unit.objects.count()
    with action(SET_UP, actor=None):
        made = bulk.insert_many(units(town.township, number))
    assert Unit.objects.count() == before + number
    assert not any(row._state.adding for row in made)
    assert {row.pk for row in made} <= set(Unit.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("number", [1, 2, MANY])
def test_rows_that_are_written_over_together_say_what_they_were_given(town, number):
    with action(SET_UP, actor=None):
        made = bulk.insert_many(units(town.township, number))
    for n, row in enumerate(made):
        row.name, row.duties, row.withdrawn_at = f"新{n}", AWKWARD[n % len(AWKWARD)], timezone.now() if n else None
        row.version += 1
    with action(SET_UP, actor=None):
        bulk.update_many(made, ("name", "duties", "withdrawn_at", "version"))
        bulk.update_many([], ("name",))
    found = Unit.objects.in_bulk([row.pk for row in made])
    said = [(row.name, row.duties, row.withdrawn_at, row.version) for row in made]
    assert [
        (one.name, one.duties, one.withdrawn_at, one.version) for one in map(found.get, [r.pk for r in made])
    ] == said
    assert not Unit.objects.exclude(pk__in=found).filter(name__startswith="新").exists(), "of no other row"


def test_rows_that_are_written_over_together_pass_the_locks_and_are_noted(town, monkeypatch):
    monkeypatch.setattr(touched, "_watched", {Unit})
    with action(SET_UP, actor=None):
        (row,) = bulk.insert_many(units(town.township, 1))
    row.name = "新"
    with pytest.raises(DatabaseError), transaction.atomic():
        bulk.update_many([row], ["name"])
    row.name = "长" * 500
    with pytest.raises(DataError), action(SET_UP, actor=None):
        bulk.update_many([row], ["name"])
    row.name = "新"
    with action(SET_UP, actor=None), touched.settled():
        bulk.update_many([row], ["name"])
        noted = touched._open.get()[Unit]
        monkeypatch.setattr(touched, "_settlers", [])
    assert noted == {row.pk}
    with scope.township(town.neighbour), action(SET_UP, actor=None):
        row.name = "邻"
        bulk.update_many([row], ["name"])
    assert Unit.objects.get(pk=row.pk).name == "新"


def test_another_row_says_what_the_first_says_and_nothing_of_what_either_is_told_later(town):
    blank = Unit(township=town.township, name="甲站")
    assert bulk.another(blank) == blank  # the same key, until it is given one of its own
    row = bulk.another(blank)
    row.pk, row.name, row.township = uuid.uuid4(), "乙站", town.neighbour
    blank.duties = "别的"
    assert (blank.name, blank.township, row.duties) == ("甲站", town.township, "")
    assert row._state.adding


def test_twice_in_one_transaction_brings_each_row_once(town):
    before = Unit.objects.count()
    with action(SET_UP, actor=None):
        bulk.insert_many(units(town.township))
        bulk.insert_many([Unit(township=town.township, name=f"另{n}站") for n in range(MANY)])
    assert Unit.objects.count() == before + 2 * MANY


def test_every_kind_of_value_comes_back_as_it_went_in(town):
    with action(SET_UP, actor=None):
        key = new_data_key(town.township.pk, "tests")
        key.save(force_insert=True)
    rows = [
        ImportBatch(
            township=town.township,
            kind="tests",
            file_name=AWKWARD[n % len(AWKWARD)],
            mapping={"文字": AWKWARD[n % len(AWKWARD)], "数": [n, None, 1.5, True]},
            counts={},
            owner=town.clerk,
            data_key=key,
            content=bytes(range(256)) if n % 2 else None,
        )
        for n in range(MANY)
    ]
    with action(SET_UP, actor=None):
        bulk.insert_many(rows)
    back = ImportBatch.objects.in_bulk([row.pk for row in rows])
    for row in rows:
        there = back[row.pk]
        assert (there.file_name, there.mapping, there.state) == (row.file_name, row.mapping, row.state)
        assert (there.content and bytes(there.content)) == row.content
        assert (there.created_at, there.taken_at, there.township) == (row.created_at, None, town.township)


def test_encrypted_people_are_readable_again_and_found_by_number(town):
    people = [
        Deputy(
            township=town.township,
            name=f"测{n}",
            gender="male",
            birth_date=date(1980, 1, 1),
            phone=f"138{n:08}",
            id_number=spellings("110105194912310021")[0] if n == 3 else None,
        )
        for n in range(MANY)
    ]
    with action(SET_UP, actor=None):
        bulk.insert_many(prepare_bulk(people))
    assert Deputy.objects.get(id_index="110105194912310021").phone == "13800000003"
    assert Deputy.objects.get(name="测7").phone == "13800000007"


def test_what_was_sealed_for_a_row_is_not_opened_again_to_write_it_and_a_copy_of_it_is(town, monkeypatch):
    def people():
        made = [Deputy(township=town.township, name=f"测{n}", gender="male", phone=f"138{n:08}") for n in range(MANY)]
        return prepare_bulk(made)

    with action(SET_UP, actor=None):
        copied = people()
        copied[-1].pk = uuid.uuid4()
        with pytest.raises(Tampered):
            bulk.insert_many(copied)
        monkeypatch.setattr(keys, "unseal", lambda *_: pytest.fail("opened without need"))
        bulk.insert_many(people())


def test_rows_written_together_are_noted_like_those_written_one_by_one(town, monkeypatch):
    monkeypatch.setattr(touched, "_watched", {Unit})
    with action(SET_UP, actor=None), touched.settled():
        one, *more = units(town.township, 3)
        one.save()
        Unit.objects.bulk_create(more)
        noted = touched._open.get()[Unit]
        monkeypatch.setattr(touched, "_settlers", [])
    assert noted == {row.pk for row in (one, *more)}


@pytest.mark.parametrize("number", [0, 1, MANY])
def test_columns_arrive_as_rows_do(town, number):
    """Values of each row, one value for all, and defaults for what is not named."""
    names = [f"{n}{AWKWARD[n % len(AWKWARD)]}" for n in range(number)]
    before = set(Unit.objects.values_list("pk", flat=True))
    columns = {"township_id": town.township.pk, "name": names, "level": [Unit.Level.VILLAGE] * number}
    with action(SET_UP, actor=None), touched.settled():
        bulk.insert_columns(Unit, number, columns)
    made = Unit.objects.exclude(pk__in=before)
    assert sorted(made.values_list("name", flat=True)) == sorted(names)
    assert {(row.level, row.version, row.withdrawn_at, row.duties) for row in made} == (
        {("village", 0, None, "")} if number else set()
    )
    assert all(row.created_at is not None for row in made)


@pytest.mark.parametrize("number", [0, 1, MANY])
def test_of_rows_that_stand_once_only_those_are_written_that_are_not_there(town, number):
    with action(SET_UP, actor=None):
        first = bulk.insert_fresh(units(town.township, number))
        again = [*units(town.township, number), Unit(township=town.township, name="新站")]
        assert bulk.insert_fresh(again) == {again[-1].pk}
    assert len(first) == number
    assert Unit.objects.filter(name__startswith="第", name__endswith="站", pk__in=first).count() == number


def test_a_time_without_zone_is_taken_as_django_takes_it(town):
    rows = units(town.township)
    for row in rows:
        row.created_at = datetime(2026, 3, 1, 9)
    with action(SET_UP, actor=None), pytest.warns(RuntimeWarning, match="naive"):
        bulk.insert_many(rows)
    assert {row.created_at for row in Unit.objects.filter(pk__in=[row.pk for row in rows])} == {
        timezone.make_aware(datetime(2026, 3, 1, 9))
    }


def test_both_locks_hold(town):
    with pytest.raises(DatabaseError, match="no action is open"), transaction.atomic():
        bulk.insert_many(units(town.township))
    neighbour, read_only = scope.township(town.township), scope.reading([town.township])
    for place, township in ((neighbour, town.neighbour), (read_only, town.township)):
        refused = pytest.raises(DatabaseError, match="row-level security")
        with refused, transaction.atomic(), place, action(SET_UP, actor=None):
            bulk.insert_many(units(township))
    assert Unit.objects.filter(name__startswith="第").count() == 0


def test_after_many_rows_the_database_plans_anew(town):
    """Above all how it looks for the rows that others point at, which it does as it settled when these were few."""
    with connection.cursor() as cursor:

        def planned():
            cursor.execute("EXPLAIN EXECUTE tests_one (gen_random_uuid())")
            return "Seq Scan" if "Seq Scan on congress_unit" in str(cursor.fetchall()) else "Index"

        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_indexscan = off")
        cursor.execute("SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute("PREPARE tests_one (uuid) AS SELECT FROM congress_unit WHERE id = $1")
        try:
            assert planned() == "Seq Scan"
            cursor.execute("SET LOCAL enable_indexscan = on; SET LOCAL enable_seqscan = off")
            with action(SET_UP, actor=None):
                bulk.insert_many(units(town.township, bulk.FEW))
                assert planned() == "Seq Scan"
                bulk.insert_many([Unit(township=town.township, name=f"另{n}站") for n in range(MANY)])
            assert planned() == "Index"
        finally:
            cursor.execute("DEALLOCATE tests_one")


def test_constraints_hold_and_nothing_of_the_piece_stays(town):
    label = Category.Kind.MATTER
    same = [Category(township=town.township, kind=label, label="同名", pk=uuid.uuid4()) for _ in range(MANY)]
    long = [StoredFile(township=town.township, name="长" * 400, content=b"", content_type="x") for _ in range(MANY)]
    for rows, error in ((same, IntegrityError), (long, DataError)):
        with pytest.raises(error), transaction.atomic(), action(SET_UP, actor=None):
            bulk.insert_many(rows)
        assert not type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).exists()
