"""Messages for the person at the terminal."""

import os
import sys
from typing import TextIO


class Stop(Exception):
    """The set-up cannot go on; the message says in plain words what to do."""


def show(line: str, stream: TextIO) -> None:
    """Print one line at once. When its reader has gone, this and all later output is thrown away.

    The servers run on without their listener; a full pipe would otherwise stop them one after the other.
    """
    try:
        print(line, file=stream, flush=True)
    except BrokenPipeError:
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())


def say(message: str) -> None:
    """Print one line to standard error, so that standard output stays free for values."""
    show(f"• {message}", sys.stderr)
