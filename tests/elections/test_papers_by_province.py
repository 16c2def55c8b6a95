"""What papers of an election say that differs from place to place, written down for every province whose rules are held."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from congress.law.provinces import PACKS
from deputies.models import Mandate
from elections.documents import cards, common, credentials, notices, polling, proxies
from elections.models import Election
from elections.queries import committees
from tests.architecture.said import differing

WRITTEN = Path(__file__).with_name("provinces.txt")


def by_what(election: Election, on: date) -> str:
    """Whether voters' cards are used, and what a notice says of how ballots are handed out."""
    return f"{cards.by_card(election.township, on)} {polling._credential(election, on)}"


def for_others(election: Election, on: date) -> str:
    """Who votes for somebody who is away, on the notice of polling places; by which rule the pairs are made known."""
    return f"{polling._ways(election, on)[-1]} {proxies._local_ground(election, on)}"


def certified(election: Election, on: date) -> str:
    """Who gives the certificates."""
    body, citation = credentials.certificate_body(election)
    return f"{body} {citation.text if citation else ''}"


def by_election(election: Election, on: date) -> str:
    """Who leads the election of a single deputy, and by which name."""
    election.how = Mandate.How.BY_ELECTION
    leading = committees.led_by(election)
    said = f"{leading.words} {leading.citation.text if leading.citation else ''}" if leading else ""
    return f"{common.committee_name(election.township, election)} {said}"


SAID: dict[str, Callable[[Election, date], str]] = {
    "领取选票": by_what,
    "委托投票": for_others,
    "外地户籍": notices.outsiders_paper,
    "当选证书": certified,
    "补选": by_election,
}


@pytest.mark.parametrize("name", PACKS)
def test_papers_say_what_is_written_of_each_province(peopled_election, name):
    election = peopled_election
    election.township.county.province = name
    on = election.election_day
    told = [f"{name} {about} {say(election, on)}".strip() for about, say in SAID.items()]
    assert differing(WRITTEN, told, f"{name} ") == [], "SAID=write pytest …"
