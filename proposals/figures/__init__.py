"""Figures of this app for reports, found by autodiscovery."""

from proposals.figures import matters, opened, parting, promises, receptions, stations, suggestions

__all__ = ["matters", "opened", "parting", "promises", "receptions", "stations", "suggestions"]
