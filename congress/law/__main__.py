"""`python -m congress.law [--list | RULE [JSON]]`: the same answers as `manage.py law`, without settings or framework."""

import sys

from congress.law import cli


def main(arguments: list[str]) -> int:
    """Prints the list, a description or an answer; returns the exit code."""
    if arguments in ([], ["--list"]):
        reply = cli.listing()
    elif len(arguments) == 1:
        reply = cli.describe(arguments[0])
    else:
        reply = cli.ask(arguments[0], arguments[1])
    (sys.stdout if reply.code == cli.OK else sys.stderr).write(reply.text + "\n")
    return reply.code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
