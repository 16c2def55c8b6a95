"""Accounts in a browser: the first password in Chinese, a telephone enrolled, slips asked for, and what binds asked again."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from congress import accounts, delegations
from congress.guard import scope
from congress.guard.action import action
from congress.models import Membership, Role, User
from congress.permissions import delegable
from congress.work import jobs
from deputies.tasks import OPEN_ACCOUNTS
from tests.browser.judge import check_page
from tests.cast import SET_UP, make_deputy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHRASE = "春天在云溪村栽了三百棵梨树"
SHOWN = (320, 1280)


@pytest.fixture
def newcomer(world):
    """Login name and one-time code of a clerk who comes for the first time."""
    with scope.accounts():
        user, code = accounts.create_account(None, "fresh01", "新来者")
        accounts.give(None, user, Role.CLERK, township=world.township)
    return user.username, code


def test_the_first_password_is_a_sentence_and_then_the_telephone(visit, newcomer, settings, world):
    settings.SECOND_FACTOR = ["clerk"]
    page = visit(None)
    page.goto(reverse("account_login"))
    page.fill("input[name=login]", newcomer[0])
    page.fill("input[name=password]", newcomer[1])
    page.click("main button[type=submit]")
    page.wait_for_url("**" + reverse("account_change_password"))
    check_page(page, widths=SHOWN)
    page.check("#show-password")
    assert page.get_attribute("input[name=password1]", "type") == "text"
    page.fill("input[name=password1]", PHRASE)
    page.fill("input[name=password2]", PHRASE)
    page.click("main button[type=submit]")
    page.wait_for_url("**" + reverse("mfa_activate_totp"))
    check_page(page, widths=SHOWN)
    secret = page.inner_text("main ol code").strip()
    page.fill("input[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.click("main button[type=submit]")
    page.wait_for_url("**" + reverse("mfa_view_recovery_codes"))
    check_page(page, widths=SHOWN)
    page.click("text=进入首页")
    page.wait_for_url("**" + reverse("township_home", args=[world.township.code]))


@pytest.fixture
def at(world):
    return lambda name, *args: reverse(name, args=[world.township.code, *args])


@pytest.fixture
def slips(world, at) -> str:
    """Where the slips of a job are fetched."""
    with world.in_township(), action(SET_UP, actor=None):
        made = [make_deputy(world.township, name, term=world.term) for name in ("欧阳晓明", "张伟", "李秀英")]
        chosen = {"deputies": [str(one.pk) for one in made[:2]]}
        job = jobs.start(
            OPEN_ACCOUNTS, "开通2位代表的账号", owner=world.clerk, township=world.township, arguments=chosen
        )
    jobs.run(job.pk, world.township)
    return at("slips", job.pk)


def test_pages_of_the_clerk_about_accounts_hold(visit, world, at, slips):
    page = visit("clerk")
    page.goto(at("deputies-accounts"))
    assert page.locator("input[name=deputies]:checked").count() == 0
    page.check("input[name=everyone]")
    assert page.locator("input[name=deputies]:not(:checked)").count() == 0
    check_page(page, widths=SHOWN)
    for url in (slips, at("member-codes"), reverse("sessions"), reverse("mfa_index")):
        assert page.goto(url).status == 200, url
        check_page(page, widths=SHOWN)
    with world.in_township():
        member = Membership.objects.get(user=world.handler)
    page.goto(at("member", member.pk))
    page.click("button[name=reset]")
    page.wait_for_selector(".slip")
    check_page(page, widths=SHOWN)


def test_what_was_typed_is_there_after_the_password_was_asked_again(visit, world, at, settings):
    with scope.accounts(), action(SET_UP, actor=None):
        vice = User.objects.create_user("vice", display_name="程副")
        member = Membership.objects.create(user=vice, role=Role.VICE, township=world.township)
    page = visit("chair")
    page.goto(at("delegation-new", member.pk))
    check_page(page, widths=SHOWN)
    page.check("input[value='proposals.assign']")
    page.fill("input[name=until]", "2099-01-01")
    settings.PROOF_MINUTES = 1 / 60000
    page.click("main button[type=submit]")
    page.wait_for_selector("input[name=proof_password]")
    check_page(page, widths=SHOWN)
    settings.PROOF_MINUTES = 5
    page.fill("input[name=proof_password]", "Yunxi-2022-pass")
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=一次委托不能超过一年")
    assert page.is_checked("input[value='proposals.assign']")
    with world.in_township():
        today = accounts.clock.today()
        delegations.delegate(world.chair, vice, [delegable()[0].key], since=today, until=today, township=world.township)
    page.goto(at("member", member.pk))
    check_page(page, widths=SHOWN)
