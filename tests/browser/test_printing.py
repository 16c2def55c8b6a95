"""A large paper in a browser: its link says how large it is, one button starts the job, its end leads to the file."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from congress.models import PrintedPaper
from tests.browser.judge import check_page
from tests.browser.test_thread import shot
from tests.elections.large import township

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOWN = (390, 1280)


def test_a_paper_of_many_pages_is_asked_for_watched_fetched_and_cleared(visit, world):
    with world.in_township():
        election = township(world, districts=6)
    page = visit("clerk")
    page.goto(reverse("elections-staff-list", args=[world.township.code, election.campaign_id]))
    assert "工作证号" in page.inner_text("main table thead")
    page.get_by_role("link", name="工作证", exact=True).click()
    assert "约14页" in page.inner_text("main")
    check_page(page, widths=SHOWN)
    shot(page, "printing-asked")
    page.get_by_role("button", name="开始排版").click()
    page.get_by_role("link", name="查看结果").click()
    assert "共14页" in page.inner_text("main")
    check_page(page, widths=SHOWN)
    shot(page, "printing-made")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="下载（PDF）").click()
    assert fetched.value.suggested_filename.endswith(".pdf")
    page.goto(reverse("elections-staff-cards", args=[world.township.code, election.campaign_id]))
    assert "可以下载的印件" in page.inner_text("main")
    check_page(page, widths=SHOWN)
    shot(page, "printing-again")
    page.get_by_role("link", name="选举工作证，").click()
    page.get_by_role("button", name="清除").click()
    assert "印件已经清除" in page.inner_text("main")
    check_page(page, widths=SHOWN)
    with world.in_township():
        assert PrintedPaper.objects.get().content is None


def test_after_the_draft_has_come_the_paper_can_still_be_issued(visit, world):
    with world.in_township():
        election = township(world, districts=2)
    page = visit("clerk")
    page.goto(reverse("elections-paper-districts", args=[world.township.code, election.pk]))
    issue = page.get_by_role("button", name="印发", exact=True)
    for _ in range(2):
        with page.expect_download() as fetched:
            page.get_by_role("button", name="先看草稿").click()
        assert "草稿" in fetched.value.suggested_filename
        expect(issue).to_be_enabled()
    check_page(page, widths=SHOWN)
    issue.click()
    expect(page.locator("#messages")).to_contain_text("已印发")


def test_whose_forms_are_printed_is_chosen_on_one_page(visit, world):
    with world.in_township():
        election = township(world, districts=4, voters_each=3)
    page = visit("clerk")
    page.goto(reverse("elections-registration-forms", args=[world.township.code, election.pk]))
    check_page(page, widths=SHOWN)
    shot(page, "printing-forms")
    page.get_by_role("button", name="印制").click()
    assert "请选一个选民小组，或者选一个选区" in page.inner_text("main")
    check_page(page, widths=SHOWN)
