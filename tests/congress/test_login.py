"""Logging in: lock-out by user and address, sessions that end, events for success and failure."""

import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import RequestFactory, override_settings
from django.urls import NoReverseMatch, reverse

from congress import accounts, clock
from congress.guard import scope
from congress.guard.action import action
from congress.models import AuditEvent, Membership, Role, User
from congress.web.login import client_address, counted_address, name_index
from congress.work.tasks import tidy
from tests.cast import PASSWORD, SET_UP

PROXY = "198.51.100.7"


def attempt(client, password, address="192.0.2.1", *, login="clerk", **headers):
    return client.post(
        reverse("account_login"), {"login": login, "password": password}, REMOTE_ADDR=address, headers=headers
    )


def logins():
    with scope.audit():
        return [event.detail for event in AuditEvent.objects.filter(verb="accounts.login").order_by("seq")]


def test_right_password_goes_home_and_leaves_an_event(world, client):
    assert attempt(client, PASSWORD).status_code == 302
    assert client.get(reverse("home")).url == reverse("township_home", args=[world.township.code])
    assert logins() == [{"地址": "192.0.2.1"}]


def test_who_works_in_several_places_chooses_among_them(world, browse):
    with scope.accounts(), action(SET_UP, actor=None):
        Membership.objects.create(user=world.clerk, role=Role.COUNTY, county=world.county)
    page = browse(world.clerk).get(reverse("home"))
    assert [(row["place"], row["url"]) for row in page.context["rows"]] == [
        (world.township, reverse("township_home", args=[world.township.code])),
        (world.county, reverse("county_home", args=[world.county.code])),
    ]


def test_the_door_calls_the_name_as_the_slips_do_and_says_who_gives_a_new_code(client):
    page = client.get(reverse("account_login")).content.decode()
    assert "登录名" in page
    assert "用户名" not in page
    assert "代表、承办单位和选举工作人员请联系所在乡镇人大的办事员重发" in page


def test_a_wrong_password_is_said_in_the_words_of_the_slips(world, client):
    page = attempt(client, "wrong").content.decode()
    assert "登录名或者密码不正确。" in page
    assert "用户名" not in page


def test_wrong_password_is_said_and_not_an_event_of_its_own(world, client):
    answer = attempt(client, "wrong")
    assert answer.status_code == 200
    assert logins() == []


def test_lock_out_holds_for_the_address_and_not_for_the_user_elsewhere(world, client):
    for _ in range(5):
        attempt(client, "wrong")
    assert attempt(client, PASSWORD).status_code == 429
    assert attempt(client, PASSWORD, "192.0.2.9").status_code == 302


def test_an_address_of_its_own_for_each_try_is_still_one_house(world, client):
    """A house is given more addresses of IPv6 than there are passwords; and a neighbour on the wire is named with the wire."""
    tried = [attempt(client, "wrong", f"2001:db8:1:2::{last:x}").status_code for last in range(5)]
    assert tried == [200, 200, 200, 200, 429]
    assert attempt(client, PASSWORD, "2001:db8:1:2:ffff::9").status_code == 429
    assert attempt(client, "wrong", "fe80::1%eth0").status_code == 200
    assert attempt(client, PASSWORD, "2001:db8:1:3::9").status_code == 302


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


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "10.0.0.66", PROXY),
        (1, None, PROXY),
        (1, "10.0.0.66", "10.0.0.66"),
        (1, "203.0.113.9, 10.0.0.66", "10.0.0.66"),
        (1, "10.0.0.66 ", "10.0.0.66"),
        (1, "unknown", PROXY),
        (1, "", PROXY),
        (2, "10.0.0.66", PROXY),
        (2, "203.0.113.9, 10.0.0.66, 172.16.0.4", "10.0.0.66"),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_the_clients_address_is_what_the_outermost_trusted_proxy_saw(proxies, forwarded, seen):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=PROXY)
    with override_settings(PROXY_COUNT=proxies):
        assert client_address(request) == seen
        assert accounts.AccountAdapter(request).get_client_ip(request) == counted_address(request)


@override_settings(PROXY_COUNT=1)
def test_nobody_is_locked_out_by_somebody_else_behind_the_same_proxy(world, client):
    for _ in range(5):
        attempt(client, "wrong", PROXY, **{"X-Forwarded-For": "10.0.0.66"})
    assert attempt(client, PASSWORD, PROXY, **{"X-Forwarded-For": "10.0.0.66"}).status_code == 429
    assert attempt(client, PASSWORD, PROXY, **{"X-Forwarded-For": "10.0.0.2"}).status_code == 302


@override_settings(PROXY_COUNT=1, ACCOUNT_RATE_LIMITS={"login": "2/m/ip"})
def test_the_limit_of_log_ins_counts_each_client_behind_the_proxy(world, client):
    statuses = {
        address: [attempt(client, "wrong", PROXY, **{"X-Forwarded-For": address}).status_code for _ in range(3)]
        for address in ("10.0.0.66", "10.0.0.2")
    }
    assert statuses == {address: [200, 200, 429] for address in statuses}


def test_metrics_are_asked_for_through_the_proxy_by_nobody(db, client):
    with override_settings(PROXY_COUNT=1, METRICS_ALLOWED=[PROXY]):
        assert client.get(reverse("metrics"), REMOTE_ADDR=PROXY).status_code == 200
        outside = client.get(reverse("metrics"), REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": "203.0.113.5"})
    assert outside.status_code == 404


SPELLINGS = ("clerk", "Clerk", "CLERK", " clerk ", "ｃｌｅｒｋ", "cl\u200berk", "c\u2113erk")


def test_every_spelling_of_a_name_is_one_name(world, client):
    for spelling in SPELLINGS[:5]:
        assert attempt(client, "wrong", login=spelling).status_code in (200, 429)
    assert attempt(client, PASSWORD, login="cLeRk").status_code == 429
    assert len({name_index(spelling) for spelling in SPELLINGS}) == 1


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_a_name_finds_its_account(world, client, spelling):
    assert attempt(client, PASSWORD, login=spelling).status_code == 302


@pytest.mark.parametrize("stranger", ["cl\u0259rk", "clerk1", "сlerk", "clerk.", ""])
def test_what_is_counted_apart_finds_no_account(world, stranger):
    """PostgreSQL and Python do not agree about equal letters; what looks up must be what is counted."""
    assert not User.objects.named(stranger).exists()


@pytest.mark.parametrize("letter", ["ı", "ſ", "K", "İ"])
def test_letters_that_become_others_in_capitals_are_no_second_way_in(world, letter):
    with scope.accounts():
        user, _ = accounts.create_account(None, "iskander", "伊")
    typed = {"ı": "ıskander", "İ": "İskander", "ſ": "iſkander", "K": "isKander"}[letter]
    for found in User.objects.named(typed):
        assert (found, name_index(typed)) == (user, name_index("iskander"))


def test_a_name_typed_wrongly_is_kept_nowhere_in_plain(world, client):
    typed = "110105194912310021"
    attempt(client, "wrong", login=typed)
    kept = str(AccessAttempt.objects.values())
    assert typed not in kept
    assert name_index(typed) in kept
    with scope.audit():
        assert typed not in str(AuditEvent.objects.values())


def test_the_security_administrator_sees_names_of_accounts_only(world, client, browse):
    attempt(client, "wrong", login="Clerk")
    attempt(client, "wrong", login="110105194912310021")
    page = browse(world.security).get(reverse("administration-lockouts")).content.decode()
    assert ">clerk<" in page
    assert "没有这个账号" in page
    assert "1949" not in page


@pytest.mark.parametrize("form", [{"unlock": "abc"}, {"switch": "abc"}, {"unlock": "²"}, {"switch": "9" * 40}])
def test_a_key_that_is_none_is_not_found(world, browse, form):
    assert browse(world.security).post(reverse("administration-lockouts"), form).status_code == 404


@pytest.mark.parametrize("mark", ["began", "seen"])
@pytest.mark.parametrize(("ahead", "over"), [(30, False), (3600, True), (80 * 86400, True)])
def test_a_session_from_the_future_is_over(world, client, mark, ahead, over):
    attempt(client, PASSWORD)
    client.get(reverse("inbox"))
    session = client.session
    session[mark] = int(time.time()) + ahead
    session.save()
    assert (client.get(reverse("inbox")).status_code == 302) == over


def change(client, new, old=PASSWORD):
    return client.post(reverse("account_change_password"), {"oldpassword": old, "password1": new, "password2": new})


def test_the_old_password_is_no_new_one(world, browse):
    answer = change(browse(world.clerk), PASSWORD)
    assert "不能与现在的密码" in answer.content.decode()


def test_a_one_time_code_cannot_be_kept(world, client):
    with scope.accounts():
        user, _ = accounts.create_account(None, "fresh", "新来者")
    code = "Kfm7-x3qp-9tda"  # of three kinds, so that only its being the old one speaks against it
    with scope.accounts(), accounts.action(accounts.RESET, actor=None):
        user.set_password(code)
        user.save()
    attempt(client, code, login="fresh")
    assert change(client, code, old=code).status_code == 200
    user.refresh_from_db()
    assert user.must_change_password
    assert change(client, "Anders-als-2026", old=code).url == reverse("home")
    user.refresh_from_db()
    assert not user.must_change_password


def test_after_some_months_another_password_is_due(world, browse, settings):
    settings.PASSWORD_DAYS = 90
    client, page = browse(world.clerk), reverse("account_change_password")
    with clock.frozen(world.clerk.password_set_at + timedelta(days=90)):
        assert client.get(reverse("inbox")).status_code == 200
    with clock.frozen(world.clerk.password_set_at + timedelta(days=90, seconds=1)):
        assert client.get(reverse("inbox")).url == page
        shown = client.get(page).content.decode()
        assert "密码已经使用较长时间" in shown
        assert "返回" not in shown
        assert change(client, "Anders-als-2026").url == reverse("home")
        assert client.get(reverse("inbox")).status_code == 200


@pytest.mark.parametrize(
    ("variables", "days"), [({}, "90"), ({"CONGRESS_PASSWORD_DAYS": "0"}, "0"), ({"CONGRESS_DEMO": "1"}, "0")]
)
def test_ninety_days_unless_said_otherwise(variables, days):
    environment = {**os.environ, "CONGRESS_DEMO": "0", **variables}
    ask = "from congress import settings; print(settings.PASSWORD_DAYS)"
    told = subprocess.run(
        [sys.executable, "-c", ask], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert told.stdout.strip() == days, told.stderr


def test_none_of_the_last_five_passwords_is_a_new_one(world, browse):
    user, used = world.clerk, [PASSWORD, *(f"Anders-als-202{number}" for number in range(5))]
    for new in used[1:]:
        validate_password(new, user)
        user.set_password(new)
    for again in used[1:]:
        with pytest.raises(ValidationError, match="最近用过的密码"):
            validate_password(again, user)
    validate_password(used[0], user)
    assert used[-1] not in str(user.former_passwords)
    with scope.accounts(), accounts.action(accounts.PASSWORD, actor=user):
        user.save()
    assert "最近用过的密码" in change(browse(user), used[3], old=used[-1]).content.decode()


def test_the_secret_key_can_be_changed_under_open_sessions(world, browse, settings):
    client, old = browse(world.clerk), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new-" * 16, [old]
    assert client.get(reverse("inbox")).status_code == 200
    fresh = browse(world.chair)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "other-" * 16, []
    assert fresh.get(reverse("inbox")).status_code == 302


def test_what_logging_in_leaves_behind_is_tidied_up(world, client):
    attempt(client, "wrong")
    attempt(client, PASSWORD, "192.0.2.9")
    Session.objects.create(session_key="old", session_data="", expire_date=clock.now() - timedelta(days=1))
    before = AccessAttempt.objects.get()
    AccessLog.objects.create(username="clerk", ip_address="192.0.2.1", user_agent="", http_accept="", path_info="/")
    tidy()
    assert AccessAttempt.objects.filter(pk=before.pk).exists()
    assert not AccessLog.objects.exists()
    assert not Session.objects.filter(session_key="old").exists()
    assert Session.objects.exists()
    AccessAttempt.objects.update(attempt_time=clock.now() - timedelta(hours=2))
    tidy()
    assert not AccessAttempt.objects.exists()


def test_a_log_in_is_an_event_and_no_second_list(world, client):
    attempt(client, PASSWORD)
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password"])
def test_signing_up_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_weak_passwords_are_refused(world, browse):
    for weak in ("short", "onlyletters", "1234567890123"):
        form = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
        answer = browse(world.clerk).post(reverse("account_change_password"), form)
        assert answer.status_code == 200, weak
    world.clerk.refresh_from_db()
    assert world.clerk.check_password(PASSWORD)


def test_logging_out_ends_the_session(world, browse):
    client = browse(world.clerk)
    client.post(reverse("account_logout"))
    assert client.get(reverse("inbox")).status_code == 302


@pytest.mark.django_db
def test_a_new_user_logs_in_with_the_password_given_and_with_none_where_none_was():
    for number, (given, typed) in enumerate([("Qingxi-2022", "Qingxi-2022"), (None, "")]):
        with action(SET_UP, actor=None):
            User.objects.create_user(f"new{number}", given)
        user = User.objects.get(username=f"new{number}")
        assert (user.has_usable_password(), user.check_password(typed)) == (given is not None,) * 2
