"""Everything that changes the records of elections, by noun."""

from elections.actions.carrying import against_carrying, carry, last_roll
from elections.actions.duplicates import elsewhere
from elections.actions.elections import ELECTIONS, TURNOUTS
from elections.actions.pool import POOL
from elections.actions.roll import Basis, change, end_exclusion, exclude, is_frozen, move, removal_findings, undo
from elections.actions.transfers import ask, receive
from elections.actions.voters import Entry, alike, confirm, decide, register, save_voter

__all__ = [
    "ELECTIONS",
    "POOL",
    "TURNOUTS",
    "Basis",
    "Entry",
    "against_carrying",
    "alike",
    "ask",
    "carry",
    "change",
    "confirm",
    "decide",
    "elsewhere",
    "end_exclusion",
    "exclude",
    "is_frozen",
    "last_roll",
    "move",
    "receive",
    "register",
    "removal_findings",
    "save_voter",
    "undo",
]
