"""A day's work in lists and forms: close rows, what stays in sight, the bar of phones, choosing by first letters."""

import pytest
from playwright.sync_api import expect

from congress.guard import scope
from congress.guard.action import action
from congress.models import Unit
from tests.browser.judge import check_page
from tests.cast import SET_UP, make_deputy
from tests.proposals import helpers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAMES = "常稷坤 方嵩峤 叶月娥 冯砚根 朱炜根 邬喆禾 江琬禾 赵稷山 郭沅枝 董稷柏".split()
DUTIES = "负责农村公路养护、桥梁维修、客运站点设置和村组道路硬化的日常管理工作，" * 3
ROWS = "rows => rows.map(row => row.getBoundingClientRect().height)"


@pytest.fixture
def busy(world):
    """A township with more to choose from than is quickly seen."""
    with scope.township(world.township), action(SET_UP, actor=None):
        for number in range(30):
            Unit.objects.create(township=world.township, name=f"站所{number:02}", level="township", duties=DUTIES)
        for name in NAMES:
            make_deputy(world.township, name, term=world.term)
    return world


def test_rows_stand_close_the_head_and_the_navigation_stay_in_sight(visit, busy):
    page = visit("clerk", viewport={"width": 1280, "height": 720})
    page.goto(f"/t/{busy.township.code}/units/")
    heights = page.eval_on_selector_all("tbody tr", ROWS)
    assert len(heights) > 30
    assert max(heights) <= 40
    assert page.locator("tbody tr").first.bounding_box()["y"] < 300
    page.mouse.wheel(0, 600)
    expect(page.locator("thead th").first).to_be_in_viewport()
    assert page.evaluate("document.querySelector('.sidebar-inner').scrollHeight") <= 660
    expect(page.locator(".sidebar [aria-current]")).to_be_in_viewport()
    check_page(page, widths=(320, 1280))
    page.set_viewport_size({"width": 390, "height": 844})
    assert max(page.eval_on_selector_all("tbody tr", ROWS)) <= 60
    page.click(".bar summary")
    expect(page.locator(".bar .menu-panel a[aria-current]")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 720})
    page.click("summary:has-text('列')")
    page.uncheck("input[value=duties]")
    page.check("input[value=roomy]")
    page.click(".columns-menu button:has-text('保存')")
    expect(page.locator("thead")).not_to_contain_text("主要职责")
    check_page(page, widths=(390, 1280))


def test_people_and_units_are_chosen_by_first_letters_and_the_words_are_near(visit, busy):
    page = visit("clerk", viewport={"width": 1280, "height": 900})
    page.goto(f"/t/{busy.township.code}/receptions/new/")
    page.focus("#main")
    stops = 0
    while page.evaluate("document.activeElement.name") != "words":
        page.keyboard.press("Tab")
        stops += 1
        assert stops < 12
    people = page.locator("fieldset:has(input[name=deputies]) [role=combobox]")
    for letters, name in (("cjk", "常稷坤"), ("zhaoj", "赵稷山"), ("月娥", "叶月娥")):
        people.fill(letters)
        expect(page.locator("[role=option]")).to_have_text([name])
        people.press("Enter")
    expect(page.locator("input[name=deputies]:checked")).to_have_count(3)
    assert page.url.endswith("/receptions/new/")  # choosing sends nothing
    people.fill("没有这人")
    expect(page.locator("#live")).to_contain_text("没有找到")
    people.fill("")
    page.click("text=列出全部")
    expect(page.get_by_label("方嵩峤")).to_be_visible()
    check_page(page, widths=(320, 1280))


def test_one_of_many_is_typed_taken_back_and_sent(visit, busy):
    with scope.township(busy.township):
        wanted = Unit.objects.get(name="站所07")
    page = visit("clerk")
    page.goto(f"/t/{busy.township.code}/members/new/")
    units = page.get_by_role("combobox", name="承办单位")
    units.fill("zs07")
    units.press("Enter")
    expect(units).to_have_value("站所07")
    assert page.input_value("select[name=unit]") == str(wanted.pk)
    units.fill("站所0")
    units.press("Escape")
    units.blur()
    expect(units).to_have_value("站所07")  # what was not chosen is not sent
    units.fill("")
    units.blur()
    assert page.input_value("select[name=unit]") == ""
    check_page(page, widths=(390,))


def test_the_key_of_the_search_over_all_and_its_page(visit, busy):
    with scope.township(busy.township):
        helpers.assigned(busy)
        helpers.a_matter(busy)
    page = visit("clerk", viewport={"width": 1280, "height": 720})
    page.goto(f"/t/{busy.township.code}/")
    page.keyboard.press("/")
    expect(page.locator(".topbar-search input")).to_be_focused()
    expect(page.locator(".topbar-find")).to_be_hidden()
    page.keyboard.type("13800138000")
    page.keyboard.press("Enter")
    assert "?q=" not in page.url, "the browser stops a telephone number before it is sent"
    page.fill(".topbar-search input", "灌溉")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator(".found mark").first).to_have_text("灌溉")
    check_page(page, widths=(320, 1280))
    page.click(".found-head a >> nth=0")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".topbar-search")).to_be_hidden()
    expect(page.locator(".topbar-find")).to_be_visible()
    page.click(".topbar-find")
    expect(page.locator("main input[type=search]")).to_be_visible()
    page.fill("main input[type=search]", "水利站")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
