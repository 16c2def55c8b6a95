"""Messages for the person at the terminal."""

import sys


class Stop(Exception):
    """The set-up cannot go on; the message says in plain words what to do."""


def say(message: str) -> None:
    """Print one line to standard error at once, so that standard output stays free for values."""
    print(f"• {message}", file=sys.stderr, flush=True)
