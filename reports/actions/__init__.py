"""Everything that may be written about annual reports."""

from reports.actions.drafting import (
    Saved,
    add_section,
    discard,
    move_section,
    remove_section,
    save_section,
    settle_draft,
    start,
)
from reports.actions.figures import recompute, set_cut_off
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
    "set_cut_off",
    "settle_draft",
    "start",
]
