"""Pages for what went wrong: each says in plain Chinese what to do, and gives back what was typed."""

import re
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from congress import env
from congress.keeping import Keeping
from congress.models import Unit
from congress.views import errors
from congress.web import turned_away


def test_a_stale_form_gives_back_the_words_and_no_password(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.clerk, backend="congress.accounts.Backend")
    form = {"name": "防汛办公室", "password1": "Geheim-1"}
    answer = client.post(reverse("unit-new", args=[world.township.code]), form)
    shown = answer.content.decode()
    assert answer.status_code == 403
    assert "防汛办公室" in shown
    assert "没有改动任何数据" in shown
    assert "Geheim-1" not in shown


def test_what_was_typed_comes_back_under_the_names_of_its_fields_and_nothing_internal(world):
    """Also after all cookies were lost, when nobody knows who it was."""
    typed = {
        "csrfmiddlewaretoken": "x" * 64,
        "key": str(uuid.uuid4()),
        "held_on": "2022-03-15",
        "station": str(world.station.pk),
        "deputies": [str(one.pk) for one in world.deputies],
        "people": "12",
        "words": "三组灌溉渠塌了一段。",
        "category": str(world.category.pk),
        "channel": f"unit:{world.unit.pk}",
        "origin": "visit",
        "confidential": "on",
        "note": "雨天",
        "unheard": "别处来的话",
    }
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("proposals-reception-new", args=[world.township.code]), typed)
    shown = answer.content.decode()
    assert answer.status_code == 403
    assert answer["Cache-Control"] == "no-store, private"  # whoever sits down next goes back
    kept = re.findall(r"<label[^>]*>([^<]*)</label><textarea[^>]*>([^<]*)</textarea>", shown)
    assert kept == [
        ("接待日期", "2022-03-15"),
        ("人次", "12"),
        ("反映内容", "三组灌溉渠塌了一段。"),
        ("来源", "走访"),
        ("选民要求保密", "是"),
        ("备注", "雨天"),
        ("您填写的内容", "别处来的话"),
    ]
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", shown.split("<main", 1)[1])


def test_a_request_no_form_of_ours_makes_is_answered_in_chinese(db):
    answer = errors.bad_request(RequestFactory().get("/"), SuspiciousOperation("x"))
    assert answer.status_code == 400
    assert "错误代码 400" in answer.content.decode()


@pytest.mark.parametrize("fault", [DatabaseError("gone"), AttributeError("no user")])
def test_a_refusal_that_cannot_be_counted_is_shown_all_the_same(world, browse, monkeypatch, caplog, fault):
    def broken(*arguments):
        raise fault

    monkeypatch.setattr(turned_away, "count", broken)
    answer = browse(world.neighbour_clerk).get(reverse("units", args=[world.township.code]))
    assert answer.status_code == 404
    assert "a refusal was not counted" in caplog.text


@pytest.mark.parametrize(
    ("fault", "status", "again"), [(OperationalError("away"), 503, "10"), (ValueError("x"), 500, None)]
)
def test_only_what_passes_says_when_to_try_again(fault, status, again):
    try:
        raise fault
    except type(fault):
        answer = errors.server_error(RequestFactory().get("/"))
    assert (answer.status_code, answer.get("Retry-After")) == (status, again)


def test_a_statement_that_does_not_end_is_stopped_and_what_was_typed_is_given_back(world, browse, monkeypatch):
    """Of pages alone: the web server sets the limit where it connects (congress/wsgi.py)."""
    url, rows = reverse("unit-new", args=[world.township.code]), Unit.objects.count

    def slow(*arguments):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 50")
            cursor.execute("SELECT pg_sleep(5)")

    client = browse(world.clerk)
    client.raise_request_exception = False
    with world.in_township():
        before = rows()
    monkeypatch.setattr(Keeping, "save", slow)
    answer = client.post(url, {"name": "防汛办公室", "level": Unit.Level.TOWNSHIP})
    shown = answer.content.decode()
    assert answer.status_code == 503
    assert "等待时间太长，已经停止" in shown
    assert "没有改动任何数据" in shown
    assert "防汛办公室" in shown
    with world.in_township():
        assert rows() == before


def test_the_limit_is_of_the_pages_alone():
    address = "postgresql://app@localhost/congress"
    ours = "-c join_collapse_limit=5 -c from_collapse_limit=5 -c plan_cache_mode=force_generic_plan"
    assert env.database(address)["OPTIONS"]["options"] == ours
    assert env.database(address, 30)["OPTIONS"]["options"] == f"{ours} -c statement_timeout=30s"
    both = env.database(f"{address}?options=-c%20jit%3Doff", 30)["OPTIONS"]["options"]
    assert both == f"{ours} -c jit=off -c statement_timeout=30s"
    # Whatever else asks the database (jobs, migrations, backups) begins without the web server's entry.
    assert "CONGRESS_STATEMENT_SECONDS" in Path("congress/wsgi.py").read_text(encoding="utf-8")
    assert "statement_timeout" not in settings.DATABASES["default"]["OPTIONS"]["options"]
