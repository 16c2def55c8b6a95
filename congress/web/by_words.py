"""Addresses told apart word by word. Django tries one after the other, and there are eight hundred: to come to the last of them a
request would be held against all."""

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, include, path

FEW = 8  # are tried one after the other as fast

Address = tuple[str, URLPattern]


def by_words(addresses: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same addresses, those that begin alike below their common beginning; a word goes before what may be any word."""
    return _below(list(_each(addresses)))


def _each(addresses: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[Address]:
    for one in addresses:
        route = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from _each(one.url_patterns, route)
        else:
            yield route, one


def _below(addresses: list[Address]) -> list[URLPattern | URLResolver]:
    if len(addresses) <= FEW:
        return [path(route, one.callback, one.default_args, one.name) for route, one in addresses]
    beginnings: dict[str, list[Address]] = {}
    for route, one in addresses:
        beginnings.setdefault(_word(route), []).append((route, one))
    found: list[URLPattern | URLResolver] = []
    for _, alike in sorted(beginnings.items(), key=lambda beginning: beginning[0].startswith("<")):
        common = _common([route for route, _ in alike]) if len(alike) > FEW else ""
        below = _below([(route.removeprefix(common), one) for route, one in alike])
        found += [path(common, include(below))] if common else below
    return found


def _word(route: str) -> str:
    word, slash, _ = route.partition("/")
    return word + slash


def _common(routes: list[str]) -> str:
    """The words with which all of these begin."""
    common = ""
    while len(words := {_word(route.removeprefix(common)) for route in routes}) == 1 and "/" in "".join(words):
        common += words.pop()
    return common
