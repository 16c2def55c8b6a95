"""Sessions, officers they elected, presidium meetings."""

from congress.assembly.models.sessions import Officer, PresidiumMeeting, Session

__all__ = ["Officer", "PresidiumMeeting", "Session"]
