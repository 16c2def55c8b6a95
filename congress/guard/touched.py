"""Which rows an open action has written, so that what is derived from them is brought up to date before it ends.

Only rows of watched models are noted. What is derived is written inside the same action and transaction: it stands or falls
with the facts.
"""

import contextlib
import contextvars
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

Written = Mapping[type, set]

_open: contextvars.ContextVar[dict[type, set] | None] = contextvars.ContextVar("written", default=None)
_postponed: contextvars.ContextVar[bool] = contextvars.ContextVar("postponed", default=False)
_watched: set[type] = set()
_settlers: list[Callable[[Written], None]] = []


def watch(models: Iterable[type]) -> None:
    """Note the rows of these models that are written from now on."""
    _watched.update(models)


def settle_with(function: Callable[[Written], None]) -> None:
    """Say what brings derived rows up to date; it gets the keys of the rows that were written, by model."""
    _settlers.append(function)


def watched(model: type) -> bool:
    """Whether rows of a model are to be noted now."""
    return model in _watched and _open.get() is not None


def note(model: type, keys: Collection) -> None:
    """These rows were written."""
    found = _open.get()
    if found is not None and model in _watched:
        found.setdefault(model, set()).update(keys)


@contextlib.contextmanager
def postponed() -> Iterator[None]:
    """A block of very many actions, such as the filling of a demonstration, after which everything is derived at once by
    whoever opened it (`sources.renew`); inside it nothing derived may be relied on."""
    token = _postponed.set(True)
    try:
        yield
    finally:
        _postponed.reset(token)


@contextlib.contextmanager
def settled() -> Iterator[None]:
    """A block whose writes are noted; what is derived from them is written when it ends well."""
    token = _open.set({})
    try:
        yield
        written = _open.get()
    finally:
        _open.reset(token)
    if written and not _postponed.get():
        for settle in _settlers:
            settle(written)
