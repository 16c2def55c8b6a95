"""Models of the deputies and what they do."""

from deputies.models.activities import Activity, ActivityAttendance
from deputies.models.mandates import Mandate, Suspension
from deputies.models.own_activities import OwnActivity
from deputies.models.roster import Correction, Deputy
from deputies.models.stations import Station, StationCheck, StationLiaison
from deputies.models.terms import District, Group, Level, Term

__all__ = [
    "Activity",
    "ActivityAttendance",
    "Correction",
    "Deputy",
    "District",
    "Group",
    "Level",
    "Mandate",
    "OwnActivity",
    "Station",
    "StationCheck",
    "StationLiaison",
    "Suspension",
    "Term",
]
