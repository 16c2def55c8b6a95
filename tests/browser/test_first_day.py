"""From a township that was just made to its first reception in a browser, by the task list alone; clicks and fields counted."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from congress.guard import scope
from congress.guard.action import action
from congress.models import Membership, Township
from deputies.models import Deputy, District
from proposals.models import Reception
from tests.browser.judge import check_page
from tests.browser.test_thread import shot
from tests.cast import SET_UP
from tests.spreadsheets.books import workbook

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

CODE = "990101103000"
PEOPLE = [["姓名", "性别", "选区"], ["王试一", "女", "1"], ["李试二", "男", "2"]]
# What the way may cost at most. A click with the page it brings is ten seconds, a field twenty: a quarter of an hour.
CLICKS, FIELDS, SECONDS = 45, 25, 15 * 60


class Hands:
    """Somebody at the screen, whose clicks and fields are counted."""

    def __init__(self, page: Page, counted: dict[str, int]):
        self.page, self.counted = page, counted

    def click(self, words: str, role: str = "link", within: str = "main") -> None:
        self.page.locator(within).get_by_role(role, name=words, exact=True).first.click()
        self.counted["clicks"] += 1

    def fill(self, **values) -> None:
        """Type, choose or pick a file; what stands there already is left."""
        for name, value in values.items():
            self.counted["fields"] += 1
            field = self.page.locator(f"main [name={name}]")
            if isinstance(value, dict):
                field.set_input_files(value)
                continue
            kind = field.evaluate("one => one.hidden ? 'hidden' : one.tagName")
            if kind == "hidden":  # a long list: by its first letters
                self.page.locator(f"#id_{name}").press_sequentially(value)
                self.page.locator(f"#id_{name}").press("Enter")
            elif kind == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def send(self, says: str) -> None:
        self.page.locator("form[data-main-form] button[type=submit]").first.click()
        self.counted["clicks"] += 1
        expect(self.page.locator("main .alert", has_text=says).first).to_be_visible()

    def home(self) -> None:
        self.click("首页", within=".sidebar")

    def task(self, words: str) -> None:
        """Take a step of the list on the first page."""
        self.home()
        self.click(words)


def make_township(hands: Hands) -> None:
    hands.page.goto(reverse("administration-places"))
    hands.click("新增乡镇")
    hands.fill(county="清江县", code=CODE, name="新河镇", document_word="新河人发")
    hands.send("已保存乡镇，并备好默认的类别")


def set_up(hands: Hands) -> None:
    """What comes before the roster, each from its line of the list."""
    hands.task("填写本乡镇信息")
    hands.fill(population="12000")
    hands.send("已保存")
    hands.task("登记承办单位")
    hands.click("新增单位")
    hands.fill(name="水利站")
    hands.send("已保存")
    hands.task("登记本届")
    hands.click("新增届次")
    hands.fill(number="18", seats="2", started_on="2021-11-10")
    hands.send("已保存")
    hands.task("登记代表联络站")
    hands.click("新增联络站")
    hands.fill(name="新河联络站")
    hands.send("已保存")


def take_roster(hands: Hands) -> None:
    hands.task("导入代表花名册")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    hands.fill(file={"name": "花名册.xlsx", "mimeType": kind, "buffer": workbook(PEOPLE)}, elected_on="2021-10-20")
    hands.send("已上传，请核对")
    hands.click("全部导入 2 人", "button")
    expect(hands.page.locator("main")).to_contain_text("已导入")


def approve(hands: Hands) -> None:
    hands.click("代表信息待审核")
    hands.click("全部审核通过")
    hands.click("全部审核通过", "button")
    expect(hands.page.locator("main .alert", has_text="已审核通过2位").first).to_be_visible()


def receive(hands: Hands) -> None:
    hands.task("登记第一次接待")
    page = hands.page
    page.locator("[name=deputies]").first.check()
    hands.counted["fields"] += 1
    hands.fill(words="三组灌溉渠塌了一段，春灌浇不上水。", category="slss")
    hands.send("已登记")


def test_a_new_township_comes_to_its_first_reception_by_the_list_alone(world, visit):
    counted = {"clicks": 0, "fields": 0}
    make_township(Hands(visit("system"), counted))
    town = Township.objects.get(code=CODE)
    with scope.accounts(), action(SET_UP, actor=None):
        Membership.objects.filter(user__in=(world.clerk, world.chair)).update(township=town)
    clerk = Hands(visit("clerk", "/", viewport={"width": 1280, "height": 900}), counted)
    check_page(clerk.page, (390, 1280))
    shot(clerk.page, "20-first-day")
    set_up(clerk)
    take_roster(clerk)
    approve(Hands(visit("chair", "/"), counted))
    receive(clerk)
    clerk.home()
    expect(clerk.page.locator("main ol.todo")).to_contain_text("开通代表账号")
    expect(clerk.page.locator("main ol.todo > li")).to_have_count(1)
    clerk.click("全部起步事项")
    check_page(clerk.page, (390, 1280))
    shot(clerk.page, "21-tasks")
    clerk.page.get_by_role("button", name="开通代表账号：以后再办").click()
    clerk.home()
    expect(clerk.page.locator("main ol.todo")).to_have_count(0)
    with scope.township(town):
        assert (Reception.objects.count(), Deputy.objects.count(), District.objects.count()) == (1, 2, 2)
    assert counted["clicks"] <= CLICKS
    assert counted["fields"] <= FIELDS
    assert 10 * counted["clicks"] + 20 * counted["fields"] <= SECONDS
    assert [line for hands in (clerk,) for line in hands.page.complaints] == []
