"""What may be written about discussion by voters' groups, preliminary votes, and meetings with voters."""

from dataclasses import replace
from datetime import date

from congress import clock
from congress.guard.refusal import refuse_blocking, refuse_where
from congress.keeping import Keeping
from congress.law import candidates as law
from congress.law.elections import check_introduction
from congress.law.finding import Finding
from congress.law.polling import check_preliminary
from congress.wording import chinese_date
from elections.models import CandidateMeeting, Consultation, PreliminaryVote
from elections.queries import candidate_lists as queries
from elections.queries.days import day_of


def _check_consultation(row: Consultation) -> None:
    day = day_of(row.election, getattr(row.group, f"{queries.place_of(row.election)}_id"))
    refuse_where(
        [
            (row.present > row.expected, "到会人数不能多于应到人数。", "present"),
            (row.held_on >= day, f"讨论、协商应在选举日{chinese_date(day)}以前。", "held_on"),
        ]
    )


def preliminary_findings(row: PreliminaryVote) -> list[Finding]:
    """What the law says of a preliminary vote: whether it may be held, who has to take part, whom it leaves level."""
    facts = queries.facts_of(row.election, [row.district_id]).get(row.district_id)
    if facts is None:
        return []
    found = list(law.check_preliminary_offered(facts.seats, len(facts.eligible), facts.day))
    if row.results:  # until it was held there is time for the notice
        found += law.check_preliminary_notice(row.noticed_on, row.held_on, facts.day, row.township.pack)
    found += turnout_findings(row, facts.day)
    if row.results and facts.eligible:
        facts.preliminary = row
        cut = facts.cut(min(facts.limit.maximum, len(facts.eligible)))
        if cut.tied:
            found.append(Finding("preliminary.tie", cut.note, cut.citation, blocking=False))
    return found


def turnout_findings(row: PreliminaryVote, day: date) -> list[Finding]:
    """Whether enough voters took part; nothing is said while the numbers are not there."""
    if row.took_part is None or row.registered is None:
        return []
    return list(check_preliminary(row.took_part, row.registered, day, row.township.pack))


def _check_preliminary(row: PreliminaryVote) -> None:
    noticed, confirmed = row.noticed_on, row.confirmed_on
    day = day_of(row.election, row.district_id)
    refuse_where(
        [
            (row.held_on >= day, f"预选应在选举日{chinese_date(day)}以前。", "held_on"),
            (noticed is not None and noticed > row.held_on, "预选公告日期不能晚于预选日期。", "noticed_on"),
            (confirmed is not None and confirmed < row.held_on, "确认日期不能早于预选日期。", "confirmed_on"),
            (confirmed is not None and not row.results, "还没有登记得票，不能登记确认。", "results"),
            (bool(row.results) and row.registered is None, "填写得票的，请同时填写选民数。", "registered"),
            (bool(row.results) and row.took_part is None, "填写得票的，请同时填写参加预选的人数。", "took_part"),
        ]
    )


def meeting_findings(row: CandidateMeeting) -> list[Finding]:
    """What the law says of the day: introductions end when election day begins (选举法三十四)."""
    day = day_of(row.election, row.district_id)
    return [replace(one, field="held_on") for one in check_introduction(row.held_on, day)]


def _check_meeting(row: CandidateMeeting) -> None:
    asked = row.asked_on
    refuse_where([(asked is not None and asked > row.held_on, "提出日期不能晚于见面日期。", "asked_on")])
    if row.held_on >= clock.today():  # what was held is entered as it was; nothing is planned against the law
        refuse_blocking(meeting_findings(row))


CONSULTATIONS = Keeping(
    Consultation, "elections.consultation", check=_check_consultation, route="elections-consultation"
)
PRELIMINARIES = Keeping(
    PreliminaryVote, "elections.preliminary", check=_check_preliminary, route="elections-preliminary"
)
MEETINGS = Keeping(CandidateMeeting, "elections.meeting", check=_check_meeting, route="elections-meeting")
