"""A report of another kind in a browser: begun under its tab, handed in, signed, issued; its paper opens, the list tells of it."""

import pytest
from playwright.sync_api import expect

from reports.models import AnnualReport
from tests.browser.test_thread import Town, look, send
from tests.reports.year import fill_year

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_half_years_report_from_its_tab_to_its_paper(visit, world):
    fill_year(world)
    town = Town(visit, world)
    page = town.go("clerk", "reports/new/")
    page.get_by_role("link", name="半年工作小结", exact=True).click()
    page.fill("[name=year]", "2022")
    send(page, "已按记录拟出章节和数据")
    kept = town.only(AnnualReport)
    page = town.go("clerk", f"reports/{kept.pk}/")
    expect(page.locator(".sheet")).to_contain_text("2022年上半年工作小结")
    look(page, "kinds-1-half-year")
    send(town.go("clerk", f"reports/{kept.pk}/submit/"), "已送签")
    send(town.go("chair", f"reports/{kept.pk}/sign/"), "已签发")
    send(town.go("clerk", f"reports/{kept.pk}/issue/"))
    expect(page.locator("main .alert", has_text="已印发")).to_be_visible(timeout=60_000)
    paper = page.request.get(page.get_by_role("link", name="下载原件").get_attribute("href"))
    assert paper.body().startswith(b"%PDF-")
    page = town.go("clerk", "reports/?kind=half")
    expect(page.locator("#rows")).to_contain_text("2022年上半年工作小结")
    expect(page.locator("#rows")).to_contain_text("已印发")
    look(page, "kinds-2-list")
