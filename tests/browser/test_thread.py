"""The whole thread in a browser, from a voter's words at the station to the county's overview, as five people live it."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from congress import clock
from congress.models import Document, Message
from congress.work import deadlines
from proposals.models import Matter, Reception, Suggestion
from reports.models import AnnualReport, SectionDraft
from tests.browser.judge import check_page
from tests.browser.kept import until_kept

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 900}}
WORDS = "三组灌溉渠塌了一段，春灌浇不上水。"
TITLE = "关于维修云溪村三组灌溉渠的建议"
SHOTS = Path(settings.VAR_DIR) / "screenshots"


def shot(page: Page, name: str) -> None:
    """A picture for people, when they ask for one (CONGRESS_SCREENSHOTS=1); var/ is not committed."""
    if os.environ.get("CONGRESS_SCREENSHOTS"):
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def look(page: Page, name: str) -> None:
    """The page is accessible and without complaint at its own width, and scrolls sideways nowhere down to 320 pixels."""
    own = page.viewport_size
    check_page(page, (own["width"],))
    page.set_viewport_size({"width": 320, "height": own["height"]})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size(own)
    shot(page, name)


def send(page: Page, says: str = "") -> None:
    """Send the main form of the page, and read the message that it worked."""
    page.locator("form[data-main-form] button[type=submit]").first.click()
    if says:
        expect(page.locator("main .alert", has_text=says).first).to_be_visible()


def follow(page: Page, words: str) -> None:
    """Take the button of the page's head."""
    page.locator(".page-head .actions").get_by_role("link", name=words, exact=True).click()


class Town:
    """The people at their own devices: the deputy's is a phone."""

    def __init__(self, visit, world, **options):
        self.visit, self.world, self.options, self.tabs = visit, world, options, {}

    def at(self, name: str) -> Page:
        """The tab of somebody, opened and logged in when first asked for."""
        if name not in self.tabs:
            device = PHONE if name == "deputy_user" else DESK
            self.tabs[name] = self.visit(name, **device, **self.options)
        return self.tabs[name]

    def go(self, name: str, path: str) -> Page:
        """Somebody opens a page of the township."""
        page = self.at(name)
        page.goto(f"/t/{self.world.township.code}/{path}")
        return page

    def suggestion(self, name: str) -> Page:
        """Somebody opens the suggestion from the ledger."""
        page = self.go(name, "suggestions/")
        page.get_by_role("link", name=TITLE).first.click()
        page.wait_for_url("**/suggestions/*-*/")
        return page

    def only(self, model):
        """The only row of a model in the township."""
        with self.world.in_township():
            return model.objects.get()


@pytest.fixture
def town(visit, world):
    return Town(visit, world)


def log_reception(town: Town) -> None:
    """The deputy, on a phone: eight fields, then straight on to the suggestion."""
    page = town.go("deputy_user", "receptions/new/")
    look(page, "01-reception-form")
    page.fill("[name=words]", WORDS)
    page.select_option("[name=category]", label="水利设施")
    page.fill("[name=people]", "12")
    page.select_option("[name=channel]", "suggestion")
    send(page, "请接着填写建议")
    assert (town.only(Reception).people, town.only(Matter).words) == (12, WORDS)


def turn_into_suggestion(town: Town) -> None:
    page = town.at("deputy_user")
    expect(page.locator("[name=situation]")).to_have_value(re.compile(WORDS))
    page.fill("[name=title]", TITLE)
    page.fill("[name=proposal]", "请水利站在春灌前修复。")
    look(page, "02-suggestion-form")
    send(page, "等待登记")
    expect(page.locator("h1")).to_have_text(TITLE)
    look(page, "03-suggestion-on-the-phone")
    assert town.only(Suggestion).matter_id == town.only(Matter).pk


def register_and_assign(town: Town) -> None:
    page = town.go("clerk", "")
    look(page, "04-home-of-the-clerk")
    page = town.go("clerk", "suggestions/")
    look(page, "05-ledger")
    page = town.suggestion("clerk")
    follow(page, "登记编号")
    send(page, "已登记并编号")
    page = town.suggestion("chair")
    follow(page, "交办")
    page.select_option("[name=lead]", label="水利站")
    look(page, "06-assign")
    send(page, "已交办")


def handle(town: Town, number: int) -> None:
    """The unit signs, talks and replies: one round."""
    page = town.suggestion("handler")
    follow(page, "签收")
    send(page, "已签收")
    follow(page, "记录面商")
    page.select_option("[name=way]", "visit")
    page.fill("[name=summary]", "到三组现场看过，与代表商定修复办法。")
    send(page, "已记录面商")
    follow(page, "书面答复")
    page.check("[name=grade][value=A]")
    page.fill("[name=text]", f"第{number}次答复：塌方渠段已经修复通水。")
    look(page, f"07-reply-{number}")
    send(page, "已")
    expect(page.locator("main")).to_contain_text(f"第{number}次答复")


def rate(town: Town, mark: str, reason: str = "") -> None:
    page = town.suggestion("deputy_user")
    follow(page, "评价办理")
    page.check("[name=attitude][value=good]")
    page.check(f"[name=result][value={mark}]")
    if mark == "bad":
        send(page)
        expect(page.locator(".error-summary")).to_contain_text("理由")
        page.fill("[name=reason]", reason)
    look(page, f"08-rate-{mark}")
    send(page, "评价")


def reopen(town: Town) -> None:
    page = town.suggestion("chair")
    expect(page.locator("main")).to_contain_text("不满意待重办")
    follow(page, "重新交办")
    send(page, "已重新交办")


def remind(town: Town) -> None:
    """Before the day and after it: one message each, in the unit's in-box."""
    with town.world.in_township():
        [line] = [line for line in deadlines.board(clock.today()) if line.deadline.key == "suggestion.reply"]
    for days_left in (7, 7, -1):
        deadlines.sweep(town.world.township, line.due_on - timedelta(days=days_left))
    page = town.at("handler")
    page.goto("/messages/")
    expect(page.locator(".todo")).to_contain_text("建议答复还有7天")
    expect(page.locator(".todo")).to_contain_text("建议答复已逾期1天")
    with town.world.in_township():
        assert Message.objects.filter(recipient=town.world.handler, kind="suggestion.reply").count() == 2
    look(page, "09-reminders")
    page.locator(".todo-main").get_by_text("建议答复还有7天").first.click()
    expect(page.locator("h1")).to_have_text(TITLE)


def report(town: Town) -> None:
    """The clerk begins the year's report, looks behind a figure, edits a section and hands it in; the chair signs it; it is issued."""
    page = town.go("clerk", "reports/new/")
    page.fill("[name=year]", str(clock.today().year))
    page.fill("[name=cut_off]", clock.today().isoformat())
    send(page, "已按记录拟出章节和数据")
    look(page, "10-report-editor")
    kept = town.only(AnnualReport)
    page = town.go("clerk", f"reports/{kept.pk}/figures/receptions.people/")
    expect(page.locator("main")).to_contain_text("12")
    look(page, "11-figure-with-its-records")
    edit_a_section(town, kept)
    page = town.go("clerk", f"reports/{kept.pk}/")
    expect(page.locator(".sheet")).to_contain_text("加写的一句。")
    look(page, "12-report")
    page = town.go("clerk", f"reports/{kept.pk}/submit/")
    send(page, "已送签")
    page = town.go("chair", f"reports/{kept.pk}/sign/")
    look(page, "13-sign")
    send(page, "已签发")
    page = town.go("clerk", f"reports/{kept.pk}/versions/")
    expect(page.locator("main ins").first).to_contain_text("加写的一句")
    page = town.go("clerk", f"reports/{kept.pk}/issue/")
    look(page, "14-issue")
    page.locator("main form[method=post] button[type=submit]").first.click()
    expect(page.locator("main .alert", has_text="已印发").first).to_be_visible(timeout=60_000)
    with town.world.in_township():
        document = Document.objects.select_related("file").get()
        assert bytes(document.file.content[:5]) == b"%PDF-"
        assert AnnualReport.objects.get().document_id == document.pk


def edit_a_section(town: Town, kept: AnnualReport) -> None:
    page = town.go("clerk", f"reports/{kept.pk}/edit/")
    area = page.locator("section.section-editor textarea").last
    area.fill(area.input_value() + "加写的一句。")
    area.press("Control+s")
    expect(page.locator(".save-state", has_text="已自动保存").first).to_be_visible()


def oversee(town: Town) -> None:
    """The county sees the figures, opens the township, and finds no button."""
    page = town.at("county_viewer")
    page.goto(f"/c/{town.world.county.code}/overview/")
    expect(page.locator("main")).to_contain_text("云溪镇")
    expect(page.locator("main")).to_contain_text("12")
    look(page, "15-county")
    page = town.suggestion("county_viewer")
    expect(page.locator(".page-head .actions a")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("第2次答复")


def test_from_a_voters_words_to_the_countys_overview(town):
    log_reception(town)
    turn_into_suggestion(town)
    register_and_assign(town)
    remind(town)
    handle(town, 1)
    rate(town, "bad", "只修了一半，仍有十米塌方。")
    reopen(town)
    handle(town, 2)
    rate(town, "good")
    page = town.suggestion("deputy_user")
    expect(page.locator("main")).to_contain_text("只修了一半")
    expect(page.locator(".page-lead")).to_contain_text("已办结")
    look(page, "16-thread-on-the-phone")
    report(town)
    oversee(town)


def test_the_thread_without_scripts(visit, world):
    town = Town(visit, world, java_script_enabled=False)
    page = town.go("deputy_user", "receptions/new/")
    page.fill("[name=words]", WORDS)
    page.select_option("[name=category]", label="水利设施")
    page.fill("[name=people]", "12")
    page.select_option("[name=channel]", "suggestion")
    send(page, "请接着填写建议")
    page.fill("[name=title]", TITLE)
    page.fill("[name=proposal]", "请水利站在春灌前修复。")
    send(page, "等待登记")
    register_and_assign_without_looking(town)
    page = town.suggestion("handler")
    follow(page, "签收")
    send(page, "已签收")
    follow(page, "记录面商")
    page.fill("[name=summary]", "到三组现场看过。")
    send(page, "已记录面商")
    follow(page, "书面答复")
    page.check("[name=grade][value=A]")
    page.fill("[name=text]", "已经修复通水。")
    send(page, "已")
    expect(page.locator("main")).to_contain_text("已经修复通水。")
    assert [line for name in town.tabs for line in town.tabs[name].complaints] == []


def register_and_assign_without_looking(town: Town) -> None:
    page = town.suggestion("clerk")
    follow(page, "登记编号")
    send(page, "已登记并编号")
    page = town.suggestion("chair")
    follow(page, "交办")
    page.select_option("[name=lead]", label="水利站")
    send(page, "已交办")


def test_of_two_editors_neither_loses_a_word(town):
    page = town.go("clerk", "reports/new/")
    page.fill("[name=year]", str(clock.today().year))
    page.fill("[name=cut_off]", clock.today().isoformat())
    send(page, "已按记录拟出章节和数据")
    kept = town.only(AnnualReport)
    tabs = [town.go(name, f"reports/{kept.pk}/edit/") for name in ("clerk", "chair")]
    texts = ("办事员写的一段话。", "主席写的一段话。")
    for tab, text in zip(tabs, texts, strict=True):
        area = tab.locator("section.section-editor textarea").last
        area.fill(text)
        area.press("Control+s")
        expect(tab.locator(".save-state", has_text=re.compile("已自动保存|尚未保存")).first).to_be_visible()
    draft = town.only(SectionDraft)
    page = town.go("chair", f"reports/drafts/{draft.pk}/")
    for text in texts:
        expect(page.locator("main")).to_contain_text(text)
    look(page, "17-two-texts")
    page.fill("[name=text]", "".join(texts))
    page.locator("button[type=submit]", has_text=re.compile("合并")).first.click()
    page = town.go("clerk", f"reports/{kept.pk}/edit/")
    expect(page.locator("section.section-editor textarea").last).to_have_value("".join(texts))


def test_a_draft_on_the_phone_outlives_a_reload_but_names_do_not(town):
    page = town.go("deputy_user", "receptions/new/")
    page.fill("[name=words]", WORDS)
    page.fill("[name=people]", "9")
    page.locator("summary", has_text="更多").first.click()
    page.fill("[name=visitor_name]", "来访人")
    page.on("dialog", lambda dialog: dialog.accept())
    until_kept(page, WORDS)
    page.reload()
    expect(page.locator("[name=words]")).to_have_value(WORDS)
    expect(page.locator("[name=people]")).to_have_value("9")
    expect(page.locator("[name=visitor_name]")).to_have_value("")
    expect(page.locator(".draft-note")).to_contain_text("已恢复")
