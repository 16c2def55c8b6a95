"""Which units are counted again: drawn by a seed that was rolled and read aloud, so that nobody chose them and anybody can draw them
anew; and in what a recount differs from what was read first."""

import hashlib
from collections.abc import Iterable

from congress.counting.tally.sheets import Paper, Sheet

SEED_DIGITS = 20  # read aloud: with six-sided dice more than fifty bits, which nobody tries out beforehand


def drawn(seed: str, fingerprint: str, units: Iterable[int], size: int) -> tuple[int, ...]:
    """The units whose SHA-256 of 「seed TAB fingerprint of the count TAB number」 is smallest, by their numbers.

    The fingerprint was fixed when two people closed the count, before the seed was rolled: neither can be made to fit the other.
    """
    order = sorted(units, key=lambda unit: hashlib.sha256(f"{seed}\t{fingerprint}\t{unit}".encode()).hexdigest())
    return tuple(sorted(order[:size]))


def otherwise(paper: Paper, first: Sheet, again_paper: Paper, again: Sheet) -> list[tuple[str, int, int]]:
    """What a recount reads otherwise: what it is called, what was read first, what was read again. Names are compared as they stand
    on the ballot."""
    before, after = _by_words(paper, first), _by_words(again_paper, again)
    words = [*before, *(one for one in after if one not in before)]
    return [(one, before.get(one, 0), after.get(one, 0)) for one in words if before.get(one, 0) != after.get(one, 0)]


def _by_words(paper: Paper, sheet: Sheet) -> dict[str, int]:
    found = {f"{cell.group} {cell.label}".strip(): sheet.get(cell.key) for cell in paper.cells}
    return found | {f"另选 {name}": votes or 0 for name, votes in sheet.write_ins}
