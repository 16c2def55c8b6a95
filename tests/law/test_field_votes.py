"""What the field asks of votes: who stands again, how a ballot is read, whether ballots are accounted for, votes of the congress."""

from datetime import date
from typing import Any

import pytest

from congress.law import marks, rounds, sessions, thresholds
from congress.law.ballots import BallotRules, Box, check_boxes, check_opening
from congress.law.finding import Finding, blocking
from congress.law.tallies import (
    VoteLine,
    another_round_candidates,
    another_round_result,
    direct_result,
    officer_result,
    tie_result,
)
from tests.field import cases

ON = date(2026, 12, 16)
Case = dict[str, Any]


def every(area: str) -> list[Any]:
    """The cases of an area, each by its name."""
    return [pytest.param(case, id=case["id"]) for case in cases("elections.json", area)]


def codes(found: tuple[Finding, ...]) -> list[str]:
    """The codes of findings."""
    return [one.code for one in found]


@pytest.mark.parametrize("case", every("rerun_list"))
def test_who_stands_in_another_round(case: Case) -> None:
    given, right = case["given"], case["expected"]
    lines = tuple(VoteLine(name, votes) for name, votes in given["first_round_not_elected"].items())
    found = another_round_candidates(lines, given["unfilled"], ON)
    if "candidates_fixed" in right:
        assert (list(found.names), sorted(found.cut_tied)) == (right["candidates_fixed"], sorted(right["tie_for_last"]))
        assert (found.minimum, codes(found.findings)) == (right["needed"], ["another_round.cut_tied"])
    elif "shortfall" in right:
        assert (found.minimum, len(found.names)) == (right["min"], right["available"])
        assert codes(tuple(blocking(found.findings))) == ["another_round.too_few"]
    elif "max" in right:
        most = another_round_candidates(lines, given["unfilled"], ON, number=found.maximum)
        assert (list(found.names), list(most.names)) == (right["min"], right["max"])
    else:
        written = tuple(VoteLine(name, votes, write_in=True) for name, votes in given["write_ins"].items())
        both = another_round_candidates(lines + written, given["unfilled"], ON)
        assert (list(found.names), list(both.names)) == (right["by_candidates_only"], right["by_all_votes"])
        assert (codes(found.findings), codes(both.findings)) == ([], ["another_round.write_in"])


ROUNDS = {
    "first": ("first", direct_result),
    "rerun": ("another", another_round_result),
    "tie_revote": ("again", tie_result),
}
NEXT = {"done": None, "rerun": "another", "tie_revote": "again", "repeat_vote": "anew"}
# What a warning says where another reading of the law would come to something else, or people have to decide.
OTHERWISE = {
    "turnout_ok_if_base_is_collected": "tally.turnout_disputed",
    "win_min_if_base_is_participants": "tally.third_disputed",
    "human_decision": "tally.write_in",
}


@pytest.mark.parametrize("case", every("tally_round"))
def test_what_follows_a_round(case: Case) -> None:
    given, right = case["given"], case["expected"]
    lines = tuple(VoteLine(name, votes) for name, votes in given["votes"].items())
    lines += tuple(VoteLine(name, votes, write_in=True) for name, votes in given.get("write_ins", {}).items())
    kind, result = ROUNDS[given["round"]]
    registered, there = given["registered"], given["participated"]
    found = result(registered, there, given["ballots"], given["seats"], lines, ON)
    assert thresholds.more_than_half(registered) == right["turnout_min"]
    assert found.valid is (right["turnout_ok"] and right["ballots_ok"])
    told = codes(found.findings)
    assert [key for key, code in OTHERWISE.items() if code in told] == [key for key in OTHERWISE if key in right]
    following = rounds.following(
        kind, "" if found.valid else "turnout", found.tied, found.tied_seats, found.unfilled, ON
    )
    if kind == "again" and found.tied:  # no national text goes on from a second tie: said, and left to people
        assert (following, "tally.second_tie" in told, case["certainty"]) == (None, True, "province-dependent")
        return
    assert (following.kind if following else None) == NEXT[right["next"]]
    if "rerun_candidates" in right:
        left = tuple(line for line in lines if line.name not in found.elected)
        fewest = another_round_candidates(left, found.unfilled, ON)
        most = another_round_candidates(left, found.unfilled, ON, number=fewest.maximum)
        assert {"min": list(fewest.names), "max": list(most.names)} == right["rerun_candidates"]
        assert fewest.maximum == right.get("max_candidates_wanted", fewest.maximum)


# By which rules of the office an answer of the field is right.
SETTLED = {
    "if_intent_rule": BallotRules(marks="intent"),
    "if_symbol_rule": BallotRules(marks="symbol"),
    "if_abstain_may_write_in": BallotRules(abstain_write_in="counts"),
    "if_must_oppose_first": BallotRules(abstain_write_in="void"),
}


@pytest.mark.parametrize("case", every("ballot_mark"))
def test_how_a_ballot_is_read(case: Case) -> None:
    given = case["given"]
    printed = tuple(marks.Mark(name, mark) for name, mark in given["marks"].items())
    written = tuple(
        marks.WrittenName(one["name"], one["mark"], one["name"] if one.get("same_person_as_candidate") else "")
        for one in given["write_ins"]
    )
    answers = case["expected"] if "status" not in case["expected"] else {"": case["expected"]}
    for rule, right in answers.items():
        found = marks.read_ballot(printed, written, given["seats"], ON, SETTLED[rule] if rule else None)
        assert (found.status, list(found.chosen)) == (right["status"], right["for"]), rule
        assert list(found.against) == right.get("against", list(found.against))
        assert list(found.abstained) == right.get("abstain", list(found.abstained))


@pytest.mark.parametrize("case", every("ballot_ledger"))
def test_ballots_are_accounted_for(case: Case) -> None:
    given, right = case["given"], case["expected"]
    if "printed" in given:
        names = ("printed", "issued", "spoilt_replaced", "archived_blank", "destroyed")
        ledger = rounds.Ledger(*(given[name] for name in names))
        found = rounds.check_ledger(ledger, ON)
        assert (ledger.accounted, bool(blocking(found))) == (right["accounted"], right["error"])
        assert not found or f"少{right['missing']}张" in found[0].message
        return
    boxes = tuple(Box(name, given["issued"][name], given["collected"][name]) for name in given["issued"])
    told = check_boxes(boxes, right["total_issued"], right["total_collected"], ON)
    assert [one.message.partition("有票")[0] for one in told] == right["box_anomaly"]
    assert bool(blocking(told)) is right["whole_election_void_by_this"]


def test_a_mobile_box_is_not_opened_on_its_way() -> None:
    """X-M03."""
    (found,) = check_opening(opened_apart=True, on=ON, pack="beijing")
    assert (found.blocking, found.citation.article if found.citation else 0) == (True, 53)


def quorum_of_all(case: Case) -> None:
    """The method of a township asks for more than half; the law for two thirds."""
    given, right = case["given"], case["expected"]
    needed = thresholds.quorum(given["deputies"], ON).number
    assert needed == right["quorum_min"]
    assert (thresholds.more_than_half(given["deputies"]) >= needed) is right["method_lawful"]
    found = officer_result(given["deputies"], given["present"], given["present"], given["present"], 1, (), ON)
    assert (found.valid, codes(found.findings)) == (right["may_proceed"], ["tally.no_quorum"])


def nobody_elected(case: Case) -> None:
    """Half of those present is not more than half of all; the congress votes once more, now or at its next session."""
    given, right = case["given"], case["expected"]
    lines = [VoteLine(name, votes) for name, votes in given["votes"].items()]
    lines += [VoteLine(name, votes, write_in=True) for name, votes in given["write_ins"].items()]
    there = given["present"]
    found = officer_result(given["deputies"], there, there, there, 1, tuple(lines), ON)
    assert (found.needed, list(found.elected), found.unfilled) == (right["majority_min"], right["elected"], 1)
    assert "可在本次或者下次会议进行，可另行提名" in found.findings[0].message


def chair_from_among_deputies(case: Case) -> None:
    """Votes enough elect nobody chair who is no deputy."""
    given = case["given"]
    lines = (VoteLine(given["write_in"], given["votes"], write_in=True),)
    deputies = given["deputies"]
    assert officer_result(deputies, deputies, deputies, deputies, 1, lines, ON).elected == (given["write_in"],)
    (found,) = sessions.check_officer_choice("chair", is_deputy=False, on=ON)
    assert (found.blocking, case["expected"]["elected"]) == (True, False)


def withdrawn(case: Case) -> None:
    """Whose nominators all took back their names has no nomination any more."""
    assert sessions.check_officer_nomination(case["given"]["joint_nominators"], (), 1, ON) == ()
    left = sessions.check_officer_nomination(0, (), 1, ON)
    assert bool(blocking(left)) is case["expected"]["removed"]


def no_proxy(case: Case) -> None:
    """Nobody votes in the congress for a deputy who is not there."""
    with pytest.raises(ValueError, match="代表不能委托投票"):
        officer_result(61, 60, 61, 61, 1, (VoteLine("甲", 40),), ON)
    assert case["expected"]["accepted"] is False


CHAMBER = {
    "X-J01": quorum_of_all,
    "X-J03": nobody_elected,
    "X-J04": chair_from_among_deputies,
    "X-J05": withdrawn,
    "X-J06": no_proxy,
}


@pytest.mark.parametrize("case", every("chamber_election"))
def test_votes_of_the_congress(case: Case) -> None:
    check = CHAMBER[case["id"]]
    check(case)


def by_hands(case: Case) -> None:
    """A show of hands of forty people who stand for the village elects no deputy."""
    found = rounds.check_way(secret=False, by_all_voters=False, on=ON)
    assert bool(blocking(found)) is not case["expected"]["lawful"]
    told = "；".join(one.message for one in found)
    assert ("须无记名投票" in told, "全体选民过半数参加" in told) == (True, True)


def chair_of_no_seat(case: Case) -> None:
    """Who is to be chair and is no deputy is elected a deputy first."""
    (found,) = sessions.check_officer_choice("chair", is_deputy=False, on=ON)
    assert (not found.blocking) is case["expected"]["allowed"]
    assert "先依法补选其为本级人大代表" in found.message
    assert sessions.check_officer_choice("chair", is_deputy=True, on=ON) == ()


BY_ELECTION = {"X-O01": by_hands, "X-O03": chair_of_no_seat}


@pytest.mark.parametrize("case", every("by_election_check"))
def test_by_elections(case: Case) -> None:
    check = BY_ELECTION[case["id"]]
    check(case)
