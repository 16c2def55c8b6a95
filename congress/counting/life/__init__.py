"""The tables of steps: of a count, of a unit, of a reading, of a secret vote of the hall."""

from congress.counting.life.counts import COUNT
from congress.counting.life.entries import ENTRY
from congress.counting.life.halls import HALL
from congress.counting.life.units import UNIT

__all__ = ["COUNT", "ENTRY", "HALL", "UNIT"]
