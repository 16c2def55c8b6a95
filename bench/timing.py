"""Taking times: a subject and its floor by turns, so that a disturbance of the machine hits both."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Times:
    """Durations in seconds."""

    seconds: tuple[float, ...]

    def percentile(self, share: int) -> float:
        """Nearest rank: the smallest duration that at least `share` per cent do not exceed."""
        ordered = sorted(self.seconds)
        return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)]

    @property
    def p50(self) -> float:
        """The median."""
        return self.percentile(50)

    @property
    def p95(self) -> float:
        """What nineteen of twenty stay below."""
        return self.percentile(95)


def timed(call: Callable[[], object]) -> float:
    """Seconds of one call."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def best_of(times: int, call: Callable[[], object]) -> float:
    """The shortest of some calls: for floors, which should be as low as the machine allows."""
    return min(timed(call) for _ in range(times))


def by_turns(
    subject: Callable[[], object], floor: Callable[[], object], *, seconds: float, least: int, most: int
) -> tuple[Times, Times]:
    """Times of both, called in turn until `most` times or until the seconds are over, but at least `least` times."""
    end = time.perf_counter() + seconds
    taken: list[float] = []
    bare: list[float] = []
    while len(taken) < most and (len(taken) < least or time.perf_counter() < end):
        bare.append(timed(floor))
        taken.append(timed(subject))
    return Times(tuple(taken)), Times(tuple(bare))


def ratio(of: float, to: float) -> float:
    """How many times as long, to one decimal."""
    return round(of / to, 1) if to else 0.0


def milliseconds(seconds: float) -> float:
    """Milliseconds to one decimal."""
    return round(seconds * 1000, 1)


def peak(kilobytes: Sequence[int]) -> int:
    """The largest of some peaks of memory, in MiB."""
    return max(kilobytes) // 1024
