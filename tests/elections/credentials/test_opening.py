"""Who is examined: everybody declared elected and not examined yet, and what is held of each of them (选举法四十七)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from congress.guard.action import Refused, action
from deputies.models import Deputy
from elections.actions import credentials as acts
from elections.life import ENTRY
from elections.models import ReviewedWinner
from elections.queries import credentials as queries
from elections.stages.reviews import ReviewStage
from tests.cast import SET_UP
from tests.elections.credentials import (
    OPENED,
    REPORTED,
    answered,
    elected,
    entries,
    facts,
    judge,
    opened,
    reported,
    take,
)

pytestmark = pytest.mark.django_db


def test_a_review_takes_everybody_who_was_declared_and_nobody_twice(world, election):
    with pytest.raises(Refused, match="没有等待审查的当选人"):
        opened(world, election)
    found = elected(world, election)
    with pytest.raises(Refused, match="不能早于宣布日期"):
        opened(world, election, found.row.declared_on - timedelta(days=1))
    row = opened(world, election)
    assert list(entries(row)) == ["丁一", "于二"]
    assert facts(row).stage is ReviewStage.OPENED
    with pytest.raises(Refused, match="没有等待审查"):
        opened(world, election)
    assert [str(one.number) for one in queries.undeclared(election)] == ["2"]


def test_a_review_after_one_of_several_was_taken_back_gets_a_number_that_is_free(world, election, two_elected):
    first = opened(world, election)
    ENTRY.take("leave", world.clerk, entries(first)["于二"], on=OPENED, reason="举报还在查")
    assert opened(world, election).number == 2
    take(world.clerk, first, "discard", reason="开错了")
    assert opened(world, election).number == 3


def test_a_review_opened_by_mistake_lets_its_people_wait_again(world, election, two_elected):
    row = opened(world, election)
    take(world.clerk, row, "discard", reason="开错了")
    assert opened(world, election).number == 1


def test_who_is_in_the_roster_already_is_found_by_name_and_day_of_birth(world, election):
    with action(SET_UP, actor=None):
        known = Deputy.objects.create(
            township=world.township, name="丁一", gender="female", birth_date=date(1980, 3, 4), state="approved"
        )
        Deputy.objects.create(township=world.township, name="于二", gender="female", birth_date=date(1971, 1, 1))
    elected(world, election)
    found = entries(opened(world, election))
    assert found["丁一"].deputy == known
    assert found["于二"].deputy is None
    assert [one.code for one in queries.lacking(found["于二"])] == ["reviewed.who"]


def test_what_is_disputed_is_asked_at_once_however_many_are_examined(world, election, two_elected):
    review = opened(world, election)

    def asked(number: int) -> int:
        found = facts(review)
        found.row.listed = found.row.listed[:number]
        with CaptureQueriesContext(connection) as said:
            assert not found.disputed
        return len(said)

    assert asked(1) == asked(2)


def test_of_whom_nothing_is_disputed_all_are_held_valid_at_once(world, election, two_elected):
    row = opened(world, election)
    answered("于二", mandates="yes", mandates_where="他县", mandates_related=False)
    assert [one.name for one in facts(row).disputed] == ["于二"]
    take(world.clerk, row, "clear")
    assert {name: one.opinion for name, one in entries(row).items()} == {"丁一": "valid", "于二": ""}
    with pytest.raises(Refused, match="还没有审查意见：于二"):
        take(world.clerk, row, "report", REPORTED, present=2, report_paper="")
    judge(world.clerk, entries(row)["于二"])  # holding both seats is forbidden, being elected is not
    with pytest.raises(Refused, match="都有了审查意见"):
        take(world.clerk, row, "clear")


def test_a_void_election_has_its_ground_and_what_was_found_out(world, election, two_elected):
    row = opened(world, election)
    entry = entries(row)["于二"]
    with pytest.raises(Refused, match=r"请选择法定情形.*写明查明的情况"):
        judge(world.clerk, entry, "invalid")
    with pytest.raises(Refused, match="只有当选无效的选择情形"):
        judge(world.clerk, entry, "valid", ground="offence")
    with pytest.raises(Refused, match="不能早于开始审查日期"):
        judge(world.clerk, entry, on=OPENED - timedelta(days=1))
    judge(world.clerk, entry, "invalid", ground="offence", words="以财物贿赂选民，公安机关查实")
    told = [one.citation.article for one in acts.ground_findings(entries(row)["于二"])]
    assert told == [58]
    with pytest.raises(IntegrityError), transaction.atomic(), action(SET_UP, actor=None):
        ReviewedWinner.objects.filter(pk=entry.pk).update(ground="")


def test_what_the_law_forbids_is_not_held_valid_as_long_as_it_is_on_record(world, election, two_elected):
    row = opened(world, election)
    answered("丁一", funding="yes")
    with pytest.raises(Refused, match=r"境外.*登记有误的，先更正登记") as refused:
        judge(world.clerk, entries(row)["丁一"])
    assert [(one.field, one.citation.article) for one in refused.value.findings] == [("opinion", 35)]
    judge(world.clerk, entries(row)["丁一"], "invalid", ground="funded", words="声明和查证一致")
    assert [one.citation.article for one in acts.ground_findings(entries(row)["丁一"])] == [35]


def test_who_left_before_is_told(world, election, two_elected):
    row = opened(world, election)
    answered("丁一", left_on=date(2026, 12, 18), left_how="withdrew")
    assert "reviewed.left" in [one.code for one in queries.disputes(entries(row)["丁一"])]


def test_who_is_still_looked_into_is_left_to_the_next_review(world, election, two_elected):
    row = opened(world, election)
    ENTRY.take("leave", world.clerk, entries(row)["于二"], on=OPENED, reason="线索还没有查清")
    reported(world, row)
    assert [one.name for one in facts(row).valid] == ["丁一"]
    again = opened(world, election, REPORTED)
    assert (again.number, list(entries(again))) == (2, ["于二"])
