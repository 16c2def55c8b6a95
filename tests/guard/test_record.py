"""The rows of a record table: which are kept."""

from congress import clock
from congress.guard.action import action
from congress.guard.record import kept, record_models
from congress.models import Membership, Unit
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
