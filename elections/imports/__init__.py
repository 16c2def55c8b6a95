"""Tables of this app that can be imported."""

from elections.imports.boxes import BallotBoxes, MobileBoxes
from elections.imports.consultations import Consultations
from elections.imports.groups import Groups
from elections.imports.lists import Deaths, Judgments, Police
from elections.imports.mobile import MobileVoters
from elections.imports.nominees import Nominees
from elections.imports.polling import PollingPlaces
from elections.imports.proxies import Proxies
from elections.imports.roll import Roll
from elections.imports.staff import Staff
from elections.imports.turnouts import Turnouts

__all__ = [
    "BallotBoxes",
    "Consultations",
    "Deaths",
    "Groups",
    "Judgments",
    "MobileBoxes",
    "MobileVoters",
    "Nominees",
    "Police",
    "PollingPlaces",
    "Proxies",
    "Roll",
    "Staff",
    "Turnouts",
]
