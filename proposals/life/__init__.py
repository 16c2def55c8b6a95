"""The tables of steps of this app: what may be done to a record, by whom, when, and what it does."""

from proposals.life.matters import MATTER
from proposals.life.receptions import RECEPTION
from proposals.life.suggestions import SUGGESTION

__all__ = ["MATTER", "RECEPTION", "SUGGESTION"]
