"""A county's Monday: the first page, two townships over five years, an overdue reply followed to its paper, a question asked and
answered, the big screen with and without its server."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from congress.guard import scope
from congress.guard.action import action
from reports.tasks import take_all_figures
from tests.browser.judge import check_page
from tests.browser.test_thread import shot
from tests.reports.year import FILL, add_suggestion, fill_year

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

CODE = "990101000000"
DESK = {"viewport": {"width": 1280, "height": 900}}
AGAIN = "() => { htmx.ajax('GET', location.pathname, {target: '#screen', source: '#screen'}).catch(() => {}); }"


@pytest.fixture
def monday(world):
    """A year of the township, a reply that is overdue, and what was told of five years in the night."""
    year = fill_year(world)
    with scope.township(world.township), action(FILL, actor=None):
        add_suggestion(year, "2022-8", date(2022, 8, 1), assigned=date(2022, 8, 10))
    take_all_figures()


def first_page(page: Page) -> None:
    page.goto(f"/c/{CODE}/")
    expect(page.locator(".red-list").first).to_contain_text("代表建议逾期未答复1件")
    expect(page.locator(".chart[data-drawable] canvas").first).to_be_visible()
    check_page(page, (390, 1280))
    check_page(page, (1920,))
    page.set_viewport_size(DESK["viewport"])
    shot(page, "cockpit-1-home")


def two_townships(page: Page) -> None:
    page.get_by_role("link", name="各年", exact=True).first.click()
    page.select_option("#figure", "receptions.people")
    for name in ("云溪镇", "石桥乡"):
        page.get_by_label(name).check()
    page.get_by_role("button", name="查看").click()
    expect(page.locator("figure[data-drawable] canvas")).to_be_visible()
    expect(page.locator("main table").last).to_contain_text("47")
    check_page(page, (390, 1280))
    shot(page, "cockpit-2-years")


def ask_about_the_overdue(page: Page) -> None:
    page.goto(f"/c/{CODE}/")
    page.get_by_role("link", name="代表建议逾期未答复1件").click()
    page.get_by_role("link", name="关于维修水渠的建议").click()
    expect(page.get_by_role("link", name="回到")).to_be_visible()
    page.get_by_role("link", name="就本页询问乡镇").click()
    expect(page.locator("[name=township]")).to_have_value("990101101000")
    page.fill("[name=about]", "2022-8逾期")
    page.fill("[name=text]", "为什么三年没有答复？")
    page.locator("form[data-main-form] button[type=submit]").click()
    expect(page.locator("main .alert", has_text="已发出询问")).to_be_visible()


def answer(page: Page) -> None:
    page.goto("/t/990101101000/")
    page.get_by_role("link", name="上级询问待答复").click()
    page.get_by_role("link", name="2022-8逾期").click()
    page.get_by_role("link", name="答复", exact=True).click()
    page.fill("[name=text]", "单位撤并，已重新交办。")
    page.locator("form[data-main-form] button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("单位撤并，已重新交办。")
    check_page(page, (390,))


def big_screen(page: Page) -> None:
    page.goto(f"/c/{CODE}/screen/")
    for width, height in ((3840, 2160), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        expect(page.locator(".chart[data-drawable] canvas").first).to_be_visible()
        shot(page, f"cockpit-3-screen-{width}")
    check_page(page, (1920,))
    stale = page.locator("#stale")
    page.route("**/screen/", lambda route: route.abort())
    page.evaluate(AGAIN)
    expect(stale).to_contain_text("与服务器失去联系，显示的是")
    expect(page.locator("#screen")).to_contain_text("需要关注的乡镇")
    page.unroute("**/screen/")
    page.evaluate(AGAIN)
    expect(stale).to_be_hidden()
    expect(page.locator(".chart[data-drawable] canvas").first).to_be_visible()
    page.complaints.clear()  # of the server that was gone


def test_a_countys_monday(monday, visit):
    page = visit("county_viewer", **DESK)
    first_page(page)
    two_townships(page)
    ask_about_the_overdue(page)
    answer(visit("clerk", **DESK))
    page.goto(f"/c/{CODE}/questions/")
    expect(page.locator("#rows")).to_contain_text("单位撤并，已重新交办。")
    big_screen(page)
    page.goto(f"/c/{CODE}/tiles/")
    check_page(page, (390,))
    shot(page, "cockpit-4-tiles")


def test_the_first_page_without_scripts_is_its_tables(monday, visit):
    page = visit("county_viewer", java_script_enabled=False, **DESK)
    page.goto(f"/c/{CODE}/")
    expect(page.locator(".chart-table table").first).to_be_visible()
    expect(page.locator(".red-list").first).to_contain_text("云溪镇")
