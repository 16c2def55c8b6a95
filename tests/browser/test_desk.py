"""The desk of polling day on a telephone and a tablet: number, voter, ballot, two presses, said aloud; and without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from congress import clock
from congress.guard.action import action
from elections.actions import issue as acts
from elections.models import PollingPlace, Registration, Round
from tests.browser.test_thread import look
from tests.cast import SET_UP
from tests.elections.campaigns import peopled
from tests.elections.desks import entrusted, polling

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WIDTHS = (390, 800)  # a telephone, a tablet


@pytest.fixture
def register(world):
    """The register of a place where today is polling day; 丁一 votes for 于二 too."""
    with world.in_township():
        election = peopled(world)
        row = polling(world, election)
        entrusted(election, "于二", "丁一", 1)
        with action(SET_UP, actor=None):  # the vote is today
            Round.objects.filter(pk=row.pk).update(held_on=clock.today())
        return acts.open_register(world.clerk, election.campaign, PollingPlace.objects.get())


def number(world, name: str) -> str:
    with world.in_township():
        return str(Registration.objects.get(voter__name=name).card_no)


def resized(page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


def test_a_ballot_is_two_presses_and_said_aloud(world, visit, register):
    page = visit("clerk", viewport={"width": WIDTHS[0], "height": 900})
    here = reverse("elections-issue-register", args=[world.township.code, register.pk])
    page.goto(here)
    field, aloud = page.locator("#desk-q"), page.locator("#live")
    expect(field).to_be_focused()
    page.keyboard.type(number(world, "丁一"))
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="发票")
    expect(button).to_be_focused()
    for width in reversed(WIDTHS):
        resized(page, width)
        assert button.bounding_box()["height"] >= 64, width
    page.keyboard.press("Enter")
    expect(aloud).to_contain_text("已发票：")
    expect(aloud).to_contain_text("于二（由受托人领取）")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.type(number(world, "于二"))
    page.keyboard.press("Enter")
    expect(page.locator("#desk")).to_contain_text("已经领过")
    for name, query in (("empty", ""), ("voter", "?q=欧阳"), ("refused", f"?q={number(world, '于二')}")):
        page.goto(here + query)
        for width in WIDTHS:
            resized(page, width)
            look(page, f"desk-{name}-{width}")


def test_the_desk_works_without_javascript(world, visit, register):
    page = visit("clerk", java_script_enabled=False)
    page.goto(reverse("elections-issue-register", args=[world.township.code, register.pk]))
    page.locator("#desk-q").fill(number(world, "王三"))
    page.locator("#desk").get_by_role("button", name="查找").click()
    page.get_by_role("button", name="发票").click()
    expect(page.locator("#messages")).to_contain_text("已发票：")
