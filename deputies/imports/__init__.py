"""Tables of this app that can be imported."""

from deputies.imports.roster import Roster

__all__ = ["Roster"]
