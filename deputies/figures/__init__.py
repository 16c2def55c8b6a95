"""Figures of this app, by what they are about."""

from deputies.figures import activities, roster, stations

__all__ = ["activities", "roster", "stations"]
