"""What the log may hold: where a fault is, and nothing of whom it was about."""

import logging
import re

from congress.people.scrub import scrubbed

# What follows the words of a fault in PostgreSQL (the row, the values of a key, the statement with what was typed), and what was
# typed where a number, a key or a day was wanted: all of it, of however many lines, until the next fault of the same traceback.
_VALUES = re.compile(
    r"(^(?:DETAIL|CONTEXT|QUERY|LINE \d+):|invalid (?:input syntax|literal|value)[^\n]*?:) .*?"
    r"(?=^(?:Traceback|The above exception|During handling)|\Z)",
    re.MULTILINE | re.DOTALL,
)


def without_persons(text: str) -> str:
    """The text of a fault without rows, typed values and numbers of persons."""
    return scrubbed(_VALUES.sub(r"\1 …\n", text).rstrip("\n"))


class PlainFormatter(logging.Formatter):
    """A line of the log, with the traceback of a fault."""

    def format(self, record):
        """As ever, without persons."""
        return without_persons(super().format(record))
