"""One pass over the units of a count: what they add up to, and what is to be said of the whole. Nothing is ever subtracted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from congress.counting.tally.checks import against, check, shares
from congress.counting.tally.codes import Notice
from congress.counting.tally.sheets import Paper, Sheet

APART = 25  # points by which one unit differs from the whole
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Unit:
    """What was emptied on one table: what the ledger says of it, and the reading that stands."""

    number: int
    label: str
    issued: int
    took_part: int
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Line:
    """What one person, or one proposal, got in all. `key` is empty for somebody written in."""

    key: str
    label: str
    yes: int
    no: int = 0
    abstain: int = 0
    unclear: int = 0

    @property
    def written_in(self) -> bool:
        """Whether voters wrote the name themselves."""
        return not self.key


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a count: ballots, void ones by reason, one line a name, those written in by votes and name."""

    issued: int
    took_part: int
    collected: int
    valid: int
    blank: int
    disputed: int
    void: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    write_ins: tuple[Line, ...]

    @property
    def void_in_all(self) -> int:
        """All void ballots."""
        return sum(number for _, number in self.void)


@dataclass(frozen=True, slots=True)
class Counted:
    """What one pass gives: sums and notices, of the same sheets and by the same reading."""

    totals: Totals
    notices: tuple[Notice, ...]


def count(paper: Paper, units: Sequence[Unit]) -> Counted:
    """Add up the units. Raises ValueError for a sheet that is not final or contradicts itself: what is wrong with one unit
    cannot be mended in a sum."""
    alone = len(units) == 1
    for unit in units:
        if wrong := against(check(paper, unit.sheet, unit.issued, unit.took_part, alone=alone)):
            raise ValueError(f"{unit.label}: {wrong[0].code}")
    totals = Totals(
        issued=sum(unit.issued for unit in units),
        took_part=sum(unit.took_part for unit in units),
        collected=_sum(units, "collected"),
        valid=_sum(units, "valid"),
        blank=_sum(units, "blank"),
        disputed=_sum(units, "disputed"),
        void=tuple((key, _sum(units, f"void_{key}")) for key in paper.voids),
        lines=tuple(
            Line(name.key, name.label, **{mark: _sum(units, f"{name.key}_{mark}") for mark in paper.marks})
            for name in paper.names
        ),
        write_ins=_written_in(units),
    )
    return Counted(totals, tuple(_notices(paper, totals, units)))


def _sum(units: Sequence[Unit], key: str) -> int:
    return sum(unit.sheet.get(key) for unit in units)


def _written_in(units: Sequence[Unit]) -> tuple[Line, ...]:
    votes: dict[str, int] = {}
    for unit in units:
        for name, number in unit.sheet.write_ins:
            votes[name] = votes.get(name, 0) + (number or 0)
    return tuple(Line("", name, number) for name, number in sorted(votes.items(), key=lambda one: (-one[1], one[0])))


def _notices(paper: Paper, totals: Totals, units: Sequence[Unit]) -> Iterator[Notice]:
    """Of the whole; of single units only what nobody sees in them alone."""
    if totals.collected > totals.took_part:
        said = f"全部收回{totals.collected}张，多于参加投票的{totals.took_part}人"
        yield Notice("E201", said, "collected")
    if totals.collected > totals.issued:
        yield Notice("E202", f"全部收回{totals.collected}张，多于发出的{totals.issued}张", "collected")
    if totals.collected < totals.took_part:
        short = totals.took_part - totals.collected
        said = f"全部收回{totals.collected}张，参加投票{totals.took_part}人，少{short}张"
        yield Notice("W101", said, "collected")
    written_in = sum(line.yes for line in totals.write_ins)
    chosen = sum(line.yes for line in totals.lines) + written_in
    yield from shares(totals.collected, totals.void_in_all, totals.blank, chosen, written_in)
    if totals.valid:
        for line in totals.lines:
            if not line.yes:
                yield Notice("W111", f"{line.label}没有一张赞成票")
    yield from _apart(paper, totals, units)


def _apart(paper: Paper, totals: Totals, units: Sequence[Unit]) -> Iterator[Notice]:
    """Units in which a name's share of the valid ballots is far from its share of all."""
    for unit in units:
        valid = unit.sheet.get("valid")
        for line in totals.lines:
            here = unit.sheet.get(f"{line.key}_yes")
            if not valid or abs(here * totals.valid - line.yes * valid) * HUNDRED <= APART * valid * totals.valid:
                continue
            said = f"{line.label}赞成{here}，占有效票{here * HUNDRED // valid}%，全部是{line.yes * HUNDRED // totals.valid}%"
            yield Notice("W113", said, where=unit.label)


def written(paper: Paper, units: Sequence[Unit]) -> str:
    """The readings as text, in one form whatever the order they are given in: what a fingerprint is taken of. Names stand as on
    the ballot, so that anybody can write it anew from the printed tables."""
    lines = [f"{paper.kind}\t{paper.measure}\t{paper.seats}"]
    lines += [f"rule\t{key}\t{getattr(paper.rules, key)}" for key in paper.rules.__dataclass_fields__]
    lines += [f"name\t{at}\t{one.label}" for at, one in enumerate(paper.names, start=1)]
    for unit in sorted(units, key=lambda one: one.number):
        lines.append(f"unit\t{unit.number}\t{unit.label}\t{unit.issued}\t{unit.took_part}")
        lines += [f"{cell.group}\t{cell.label}\t{unit.sheet.get(cell.key)}" for cell in paper.cells]
        lines += [f"written in\t{name}\t{votes}" for name, votes in sorted(unit.sheet.write_ins)]
    return "".join(f"{line}\n" for line in lines)
