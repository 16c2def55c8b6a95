"""States of the database with which many tests begin: each is built once for all tests in a row that ask for it, and every one of
them finds it as it was built, because what a test writes is rolled back to there (as Django's `setUpTestData` has it, over modules).

A state is a function of the cast, and by this decorator a fixture; one may be built on another:

    @state
    def six_voters(world): …

    @state(on=six_voters)
    def their_vote(world, election): …

The tests that ask for it are collected in a row. What it returns is shared: a fixture of the test hands out a copy. What a test
does at an hour of its own is no part of a state, which is built at the hour of the clock. No test with a state may commit.
"""

import contextlib
import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from tests import cast

Chain = tuple[Callable, ...]  # a state, and before it those it is built on


@dataclass
class Standing:
    """What stands in the open transaction of this process, and how it is taken away."""

    build: Callable
    world: cast.World
    made: Any
    blocker: Any
    rolled_back: contextlib.ExitStack


_standing: list[Standing] = []
_chains: dict[Any, Chain] = {}  # of each fixture


def state(build: Callable | None = None, *, on=None):
    """Decorator: a fixture for what `build(world)`, or `build(world, what it is built on)`, makes. It is in the database until a
    test asks for another state or for none."""
    if build is None:
        return partial(state, on=on)
    chain = (*_chains.get(on, ()), build)

    def standing(django_db_setup, django_db_blocker):
        if stands()[: len(chain)] != chain:
            keep(chain)
            with django_db_blocker.unblock():
                for one in chain[len(_standing) :]:
                    _build(one, django_db_blocker)
        return _standing[len(chain) - 1].made

    standing.chain = chain
    made = pytest.fixture(scope="module", name=build.__name__)(standing)
    _chains[made] = chain
    return made


def _build(build: Callable, blocker) -> None:
    with contextlib.ExitStack() as opened:
        opened.enter_context(transaction.atomic())
        opened.callback(transaction.set_rollback, True)
        world = copy.deepcopy(_standing[-1].world) if _standing else cast.anew()
        below = [copy.deepcopy(_standing[-1].made)] if _standing else []
        made = build(world, *below)
        connection.check_constraints()  # or each test would look once more at everything that refers to something else
        _standing.append(Standing(build, world, made, blocker, opened.pop_all()))


def keep(chain: Chain) -> None:
    """Roll back what stands and is no part of this."""
    while stands() != chain[: len(_standing)]:
        one = _standing.pop()
        with one.blocker.unblock():
            one.rolled_back.close()


def stands() -> Chain:
    """The states the database is in."""
    return tuple(one.build for one in _standing)


def asked(item: pytest.Item) -> Chain:
    """The states a test begins with. Raises ValueError where it asks for two of which neither is built on the other."""
    known = getattr(item, "_fixtureinfo", None)
    functions = [found[-1].func for found in known.name2fixturedefs.values()] if known else []
    chains = [one.chain for one in functions if hasattr(one, "chain")]
    longest: Chain = max(chains, key=len, default=())
    if any(one != longest[: len(one)] for one in chains):
        raise ValueError(f"{item.nodeid} asks for two states of the database")
    return longest


def in_a_row(items: list[pytest.Item]) -> None:
    """Put the tests of each state in a row, before all others: those that empty the database come last."""
    chains = [asked(item) for item in items]
    first = {build: place for place, build in enumerate(dict.fromkeys(build for chain in chains for build in chain))}
    places = {
        item: [first[build] for build in chain] or [len(first)] for item, chain in zip(items, chains, strict=True)
    }
    items.sort(key=places.__getitem__)


@pytest.fixture
def world(request, db) -> cast.World:
    """Two townships with their people."""
    if asked(request.node) != stands():
        raise RuntimeError("what a state of the database made was rolled back before a test that asks for it")
    return copy.deepcopy(_standing[-1].world) if _standing else cast.anew()
