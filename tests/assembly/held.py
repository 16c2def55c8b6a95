"""A session, a meeting of the presidium and an officer as they are recorded, for the tests."""

from datetime import date

from congress.assembly.actions import MEETINGS, OFFICERS, SESSIONS
from congress.assembly.models import Officer, PresidiumMeeting, Session

CODE = "990101101000"
OPENED = date(2021, 11, 10)


def record(world, **values) -> Session:
    """The first session of the term, held with nearly everybody."""
    given = {"term": world.term, "number": 1, "opened_on": OPENED, "entitled": 50, "present": 48} | values
    return SESSIONS.record(world.clerk, Session(township=world.township, **given))


def elect(world, session, post: str, name: str, **values) -> Officer:
    """An officer whom a session elected."""
    given = {"post": post, "name": name} | values
    return OFFICERS.record(world.clerk, Officer(township=world.township, session=session, **given))


def meeting(world, **values) -> PresidiumMeeting:
    """A meeting of the presidium, of nine with eight present."""
    given = {"held_on": date(2022, 2, 1), "topics": "讨论年度计划", "entitled": 9, "present": 8} | values
    return MEETINGS.record(world.clerk, PresidiumMeeting(township=world.township, **given))
