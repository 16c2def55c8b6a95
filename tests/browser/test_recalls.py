"""A recall in a browser: the signatures with one of another district, the defence, and the settled vote with what falls with it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from congress import clock
from tests.browser.test_rounds import press
from tests.browser.test_thread import look
from tests.elections import recalls as told
from tests.elections.campaigns import campaign, voters
from tests.elections.papers import text_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def row(world):
    """A demand that nobody signed yet."""
    with world.in_township():
        today = clock.today()
        election = campaign(world, begun_on=today, election_day=today)
        found = told.demanded(world, told.seat(world, election))
        voters(election, "东某", district=2)
        return found


def test_a_recall_goes_from_the_signatures_to_what_the_voters_are_given(world, visit, row):
    clerk = visit("clerk")
    clerk.goto(reverse("elections-recalls", args=[world.township.code]))
    look(clerk, "recalls")
    clerk.get_by_role("link", name=world.deputies[0].name).first.click()
    clerk.wait_for_load_state()
    press(clerk, "登记签名", lines="\n".join([*told.NAMES[:29], "东某"]))
    expect(clerk.locator("main")).to_contain_text("是第2选区（西山村）的选民")
    press(clerk, "登记签名", lines=told.NAMES[29])
    look(clerk, "recall-signed")
    press(clerk, "呈报县级人大常委会")
    expect(clerk.locator("main")).to_contain_text("已呈报")
    given = clerk.get_by_role("link", name="印发选民的通知").get_attribute("href")
    assert "没有提出书面申辩意见" in text_of(clerk.request.get(given).body())
