"""What somebody wrote at a station with bad signal is not lost before the server has it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
WORDS = "三组灌溉渠塌了一段，春灌浇不上水。"
NEW = "receptions/new/"


@pytest.fixture
def page(visit, world) -> Page:
    """The deputy's form with words in it; leaving it is confirmed."""
    page = visit("deputy_user", **PHONE)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/t/{world.township.code}/{NEW}")
    page.fill("[name=words]", WORDS)
    page.select_option("[name=category]", label="水利设施")
    page.fill("[name=people]", "12")
    page.select_option("[name=channel]", "suggestion")
    return page


def send(page: Page) -> None:
    page.locator("form[data-draft] button[type=submit]").first.click()


def kept(page: Page) -> str:
    return page.evaluate("JSON.stringify(sessionStorage)")


def test_without_network_nothing_is_sent_and_nothing_is_lost(page):
    page.context.set_offline(True)
    send(page)
    expect(page.locator("[data-draft-note]")).to_contain_text("没有网络")
    expect(page.locator("[name=words]")).to_have_value(WORDS)
    page.context.set_offline(False)
    send(page)
    expect(page.locator("[data-saved]")).to_have_count(1)
    assert "draft:" not in kept(page)


def test_what_the_server_never_confirmed_is_there_again(page, world):
    lose = lambda route: route.abort() if route.request.method == "POST" else route.continue_()  # noqa: E731
    page.route(f"**/{NEW}", lose)
    key = page.locator("[name=key]").input_value()
    with page.expect_event("requestfailed"):
        send(page)
    page.unroute(f"**/{NEW}", lose)
    page.goto(f"/t/{world.township.code}/")
    page.goto(f"/t/{world.township.code}/{NEW}")
    expect(page.locator("[name=words]")).to_have_value(WORDS)
    expect(page.locator("[data-draft-note]")).to_contain_text("没有送到")
    assert page.locator("[name=key]").input_value() == key, "sent again it is still the same reception"


def test_after_the_session_has_ended_the_words_are_back_behind_the_log_in(page, world):
    page.context.clear_cookies(name=re.compile("sid"))
    send(page)
    page.fill("input[name=login]", world.deputy_user.username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page).to_have_url(re.compile(NEW))
    expect(page.locator("[name=words]")).to_have_value(WORDS)
    send(page)
    expect(page.locator("[data-saved]")).to_have_count(1)


def test_a_draft_is_its_writers_alone_and_gone_after_logging_out(page):
    page.evaluate("document.body.dataset.user = 'another'")
    page.fill("[name=words]", "别人的话")
    page.evaluate("document.querySelector('[name=words]').value = ''")
    page.reload()
    expect(page.locator("[name=words]")).to_have_value(WORDS)
    assert "别人的话" not in kept(page)
    page.goto("/accounts/logout/")
    page.click("form[data-clear-drafts] button[type=submit]")
    page.wait_for_url("**/accounts/login/**")
    assert "draft:" not in kept(page)
