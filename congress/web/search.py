"""The search box of a list: every word, in any order, over everything its columns show.

A column says by `find` where its words stand; a list adds by `search` what a record says beside its columns:

    "station__name"                      a field: text that contains the word, a choice by its label, a day or month
                                         (2026-03, 2026年3月), a number (17, 第十七届)
    Serial("number")                     a number kept as text, 2026-016: as it stands, or as 第16号
    "receivers__deputy__name"            the same across rows that belong to the record, those withdrawn left out
    Name("lead__name")                   a person: with or without blanks and dots, pinyin and initials where kept
    Among("term", terms, str)            rows of a short table by the words they are shown with
    Said({"停用": Q(closed_on__…)})       words of the program for a state of the record
    Within(Name("lead__name"), Q(…))     a place in which only some rows may be looked at
    lambda word: Q(…)                    anything else

Words are ANDed, the places of a word ORed; the number of statements does not depend on the rows. Long tables have an index of
words (`guard.words`), which is asked wherever a place is one of its columns, whatever list leads there. A short table
(`Record.short_table`) to which a place leads is asked first, once for all places: mostly nobody there bears the word, and then
nothing is left to be joined.
"""

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q, QuerySet

from congress import together
from congress.guard.words import Found, Holds, index_of
from congress.names.parts import tidy
from congress.prepared import AnyOf, Prepared
from congress.web.conditions import NOTHING, any_of, contains
from congress.web.search_names import person
from congress.web.search_values import number_of, on_day
from congress.web.search_words import MOST, words_of
from congress.web.shapes import Rows, Shaped, chained

MANY = 2_000  # rows; of more than these it is said that they are more
BY_KEY = 4_000  # rows: more are read quicker as they come
PLACES = 4_096  # of which it is kept where they lead; some lists make theirs anew for each reader
HARDLY = 500  # rows of a short table: more are joined, as their keys would be too long a list


@dataclass(frozen=True)
class Name:
    """A field that holds the name of a person."""

    path: str


@dataclass(frozen=True)
class Serial:
    """A field that holds numbers of records as text."""

    path: str


@dataclass(frozen=True)
class Among:
    """A reference to a row of a short table, which is read whole: found when `text(row)` contains the word."""

    path: str
    rows: Callable[[], Iterable[models.Model]]
    text: Callable[[Any], str] = str


@dataclass(frozen=True)
class Said:
    """Words the program has for states of a record, and when they hold."""

    conditions: Mapping[str, Q]

    __hash__ = object.__hash__


@dataclass(frozen=True)
class Within:
    """A place where words stand, in those of the rows alone for which the condition holds."""

    find: "Find"
    rows: Q

    __hash__ = object.__hash__


Find = str | Name | Serial | Among | Said | Within | Callable[[str], Q]


@dataclass(frozen=True)
class Looked:
    """What a first look into a list says: the words that are answered `by_key`, and the keys of the rows in which all of these are
    found (None without). Of the other words so many rows hold each that they are read quicker in the order of the list, as they
    come. Whether few rows are left, or no index helps and every row is compared, which is dear enough once."""

    by_key: Collection[str] = ()
    few: bool = False
    keys: Collection | None = None


def found(
    rows: QuerySet, finds: Sequence[Find], text: str, tables: "Tables | None" = None, looked: Looked | None = None
) -> QuerySet:
    """The rows in which every word of a text stands in some of the places; none when nothing can be looked for. Who looks
    through several lists at once shares the short tables it reads, and the first look into each."""
    if not words_of(text):
        return rows.none()
    tables = tables or Tables()
    looked = looked or look(rows.model, finds, text, tables)
    return chained(rows, conditions(rows.model, finds, text, tables, looked))


def narrow_words(model, finds: Sequence[Find], text: str) -> list[str]:
    """The words of a text by which rows of a model are looked for by their keys."""
    return [word for word in words_of(text) if not _is_broad(model, finds, word)] if index_of(model) else []


def look(model, finds: Sequence[Find], text: str, tables: "Tables") -> Looked:
    """The first look into a list; two statements at most."""
    return looks({None: (model, finds)}, text, tables)[None]


def looks(
    lists: Mapping[Any, tuple[Any, Sequence[Find]]], text: str, tables: "Tables", whole: Mapping[Any, Shaped] = {}
) -> dict[Any, Looked]:
    """The same of several lists, each by its model and where its words stand; two statements for all, the second for places that
    no index of words and no short table knows. The keys they bring are not looked for again: to plan how takes longer than to
    do it. Of lists of which every row is compared, these bring the keys where they stand among the `whole`."""
    words, places = words_of(text), [(model, find) for model, finds in lists.values() for find in finds]
    first = {found for place in places if (found := asked_first(*place))}
    indexed = {found for place in places if (found := _indexed(*place))}
    spellings = {spelling for word in words for spelling in _spellings(word)}
    tables.meet(
        ((*place, word) for place in first for word in words),
        ((model, spelling) for model in indexed for spelling in spellings),
    )
    narrow = {at: narrow_words(model, finds, text) for at, (model, finds) in lists.items()}
    asked = {
        (at, word): _keys(*lists[at], word, tables)
        for at, several in narrow.items()
        for word in several
        if not tables.is_many(lists[at][0], word)
    }
    compared = {at: keys for at, keys in whole.items() if index_of(lists[at][0]) is None}
    for at, keys_of in compared.items():
        asked[at, None] = keys_of(*conditions(*lists[at], text, tables))
    keys = together.keys(asked, BY_KEY + 1, anew=True)
    answers = {}
    for at, (model, finds) in lists.items():
        met = {
            word: {*keys[at, word], *_known(model, finds, word, tables)} for word in narrow[at] if (at, word) in keys
        }
        few = {word: found for word, found in met.items() if len(found) <= BY_KEY}
        both = functools.reduce(set.intersection, few.values()) if few else None
        answers[at] = Looked(few, index_of(model) is None or bool(few), both)
        if at in compared and len(keys[at, None]) <= BY_KEY:
            answers[at] = Looked(words, True, keys[at, None])
    return answers


def conditions(model, finds: Sequence[Find], text: str, tables: "Tables", looked: Looked = Looked()) -> list[Q]:
    """The conditions of a row in which every word of a text stands in some of the places, of which what the first look says
    is the last."""
    words = [word for word in words_of(text) if word not in looked.by_key]
    each = [any_of(_conditions(model, finds, word, tables)) for word in words]
    return each if looked.keys is None else [*each, Q(AnyOf("pk", looked.keys))]


def _is_broad(model, finds: Sequence[Find], word: str) -> bool:
    """Whether a word is a year, a number or a state: a large part of the rows fits, and is read quicker as it comes than by
    its keys."""
    plain = (find for find in finds if isinstance(find, Said) or (isinstance(find, str) and not _is_text(model, find)))
    return any(condition(model, find, word) != NOTHING for find in plain)


def _is_text(model, path: str) -> bool:
    field = None
    for step in path.split("__"):
        field = model._meta.get_field(step)
        model = field.related_model
    return isinstance(field, models.CharField | models.TextField) and not field.choices


@functools.cache
def _whole(rows: Callable[[], Iterable[models.Model]]) -> Callable[[], list]:
    """What reads a short table; all of it, so that nothing that was typed is in the statement."""
    return Prepared(rows) if isinstance(rows(), QuerySet) else lambda: list(rows())


class Tables:
    """Short tables that are read whole, each once in a search; what is found in those that are asked first; and what the indexes
    of words say."""

    def __init__(self):
        self._read: dict = {}
        self._met: dict[tuple, list[str]] = {}

    def rows(self, among: Among) -> list:
        """The rows of a table."""
        if among.rows not in self._read:
            self._read[among.rows] = _whole(among.rows)()
        return self._read[among.rows]

    def meet(self, asked: Iterable[tuple[Any, "str | Name", str]], indexed: Iterable[tuple[Any, str]] = ()) -> None:
        """Ask which rows of short tables are found by a word in one place, and which the index of words of a model gives for a
        spelling; one statement for all."""
        most = max(HARDLY, BY_KEY) + 1
        rows = {(model, find, word): _keys_of(model)(condition(model, find, word)) for model, find, word in asked}
        held = {(model, spelling): Found(model, spelling, most) for model, spelling in indexed}
        self._met |= together.keys(rows | held, most, anew=True)

    def met(self, model, find: "str | Name", word: str) -> list | None:
        """The keys of the rows of a short table; None where they are many, or were not asked for."""
        keys = self._met.get((model, find, word))
        return None if keys is None or len(keys) > HARDLY else [UUID(key) for key in keys]

    def held(self, model, spelling: str) -> list[str] | None:
        """The keys the index of words gives; None where it was not asked. More than `BY_KEY` are not all of them."""
        return self._met.get((model, spelling))

    def is_many(self, model, word: str) -> bool:
        """Whether the index of words gives so many that the rows are read quicker as they come."""
        return any(len(self.held(model, spelling) or ()) > BY_KEY for spelling in _spellings(word))


def _keys(model, finds: Sequence[Find], word: str, tables: Tables) -> together.Either:
    """The keys of the rows that are found by a word, but for those that the index of words has given. Each place is asked by
    itself and the keys are put together: joined by OR, no index would serve any of them. The rows are not looked at here: who
    reads them by these keys sees what he may."""
    conditions = _conditions(model, finds, word, tables, known=False)
    return together.Either([_keys_of(model)(one) for one in conditions if one != NOTHING])


def _conditions(model, finds: Sequence[Find], word: str, tables: Tables, *, known: bool = True) -> Iterator[Q]:
    """When a row is found by a word in each of the places; the columns of its own index are one of them, without `known` only
    where that does not know all about a spelling."""
    columns = _own(model, finds)
    yield from (condition(model, find, word, tables) for find in finds if find not in columns)
    for spelling in _spellings(word) if columns else ():
        if known or not _is_known(model, columns, spelling):
            yield _held_as(model, columns, spelling, "", tables)


def _known(model, finds: Sequence[Find], word: str, tables: Tables) -> list:
    """The keys that the index of words has given, where it knows all about a spelling."""
    columns = _own(model, finds)
    known = (one for one in _spellings(word) if columns and _is_known(model, columns, one))
    return [key for one in known for key in tables.held(model, one) or ()]


def _own(model, finds: Sequence[Find]) -> list:
    """Those of the places that the model's own index of words holds."""
    index = index_of(model)
    return [find for find in finds if find in index.columns] if index else []


@functools.lru_cache(maxsize=PLACES)
def _indexed(model, find: Find):
    """The model at the end of a place whose index of words holds the texts there."""
    if isinstance(find, Within):
        return _indexed(model, find.find)
    steps = find.split("__") if isinstance(find, str) else []
    for step in steps[:-1]:
        model = model._meta.get_field(step).related_model
    index = index_of(model) if steps else None
    return model if index and steps[-1] in index.columns else None


@functools.cache
def _keys_of(model) -> Shaped:
    """The keys of the rows that meet a condition; where it is nothing but a list of keys, those on the list."""
    rows = model._base_manager.order_by()

    def meeting(conditions: Sequence[Q]) -> QuerySet:
        (one,) = conditions
        only = one.children[0] if len(one.children) == 1 and not one.negated else None
        path, keys = only if isinstance(only, tuple) else ("", None)
        listed = path == "pk__in" and isinstance(keys, Rows)
        return keys.queryset().order_by() if listed else rows.filter(one).values("pk")

    return Shaped(meeting)


@functools.lru_cache(maxsize=PLACES)
def asked_first(model, find: Find) -> tuple[Any, str | Name] | None:
    """The short table to which a place leads, and the place in it."""
    if isinstance(find, Within):
        return asked_first(model, find.find)
    path = find.path if isinstance(find, Name) else find if isinstance(find, str) else ""
    before, _, last = path.rpartition("__")
    short = _short_table(model, before) if before else None
    return short and (short, Name(last) if isinstance(find, Name) else last)


@functools.cache
def _short_table(model, path: str):
    """The table at the end of a path from row to row, where it is a short one."""
    for step in path.split("__"):
        field = model._meta.get_field(step)
        model = field.related_model
    return model if getattr(model, "short_table", False) and not field.one_to_many else None


def condition(model, find: Find, word: str, tables: Tables | None = None) -> Q:
    """When a row of a model is found by one word in one place."""
    if isinstance(find, Within):
        holds = condition(model, find.find, word, tables)
        return holds if holds == NOTHING else holds & find.rows
    first = asked_first(model, find)
    keys = tables.met(*first, word) if first and tables else None
    if keys is not None and isinstance(find, str | Name):
        path = (find.path if isinstance(find, Name) else find).rpartition("__")[0]
        return _among(model, path, keys)
    if isinstance(find, str):
        return _across(model, find, lambda field, path, holder: _field(field, path, holder, word, tables))
    if isinstance(find, Name):
        return _across(model, find.path, lambda field, path, holder: person(path, holder, word))
    if isinstance(find, Serial):
        number = number_of(word) if word.startswith("第") else None
        return NOTHING if number is None else Q(**{f"{find.path}__regex": rf"(^|[^0-9])0*{number}$"})
    if isinstance(find, Among):
        rows = (tables or Tables()).rows(find)
        wanted = [row.pk for row in rows if word.casefold() in find.text(row).casefold()]
        return _among(model, find.path, wanted)
    if isinstance(find, Said):
        return any_of(holds for label, holds in find.conditions.items() if word in label)
    return find(word)


def _among(model, path: str, keys: Collection) -> Q:
    return _across(model, path, lambda field, path, _: Q(**{f"{path}__in": keys})) if keys else NOTHING


def _across(model, path: str, leaf: Callable) -> Q:
    """The condition at the end of a path. A step to many rows becomes a list of keys: a join would repeat the record and
    multiply what the list counts."""
    steps, holder, field = path.split("__"), model, None
    for at, step in enumerate(steps):
        try:
            field = holder._meta.get_field(step)
        except FieldDoesNotExist:
            if len(steps) > 1:
                raise
            return leaf(models.TextField(), path, holder)  # what the query was annotated with
        if field.one_to_many:
            many = field.related_model
            inner = _across(many, "__".join(steps[at + 1 :]), leaf)
            if inner == NOTHING:  # such as a word that is no day, where days are
                return NOTHING
            return Q(**{f"{'__'.join(steps[:at]) or 'pk'}__in": Rows(many, inner, field.field.name)})
        if at < len(steps) - 1:
            holder = field.related_model
    return leaf(field, path, holder)


def _field(field: models.Field, path: str, holder, word: str, tables: Tables | None = None) -> Q:
    if field.choices:
        fold = word.casefold()
        wanted = [value for value, label in field.flatchoices if fold in str(label).casefold()]
        return Q(**{f"{path}__in": wanted}) if wanted else NOTHING
    if isinstance(field, models.DateField):
        return on_day(field, path, word)
    if isinstance(field, models.IntegerField):
        number = number_of(word)
        return NOTHING if number is None else Q(**{path: number})
    index = index_of(holder)
    if index and field.name in index.columns:
        to = path.rpartition(field.name)[0]
        return any_of(_held_as(holder, [field.name], spelling, to, tables) for spelling in _spellings(word))
    texts = isinstance(field, models.CharField | models.TextField)
    return any_of(
        Q(**{f"{path}__{contains(spelling) if texts else 'icontains'}": spelling}) for spelling in _spellings(word)
    )


@functools.lru_cache(maxsize=MOST)
def _spellings(word: str) -> list[str]:
    return list(dict.fromkeys([word, tidy(word) or word]))


def _held_as(holder, columns: Sequence[str], spelling: str, path: str, tables: Tables | None) -> Q:
    """When indexed columns of the holder, to which a path leads, hold a spelling: as the index says, or compared where it is
    known to say many."""
    keys = tables.held(holder, spelling) if tables else None
    if keys == []:
        return NOTHING
    compared = any_of(Q(**{f"{path}{column}__{contains(spelling)}": spelling}) for column in columns)
    if keys is not None and len(keys) > BY_KEY:
        return compared
    holds = Q(Holds(f"{path}pk", holder, spelling) if keys is None else AnyOf(f"{path}pk", keys))
    return holds if _is_known(holder, columns, spelling) else holds & compared


def _is_known(holder, columns: Sequence[str], spelling: str) -> bool:
    """Whether the index knows all about it: it holds pairs of characters, of all its columns. What is longer, or is looked for
    in some of them, is compared among what it finds."""
    return len(spelling) <= 2 and set(columns) == set(index_of(holder).columns)
