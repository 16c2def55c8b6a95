"""What may be written about sessions, officers and presidium meetings.

Recording what happened is never refused for a rule the session itself broke (a missing quorum is shown as a finding);
refused is only what cannot be.
"""

from congress import clock
from congress.assembly.models import CredentialsMember, Officer, PresidiumMeeting, Session, post_title
from congress.guard.refusal import refuse_where
from congress.keeping import Keeping
from deputies.models import Level, Mandate


def _check_session(session: Session) -> None:
    taken = Session.objects.kept().filter(term=session.term, number=session.number, township_id=session.township_id)
    early = session.closed_on is not None and session.closed_on < session.opened_on
    repeated = f"{session.term}第{session.number}次会议已经登记，请在原记录上修改。"
    refuse_where(
        [
            (session.number < 1, "会次从1开始。", "number"),
            (session.term.level != Level.TOWNSHIP, "只能登记本级人民代表大会的会议。", "term"),
            (taken.exclude(pk=session.pk).exists(), repeated, "number"),
            (early, "闭幕日期不能早于开幕日期。", "closed_on"),
            (session.present > session.entitled, "实到代表不能多于应到代表。", "present"),
            (
                session.present <= session.entitled < session.present + session.on_leave,
                "实到和请假的代表合计不能多于应到代表。",
                "on_leave",
            ),
        ]
    )


def _check_officer(officer: Officer) -> None:
    """The day of the election is the session's last unless given, the title that of now."""
    session = officer.session
    last = session.closed_on or session.opened_on
    officer.elected_on = officer.elected_on or last
    officer.name = officer.name.strip()
    officer.title = officer.title.strip() or post_title(officer.post, officer.township)
    outside = not session.opened_on <= officer.elected_on <= last
    early = officer.ended_on is not None and officer.ended_on < officer.elected_on
    refuse_where(
        [
            (not officer.name, "请填写姓名。", "name"),
            (outside, "当选日期应在会议期间。", "elected_on"),
            (officer.elected_on > clock.today(), "当选日期还没有到，选举以后再登记。", "elected_on"),
            (early, "离任日期不能早于当选日期。", "ended_on"),
        ]
    )


def _check_meeting(meeting: PresidiumMeeting) -> None:
    refuse_where(
        [
            (not meeting.topics.strip(), "请填写议题。", "topics"),
            (meeting.present > meeting.entitled, "实到人数不能多于应到人数。", "present"),
        ]
    )


def _check_credentials(row: CredentialsMember) -> None:
    """Deputies of that very congress sit in it, each once (组织法三十七)."""
    session, term = row.session, row.session.term
    there = CredentialsMember.objects.kept().filter(deputy=row.deputy, session__term=term).exclude(pk=row.pk)
    sits = Mandate.objects.kept().filter(deputy=row.deputy, term=term).exists()
    refuse_where(
        [
            (not sits, f"{row.deputy.name}在{term}没有登记代表资格，代表资格审查委员会由本届代表组成。", "deputy"),
            (there.filter(left_on=None).exists(), f"{row.deputy.name}已经是这一届的成员，不能重复登记。", "deputy"),
            (row.left_on is not None and row.left_on < session.opened_on, "退出日期不能早于会议开幕。", "left_on"),
        ]
    )


SESSIONS = Keeping(Session, "assembly.session", check=_check_session, route="assembly-session")
OFFICERS = Keeping(
    Officer,
    "assembly.officer",
    check=_check_officer,
    route="assembly-officer",
    past={"assembly.elect_officer": "登记了选举产生的人员", "assembly.end_office": "登记了离任"},
)
MEETINGS = Keeping(PresidiumMeeting, "assembly.meeting", check=_check_meeting, route="assembly-meeting")
CREDENTIALS = Keeping(
    CredentialsMember,
    "assembly.credentials_member",
    check=_check_credentials,
    route="assembly-credentials-member",
)
