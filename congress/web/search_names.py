"""Names of people in a search: characters wherever the dots stand, spellings and initials, and which of those found is nearest."""

import re
from functools import cache

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Replace
from django.db.models.lookups import IContains

from congress.names.parts import DOT, tidy
from congress.names.pinyin import query_terms
from congress.web.conditions import NOTHING, ONE_CASE, any_of


def _beside(path: str, name: str) -> str:
    return f"{path.rpartition('__')[0]}__{name}".removeprefix("__")


@cache
def _without_dots(path: str) -> Replace:
    return Replace(F(path), Value(DOT), Value(""))


def person(path: str, holder, word: str) -> Q:
    """Characters wherever the dots stand, or letters that begin a spelling (张, zhang, zw, 张w)."""
    plain = tidy(word).replace(DOT, "")
    wanted = _named(path, plain) if plain else NOTHING
    han, letters = query_terms(word)
    spelled_out = not plain.isdecimal()  # a figure in a name is found by itself: its spelling says no more
    if letters and spelled_out and any(column.name == "search_text" for column in holder._meta.concrete_fields):
        keys = f"{_beside(path, 'search_text')}__contains"
        spelled = any_of(Q(**{keys: f" {spelling}"}) for spelling in letters)
        for piece in han:
            spelled &= Q(**{f"{path}__contains": piece})
        wanted |= spelled
    return wanted


def _named(path: str, plain: str) -> Q:
    """Whether a name contains these characters, dots left out of it; few names have any."""
    if ONE_CASE.fullmatch(plain):
        dotted = Q(**{f"{path}__contains": DOT}) & Q(models.lookups.Contains(_without_dots(path), plain))
        return Q(**{f"{path}__contains": plain}) | dotted
    return Q(IContains(_without_dots(path), plain))


def nearest_first(text: str, path: str = "name") -> Case:
    """How near the name at a path is to a text, to sort by: the name itself, its beginning, a part of it, the whole
    spelling, the beginning of the spelling, initials and mixtures from the first character, from a later one."""
    plain = tidy(text).replace(DOT, "")
    keys = _beside(path, "search_text")
    letters = () if plain.isdecimal() else query_terms(text).pinyin  # as in `person`
    name = _without_dots(path)
    ranks: list[Q] = [
        Q(models.lookups.Exact(name, Value(plain))),
        Q(models.lookups.StartsWith(name, plain)),
        Q(IContains(name, plain)),
        any_of(Q(**{f"{keys}__startswith": f" {spelling} "}) for spelling in letters),
        any_of(Q(**{f"{keys}__startswith": f" {spelling}"}) for spelling in letters),
        any_of(Q(**{f"{keys}__regex": _from_the_start(spelling)}) for spelling in letters),
    ]
    cases = [When(condition, then=rank) for rank, condition in enumerate(ranks)]
    return Case(*cases, default=len(ranks), output_field=models.IntegerField())


def _from_the_start(spelling: str) -> str:
    # The keys of a name begin with those of its first character: none of another letter stands before the one that hits.
    return f"^( {re.escape(spelling[0])}[^ ]*)* {re.escape(spelling)}"
