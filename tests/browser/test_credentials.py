"""From the declaration to the seats in a browser: examined, reported, confirmed by clerk and chair, made public, on the roster."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from congress import clock
from congress.guard.action import action
from deputies.models import Deputy, Mandate
from elections.models import Nominee
from tests.browser.test_rounds import press
from tests.browser.test_thread import look
from tests.cast import SET_UP
from tests.counting import room
from tests.elections import rounds as votes
from tests.elections.campaigns import peopled
from tests.elections.credentials import committee

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def election(world):
    """丁一 and somebody voters wrote in were declared elected yesterday."""
    held = clock.today() - timedelta(days=1)
    days = tuple(held - timedelta(days=before) for before in (16, 12, 8))
    with world.in_township():
        found = peopled(world, begun_on=held - timedelta(days=90), election_day=held)
        room.people(world)
        committee(world)
        row = votes.begun(world, found, days)
        with action(SET_UP, actor=None):
            Nominee.objects.update(declared_on=days[0], funding="no")
            Deputy.objects.filter(name="丁一").update(name="程旧")
        votes.balanced(world, row, on=held)
        votes.take(world.clerk, row, "count", held)
        votes.again(world, row, (15, 3, 2), write_ins={"欧阳小明": 13}, identified=["欧阳小明"])
        votes.declared(world, row, held)
        return found


def test_those_who_were_declared_are_seated_at_once(world, visit, election):
    code = world.township.code
    clerk, chair = visit("clerk"), visit("chair")
    clerk.goto(reverse("elections-reviews", args=[code, election.pk]))
    press(clerk, "开始审查")
    here = clerk.url
    clerk.get_by_role("link", name="登记无争议的意见").click()
    look(clerk, "review-clear")
    clerk.locator("form[data-main-form] button[type=submit]").first.click()
    expect(clerk.locator("main")).to_contain_text("已登记1名当选有效，另1名须逐一审查")
    clerk.get_by_role("link", name="欧阳小明").click()
    look(clerk, "reviewed")
    clerk.get_by_role("link", name="登记当选人情况").click()
    clerk.locator("[name=gender]").select_option("female")
    clerk.locator("[name=birth_date]").fill("1980-03-04")
    clerk.locator("form[data-main-form] button[type=submit]").first.click()
    clerk.wait_for_load_state()
    press(clerk, "登记审查意见")
    clerk.goto(here)
    press(clerk, "提出审查报告", present="2")
    press(clerk, "登记确认", paper="主席团会议纪要")
    chair.goto(here)
    press(chair, "核对确认")
    look(chair, "review-confirmed")
    chair.get_by_role("link", name="公布代表名单", exact=True).click()
    chair.locator("[name=publication]").fill("主席团公告")
    chair.locator("form[data-main-form] button[type=submit]").first.click()
    expect(chair.locator("main")).to_contain_text("新登记到花名册")
    look(chair, "review-publish")
    chair.locator("main form button[type=submit]").first.click()
    expect(chair.locator("main")).to_contain_text("已公布，2名代表的资格已登记")
    chair.goto(reverse("elections-reviews", args=[code, election.pk]))
    look(chair, "reviews")
    with world.in_township():
        assert set(Mandate.objects.filter(term=election.term).values_list("deputy__name", flat=True)) == {
            "丁一",
            "欧阳小明",
        }
