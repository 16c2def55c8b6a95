"""The structures a report may begin with: the usual ones shipped as texts in `reports/texts/`, and the township's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from congress import figures
from reports import judging
from reports.kinds import KINDS
from reports.reading import Fault, Reader
from reports.sentences import Part

FOLDER = Path(__file__).parent / "texts" / "structures"


@dataclass(frozen=True)
class Structure:
    """A structure: its key, what it is called and about, the kind of report it is for, the topic a report of it has unless
    another is said, its text as it is written."""

    key: str
    name: str
    about: str
    kind: str
    topic: str
    text: str

    @cached_property
    def parts(self) -> Sequence[Part]:
        """Its parts, read once; what cannot be read is left out."""
        return tuple(read(self.text)[0])


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
    """The usual structures by their keys: kind by kind, of each the one first with which a township begins."""
    found = [_loaded(path) for path in sorted(FOLDER.glob("*.txt"))]
    order = list(KINDS)
    found.sort(key=lambda one: (order.index(one.kind), one.key != KINDS[one.kind].structure))
    return {one.key: one for one in found}


def shipped_for(kind: str) -> Mapping[str, Structure]:
    """Those for one kind of report."""
    return {key: one for key, one in shipped().items() if one.kind == kind}


def _loaded(path: Path) -> Structure:
    head, _, text = path.read_text(encoding="utf-8").partition("\n\n")
    said = dict(line.split("：", 1) for line in head.splitlines())
    [kind] = [one.key for one in KINDS.values() if one.label == said["用于"]]
    return Structure(path.stem, said["名称"], said["说明"], kind, said.get("专题", ""), text)


def wrong() -> Sequence[str]:
    """What is wrong with the shipped structures, asked when the application starts."""
    return [f"{one.key}.txt {fault}" for one in shipped().values() for fault in read(one.text)[1]]
