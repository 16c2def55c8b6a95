"""The structures a report may begin with: the usual ones shipped as texts in `reports/texts/`, and the township's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from congress import figures
from reports import judging
from reports.reading import Fault, Reader
from reports.sentences import Part

FOLDER = Path(__file__).parent / "texts" / "structures"
FIRST = "seed"  # what a township begins with that has issued nothing yet


@dataclass(frozen=True)
class Structure:
    """A structure: its key, what it is called and for, its text as it is written."""

    key: str
    name: str
    about: str
    text: str

    def parts(self) -> list[Part]:
        """Its parts; what cannot be read is left out."""
        return read(self.text)[0]


def kinds() -> dict[str, str]:
    """The kind of every figure there is."""
    return {key: figure.kind for key, figure in figures.registered().items()}


def read(text: str) -> tuple[list[Part], list[Fault]]:
    """The parts of a structure's text, and everything that is wrong with it."""
    known, called = kinds(), figures.names()
    reader = Reader(known, called)
    parts = reader.read(text)
    found = reader.faults or list(judging.faults(parts, known, called))
    return parts, sorted(found, key=lambda fault: fault.at)


@lru_cache
def shipped() -> Mapping[str, Structure]:
    """The usual structures by their keys, the first one first."""
    found = [_loaded(path) for path in sorted(FOLDER.glob("*.txt"))]
    found.sort(key=lambda one: one.key != FIRST)
    return {one.key: one for one in found}


def _loaded(path: Path) -> Structure:
    name, about, text = path.read_text(encoding="utf-8").split("\n", 2)
    return Structure(path.stem, name.removeprefix("名称："), about.removeprefix("说明："), text.lstrip("\n"))


def wrong() -> Sequence[str]:
    """What is wrong with the shipped structures, asked when the application starts."""
    return [f"{one.key}.txt {fault}" for one in shipped().values() for fault in read(one.text)[1]]
