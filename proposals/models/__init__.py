"""Voters' words at the stations, and the suggestions that come of them."""

from proposals.models.periods import OfficePeriod
from proposals.models.promises import Promise
from proposals.models.receptions import Handing, Matter, Reception, ReceptionDeputy, ReceptionUnit, Visitor
from proposals.models.suggestions import Assignment, Cosigner, Extension, Rating, Reply, Suggestion, Talk
from proposals.models.summaries import MatterSummary, SuggestionSummary
from proposals.models.urgings import Urging

__all__ = [
    "Assignment",
    "Cosigner",
    "Extension",
    "Handing",
    "Matter",
    "MatterSummary",
    "OfficePeriod",
    "Promise",
    "Rating",
    "Reception",
    "ReceptionDeputy",
    "ReceptionUnit",
    "Reply",
    "Suggestion",
    "SuggestionSummary",
    "Talk",
    "Urging",
    "Visitor",
]
