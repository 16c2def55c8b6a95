"""Problems the figures show, each in a sentence with its evidence: `reports/texts/problems.txt`.

One a line: `late：【conditions】sentence；`. What begins with + is written into a new report at once, the others are offered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from congress import figures
from reports import structures
from reports.judging import contradiction
from reports.reading import Reader
from reports.sentences import Line
from reports.story import Story

FILE = Path(__file__).parent / "texts" / "problems.txt"


@dataclass(frozen=True)
class Problem:
    """A problem: its key, whether it is written at once, its sentence."""

    key: str
    at_once: bool
    line: Line

    @property
    def evidence(self) -> list[str]:
        """The figures that show it."""
        asked = [key for condition in self.line.conditions for key in condition.keys]
        return list(dict.fromkeys([*self.line.keys, *asked]))

    def said(self, story: Story) -> str:
        """The sentence; empty where the figures do not show the problem."""
        return self.line.told(story, ahead=False) if self.line.stands(story, ahead=False) else ""


def _read() -> tuple[dict[str, Problem], list[str]]:
    found: dict[str, Problem] = {}
    wrong: list[str] = []
    kinds, names = structures.kinds(), figures.names()
    for at, text in enumerate(FILE.read_text(encoding="utf-8").splitlines(), start=1):
        key, _, sentence = text.partition("：")
        reader = Reader(kinds, names)
        line = reader.sentence(at, sentence)
        wrong += [f"{FILE.name} {fault}" for fault in reader.faults]
        if not reader.faults and (why := contradiction(line.conditions, line, kinds, names)):
            wrong.append(f"{FILE.name} 第{at}行：{why}")
        found[key.removeprefix("+")] = Problem(key.removeprefix("+"), key.startswith("+"), line)
    return found, wrong


@lru_cache
def known() -> Mapping[str, Problem]:
    """Every problem by its key, in the order in which they are told."""
    return _read()[0]


def wrong() -> list[str]:
    """What is wrong with the file, asked when the application starts."""
    return _read()[1]
