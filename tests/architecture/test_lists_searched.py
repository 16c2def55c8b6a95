"""Every list finds its rows by the words it shows, and says nothing of what cannot be looked for."""

import itertools
import re

import pytest
from django.db import models

from congress.web import table
from congress.web.table import plain
from tests.architecture.listed import LISTS, WITHOUT_FRAME, each_list, grow, read_whole

pytestmark = pytest.mark.usefixtures("sampled")


NOTHING = ("%01", "%00%E6%B0%B4%00%E6%B8%A0%FF", "x" * 5000, "x%20" * 100, "%E2%80%8B")


@pytest.mark.slow
def test_what_cannot_be_looked_for_finds_nothing(world, browse, samples):
    """Two of them of each list, the next two of the next: what is looked for is read in one place, and only then held against
    what a list shows."""
    found, turn = [], itertools.cycle(NOTHING)
    for name, url, client in each_list(browse, world, samples):
        if client.get(f"{url}?q=%00").status_code != 200:  # taken out of every request: nothing is looked for
            found.append(f"{name} %00")
        for query in itertools.islice(turn, 2):
            answer = client.get(f"{url}?q={query}", headers=WITHOUT_FRAME)
            if answer.status_code != 200 or list(answer.context["page"].object_list):
                found.append(f"{name} {query[:20]}: {answer.status_code}")
    assert found == []


# Columns that show no words of the record (counts and codes aside): what they say is derived, and has a filter instead.
NOT_SEARCHED = {
    "pinyin": "the spelling of a name that is found by it",
    "rare": "characters of the name",
    "phone": "masked",
    "target": "of a channel: masked",
    "id_number": "masked",
    "sha256": "a digest",
    "hash": "a digest",
    "mac": "a seal",
    "detail": "told by the program from what the event kept",
    "manage": "a button",
    "again": "a button",
    "end": "a button",
    "left": "days, derived",
    "due": "derived",
    "valid": "derived",
    "state": "derived",
    "hours": "times of the day",
    "handed_at": "a time of the day",
    "shown_at": "a time of the day",
    "leaves_at": "a time of the day",
    "returns_at": "a time of the day",
    "citation": "law, not the record",
    "grade": "one letter",
    "rating": "marks in fixed words",
}


def shown_words(column, row) -> list[str]:
    """The words of a cell, apart from the marks between them."""
    return [word for word in re.split(r"[\s、（）：；…]+", str(plain(column.value(row)))) if word]


@pytest.fixture
def one_page(monkeypatch):
    """Lists short enough for a test stand on one page."""
    monkeypatch.setattr(table, "PAGE_SIZE", 1000)


def same(row) -> object:
    return getattr(row, "pk", None) or str(getattr(row, "subject", row))


@pytest.mark.slow
@pytest.mark.usefixtures("one_page")
def test_every_word_a_list_shows_finds_the_row_and_two_in_any_order(world, browse, samples):
    found, numbers = [], itertools.count(31)
    for name, url, client in each_list(browse, world, samples):
        grow(LISTS[name][0], world, samples[0], next(numbers))
        first = client.get(url, headers=WITHOUT_FRAME)
        listing, rows = first.context["listing"], read_whole(first)
        words: dict[str, tuple[object, str]] = {}
        for column in listing.columns:
            if isinstance(rows[0], models.Model) and not column.finds:
                if not column.numeric and column.key not in NOT_SEARCHED:
                    found.append(f"{name}: nothing finds {column.key}")
                continue
            spoken = [(row, word) for row in rows for word in shown_words(column, row)]
            if spoken and not column.numeric:
                words[column.key] = spoken[0]
        assert words, name
        queries_of_words = [(row, word, key) for key, (row, word) in words.items()]
        row = rows[0]
        own = [word for column in listing.columns if column.key in words for word in shown_words(column, row)[:1]]
        if len(own) > 1:
            queries_of_words += [(row, f"{own[0]} {own[-1]}", "two"), (row, f"{own[-1]}　{own[0]}", "two turned")]
        for wanted, typed, key in queries_of_words:
            hits = client.get(url, {"q": typed}, headers=WITHOUT_FRAME).context["page"]
            if same(wanted) not in [same(hit) for hit in hits]:
                found.append(f"{name}.{key}: {typed!r} does not find its row")
    assert found == []
