"""No row points into another township, and no form takes a row of one: foreign keys alone would not notice."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from congress.guard import scope
from congress.guard.action import action
from congress.guard.record import Record, record_models
from congress.models import AuditEvent, Unit
from proposals.models import Suggestion
from tests.architecture.samples import DAY, FILL
from tests.conftest import owner_connection


def links() -> list[tuple[str, str, str]]:
    """(table, column, table it points to) of every foreign key between records."""
    return [
        (model._meta.db_table, field.column, field.related_model._meta.db_table)
        for model in record_models()
        for field in model._meta.concrete_fields
        if field.is_relation and issubclass(field.related_model, Record)
    ]


def crossing(execute) -> list[str]:
    """The links at whose two ends different townships stand."""
    found = []
    for table, column, target in links():
        question = (
            f'SELECT count(*) FROM "{table}" a JOIN "{target}" b ON a."{column}" = b.id'
            " WHERE a.township_id <> b.township_id"
        )
        if execute(question):
            found.append(f"{table}.{column}")
    return found


def _read_everything(question: str) -> int:
    with scope.everywhere("links between townships are looked for"), connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def test_links_between_records_stay_in_their_township(samples):
    assert len(links()) > 40
    assert crossing(_read_everything) == []


def test_a_link_that_crosses_is_refused_by_the_database(samples):
    town, next_town = samples
    with pytest.raises(IntegrityError, match="lead_id"):
        _cross(town, next_town)
    assert crossing(_read_everything) == []


def _cross(town, next_town) -> None:
    """The neighbour's deputy cannot be read here, so only who knows the number could try this."""
    with transaction.atomic(), scope.township(town.town), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.action', gen_random_uuid()::text, true)")
        Suggestion.objects.filter(pk=town["suggestion.talked"].pk).update(lead=next_town["deputy"])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_form_takes_no_row_of_the_neighbour(world, browse, samples):
    town, next_town = samples
    url = reverse("proposals-suggestion-assign", args=[world.township.code, town["suggestion.registered"].pk])
    before = _assignments(world)
    answer = browse(world.chair).post(url, {"lead": str(next_town.unit.pk), "on": DAY.isoformat(), "version": "0"})
    assert answer.status_code == 200
    assert "lead" in answer.context["form"].errors
    assert _assignments(world) == before
    answer = browse(world.chair).post(url, {"lead": str(town.unit.pk), "on": DAY.isoformat(), "version": "0"})
    assert answer.status_code == 302
    assert _assignments(world) == before + 1


def _assignments(world) -> int:
    with scope.audit():
        return AuditEvent.objects.filter(chain=world.township.pk, verb="proposals.assign").count()


def _move(unit: Unit, township) -> None:
    with transaction.atomic(), scope.township(unit.township), action(FILL, actor=None):
        Unit.objects.filter(pk=unit.pk).update(township=township)


def test_the_township_of_a_row_cannot_be_changed(world, samples):
    unit = samples[0].unit
    with pytest.raises(DatabaseError, match="row-level security"):
        _move(unit, world.neighbour)
    with scope.township(world.township):
        assert Unit.objects.get(pk=unit.pk).township == world.township


def test_records_can_be_withdrawn_and_not_deleted(db):
    for model in record_models():
        assert {"withdrawn_at", "withdrawn_reason"} <= {field.name for field in model._meta.concrete_fields}, model
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege(current_user, %s, 'DELETE')", [model._meta.db_table])
            assert cursor.fetchone()[0] is False, model


def test_a_right_to_delete_would_be_noticed(transactional_db):
    question = "SELECT has_table_privilege('app_rt', 'deputies_group', 'DELETE')"
    with owner_connection() as owner:
        owner.execute("GRANT DELETE ON deputies_group TO app_rt")
        assert owner.execute(question).fetchone()[0] is True
        owner.execute("REVOKE DELETE ON deputies_group FROM app_rt")
        assert owner.execute(question).fetchone()[0] is False
