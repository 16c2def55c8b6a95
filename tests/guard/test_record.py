"""The rows of a record table: which are kept."""

import pytest
from django.db.models import DEFERRED, Model
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
        ours, django = model.from_db("one", columns[:read], values[:read]), model.__new__(model)
        Model.__init__(django, *values[:read], *[DEFERRED] * (len(columns) - read))
        assert (ours._state.adding, ours._state.db, ours._state.fields_cache) == (False, "one", {})
        assert {**vars(ours), "_state": None} == {**vars(django), "_state": None}
        assert ours.get_deferred_fields() == {*columns[read:]}
    assert [each for each in (pre_init, post_init) if each.has_listeners(model)] == [], "would hear nothing of it"
    assert model.__init__ is Model.__init__, "would do nothing for it"
