"""Figures of this app for reports, found by autodiscovery."""

from proposals.figures import receptions, suggestions

__all__ = ["receptions", "suggestions"]
