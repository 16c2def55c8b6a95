"""A county's own rows are read and written in its scope alone, and into a township it puts questions and nothing else."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from congress.guard import scope
from congress.guard.action import action
from congress.guard.scope import ScopeMissing
from congress.models import Message, Unit
from reports.models import AlertRule, CountyAnswer, CountyQuestion, Tile
from tests.cast import SET_UP


def in_county(world, place=None, *, writes=True):
    place = place or world.county
    return scope.county(place, place.townships.real(), by=world.county_viewer, writes=writes)


def rule(county) -> AlertRule:
    return AlertRule(
        county=county, figure="receptions.count", comparison="below", threshold=3, until=date(2023, 12, 31)
    )


def question(world, township, county=None) -> CountyQuestion:
    values = {"about": "接待选民", "text": "为什么少了？", "asked_by": world.county_viewer}
    return CountyQuestion(township=township, county=county or world.county, **values)


def kept_rule(world):
    with in_county(world), action(SET_UP, actor=None):
        found = rule(world.county)
        found.save(force_insert=True)
    return found


def refused(write) -> bool:
    try:
        with transaction.atomic(), action(SET_UP, actor=None):
            write()
    except DatabaseError:
        return True
    return False


def test_only_the_countys_scope_reads_its_rows(world):
    kept_rule(world)
    with in_county(world, writes=False):
        assert AlertRule.objects.count() == 1
    with in_county(world, world.far_county):
        assert AlertRule.objects.count() == 0
    for other in (scope.township(world.township), scope.reading([world.township, world.neighbour]), scope.accounts()):
        with other:
            assert AlertRule.objects.count() == 0
    with scope.everywhere("test"):
        assert AlertRule.objects.count() == 1
    with pytest.raises(ScopeMissing):
        AlertRule.objects.count()


def test_only_the_countys_scope_that_writes_writes_them(world):
    kept = kept_rule(world)
    with in_county(world):
        assert not refused(lambda: Tile(county=world.county, place=world.township, row=1, column=1).save())
        assert refused(lambda: rule(world.far_county).save(force_insert=True))
        with pytest.raises(DatabaseError), transaction.atomic():  # no action
            rule(world.county).save(force_insert=True)
    with in_county(world, writes=False):
        assert refused(lambda: rule(world.county).save(force_insert=True))
        assert refused(lambda: AlertRule.objects.filter(pk=kept.pk).update(threshold=9))
    with scope.township(world.township):
        assert refused(lambda: rule(world.county).save(force_insert=True))
    with in_county(world, world.far_county), action(SET_UP, actor=None):
        assert AlertRule.objects.filter(pk=kept.pk).update(threshold=9) == 0


def test_a_county_puts_a_question_into_its_townships_and_nobody_else_does(world):
    with in_county(world):
        assert not refused(lambda: question(world, world.township).save(force_insert=True))
        assert refused(lambda: question(world, world.township, world.far_county).save(force_insert=True))
    with in_county(world, world.far_county):
        assert refused(lambda: question(world, world.township).save(force_insert=True))
        assert refused(lambda: question(world, world.township, world.far_county).save(force_insert=True))
    for other in (
        in_county(world, writes=False),
        scope.township(world.township),
        scope.public(world.township, adds=True),
    ):
        with other:
            assert refused(lambda: question(world, world.township).save(force_insert=True))
    with scope.reading([world.township]):
        assert CountyQuestion.objects.count() == 1


def test_a_county_writes_nothing_else_in_a_township(world):
    asked = question(world, world.township)
    with in_county(world):
        assert not refused(lambda: asked.save(force_insert=True))
        assert refused(lambda: Unit(township=world.township, name="县里的").save(force_insert=True))
        assert refused(
            lambda: CountyAnswer(
                township=world.township, question=asked, answered_by=world.county_viewer, text="自答"
            ).save(force_insert=True)
        )
        assert refused(
            lambda: Message(township=world.township, recipient=world.clerk, key="x", title="x").save(force_insert=True)
        )


def test_a_question_is_changed_by_nobody(world):
    asked = question(world, world.township)
    with in_county(world), action(SET_UP, actor=None):
        asked.save(force_insert=True)
    for there in (in_county(world), scope.township(world.township)):
        with there:
            assert refused(lambda: CountyQuestion.objects.filter(pk=asked.pk).update(text="改了"))
