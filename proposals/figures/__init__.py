"""Figures of this app for reports, found by autodiscovery."""

from proposals.figures import matters, opened, receptions, stations, suggestions

__all__ = ["matters", "opened", "receptions", "stations", "suggestions"]
