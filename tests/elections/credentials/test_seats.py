"""Everybody confirmed is made public and seated at once, or nobody is."""

from datetime import date

import pytest

from congress.assembly.models import Session
from congress.guard.action import Refused, action
from congress.models import AuditEvent
from deputies.models import Deputy, Mandate
from elections.documents.credentials import report
from elections.life import ENTRY
from elections.models import Election, ReviewedWinner
from elections.queries import credentials as queries
from elections.stages.reviews import ReviewStage
from tests.cast import SET_UP
from tests.elections.campaigns import districts
from tests.elections.credentials import (
    DECIDED,
    PUBLISHED,
    REPORTED,
    confirmed,
    entries,
    facts,
    judge,
    opened,
    published,
    reported,
    take,
)
from tests.elections.papers import said

pytestmark = pytest.mark.django_db


def test_the_publication_seats_everybody_at_once(world, election, two_elected):
    row = opened(world, election)
    reported(world, row)
    confirmed(world, row)
    with pytest.raises(Refused, match="不能早于确认日期"):
        take(world.clerk, row, "publish", REPORTED, publication="公告")
    published(world, row)
    assert facts(row).stage is ReviewStage.PUBLISHED
    held = Mandate.objects.filter(term=election.term).order_by("pk")
    assert {(one.deputy.name, one.district, one.how, one.elected_on, one.confirmed_on, one.level) for one in held} == {
        (name, districts(election)[0], "general", facts(row).row.listed[0].winner.round.held_on, DECIDED, "township")
        for name in ("丁一", "于二")
    }
    deputy = Deputy.objects.get(name="丁一")
    assert (deputy.gender, deputy.birth_date, deputy.employer_post, deputy.state) == (
        "female",
        date(1980, 3, 4),
        "村民",
        "pending",
    )
    (first, second) = queries.filled(election)
    assert (first.seats, first.won, first.void, first.seated, first.short) == (2, 2, 0, 2, 0)
    assert (second.seats, second.won, second.seated, second.short) == (2, 0, 0, 2)
    event = AuditEvent.objects.get(verb="elections.publish_deputies")
    assert (event.detail["取得代表资格"], event.detail["新登记"]) == (2, 2)
    with pytest.raises(Refused, match="现在是“已公布”"):
        published(world, row)
    with pytest.raises(Refused, match="代表资格已经登记"):
        ENTRY.take("who", world.clerk, entries(row)["丁一"], on=PUBLISHED, deputy=deputy)


def test_where_one_cannot_be_seated_nobody_is(world, election, two_elected):
    row = opened(world, election)
    reported(world, row)
    confirmed(world, row)
    with action(SET_UP, actor=None):
        other = Deputy.objects.create(township=world.township, name="程旧二", gender="male", state="approved")
        Mandate.objects.create(
            township=world.township, deputy=other, term=election.term, level="township", elected_on=date(2026, 12, 20)
        )
        ReviewedWinner.objects.filter(winner__name="于二").update(deputy=other)
    before = Deputy.objects.count()
    with pytest.raises(Refused, match=r"第1选区.*于二：.*代表资格已经登记过"):
        published(world, row)
    assert Deputy.objects.count() == before
    assert not Mandate.objects.filter(term=election.term, deputy__name="丁一").exists()
    assert facts(row).stage is ReviewStage.CONFIRMED


def test_whose_election_is_void_gets_no_seat_and_the_seat_is_short(world, election, two_elected):
    row = opened(world, election)
    judge(world.clerk, entries(row)["于二"], "invalid", ground="offence", words="以财物贿赂选民")
    reported(world, row)
    confirmed(world, row)
    published(world, row)
    assert [one.deputy.name for one in Mandate.objects.filter(term=election.term)] == ["丁一"]
    first = queries.filled(election)[0]
    assert (first.won, first.void, first.seated, first.short) == (2, 1, 1, 1)


def test_who_does_not_accept_the_election_is_no_deputy_and_waits_no_more(world, election, two_elected):
    row = opened(world, election)
    with pytest.raises(Refused, match="写明书面声明的日期") as refused:
        judge(world.clerk, entries(row)["于二"], "declined")
    assert [one.field for one in refused.value.findings] == ["words"]
    with pytest.raises(Refused, match="只有当选无效的选择情形"):
        judge(world.clerk, entries(row)["于二"], "declined", ground="procedure", words="声明")
    assert entries(row)["于二"].opinion == ""
    judge(world.clerk, entries(row)["于二"], "declined", words="2026年12月21日书面声明")
    reported(world, row)
    told = said(report(facts(row).row, REPORTED)["parts"])
    assert "有1名当选人不接受当选" in told
    assert "不作资格确认，名额空缺。2026年12月21日书面声明。" in told
    confirmed(world, row)
    published(world, row)
    assert [one.deputy.name for one in Mandate.objects.filter(term=election.term)] == ["丁一"]
    first = queries.filled(election)[0]
    assert (first.won, first.void, first.declined, first.seated, first.short) == (2, 0, 1, 1, 1)
    assert not queries.waiting([election]).exists()


@pytest.mark.parametrize("opinion", ["declined", "invalid"])
def test_a_review_that_gives_nobody_a_seat_is_over_with_its_confirmation(world, election, two_elected, opinion):
    """No list of deputies is made public of nobody, and no reminder asks for one."""
    row, level = opened(world, election), Election.objects.filter(pk=election.pk)
    ground = "procedure" if opinion == "invalid" else ""
    for name in ("丁一", "于二"):
        judge(world.clerk, entries(row)[name], opinion, ground=ground, words="已经查明")
    take(world.clerk, row, "report", REPORTED, present=2, report_paper="")
    assert (queries.unfinished(level).count(), queries.to_publish().count()) == (1, 1)
    confirmed(world, row)
    assert facts(row).stage is ReviewStage.NOBODY
    assert (queries.unfinished(level).count(), queries.to_publish().count()) == (0, 0)
    with pytest.raises(Refused, match="已确认，没有当选有效的"):
        published(world, row)


def test_a_publication_after_the_first_session_is_told_with_its_article(world, election, two_elected):
    row = opened(world, election)
    reported(world, row)
    confirmed(world, row)
    assert facts(row).publication(PUBLISHED) == []
    given = {"township": world.township, "term": election.term, "number": 1, "entitled": 2, "present": 2}
    with action(SET_UP, actor=None):
        Session.objects.create(**given, opened_on=PUBLISHED)
    (told,) = facts(row).publication(PUBLISHED)
    assert (told.code, told.blocking, told.citation.article) == ("review.not_published", False, 47)
    published(world, row)
