"""No row points at a row of another township, whoever writes it: the keys hold the township too."""

import uuid
from datetime import date, time

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from congress import clock
from congress.guard import scope
from congress.guard.action import action
from congress.guard.county import ASKS
from congress.guard.install import install
from congress.guard.record import Record, record_models
from congress.guard.wholeness import Tie, missing, ties
from deputies.models import Deputy, Station
from tests.cast import SET_UP
from tests.conftest import logged_in_as_owner, owner_connection

BY_TYPE = {
    "UUIDField": uuid.uuid4,
    "JSONField": lambda: "{}",
    "DateField": lambda: date(2022, 3, 2),
    "DateTimeField": clock.now,
    "TimeField": lambda: time(8),
    "BinaryField": lambda: b"x",
    "BooleanField": lambda: False,
    "ArrayField": list,
}


# What a constraint of the table wants, so that the key alone is asked.
WANTED = {
    "proposals_reception": {"origin": "letter"},
    "proposals_assignment": {"part": "assist"},
    "elections_issuehour": {"hour": 9},
    "proposals_promise": {"due_on": date(2022, 3, 3)},
    "reports_annualreport": {"month": 0},
}


def wanted(table: str, given) -> dict:
    """The same for this row: of two references one is given, a letter comes with its document."""
    nobody = -(uuid.uuid4().int % 30000 + 1)
    if table in ("congress_channel", "congress_message"):
        return {} if "unit_id" in given else {"recipient_id" if table == "congress_message" else "user_id": nobody}
    if table == "deputies_stationliaison":
        return {"account_id": nobody}
    if table == "proposals_urging":
        letter = {"way": "letter"} if "document_id" in given else {}
        return letter | ({} if given.keys() & {"suggestion_id", "matter_id"} else {"suggestion_id": uuid.uuid4()})
    if table in ("elections_ledgerline", "elections_issueregister"):
        return {} if given.keys() & {"place_id", "mobile_id"} else {"place_id": uuid.uuid4()}
    return WANTED.get(table, {})


def value_of(field: models.Field, number: int):
    """Something the column takes; references dangle, for their keys are asked at the end of the transaction only."""
    if field.null:
        return None
    if field.is_relation:
        return uuid.uuid4() if field.related_model and issubclass(field.related_model, Record) else -1
    if isinstance(field, models.CharField | models.TextField):
        word = field.choices[0][0] if field.choices else uuid.uuid4().hex[: field.max_length or 8]
        return "" if field.blank else word
    # Counts of one row are equal, so that the part is never more than the whole.
    return BY_TYPE.get(field.get_internal_type(), lambda: number)()


def insert(model, township, **given) -> uuid.UUID | None:
    """One row in raw SQL, every column by its type."""
    number = uuid.uuid4().int % 30000 + 1
    values = {field.column: value_of(field, number) for field in model._meta.concrete_fields if field.column != "id"}
    if isinstance(model._meta.pk, models.UUIDField):
        values["id"] = uuid.uuid4()
    values |= wanted(model._meta.db_table, given) | {"township_id": township.pk} | given
    columns = ", ".join(f'"{name}"' for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({", ".join(["%s"] * len(values))})',
            list(values.values()),
        )
    return values.get("id")


def model_of(table: str):
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def ask(constraint: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'SET CONSTRAINTS "{constraint}" IMMEDIATE; SET CONSTRAINTS "{constraint}" DEFERRED')


def keys_on(tie: Tie) -> list[str]:
    """The foreign keys on a column, alone or with the township."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)"
            " WHERE c.contype = 'f' AND c.conrelid = %s::regclass AND a.attname = %s",
            [tie.table, tie.column],
        )
        return [name for (name,) in cursor.fetchall()]


# What a constraint wants beside one reference.
BESIDE = {
    ("congress_membership", "unit_id"): {"role": "unit"},
    ("deputies_ownactivity", "activity_id"): {"state": "confirmed"},
    **{
        ("elections_proxyvote", f"{one}_id"): {"agent_is": "other", "agent_name": "程代"}
        for one in ("election", "principal", "deed")
    },
    ("proposals_suggestion", "joined_to_id"): {"joined_on": date(2022, 3, 20)},
}


def test_every_reference_between_records_is_meant():
    fields = [
        (model._meta.db_table, field.column)
        for model in record_models()
        for field in model._meta.concrete_fields
        if field.related_model and issubclass(field.related_model, Record)
    ]
    assert {(tie.table, tie.column) for tie in ties()} == {*fields, ("congress_membership", "unit_id")}
    assert len(fields) > 50
    names = [tie.name for tie in ties()]
    assert len(set(names)) == len(names)
    assert all(len(name.encode()) <= 63 for name in [*names, *(tie.key for tie in ties())])


def test_a_reference_is_asked_for_once_where_every_row_has_a_township(db):
    alone = {(tie.table, tie.column) for tie in ties() if keys_on(tie) != [tie.name]}
    assert alone == {("congress_membership", "unit_id")}


def test_a_key_that_says_less_than_the_tie_beside_it_goes_with_the_next_installation(transactional_db):
    tie = next(tie for tie in ties() if (tie.table, tie.column) == ("deputies_deputy", "station_id"))
    with owner_connection() as owner:
        owner.execute(f"ALTER TABLE {tie.table} ADD FOREIGN KEY ({tie.column}) REFERENCES {tie.target} (id)")
    assert len(keys_on(tie)) == 2
    with logged_in_as_owner():
        install()
    assert keys_on(tie) == [tie.name]


def made(model, township):
    """The key of a new row of the place, written by the township, or by the county that puts such rows there."""
    if getattr(model, "guard_check", "") != ASKS:
        with scope.township(township), action(SET_UP, actor=None):
            return insert(model, township)
    with scope.county(township.county, [township], writes=True), action(SET_UP, actor=None):
        return insert(model, township, county_id=township.county_id)


@pytest.mark.parametrize("tie", ties(), ids=lambda tie: f"{tie.table}.{tie.column}")
def test_a_row_cannot_point_across(world, tie):
    source, target = model_of(tie.table), model_of(tie.target)
    extra = BESIDE.get((tie.table, tie.column), {})
    with transaction.atomic():
        near, far = made(target, world.township), made(target, world.neighbour)
        with scope.township(world.township), action(SET_UP, actor=None):
            insert(source, world.township, **extra, **{tie.column: near})
            ask(tie.name)
            insert(source, world.township, **extra, **{tie.column: far})
            with pytest.raises(IntegrityError, match=tie.name), transaction.atomic():
                ask(tie.name)
        transaction.set_rollback(True)


def test_rows_that_point_across_already_stop_the_installation_until_they_are_mended(transactional_db, world):
    tie = next(tie for tie in ties() if (tie.table, tie.column) == ("deputies_deputy", "station_id"))
    with owner_connection() as owner:
        owner.execute(f"ALTER TABLE {tie.table} DROP CONSTRAINT {tie.name}")
    with connection.cursor() as cursor:
        assert missing(cursor, ties()) == [tie]
    with scope.township(world.neighbour), action(SET_UP, actor=None):
        far = Station.objects.create(township=world.neighbour, name="邻站")
    send(world, far)
    with logged_in_as_owner(), pytest.raises(IntegrityError, match=tie.name):
        install()
    send(world, world.station)
    with logged_in_as_owner():
        install()
        install()
    with connection.cursor() as cursor:
        assert missing(cursor, ties()) == []
        cursor.execute("SELECT relforcerowsecurity FROM pg_class WHERE relname = ANY(%s)", [[tie.table, tie.target]])
        assert cursor.fetchall() == [(True,), (True,)]


def send(world, station) -> None:
    with scope.township(world.township), action(SET_UP, actor=None):
        Deputy.objects.update(station=station)
