"""Reads of sessions, officers and presidium meetings."""

from datetime import date

from django.db.models import Max, Prefetch

from congress.assembly.models import Officer, PresidiumMeeting, Session
from congress.law import sessions as law
from congress.law.finding import Finding
from congress.wording import chinese_date
from deputies.models import Mandate


def sessions():
    """Sessions that stand, the newest first, with their term and the officers that are kept."""
    officers = Officer.objects.kept()
    return (
        Session.objects.kept()
        .select_related("term", "township__county")
        .prefetch_related(Prefetch("officers", queryset=officers, to_attr="elected"))
    )


def meetings():
    """Presidium meetings that stand, the newest first."""
    return PresidiumMeeting.objects.kept()


def election_completed_on(session: Session) -> date | None:
    """The last day on which a deputy of the session's term was elected at the general election, as the roster says."""
    general = Mandate.objects.kept().filter(term_id=session.term_id, how=Mandate.How.GENERAL)
    return general.aggregate(last=Max("elected_on"))["last"]


def findings(session: Session) -> list[Finding]:
    """What the law says about a session as it is recorded: quorum, and the two months for a term's first session."""
    found: list[Finding] = []
    if session.entitled:
        found += law.check_quorum(session.present, session.entitled, session.opened_on)
    completed = election_completed_on(session) if session.number == 1 else None
    if completed is not None:
        due = law.first_session_due(completed)
        if session.opened_on > due.date:
            message = f"第一次会议{chinese_date(session.opened_on)}晚于最迟日期（{due.formula}）"
            found.append(Finding("session.first_late", message, due.citation, blocking=False))
    return found


def year_findings(year: int, pack: str) -> list[Finding]:
    """Whether the year had the sessions the law wants."""
    days = Session.objects.kept().filter(opened_on__year=year).values_list("opened_on", flat=True)
    return list(law.check_year(tuple(days), year, pack))
