"""Clocks of suggestions: reply, second handling, feedback, and the shorter steps; lateness and extension.

A due date is derived from facts each time and never stored. Provincial clocks come from the packs; the national three
and six months (代表法 51, in the 2015 edition 42) are the outer limit everywhere.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from congress.law.finding import PRACTICE, Citation, Finding
from congress.law.numerals import chinese_date
from congress.law.packs_national import KEYS
from congress.law.packs_suggestions import FOLLOW, MAY_FOLLOW, PROVINCE_ONLY
from congress.law.periods import WorkCalendar, add_months, add_working_days, within_days
from congress.law.provinces import NATIONAL, PackLike, Value, finding_of, is_binding
from congress.law.provinces import pack as find_pack
from congress.law.registry import rule
from congress.law.sources import cite, states

Day = date
NO_NATIONAL_RULE = "无全国性规定"
OFFICE_MONTHS = 1  # an office's own period for a second handling where no rule is held
_CLOSING, _ASSIGNING = "闭会之日", "交办之日"
_CLOSING_UNKNOWN = "条文自闭会之日起算；会议闭幕日期没有登记，暂自交办之日推算，请补登闭幕日期"
_NOT_HELD = "该日期适用的法律文本未收录，期限按收录的最早版本推算，仅供参考"
_REFERRED = {
    FOLLOW: "该规定为省、市级建议办理制定，乡镇参照执行，不是直接适用",
    MAY_FOLLOW: "该规定为省、市级建议办理制定，乡镇可以参照，不是直接适用",
    PROVINCE_ONLY: "该规定只写了向省级人大提出的建议，没有写乡镇参照，仅供借鉴",
}


@dataclass(frozen=True, slots=True)
class Due:
    """A last day with its reason: formula for people, legal ground, the event it runs from.

    `statutory` False means office practice or a rule townships only refer to; `provisional` means the ground or the
    calendar for that day is not held. `note` says what is unsettled. `forward` False: counted back from an event, or in days on
    which people work, so that no rest at its end moves it.
    """

    date: date
    formula: str
    citation: Citation
    start_event: str
    start: Day
    statutory: bool = True
    provisional: bool = False
    note: str = ""
    forward: bool = True


def _note(value: Value) -> str:
    """What a reader must know of a local value: its own note, and that townships only refer to it where that is so."""
    return "；".join(filter(None, (value.reason, _REFERRED.get(value.force, ""))))


def _months_formula(start: date, event: str, months: int, last: date) -> str:
    return f"{chinese_date(start)}{event.removesuffix('之日')} + {months}个月 = {chinese_date(last)}"


@rule(
    "suggestions.reply_due",
    "建议答复期限",
    cites=[
        ("deputies_law", "reply_to_suggestions"),
        ("shandong_township_rules", "suggestion.session_reply_months"),
        ("chongqing_township_rules", "suggestion.session_reply_months"),
        ("chongqing_deputies_measures", "suggestion.reply_months"),
    ],
)
def reply_due(
    assigned_on: date,
    difficult: bool = False,
    pack: PackLike = "national",
    session_closed_on: date | None = None,
    at_session: bool = False,
) -> Due:
    """The last day for replying. `at_session` or `session_closed_on` for suggestions made at a session (重庆, 山东).

    `difficult` means 涉及面广、处理难度大 (national, six months) or the longer local limit. Where the national last day
    is earlier than the local one, the national day is returned. A clock that runs from a closing day nobody has entered
    is counted from the assigning, provisionally, and says so.
    """
    place = find_pack(pack)
    in_session = at_session or session_closed_on is not None
    suffix = "_difficult" if difficult else ""
    value = place.value(f"suggestion.{'session_' if in_session else ''}reply_months{suffix}", assigned_on)
    if in_session and value.force == NATIONAL:
        value = place.value(f"suggestion.reply_months{suffix}", assigned_on)
    national = _national_due(assigned_on, difficult)
    if value.force == NATIONAL or not isinstance(value.value, int) or value.citation is None:
        return national
    unknown = value.start == _CLOSING and session_closed_on is None
    start = session_closed_on if value.start == _CLOSING and session_closed_on else assigned_on
    event = _ASSIGNING if unknown else value.start
    last = add_months(start, value.value)
    if national.date < last or (last == national.date and not is_binding(value)):
        return national
    note = "；".join(filter(None, (_note(value), _CLOSING_UNKNOWN if unknown else "")))
    formula = _months_formula(start, event, value.value, last)
    return Due(last, formula, value.citation, event, start, is_binding(value), unknown, note)


def _national_due(assigned_on: date, difficult: bool) -> Due:
    months = 6 if difficult else 3
    citation = cite("deputies_law", "reply_to_suggestions", assigned_on)
    last = add_months(assigned_on, months)
    formula = _months_formula(assigned_on, "交办之日", months, last)
    note = "" if citation.held else _NOT_HELD
    return Due(last, formula, citation, "交办之日", assigned_on, True, not citation.held, note)


@dataclass(frozen=True, slots=True)
class Lateness:
    """Whether a reply was late and by how many days (0 when in time)."""

    late: bool
    days: int
    formula: str
    citation: Citation


@rule("suggestions.late", "是否逾期答复", cites=[("deputies_law", "reply_to_suggestions")])
def late(replied_on: date, due: Due) -> Lateness:
    """Judged on the day of the reply itself: entering it later, or asking for time afterwards, changes nothing."""
    days = max(0, (replied_on - due.date).days)
    verdict = f"逾期{days}天" if days else "未逾期"
    formula = f"答复日{chinese_date(replied_on)}，期限{chinese_date(due.date)}：{verdict}"
    return Lateness(days > 0, days, formula, due.citation)


@rule(
    "suggestions.may_extend",
    "能否延长答复期限",
    cites=[
        ("deputies_law", "reply_to_suggestions"),
        ("shandong_deputies_measures", "suggestion.extension_consent"),
        ("beijing_deputies_measures", "suggestion.extension_consent"),
    ],
)
def may_extend(
    requested_on: date, agreed_on: date | None, due: Due, pack: PackLike = "national"
) -> tuple[Finding, ...]:
    """Findings that forbid or question moving to the longer limit; empty means it may be moved.

    The request and, where consent is required, the consent must both lie on or before the first last day.
    """
    consent = find_pack(pack).value("suggestion.extension_consent", due.start)
    citation = consent.citation if consent.citation and is_binding(consent) else due.citation
    findings = []
    if requested_on > due.date:
        message = f"申请日{chinese_date(requested_on)}已超过答复期限{chinese_date(due.date)}，不能再延期"
        findings.append(Finding("extension.too_late", message, citation))
    if agreed_on is None:
        message = "延期须经交办机关同意"
        if consent.citation is None:
            message = "全国法律没有延期程序；建议由交办的主席团确认属于难度大的建议"
        findings.append(finding_of(consent, "extension.no_consent", message))
    elif agreed_on < requested_on:
        message = f"同意日{chinese_date(agreed_on)}早于申请日{chinese_date(requested_on)}"
        findings.append(Finding("extension.dates", message, None))
    elif agreed_on > due.date:
        message = f"同意日{chinese_date(agreed_on)}晚于答复期限{chinese_date(due.date)}，逾期事实不因此消除"
        findings.append(Finding("extension.agreed_too_late", message, citation))
    return tuple(findings)


@rule(
    "suggestions.redo_due",
    "不满意重新办理期限",
    cites=[
        ("zhejiang_deputies_measures", "suggestion.redo_months"),
        ("chongqing_deputies_measures", "suggestion.redo_months"),
        ("shandong_suggestion_rules", "suggestion.redo_months"),
    ],
)
def redo_due(redo_assigned_on: date, pack: PackLike = "national", office_months: int = OFFICE_MONTHS) -> Due:
    """The last day of the second handling, counted from the day it was demanded of the handling unit.

    Where no local rule is held there is no national one either: the office's own practice (one month unless set) is
    used and the answer says 无全国性规定.
    """
    value = find_pack(pack).value("suggestion.redo_months", redo_assigned_on)
    event = "重新交办之日"
    if isinstance(value.value, int) and value.citation is not None:
        last = add_months(redo_assigned_on, value.value)
        formula = _months_formula(redo_assigned_on, event, value.value, last)
        return Due(last, formula, value.citation, event, redo_assigned_on, is_binding(value), note=_note(value))
    last = add_months(redo_assigned_on, office_months)
    formula = f"{_months_formula(redo_assigned_on, event, office_months, last)}（{PRACTICE}）"
    note = f"{NO_NATIONAL_RULE}：重新办理的期限按{PRACTICE}掌握，依据为主席团督促办理的职责"
    return Due(last, formula, _supervision(redo_assigned_on), event, redo_assigned_on, False, note=note)


def _supervision(on: date) -> Citation:
    """The duty to supervise handling: 代表法 52 since 2025, before that the report on handling (2015: 42)."""
    fact = "supervise_suggestions" if states("deputies_law", "supervise_suggestions", on) else "suggestion_report"
    return cite("deputies_law", fact, on)


StepName = Literal["feedback", "assign", "accept_notice", "return", "reassign", "first_contact", "assisting"]
_STEP_EVENTS = {"feedback": "收到答复", "assign": "收到之日", "accept_notice": "受理之日", "reassign": "收到退办说明"}


@rule(
    "suggestions.step_due",
    "建议办理各步骤的地方期限",
    cites=[
        ("henan_suggestion_rules", "suggestion.feedback_working_days"),
        ("shandong_suggestion_rules", "suggestion.assign_days"),
        ("chongqing_suggestion_rules", "suggestion.return_working_days"),
        ("zhejiang_suggestion_rules", "suggestion.assisting_months"),
    ],
)
def step_due(
    step: StepName, start: date, pack: PackLike = "national", calendar: WorkCalendar | None = None
) -> Due | None:
    """The last day for one step under the local pack; None where no rule is held (there is no national one).

    Steps: feedback 代表反馈, assign 交办, accept_notice 受理告知, return 退办说明, reassign 重新交办, first_contact
    首次联系, assisting 协办意见. Working days use `calendar`; without one they are provisional.
    """
    place = find_pack(pack)
    for suffix in ("working_days", "days", "months"):
        key = f"suggestion.{step}_{suffix}"
        value = place.value(key, start) if key in KEYS else None
        if value is not None and isinstance(value.value, int) and value.citation is not None:
            event = value.start or _STEP_EVENTS.get(step, "收到之日")
            return _step(value, value.value, value.citation, suffix, start, event, calendar)
    return None


def _step(
    value: Value, number: int, citation: Citation, unit: str, start: date, event: str, calendar: WorkCalendar | None
) -> Due:
    note = _note(value)
    if unit == "working_days":
        working = add_working_days(start, number, calendar or WorkCalendar())
        formula = f"{event}：{working.formula}"
        return Due(working.date, formula, citation, event, start, is_binding(value), working.provisional, note, False)
    if unit == "months":
        last = add_months(start, number)
        formula = _months_formula(start, event, number, last)
    else:
        last = within_days(start, number)
        formula = f"{chinese_date(start)}{event.removesuffix('之日')} + {number}日 = {chinese_date(last)}"
    return Due(last, formula, citation, event, start, is_binding(value), note=note)


@rule(
    "suggestions.inspection_feedback_due",
    "视察调研意见反馈期限",
    cites=[("deputies_law", "inspection_report"), ("zhejiang_deputies_measures", "inspection.feedback_months")],
)
def inspection_feedback_due(forwarded_on: date, pack: PackLike = "national") -> Due | None:
    """The last day for telling deputies what became of an inspection report; None where the law only says 及时."""
    value = find_pack(pack).value("inspection.feedback_months", forwarded_on)
    if not isinstance(value.value, int) or value.citation is None:
        return None
    last = add_months(forwarded_on, value.value)
    formula = _months_formula(forwarded_on, "转交之日", value.value, last)
    return Due(last, formula, value.citation, "转交之日", forwarded_on, is_binding(value), note=_note(value))
