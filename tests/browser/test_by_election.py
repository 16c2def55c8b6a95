"""A deputy resigns, the seat is filled anew, and the same person wins it: from the vacancy to a second mandate of one term."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from congress import clock
from congress.assembly.models import Session
from congress.guard.action import action
from deputies.models import Mandate
from elections.models import Campaign, CredentialsReview, Election, Nominee
from tests.browser.test_rounds import clerk_at, press, submit
from tests.browser.test_thread import look
from tests.cast import SET_UP, make_deputy
from tests.counting import room
from tests.elections import rounds as votes
from tests.elections.campaigns import districts, peopled
from tests.elections.credentials import DECIDE, committee, take

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def seat(world):
    """丁一 sits for the first district in the term whose seats are filled anew; its by-election was held yesterday and is counted."""
    world.held = clock.today() - timedelta(days=1)
    days = tuple(world.held - timedelta(days=before) for before in (16, 12, 8))
    with world.in_township():
        world.election = peopled(world, begun_on=world.held - timedelta(days=90), election_day=world.held)
        room.people(world)
        committee(world)
        row = votes.begun(world, world.election, days)
        by = {"how": Mandate.How.BY_ELECTION}
        with action(SET_UP, actor=None):
            Session.objects.update(term=world.election.term)
            Mandate.objects.filter(term=world.term).update(term=world.election.term)
            Nominee.objects.update(declared_on=days[0], funding="no", consent="agreed")
            Election.objects.filter(pk=world.election.pk).update(**by)
            Campaign.objects.filter(pk=world.election.campaign_id).update(**by)
            world.former = make_deputy(world.township, "丁一", birth_date=date(1980, 3, 4))
            found = Mandate.objects.create(
                township=world.township,
                deputy=world.former,
                term=world.election.term,
                level="township",
                district=districts(world.election)[0],
                elected_on=date(2021, 10, 20),
            )
        votes.balanced(world, row, on=world.held)
        votes.take(world.clerk, row, "count", world.held)
        votes.again(world, row, (15, 12, 9))
        world.row = row
        return found


def resigned(clerk, on: date) -> None:
    """The mandate that runs ends, on the deputy's page."""
    with clerk.expect_navigation():
        clerk.get_by_role("link", name="登记终止", exact=True).click()
    clerk.locator("[name=ended_on]").fill(on.isoformat())
    clerk.locator("[name=reason]").select_option("resigned")
    submit(clerk)
    with clerk.expect_navigation():
        clerk.get_by_role("button", name="确认登记终止").click()


def test_who_resigned_wins_the_vacant_seat_and_has_two_mandates_of_one_term(world, visit, seat):
    code, clerk, chair = world.township.code, visit("clerk"), visit("chair")
    deputy = reverse("deputies-detail", args=[code, world.former.pk])
    gone = world.held - timedelta(days=100)
    resigned(clerk_at(clerk, deputy), gone)
    expect(clerk.locator("main")).to_contain_text("辞职")

    clerk.goto(reverse("elections-vacancy-new", args=[code, world.election.pk]))
    clerk.locator("[name=district]").select_option(str(seat.district_id))
    clerk.locator("[name=seats]").fill("2")
    clerk.locator("[name=reason]").fill("丁一辞职")
    submit(clerk)

    here = reverse("elections-round", args=[code, world.row.pk])
    press(clerk_at(clerk, here), "提出宣布", paper="公告第9号")
    press(clerk_at(chair, here), "确认宣布")
    clerk.goto(reverse("elections-reviews", args=[code, world.election.pk]))
    press(clerk, "开始审查")
    review = clerk.url
    press(clerk, "登记无争议的意见")
    with world.in_township():  # what test_credentials does on the pages
        row = CredentialsReview.objects.get()
        take(world.clerk, row, "report", clock.today(), present=2, report_paper="审查报告")
        take(world.clerk, row, "decide", clock.today(), **DECIDE)
        take(world.chair, row, "confirm", clock.today())
    press(clerk_at(clerk, review), "公布代表名单", publication="主席团公告第2号")
    clerk.get_by_role("button", name="确认公布代表名单").click()
    expect(clerk.locator("#messages")).to_contain_text("已公布，2名代表的资格已登记")

    clerk.goto(deputy)
    look(clerk, "by-election-deputy")
    seats = clerk.locator("main .todo li").filter(has_text="当选（")
    expect(seats).to_have_count(2)
    expect(seats.filter(has_text="辞职")).to_have_count(1)
    expect(seats.filter(has_text="当选（补选）")).to_have_count(1)
    with world.in_township():
        seat.refresh_from_db()
        again = Mandate.objects.get(deputy=world.former, ended_on=None)
        assert (seat.ended_on, seat.end_reason) == (gone, "resigned"), "what was stays as it was"
        assert (again.term_id, again.how, again.confirmed_on) == (seat.term_id, "by_election", clock.today())
        assert Mandate.objects.filter(term=seat.term, deputy__name="丁一").count() == 2, (
            "and nobody is on the roster twice"
        )
