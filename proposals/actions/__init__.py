"""The sentences that change facts of this app. What is no step of a life writes in one transaction and leaves an event."""

from proposals.actions.matters import (
    answer_on_the_spot,
    correct_matter,
    decline_matter,
    hand_to_unit,
    pass_upward,
    resolve_matter,
    tell_voter,
    turn_into_suggestion,
    withdraw_matter,
)
from proposals.actions.periods import set_period
from proposals.actions.receptions import (
    NewMatter,
    NewVisitor,
    add_matter,
    correct_reception,
    log_reception,
    withdraw_reception,
)
from proposals.actions.suggestions import submit_suggestion

__all__ = [
    "NewMatter",
    "NewVisitor",
    "add_matter",
    "answer_on_the_spot",
    "correct_matter",
    "correct_reception",
    "decline_matter",
    "hand_to_unit",
    "log_reception",
    "pass_upward",
    "resolve_matter",
    "set_period",
    "submit_suggestion",
    "tell_voter",
    "turn_into_suggestion",
    "withdraw_matter",
    "withdraw_reception",
]
