"""The cache: JSON only, and no reason for anybody to stand outside."""

import pickle
import socket
import time

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings
from django.urls import reverse

from tests.cast import PASSWORD


def elsewhere(port: int) -> dict:
    options = {"socket_connect_timeout": 1, "socket_timeout": 1}
    return {"default": settings.CACHES["default"] | {"LOCATION": f"redis://127.0.0.1:{port}/0", "OPTIONS": options}}


@pytest.mark.parametrize("value", [7, 0, True, None, "字", 1.5, [1, "二"], {"at": 1.25}])
def test_what_is_kept_comes_back(value):
    assert cache.set("kept", value) is None
    assert cache.get("kept", "nothing") == value
    assert type(cache.get("kept", "nothing")) is type(value)


def test_a_count_goes_on_within_its_window_and_says_when_that_ends():
    assert cache.count("pages", 30) == (1, 30)
    number, left = cache.count("pages", 600)  # the window is that of the first
    assert (number, 28 <= left <= 30) == (2, True)
    assert cache.count("others", 600) == (1, 600)
    with override_settings(CACHES=elsewhere(1)):
        assert cache.count("pages", 30) is None


class Bomb:
    """Runs code when it is unpickled."""

    went_off = False

    def __reduce__(self):
        return (setattr, (Bomb, "went_off", True))


def test_a_pickle_put_into_redis_is_not_opened(db, client):
    key = cache.make_key("worker:heartbeat")
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        server.set(key, pickle.dumps(Bomb()))
    assert client.get(reverse("healthz")).json()["checks"]["worker"] is False
    assert cache.get("worker:heartbeat") is None
    assert not Bomb.went_off


def test_nothing_that_is_no_plain_value_is_kept():
    with pytest.raises(TypeError):
        cache.set("bomb", Bomb())


def test_people_log_in_while_redis_is_away(world, client):
    with override_settings(CACHES=elsewhere(1)):
        assert client.post(reverse("account_login"), {"login": "clerk", "password": "wrong"}).status_code == 200
        assert client.post(reverse("account_login"), {"login": "clerk", "password": PASSWORD}).status_code == 302
        assert cache.answers() is False


def test_a_redis_that_hangs_is_waited_for_once(world, client):
    with socket.create_server(("127.0.0.1", 0)) as silent, override_settings(CACHES=elsewhere(silent.getsockname()[1])):
        began = time.monotonic()
        assert client.post(reverse("account_login"), {"login": "clerk", "password": PASSWORD}).status_code == 302
        assert cache.get("anything", "default") == "default"
        assert cache.add("anything", 1) is True
        assert cache.delete("anything") is False
        assert time.monotonic() - began < 4, "each of the questions would have waited a second"


def test_wrong_passwords_are_counted_while_redis_is_away(world, client):
    with override_settings(CACHES=elsewhere(1)):
        answers = [client.post(reverse("account_login"), {"login": "clerk", "password": "wrong"}) for _ in range(6)]
    assert [answer.status_code for answer in answers][-1] == 429
