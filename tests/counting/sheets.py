"""Ballots and sheets as the tests of counting write them."""

from congress.counting.tally import Kind, Measure, Name, Paper, Sheet, Unit
from congress.law.ballots import BallotRules

RULES = BallotRules(unreadable="ballot")  # no column for marks that are not counted


def paper(*names: str, seats: int = 1, measure: str = "direct", kind: str = "election", **more) -> Paper:
    """A ballot of these names."""
    people = tuple(Name(f"k{at}", name) for at, name in enumerate(names, start=1))
    return Paper(Kind(kind), people, seats, Measure(measure), **{"rules": RULES, "write_ins": True} | more)


def sheet(
    ballot: Paper, valid: int, yes: dict[str, int], *, no=None, void=0, blank=0, write_ins=None, **cells
) -> Sheet:
    """A sheet whose sums hold: who is neither for nor against abstains."""
    found = {f"void_{reason}": 0 for reason in ballot.voids} | {"void_unreadable": void}
    found |= {"collected": valid + void, "valid": valid, "blank": blank, "disputed": 0}
    for name in ballot.names:
        against = (no or {}).get(name.label, 0)
        found[f"{name.key}_yes"], found[f"{name.key}_no"] = yes[name.label], against
        found[f"{name.key}_abstain"] = valid - yes[name.label] - against
        if "unclear" in ballot.marks:
            found[f"{name.key}_unclear"] = 0
    return Sheet(found | cells, tuple((write_ins or {}).items()))


def unit(read: Sheet, number: int = 1, took_part: int | None = None, issued: int | None = None) -> Unit:
    """A unit of which as many were issued and took part as ballots came back, unless said otherwise."""
    collected = read.get("collected")
    took_part = collected if took_part is None else took_part
    return Unit(number, f"{number}号", took_part if issued is None else issued, took_part, read)
