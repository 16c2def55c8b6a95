"""What is asked of the rows: facts of a suggestion, who sees what, and figures of any past day."""

from proposals.queries.allowed import Button, matter_steps_for, steps_for, unconfirmed
from proposals.queries.facts import (
    current_shares,
    due_of,
    facts_of,
    fresh,
    late_by,
    lead_share,
    months_of,
    open_suggestions,
    stage_of,
    with_facts,
    work_calendar,
)
from proposals.queries.hints import hints
from proposals.queries.matters import (
    follow_up_due,
    matter_is_open,
    open_matters,
    untold_matters,
    with_matter,
    without_channel,
)
from proposals.queries.timeline import Entry, matter_thread, suggestion_thread
from proposals.queries.visible import (
    deputy_of,
    may_reveal,
    sees_names,
    sees_visitor,
    visible_matters,
    visible_receptions,
    visible_suggestions,
)

__all__ = [
    "Button",
    "Entry",
    "current_shares",
    "deputy_of",
    "due_of",
    "facts_of",
    "follow_up_due",
    "fresh",
    "hints",
    "late_by",
    "lead_share",
    "matter_is_open",
    "matter_steps_for",
    "matter_thread",
    "may_reveal",
    "months_of",
    "open_matters",
    "open_suggestions",
    "sees_names",
    "sees_visitor",
    "stage_of",
    "steps_for",
    "suggestion_thread",
    "unconfirmed",
    "untold_matters",
    "visible_matters",
    "visible_receptions",
    "visible_suggestions",
    "with_facts",
    "with_matter",
    "without_channel",
    "work_calendar",
]
