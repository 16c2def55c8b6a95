"""How a case states what it expects of an answer: codes of findings, or part of a value."""

from dataclasses import dataclass
from typing import Any

from congress.law.finding import PRACTICE


@dataclass(frozen=True)
class Codes:
    """The codes of the findings, in order; a leading ~ means the finding must only warn."""

    codes: tuple[str, ...]

    def __init__(self, *codes: str) -> None:
        object.__setattr__(self, "codes", codes)


@dataclass(frozen=True)
class Refused:
    """The rule refuses the input, and its message contains these words."""

    words: str


def assert_fits(actual: Any, expected: Any, where: str = "answer") -> None:
    """Every part the case names must be in the answer; parts it does not name are free."""
    if isinstance(expected, Codes):
        shown = tuple(("" if item["blocking"] else "~") + item["code"] for item in actual)
        assert shown == expected.codes, f"{where}: {shown}"
        for item in actual:
            assert item["message"]
            # Without an article it is plain order of facts, which may refuse, or practice, which never does.
            assert item["citation"] or item["blocking"] or item["force"] == PRACTICE, item
    elif isinstance(expected, dict):
        for key, value in expected.items():
            assert_fits(actual[key], value, f"{where}.{key}")
    elif isinstance(expected, list):
        assert len(actual) == len(expected), f"{where}: {actual}"
        for index, value in enumerate(expected):
            assert_fits(actual[index], value, f"{where}[{index}]")
    else:
        assert actual == expected, f"{where}: {actual!r}"
