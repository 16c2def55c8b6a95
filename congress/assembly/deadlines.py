"""What runs out for the congress itself: the first session of a new term, and the presidium's next meeting."""

from collections.abc import Collection, Iterator
from functools import partial

from django.urls import reverse

from congress import clock
from congress.assembly import queries
from congress.assembly.models import PresidiumMeeting, Session
from congress.law import sessions as law
from congress.wording import chinese_date
from congress.work import sources
from congress.work.deadlines import Accounts, Deadline, Opened, register
from congress.work.sources import Source, reader
from deputies.models import Mandate, Term

_elected = reader(queries.terms_to_open)


def _read_terms(only: Collection | None) -> list[Term]:
    """A term begins with its first session (组织法三十八), so one that has begun waits for none."""
    return [row for row in _elected(only) if row.started_on is None or row.started_on > clock.today()]


def _first_sessions(rows: list[Term]) -> Iterator[Opened]:
    accounts = Accounts(rows)
    for term in rows:
        yield Opened(term, law.first_session_due(term.completed_on), partial(accounts.office, term))


def _read_meetings(only: Collection | None) -> list[PresidiumMeeting]:
    rows = queries.last_meetings()
    return [row for row in rows if only is None or str(row.pk) in {str(pk) for pk in only}]


def _next_meetings(rows: list[PresidiumMeeting]) -> Iterator[Opened]:
    accounts = Accounts(rows)
    for meeting in rows:
        due = law.presidium_meeting_due(meeting.held_on, meeting.township.pack)
        if due is not None:
            yield Opened(meeting, due, partial(accounts.office, meeting))


# A term that begins without a session is waited for no more, which only the day tells.
TERMS = sources.register(
    Source("assembly.terms", _read_terms, {Term: "pk", Mandate: "term", Session: "term"}, daily=True, called="届次")
)
MEETINGS = sources.register(Source("assembly.meetings", _read_meetings, {PresidiumMeeting: "pk"}, called="主席团会议"))
register(
    Deadline(
        key="assembly.first_session",
        label="本届第一次会议",
        source=TERMS,
        opened=_first_sessions,
        title=str,
        url=lambda term: reverse("assembly-sessions", args=[term.township.code]),
    )
)
register(
    Deadline(
        key="assembly.presidium",
        label="主席团下次会议",
        source=MEETINGS,
        opened=_next_meetings,
        title=lambda meeting: f"上次会议{chinese_date(meeting.held_on)}",
        url=lambda meeting: reverse("assembly-meetings", args=[meeting.township.code]),
    )
)
