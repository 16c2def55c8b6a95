"""Writing events into a chain."""

from congress.guard.action import action, verb

NOTE = verb("tests.note", "记了一笔")


def note(count: int, first: int = 0, **where) -> None:
    for number in range(first, first + count):
        with action(NOTE, actor=None, detail={"次": number}, **where):
            pass
