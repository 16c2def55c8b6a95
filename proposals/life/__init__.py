"""The tables of steps of this app: what may be done to a suggestion, by whom, when, and what it does."""

from proposals.life.suggestions import SUGGESTION

__all__ = ["SUGGESTION"]
