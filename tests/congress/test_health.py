"""Health and metrics, and pages when a service is away."""

import time

from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.urls import reverse

from congress.work.tasks import HEARTBEAT, heartbeat


def test_healthz_names_what_is_well(db, client):
    cache.delete(HEARTBEAT)
    answer = client.get(reverse("healthz"))
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": True, "redis": True, "worker": False, "disk": True}
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
