"""Tables of this app that can be imported."""

from deputies.imports.activities import Activities
from deputies.imports.places import Districts, Stations
from deputies.imports.roster import Roster

__all__ = ["Activities", "Districts", "Roster", "Stations"]
