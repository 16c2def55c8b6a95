"""What is counted, its names and units, who reads a unit, what each reading says, who signed what; and votes of the hall."""

from congress.counting.models.counts import Count, CountName, CountTurn, CountUnit, WrittenIn
from congress.counting.models.halls import HallCode, HallQuestion, HallTotal, HallVote
from congress.counting.models.readings import CountEntry, CountReader, CountSignature
from congress.counting.models.recounts import Recount

__all__ = [
    "Count",
    "CountEntry",
    "CountName",
    "CountReader",
    "CountSignature",
    "CountTurn",
    "CountUnit",
    "HallCode",
    "HallQuestion",
    "HallTotal",
    "HallVote",
    "Recount",
    "WrittenIn",
]
