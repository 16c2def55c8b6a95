"""Figures of this app for reports, found by autodiscovery."""

from proposals.figures import matters, receptions, stations, suggestions

__all__ = ["matters", "receptions", "stations", "suggestions"]
