"""Addresses told apart word by word. Django tries one after the other, and there are eight hundred: to come to the last of them a
request would be held against all."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver, path
from django.urls.resolvers import RoutePattern

FEW = 8  # are tried one after the other as fast

Address = tuple[str, URLPattern]
Pattern = URLPattern | URLResolver


class Beginning(URLResolver):
    """Addresses that begin alike. Those that go on with the next word of a request are looked up, and of what was tried in vain
    no list is kept: Django shows one where it debugs alone."""

    def __init__(self, common: str, below: list[Pattern]):
        super().__init__(RoutePattern(common), below)

    @cached_property
    def _any_word(self) -> list[Pattern]:
        return [one for one in self.url_patterns if "<" in _word(str(one.pattern))]

    @cached_property
    def _by_word(self) -> dict[str, list[Pattern]]:
        """What may be meant by each word, in the order of the addresses."""
        words = [_word(str(one.pattern)) for one in self.url_patterns]
        either = list(zip(words, self.url_patterns, strict=True))
        return {word: [one for own, one in either if own == word or "<" in own] for word in words}

    def resolve(self, path: str) -> ResolverMatch:
        """What stands at an address. Raises Resolver404 where nothing does."""
        if begun := self.pattern.match(path):
            rest, _, said = begun
            for one in self._by_word.get(_word(rest), self._any_word):
                try:
                    found = one.resolve(rest)
                except Resolver404:
                    continue
                if found:
                    return _under(said, "" if isinstance(one, URLPattern) else str(one.pattern), found)
        raise Resolver404({"path": path})


def _under(said: dict, route: str, found: ResolverMatch) -> ResolverMatch:
    return ResolverMatch(
        found.func,
        found.args,
        {**said, **found.kwargs},
        found.url_name,
        route=f"{route}{found.route}",
        captured_kwargs=found.captured_kwargs,
        extra_kwargs=found.extra_kwargs,
    )


def by_words(addresses: Iterable[Pattern]) -> list[Pattern]:
    """The same addresses, those that begin alike below their common beginning; a word goes before what may be any word."""
    return _below(list(_each(addresses)))


def _each(addresses: Iterable[Pattern], before: str = "") -> Iterator[Address]:
    for one in addresses:
        route = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from _each(one.url_patterns, route)
        else:
            yield route, one


def _below(addresses: list[Address]) -> list[Pattern]:
    if len(addresses) <= FEW:
        return [path(route, one.callback, one.default_args, one.name) for route, one in addresses]
    beginnings: dict[str, list[Address]] = {}
    for route, one in addresses:
        beginnings.setdefault(_word(route), []).append((route, one))
    found: list[Pattern] = []
    for _, alike in sorted(beginnings.items(), key=lambda beginning: beginning[0].startswith("<")):
        common = _common([route for route, _ in alike]) if len(alike) > FEW else ""
        below = _below([(route.removeprefix(common), one) for route, one in alike])
        found += [Beginning(common, below)] if common else below
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
