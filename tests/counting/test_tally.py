"""One sheet against itself and against the ledger; sums; what follows by law."""

from dataclasses import replace
from datetime import date

import pytest

from congress.counting.tally import (
    CODES,
    Electorate,
    Sheet,
    Weight,
    against,
    check,
    count,
    differing,
    is_small,
    outcome,
    written,
)
from congress.law.ballots import BallotRules
from tests.counting.sheets import paper, sheet, unit
from tests.field import cases

ON = date(2026, 12, 20)


def codes(ballot, read, issued=None, took_part=None, **more) -> list[str]:
    collected = read.cells.get("collected") or 0
    took_part = collected if took_part is None else took_part
    return [one.code for one in check(ballot, read, took_part if issued is None else issued, took_part, **more)]


AB = paper("甲", "乙")
GOOD = sheet(AB, 208, {"甲": 120, "乙": 87}, no={"甲": 87, "乙": 120}, void=3, blank=1)


def test_a_sheet_whose_sums_hold_is_silent():
    assert codes(AB, GOOD) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"collected": 212}, "E203"),
        ({"k2_yes": 78}, "E204"),
        ({"blank": 2}, "E208"),
        ({"blank": None}, "E206"),
        ({"disputed": 212}, "E213"),
        ({"collected": 19}, "E303"),
    ],
)
def test_what_contradicts_itself_blocks(change, expected):
    read = Sheet({**GOOD.cells, **change})
    found = check(AB, read, 211, 211)
    assert expected in [one.code for one in against(found)]


def test_an_empty_cell_is_no_zero_and_nothing_is_added_to_it():
    read = Sheet({**GOOD.cells, "void_other": None, "k1_yes": 999})
    assert codes(AB, read) == ["E206"]
    with pytest.raises(ValueError, match="void_other"):
        read.void(AB)


def test_more_votes_than_valid_ballots_can_give():
    two = paper("甲", "乙", "丙", seats=2)
    read = sheet(two, 100, {"甲": 100, "乙": 60, "丙": 40})
    assert codes(two, read) == []
    assert codes(two, replace(read, write_ins=(("丁", 1),))) == ["E205"]
    # who left everything blank chose nobody, so that one ballot less can be chosen with
    blank = sheet(two, 100, {"甲": 99, "乙": 60, "丙": 40}, blank=1)
    assert codes(two, blank) == ["E205"]


@pytest.mark.parametrize(
    ("written_in", "expected"),
    [
        ((("甲", 1),), "E209"),
        ((("丁", 1), ("丁", 2)), "E210"),
        ((("", 1),), "E211"),
        ((("丁", 0),), "E211"),
        ((("丁", 209),), "E211"),
        ((("丁", None),), "E206"),
    ],
)
def test_lines_of_people_written_in(written_in, expected):
    assert expected in codes(AB, replace(GOOD, write_ins=written_in))


def test_a_place_that_is_not_counted_has_a_column_only_where_the_rules_void_that_place_alone():
    assert "unclear" not in AB.marks
    lenient = paper("甲", rules=BallotRules(unreadable="mark"))
    symbols = paper("甲", rules=BallotRules(unreadable="ballot", marks="symbol"))
    assert "unclear" in lenient.marks
    assert "unclear" in symbols.marks
    assert "overfull" not in paper("决议", kind="proposal").voids


def test_what_the_paper_may_really_say_does_not_block():
    notices = check(AB, GOOD, 211, 210)
    assert [(one.code, one.weight) for one in notices] == [("E201", Weight.SETTLE)]
    assert [one.code for one in check(AB, GOOD, 210, 211)] == ["E202"]
    assert codes(AB, GOOD, took_part=215) == ["W101"]
    assert codes(AB, GOOD, seconds=19) == ["W114"]
    assert codes(AB, GOOD, seconds=20) == []


def test_shares_that_are_unusual():
    assert codes(AB, sheet(AB, 97, {"甲": 50, "乙": 40}, void=3)) == ["W102"]
    assert codes(AB, sheet(AB, 98, {"甲": 50, "乙": 40}, void=2)) == []
    assert codes(AB, sheet(AB, 100, {"甲": 50, "乙": 40}, blank=3)) == ["W103"]
    assert codes(AB, sheet(AB, 100, {"甲": 50, "乙": 40}, write_ins={"丁": 10})) == ["W106"]


def test_every_code_says_who_decides_and_those_of_a_sheet_where_to_look():
    whole_only = {"W107", "W108", "W109", "W110", "W111", "W113"}
    for key, code in CODES.items():
        assert code.decide, key
        assert code.look or key in whole_only, key
        assert (key[0] == "W") == (code.weight == Weight.EXPLAIN), key


def test_the_two_texts_of_a_code_and_its_article():
    over = check(AB, GOOD, 211, 210)[0]
    typed, charge = over.finding(True, ON, typist=True), over.finding(True, ON, typist=False)
    assert "再数一遍" in typed.message
    assert "重新投票" in charge.message
    assert charge.citation.brief == "选举法第四十四条第一款"
    assert over.finding(False, ON, typist=False).citation is None
    assert not typed.blocking
    small = check(AB, Sheet({"collected": 3}), 3, 3)[-1]
    assert small.finding(True, ON, typist=True).blocking


def test_units_add_up_and_stay_what_they_are():
    more = sheet(AB, 50, {"甲": 20, "乙": 25}, void=1, write_ins={"丁": 3})
    counted = count(AB, [unit(GOOD), unit(replace(more, write_ins=(("丁", 3), ("丙", 2))), 2)])
    totals = counted.totals
    assert (totals.collected, totals.valid, totals.void_in_all, totals.blank) == (262, 258, 4, 1)
    assert [(line.label, line.yes, line.no) for line in totals.lines] == [("甲", 140, 87), ("乙", 112, 120)]
    assert [(line.label, line.yes) for line in totals.write_ins] == [("丁", 3), ("丙", 2)]


def test_what_is_wrong_with_one_unit_is_not_summed():
    wrong = Sheet({**GOOD.cells, "k1_yes": 119})
    with pytest.raises(ValueError, match="2号: E204"):
        count(AB, [unit(GOOD), unit(wrong, 2)])


def test_a_unit_that_differs_from_the_whole_and_a_name_without_a_vote():
    apart = sheet(AB, 100, {"甲": 100, "乙": 0})
    other = sheet(AB, 300, {"甲": 60, "乙": 0}, no={"乙": 300})
    counted = count(AB, [unit(apart), unit(other, 2)])
    told = [(one.code, one.where) for one in counted.notices]
    assert ("W113", "1号") in told
    assert ("W111", "") in told


@pytest.mark.parametrize(("of_one", "differs"), [(74, False), (75, True)])
def test_a_unit_differs_beyond_a_quarter_of_the_ballots(of_one, differs):
    """Of two units of a hundred ballots 98 are for somebody: 49 of a hundred, from which 74 is 25 points away."""
    units = [sheet(AB, 100, {"甲": one, "乙": 10}) for one in (of_one, 98 - of_one)]
    counted = count(AB, [unit(units[0]), unit(units[1], 2)])
    assert ("W113" in [one.code for one in counted.notices]) is differs


def test_the_text_of_a_fingerprint_is_one_whatever_the_order():
    one, two = unit(GOOD), unit(sheet(AB, 50, {"甲": 20, "乙": 25}), 2)
    assert written(AB, [one, two]) == written(AB, [two, one])
    assert "丁" in written(AB, [unit(replace(GOOD, write_ins=(("丁", 1),)))])
    assert written(AB, [one]) != written(AB, [replace(one, took_part=212)])


def test_a_unit_of_few_ballots_is_mixed_unless_there_is_no_other():
    assert is_small(19, False)
    assert not is_small(20, False)
    assert not is_small(3, True)


# -- what the law makes of it


def of(votes: dict[str, int], *, written_in=None, ballots: int, seats: int, measure="direct", took_part=None, **more):
    """A count of one unit with these votes in favour."""
    ballot = paper(*votes, seats=seats, measure=measure, **more)
    read = sheet(ballot, ballots, votes, write_ins=written_in)
    return ballot, count(ballot, [unit(read, took_part=took_part)]).totals


ROUND = {"first": "direct", "rerun": "another", "tie_revote": "tie"}


@pytest.mark.parametrize("case", cases("elections.json", "tally_round"), ids=lambda case: case["id"])
def test_rounds_of_the_field(case):
    given, right = case["given"], case["expected"]
    ballot, totals = of(
        given["votes"],
        written_in=given.get("write_ins"),
        ballots=given["ballots"],
        seats=given["seats"],
        measure=ROUND[given["round"]],
        took_part=given["participated"],
    )
    found = outcome(ballot, totals, Electorate(given["registered"]), ON).tally
    assert found.valid == right["round_valid"]
    assert (list(found.elected), sorted(found.tied)) == (right["elected"], sorted(right["tie"]))
    assert (found.tied_seats, found.unfilled) == (right["tie_seats"], right["unfilled"])
    if given["round"] != "tie_revote":
        assert found.needed == right["win_min"]


def _arithmetic(given: dict) -> list[str]:
    """The codes a case of sums gives."""
    if "registered" in given:
        ballot, totals = of({"甲": 1}, ballots=given["participated"], seats=1)
        return [one.code for one in outcome(ballot, totals, Electorate(given["registered"]), ON).notices]
    ballot = paper("甲")
    if "candidate" in given:
        marks = {f"k1_{to}": given["candidate"][of] for of, to in (("for", "yes"), ("against", "no"), ("abstain", "abstain"))}  # fmt: skip
        return codes(ballot, Sheet({**sheet(ballot, given["valid"], {"甲": 0}).cells, **marks}))
    if "abstain_all" in given:
        both = paper(*given["candidates_for"])
        return codes(both, sheet(both, given["valid"], given["candidates_for"], blank=given["abstain_all"]))
    if "valid" in given and "collected" in given:
        read = sheet(ballot, given["valid"], {"甲": 0}, void=given["void"], collected=given["collected"])
        return codes(ballot, read)
    if "issued" in given:
        read = sheet(ballot, given["collected"], {"甲": 0})
        return codes(ballot, read, given["issued"], given["participated"])
    seats, votes = given["seats"], given["for"] if "for" in given else given["candidates_for"]
    many = paper(*votes, seats=seats)
    return codes(many, sheet(many, given["valid"], votes, write_ins=given.get("write_in_for")))


SUMS = {
    "X-A01": ["E203"],
    "X-A03": ["E204"],
    "X-A05": ["W101"],
    "X-A06": ["E201"],
    "X-A07": ["E102"],
    "X-A08": ["W103"],
}


# Where who took part is the ledger's, which gives one number.
OF_A_COUNT = [case for case in cases("elections.json", "tally_arithmetic") if "station" not in case["given"]]


@pytest.mark.parametrize("case", OF_A_COUNT, ids=lambda case: case["id"])
def test_sums_of_the_field(case):
    found = _arithmetic(case["given"])
    assert found == SUMS.get(case["id"], found)
    heavy = [key for key in found if CODES[key].weight != Weight.EXPLAIN]
    assert bool(heavy) == case["expected"]["error"], found
    if case["expected"].get("warning"):
        assert found


def test_more_ballots_than_voters_voids_the_vote_and_more_than_issued_does_not():
    ballot, totals = of({"甲": 600}, ballots=700, seats=1, took_part=699)
    assert not outcome(ballot, totals, Electorate(1000), ON).tally.valid
    ballot = paper("甲")
    totals = count(ballot, [unit(sheet(ballot, 700, {"甲": 600}), took_part=700, issued=699)]).totals
    assert outcome(ballot, totals, Electorate(1000), ON).tally.valid


WORDED = {case["id"]: case["right"] for case in cases("field/future.json", "counting")}


@pytest.mark.parametrize("right", [WORDED] if WORDED else [])
def test_cases_of_the_field_that_are_told_in_words(right):
    assert "difference 9 named" in right["N10"]
    assert codes(AB, GOOD, issued=215, took_part=211) == []
    wrong = check(AB, Sheet({**GOOD.cells, "k2_yes": 78}), 215, 211)
    assert [(one.code, "相差9" in one.message) for one in wrong] == [("E204", True)]
    assert right["N12"].startswith("first void, second valid")  # the void one counts for nobody, and in the base
    three = paper("甲", "乙", "丙", "丁", seats=3)
    counted = count(three, [unit(sheet(three, 99, dict.fromkeys("甲乙丙丁", 50), void=1))])
    assert outcome(three, counted.totals, Electorate(150), ON).tally.base == 100
    assert right["N14"] == "first invalid, second valid"
    for ballots, valid in ((999, False), (1000, True)):
        ballot, totals = of({"甲": ballots}, ballots=ballots, seats=1)
        assert outcome(ballot, totals, Electorate(1998), ON).tally.valid == valid
    assert "a second vote between" in right["N15"]
    ballot, totals = of({"甲": 620, "乙": 540, "丙": 540}, ballots=1000, seats=2)
    assert outcome(ballot, totals, Electorate(1500), ON).tally.tied == ("乙", "丙")


def test_two_readings_are_compared_cell_by_cell_and_people_written_in_as_a_whole():
    other = Sheet({**GOOD.cells, "k2_yes": 78, "blank": 10}, (("丁", 1),))
    assert differing(AB, GOOD, other) == ["blank", "k2_yes", "write_ins"]
    twice = replace(GOOD, write_ins=(("丁", 1), ("丙", 2))), replace(GOOD, write_ins=(("丙", 2), ("丁", 1)))
    assert differing(AB, *twice) == []


def test_the_hall_takes_its_majority_of_all_deputies():
    ballot = paper("丁一", measure="officer")
    totals = count(ballot, [unit(sheet(ballot, 62, {"丁一": 40}))]).totals
    found = outcome(ballot, totals, Electorate(64, present=62), ON).tally
    assert (found.elected, found.base, found.needed) == (("丁一",), 64, 33)
    assert not outcome(ballot, totals, Electorate(120, present=62), ON).tally.valid


def test_the_base_that_was_fixed_before_the_vote_is_taken():
    settled = paper("甲", rules=BallotRules(unreadable="ballot", base="recovered"))
    totals = count(settled, [unit(sheet(settled, 600, {"甲": 301}), took_part=610)]).totals
    found = outcome(settled, totals, Electorate(1000), ON).tally
    assert (found.elected, found.base) == (("甲",), 600)
    assert [one.code for one in found.findings] == ["tally.base_disputed"]
    other = replace(settled, rules=BallotRules(unreadable="ballot"))
    assert outcome(other, totals, Electorate(1000), ON).tally.elected == ()


def test_what_is_close_is_said_before_anything_is_told():
    ballot = paper("甲", "乙")
    close = sheet(ballot, 600, {"甲": 302, "乙": 298}, disputed=2)
    totals = count(ballot, [unit(close, took_part=603)]).totals
    assert [one.code for one in outcome(ballot, totals, Electorate(1000), ON).notices] == ["W108", "W109"]
    clear = count(ballot, [unit(sheet(ballot, 600, {"甲": 500, "乙": 98}, disputed=2))]).totals
    assert outcome(ballot, clear, Electorate(1000), ON).notices == ()
    short = count(ballot, [unit(sheet(ballot, 600, {"甲": 299, "乙": 98}, disputed=2))]).totals
    assert [one.code for one in outcome(ballot, short, Electorate(1000), ON).notices] == ["W108"]
    tied = paper("甲", "乙", "丙", seats=2)
    totals = count(tied, [unit(sheet(tied, 600, {"甲": 500, "乙": 320, "丙": 320}))]).totals
    assert [one.code for one in outcome(tied, totals, Electorate(1000), ON).notices] == ["W110"]


def test_nearly_everybody_is_looked_into():
    ballot = paper("甲")
    totals = count(ballot, [unit(sheet(ballot, 995, {"甲": 900}))]).totals
    assert [one.code for one in outcome(ballot, totals, Electorate(1000), ON).notices] == ["W107"]
    assert outcome(ballot, totals, Electorate(1001), ON).notices == ()


def test_a_count_without_a_measure_is_only_summed():
    ballot = paper("决议", kind="proposal", measure="none", seats=0, write_ins=False)
    totals = count(ballot, [unit(sheet(ballot, 62, {"决议": 60}))]).totals
    assert outcome(ballot, totals, Electorate(64), ON).tally is None
