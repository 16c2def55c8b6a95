"""Reads of sessions, officers and presidium meetings."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cache

from django.db.models import Case, Exists, Max, OuterRef, Q, QuerySet, When

from congress import clock
from congress.assembly.models import CredentialsMember, Officer, PresidiumMeeting, Session
from congress.guard.record import kept
from congress.law import deputies as law_of_deputies
from congress.law import sessions as law
from congress.law.finding import Finding
from congress.law.sources import cite
from congress.law.thresholds import presidium_vote
from congress.models import Township
from congress.prepared import Around
from congress.wording import chinese_date, percent
from congress.work.workdays import at_rest
from deputies.actions.seats import LAW_REASONS
from deputies.models import Level, Mandate, Term
from deputies.queries import seats_held


def sessions():
    """Sessions that stand, the newest first, with their term and the officers that are kept."""
    return Session.objects.kept().select_related("term", "township__county").prefetch_related(*_around())


@cache
def _around() -> tuple[Around, ...]:
    return (
        Around("officers", Officer.objects.kept(), to_attr="elected"),
        Around("credentials", credentials_members(), to_attr="examining"),
    )


def credentials_members() -> QuerySet:
    """Members of credentials committees that stand, the head first."""
    rank = Case(*(When(post=post, then=at) for at, post in enumerate(CredentialsMember.Post.values)))
    rows = CredentialsMember.objects.kept().select_related("deputy", "session__term", "township")
    return rows.order_by("session", rank.asc(), "created_at")


def credentials_committee(term: Term, on: date) -> list[CredentialsMember]:
    """Who sits in a term's credentials committee on a day: passed by then, not left, and still a deputy."""
    ended = Mandate.objects.kept().filter(deputy=OuterRef("deputy"), term=term)
    sits = ended.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    rows = credentials_members().filter(Exists(sits), session__term=term, session__opened_on__lte=on)
    return list(rows.filter(kept("session")).exclude(left_on__lte=on))


def committee_findings(members: list[CredentialsMember], on: date, township: Township) -> list[Finding]:
    """What the law and the province say of the composition of a credentials committee."""
    posts = [one.post for one in members]
    heads, vices, rest = (posts.count(post) for post in CredentialsMember.Post.values)
    return list(law.check_credentials_committee(heads, vices, rest, on, township.pack))


def named_sessions():
    """Sessions that stand, with what their names are made of."""
    return Session.objects.kept().select_related("term")


def meetings():
    """Presidium meetings that stand, the newest first."""
    return PresidiumMeeting.objects.kept().select_related("township__county")


def election_completed_on(session: Session) -> date | None:
    """The last day on which a deputy of the session's term was elected at the general election, as the roster says."""
    general = Mandate.objects.kept().filter(term_id=session.term_id, how=Mandate.How.GENERAL)
    return general.aggregate(last=Max("elected_on"))["last"]


def is_ahead(held: Session | PresidiumMeeting) -> bool:
    """Whether it has not been held yet: nothing is said of who came."""
    return bool(held.held_on > clock.today())


def without_present(held: Session | PresidiumMeeting) -> list[Finding]:
    """That nobody has said how many came, once it is over: nobody at all is no meeting."""
    if is_ahead(held) or held.present or not held.entitled:
        return []
    return [Finding("assembly.present", "会议已经召开，还没有填写实到人数，请点“修改”补上", blocking=False)]


def came(held: Session | PresidiumMeeting, unit: str) -> str:
    """How many came, with their share, in words."""
    if held.present:
        return f"{held.present} {unit}（{percent(held.present, held.entitled)}）"
    return "还没有召开" if is_ahead(held) else "没有填写"


def findings(session: Session) -> list[Finding]:
    """What the law says about a session as it is recorded: quorum, and the two months for a term's first session."""
    found: list[Finding] = []
    in_office = seats_held(session.opened_on, Level.TOWNSHIP).values("deputy").distinct().count()
    if in_office and session.entitled and session.entitled != in_office:
        message = f"应到代表{session.entitled}名，花名册当日在任的本级代表{in_office}名，请核对"
        found.append(Finding("session.entitled", message, field="entitled", blocking=False))
    if session.number == 1 and session.term.started_on != session.opened_on:
        begun = session.term.started_on
        registered = f"登记为{chinese_date(begun)}，与第一次会议开幕日期不一致" if begun else "还没有登记"
        message = f"{session.term}的开始日期{registered}；新一届代表自第一次会议开幕起在任，请在届次中改正"
        found.append(Finding("session.term_start", message, cite("organic_law", "term", session.opened_on), False))
    members = list(credentials_members().filter(session=session)) if session.number == 1 else []
    if members:
        found += committee_findings(members, session.opened_on, session.township)
    found += without_present(session)
    if session.entitled and session.present:
        found += law.check_quorum(session.present, session.entitled, session.opened_on)
    completed = election_completed_on(session) if session.number == 1 else None
    if completed is not None:
        due = law.first_session_due(completed)
        if session.opened_on > due.date:
            message = f"第一次会议{chinese_date(session.opened_on)}晚于最迟日期（{due.formula}）"
            found += [Finding("session.first_late", message, due.citation, blocking=False), *at_rest(due.date)]
    return found


OF_CONGRESS = (Officer.Post.CHAIR, Officer.Post.VICE_CHAIR)


def officer_findings(officers: Collection[Officer]) -> list[Finding]:
    """What the law says of officers of one term: who is chair or vice chair sits in the congress and in no government, and how
    many there are. Found by name, since there is no other tie between an office and the roster: told, and refused to nobody.

    Reads a constant number of rows.
    """
    ours = [one for one in officers if one.post in OF_CONGRESS]
    if not officers:
        return []
    term = officers[0].session.term_id
    beside = list(Officer.objects.kept().filter(kept("session"), session__term=term).order_by("elected_on", "pk"))
    seats = list(Mandate.objects.kept().filter(term=term).select_related("deputy"))
    found = [each for one in ours if seats for each in _seat_findings(one, seats)]
    found += [each for one in officers for each in _post_findings(one, beside)]
    return list(dict.fromkeys(replace(one, blocking=False) for one in found))


def _seat_findings(officer: Officer, seats: list[Mandate]) -> list[Finding]:
    """Whether somebody of the name sat in the congress on the day, and what becomes of the office where the seat has ended."""
    on = officer.elected_on
    own = [one for one in seats if one.deputy.name == officer.name and one.elected_on <= on]
    held = [one for one in own if one.ended_on is None or one.ended_on > on]
    if not held:
        told = law.check_officer_choice("chair", False, on)
        return [
            replace(one, message=f"{officer.name}当选时花名册上没有代表资格，请核对；{one.message}") for one in told
        ]
    last = max(held, key=lambda one: one.ended_on or date.max)
    if last.ended_on is None or (officer.ended_on is not None and officer.ended_on <= last.ended_on):
        return []
    reason = LAW_REASONS.get(last.end_reason)
    pack = officer.township.pack
    falls = law_of_deputies.mandate_end(reason, last.ended_on, True, pack=pack).also if reason else ()
    since = f"{officer.name}的代表资格已于{chinese_date(last.ended_on)}终止（{last.get_end_reason_display()}）"
    return [replace(one, message=f"{since}：{one.message}，请登记离任") for one in falls]


def _post_findings(officer: Officer, beside: list[Officer]) -> list[Finding]:
    """Who is in office beside an officer on the day of the election: too many of them, or the same person in the government."""
    on = officer.elected_on
    there = [one for one in beside if one.elected_on <= on and (one.ended_on is None or one.ended_on > on)]
    posts = [one.post for one in there]
    found: list[Finding] = []
    if officer.post in OF_CONGRESS:
        found += law.check_chairs(*(posts.count(post) for post in OF_CONGRESS), on)
    other = [
        one for one in there if one.name == officer.name and (one.post in OF_CONGRESS) != (officer.post in OF_CONGRESS)
    ]
    for one in other:
        told = law_of_deputies.check_posts(True, True, on, officer.township.pack)
        found += [
            replace(each, message=f"{officer.name}同时登记为{one.called}和{officer.called}：{each.message}")
            for each in told
        ]
    return found


def year_findings(township: Township, on: date) -> list[Finding]:
    """Whether the year of a day had the sessions the law wants, as far as the year has gone by today."""
    rows = Session.objects.kept().filter(township=township, opened_on__year=on.year)
    days = tuple(rows.values_list("opened_on", flat=True))
    return list(law.check_year(days, on.year, township.pack, clock.today()))


def meeting_findings(meeting: PresidiumMeeting) -> list[Finding]:
    """Whether so many may sit in the presidium, and whether enough of them were present."""
    if not meeting.entitled or not meeting.present:
        return without_present(meeting)
    on, place = meeting.held_on, meeting.township
    deputies = seats_held(on, Level.TOWNSHIP).values("deputy").distinct().count()
    size = law_of_deputies.check_presidium_size(meeting.entitled, on, place.pack, deputies, place.population)
    return [*size, *presidium_vote(meeting.entitled, meeting.present, on, pack=place.pack)]


def terms_to_open() -> QuerySet:
    """Terms of the township's congress that are elected and whose first session has not been opened, with `completed_on`, their
    last election day; the same on any day.
    """
    general = Q(mandates__how=Mandate.How.GENERAL) & kept("mandates")
    rows = Term.objects.kept().filter(level=Level.TOWNSHIP)
    rows = rows.annotate(completed_on=Max("mandates__elected_on", filter=general)).filter(completed_on__isnull=False)
    opened = Session.objects.kept().filter(term=OuterRef("pk"), number=1)
    return rows.exclude(Exists(opened)).select_related("township__county")


def last_meetings() -> QuerySet:
    """The presidium's last meeting of each township in scope."""
    rows = PresidiumMeeting.objects.kept().order_by("township_id", "-held_on", "-pk").distinct("township_id")
    return rows.select_related("township__county")
