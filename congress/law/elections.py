"""Direct elections of township deputies up to the ballot: calendar, age, registration, nomination, candidates."""

from dataclasses import dataclass
from datetime import date, timedelta

from congress.law.finding import Citation, Finding
from congress.law.numerals import between, chinese_date
from congress.law.periods import BEFORE_DISPUTE, BeforeElection, add_months, before_election, within_days
from congress.law.provinces import PackLike, Value
from congress.law.provinces import pack as find_pack
from congress.law.registry import rule
from congress.law.sources import cite
from congress.law.suggestions import Due
from congress.law.thresholds import share_up

NOMINATION_VOTERS = 10
DISTRICT_SEATS = (1, 3)


@dataclass(frozen=True, slots=True)
class VotingAge:
    """Whether a person is 18 on election day, that day included. `needs_human` marks the Feb-29 dispute."""

    eligible: bool
    turns_18_on: date
    alternative_on: date
    needs_human: bool
    note: str
    citation: Citation


@rule("elections.voting_age", "选举日是否年满十八周岁", cites=[("election_law", "voting_age")])
def voting_age(born: date, election_day: date) -> VotingAge:
    """Eighteen on election day, inclusive (not on registration day, not the day after the birthday).

    Born on 29 February: 1 March in common years, or 28 February by 民法典 202. Between the two the person is kept on
    the roll and flagged for a human; nobody is dropped by machine.
    """
    civil = add_months(born, 18 * 12)
    strict = civil + timedelta(days=1) if civil.day != born.day else civil
    disputed = civil <= election_day < strict
    note = ""
    if disputed:
        note = "2月29日出生，平年选举：按民法典第二百零二条为2月28日满十八周岁，按整年计算为3月1日，请选举委员会确认"
    return VotingAge(
        election_day >= civil, strict, civil, disputed, note, cite("election_law", "voting_age", election_day)
    )


@rule("elections.born_by", "选举日满十八周岁的最晚出生日期", cites=[("election_law", "voting_age")])
def born_by(election_day: date) -> date:
    """The last date of birth of those who are 18 on election day: whoever was born later is not.

    Where the year of birth has a 29 February and the election is on 28 February of a common year, it is the 29th: between the
    two readings nobody is dropped by machine (`voting_age`).
    """
    year = election_day.year - 18
    try:
        same = election_day.replace(year=year)
    except ValueError:  # 29 February
        same = date(year, 2, 28)
    following = same + timedelta(days=1)
    return following if voting_age(following, election_day).eligible else same


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One legal step of an election with its last day, leniently and strictly counted."""

    key: str
    label: str
    lenient: date
    strict: date
    citation: Citation
    note: str = ""

    def days_before(self, election_day: date) -> int:
        """How many days before election day, as the text counts them."""
        return (election_day - self.lenient).days


_NATIONAL_STEPS = (
    ("publish_roll", "公布选民名单", 20),
    ("publish_candidates", "公布代表候选人名单及基本情况", 15),
    ("publish_final_candidates", "公布正式代表候选人名单及基本情况", 7),
)
# The final list: five days before by the edition of 2004, seven since that of 2010, which was in force from its adoption. Neither
# text is held, so that a day before 2020 is cited as 依据未收录原文 and forbids nothing.
SEVEN_DAYS_SINCE = date(2010, 3, 14)
FINAL_DAYS_BEFORE = 5
FINAL_DAYS_NOTE = "2010年3月14日修正以前为选举日的五日以前，此后为七日以前"


def _day(key: str, label: str, limit: BeforeElection, citation: Citation, note: str = "") -> CalendarDay:
    return CalendarDay(key, label, limit.lenient, limit.strict, citation, note)


@rule(
    "elections.calendar",
    "选举日程的法定最迟日期",
    cites=[
        ("election_law", "publish_roll"),
        ("election_law", "publish_candidates"),
        ("election_law", "publish_final_candidates"),
        ("zhejiang_election_rules", "by_election.roll_days"),
        ("beijing_election_rules", "by_election.final_days"),
        ("shandong_election_rules", "by_election.rules"),
    ],
)
def calendar(election_day: date, pack: PackLike = "national", by_election: bool = False) -> tuple[CalendarDay, ...]:
    """The last days before an election, oldest first: roll E−20, candidates E−15, final list E−7 (E−5 before the edition of
    2010), and local ones.

    A by-election follows the local rules only (浙江 12 and 7, 北京 15, 5 and 3 days); where none is held, or the local
    text sets no days (山东 57), the national days are given with a note.
    """
    place = find_pack(pack)
    days: list[CalendarDay] = []
    local = (
        ("publish_roll", "by_election.roll_days"),
        ("publish_candidates", "by_election.candidates_days"),
        ("publish_final_candidates", "by_election.final_days"),
    )
    held = {step: place.value(key, election_day) for step, key in local} if by_election else {}
    known = any(value.citation for value in held.values())
    for fact, label, number in _NATIONAL_STEPS:
        value = held.get(fact)
        if value is not None and isinstance(value.value, int) and value.citation:
            days.append(_day(fact, label, before_election(election_day, value.value), value.citation))
        elif not known:
            note = _by_election_note(place.value("by_election.rules", election_day)) if by_election else ""
            citation = cite("election_law", fact, election_day)
            if fact == "publish_final_candidates" and election_day < SEVEN_DAYS_SINCE:
                number, note = FINAL_DAYS_BEFORE, note or FINAL_DAYS_NOTE
            days.append(_day(fact, label, before_election(election_day, number), citation, note))
    for key, label in (
        ("election.late_registration_days", "补办选民登记"),
        ("election.roll_correction_days", "补正选民名单"),
    ):
        value = place.value(key, election_day)
        if not by_election and isinstance(value.value, int) and value.citation:
            days.append(_day(key, label, before_election(election_day, value.value), value.citation))
    return tuple(sorted(days, key=lambda day: day.lenient))


def _by_election_note(rules: Value) -> str:
    if rules.citation is None:
        return "补选的具体办法未收录，按换届选举的期限提示"
    return f"{rules.citation.text}没有写公布名单的期限，按换届选举的期限提示"


@dataclass(frozen=True, slots=True)
class AppealDates:
    """The path of an objection to the roll: last day to appeal, to sue, and for the judgement."""

    appeal_by: date
    sue_by_lenient: date
    sue_by_strict: date
    judgement_before: date
    dispute: str
    citation: Citation


@rule(
    "elections.appeal_dates",
    "选民名单申诉与起诉期限",
    cites=[("election_law", "roll_appeal"), ("civil_procedure_law", "roll_suit")],
)
def appeal_dates(published_on: date, election_day: date) -> AppealDates:
    """Five days from publication (that day not counted); suit five days before election day; judgement before it."""
    if published_on >= election_day:
        raise ValueError("选民名单公布日应早于选举日")
    suit = before_election(election_day, 5)
    citation = cite("election_law", "roll_appeal", election_day)
    return AppealDates(within_days(published_on, 5), suit.lenient, suit.strict, election_day, BEFORE_DISPUTE, citation)


@rule("elections.appeal_decision_due", "申诉处理决定期限", cites=[("election_law", "roll_appeal")])
def appeal_decision_due(appealed_on: date) -> Due:
    """Three days from the appeal (that day not counted)."""
    last = within_days(appealed_on, 3)
    formula = f"{chinese_date(appealed_on)}提出申诉 + 3日 = {chinese_date(last)}"
    return Due(last, formula, cite("election_law", "roll_appeal", appealed_on), "提出申诉", appealed_on)


DISTRICT_SIZE_WORDS = "每一选区应选一名至三名代表"


@dataclass(frozen=True, slots=True)
class CandidateNumbers:
    """How many final candidates a district needs: at least `minimum`, at most `maximum`."""

    seats: int
    minimum: int
    maximum: int
    formula: str
    citation: Citation


@rule("elections.candidate_numbers", "正式代表候选人数", cites=[("election_law", "candidate_number")])
def candidate_numbers(seats: int, on: date) -> CandidateNumbers:
    """One third to once the seats more than the seats: 1 → 2, 2 → 3–4, 3 → 4–6. Whole numbers only."""
    if seats < 1:
        raise ValueError("应选名额至少为一")
    minimum, maximum = seats + share_up(seats, 1, 3), 2 * seats
    formula = f"应选{seats}名，多三分之一至一倍 = {between(minimum, maximum)}名"
    return CandidateNumbers(seats, minimum, maximum, formula, cite("election_law", "candidate_number", on))


@rule(
    "elections.check_candidates",
    "检查正式代表候选人数",
    cites=[("election_law", "candidate_number"), ("election_law", "by_election")],
)
def check_candidates(seats: int, candidates: int, on: date, by_election: bool = False) -> tuple[Finding, ...]:
    """A finding when the number is outside the margin; a by-election may also have as many candidates as seats."""
    limit = candidate_numbers(seats, on)
    if by_election:
        if candidates >= seats:
            return ()
        message = f"补选应选{seats}名，候选人{candidates}名，不能少于应选名额"
        return (Finding("candidates.too_few", message, cite("election_law", "by_election", on)),)
    if candidates < limit.minimum:
        message = f"正式候选人{candidates}名，少于{limit.minimum}名（{limit.formula}）"
        return (Finding("candidates.too_few", message, limit.citation),)
    if candidates > limit.maximum:
        message = f"正式候选人{candidates}名，多于{limit.maximum}名（{limit.formula}）；应讨论协商或者预选"
        return (Finding("candidates.too_many", message, limit.citation),)
    return ()


@rule("elections.check_district", "检查选区应选名额", cites=[("election_law", "district_size")])
def check_district(seats: int, on: date) -> tuple[Finding, ...]:
    """A district elects one to three deputies."""
    low, high = DISTRICT_SEATS
    if low <= seats <= high:
        return ()
    citation = cite("election_law", "district_size", on)
    return (Finding("district.size", f"{DISTRICT_SIZE_WORDS}，现为{seats}名", citation, field="seats"),)


@rule("elections.check_district_totals", "检查选区数与应选名额", cites=[("election_law", "district_size")])
def check_district_totals(districts: int, seats: int, on: date) -> tuple[Finding, ...]:
    """Seats that so many districts of one to three seats cannot make up: fewer than one or more than three each."""
    low, high = DISTRICT_SEATS
    if districts < 1 or low * districts <= seats <= high * districts:
        return ()
    citation = cite("election_law", "district_size", on)
    message = f"{DISTRICT_SIZE_WORDS}，{districts}个选区共{low * districts}至{high * districts}名，现为{seats}名"
    return (Finding("district.totals", message, citation, field="seats"),)


@rule(
    "elections.check_nomination",
    "检查选民联名推荐",
    cites=[("election_law", "nomination"), ("election_law", "nomination_cap")],
)
def check_nomination(signers: int, seats: int, named_by_each: tuple[int, ...], on: date) -> tuple[Finding, ...]:
    """Ten voters sign; nobody's signatures across all forms exceed the seats of the district.

    `named_by_each` gives, for every signer of this form, how many people he or she has named in all forms together.
    """
    findings = []
    if signers < NOMINATION_VOTERS:
        message = f"选民联名推荐须{NOMINATION_VOTERS}人以上，现有{signers}人"
        findings.append(Finding("nomination.too_few_signers", message, cite("election_law", "nomination", on)))
    over = sum(1 for number in named_by_each if number > seats)
    if over:
        message = f"有{over}名选民参加联名推荐的人数超过本选区应选名额{seats}名"
        findings.append(Finding("nomination.above_seats", message, cite("election_law", "nomination_cap", on)))
    return tuple(findings)


@rule(
    "elections.check_party_nomination",
    "检查政党、人民团体推荐",
    cites=[("election_law", "nomination"), ("election_law", "nomination_cap")],
)
def check_party_nomination(body: str, named: int, seats: int, on: date) -> tuple[Finding, ...]:
    """A party or people's organisation needs no signers; alone or jointly it names no more than the district's seats."""
    if named <= seats:
        return ()
    message = f"{body}在本选区推荐{named}名代表候选人，超过应选名额{seats}名"
    return (Finding("nomination.party_above_seats", message, cite("election_law", "nomination_cap", on)),)


@rule(
    "elections.check_candidate_list",
    "检查初步候选人名单是否如实列入",
    cites=[("direct_election_rules", "no_alteration"), ("election_law", "publish_candidates")],
)
def check_candidate_list(nominated: tuple[str, ...], published: tuple[str, ...], on: date) -> tuple[Finding, ...]:
    """Everyone lawfully nominated stands on the first list: nobody left out, nobody added or exchanged."""
    citation = cite("direct_election_rules", "no_alteration", on)
    missing = [name for name in nominated if name not in published]
    added = [name for name in published if name not in nominated]
    findings = []
    if missing:
        findings.append(Finding("list.missing", f"漏列被推荐的候选人{len(missing)}名，不得减少", citation))
    if added:
        findings.append(Finding("list.added", f"列入未经推荐的候选人{len(added)}名，不得增加或者调换", citation))
    return tuple(findings)


@rule("elections.check_introduction", "介绍候选人的时间", cites=[("election_law", "introduce_candidates")])
def check_introduction(day: date, election_day: date) -> tuple[Finding, ...]:
    """Introducing candidates must stop when election day begins."""
    if day < election_day:
        return ()
    citation = cite("election_law", "introduce_candidates", election_day)
    message = f"选举日{chinese_date(election_day)}必须停止代表候选人的介绍"
    return (Finding("introduction.election_day", message, citation),)


@rule("elections.check_committee_member", "选委会成员成为候选人", cites=[("election_law", "committee_candidate")])
def check_committee_member(is_candidate: bool, has_resigned: bool, on: date) -> tuple[Finding, ...]:
    """A committee member who becomes a candidate must leave the committee; the county appoints the successor."""
    if not is_candidate or has_resigned:
        return ()
    message = "选举委员会组成人员为代表候选人的，应当辞去选举委员会职务；补任由县级人大常委会任命"
    return (Finding("committee.must_resign", message, cite("election_law", "committee_candidate", on)),)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a person is put on the roll, and on what ground."""

    on_roll: bool
    code: str
    message: str
    citation: Citation


@rule(
    "elections.voter_standing",
    "能否列入选民名单",
    cites=[
        ("election_law", "deprived"),
        ("election_law", "mental_illness"),
        ("direct_election_rules", "suspended_voting"),
        ("direct_election_rules", "may_vote"),
    ],
)
def voter_standing(
    on: date,
    deprived_of_political_rights: bool = False,
    suspended_by_procuratorate_or_court: bool = False,
    mentally_unable: bool = False,
    committee_confirmed: bool = False,
    imprisoned_or_detained: bool = False,
) -> Standing:
    """Prison alone takes no vote away; only deprivation, a decision to suspend, or a confirmed inability does."""
    if deprived_of_political_rights:
        return Standing(False, "deprived", "依法被剥夺政治权利，不予登记", cite("election_law", "deprived", on))
    if suspended_by_procuratorate_or_court:
        citation = cite("direct_election_rules", "suspended_voting", on)
        return Standing(False, "suspended", "经人民检察院或者人民法院决定，羁押期间停止行使选举权利", citation)
    if mentally_unable:
        citation = cite("election_law", "mental_illness", on)
        if committee_confirmed:
            return Standing(False, "mental", "精神病患者不能行使选举权利，经选举委员会确认，不列入名单", citation)
        return Standing(True, "mental_unconfirmed", "尚未经选举委员会确认，仍应列入名单", citation)
    if imprisoned_or_detained:
        citation = cite("direct_election_rules", "may_vote", on)
        return Standing(True, "may_vote", "没有附加剥夺政治权利，也没有决定停止行使的，准予行使选举权利", citation)
    return Standing(True, "voter", "符合选民条件的，登记长期有效", cite("election_law", "registration", on))


@rule(
    "elections.invalid_election",
    "当选无效的情形",
    cites=[("election_law", "foreign_funding"), ("election_law", "election_offences")],
)
def invalid_election(took_foreign_funding: bool, committed_election_offence: bool, on: date) -> tuple[Finding, ...]:
    """Grounds on which an election is void, which differs from the end of a valid mandate."""
    findings = []
    if took_foreign_funding:
        message = "接受境外机构、组织、个人与选举有关的资助，当选无效"
        findings.append(Finding("invalid.foreign_funding", message, cite("election_law", "foreign_funding", on)))
    if committed_election_offence:
        message = "以贿赂、暴力、威胁、欺骗、伪造等违法行为当选，当选无效"
        findings.append(Finding("invalid.offence", message, cite("election_law", "election_offences", on)))
    return tuple(findings)
