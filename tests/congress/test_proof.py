"""What binds asks for the password once more when the last time was too long ago, and loses nothing that was entered."""

import html
import re
import time

import pytest
from django.test import override_settings
from django.urls import reverse

from congress.guard import scope
from congress.guard.action import action
from congress.models import AuditEvent
from congress.steps import lives
from congress.web.proof import ASKED, FIELD, PROVED
from tests.architecture.test_urls import ALL, address
from tests.cast import PASSWORD, SET_UP

# Who takes what binds; every other page is none that does.
BINDING = {
    "handler": {"mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes"},
    "clerk": {
        "counting-count-close",
        "counting-count-confirm",
        "counting-count-draw",
        "counting-count-draw-confirm",
        "counting-count-open",
        "counting-count-reopen",
        "counting-count-sign",
        "counting-hall-close",
        "counting-hall-confirm",
        "counting-hall-open",
        "counting-unit-sign",
        "deputies-accounts",
        "deputies-code",
        "deputies-liaison-new",
        "deputies-mandate-confirm",
        "deputies-roster-issue",
        "elections-annulment-decide",
        "elections-paper-absent",
        "elections-paper-candidates",
        "elections-paper-cards",
        "elections-paper-changed",
        "elections-paper-committee",
        "elections-paper-decision",
        "elections-paper-credentials",
        "elections-paper-deputies",
        "elections-paper-districts",
        "elections-paper-elected",
        "elections-paper-formal",
        "elections-paper-places",
        "elections-paper-preliminary",
        "elections-paper-proxies",
        "elections-paper-registration",
        "elections-paper-roll",
        "elections-paper-supplement",
        "elections-paper-upwards",
        "elections-review-confirm",
        "elections-review-decide",
        "elections-review-publish",
        "elections-recall-settle",
        "elections-archive-destroy",
        "elections-list-of-voters-confirm",
        "elections-round-confirm",
        "elections-round-declare",
        "elections-round-enter",
        "elections-round-vacate",
        "elections-staff-account",
        "elections-staff-accounts",
        "elections-voter-list-new",
        "erasure",
        "member",
        "member-codes",
        "member-new",
        "proposals-visitor",
        "reveal",
    },
    "chair": {"delegation-new", "reports-issue", "reports-sign"},
    "system": {"administration-user", "administration-user-new"},
    "security": {"administration-lockouts", "administration-request"},
}
PHONE = "13912345678"


def aged(client, seconds: int):
    session = client.session
    session[PROVED] = int(time.time()) - seconds
    session.save()
    return client


def test_what_binds_is_exactly_this():
    found = {item.name for _, item in ALL if getattr(item.callback, "proved", False)}
    assert found == {name for names in BINDING.values() for name in names}
    steps = {f"{name}-{step.key}" for name, life in lives().items() for step in life.steps if step.proved}
    elections = ("archive", "list-of-voters", "round", "review", "annulment", "recall")
    binding = ("counting-", *(f"elections-{name}-" for name in elections))
    counting = {name for name in BINDING["clerk"] if name.startswith(binding)}
    assert steps == {"reports-issue", "reports-sign", "deputies-mandate-confirm"} | counting


@pytest.mark.usefixtures("sampled")
@pytest.mark.parametrize("who", sorted(BINDING))
def test_nothing_binding_is_done_on_an_old_proof(world, browse, samples, who):
    client = aged(browse(getattr(world, who)), 3600)
    with scope.audit():
        before = AuditEvent.objects.count()
    for route, item in ALL:
        if item.name in BINDING[who]:
            answer = client.post(address(route, item, world, samples[0]), {"reset": "1", "reason": "核对号码"})
            assert ASKED in answer.content.decode(), (item.name, answer.status_code)
    with scope.audit():
        assert AuditEvent.objects.count() == before


@pytest.fixture
def url(world):
    """Where the telephone number of a deputy is seen whole."""
    deputy = world.deputies[0]
    with world.in_township(), action(SET_UP, actor=None):
        deputy.phone = PHONE
        deputy.save()
    return reverse("reveal", args=[world.township.code, "deputies.deputy", deputy.pk, "phone"])


def hidden(answer) -> dict:
    form = answer.content.decode().split('<form class="form-page panel"')[1].split("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_what_was_entered_travels_along_and_the_password_carries_on(world, browse, url):
    client = aged(browse(world.clerk), 3600)
    assert client.get(url).status_code == 200
    typed = {"reason": '核对<号码>"x"'}
    asked = client.post(url, typed)
    assert hidden(asked) == typed
    assert PHONE not in asked.content.decode()
    assert PHONE in client.post(url, hidden(asked) | {FIELD: PASSWORD}).content.decode()
    assert PHONE in client.post(url, typed).content.decode()  # for some minutes nobody asks again


def test_a_wrong_password_is_said_and_counted_as_at_the_door(world, browse, url):
    client = aged(browse(world.clerk), 3600)
    for _ in range(4):
        answer = client.post(url, {"reason": "核对号码", FIELD: "wrong"})
        assert "密码不对" in answer.content.decode()
        assert hidden(answer) == {"reason": "核对号码"}
        assert "wrong" not in answer.content.decode()
    assert client.post(url, {"reason": "核对号码", FIELD: "wrong"}).status_code == 429
    assert client.post(url, {"reason": "核对号码", FIELD: PASSWORD}).status_code == 429


def test_somebody_elses_password_is_no_proof(world, browse, url):
    world.clerk.set_password("Andere-Worte-2026")
    with scope.accounts(), action(SET_UP, actor=None):
        world.clerk.save()
    client = aged(browse(world.clerk), 3600)
    assert "密码不对" in client.post(url, {"reason": "核对号码", FIELD: PASSWORD}).content.decode()


@pytest.mark.parametrize(
    ("age", "minutes", "asked"), [(590, 10, False), (610, 10, True), (-3600, 10, True), (86000, 0, False)]
)
def test_some_minutes_are_no_long_time(world, browse, url, age, minutes, asked):
    client = aged(browse(world.clerk), age)
    with override_settings(PROOF_MINUTES=minutes):
        assert (ASKED in client.post(url, {"reason": "核对号码"}).content.decode()) == asked


def test_logging_in_is_a_proof(world, client, url):
    client.post(reverse("account_login"), {"login": "clerk", "password": PASSWORD})
    assert PHONE in client.post(url, {"reason": "核对号码"}).content.decode()


def test_a_program_is_told_in_its_own_form(world, browse, url):
    answer = aged(browse(world.clerk), 3600).post(url, {"reason": "核对号码"}, headers={"Accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json()["findings"][0]["code"] == "proof"
