"""What is counted and what one reading of a unit's ballots says: a sheet of cells, of which an empty one is no zero."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from congress.law.ballots import BallotRules


class Kind(StrEnum):
    """What a ballot asks."""

    ELECTION = "election"
    PERSONS = "persons"
    PROPOSAL = "proposal"


class Measure(StrEnum):
    """Which rule of the law the sums are put before; none: they are told to whoever asked for the count."""

    DIRECT = "direct"
    TIE = "tie"
    ANOTHER = "another"
    OFFICER = "officer"
    NONE = "none"


VOID = {"overfull": "所选多于应选", "unreadable": "全部无法辨认", "foreign": "不是本次的票", "other": "其他原因"}
MARKS = {"yes": "赞成", "no": "反对", "abstain": "弃权", "unclear": "该处不计"}
WRITE_INS = "write_ins"  # the key under which the lines of people written in are compared: as a whole


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the ballot, by an opaque key; `label` is unique on the ballot."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a sheet: its key, what stands before it, and which group it belongs to."""

    key: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The ballot that is counted: the names in their order, how many may be chosen, by which rules it is judged."""

    kind: Kind
    names: tuple[Name, ...]
    seats: int = 0
    measure: Measure = Measure.NONE
    rules: BallotRules = field(default_factory=BallotRules)
    write_ins: bool = False

    @property
    def direct(self) -> bool:
        """Whether voters of a district vote (选举法); else deputies in their hall."""
        return self.measure in (Measure.DIRECT, Measure.TIE, Measure.ANOTHER)

    @property
    def voids(self) -> dict[str, str]:
        """The reasons for which such a ballot is void, with their words."""
        return {key: words for key, words in VOID.items() if key != "overfull" or self.kind == Kind.ELECTION}

    @property
    def marks(self) -> dict[str, str]:
        """What one name may get: where an unreadable or foreign mark voids that place only, it has a column of its own."""
        apart = self.rules.unreadable == "mark" or self.rules.marks == "symbol"
        return {key: words for key, words in MARKS.items() if key != "unclear" or apart}

    @property
    def heads(self) -> tuple[Cell, ...]:
        """The cells above the names, void ballots first."""
        return (
            Cell("collected", "收回的票"),
            *(Cell(f"void_{key}", words, "废票") for key, words in self.voids.items()),
            Cell("valid", "有效票"),
            Cell("blank", "有效票中全部弃权的"),
            Cell("disputed", "经总监票人认定的争议票"),
        )

    def row(self, name: Name) -> tuple[Cell, ...]:
        """The cells of one name."""
        return tuple(Cell(f"{name.key}_{mark}", words, name.label) for mark, words in self.marks.items())

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell in the order of the paper."""
        return (*self.heads, *(cell for name in self.names for cell in self.row(name)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One reading of a unit's ballots. A cell that is missing or None is empty; `write_ins` are (name, votes)."""

    cells: Mapping[str, int | None]
    write_ins: tuple[tuple[str, int | None], ...] = ()

    def get(self, key: str) -> int:
        """A cell's number. Raises ValueError for an empty one: nobody may take it for nothing."""
        value = self.cells.get(key)
        if value is None:
            raise ValueError(f"{key} is empty")
        return value

    def void(self, paper: Paper) -> int:
        """All void ballots."""
        return sum(self.get(f"void_{key}") for key in paper.voids)

    def chosen(self, paper: Paper) -> int:
        """All votes in favour, of those written in too."""
        return sum(self.get(f"{one.key}_yes") for one in paper.names) + sum(votes or 0 for _, votes in self.write_ins)

    def as_json(self) -> dict[str, Any]:
        """What is stored; write-ins in the order of their names, because the order of a pile tells of nothing counted."""
        ordered = sorted(self.write_ins, key=lambda one: one[0])
        return {"cells": dict(self.cells), "write_ins": [[name, votes] for name, votes in ordered]}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Sheet":
        """The sheet that was stored."""
        return cls(dict(stored.get("cells", {})), tuple((name, votes) for name, votes in stored.get("write_ins", ())))


def differing(paper: Paper, one: Sheet, other: Sheet) -> list[str]:
    """The keys of cells in which two readings differ, in the order of the paper; people written in are one cell."""
    found = [cell.key for cell in paper.cells if one.cells.get(cell.key) != other.cells.get(cell.key)]
    if sorted(one.write_ins, key=_by_name) != sorted(other.write_ins, key=_by_name):
        found.append(WRITE_INS)
    return found


def _by_name(entry: tuple[str, int | None]) -> tuple[str, int]:
    return entry[0], -1 if entry[1] is None else entry[1]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a third person read from the paper where two readings differ: the cells, all those written in (None where these do
    not differ), and for each cell whether that is what the first or the second reading says, or neither (`paper`)."""

    cells: Mapping[str, int | None]
    write_ins: tuple[tuple[str, int | None], ...] | None = None
    how: Mapping[str, str] = field(default_factory=dict)


def settled(one: Sheet, chosen: Chosen) -> Sheet:
    """A reading in which the cells that differ stand as a third person read them."""
    written_in = one.write_ins if chosen.write_ins is None else chosen.write_ins
    return Sheet({**one.cells, **chosen.cells}, written_in)


def empties(paper: Paper, sheet: Sheet) -> Iterator[Cell]:
    """The cells in which nothing stands."""
    for cell in paper.cells:
        if sheet.cells.get(cell.key) is None:
            yield cell
