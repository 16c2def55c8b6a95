"""Ledgers of this app that can be imported."""

from proposals.imports.receptions import Receptions
from proposals.imports.suggestions import Suggestions

__all__ = ["Receptions", "Suggestions"]
