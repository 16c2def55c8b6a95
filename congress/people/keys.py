"""Data keys: random, one for a person (or for a batch and retention class), wrapped by the township's key.

Destroying a data key erases what it sealed. A row of `congress.DataKey` holds the wrapped key. What is sealed under it is
bound to its place (table, row, field, key) by the AAD: ciphertext copied to another row or field does not open.
"""

import uuid
from collections.abc import Iterable

from django.apps import apps

from congress import clock
from congress.crypto import sm4gcm
from congress.crypto.providers import provider
from congress.guard.bulk import another

_OPENED = "_people_opened_key"


class KeyDestroyed(Exception):
    """The data key was destroyed as the rules demand; what it sealed is gone."""


class DataKeyMissing(RuntimeError):
    """Something was to be sealed for a row that has no data key yet: a fault of the program."""


class _Opened:
    """A key in memory. Never printed, never pickled: a pickled one comes back closed."""

    __slots__ = ("key",)

    def __init__(self, key: bytes | None = None):
        self.key = key

    def __repr__(self):
        return "<opened key>"

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return (_Opened, ())


def new_data_key(township_id: int, retention: str):
    """An unsaved DataKey with a fresh random key, wrapped for the township. The caller saves it inside an action."""
    return new_data_keys(township_id, retention, 1)[0]


def new_data_keys(township_id: int, retention: str, number: int) -> list:
    """So many of them, for as many people."""
    blank = apps.get_model("congress", "DataKey")(township_id=township_id, retention=retention)
    rows = [another(blank) for _ in range(number)]
    fresh = sm4gcm.new_keys(number)
    for row in rows:
        row.pk = uuid.uuid4()
    places = map(_wrap_aad, rows)
    wrapped = provider().wrap_many(list(zip(fresh, places, strict=True)), township=str(township_id))
    for row, key, sealed in zip(rows, fresh, wrapped, strict=True):
        _put(row, sealed)
        setattr(row, _OPENED, _Opened(key))
    return rows


def new_destroyed_key(township_id: int, retention: str, reason: str):
    """An unsaved DataKey that never opened anything: it stands at rows which were erased out of a key they shared."""
    row = apps.get_model("congress", "DataKey")(township_id=township_id, retention=retention)
    row.wrapped, row.wrapped_with = b"", ""
    row.destroyed_at, row.destroyed_reason = clock.now(), reason
    return row


def seal(data_key, data: bytes, place: str) -> bytes:
    """Encrypt data for a place ("table:pk:field") under a data key. Raises KeyDestroyed, providers.KeyUnavailable."""
    return sm4gcm.seal(_open(data_key), data, aad=_aad(data_key, place), key_id=data_key.pk.bytes)


def seal_many(data_key, pairs: Iterable[tuple[bytes, str]]) -> list[bytes]:
    """Encrypt (data, place) pairs under one data key. Raises like `seal`."""
    end = _aad(data_key, "")
    placed = [(data, place.encode() + end) for data, place in pairs]
    return sm4gcm.seal_many(_open(data_key), placed, key_id=data_key.pk.bytes)


def unseal(data_key, token: bytes, place: str) -> bytes:
    """The data again. Raises KeyDestroyed, KeyUnavailable, sm4gcm.Tampered (also for another place or key)."""
    return sm4gcm.unseal(_open(data_key), token, aad=_aad(data_key, place))


def is_destroyed(data_key) -> bool:
    """True once the key is gone."""
    return data_key.destroyed_at is not None or not data_key.wrapped


def rewrap(data_key) -> bool:
    """Wrap the same key under the newest kek; True when that changed the row, which the caller saves inside an action.

    Nothing needs to be encrypted again. Destroyed keys stay as they are.
    """
    if is_destroyed(data_key) or data_key.wrapped_with == provider().current("kek"):
        return False
    _wrap(data_key, _open(data_key))
    return True


def forget(data_key) -> None:
    """Drop the opened key from memory, for a key that has just been destroyed."""
    data_key.__dict__.pop(_OPENED, None)


def _wrap(row, key: bytes) -> None:
    _put(row, provider().wrap(key, township=str(row.township_id), aad=_wrap_aad(row)))


def _put(row, wrapped: bytes) -> None:
    row.wrapped = wrapped
    row.wrapped_with = sm4gcm.key_id_of(row.wrapped).decode()


def _open(row) -> bytes:
    if is_destroyed(row):
        raise KeyDestroyed("the data key was destroyed")
    held = getattr(row, _OPENED, None)
    if held is None or held.key is None:
        key = provider().unwrap(bytes(row.wrapped), township=str(row.township_id), aad=_wrap_aad(row))
        held = _Opened(key)
        setattr(row, _OPENED, held)
    return held.key


def _aad(data_key, place: str) -> bytes:
    return f"{place}:{data_key.pk}".encode()


def _wrap_aad(row) -> bytes:
    return f"data_key:{row.pk}:{row.township_id}".encode()
