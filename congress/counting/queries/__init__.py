"""What is known of counts and their units; of votes of the hall see `halls`, of whom names on a list mean `rolls`."""

from congress.counting.queries.counts import (
    STATES,
    CountFacts,
    UnitFacts,
    counts,
    entries_with_facts,
    listed,
    meant_lines,
    named,
    rules_of,
    units_with_facts,
    visible,
    with_facts,
    words_of,
)

__all__ = [
    "STATES",
    "CountFacts",
    "UnitFacts",
    "counts",
    "entries_with_facts",
    "listed",
    "meant_lines",
    "named",
    "rules_of",
    "units_with_facts",
    "visible",
    "with_facts",
    "words_of",
]
