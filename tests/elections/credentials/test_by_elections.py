"""Seats that are filled within the running term, and those of the county, whose confirmation is made elsewhere."""

from datetime import date

import pytest

from congress.assembly.models import Session
from congress.guard import scope
from congress.guard.action import Refused, action
from deputies.models import Deputy, Level, Mandate
from elections.documents.credentials import deputies_notice, report
from elections.models import Election, Vacancy
from elections.queries import credentials as queries
from tests.cast import SET_UP
from tests.elections.campaigns import districts, peopled
from tests.elections.credentials import (
    DECIDED,
    REPORTED,
    answered,
    committee,
    confirmed,
    entries,
    facts,
    opened,
    published,
    reported,
    take,
    won,
)
from tests.elections.rounds import begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_election(world):
    """Of the running term a seat of one district is filled anew."""
    with scope.township(world.township):
        found = peopled(world)
        committee(world)
        yield found


def test_who_lost_a_seat_wins_one_again_in_the_same_term_and_fills_the_vacancy(world, by_election):
    election, day = by_election, date(2026, 12, 1)
    row = begun(world, election)
    answered("丁一", "于二")
    won(world, row)
    with action(SET_UP, actor=None):
        former = Deputy.objects.create(
            township=world.township, name="丁一", gender="female", birth_date=date(1980, 3, 4), state="approved"
        )
        Mandate.objects.create(
            township=world.township,
            deputy=former,
            term=election.term,
            level="township",
            district=districts(election)[0],
            elected_on=date(2021, 10, 20),
            ended_on=day,
            end_reason="resigned",
        )
        Election.objects.filter(pk=election.pk).update(how="by_election")
        Vacancy.objects.create(
            township=world.township, election=election, district=districts(election)[0], seats=2, reason="辞职"
        )
        Session.objects.update(term=election.term)
        Mandate.objects.filter(term=world.term).update(term=election.term)
    election.refresh_from_db()
    review = opened(world, election)
    assert entries(review)["丁一"].deputy == former
    reported(world, review)
    confirmed(world, review)
    published(world, review)
    again = Mandate.objects.get(deputy=former, ended_on=None)
    assert (again.how, again.term, again.confirmed_on) == ("by_election", election.term, DECIDED)
    assert former.mandates.count() == 2
    (seats,) = queries.filled(election)
    assert (seats.seats, seats.seated, seats.short) == (2, 2, 0)


def test_of_the_county_its_own_confirmation_is_entered(world, election, two_elected):
    with action(SET_UP, actor=None):
        election.term.level = Level.COUNTY
        election.term.save()
    row = opened(world, election)
    with pytest.raises(Refused, match="县级人大常委会的代表资格审查委员会"):
        take(world.clerk, row, "report", REPORTED, present=2, report_paper="")
    take(world.clerk, row, "clear")
    for make in (report, deputies_notice):
        with pytest.raises(Refused, match="县级"):
            make(facts(row).row, DECIDED)
    confirmed(world, row)
    published(world, row)
    assert {one.level for one in Mandate.objects.filter(term=election.term)} == {"county"}
