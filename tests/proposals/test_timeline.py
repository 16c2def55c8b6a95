"""The thread as it reads to the office and to a unit, for the stories that the walks tell to their ends."""

import os
from datetime import date
from pathlib import Path

import pytest

from congress import clock
from congress.steps import standing_of
from proposals import queries
from proposals.life import MATTER, SUGGESTION
from tests.congress import walks

pytestmark = pytest.mark.django_db

THREADS = Path(__file__).with_name("threads.txt")


def ends(story, world) -> list[tuple[str, object]]:
    """The last state of each record of a walk, and the record."""
    return list({row.pk: (state, row) for state, row in story(world)}.values())


def lines(head: str, entries) -> list[str]:
    told = [f"{head} | {one.date or '—'} | {one.text} | {one.actor} | {one.note} | {one.state}" for one in entries]
    return [line.replace("\n", " ") for line in told]


def told(world) -> list[str]:
    """Every thread, a line an entry: as the clerk reads it, and the confidential ones as a unit does."""
    found = []
    for state, row in ends(walks.SUGGESTIONS.states, world):
        record = SUGGESTION.find(row.pk)
        for who in ("clerk", "handler") if record.confidential else ("clerk",):
            standing = standing_of(world.users[who], world.township)
            found += lines(f"{state} | {who}", queries.suggestion_thread(standing, record))
    for state, row in ends(walks.MATTERS.states, world):
        record = MATTER.find(row.pk)
        found += lines(f"{state} | clerk", queries.matter_thread(record, record.reception))
    return found


def test_each_story_reads_as_it_is_written_down_here(world):
    """Whoever changes a word, an order or who is named reads in the change of the file what it means."""
    with world.in_township(), clock.frozen(date(2022, 6, 10)):
        walks.people(world)
        found = told(world)
    if os.environ.get("THREADS") == "write":
        THREADS.write_text("\n".join(found) + "\n", encoding="utf-8")
    assert found == THREADS.read_text(encoding="utf-8").splitlines(), "THREADS=write pytest …"


def test_a_unit_reads_no_name_of_a_confidential_suggestion():
    secret = [
        line for line in THREADS.read_text(encoding="utf-8").splitlines() if line.startswith("closed by its rating")
    ]
    assert any("曾田" in line for line in secret if "| clerk |" in line)
    assert not any("曾田" in line for line in secret if "| handler |" in line)
