"""Health and metrics, and pages when a service is away."""

import json
import shutil
import time

from django.core.cache import cache
from django.db import OperationalError, connection, transaction
from django.test import override_settings
from django.urls import reverse

from congress.views import health
from congress.work.tasks import HEARTBEAT, heartbeat
from tests.conftest import owner_connection


def test_healthz_names_what_is_well(db, client):
    cache.delete(HEARTBEAT)
    answer = client.get(reverse("healthz"))
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": True, "locks": True, "redis": True, "worker": False, "disk": True}
    heartbeat()
    assert client.get(reverse("healthz")).status_code == 200


def test_healthz_says_quickly_that_redis_is_away(db, client):
    away = {"default": {"BACKEND": "congress.cache.ForgivingCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    with override_settings(CACHES=away):
        began = time.monotonic()
        answer = client.get(reverse("healthz"))
    assert answer.status_code == 503
    assert answer.json()["checks"]["redis"] is False
    assert time.monotonic() - began < 10


def test_healthz_says_that_a_wall_was_taken_down(transactional_db, client):
    heartbeat()
    with owner_connection() as owner:
        owner.execute("ALTER TABLE deputies_station DISABLE TRIGGER guard_action")
        answer = client.get(reverse("healthz"))
        owner.execute("ALTER TABLE deputies_station ENABLE TRIGGER guard_action")
    assert answer.status_code == 503
    assert [name for name, well in answer.json()["checks"].items() if not well] == ["locks"]
    assert client.get(reverse("healthz")).status_code == 200


def test_of_a_database_that_does_not_answer_nothing_is_said_to_be_well(db, client, monkeypatch):
    heartbeat()

    def gone():
        raise OperationalError("gone")

    monkeypatch.setattr(health, "is_runtime_role", gone)
    answer = client.get(reverse("healthz"))
    assert answer.status_code == 503
    assert [name for name, well in answer.json()["checks"].items() if not well] == ["database", "locks", "disk"]


def test_healthz_asks_the_database_for_room_where_its_data_is(db, client, monkeypatch):
    heartbeat()
    full = "DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = 'disk_full'; END $$"
    monkeypatch.setattr(health, "_WRITE", full)
    answer = client.get(reverse("healthz"))
    assert answer.status_code == 503
    assert [name for name, well in answer.json()["checks"].items() if not well] == ["disk"]


def test_the_question_for_room_really_writes_beside_the_tables(db):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256kB'")
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {health._WRITE}")
        assert '"Sort Space Type": "Disk"' in json.dumps(cursor.fetchone()[0])


def test_healthz_asks_for_room_where_the_product_writes(db, client, settings, monkeypatch, tmp_path):
    heartbeat()
    settings.VAR_DIR = tmp_path
    asked = []
    monkeypatch.setattr(
        health.shutil, "disk_usage", lambda path: asked.append(path) or shutil._ntuple_diskusage(100, 96, 4)
    )
    assert client.get(reverse("healthz")).json()["checks"]["disk"] is False
    assert asked == [tmp_path]


def test_metrics_are_for_the_watching_host_only(db, client):
    assert b"congress_check" in client.get(reverse("metrics")).content
    assert client.get(reverse("metrics"), REMOTE_ADDR="203.0.113.5").status_code == 404


def test_a_lost_database_gives_the_text_back_and_comes_again_by_itself(world, browse, transactional_db):
    client = browse(world.clerk)
    client.raise_request_exception = False
    url = reverse("unit-new", args=[world.township.code])
    form = {"name": "将丢未丢的单位名", "level": "township"}
    good = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict["PORT"] = "1"
    try:
        answer = client.post(url, form)
    finally:
        connection.close()
        connection.settings_dict.update(good)
    assert answer.status_code == 503
    assert "将丢未丢的单位名" in answer.content.decode()
    assert client.post(url, form).status_code == 302
