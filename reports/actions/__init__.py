"""Everything that may be written about annual reports."""

from reports.actions.drafting import (
    Saved,
    add_section,
    discard,
    move_section,
    remove_section,
    save_section,
    set_heading,
    settle_draft,
    start,
)
from reports.actions.figures import recompute, set_period
from reports.actions.issuing import correct, issue

__all__ = [
    "Saved",
    "add_section",
    "correct",
    "discard",
    "issue",
    "move_section",
    "recompute",
    "remove_section",
    "save_section",
    "set_heading",
    "set_period",
    "settle_draft",
    "start",
]
