"""The sentences that change facts of this app. What is no step of a life writes in one transaction and leaves an event."""

from proposals.actions.periods import set_period
from proposals.actions.receptions import (
    NewMatter,
    NewVisitor,
    add_matter,
    log_reception,
)
from proposals.actions.suggestions import submit_suggestion

__all__ = [
    "NewMatter",
    "NewVisitor",
    "add_matter",
    "log_reception",
    "set_period",
    "submit_suggestion",
]
