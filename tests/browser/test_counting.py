"""One ballot box counted in a browser: read twice by keyboard alone, settled by a third, signed, as the room lives it."""

import re
from datetime import date

import pytest
from django.urls import reverse

from congress.counting.actions import Given, open_count, units_from
from congress.counting.life import COUNT
from congress.counting.models import CountUnit
from congress.guard import scope
from congress.guard.action import action
from congress.law.ballots import BallotRules
from congress.models import Role
from tests.browser.test_thread import look
from tests.cast import SET_UP, _user

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 360, "height": 740}}
# In the order of the paper: collected, void (four reasons), valid, blank, disputed; each name's yes, no, abstain.
FIRST = ["211", "0", "3", "0", "0", "208", "1", "0", "120", "87", "1", "87", "120", "1"]
SECOND = [*FIRST[:-3], "78", "120", "10"]


@pytest.fixture
def count(world):
    with scope.accounts(), action(SET_UP, actor=None):
        for name in ("teller", "teller2"):
            world.users[name] = _user(name, Role.LIAISON, name=f"云溪{name}", township=world.township)
    with world.in_township():
        made = open_count(
            world.clerk,
            world.township,
            title="第一选区投票",
            kind="election",
            measure="direct",
            held_on=date(2026, 11, 20),
            names=[(None, "程试甲"), (None, "程试乙")],
            seats=1,
            registered=400,
            write_ins=True,
            rules=BallotRules(unreadable="ballot"),
        )
        units_from(world.clerk, made, [Given("一号票箱", 215, 211)])
        COUNT.take("open", world.clerk, made)
        COUNT.take("confirm", world.chair, made)
    return made


def type_sheet(page, numbers, looked=None) -> None:
    """Sit down, and type from cell to cell with the tab key alone."""
    page.get_by_role("button", name="开始录入").click()
    page.locator(".count-cell").first.focus()
    for number in numbers:
        page.keyboard.type(number)
        page.keyboard.press("Tab")
    page.get_by_label("对提示的说明").fill("对照计票单核对过")
    page.get_by_role("button", name="保存草稿").click()
    page.wait_for_load_state()
    if looked:
        look(page, looked)
    page.get_by_role("button", name=re.compile("录完")).click()
    page.wait_for_url(re.compile(r"/entries/[0-9a-f-]+/$"))


def test_a_box_is_read_twice_settled_and_signed(world, visit, count):
    with world.in_township():
        unit = CountUnit.objects.get()
    url = reverse("counting-unit", args=[world.township.code, unit.pk])
    one, other = visit("teller"), visit("teller2", **PHONE)
    one.goto(url)
    type_sheet(one, FIRST, "counting-entry")
    other.goto(url)
    type_sheet(other, SECOND, "counting-entry-phone")
    third = visit("clerk")
    third.goto(url)
    third.get_by_role("link", name="看纸确定").click()
    third.wait_for_load_state()
    for group in third.locator(".count-choice").all():
        group.get_by_label(re.compile("第一次录入")).check()
    third.get_by_label("根据").fill("看了第一张计票单")
    look(third, "counting-decide")
    third.get_by_role("button", name="确定").click()
    third.wait_for_url(re.compile(rf"{re.escape(url)}$"))
    look(third, "counting-unit")
    third.goto(reverse("counting-count", args=[world.township.code, count.pk]))
    look(third, "counting-count")
