"""The first lock: which townships' rows a piece of code may see and write, held by row-level security.

A scope is a block inside a transaction. It tells PostgreSQL (settings local to the transaction) which townships may be
read and which one may be written, and puts the old answer back on leaving. With no scope, reading a record raises.
"""

import contextlib
import contextvars
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import connection, transaction


class ScopeMissing(RuntimeError):
    """A guarded table was read or written outside any scope: a fault of the program, never of the user."""


@dataclass(frozen=True)
class Scope:
    """What may be read and written. `read_all` reads every township; `accounts` opens memberships; `audit` opens the trail;
    `published` reads what one township published, `inbox` adds to its inboxes; `rehearsal` marks every paper set in it.
    `county` reads a county's own rows, `write_county` writes them and asks its townships."""

    read: tuple[int, ...] = ()
    write: int | None = None
    read_all: bool = False
    accounts: bool = False
    audit: bool = False
    user_id: int | None = None
    published: int | None = None
    inbox: int | None = None
    rehearsal: bool = False
    county: int | None = None
    write_county: int | None = None


_current: contextvars.ContextVar[Scope | None] = contextvars.ContextVar("scope", default=None)
_guarded_pattern: re.Pattern | None = None


def current() -> Scope | None:
    """The scope that is open, or None."""
    return _current.get()


def _apply(scope: Scope | None) -> None:
    scope = scope or Scope()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.read_townships', %s, true), set_config('app.write_township', %s, true),"
            " set_config('app.read_all', %s, true), set_config('app.accounts', %s, true),"
            " set_config('app.audit', %s, true), set_config('app.user_id', %s, true),"
            " set_config('app.published_township', %s, true), set_config('app.inbox_township', %s, true),"
            " set_config('app.county', %s, true), set_config('app.write_county', %s, true)",
            [
                "{" + ",".join(str(pk) for pk in scope.read) + "}" if scope.read else "",
                _number(scope.write),
                "on" if scope.read_all else "",
                "on" if scope.accounts else "",
                "on" if scope.audit else "",
                _number(scope.user_id),
                _number(scope.published),
                _number(scope.inbox),
                _number(scope.county),
                _number(scope.write_county),
            ],
        )


def in_rehearsal() -> bool:
    """Whether the scope that is open reaches a rehearsal: what is set on paper in it says so."""
    scope = _current.get()
    return scope is not None and scope.rehearsal


def _number(key: int | None) -> str:
    return "" if key is None else str(key)


@contextlib.contextmanager
def _enter(scope: Scope) -> Iterator[Scope]:
    alone = not connection.in_atomic_block  # then the settings end with the transaction
    with transaction.atomic():
        outer = _current.get()
        _apply(scope)
        token = _current.set(scope)
        try:
            yield scope
        finally:
            _current.reset(token)
        # Only on success: when the block failed, rolling back to the savepoint restores the settings itself.
        if not alone:
            _apply(outer)


def _user_id() -> int | None:
    outer = _current.get()
    return outer.user_id if outer else None


def township(place) -> contextlib.AbstractContextManager[Scope]:
    """Read and write one township."""
    return _enter(Scope(read=(place.pk,), write=place.pk, user_id=_user_id(), rehearsal=place.rehearsal))


def reading(places: Iterable, by=None) -> contextlib.AbstractContextManager[Scope]:
    """Read these townships, write none; `by` says who asks, where no scope round it does."""
    places = list(places)
    read, rehearsal = tuple(sorted(place.pk for place in places)), any(place.rehearsal for place in places)
    wanted = Scope(read=read, user_id=by.pk if by else _user_id(), rehearsal=rehearsal)
    if wanted == _current.get():
        return contextlib.nullcontext(wanted)  # so already, as where a page of the township asks: no round trips
    return _enter(wanted)


def county(place, townships: Iterable, by=None, *, writes: bool = False) -> contextlib.AbstractContextManager[Scope]:
    """Read a county's own rows and these of its townships; with `writes` write its own rows and ask its townships, and
    nothing else of theirs."""
    read = tuple(sorted(township.pk for township in townships))
    user_id = by.pk if by else _user_id()
    return _enter(Scope(read=read, user_id=user_id, county=place.pk, write_county=place.pk if writes else None))


def public(place, *, adds: bool = False) -> contextlib.AbstractContextManager[Scope]:
    """What anybody may do: read what one township published (`Record.guard_public`); with `adds` also put rows into its
    inboxes, which nobody can read back here."""
    return _enter(Scope(published=place.pk, inbox=place.pk if adds else None, rehearsal=place.rehearsal))


def everywhere(reason: str) -> contextlib.AbstractContextManager[Scope]:
    """Read every township, write none; the reason is for the reader of the code. Raises ValueError without one."""
    if not reason:
        raise ValueError("say why every township must be read")
    return _enter(Scope(read_all=True, user_id=_user_id()))


def every_row(reason: str) -> contextlib.AbstractContextManager[Scope]:
    """Read what is everywhere, and accounts and the trail beside it, for checks of the whole. Raises ValueError without reason."""
    if not reason:
        raise ValueError("say why every row must be read")
    return _enter(Scope(read_all=True, accounts=True, audit=True, user_id=_user_id()))


def accounts() -> contextlib.AbstractContextManager[Scope]:
    """Manage users and memberships of every place, and see no record."""
    return _enter(Scope(accounts=True, user_id=_user_id()))


def audit() -> contextlib.AbstractContextManager[Scope]:
    """Read the audit trail of every place, and no record."""
    return _enter(Scope(audit=True, user_id=_user_id()))


def user(person) -> contextlib.AbstractContextManager[Scope]:
    """Read the memberships and messages of one user, whatever their places."""
    outer = _current.get()
    if outer is not None and outer.user_id == person.pk:
        return contextlib.nullcontext(outer)  # so already, as on every page: no round trips
    return _enter(replace(outer or Scope(), user_id=person.pk))


def guarded_tables() -> list[str]:
    """Names of the tables of all record models and of counties' own rows."""
    from congress.guard.county import county_models  # noqa: PLC0415  start-up: models are not there yet
    from congress.guard.record import record_models  # noqa: PLC0415  start-up: models are not there yet

    return [model._meta.db_table for model in (*record_models(), *county_models())]


def refuse_without_scope(execute, sql, params, many, context):
    """A wrapper round every statement: raises ScopeMissing when a guarded table is touched with no scope open."""
    global _guarded_pattern
    if _current.get() is None and context["connection"].settings_dict["USER"] == settings.RUNTIME_ROLE:
        if _guarded_pattern is None:
            _guarded_pattern = re.compile('"(' + "|".join(map(re.escape, guarded_tables())) + ')"')
        touched = _guarded_pattern.search(sql) if isinstance(sql, str) else None
        if touched:
            raise ScopeMissing(f"{touched.group(1)} was used with no scope open")
    return execute(sql, params, many, context)


def install_hook(sender, connection, **kwargs) -> None:
    """Receiver of connection_created: every statement passes `refuse_without_scope`."""
    if refuse_without_scope not in connection.execute_wrappers:
        connection.execute_wrappers.append(refuse_without_scope)
