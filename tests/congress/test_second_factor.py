"""The second factor: who needs one reaches nothing before it is enrolled, a code is good once, a lost telephone is cleared."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse

from congress import account_requests, accounts, clock
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import ADMINISTRATORS, AccountRequest, AuditEvent, Role
from congress.web import second_factor
from congress.web.proof import FIELD, PROVED
from tests.cast import PASSWORD, SET_UP

ENROL, CODES, HOME = (reverse(name) for name in ("mfa_activate_totp", "mfa_view_recovery_codes", "home"))
EVERYBODY = ["chair", "clerk", "county", "system", "security", "audit"]


def code_at(secret: str, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


@pytest.fixture(autouse=True)
def moment(monkeypatch):
    """The middle of one step of time: no code changes under a test's hands."""
    now = time.time() // 30 * 30 + 15
    monkeypatch.setattr(time, "time", lambda: now)


def enrol(client) -> str:
    """The secret of the telephone that was enrolled."""
    secret = client.get(ENROL).context["form"].secret
    assert client.post(ENROL, {"code": code_at(secret)}).url == CODES
    return secret


def log_in(client, login="clerk"):
    return client.post(reverse("account_login"), {"login": login, "password": PASSWORD})


def enter(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def verbs() -> list[str]:
    with scope.audit():
        return list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))


@pytest.mark.parametrize("who", ["chair", "clerk", "county_viewer", "system", "security", "auditor"])
def test_a_role_that_needs_one_reaches_nothing_but_enrolment(world, client, who):
    user = getattr(world, who)
    with override_settings(SECOND_FACTOR=EVERYBODY):
        log_in(client, user.username)
        for page in (HOME, reverse("inbox"), reverse("township_home", args=[world.township.code]), "/administration/"):
            assert client.get(page).url == ENROL, page
            assert client.post(page).url == ENROL, page
        shown = client.get(ENROL)
        assert "data:image/svg+xml" in shown.content.decode()
        enrol(client)
        assert client.get(CODES).status_code == 200
        assert client.get(HOME, follow=True).status_code == 200
    assert verbs()[-2:] == ["accounts.login", "accounts.second_factor"]


@pytest.mark.parametrize("who", ["deputy_user", "handler"])
def test_others_come_in_as_before(world, client, who):
    with override_settings(SECOND_FACTOR=EVERYBODY):
        log_in(client, getattr(world, who).username)
        assert client.get(HOME).url == reverse("township_home", args=[world.township.code])


def test_nobody_needs_one_unless_somebody_says_so(world, settings):
    assert settings.SECOND_FACTOR == []
    assert not any(second_factor.is_required(user) for user in world.users.values())


def test_a_township_and_a_county_ask_it_of_their_own(world):
    with action(SET_UP, actor=None):
        world.township.second_factor = True
        world.township.save()
    asked = {name for name, user in world.users.items() if second_factor.is_required(user)}
    assert asked == {"chair", "clerk"}
    with action(SET_UP, actor=None):
        world.county.second_factor = True
        world.county.save()
    asked = {name for name, user in world.users.items() if second_factor.is_required(user)}
    assert asked == {"chair", "clerk", "county_viewer"}


def test_the_setting_names_only_roles_that_can_have_one():
    assert set(second_factor.ROLES) == {
        str(one) for one in (Role.CHAIR, Role.VICE, Role.CLERK, Role.COUNTY, *ADMINISTRATORS)
    }


def test_who_becomes_obliged_within_a_session_is_asked_within_minutes(world, client):
    log_in(client)
    session = client.session
    with override_settings(SECOND_FACTOR=["clerk"]):
        assert client.get(reverse("inbox")).status_code == 200
        session = client.session
        session[second_factor.CHECKED] -= second_factor.CHECK_AGAIN
        session.save()
        assert client.get(reverse("inbox")).url == ENROL


@pytest.fixture
def secret(world, client):
    """The clerk's telephone, enrolled half a minute ago; nobody is logged in."""
    log_in(client)
    found = enrol(client)
    client.logout()
    row = Authenticator.objects.get(type="totp")
    row.data["last"] -= 2
    row.save()
    return found


def test_the_password_alone_leads_to_the_code_and_is_no_log_in(client, secret):
    before = verbs()
    assert log_in(client).url == reverse("mfa_authenticate")
    assert client.get(reverse("inbox")).status_code == 302
    assert verbs() == before
    assert enter(client, code_at(secret)).status_code == 302
    assert client.get(reverse("inbox")).status_code == 200
    assert verbs()[-1] == "accounts.login"


def test_a_code_is_good_once(client, secret):
    log_in(client)
    enter(client, code_at(secret))
    client.logout()
    log_in(client)
    answer = enter(client, code_at(secret))
    assert "已经用过" in answer.content.decode()
    assert enter(client, code_at(secret, -1)).status_code == 200, "an older one neither"
    assert enter(client, code_at(secret, 1)).status_code == 302


def test_the_code_of_enrolment_is_used_up(world, client):
    log_in(client)
    found = enrol(client)
    client.logout()
    log_in(client)
    assert enter(client, code_at(found)).status_code == 200


def test_a_wrong_code_enrols_nothing_and_is_said_in_chinese(world, client):
    log_in(client)
    client.get(ENROL)
    answer = client.post(ENROL, {"code": "000000"})
    assert not re.search("[A-Za-z]{3}", "".join(answer.context["form"].errors["code"]))
    assert not Authenticator.objects.exists()


def test_after_five_wrong_codes_nothing_is_taken_for_a_quarter_of_an_hour(world, secret):
    user, now = world.clerk, clock.now()
    with clock.frozen(now):
        for _ in range(second_factor.FAILURES):
            with pytest.raises(ValidationError, match="口令不对"):
                second_factor.accept(user, "000000")
        with pytest.raises(ValidationError, match="15分钟"):
            second_factor.accept(user, code_at(secret))
    with clock.frozen(now + timedelta(minutes=15, seconds=1)):
        assert second_factor.accept(user, code_at(secret)).type == "totp"


def test_recovery_codes_are_shown_once_and_are_good_once(world, client):
    log_in(client)
    enrol(client)
    shown = re.findall(r"<li><code>(\d{8})</code>", client.get(CODES).content.decode())
    assert len(shown) == 10
    again = client.get(CODES).content.decode()
    assert not [one for one in shown if one in again]
    for expected in (302, 200):
        client.logout()
        log_in(client)
        assert enter(client, shown[0]).status_code == expected


def test_new_recovery_codes_end_the_old_ones(world, client):
    log_in(client)
    enrol(client)
    old = re.findall(r"<li><code>(\d{8})</code>", client.get(CODES).content.decode())
    assert client.post(reverse("mfa_generate_recovery_codes")).url == CODES
    new = re.findall(r"<li><code>(\d{8})</code>", client.get(CODES).content.decode())
    assert not set(old) & set(new)
    with pytest.raises(ValidationError, match="口令不对，或者已经用过"):
        second_factor.accept(world.clerk, old[0])


def test_what_is_kept_is_sealed_and_stays_readable_under_a_new_key(world, client, settings):
    log_in(client)
    found = enrol(client)
    stored = str(list(Authenticator.objects.values("data")))
    assert found not in stored
    call_command("make_keys", rotate="kek", verbosity=0)
    settings.CONGRESS_KEYS_DIR = str(settings.CONGRESS_KEYS_DIR)  # read anew
    call_command("rewrap_keys")
    row = Authenticator.objects.get(type="totp")
    assert row.data["secret"] not in stored
    assert decrypt(row.data["secret"]) == found


def test_who_needs_it_cannot_put_it_aside(world, client):
    log_in(client)
    enrol(client)
    with override_settings(SECOND_FACTOR=["clerk"]):
        assert "不能停用" in client.get(reverse("mfa_deactivate_totp")).content.decode()
        client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(type="totp").exists()
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert verbs()[-1] == "accounts.second_factor_off"


def test_the_code_of_the_telephone_is_a_proof_too(world, client, secret):
    log_in(client)
    enter(client, code_at(secret))
    session = client.session
    session[PROVED] = 0
    session.save()
    page = reverse("mfa_generate_recovery_codes")
    assert client.post(page, {FIELD: "000000"}).status_code == 200
    assert client.post(page, {FIELD: code_at(secret, 1)}).url == CODES


def test_the_chair_clears_a_lost_telephone_and_the_clerk_does_not_clear_the_chairs(world, secret):
    with world.in_township():
        accounts.clear_factor(world.chair, world.clerk)
        with pytest.raises(Refused, match="请由主席或者系统管理员办理"):
            accounts.clear_factor(world.clerk, world.chair)
    assert not Authenticator.objects.exists()
    assert "accounts.second_factor_cleared" in verbs()


def test_a_system_administrator_clears_one_only_together_with_another(world, browse, secret):
    with scope.accounts(), pytest.raises(Refused, match="须由另一名管理员同意"):
        accounts.clear_factor(world.system, world.clerk)
    page = reverse("administration-user", args=[world.clerk.pk])
    browse(world.system).post(page, {"clear": "1"})
    assert Authenticator.objects.exists()
    with scope.accounts():
        account_requests.agree(world.security, AccountRequest.objects.get(kind="factor"))
    assert not Authenticator.objects.exists()


def test_the_members_page_offers_it_where_there_is_one(world, browse, secret):
    with world.in_township():
        member = world.clerk.memberships.get()
    page = reverse("member", args=[world.township.code, member.pk])
    client = browse(world.chair)
    assert "清除两步验证" in client.get(page).content.decode()
    client.post(page, {"clear": "1"})
    assert "清除两步验证" not in client.get(page).content.decode().split("</header>")[1]
