"""Sessions of the congress with the officers and the committee they elected, and meetings of the presidium."""

from datetime import date, timedelta

from congress.assembly.actions import CREDENTIALS, MEETINGS, OFFICERS, SESSIONS
from congress.assembly.models import CredentialsMember, Officer, PresidiumMeeting, Session
from reports.demo.diary import Story
from reports.demo.roster import FIRST_SESSION
from reports.demo.town import Town
from reports.demo.words import doings


def sessions(town: Town) -> Story:
    """The first session in November 2021, then one each March and August."""
    yield FIRST_SESSION + timedelta(days=1)
    first = _session(town, 1, FIRST_SESSION)
    for officer in town.place.officers:
        _elect(town, first, officer.post, officer.name)
    for at, deputy in enumerate(town.in_office[:5]):
        post = CredentialsMember.Post.MEMBER if at else CredentialsMember.Post.HEAD
        member = CredentialsMember(township=town.township, session=first, deputy=deputy, post=post)
        CREDENTIALS.record(town.clerk, member)
    number, year = 1, 2022
    while True:
        for month, day in ((3, 10), (8, 18)):
            opens = town.diary.workday(date(year, month, day))
            yield opens + timedelta(days=1)
            number += 1
            session = _session(town, number, opens)
            if (year, month) == (2024, 3):
                _successor(town, session)
        year += 1


def _session(town: Town, number: int, opened_on: date) -> Session:
    entitled = len(town.in_office)
    absent = town.rng.choice((0, 1, 1, 2, 3))
    session = Session(
        township=town.township,
        term=town.term,
        number=number,
        opened_on=opened_on,
        closed_on=opened_on + timedelta(days=1),
        place=f"{town.place.name}文化活动中心",
        entitled=entitled,
        present=entitled - absent,
        on_leave=absent,
        reports=3 if opened_on.month == 3 else 1,
        projects=10 if opened_on.month == 3 else 0,
    )
    SESSIONS.record(town.clerk, session)
    town.sessions.append(session)
    return session


def _elect(town: Town, session: Session, post: str, name: str) -> None:
    OFFICERS.record(town.clerk, Officer(township=town.township, session=session, post=post, name=name))


def _successor(town: Town, session) -> None:
    """One of the vice heads left; the session elected another."""
    officer = town.sessions[0].officers.filter(post="vice_head").order_by("name")[0]
    OFFICERS.change(town.clerk, officer, {"ended_on": session.opened_on}, officer.version)
    _elect(town, session, "vice_head", town.people.next(eldest=45).name)


def presidium(town: Town, year: int) -> Story:
    """The presidium's meetings of a year."""
    for month, topics, decisions in doings.PRESIDIUM:
        yield town.diary.workday(date(year, month, 12))
        meeting = PresidiumMeeting(
            township=town.township,
            held_on=town.today,
            topics=topics,
            entitled=9,
            present=town.rng.choice((7, 8, 8, 9, 9)),
            decisions=decisions,
        )
        MEETINGS.record(town.clerk, meeting)
