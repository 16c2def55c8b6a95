"""Pinyin of names: reading, keys for search, key for alphabetical order.

pypinyin knows characters, not surnames (曾 would be ceng, 单 dan): the table in `parts` goes first. ü is spelt v.
"""

import functools
import itertools
import re
import unicodedata
from typing import Any, NamedTuple

from pypinyin import Style, pinyin

from .characters import is_han
from .parts import COMPOUND, SINGLE, Parts, letters, split, tidy
from .strokes import stroke_key

MAX_VARIANTS = 16
MAX_KEYS = 128
_PASSPORT = re.compile(r"(?<=[ln])yu")
_TONE = re.compile(r"\d")
_PIECES = re.compile(r"[a-z]+|[^a-z]")


class Reading(NamedTuple):
    """How a name is read: first choice, its initials, and all spellings a person may type (first choice first)."""

    full: str
    initials: str
    variants: tuple[str, ...]


class Query(NamedTuple):
    """What a search asks for: every `han` piece is in the name, and one of `pinyin` begins one of its keys."""

    han: tuple[str, ...]
    pinyin: tuple[str, ...]


def _letters(syllable: str) -> str:
    return _TONE.sub("", syllable)


@functools.lru_cache(maxsize=10_000)
def _readings(char: str) -> tuple[str, ...]:
    """Return all readings of one character with tones, the everyday one first; other characters as they are."""
    if not is_han(char):
        return (char.lower(),)
    found = pinyin(char, style=Style.TONE3, heteronym=True, errors="ignore")
    return tuple(found[0]) if found else (char,)


def _apart(unread: str) -> Any:
    """Keep characters without a reading one by one, so that every character has its place."""
    return list(unread)


@functools.lru_cache(maxsize=10_000)
def _given(name: str) -> list[str]:
    """Return one reading per character of a given name, as the phrase it forms; the list is not to be changed."""
    return [item[0] for item in pinyin(name, style=Style.TONE3, errors=_apart)]


@functools.lru_cache(maxsize=10_000)
def _first_choice(parts: Parts) -> list[str]:
    """Return one reading per character: surnames from the table, given names as the phrase they form; the list is not to be
    changed."""
    if parts.surname in COMPOUND:
        head = COMPOUND[parts.surname].split()
    else:
        head = [SINGLE.get(char, _readings(char)[0]) for char in parts.surname]
    if parts.surname and all(map(is_han, parts.given)):
        tail = _given(parts.given)
    else:
        tail = [_readings(char)[0] for char in letters(parts.given)]
    return head + tail


@functools.lru_cache(maxsize=10_000)
def _spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """Return at most 16 ways to spell a tidy name, syllable by syllable, those nearest to the first choice first."""
    return tuple(_ways(_choices(name)))


def _choices(name: str) -> list[list[str]]:
    """Return for each character its spellings without tones, first choice first."""
    parts = split(name)
    chars = letters(parts.surname + parts.given)
    return list(map(_spelt, chars, _first_choice(parts)))


@functools.lru_cache(maxsize=10_000)
def _spelt(char: str, first: str) -> list[str]:
    """The spellings of one character without tones, first choice first; the list is not to be changed."""
    return list(dict.fromkeys([_letters(first), *map(_letters, _readings(char))]))


def _ways(choices: list[list[str]]) -> list[tuple[str, ...]]:
    """Return at most 16 combinations, those nearest to the first of each first."""
    first = tuple(spellings[0] for spellings in choices)
    ways = {first: None}
    open_places = [place for place, spellings in enumerate(choices) if len(spellings) > 1]
    for count in range(1, len(open_places) + 1):
        for places in itertools.combinations(open_places, count):
            for others in itertools.product(*(choices[place][1:] for place in places)):
                way = list(first)
                for place, other in zip(places, others, strict=True):
                    way[place] = other
                ways[tuple(way)] = None
                if len(ways) == MAX_VARIANTS:
                    return list(ways)
    return list(ways)


def reading(name: str) -> Reading:
    """Return how the name is read: at most 16 variants, letters only (曾国藩: zengguofan, zgf)."""
    spellings = _spellings(tidy(name))
    variants = tuple(dict.fromkeys("".join(spelling) for spelling in spellings))
    return Reading(variants[0], "".join(syllable[:1] for syllable in spellings[0]), variants)


@functools.lru_cache(maxsize=1_000)
def _short_forms(syllable: str) -> list[str]:
    """Return the ways people shorten a syllable: zhang as zh and z; the list is not to be changed."""
    forms = [syllable, syllable[:1]]
    if syllable[:2] in ("zh", "ch", "sh"):
        forms.append(syllable[:2])
    return list(dict.fromkeys(form for form in forms if form))


@functools.lru_cache(maxsize=10_000)
def _keys_from(spelling: tuple[str, ...]) -> list[str]:
    """Return the keys of one spelling: any syllable but the last may be shortened, so every mixed input is a prefix. The
    list is not to be changed."""
    if len(spelling) > 4:
        return ["".join(spelling), "".join(syllable[:1] for syllable in spelling[:-1]) + spelling[-1]]
    return ["".join(form) for form in itertools.product(*map(_short_forms, spelling[:-1]), spelling[-1:])]


def search_keys(name: str) -> list[str]:
    """Return the keys to store beside a name: a query in letters finds it when it begins one of them.

    张伟 gives zhangwei, zwei, zhwei and, from the second character on, wei; so zw, zhangw, zhw and wei all hit.
    """
    keys: dict[str, None] = {}
    for spelling in _spellings(tidy(name)):
        for start in range(len(spelling)):
            keys.update(dict.fromkeys(_keys_from(spelling[start:])))
    return list(keys)[:MAX_KEYS]


def search_text(name: str) -> str:
    """Return the keys as one text, a blank before each: SQL finds a query by `LIKE '% query%'`."""
    return "".join(f" {key}" for key in search_keys(name))


def _fold(text: str) -> str:
    """Bring typed letters to the spelling of the keys: lower case, no tones, ü as v."""
    parts = unicodedata.normalize("NFD", tidy(text).lower()).replace("u\u0308", "v")
    plain = re.sub(r"[\u0300-\u036f'’]", "", parts)
    return re.sub(r"(?<=[a-z])[1-5]", "", plain)


def query_terms(query: str) -> Query:
    """Return what to ask the database: 伟 → Chinese piece; zw → letters; 张w → both (张, and zhangw from 张)."""
    pieces = [piece for piece in _PIECES.findall(_fold(query)) if letters(piece)]
    han = tuple("".join(group) for isletter, group in itertools.groupby(pieces, _is_letters) if not isletter)
    if not any(map(_is_letters, pieces)):
        return Query(han, ())
    choices = [[piece] if _is_letters(piece) else [_letters(r) for r in _surname_first(piece)] for piece in pieces]
    typed = dict.fromkeys("".join(spelling) for spelling in _ways(choices))
    # The passport's lyu may be lü, and lyuan may be l and yuan (林媛): both are asked for.
    passport = dict.fromkeys(_PASSPORT.sub("v", spelling) for spelling in typed)
    return Query(han, tuple(typed | passport))


def _is_letters(piece: str) -> bool:
    return piece.isascii()


def _surname_first(char: str) -> list[str]:
    return [SINGLE[char], *_readings(char)] if char in SINGLE else list(_readings(char))


def pinyin_sort_key(name: str) -> str:
    """Return a key to compare by plain "<" (collation "C"): syllable, tone, strokes, character by character.

    lü files behind lu of the same letters (lu, lü, luan); names of one surname stay together.
    """
    parts = split(name)
    chars = letters(parts.surname + parts.given)
    return " ".join(map(_sort_cell, chars, _first_choice(parts)))


@functools.lru_cache(maxsize=10_000)
def _sort_cell(char: str, syllable: str) -> str:
    """What one character adds to the key."""
    tone, spelled = _TONE.findall(syllable), _letters(syllable)
    return f"{spelled.replace('v', 'u')}{int('v' in spelled)}{tone[0] if tone else 5}{stroke_key(char)}"
