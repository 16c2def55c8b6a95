"""Names that voters wrote in, as two people say who is meant: several ways to write one person are added up, one name that two
people bear is told apart, and who may not be chosen gets nothing. What was typed stays as it is beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from congress.counting.tally.sums import Line

OPEN = "（未认定）"


@dataclass(frozen=True, slots=True)
class Identity:
    """What two people said: whom these written names mean, and whether such a one may be chosen. Of one name that two people
    bear `votes` are meant, and not all."""

    person: str
    names: tuple[str, ...]
    counts: bool
    votes: int | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom the written names mean: `lines` are added up and go on to the law, `uncounted` stand for nobody who may be chosen,
    `parts` tell of what a sum is made, `open_votes` are those of which nobody has said yet whose they are."""

    lines: tuple[Line, ...]
    uncounted: tuple[Line, ...]
    parts: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    open_names: tuple[tuple[str, int], ...]
    misfits: tuple[Identity, ...]  # fewer votes stand for the names now than were said
    most: int  # that anybody written in may still come to, once all votes are somebody's

    @property
    def open_votes(self) -> int:
        """How many votes are not anybody's yet."""
        return sum(votes for _, votes in self.open_names)


def meant(lines: Sequence[Line], identities: Sequence[Identity]) -> Meant:
    """Apply what was said to the sums of written names. Raises nothing: what no longer fits is a misfit and applies to nobody."""
    left = {one.label: one.yes for one in lines}
    found: dict[tuple[str, bool], dict[str, int]] = {}
    misfits = []
    for one in sorted(
        identities, key=lambda each: each.votes is None
    ):  # a told number first, "all of them" gets what is left
        if any(not left.get(name) or (one.votes or 0) > left[name] for name in one.names):
            misfits.append(one)
            continue
        own = found.setdefault((one.person, one.counts), {})
        for name in one.names:
            took = left[name] if one.votes is None else one.votes
            left[name] -= took
            own[name] = own.get(name, 0) + took
    waiting = tuple((name, votes) for name, votes in left.items() if votes)
    persons = {person for person, counts in found if counts}
    counted = [Line("", person, sum(own.values())) for (person, counts), own in found.items() if counts]
    most = sum(votes for _, votes in waiting) + max((one.yes for one in counted), default=0)
    counted += [Line("", f"{name}{OPEN}" if name in persons else name, votes) for name, votes in waiting]
    return Meant(
        lines=_ordered(counted),
        uncounted=_ordered([Line("", who, sum(own.values())) for (who, counts), own in found.items() if not counts]),
        parts=tuple((person, tuple(own.items())) for (person, _), own in found.items()),
        open_names=waiting,
        misfits=tuple(misfits),
        most=most,
    )


def _ordered(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda one: (-one.yes, one.label)))


def written_identities(identities: Sequence[Identity]) -> str:
    """The same as text, which a fingerprint is taken of with the readings."""
    told = sorted(
        f"meant\t{one.person}\t{'、'.join(sorted(one.names))}\t{one.votes if one.votes is not None else 'all'}\t"
        f"{'counts' if one.counts else 'not'}\n"
        for one in identities
    )
    return "".join(told)
