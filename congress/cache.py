"""The cache in Redis: holds JSON and nothing else, and is never the reason why somebody cannot work.

Limits on log-ins, the progress of a job and the worker's sign of life stand here. When Redis is away nothing is counted
and nothing is known; people get in all the same, because axes counts wrong passwords in the database.
"""

import json
import logging
import time

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

REST_SECONDS = 10  # a Redis that does not answer is not waited for again so soon
logger = logging.getLogger(__name__)


class JsonSerializer:
    """Values as JSON: whoever can write to Redis must not thereby run code here, as pickle would let him."""

    def dumps(self, value) -> bytes | int:
        """Bytes to keep; a whole number stays one, so that Redis can count with it. Raises TypeError for objects."""
        return value if type(value) is int else json.dumps(value).encode()

    def loads(self, kept: bytes):
        """The value; raises ValueError for what this class did not write."""
        return json.loads(kept)


class ForgivingCache(RedisCache):
    """Django's cache in Redis that answers "not there" when Redis fails, and takes what it is given in silence."""

    _rests_until = 0.0  # monotonic seconds

    def __init__(self, server, params):
        super().__init__(server, {**params, "OPTIONS": {"serializer": JsonSerializer, **params.get("OPTIONS", {})}})

    def _ask(self, otherwise, method, *args, **kwargs):
        if time.monotonic() < self._rests_until:
            return otherwise
        try:
            return method(*args, **kwargs)
        except ValueError:
            logger.warning("the cache holds something that is not ours")
        except (RedisError, OSError) as error:
            self._rests_until = time.monotonic() + REST_SECONDS
            logger.warning("Redis does not answer: %s", type(error).__name__)
        return otherwise

    def answers(self) -> bool:
        """Whether Redis answers now; asks it even while it is left in peace."""
        try:
            return bool(self._cache.get_client().ping())
        except (RedisError, OSError):
            return False

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """True when it was not there, and when nobody knows."""
        return self._ask(True, super().add, key, value, timeout, version)

    def get(self, key, default=None, version=None):
        """The value, or the default."""
        return self._ask(default, super().get, key, default, version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep a value if that can be done."""
        self._ask(None, super().set, key, value, timeout, version)

    def count(self, key, seconds: int) -> tuple[int, int] | None:
        """Count once more under a key that is forgotten after so many seconds: how often by now, and in how many seconds the
        count begins anew. None when nobody knows."""
        return self._ask(None, self._counted, self.make_and_validate_key(key), seconds)

    def _counted(self, key: str, seconds: int) -> tuple[int, int]:
        with self._cache.get_client(key, write=True).pipeline() as asked:
            asked.set(key, 0, ex=seconds, nx=True)
            asked.incr(key)
            asked.ttl(key)
            _, number, left = asked.execute()
        return number, max(left, 1)

    def delete(self, key, version=None):
        """Forget a value if that can be done; says whether it was there."""
        return self._ask(False, super().delete, key, version)
