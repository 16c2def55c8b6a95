"""Logging in: lock-out by user and address, sessions that end, events for success and failure."""

import pytest
from django.test import override_settings
from django.urls import NoReverseMatch, reverse

from congress.guard import scope
from congress.models import AuditEvent
from tests.cast import PASSWORD


def attempt(client, password, address="192.0.2.1"):
    return client.post(reverse("account_login"), {"login": "clerk", "password": password}, REMOTE_ADDR=address)


def logins():
    with scope.audit():
        return [event.detail["成功"] for event in AuditEvent.objects.filter(verb="accounts.login").order_by("seq")]


def test_right_password_goes_home_and_leaves_an_event(world, client):
    assert attempt(client, PASSWORD).status_code == 302
    assert client.get(reverse("home")).url == reverse("township_home", args=[world.township.code])
    assert logins() == [True]


def test_wrong_password_is_an_event_too_and_says_so(world, client):
    answer = attempt(client, "wrong")
    assert answer.status_code == 200
    assert logins() == [False]
    with scope.audit():
        assert "clerk" not in str(AuditEvent.objects.filter(verb="accounts.login").values_list("detail", flat=True))


def test_lock_out_holds_for_the_address_and_not_for_the_user_elsewhere(world, client):
    for _ in range(5):
        attempt(client, "wrong")
    assert attempt(client, PASSWORD).status_code == 429
    assert attempt(client, PASSWORD, "192.0.2.9").status_code == 302


def test_the_security_administrator_opens_the_lock(world, client, browse):
    for _ in range(5):
        attempt(client, "wrong")
    page = browse(world.security).get(reverse("administration-lockouts"))
    attempt_pk = page.context["attempts"][0].pk
    assert browse(world.security).post(reverse("administration-lockouts"), {"unlock": attempt_pk}).status_code == 302
    client.logout()
    assert attempt(client, PASSWORD).status_code == 302


def test_a_switched_off_account_is_out_at_the_next_request(world, browse, client):
    browse(world.security).post(reverse("administration-lockouts"), {"switch": world.clerk.pk})
    client.logout()
    assert attempt(client, PASSWORD).status_code == 200
    assert "_auth_user_id" not in client.session


def test_an_idle_session_ends(world, client):
    attempt(client, PASSWORD)
    with override_settings(SESSION_IDLE_SECONDS=-1):
        assert client.get(reverse("inbox")).status_code == 302
    assert client.get(reverse("inbox")).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password"])
def test_signing_up_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_weak_passwords_are_refused(world, browse):
    for weak in ("short", "onlyletterslower", "1234567890123"):
        form = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
        answer = browse(world.clerk).post(reverse("account_change_password"), form)
        assert answer.status_code == 200, weak
    world.clerk.refresh_from_db()
    assert world.clerk.check_password(PASSWORD)


def test_logging_out_ends_the_session(world, browse):
    client = browse(world.clerk)
    client.post(reverse("account_logout"))
    assert client.get(reverse("inbox")).status_code == 302
