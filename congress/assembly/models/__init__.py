"""Sessions, officers they elected, presidium meetings."""

from congress.assembly.models.sessions import TITLED, Officer, PresidiumMeeting, Session, post_title

__all__ = ["TITLED", "Officer", "PresidiumMeeting", "Session", "post_title"]
