"""What may be written about sessions, officers and presidium meetings.

Recording what happened is never refused for a rule the session itself broke (a missing quorum is shown as a finding);
refused is only what cannot be.
"""

from datetime import date

from congress import clock
from congress.assembly.models import Officer, PresidiumMeeting, Session
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse_where
from deputies.models import Level

RECORD_SESSION = verb("assembly.record_session", "登记了人代会会议")
CHANGE_SESSION = verb("assembly.change_session", "修改了人代会会议")
ELECT = verb("assembly.elect_officer", "登记了选举产生的人员")
END_OFFICE = verb("assembly.end_office", "登记了离任")
WITHDRAW_OFFICER = verb("assembly.withdraw_officer", "撤回了误登的人员")
RECORD_MEETING = verb("assembly.record_meeting", "登记了主席团会议")
CHANGE_MEETING = verb("assembly.change_meeting", "修改了主席团会议")
WITHDRAW_MEETING = verb("assembly.withdraw_meeting", "撤回了主席团会议")


def _check_session(session: Session) -> None:
    taken = (
        Session.objects.kept()
        .filter(term=session.term, number=session.number, township_id=session.township_id)
        .exclude(pk=session.pk)
    )
    refuse_where(
        [
            (session.number < 1, "会次从1开始。", "number"),
            (session.term.level != Level.TOWNSHIP, "只能登记本级人民代表大会的会议。", "term"),
            (taken.exists(), f"{session.term}第{session.number}次会议已经登记，请在原记录上修改。", "number"),
            (
                session.closed_on is not None and session.closed_on < session.opened_on,
                "闭幕日期不能早于开幕日期。",
                "closed_on",
            ),
            (session.present > session.entitled, "实到代表不能多于应到代表。", "present"),
        ]
    )


def record_session(
    actor,
    township,
    *,
    term,
    number: int,
    opened_on: date,
    closed_on: date | None = None,
    place: str = "",
    entitled: int = 0,
    present: int = 0,
) -> Session:
    """Record a session of the township's congress. Raises Refused for a number taken or dates and counts that cannot be."""
    session = Session(
        township=township,
        term=term,
        number=number,
        opened_on=opened_on,
        closed_on=closed_on,
        place=place,
        entitled=entitled,
        present=present,
    )
    _check_session(session)
    with action(RECORD_SESSION, actor=actor, subject=session):
        session.save()
    return session


def change_session(actor, session: Session, *, version=None, **values) -> Session:
    """Change what is recorded of a session. Raises Refused like `record_session`, Conflict when somebody else did first."""
    with action(CHANGE_SESSION, actor=actor, subject=session, detail={"项目": sorted(values)}):
        current = lock(session, version)
        for name, value in values.items():
            setattr(current, name, value)
        _check_session(current)
        current.save()
    return current


def elect_officer(actor, session: Session, *, post: str, name: str, elected_on: date | None = None) -> Officer:
    """Record somebody the session elected; the day is the session's last unless given. Raises Refused outside the session."""
    last = session.closed_on or session.opened_on
    elected_on = elected_on or last
    outside = not session.opened_on <= elected_on <= last
    refuse_where(
        [
            (not name.strip(), "请填写姓名。", "name"),
            (outside, "当选日期应在会议期间。", "elected_on"),
        ]
    )
    officer = Officer(township=session.township, session=session, post=post, name=name.strip(), elected_on=elected_on)
    with action(ELECT, actor=actor, subject=officer):
        officer.save()
    return officer


def end_office(actor, officer: Officer, *, ended_on: date, version=None) -> Officer:
    """Record that somebody left the office. Raises Refused for a day before the election."""
    refuse_where([(ended_on < officer.elected_on, "离任日期不能早于当选日期。", "ended_on")])
    with action(END_OFFICE, actor=actor, subject=officer):
        current = lock(officer, version)
        current.ended_on = ended_on
        current.save()
    return current


def withdraw_officer(actor, officer: Officer, *, reason: str) -> Officer:
    """Take back an entry made by mistake; the row stays, with its reason."""
    refuse_where([(not reason.strip(), "请写明撤回的原因。", "reason")])
    with action(WITHDRAW_OFFICER, actor=actor, subject=officer):
        return _withdraw(officer, reason)


def _check_meeting(meeting: PresidiumMeeting) -> None:
    refuse_where(
        [
            (not meeting.topics.strip(), "请填写议题。", "topics"),
            (meeting.present > meeting.entitled, "实到人数不能多于应到人数。", "present"),
        ]
    )


def record_meeting(
    actor, township, *, held_on: date, topics: str, entitled: int = 0, present: int = 0, decisions: str = ""
) -> PresidiumMeeting:
    """Record a meeting of the presidium. Raises Refused without topics or with more present than entitled."""
    meeting = PresidiumMeeting(
        township=township,
        held_on=held_on,
        topics=topics,
        entitled=entitled,
        present=present,
        decisions=decisions,
    )
    _check_meeting(meeting)
    with action(RECORD_MEETING, actor=actor, subject=meeting):
        meeting.save()
    return meeting


def change_meeting(actor, meeting: PresidiumMeeting, *, version=None, **values) -> PresidiumMeeting:
    """Change what is recorded of a meeting. Raises Refused and Conflict as elsewhere."""
    with action(CHANGE_MEETING, actor=actor, subject=meeting, detail={"项目": sorted(values)}):
        current = lock(meeting, version)
        for name, value in values.items():
            setattr(current, name, value)
        _check_meeting(current)
        current.save()
    return current


def withdraw_meeting(actor, meeting: PresidiumMeeting, *, reason: str) -> PresidiumMeeting:
    """Take back a meeting recorded by mistake."""
    refuse_where([(not reason.strip(), "请写明撤回的原因。", "reason")])
    with action(WITHDRAW_MEETING, actor=actor, subject=meeting):
        return _withdraw(meeting, reason)


def _withdraw(row, reason: str):
    current = lock(row)
    current.withdrawn_at, current.withdrawn_reason = clock.now(), reason.strip()[:200]
    current.save()
    return current
