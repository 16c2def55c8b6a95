"""Sessions, officers they elected, the credentials committee, presidium meetings."""

from congress.assembly.models.credentials import CredentialsMember
from congress.assembly.models.sessions import Officer, PresidiumMeeting, Session, post_title

__all__ = ["CredentialsMember", "Officer", "PresidiumMeeting", "Session", "post_title"]
