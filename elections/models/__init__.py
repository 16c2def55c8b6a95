"""Elections as the annual report tells them, and the turnout of their districts."""

from elections.models.election import Election
from elections.models.turnout import DistrictTurnout

__all__ = ["DistrictTurnout", "Election"]
