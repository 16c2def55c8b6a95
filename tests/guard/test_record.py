"""The rows of a record table: which are kept."""

import pytest
from django.db.models import Model
from django.db.models.signals import post_init, pre_init

from congress import clock
from congress.guard.action import action
from congress.guard.record import kept, record_models
from congress.models import Membership, Unit
from congress.people.sealed import Sealed
from tests.cast import SET_UP


def test_a_withdrawn_row_is_not_kept_neither_by_itself_nor_behind_a_relation(world):
    with world.in_township():
        unit = Unit.objects.kept().filter(membership__isnull=False).first()
        assert Membership.objects.filter(kept("unit"), unit=unit).exists()
        with action(SET_UP, actor=None):
            unit.withdrawn_at, unit.withdrawn_reason = clock.now(), "登错了"
            unit.save()
        assert unit not in Unit.objects.kept()
        assert unit in Unit.objects.all()
        assert not Membership.objects.filter(kept("unit"), unit=unit).exists()


def test_every_record_table_can_be_asked_for_the_rows_that_are_kept(world):
    with world.in_township():
        assert record_models()
        for model in record_models():
            assert model.objects.kept().query.where, model


@pytest.mark.parametrize("model", record_models(), ids=lambda model: model._meta.label)
def test_a_row_that_was_read_is_as_django_makes_it(model):
    columns = [field.attname for field in model._meta.concrete_fields]
    values = [Sealed(b"said") if name.endswith("_sealed") else name for name in columns]
    for read in (len(columns), len(columns) - 3):
        here, as_ever = (
            model.from_db("one", columns[:read], values[:read]),
            django_makes(model, columns[:read], values[:read]),
        )
        told, state = vars(here), vars(as_ever)
        ours, django = told.pop("_state"), state.pop("_state")
        assert (
            (ours.adding, ours.db, ours.fields_cache)
            == (django.adding, django.db, django.fields_cache)
            == (False, "one", {})
        )
        assert told == state
        assert here.get_deferred_fields() == as_ever.get_deferred_fields() == {*columns[read:]}
    assert [each for each in (pre_init, post_init) if each.has_listeners(model)] == [], "would hear nothing of it"
    assert model.__init__ is Model.__init__, "would do nothing for it"


def django_makes(model, names, values):
    return Model.from_db.__func__(model, "one", names, values)
