"""Counting of paper ballots as plain values in and out: what a sheet holds, what is wrong with it, what the sheets add up to,
and what follows by law. Nothing here knows the framework or who typed."""

from congress.counting.tally.checks import SMALL_UNIT, against, check, is_small
from congress.counting.tally.codes import CODES, Code, Notice, Weight
from congress.counting.tally.outcome import Electorate, Outcome, outcome
from congress.counting.tally.sheets import (
    WRITE_INS,
    Cell,
    Chosen,
    Kind,
    Measure,
    Name,
    Paper,
    Sheet,
    differing,
    settled,
)
from congress.counting.tally.sums import Counted, Line, Totals, Unit, count, written
from congress.counting.tally.written_in import Identity, Meant, meant, written_identities

__all__ = [
    "CODES",
    "SMALL_UNIT",
    "WRITE_INS",
    "Cell",
    "Chosen",
    "Code",
    "Counted",
    "Electorate",
    "Identity",
    "Kind",
    "Line",
    "Meant",
    "Measure",
    "Name",
    "Notice",
    "Outcome",
    "Paper",
    "Sheet",
    "Totals",
    "Unit",
    "Weight",
    "against",
    "check",
    "count",
    "differing",
    "is_small",
    "meant",
    "outcome",
    "settled",
    "written",
    "written_identities",
]
