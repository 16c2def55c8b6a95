"""Figures about sessions, the officers they elected, and the presidium's meetings."""

from collections.abc import Callable, Iterable

from django.db.models import QuerySet

from congress.assembly.models import Officer, PresidiumMeeting, Session
from congress.figures import ELECTION, THIS_YEAR, Asked, Figure, Kind, Row, keeper
from congress.recording import Facts, dated

of_sessions = keeper("人代会会议", "assembly-sessions")
of_officers = keeper("选举产生的人员", "assembly-officers")
of_meetings = keeper("主席团会议", "assembly-meetings")
dated(Facts(Session, "opened_on"), "sessions")
dated(Facts(Officer, "elected_on", ("session",)), "officers")
dated(Facts(PresidiumMeeting, "held_on"), "presidium")
POST_ORDER = [Officer.Post.CHAIR, Officer.Post.VICE_CHAIR, Officer.Post.HEAD, Officer.Post.VICE_HEAD]


def _opened(asked: Asked) -> QuerySet:
    rows = asked.kept(Session).filter(**asked.within("opened_on"))
    return rows.select_related("term").order_by("opened_on", "pk")


def _sessions(asked: Asked) -> list[Session]:
    return asked.once("assembly.sessions", lambda: asked.read(_opened))


def _held(asked: Asked) -> Iterable[Row]:
    return [Row.of(session, str(session), session.opened_on) for session in _sessions(asked)]


def _present(asked: Asked) -> Iterable[Row]:
    return [
        Row.of(session, str(session), session.opened_on, value=session.present, whole=session.entitled)
        for session in _sessions(asked)
        if session.present
    ]


def _counted(name: str):
    """The sum of a number of the year's sessions, of those that have one."""

    def rows(asked: Asked) -> Iterable[Row]:
        told = [(session, getattr(session, name)) for session in _sessions(asked)]
        return [Row.of(session, str(session), session.opened_on, value=number) for session, number in told if number]

    return rows


def _first_sessions(asked: Asked) -> Iterable[Row]:
    firsts = [session for session in _sessions(asked) if session.number == 1]
    return [Row.of(session, str(session), session.opened_on, word=str(session)) for session in firsts]


def _chosen(asked: Asked) -> QuerySet:
    rows = asked.kept(Officer, "session").filter(**asked.within("elected_on"))
    return rows.select_related("session__term", "township").order_by("elected_on", "name", "pk")


def _elected_at_any(asked: Asked) -> list[Officer]:
    def read():
        return sorted(asked.read(_chosen), key=lambda officer: POST_ORDER.index(officer.post))

    return asked.once("assembly.officers", read)


def _officers(asked: Asked) -> list[Officer]:
    return [officer for officer in _elected_at_any(asked) if officer.session.number == 1]


def _elected(pick: Callable[[Asked], list[Officer]]):
    return lambda asked: [
        Row.of(officer, f"{officer.called}{officer.name}", officer.elected_on, page=officer.session)
        for officer in pick(asked)
    ]


def _elected_words(asked: Asked) -> Iterable[Row]:
    rows = []
    for officer in _officers(asked):
        named = f"{officer.called}{officer.name}"
        rows.append(Row.of(officer, named, officer.elected_on, word=named, page=officer.session))
    return rows


def _met(asked: Asked) -> QuerySet:
    return asked.kept(PresidiumMeeting).filter(**asked.within("held_on")).order_by("held_on", "pk")


def _meetings(asked: Asked) -> list[PresidiumMeeting]:
    return asked.once("assembly.meetings", lambda: asked.read(_met))


def _presidium(asked: Asked) -> Iterable[Row]:
    return [Row.of(meeting, str(meeting), meeting.held_on) for meeting in _meetings(asked)]


def _presidium_present(asked: Asked) -> Iterable[Row]:
    return [
        Row.of(meeting, str(meeting), meeting.held_on, value=meeting.present, whole=meeting.entitled)
        for meeting in _meetings(asked)
        if meeting.present
    ]


of_sessions(
    Figure(
        "sessions.count",
        "会议",
        "人代会会议",
        "次",
        "本年度开幕的本级人民代表大会会议",
        THIS_YEAR,
        _held,
        zero_ok=False,
    ),
    Figure(
        "sessions.attendance",
        "会议",
        "代表出席率",
        "",
        "本年度各次人代会会议实到代表之和，没有填写实到代表的会议不计",
        THIS_YEAR,
        _present,
        Kind.SHARE,
        "这些会议应到代表之和",
    ),
    Figure(
        "sessions.first",
        "换届选举",
        "新一届第一次会议",
        "次",
        "上年1月1日至截止日开幕的某届第一次会议",
        ELECTION,
        _first_sessions,
        Kind.WORDS,
    ),
)
of_officers(
    Figure(
        "officers.count",
        "换届选举",
        "选举产生的人大和政府领导人员",
        "名",
        "某届第一次会议选举产生的人大主席、副主席和政府正副职，按当选日期计",
        ELECTION,
        _elected(_officers),
    ),
    Figure(
        "officers.names",
        "换届选举",
        "选举产生的职务和姓名",
        "人",
        "某届第一次会议选举产生的人大主席、副主席和政府正副职，按职务次序",
        ELECTION,
        _elected_words,
        Kind.WORDS,
    ),
)
of_meetings(
    Figure(
        "presidium.count", "会议", "主席团会议", "次", "本年度召开的主席团会议，按会议日期计", THIS_YEAR, _presidium
    ),
    Figure(
        "presidium.attendance",
        "会议",
        "主席团会议出席率",
        "",
        "本年度各次主席团会议实到人数之和，没有填写实到人数的会议不计",
        THIS_YEAR,
        _presidium_present,
        Kind.SHARE,
        "这些会议应到人数之和",
    ),
)
for keep, key, label, unit, rows, counted in (
    (
        of_sessions,
        "sessions.entitled",
        "人代会应到代表",
        "人次",
        _counted("entitled"),
        "本年度各次人代会会议应到代表之和",
    ),
    (
        of_sessions,
        "sessions.present",
        "人代会实到代表",
        "人次",
        _counted("present"),
        "本年度各次人代会会议实到代表之和",
    ),
    (
        of_sessions,
        "sessions.on_leave",
        "人代会请假代表",
        "人次",
        _counted("on_leave"),
        "本年度各次人代会会议会前请假的代表之和",
    ),
    (
        of_sessions,
        "sessions.reports",
        "人代会听取审议报告",
        "件",
        _counted("reports"),
        "本年度各次人代会会议听取审议的报告之和",
    ),
    (
        of_sessions,
        "sessions.projects",
        "票决民生实事项目",
        "件",
        _counted("projects"),
        "本年度各次人代会会议票决的民生实事项目之和",
    ),
    (
        of_officers,
        "officers.this_year",
        "人代会选举（补选）领导人员",
        "名",
        _elected(_elected_at_any),
        "本年度各次人代会会议选举产生和补选的人大主席、副主席和政府正副职，按当选日期计",
    ),
):
    keep(Figure(key, "会议", label, unit, counted, THIS_YEAR, rows))
