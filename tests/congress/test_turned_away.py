"""Refusals and files taken along in the trail: all of them told, and never more lines than the trail can bear."""

from datetime import timedelta

import pytest
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.models import AuditEvent, TurnedAway
from congress.web import turned_away
from congress.web.login import name_index
from tests.cast import PASSWORD

ATTACKER = "203.0.113.9"


def events(verb: str) -> list[AuditEvent]:
    with scope.audit():
        return list(AuditEvent.objects.filter(verb=verb).order_by("seq"))


def told() -> list[AuditEvent]:
    """What the trail says once the present window is over."""
    with clock.frozen(clock.now() + turned_away.WINDOW):
        turned_away.tell()
    return events("congress.turned_away")


def log_in(client, login: str, password: str = "wrong", address: str = ATTACKER):
    return client.post(reverse("account_login"), {"login": login, "password": password}, REMOTE_ADDR=address)


def test_failed_log_ins_are_told_with_account_and_address_in_one_event(world, client):
    for _ in range(3):
        log_in(client, "Clerk")
    log_in(client, "110105194912310021")
    assert events("accounts.login") == []
    (event,) = told()
    said = event.detail["登录失败"]
    assert "共4次" in said
    assert "clerk（3次）" in said
    assert f"{name_index('110105194912310021')[:8]}（1次）" in said
    assert f"{ATTACKER}（4次）" in said
    assert "1949" not in str(event.detail)


def test_a_lockout_counts_as_a_refusal_too(world, client):
    for _ in range(7):
        log_in(client, "clerk")
    assert "共7次" in told()[0].detail["登录失败"]


def test_a_success_is_an_event_at_once_with_its_address(world, client):
    log_in(client, "clerk", PASSWORD)
    assert [event.detail for event in events("accounts.login")] == [{"地址": ATTACKER}]
    assert told() == []


def test_any_number_of_names_fills_no_table_and_no_trail(world, client, monkeypatch):
    monkeypatch.setattr(turned_away, "MOST_LINES", 5)
    for number in range(30):
        log_in(client, f"name{number}")
    assert TurnedAway.objects.count() <= 6
    (event,) = told()
    assert "共30次" in event.detail["登录失败"]
    assert len(str(event.detail)) < 600
    assert told() == [event], "what has been told is not told again"


def test_refused_pages_are_told_by_person_and_page(world, browse):
    client = browse(world.handler)
    for _ in range(2):
        assert client.get(reverse("members", args=[world.township.code])).status_code == 403
    assert client.get(reverse("units", args=[world.neighbour.code])).status_code == 404
    assert client.get("/no/such/page/").status_code == 404
    by_chain = {event.chain: event.detail for event in told()}
    assert "共2次，账号 handler（2次）" in by_chain[world.township.pk]["无权操作"]
    assert "页面 members（2次）" in by_chain[world.township.pk]["无权操作"]
    assert "共1次，账号 handler" in by_chain[0]["访问不存在或他处的页面"]


def test_lines_that_were_told_are_forgotten_in_time(world, client):
    log_in(client, "clerk")
    told()
    assert TurnedAway.objects.filter(told=True).count() == 1
    with clock.frozen(clock.now() + turned_away.KEPT + timedelta(hours=1)):
        turned_away.tell()
    assert TurnedAway.objects.count() == 0


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_exported_list_is_an_event(world, browse, form):
    browse(world.clerk).get(reverse("deputies-list", args=[world.township.code]), {"format": form})
    (event,) = events("congress.take_along")
    assert (event.chain, event.actor_id) == (world.township.pk, world.clerk.pk)
    assert "代表花名册" in event.detail["文件"]
    assert event.detail["文件"].endswith(form)


def test_a_county_viewers_export_is_an_event_too(world, browse):
    browse(world.county_viewer).get(reverse("deputies-list", args=[world.township.code]), {"format": "xlsx"})
    assert [event.actor_id for event in events("congress.take_along")] == [world.county_viewer.pk]


def test_without_its_event_nothing_is_handed_out(world, browse, monkeypatch):
    def full(*arguments, **more):
        raise RuntimeError("the trail cannot be written")

    monkeypatch.setattr("congress.web.middleware.action", full)
    client = browse(world.clerk)
    client.raise_request_exception = False
    answer = client.get(reverse("deputies-list", args=[world.township.code]), {"format": "xlsx"})
    assert answer.status_code == 500
    assert client.get(reverse("deputies-list", args=[world.township.code])).status_code == 200
