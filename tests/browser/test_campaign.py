"""A campaign in a browser as a clerk lives it: from the committee's appointment to the list after one appeal won and one lost.

The size is a parameter: CAMPAIGN=24x20000 walks a whole township, CAMPAIGN_REHEARSAL=1 does the same as a rehearsal; seconds
and clicks are told with -s.
"""

import os
import re
import time
from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from congress import clock
from congress.guard.action import action
from congress.models import Township
from elections.models import Registration, Voter
from tests.browser.judge import check_page
from tests.browser.test_first_day import Hands
from tests.browser.test_thread import shot
from tests.cast import SET_UP
from tests.elections.papers import text_of
from tests.spreadsheets.books import id_number, workbook

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

DISTRICTS, VOTERS = map(int, os.environ.get("CAMPAIGN", "2x30").split("x"))
REHEARSAL = bool(os.environ.get("CAMPAIGN_REHEARSAL"))
GROUPS = 10 if DISTRICTS > 2 else 1
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = "选区 选民小组 户号 姓名 性别 出生日期 身份证号 备注".split()
GIVEN = "伟芳秀英敏静丽强磊军洋勇艳杰涛明超兰霞平刚桂文华"
NAME = "换届选举"
PATIENCE = 10 * 60_000 if DISTRICTS > 2 else 20_000  # milliseconds a page or a job may take
# What the way may cost at most in a township of any size but for one file a village.
CLICKS, FIELDS = 70, 36


def person(serial: int) -> tuple[str, date, str]:
    """An invented voter: name, birthday, identity number."""
    born = date(1950, 1, 1) + timedelta(days=serial % 18_000)
    name = "赵钱孙李周吴郑王"[serial % 8] + GIVEN[serial // 8 % 24] + GIVEN[serial // 192 % 24]
    return name, born, id_number(serial // 18_000 * 2 + 1 + serial % 2, f"{born:%Y%m%d}")


def village(district: int) -> bytes:
    """The roll one village sends: a title, its voters, one too young, one dead, a total."""
    each = VOTERS // DISTRICTS
    rows = [[f"第{district}村选民登记册"], HEAD]
    for at in range(each):
        name, born, number = person((district - 1) * each + at)
        group = str(at * GROUPS // each + 1)
        rows.append([str(district), group, str(at // 4 + 1), name, None, born.isoformat(), number, None])
    if district == 1:
        rows.append(["1", "1", "99", "钱小满", "女", f"{clock.today().year - 10}-03-04", None, None])
        rows.append(["1", "1", "99", "钱老大", "男", "1931-03-04", None, "去年病故"])
    return workbook([*rows, ["合计", None, None, f"{len(rows) - 2}人"]])


class Clerk(Hands):
    """The clerk, who finds every page from the page of the campaign."""

    def __init__(self, page, counted):
        super().__init__(page, counted)
        self.began, self.told = time.monotonic(), []

    def campaign(self, *then: str) -> None:
        """From the menu to the campaign, and on by these links."""
        self.campaigns()
        for words in (NAME, *then):
            self.click(words)

    def campaigns(self) -> None:
        """The menu's entry, whose group is folded on pages of other groups."""
        group = self.page.locator(".sidebar details").filter(has=self.page.get_by_text("选举工作", exact=True))
        if group.get_attribute("open") is None:
            group.locator("summary").click()
            self.counted["clicks"] += 1
        self.click("选举工作", within=".sidebar")

    def done(self, what: str) -> None:
        """Note the time a part took."""
        self.told.append(f"{what} {time.monotonic() - self.began:.0f}s")

    def take(self, words: str) -> None:
        """Take a table that was looked at; where it is large, when its job is over."""
        self.result()
        self.click(words, "button")
        self.result()
        expect(self.page.locator("main")).to_contain_text("已导入")

    def result(self) -> None:
        """Wait for a job, and look at what it made."""
        if "/jobs/" in self.page.url:
            self.page.get_by_role("link", name="查看结果").click()

    def issue(self, paper: str, **said) -> str:
        """Issue a paper; its words."""
        self.click(paper)
        self.fill(**said)
        self.page.locator("form[data-main-form] button[type=submit]").first.click()
        self.counted["clicks"] += 1
        self.result()
        file = self.page.get_by_role("link", name="下载原件").get_attribute("href")
        text = text_of(self.page.request.get(file).body())
        assert ("演练" in text) is REHEARSAL
        return text


def begin(clerk: Clerk) -> None:
    """The campaign, its committee with two members from one form, and the seats."""
    today = clock.today()
    day, before = (today + timedelta(days=25)).isoformat(), (today - timedelta(days=30)).isoformat()
    clerk.campaigns()
    clerk.click("开始一次选举工作")
    clerk.fill(
        name=NAME, begun_on=before, election_day=day, day_decided_on=before, day_paper="第1号", township_number="18"
    )
    clerk.fill(last_day="2021-10-20")
    clerk.send("已保存")
    clerk.click("登记选举委员会")
    clerk.fill(appointed_on=before, paper="清人常〔2026〕5号")
    clerk.send("已保存")
    clerk.click("登记选举委员会成员")
    clerk.fill(name="冯甲", post="主任")
    clerk.click("保存，再登记一个", "button")
    clerk.fill(name="陈乙", post="副主任")
    clerk.send("已保存")
    clerk.campaign("登记代表名额")
    clerk.fill(seats=str(2 * DISTRICTS), paper="清人常〔2026〕6号", on=before)
    clerk.send("已登记")
    clerk.done("选举委员会和名额")


def draw(clerk: Clerk) -> None:
    """Districts and voters' groups, each as one table; what the gates miss."""
    clerk.campaign("选区和名额", "导入选区")
    rows = [f"{n}\t第{n}村\t2\t{max(1, VOTERS // DISTRICTS + n)}" for n in range(1, DISTRICTS + 1)]
    clerk.fill(text="\n".join(["选区号\t选区名称\t应选名额\t人口数", *rows]))
    clerk.send("已上传，请核对")
    clerk.take(f"全部导入 {DISTRICTS} 个")
    clerk.campaign("选民小组", "导入选民小组")
    rows = [f"{n}\t{m}\t{n}村{m}组\t钱{GIVEN[m]}" for n in range(1, DISTRICTS + 1) for m in range(1, GROUPS + 1)]
    clerk.fill(text="\n".join(["选区\t小组号\t小组名称\t组长", *rows]))
    clerk.send("已上传，请核对")
    clerk.take(f"全部导入 {DISTRICTS * GROUPS} 个")
    clerk.campaign("四个关口")
    clerk.click("选民已登记")
    clerk.done("选区和小组")


def enter(clerk: Clerk) -> None:
    """The roll, a village a file: from the second on nothing is asked but the file."""
    clerk.click("导入选民册")
    clerk.fill(source="村（居）民委员会、村民小组的户口名册")
    each = VOTERS // DISTRICTS
    for district in range(1, DISTRICTS + 1):
        clerk.fill(file={"name": f"第{district}村.xlsx", "mimeType": XLSX, "buffer": village(district)})
        clerk.send("已上传，请核对")
        clerk.take(f"只导入无误的 {each} 人" if district == 1 else f"全部导入 {each} 人")
        if district < DISTRICTS:
            clerk.click("继续导入")
    clerk.done("选民册")


def publish(clerk: Clerk, chair) -> None:
    """The freeze, for which the chair comes from the home page, posters, the publication."""
    clerk.campaign("选民名单定稿")
    clerk.send("已提出定稿，请另一人确认")
    chair.goto("/")
    expect(chair.locator("main")).to_contain_text("选民名单定稿等待您确认")
    chair.goto(clerk.page.url)
    chair.get_by_role("link", name="确认定稿").click()
    shot(chair, "30-campaign-freeze")
    chair.locator("form[data-main-form] button[type=submit]").first.click()
    expect(chair.locator("main")).to_contain_text("已定稿，待公布")
    clerk.page.reload()
    clerk.click("公告和文书")
    posters = clerk.issue("选民名单公告", appeal_place="镇政府一楼，0571-00000000")
    assert person(0)[0] in posters
    assert "钱老大" not in posters
    clerk.campaign("选民名单", "登记公布")
    clerk.fill(places="各村公告栏", appeal_place="镇政府一楼，0571-00000000")
    clerk.send("已登记名单的公布")
    clerk.done("公布")


def appeal(clerk: Clerk, serial: int, *, kind: str, upheld: bool, **said) -> None:
    """An appeal against the entry of a voter, decided; what was won is told by letter."""
    clerk.campaign("选民名单", "登记申诉")
    clerk.fill(kind=kind, appellant="沈试", subject=person(serial)[0], words="请核对。")
    with clerk.page.expect_navigation():
        clerk.page.locator("form[data-main-form] button[type=submit]").first.click()
    clerk.counted["clicks"] += 1
    if clerk.page.url.endswith("/new/"):  # others bear the name
        clerk.page.locator("main [name=registration]").select_option(index=1)
        clerk.send("已登记申诉")
    clerk.click("作出决定")
    clerk.page.locator(f"main [name=upheld][value={upheld}]").check()
    clerk.fill(decision="经核对证件作出决定。", **said)
    clerk.send("已登记处理决定")
    if upheld:
        assert "申诉成立" in clerk.issue("印发处理决定书")


def settle(clerk: Clerk) -> None:
    """One appeal won, one lost; the supplement; the list made again."""
    appeal(clerk, 1, kind="不应列入而列入", upheld=True, ground="迁出", paper="派出所证明")
    appeal(clerk, 2, kind="姓名或者性别写错", upheld=False)
    clerk.campaign("选民名单", "公布补正")
    clerk.send("名单的总数与增减相符")
    total = VOTERS // DISTRICTS * DISTRICTS
    expect(clerk.page.locator("main")).to_contain_text(f"{total - 1} 人（第1次补正）")
    clerk.click("重新生成并核对")
    expect(clerk.page.locator("main")).not_to_contain_text("不一致。\n重新")
    clerk.done("申诉和补正")


def test_a_campaign_comes_from_the_appointment_to_the_list_after_an_appeal(world, visit):
    with action(SET_UP, actor=None):
        Township.objects.filter(pk=world.township.pk).update(rehearsal=REHEARSAL)
    clerk = Clerk(visit("clerk", "/", viewport={"width": 1280, "height": 900}), {"clicks": 0, "fields": 0})
    clerk.page.set_default_timeout(PATIENCE)
    begin(clerk)
    draw(clerk)
    enter(clerk)
    chair = visit("chair", viewport={"width": 1280, "height": 900})
    chair.set_default_timeout(PATIENCE)
    publish(clerk, chair)
    settle(clerk)
    check_page(clerk.page, (390,))
    shot(clerk.page, "30-campaign-list")
    stranger = visit(None, viewport={"width": 390, "height": 844})
    stranger.goto(reverse("public", args=[world.township.code]))
    stranger.get_by_role("link", name=re.compile("代表选举选民名单")).click()
    check_page(stranger, (320,))
    total = VOTERS // DISTRICTS * DISTRICTS
    expect(stranger.locator("main")).to_contain_text(f"现有选民{total - 1}人")
    with world.in_township():
        assert Registration.objects.kept().filter(on_roll=True).count() == total - 1
        assert not Voter.objects.filter(name__in=("钱小满", "钱老大")).exists()
    print(f"\n{DISTRICTS}个选区、{VOTERS}名选民：{'、'.join(clerk.told)}；{clerk.counted}")
    assert clerk.counted["clicks"] <= CLICKS + 4 * DISTRICTS
    assert clerk.counted["fields"] <= FIELDS + DISTRICTS
    assert clerk.page.complaints + chair.complaints + stranger.complaints == []
