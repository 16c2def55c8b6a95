"""Sessions of the congress: quorum, deadlines, notice, candidates for office, publication of the budget."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from congress.law.finding import PRACTICE, Citation, Finding
from congress.law.numerals import chinese_date
from congress.law.periods import add_months, within_days
from congress.law.provinces import PackLike, Value, finding_of, is_binding
from congress.law.provinces import pack as find_pack
from congress.law.registry import rule
from congress.law.sources import cite
from congress.law.suggestions import Due
from congress.law.thresholds import nomination_signers, quorum


@rule("sessions.check_quorum", "会议能否举行", cites=[("organic_law", "quorum")])
def check_quorum(present: int, deputies: int, on: date) -> tuple[Finding, ...]:
    """A blocking finding when fewer than two thirds of the deputies are present (72 deputies: 48).

    On a day before the oldest text held it only warns.
    """
    limit = quorum(deputies, on)
    if not 0 <= present <= deputies:
        raise ValueError("出席人数应在零与代表人数之间")
    if present >= limit.number:
        return ()
    message = f"出席{present}人，不足代表{deputies}人的三分之二（须{limit.number}人），会议不能举行"
    return (Finding("session.no_quorum", message, limit.citation),)


@rule("sessions.first_session_due", "每届第一次会议的最迟日期", cites=[("organic_law", "first_session")])
def first_session_due(elections_completed_on: date) -> Due:
    """Within two months of the completed election of deputies, convened by the previous session's presidium."""
    last = add_months(elections_completed_on, 2)
    formula = f"{chinese_date(elections_completed_on)}代表选举完成 + 2个月 = {chinese_date(last)}"
    citation = cite("organic_law", "first_session", elections_completed_on)
    note = "由上次人民代表大会的主席团召集；任期自第一次会议起算"
    return Due(last, formula, citation, "代表选举完成", elections_completed_on, note=note)


@dataclass(frozen=True, slots=True)
class Notice:
    """The latest days for telling deputies of a session and for sending papers; None where no rule is held."""

    notice_by: date | None
    papers_by: date | None
    citation: Citation | None
    note: str


@rule(
    "sessions.notice",
    "会议通知的最迟日期",
    cites=[("zhejiang_township_rules", "session.notice_days"), ("chongqing_township_rules", "session.notice_days")],
)
def notice(session_on: date, pack: PackLike = "national", temporary: bool = False) -> Notice:
    """Notice days by pack (浙江 7, 重庆 10 days before; nothing national). A temporary session may be exempt."""
    place = find_pack(pack)
    days, papers = place.value("session.notice_days", session_on), place.value("session.papers_days", session_on)
    if not isinstance(days.value, int):
        return Notice(None, None, None, f"{days.reason}；请按本级议事规则或者惯例提前通知")
    if temporary and place.value("session.temporary_exempt", session_on).value:
        return Notice(None, None, days.citation, "临时会议不受通知期限限制")
    notice_by = session_on - timedelta(days=days.value)
    papers_by = session_on - timedelta(days=papers.value) if isinstance(papers.value, int) else None
    note = f"{chinese_date(session_on)}的{days.value}日前；是否须满{days.value}整日做法不一，宜再早一日"
    return Notice(notice_by, papers_by, days.citation, note)


@rule(
    "sessions.check_notice",
    "检查会议通知日期",
    cites=[("zhejiang_township_rules", "session.notice_days"), ("chongqing_township_rules", "session.notice_days")],
)
def check_notice(
    session_on: date, notified_on: date, pack: PackLike = "national", temporary: bool = False
) -> tuple[Finding, ...]:
    """A finding when notice was given later than the local rule allows, or on or after the session's day."""
    limit = notice(session_on, pack, temporary)
    if notified_on >= session_on:
        return (Finding("session.notice_after", "通知日期不在会议举行之前", limit.citation),)
    if limit.notice_by and limit.citation and notified_on > limit.notice_by:
        message = f"通知日{chinese_date(notified_on)}晚于最迟{chinese_date(limit.notice_by)}"
        return (Finding("session.notice_late", message, limit.citation),)
    return ()


@rule(
    "sessions.check_year",
    "全年会议次数",
    cites=[
        ("organic_law", "meetings_per_year"),
        ("beijing_township_rules", "session.each_half_year"),
        ("beijing_township_rules", "session.first_before"),
    ],
)
def check_year(
    sessions: tuple[date, ...], year: int, pack: PackLike = "national", by: date | None = None
) -> tuple[Finding, ...]:
    """No session in a year is against the law, fewer than the usual two is a warning; 北京: one each half-year, by March.

    `by` is the day up to which the year is judged; what may still happen after it is not missed.
    """
    end = date(year, 12, 31)
    until = min(by or end, end)
    held = sorted(day for day in sessions if day.year == year and day <= until)
    place = find_pack(pack)
    general = place.value("session.meetings_per_year", end)
    citation = general.citation or cite("organic_law", "meetings_per_year", end)
    findings = []
    if until == end and not held:
        findings.append(Finding("session.none_in_year", f"{year}年没有举行人民代表大会会议，每年至少一次", citation))
    halves = place.value("session.each_half_year", end)
    if halves.value:
        findings += _missing_halves(held, year, until, halves)
    elif until == end and held and isinstance(general.value, int) and len(held) < general.value:
        message = f"{year}年举行{len(held)}次会议，一般每年{general.value}次"
        findings.append(Finding("session.fewer_than_usual", message, citation, blocking=False))
    latest = place.value("session.first_before", end)
    if isinstance(latest.value, str):
        last = date.fromisoformat(f"{year}-{latest.value}")
        if until > last and (not held or held[0] > last):
            first = f"{year}年第一次会议{chinese_date(held[0])}" if held else f"{year}年第一次会议"
            message = f"{first}晚于{chinese_date(last)}" if held else f"{first}没有在{chinese_date(last)}以前举行"
            findings.append(finding_of(latest, "session.first_late", message))
    return tuple(findings)


def _missing_halves(held: list[date], year: int, until: date, rule_value: Value) -> list[Finding]:
    halves = (("上", date(year, 1, 1), date(year, 6, 30)), ("下", date(year, 7, 1), date(year, 12, 31)))
    return [
        finding_of(rule_value, "session.none_in_half_year", f"{year}年{name}半年没有举行会议，每半年至少举行一次")
        for name, first, last in halves
        if until >= last and not any(first <= day <= last for day in held)
    ]


@rule(
    "sessions.check_officer_candidates",
    "国家机关领导人员候选人数",
    cites=[("organic_law", "officer_candidates"), ("organic_law", "officer_by_election")],
)
def check_officer_candidates(
    seats: int, candidates: int, is_vice: bool, by_election: bool, on: date
) -> tuple[Finding, ...]:
    """主席 and 乡镇长 may stand alone or one more; 副职 must exceed the seats by one to three; a by-election may be equal."""
    if seats < 1:
        raise ValueError("应选名额至少为一")
    extra = candidates - seats
    if by_election:
        citation = cite("organic_law", "officer_by_election", on)
        if extra < 0:
            return (Finding("officers.too_few", f"候选人{candidates}人少于应选{seats}人", citation),)
        return ()
    citation = cite("organic_law", "officer_candidates", on)
    if is_vice and not 1 <= extra <= 3:
        message = f"副职应选{seats}人，候选人应为{seats + 1}至{seats + 3}人，现有{candidates}人"
        return (Finding("officers.vice_margin", message, citation),)
    if not is_vice and not 0 <= extra <= 1:
        message = f"正职应选{seats}人，候选人应为{seats}至{seats + 1}人，现有{candidates}人"
        return (Finding("officers.chief_margin", message, citation),)
    return ()


@rule(
    "sessions.check_officer_nomination",
    "提名国家机关领导人员候选人",
    cites=[("organic_law", "nomination"), ("organic_law", "nomination_cap")],
)
def check_officer_nomination(
    signers: int, named_by_each: tuple[int, ...], seats: int, on: date, by_presidium: bool = False
) -> tuple[Finding, ...]:
    """Ten signers in writing, none for the presidium; neither it nor any deputy names more people than there are seats."""
    findings = []
    limit = nomination_signers(on)
    if not by_presidium and signers < limit.number:
        message = f"提名须代表{limit.number}人以上书面联名，现有{signers}人"
        findings.append(Finding("nomination.too_few_signers", message, limit.citation))
    over = sum(1 for number in named_by_each if number > seats)
    if over:
        who = "主席团" if by_presidium else f"有{over}名代表"
        message = f"{who}提名的人数超过应选名额{seats}人"
        findings.append(Finding("nomination.above_seats", message, cite("organic_law", "nomination_cap", on)))
    return tuple(findings)


@rule(
    "sessions.check_officer_choice",
    "主席、副主席人选是不是代表",
    cites=[("organic_law", "vice_chairs"), ("election_law", "vacancy")],
)
def check_officer_choice(post: Literal["chair", "government"], is_deputy: bool, on: date) -> tuple[Finding, ...]:
    """Chair and vice chairs are elected from among the deputies, also where they were written in: who is none is elected a deputy
    first, in a vacant seat. The head of the township and deputy heads need not be deputies."""
    if post == "government" or is_deputy:
        return ()
    message = "主席、副主席由本级人民代表大会从代表中选出；人选不是代表的，先依法补选其为本级人大代表"
    return (Finding("officers.not_deputy", message, cite("organic_law", "vice_chairs", on)),)


VICE_CHAIRS = 2


@rule("sessions.check_chairs", "主席、副主席的人数", cites=[("organic_law", "vice_chairs")])
def check_chairs(chairs: int, vice_chairs: int, on: date) -> tuple[Finding, ...]:
    """One chair, and one or two vice chairs where there are any: more in office at one time are more than the law knows."""
    citation = cite("organic_law", "vice_chairs", on)
    found = []
    if chairs > 1:
        message = f"同时在任的主席有{chairs}人；主席设一人，前任已经离任的请登记离任"
        found.append(Finding("officers.chairs", message, citation))
    if vice_chairs > VICE_CHAIRS:
        message = f"同时在任的副主席有{vice_chairs}人；副主席可以设一人至二人，已经离任的请登记离任"
        found.append(Finding("officers.vice_chairs", message, citation))
    return tuple(found)


@rule("sessions.budget_publication_due", "批准后公开预算的最迟日期", cites=[("budget_law", "publish_budget")])
def budget_publication_due(approved_on: date) -> Due:
    """Twenty days after the congress approved it (not after submission); the approval day is not counted."""
    last = within_days(approved_on, 20)
    formula = f"{chinese_date(approved_on)}批准 + 20日 = {chinese_date(last)}"
    citation = cite("budget_law", "publish_budget", approved_on)
    return Due(last, formula, citation, "批准之日", approved_on, note="由本级政府财政部门公开；涉及国家秘密的除外")


@rule(
    "sessions.check_observers",
    "列席人数",
    cites=[("organic_law", "observers"), ("beijing_township_rules", "session.observers_share")],
)
def check_observers(observers: int, deputies: int, on: date, pack: PackLike = "national") -> tuple[Finding, ...]:
    """北京: observers may not exceed half of the deputies; elsewhere there is no limit held."""
    share = find_pack(pack).value("session.observers_share", on)
    if isinstance(share.value, int) and share.citation and observers * share.value > deputies:
        message = f"列席{observers}人，超过代表{deputies}人的{share.value}分之一".replace("2分之一", "二分之一")
        return (finding_of(share, "session.too_many_observers", message),)
    return ()


@rule(
    "sessions.presidium_meeting_due",
    "主席团下次会议的最迟日期",
    cites=[
        ("zhejiang_township_rules", "presidium.meeting_interval"),
        ("henan_presidium_rules", "presidium.meeting_interval"),
        ("chongqing_township_rules", "presidium.meeting_interval"),
    ],
)
def presidium_meeting_due(previous: date, pack: PackLike = "national") -> Due | None:
    """The last day for the presidium's next meeting; None where no rule is held, for the national law has none.

    每三个月 (浙江, 河南) rolls from the last meeting; 每个季度 (重庆) is the end of the next quarter.
    """
    value = find_pack(pack).value("presidium.meeting_interval", previous)
    if value.citation is None:
        return None
    last, words = add_months(previous, 3), "3个月"
    if value.value == "quarter":
        last, words = _end_of_next_quarter(previous), "下一季度末"
    formula = f"{chinese_date(previous)}上次会议 + {words} = {chinese_date(last)}"
    return Due(last, formula, value.citation, "上次会议", previous, is_binding(value))


def _end_of_next_quarter(day: date) -> date:
    first = add_months(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 6)
    return first - timedelta(days=1)


@rule(
    "sessions.check_credentials_committee",
    "代表资格审查委员会的组成",
    cites=[("organic_law", "credentials_committee"), ("chongqing_township_rules", "credentials.members_min")],
)
def check_credentials_committee(
    heads: int, vice_heads: int, members: int, on: date, pack: PackLike = "national"
) -> tuple[Finding, ...]:
    """Whether there is a committee at all, with one head; how many sit in it only some provinces say (重庆: one head, one
    vice-head, three to five members). Where nothing is said the number is the congress's own."""
    if not heads + vice_heads + members:
        message = "还没有登记代表资格审查委员会，由每届第一次会议通过"
        return (Finding("credentials.none", message, cite("organic_law", "credentials_committee", on)),)
    found = []
    if heads != 1:
        message = f"主任委员应为一人，现在是{heads}人"
        found.append(Finding("credentials.head", message, None, False, force=PRACTICE))
    place = find_pack(pack)
    least, most = place.value("credentials.members_min", on), place.value("credentials.members_max", on)
    if isinstance(least.value, int) and isinstance(most.value, int):
        if vice_heads != 1:
            found.append(finding_of(least, "credentials.vice", f"副主任委员应为一人，现在是{vice_heads}人", "", False))
        if not least.value <= members <= most.value:
            message = f"委员应为{least.value}至{most.value}人，现在是{members}人"
            found.append(finding_of(least, "credentials.members", message, "", False))
    return tuple(found)


def chair_falls(reason: str, on: date, pack: PackLike) -> tuple[Finding, ...]:
    """What becomes of the post of 主席 or 副主席 when the township mandate of its holder ends."""
    fact = "chair_falls_recalled" if reason == "recalled" else "chair_falls_resigned"
    message = "代表职务不再存在，主席、副主席职务相应撤销或者终止，由主席团公告"
    if reason not in ("recalled", "resigned", "ordered_resignation"):
        always = find_pack(pack).value("officers.fall_with_seat", on)
        if always.value:
            return (finding_of(always, "mandate.chair_falls", message, blocking=False),)
        message = "主席、副主席须由代表担任，其职务不能继续；请按程序处理"
        return (Finding("mandate.chair_must_be_deputy", message, cite("organic_law", "vice_chairs", on), False),)
    return (Finding("mandate.chair_falls", message, cite("election_law", fact, on), blocking=False),)
