"""A query that is put together once says what it says when it is put together anew."""

from threading import Thread

import pytest
from django.db import connection, connections, transaction
from django.db.models import F, JSONField, Prefetch, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from congress.guard import scope
from congress.guard.action import action
from congress.models import County, Membership, Township
from congress.prepared import AnyOf, Around, Prepared, given, one_of
from deputies.models import Deputy
from tests.architecture.samples import FILL

BY_CODE = Prepared(lambda: Township.objects.select_related("county").filter(code=given("code")))
ROLES = Prepared(
    lambda: (
        Membership.objects.filter(one_of("user", [given("one"), given("other")]))
        .annotate(called=F("user__username"))
        .order_by("called", "pk")
    )
)


def test_the_rows_are_those_of_the_query_with_what_comes_along(world):
    (found,) = BY_CODE(code=world.township.code)
    assert (found, found.name) == (world.township, world.township.name)
    (other,) = BY_CODE(code=world.neighbour.code)
    assert other == world.neighbour
    with CaptureQueriesContext(connection) as asked:
        assert BY_CODE(code="") == []
        assert found.county.name == world.township.county.name
    assert len(asked) == 1, "the county came with it"
    with pytest.raises(KeyError):
        BY_CODE()


def test_what_is_added_to_a_row_and_values_alone_come_too(world):
    with scope.accounts():
        found = ROLES(one=world.clerk.pk, other=world.chair.pk)
        assert [one.called for one in found] == sorted([world.clerk.username, world.chair.username])
        assert ROLES(one=world.clerk.pk, other=0) == [one for one in found if one.user_id == world.clerk.pk]
    names = Prepared(lambda: Township.objects.filter(code=given("code")).values_list("name", flat=True))
    assert names(code=world.township.code) == [world.township.name]
    assert not Township.objects.filter(one_of("code", [])).exists(), "none of none"


def whole(row) -> dict:
    """All that a row holds, with what came along."""
    around = {name: each and whole(each) for name, each in row._state.fields_cache.items()}
    columns = {name: value for name, value in vars(row).items() if name != "_state"}
    return {**columns, "around": around, "of": (type(row), row._state.db, row._state.adding)}


@pytest.mark.parametrize(
    "rows",
    [
        Membership.objects.select_related("township__county", "county", "unit", "user").order_by("pk"),
        Membership.objects.select_related("unit__township")
        .annotate(called=F("user__username"), one=Value(1))
        .order_by("pk"),
        Membership.objects.only("role", "user__username").select_related("user").order_by("-pk")[:3],
        Deputy.objects.select_related("data_key")
        .annotate(said=KeyTextTransform("a", Value({"a": "b"}, JSONField())))
        .order_by("pk"),
    ],
)
def test_a_row_is_what_django_makes_of_it(world, rows):
    with world.in_township(), scope.every_row("all there are"):
        made = [whole(row) for row in rows.all()]
        asked = Prepared(rows.all)
        assert [[whole(row) for row in asked()] for _ in range(2)] == [made, made]
    assert len(made) > 2


def test_the_database_plans_it_once_for_all_values(world):
    asked = Prepared(lambda: Township.objects.filter(code=given("code")).values_list("pk", "name", "code"))
    for one in (world.township, world.neighbour):
        assert asked(code=one.code) == [(one.pk, one.name, one.code)]
    *_, statement, _ = asked._made
    with connection.cursor() as cursor:
        told = "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement = %s"
        cursor.execute(told, [statement.replace("%s", "$1")])
        assert cursor.fetchall() == [(2, 0)]


def test_row_level_security_holds_as_ever(world):
    mine = Prepared(lambda: Membership.objects.filter(user=given("user")))
    with scope.reading([world.neighbour]):
        assert mine(user=world.clerk.pk) == []
    with scope.reading([world.township]):
        assert [one.user_id for one in mine(user=world.clerk.pk)] == [world.clerk.pk]


def test_each_thread_asks_through_its_own_connection_and_locks_within_a_transaction_alone(db):
    places = Prepared(lambda: Township.objects.filter(code=given("code")))
    locked = Prepared(lambda: Township.objects.select_for_update().filter(code=given("code")))
    assert places(code="") == locked(code="") == []
    found = []

    def ask() -> None:
        with CaptureQueriesContext(connection) as asked:
            places(code="")
        found.append(len(asked))
        try:
            locked(code="")
        except TransactionManagementError as error:
            found.append(str(error))
        finally:
            connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [1, "rows are locked within a transaction"]


def test_what_is_made_of_a_column_is_made_with_the_connection_it_came_by(db):
    by_its_own = []

    class Told(TextField):
        def from_db_value(self, value, expression, through):
            by_its_own.append(through == connections["default"])
            return value

    said = Prepared(lambda: County.objects.annotate(said=Value("one", Told())).order_by("pk")[:1])

    def ask() -> None:
        said()
        connection.close()

    assert [one.said for one in said()] == ["one"]
    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert by_its_own == [True, True]


def test_the_server_plans_it_once_and_no_other_statement_is_remembered(db):
    """Also when the transaction it was first asked in was rolled back. Others have what was entered in their text."""
    places = Prepared(lambda: Township.objects.filter(code=given("code")).order_by("-code", "-name"))

    def remembered() -> tuple[int, str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%%DESC%%'")
            ours = len(cursor.fetchall())
        with connection.cursor() as cursor:
            return ours, str(vars(cursor.connection._prepared))

    with transaction.atomic():
        assert places(code="") == []
        transaction.set_rollback(True)
    assert places(code="") == []
    assert not Township.objects.filter(name="entered by somebody").exists()
    ours, kept = remembered()
    assert ours == 1
    assert "_township" in kept
    assert "entered by somebody" not in kept


PLACES = Township.objects.order_by("-code")
MADE = {  # what is read, what stands around it, and where it is found then
    "those that lead here": (County, lambda kind: kind("townships", PLACES, to_attr="places"), lambda row: row.places),
    "through the manager": (County, lambda kind: kind("townships", PLACES), lambda row: list(row.townships.all())),
    "one": (Township, lambda kind: kind("county", County.objects.all()), lambda row: row.county),
    "one or none": (Membership, lambda kind: kind("township", Township.objects.all()), lambda row: row.township),
    "further on": (
        Township,
        lambda kind: kind("county", County.objects.prefetch_related(kind("townships", PLACES))),
        lambda row: list(row.county.townships.all()),
    ),
    "behind what is there": (
        Membership,
        lambda kind: kind("user__memberships", Membership.objects.order_by("pk")),
        lambda row: list(row.user.memberships.all()),
    ),
}


@pytest.mark.parametrize("lookup", MADE)
def test_what_stands_around_is_what_prefetch_brings(world, lookup):
    model, made, told = MADE[lookup]
    around = made(Around)
    with scope.accounts():
        rows = model.objects.order_by("pk").select_related("user" if model is Membership else None)
        with CaptureQueriesContext(connection) as before:
            wanted = [told(row) for row in rows.prefetch_related(made(Prefetch))]
        for _ in range(2):  # the second time from what is kept
            with CaptureQueriesContext(connection) as asked:
                assert [told(row) for row in rows.prefetch_related(around)] == wanted
            assert len(asked) == len(before)
    assert any(wanted)


def test_a_query_that_is_put_together_once_brings_along_what_stands_around(world):
    read = Prepared(
        lambda: County.objects.filter(AnyOf("pk", given("keys"))).prefetch_related(Around("townships", PLACES))
    )
    assert read(keys=[]) == []
    (county,) = read(keys=[world.county.pk])
    with CaptureQueriesContext(connection) as asked:
        assert list(county.townships.all()) == list(PLACES.filter(county=county))
        assert county.townships.first().county is county
    assert len(asked) == 1, "what is asked to compare"


def test_what_is_brought_along_can_be_narrowed_like_any_rows(world):
    (county,) = County.objects.filter(pk=world.county.pk).prefetch_related(Around("townships", PLACES))
    assert county.townships.filter(code=world.township.code).get() == world.township


NOBODY = Membership.objects.filter(ended_at__year=1999)


@pytest.mark.parametrize("kept", [True, False])
def test_of_what_may_stand_around_only_what_does_is_read(world, kept):
    """One statement says where there is something; where nothing is, the record knows that without being told again."""
    beside = [
        Around("townships", PLACES, to_attr="places" if kept else None),
        Around("membership_set", NOBODY, to_attr="viewers" if kept else None),
    ]
    beside.append(Around("membership_set", NOBODY.filter(role="nobody"), to_attr="nobody"))  # more than are read
    read = Prepared(lambda: County.objects.filter(AnyOf("pk", given("keys"))).prefetch_related(*beside))
    with scope.accounts():
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                (county,) = read(keys=[world.county.pk])
                places = county.places if kept else list(county.townships.all())
                viewers = county.viewers if kept else list(county.membership_set.all())
            assert places == list(PLACES.filter(county=county))
            assert viewers == []
            assert len(asked) == 3, "the county, what stands around it, and its townships"
        with CaptureQueriesContext(connection) as asked:
            assert read(keys=[]) == []
        assert len(asked) == 1, "around nothing stands nothing"


def test_what_came_to_stand_there_since_is_read(world):
    viewers = Around("membership_set", Membership.objects.order_by("pk"), to_attr="viewers")
    read = Prepared(
        lambda: County.objects.filter(code=given("code")).prefetch_related(Around("townships", PLACES), viewers)
    )
    with scope.accounts():
        (county,) = read(code=world.far_county.code)
        assert list(county.townships.all()) == []
        assert [one.user for one in county.viewers] == [world.far_viewer]
        with action(FILL, actor=None):
            place = Township.objects.create(county=county, code="990201101000", name="远山镇")
        (county,) = read(code=world.far_county.code)
        assert list(county.townships.all()) == [place]
