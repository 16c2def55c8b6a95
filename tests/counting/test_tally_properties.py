"""What holds for every count: more votes never harm, order tells nothing, sums add up, every seat is accounted for."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from congress.counting.tally import Electorate, Sheet, against, check, count, differing, outcome, written
from tests.counting.sheets import paper, unit

ON = date(2026, 12, 20)
NAMES = "甲乙丙丁"
MEASURES = st.sampled_from(["direct", "tie", "another", "officer"])


@st.composite
def ballots(draw, ballot) -> Sheet:
    """A sheet made from single ballots as people mark them: what is counted adds up by itself."""
    piles = draw(st.lists(st.sampled_from(PILES), min_size=1, max_size=6))
    read = {cell.key: 0 for cell in ballot.cells}
    written_in: dict[str, int] = {}
    for marks, times in ((one, draw(st.integers(1, 60))) for one in piles):
        read["collected"] += times
        chosen = marks.count("o") + marks.count("w")
        if chosen > ballot.seats:
            read["void_overfull"] += times
            continue
        read["valid"] += times
        read["blank"] += times if set(marks) == {" "} else 0
        for name, mark in zip(ballot.names, marks, strict=False):
            read[f"{name.key}_{ {'o': 'yes', 'x': 'no'}.get(mark, 'abstain') }"] += times
        if "w" in marks[len(ballot.names) :]:
            written_in["戊"] = written_in.get("戊", 0) + times
    if read["collected"] < 20:
        read["collected"] += 20
        read["void_other"] += 20
    return Sheet(read, tuple(written_in.items()))


# Marks for the four names, and whether somebody is written in.
PILES = ["oooo", "o   ", " o  ", "oo  ", "xx o", "    ", "xxxx", "o  xw", "xxxxw", "ooo w", "  ox", "xo x"]


@st.composite
def counts(draw, measure=None):
    """A ballot and the units counted of it."""
    ballot = paper(*NAMES, seats=draw(st.integers(1, 3)), measure=measure or draw(MEASURES))
    sheets = draw(st.lists(ballots(ballot), min_size=1, max_size=4))
    return ballot, [unit(read, number) for number, read in enumerate(sheets, start=1)]


def judged(ballot, units):
    totals = count(ballot, units).totals
    return outcome(ballot, totals, Electorate(max(totals.took_part, 1), present=totals.took_part), ON).tally


@given(counts())
def test_ballots_as_they_are_marked_make_sheets_that_hold(counted):
    ballot, units = counted
    for one in units:
        assert against(check(ballot, one.sheet, one.issued, one.took_part)) == []


@given(counts())
def test_sums_add_up(counted):
    ballot, units = counted
    totals = count(ballot, units).totals
    assert totals.collected == totals.valid + totals.void_in_all == sum(one.sheet.get("collected") for one in units)
    for line in totals.lines:
        assert line.yes + line.no + line.abstain + line.unclear == totals.valid
        assert line.abstain >= totals.blank
    chosen = sum(line.yes for line in (*totals.lines, *totals.write_ins))
    assert chosen <= ballot.seats * (totals.valid - totals.blank)


@given(counts())
def test_every_seat_is_accounted_for_and_nobody_twice(counted):
    ballot, units = counted
    found = judged(ballot, units)
    assert len(found.elected) + found.tied_seats + found.unfilled == ballot.seats
    assert len({*found.elected, *found.tied}) == len(found.elected) + len(found.tied)
    assert (found.tied_seats < len(found.tied)) if found.tied else found.tied_seats == 0


@given(counts(), st.randoms())
def test_neither_the_order_of_units_nor_of_names_tells(counted, chance):
    ballot, units = counted
    first, shuffled = count(ballot, units), list(units)
    chance.shuffle(shuffled)
    assert count(ballot, shuffled).totals == first.totals
    assert written(ballot, shuffled) == written(ballot, units)
    names = list(ballot.names)
    chance.shuffle(names)
    other = replace(ballot, names=tuple(names))
    assert set(count(other, units).totals.lines) == set(first.totals.lines)
    one, two = judged(ballot, units), judged(other, units)
    assert ({*one.elected}, {*one.tied}, one.unfilled) == ({*two.elected}, {*two.tied}, two.unfilled)


@given(counts(), st.integers(0, 3))
def test_who_is_elected_stays_so_when_abstentions_become_votes(counted, at):
    ballot, units = counted
    before = judged(ballot, units)
    name, read = ballot.names[at], units[0].sheet
    more = read.get(f"{name.key}_abstain") - read.get("blank")
    room = ballot.seats * (read.get("valid") - read.get("blank")) - read.chosen(ballot)
    gained = max(0, min(more, room))
    moved = {f"{name.key}_yes": read.get(f"{name.key}_yes") + gained}
    moved[f"{name.key}_abstain"] = read.get(f"{name.key}_abstain") - gained
    after = judged(ballot, [replace(units[0], sheet=Sheet({**read.cells, **moved}, read.write_ins)), *units[1:]])
    if name.label in before.elected:
        assert name.label in after.elected
    if name.label in before.tied:
        assert name.label in (*after.elected, *after.tied)


@given(counts(), counts())
def test_two_readings_differ_where_and_only_where_they_do(one, other):
    ballot, first, second = one[0], one[1][0].sheet, other[1][0].sheet
    found = differing(ballot, first, second)
    assert found == differing(ballot, second, first)
    assert (found == []) == (first.as_json() == second.as_json())
    assert Sheet.of(first.as_json()).as_json() == first.as_json()
