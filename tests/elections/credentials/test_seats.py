"""Everybody confirmed is made public and seated at once, or nobody is."""

from datetime import date

import pytest

from congress.assembly.models import Session
from congress.guard.action import Refused, action
from congress.models import AuditEvent
from deputies.models import Deputy, Mandate
from elections.life import ENTRY
from elections.models import ReviewedWinner
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
