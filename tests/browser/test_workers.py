"""Election staff in a browser: accounts are opened from the list, and whoever logs in finds the own place and no more."""

from datetime import timedelta

import pytest
from django.urls import reverse

from congress import clock
from congress.accounts import OneTime
from congress.guard.action import action
from elections.actions.workers import open_account
from elections.models import BallotBox, RoomCheck
from tests.browser.judge import check_page
from tests.browser.test_thread import shot
from tests.cast import PASSWORD, SET_UP
from tests.elections.campaigns import campaign
from tests.elections.test_boxes import box
from tests.elections.test_places import kept
from tests.elections.test_staff import recorded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOWN = (390, 1280)


@pytest.fixture
def election(world):
    """Two places with a box each; two who work at the first, and one of whom something has to be asked first."""
    with world.in_township():
        day = clock.today() + timedelta(days=10)
        found = campaign(world, election_day=day, begun_on=day - timedelta(days=60))
        here, there = kept(world, found), kept(world, found, 2)
        for number, place in (("1", here), ("2", there)):
            box(world, found, number, place=place, seals=f"001{number}")
        recorded(world, found, "程监", place=here)
        recorded(world, found, "程伴", place=here)
        recorded(world, found, world.handler.display_name, place=there)
        return found


def test_the_office_opens_accounts_from_the_list(visit, world, election):
    page = visit("clerk")
    page.goto(reverse("elections-staff-list", args=[world.township.code, election.campaign_id]))
    page.get_by_role("link", name="开通账号").click()
    assert "先要核对的1人" in page.inner_text("main")
    check_page(page, widths=SHOWN)
    shot(page, "staff-accounts")
    page.get_by_role("link", name="云溪水利站（监票人）").click()
    page.get_by_label("同名的另一个人，另开账号").check()
    check_page(page, widths=SHOWN)
    shot(page, "staff-account")
    page.get_by_role("button", name="开通账号").click()
    assert "一次性口令" in page.inner_text("main")


def test_a_worker_finds_the_own_place_checks_it_and_hands_over_its_box(visit, world, election):
    with world.in_township(), action(SET_UP, actor=None):
        member = election.campaign.staff.get(name="程监")
        open_account(world.clerk, member, OneTime())
        member.refresh_from_db()
        user = world.users["worker"] = member.account
        user.set_password(PASSWORD)
        user.must_change_password, user.code_expires_at = False, None
        user.save()
    page = visit("worker", "/")
    page.get_by_role("link", name="我的选举工作").first.click()
    check_page(page, widths=SHOWN)
    shot(page, "own-work")
    page.get_by_role("link", name="还没有检查，登记检查").click()
    page.get_by_label("第1投票站").check()
    page.get_by_label("检查日期").fill(clock.today().isoformat())
    page.get_by_label("检查人").fill("程监")
    page.get_by_label("秘密写票处").check()
    check_page(page, widths=SHOWN)
    shot(page, "own-room")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("heading", name="第1投票站检查").wait_for()
    page.goto(reverse("elections-own-work", args=[world.township.code]))
    page.get_by_role("link", name="票箱1").click()
    page.get_by_role("link", name="修改").click()
    page.get_by_label("接收时的封签号").fill("0011")
    check_page(page, widths=SHOWN)
    shot(page, "own-box")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("heading", name="票箱1").wait_for()
    shot(page, "own-box-kept")
    with world.in_township():
        assert BallotBox.objects.get(number="1").seals_found == "0011"
        assert RoomCheck.objects.get().booth
