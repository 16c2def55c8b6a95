"""One's own sessions: seen with device, place and last use, ended one by one or all others, and nobody else's."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from congress.guard import scope
from congress.models import AuditEvent
from congress.views.own_sessions import device_of, place_of
from congress.work.tasks import tidy
from tests.cast import PASSWORD

PAGE = reverse("sessions")
PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit Chrome/109 Mobile MicroMessenger/8"
DESK = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/109.0 Safari/537"


def logged_in(address="192.0.2.17", agent=DESK, login="clerk") -> Client:
    client = Client(REMOTE_ADDR=address, headers={"User-Agent": agent})
    client.post(reverse("account_login"), {"login": login, "password": PASSWORD})
    return client


def alive(client) -> bool:
    return client.get(reverse("inbox")).status_code == 200


@pytest.mark.parametrize(
    ("agent", "words"),
    [(PHONE, "安卓手机，微信"), (DESK, "Windows 电脑，Chrome 内核浏览器"), ("", "其他设备"), ("curl/8", "其他设备")],
)
def test_a_device_is_told_in_words(agent, words):
    assert device_of(agent) == words


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("127.0.0.1", "本机"),
        ("10.3.4.5", "内网 10.3.4.*"),
        ("8.8.4.5", "8.8.4.*"),
        ("2001:4860:1::5", "2001:4860:0001:*"),
        ("::1", "本机"),
    ],
)
def test_a_place_is_told_without_its_last_part(address, shown):
    assert place_of(address) == shown


def test_every_session_is_listed_and_no_address_whole(world):
    desk, _ = logged_in(), logged_in("8.8.4.99", PHONE)
    logged_in("8.8.4.77", PHONE, "chair")
    rows = desk.get(PAGE).context["rows"]
    assert [(row["device"], row["here"]) for row in rows] == [
        ("Windows 电脑，Chrome 内核浏览器", True),
        ("安卓手机，微信", False),
    ]
    assert "8.8.4.99" not in desk.get(PAGE).content.decode()


def test_one_is_ended_and_the_others_stay(world):
    desk, phone, other = logged_in(), logged_in("8.8.4.99", PHONE), logged_in("8.8.5.1")
    lost = next(row["pk"] for row in desk.get(PAGE).context["rows"] if row["device"].startswith("安卓"))
    assert desk.post(PAGE, {"end": lost}).status_code == 302
    assert [alive(one) for one in (desk, phone, other)] == [True, False, True]
    with scope.audit():
        assert AuditEvent.objects.filter(verb="accounts.end_session").count() == 1


def test_all_others_are_ended(world):
    desk, phone, other = logged_in(), logged_in("8.8.4.99", PHONE), logged_in("8.8.5.1")
    desk.post(PAGE, {"others": "1"})
    assert [alive(one) for one in (desk, phone, other)] == [True, False, False]
    assert UserSession.objects.filter(user=world.clerk).count() == 1


@pytest.mark.parametrize("wanted", ["", "abc", "²", "9" * 9])
def test_a_session_that_is_none_is_not_found(world, wanted):
    assert logged_in().post(PAGE, {"end": wanted}).status_code == 404


def test_nobody_ends_somebody_elses_or_the_present_one_from_here(world):
    desk, chair = logged_in(), logged_in(login="chair")
    for row in UserSession.objects.filter(user__in=[world.chair, world.clerk]):
        assert desk.post(PAGE, {"end": row.pk}).status_code == 404
    assert alive(chair)
    assert alive(desk)


def test_sessions_that_are_over_are_forgotten(world):
    client = logged_in()
    client.session.flush()
    tidy()
    assert not UserSession.objects.exists()
