"""The product's own first pages, in a browser, as the people who use them; and its error pages."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from congress.guard import scope
from congress.work import outbox
from script.certificates import own
from tests.browser.judge import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_login_page_holds_and_says_what_is_wrong(visit):
    page = visit(None)
    page.goto("/accounts/login/")
    check_page(page)
    page.click("main button[type=submit]")
    expect(page.locator(".error-summary")).to_be_focused()
    check_page(page)


def test_the_page_of_trust_holds_for_strangers(visit, settings, tmp_path):
    own(tmp_path / "tls", ["192.168.1.20"], datetime.datetime.now(datetime.UTC))
    settings.AUTHORITY = str(tmp_path / "tls/authority.crt")
    page = visit(None)
    page.goto("/trust/")
    expect(page.locator("main img")).to_have_js_property("naturalWidth", 222)
    check_page(page)


def test_home_holds_for_everybody(visit):
    for name in ("clerk", "deputy_user", "handler", "county_viewer"):
        page = visit(name, "/")
        assert page.locator("h1").count() == 1, name
        check_page(page)


def test_own_pages_hold(visit):
    page = visit("clerk")
    for address in ("/messages/", "/settings/", "/accounts/password/", "/nowhere/"):
        page.goto(address)
        assert page.locator("h1").count() == 1, address
        check_page(page)


TOWNSHIP_LISTS = ("deadlines", "deliveries", "units", "units/new", "categories", "about", "documents", "jobs", "trail")
TOWNSHIP_PAGES = ["", *(f"{name}/" for name in (*TOWNSHIP_LISTS, "members", "members/new"))]
ADMINISTRATION_PAGES = {
    "system": ["", "users/", "users/new/", "places/", "places/new/", "counties/new/", "holidays/"],
    "security": ["lockouts/"],
    "auditor": ["audit/", "audit/verify/"],
}


@pytest.mark.slow
def test_pages_of_the_township_hold(visit, world):
    page = visit("chair")
    refused = []
    for address in TOWNSHIP_PAGES:
        answer = page.goto(f"/t/{world.township.code}/{address}")
        refused += [f"{address} {answer.status}"] if answer.status != 200 else []
        check_page(page, widths=(320, 1280))
    assert refused == []


@pytest.mark.slow
def test_pages_of_the_administrators_hold(visit):
    for name, addresses in ADMINISTRATION_PAGES.items():
        page = visit(name)
        for address in addresses:
            assert page.goto(f"/administration/{address}").status == 200, address
            check_page(page, widths=(320, 1280))


def test_large_letters_are_kept_with_the_user(visit):
    page = visit("clerk")
    page.goto("/settings/")
    page.check("input[value=huge]")
    page.click("main button[type=submit]")
    page.goto("/messages/")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    check_page(page)


def test_logging_out_leaves_nothing_behind(visit):
    page = visit("clerk", "/")
    page.click("details.menu summary >> visible=true >> nth=0")
    page.click("button:has-text('退出登录')")
    page.wait_for_url("**/accounts/login/**")
    page.go_back()
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_a_stranger_may_choose_letters_and_contrast_before_logging_in(visit):
    page = visit(None)
    page.goto("/accounts/login/")
    page.click("summary:has-text('显示')")
    page.click("button:has-text('特大字')")
    page.click("summary:has-text('显示')")
    page.click("button:has-text('高对比度')")
    assert {"font-huge", "contrast-high"} <= set(page.get_attribute("html", "class").split())
    assert "/accounts/login/" in page.url
    check_page(page)


def test_the_size_chosen_from_the_menu_follows_the_user_to_another_browser(visit):
    page = visit("clerk", "/")
    page.click("details.menu summary >> visible=true >> nth=0")
    page.click("button:has-text('大字') >> nth=0")
    assert "font-large" in visit("clerk", "/").get_attribute("html", "class")


def test_the_bell_counts_by_itself(visit, world):
    page = visit("clerk", "/")
    page.clock.install()
    page.reload()
    assert page.inner_text("#unread").strip() == ""
    with scope.township(world.township):
        outbox.send(
            world.township, [outbox.Note(recipient=world.clerk, key="k", kind="test", title="新消息", body="", url="")]
        )
    page.clock.run_for(61_000)
    expect(page.locator("#unread")).to_contain_text("1")
