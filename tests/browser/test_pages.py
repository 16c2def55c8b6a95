"""The product's own first pages, in a browser, as the people who use them; and its error pages."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.judge import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_login_page_holds_and_says_what_is_wrong(visit):
    page = visit(None)
    page.goto("/accounts/login/")
    check_page(page)
    page.click("main button[type=submit]")
    expect(page.locator(".error-summary")).to_be_focused()
    check_page(page)


@pytest.mark.parametrize("name", ["clerk", "deputy_user", "handler", "county_viewer"])
def test_home_holds_for_everybody(visit, name):
    page = visit(name)
    assert page.locator("h1").count() == 1
    check_page(page)


@pytest.mark.parametrize("address", ["/messages/", "/settings/", "/accounts/password/", "/nowhere/"])
def test_own_pages_hold(visit, address):
    page = visit("clerk")
    page.goto(address)
    check_page(page)


def test_large_letters_are_kept_with_the_user(visit):
    page = visit("clerk")
    page.goto("/settings/")
    page.check("input[value=huge]")
    page.click("main button[type=submit]")
    page.goto("/messages/")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    check_page(page)


def test_logging_out_leaves_nothing_behind(visit):
    page = visit("clerk")
    page.click("details.menu summary >> nth=0")
    page.click("button:has-text('退出登录')")
    page.wait_for_url("**/accounts/login/**")
    page.go_back()
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_every_page_stays_on_this_machine(visit):
    page = visit("clerk")
    seen = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto("/messages/")
    assert seen
    assert [url for url in seen if not url.startswith(("http://127.0.0.1", "http://localhost", "data:"))] == []
