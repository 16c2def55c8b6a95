"""A district's vote in a browser: its ledger, the count begun, the result declared by clerk and chair, the next vote arranged."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from congress import clock
from tests.browser.test_thread import look
from tests.counting import room
from tests.elections import rounds as votes
from tests.elections.campaigns import peopled
from tests.elections.papers import text_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def row(world):
    """The vote of a district that was held yesterday: 24 voters, 29 ballots."""
    held = clock.today() - timedelta(days=1)
    days = tuple(held - timedelta(days=before) for before in (16, 12, 8))
    with world.in_township():
        election = peopled(world, begun_on=held - timedelta(days=90), election_day=held)
        room.people(world)
        return votes.begun(world, election, days)


def press(page, words: str, **entered) -> None:
    """A step from its button to its end."""
    with page.expect_navigation():
        page.get_by_role("link", name=words, exact=True).first.click()
    for name, value in entered.items():
        page.locator(f"main [name={name}]").fill(value)
    submit(page)


def submit(page) -> None:
    """The page's form is sent, and what answers it is there."""
    with page.expect_navigation():
        page.locator("form[data-main-form] button[type=submit]").first.click()


def test_a_vote_goes_from_its_ledger_to_the_next_one(world, visit, row):
    here = reverse("elections-round", args=[world.township.code, row.pk])
    clerk, chair = visit("clerk"), visit("chair")
    clerk.goto(reverse("elections-rounds", args=[world.township.code, row.election_id]))
    look(clerk, "rounds")
    clerk.get_by_role("link", name=str(row.district)).click()
    clerk.wait_for_load_state()
    clerk.get_by_role("link", name="票账", exact=True).click()
    place = {"received": "29", "in_person": "18", "by_proxy": "2", "replaced": "1", "left_over": "8"}
    clerk.get_by_role("link", name="登记票账").first.click()
    clerk.locator("[name=place]").select_option(label="东山村投票站")
    for name, value in place.items():
        clerk.locator(f"[name={name}]").fill(value)
    look(clerk, "ledger-new")
    clerk.locator("form[data-main-form] button[type=submit]").first.click()
    expect(clerk.locator("main")).to_contain_text("受委托领票")
    clerk.goto(here)
    press(clerk, "登记剩余选票", filed="3", destroyed="5", witnesses="甲某、乙某")
    expect(clerk.locator("main")).to_contain_text("票账已登记")
    look(clerk, "round-balanced")
    press(clerk, "开始计票")
    expect(clerk.locator("h1")).to_contain_text("第一次投票")
    with world.in_township():
        votes.again(world, row, (15, 9, 6))
    clerk.goto(here)
    look(clerk, "round-counted")
    report = clerk.get_by_role("link", name="投票结果报告单").get_attribute("href")
    told = text_of(clerk.request.get(report).body())
    with world.in_township():
        fingerprint = votes.facts(row).result.fingerprint
    assert fingerprint[:16] in told.replace(" ", "")
    press(clerk, "提出宣布", paper="公告第9号")
    expect(clerk.locator("main")).to_contain_text("等待确认宣布")
    chair.goto(here)
    press(chair, "确认宣布")
    expect(chair.locator("main")).to_contain_text("丁一，15票")
    look(chair, "round-declared")
    press(clerk_at(clerk, here), "安排接续的投票")
    expect(clerk.locator("h1")).to_contain_text("另行选举")
    expect(clerk.locator("main section ol")).to_have_text(re.compile("于二.*王三", re.S))
    look(clerk, "round-next")


def clerk_at(page, url: str):
    """The clerk's tab on a page."""
    page.goto(url)
    return page
