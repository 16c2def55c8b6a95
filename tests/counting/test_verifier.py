"""The verifier's own reading of the law and its own SM3, held against the product's on many cases."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congress.counting.tally import Identity, Line, meant, written_identities
from congress.crypto.sm3 import sm3
from congress.law import rounds
from congress.law.ballots import BallotRules, is_void, write_in
from congress.law.tallies import VoteLine, another_round_result, direct_result, tie_result
from script import verify_result as verifier

DAY = date(2026, 12, 20)
NAMES = "甲乙丙丁戊己"


@st.composite
def votes(draw):
    """Sums that a district may have: some voters, some who took part, ballots, votes in favour."""
    voters = draw(st.integers(1, 60))
    took_part, collected = draw(st.integers(0, voters)), draw(st.integers(0, voters))
    seats, people = draw(st.integers(1, 3)), draw(st.integers(1, 6))
    lines, left = [], collected * seats
    for name in NAMES[:people]:
        number = draw(st.integers(0, min(collected, left)))
        left -= number
        lines.append((name, number))
    return voters, took_part, collected, seats, lines


def product(measure: str, sums, base: str):
    voters, took_part, collected, seats, lines = sums
    given_ = (voters, took_part, collected, seats, tuple(VoteLine(*one) for one in lines), DAY)
    if measure == "direct":
        return direct_result(*given_, base)
    return tie_result(*given_) if measure == "tie" else another_round_result(*given_)


@given(votes(), st.sampled_from(["first", "again", "another", "anew"]), st.sampled_from(["took_part", "recovered"]))
@settings(max_examples=600, deadline=None)
def test_both_readings_of_the_law_give_the_same_outcome_and_the_same_next_vote(sums, kind, base):
    measure = verifier.MEASURES[kind]
    theirs = product(measure, sums, base)
    ours = verifier.outcome(measure, *sums, base)
    void = next((one.code for one in theirs.findings if is_void((one,))), "")
    assert ours.void == {"": "", "tally.turnout": "turnout", "tally.ballots_exceed": "exceeded"}[void]
    assert (ours.base, ours.needed) == (theirs.base, theirs.needed)
    assert (tuple(ours.elected), tuple(ours.tied)) == (theirs.elected, theirs.tied)
    assert (ours.tied_seats, ours.unfilled) == (theirs.tied_seats, theirs.unfilled)
    wanted = rounds.following(kind, ours.void, theirs.tied, theirs.tied_seats, theirs.unfilled, DAY)
    found = verifier.following(kind, ours)
    assert found == (wanted and (wanted.kind, wanted.seats, list(wanted.names)))


@pytest.mark.parametrize(
    ("void", "stand", "wrong", "notes"),
    [
        ("turnout", "甲乙丙", 0, 0),  # held once more with all who stood, however few seats
        ("turnout", "甲乙", 0, 1),
        ("exceeded", "甲乙丁", 1, 1),  # whom its voters wrote in stands for nothing
        ("", "乙丁", 0, 0),
        ("", "甲乙", 1, 0),
        ("", "乙丙丁", 0, 1),
    ],
)
def test_the_votes_of_a_void_vote_name_nobody(void, stand, wrong, notes):
    """Another vote that follows a void one has the names of that one; after a vote that held, those who were not elected."""
    former = {"names": [*"甲乙丙"], "outcome": {"lines": [["甲", 9], ["乙", 4], ["丙", 2]], "write_ins": [["丁", 3]]}}
    found = verifier.Outcome(void, 0, 0, [] if void else ["甲"], [], 0, 1)
    report = verifier.Report()
    verifier.check_names("选区", {"kind": "another", "names": [*stand], "seats": 1}, former, found, [], report)
    assert (len(report.wrong), len(report.notes)) == (wrong, notes), (report.wrong, report.notes)


@st.composite
def identities(draw):
    """Written names with their votes, and what two people say of them."""
    votes = {name: draw(st.integers(1, 9)) for name in NAMES[: draw(st.integers(1, 4))]}
    said = []
    for _ in range(draw(st.integers(0, 4))):
        part = draw(st.none() | st.integers(1, 5))
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=1 if part else 3, unique=True))
        who = draw(st.sampled_from(["district", "elsewhere", "outside", "unknown"]))
        said.append({"names": names, "votes": part, "person": draw(st.sampled_from("甲乙赵")), "who": who})
    return votes, said, draw(st.sampled_from(["any", "district"]))


@given(identities())
@settings(max_examples=300, deadline=None)
def test_both_say_alike_whom_written_names_mean(given_):
    votes, said, from_ = given_
    lines = sorted((Line("", name, number) for name, number in votes.items()), key=lambda one: (-one.yes, one.label))
    rules = BallotRules(write_in_from=from_)
    people = [
        Identity(one["person"], tuple(one["names"]), not write_in(one["who"], DAY, rules), one["votes"]) for one in said
    ]
    theirs = meant(lines, people)
    count = {
        "rules": {"write_in_from": from_},
        "written_in": [one | {"first": 1, "second": 2, "withdrawn": False} for one in said],
    }
    ours, waiting = verifier.meant(count, {one.label: one.yes for one in lines})
    assert sorted(map(tuple, ours)) == sorted((one.label, one.yes) for one in theirs.lines)
    assert waiting == [name for name, _ in theirs.open_names]
    assert "".join(f"{one}\n" for one in verifier.said_of_names(count)) == written_identities(people)


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_its_own_sm3_is_the_standard_one(data):
    assert verifier.sm3_by_hand(data) == verifier.sm3(data) == sm3(data).hex()


def test_its_own_sm3_gives_the_example_of_the_standard():
    assert verifier.sm3_by_hand(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_where_the_library_knows_no_sm3_it_makes_its_own(monkeypatch):
    def unknown(name, data):
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(verifier.hashlib, "new", unknown)
    assert verifier.sm3(b"abc") == verifier.sm3_by_hand(b"abc")


def test_a_seed_draws_the_same_units_for_everybody():
    drawn = verifier.drawn("314159", "ab" * 32, range(1, 10), 3)
    assert drawn == verifier.drawn("314159", "ab" * 32, [9, 8, 7, 6, 5, 4, 3, 2, 1], 3)
    assert len({*drawn}) == 3
    assert {*drawn} <= {*range(1, 10)}
    assert any(verifier.drawn(str(seed), "ab" * 32, range(1, 10), 3) != drawn for seed in range(9))
