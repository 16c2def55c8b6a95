"""Whether a suggestion may be taken, who is answered and who rates, and whether its dates can be true."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from congress.law.finding import Citation, Finding
from congress.law.numerals import chinese_date
from congress.law.provinces import PackLike, is_binding
from congress.law.provinces import pack as find_pack
from congress.law.registry import rule
from congress.law.sources import cite

Rating = Literal["satisfied", "basic", "dissatisfied"]

UNACCEPTABLE: dict[str, str] = {
    "personal": "解决代表本人或者亲属个人问题",
    "own_unit": "解决本单位等个别问题",
    "forwarded": "代转群众来信或者申诉材料",
    "academic": "学术探讨、产品推介或者政策咨询",
    "empty": "没有具体内容",
    "pending_case": "对正在办理的具体案件提出处理意见",
    "tender": "对正在进行的招标投标提出中标意见",
    "accusation": "检举、控告、申诉",
    "competition": "与个人利益有关联或者干涉公平竞争",
    "outside_powers": "不属于本行政区域有关机关职权",
}
_ALWAYS = ("personal", "pending_case", "tender", "competition")
Ground = Literal[
    "personal",
    "own_unit",
    "forwarded",
    "academic",
    "empty",
    "pending_case",
    "tender",
    "accusation",
    "competition",
    "outside_powers",
]


@rule(
    "suggestion_steps.acceptable",
    "建议能否受理",
    cites=[
        ("deputies_law", "suggestion_between_sessions"),
        ("deputies_law", "conflict_of_interest"),
        ("zhejiang_suggestion_rules", "suggestion.not_acceptable"),
    ],
)
def acceptable(grounds: tuple[Ground, ...], on: date, pack: PackLike = "national") -> tuple[Finding, ...]:
    """One finding for each ground on which a suggestion should not be taken; the deputy is told, nothing is dropped.

    Blocking where a rule that binds the township lists the ground; otherwise a warning (lists of provinces that
    townships only refer to, or the general duty of 代表法 59 not to seek personal gain).
    """
    listed = find_pack(pack).value("suggestion.not_acceptable", on)
    names = str(listed.value).split(",") if listed.value else []
    findings = []
    for ground in grounds:
        message = f"不宜作为代表建议提出：{UNACCEPTABLE[ground]}；应当告知代表，退回修改或者转有关方面"
        if ground in names and listed.citation:
            findings.append(Finding(f"suggestion.{ground}", message, listed.citation, is_binding(listed)))
            continue
        fact = "conflict_of_interest" if ground in _ALWAYS else "suggestion_between_sessions"
        findings.append(Finding(f"suggestion.{ground}", message, cite("deputies_law", fact, on), blocking=False))
    return tuple(findings)


_SEPARATORS = ("；二是", "；三是", "二、", "三、", "（二）", "（三）", "另外", "此外", "同时建议", "其次")


@rule(
    "suggestion_steps.one_matter_hints",
    "一事一议提示",
    cites=[("deputies_law", "suggestion_between_sessions"), ("shandong_suggestion_rules", "suggestion.one_matter")],
)
def one_matter_hints(title: str, content: str, on: date, pack: PackLike = "national") -> tuple[Finding, ...]:
    """Warnings, never refusals: signs of several matters in one suggestion, or of too little substance."""
    rule_value = find_pack(pack).value("suggestion.one_matter", on)
    citation = rule_value.citation or cite("deputies_law", "suggestion_between_sessions", on)
    findings = []
    signs = [sign for sign in _SEPARATORS if sign in content]
    if len(signs) >= 2 or ("、" in title and title.count("、") >= 2):
        message = "看起来包含几件事；建议一事一议，不同事项分别提出"
        findings.append(Finding("suggestion.several_matters", message, citation, blocking=False))
    if len("".join(content.split())) < 20:
        message = "内容过少；建议写明情况、问题和具体意见"
        duty = cite("deputies_law", "suggestion_between_sessions", on)
        findings.append(Finding("suggestion.not_concrete", message, duty, blocking=False))
    return tuple(findings)


@dataclass(frozen=True, slots=True)
class Repliees:
    """Who is answered (`reply_to`) and who rates (`rated_by`), by the names or keys given."""

    reply_to: tuple[str, ...]
    rated_by: str
    relay_by_lead: bool
    citation: Citation
    note: str = ""


@rule(
    "suggestion_steps.joint_repliees",
    "联名建议的答复对象与评价人",
    cites=[
        ("deputies_law", "reply_to_suggestions"),
        ("shandong_suggestion_rules", "suggestion.joint_reply"),
        ("chongqing_suggestion_rules", "suggestion.joint_rating"),
    ],
)
def joint_repliees(lead: str, cosigners: tuple[str, ...], on: date, pack: PackLike = "national") -> Repliees:
    """One record, several repliees: every signer is answered, except where the lead may pass the answer on.

    The lead deputy gives the rating after asking the others. Without a local rule each signer is answered, because
    代表法 51 speaks of replying to the deputy.
    """
    place = find_pack(pack)
    value = place.value("suggestion.joint_reply", on)
    citation = value.citation or cite("deputies_law", "reply_to_suggestions", on)
    everyone = (lead, *(name for name in cosigners if name != lead))
    rating = place.value("suggestion.joint_rating", on)
    note = "由领衔代表征求联名代表意见后评价" + ("" if rating.citation else "（无全国性规定，按通行做法）")
    if value.value == "lead":
        return Repliees((lead,), lead, True, citation, f"{note}；主要答复领衔代表，由其转复")
    if value.value == "each_or_lead":
        return Repliees(everyone, lead, True, citation, f"{note}；商领衔代表同意后可由其转复")
    return Repliees(everyone, lead, False, citation, note)


@dataclass(frozen=True, slots=True)
class StepDates:
    """The dates of one suggestion as recorded; None for what has not happened."""

    submitted_on: date
    accepted_on: date | None = None
    assigned_on: date | None = None
    signed_on: date | None = None
    talked_on: date | None = None
    replied_on: date | None = None
    rated_on: date | None = None
    redo_assigned_on: date | None = None
    redo_replied_on: date | None = None
    redo_rated_on: date | None = None
    withdrawn_on: date | None = None


_LABELS = {
    "submitted_on": "提出",
    "accepted_on": "受理",
    "assigned_on": "交办",
    "signed_on": "签收",
    "talked_on": "面商",
    "replied_on": "答复",
    "rated_on": "评价",
    "redo_assigned_on": "重新交办",
    "redo_replied_on": "再次答复",
    "redo_rated_on": "再次评价",
    "withdrawn_on": "撤回",
}
_FOLLOWS = (
    ("accepted_on", "submitted_on"),
    ("assigned_on", "submitted_on"),
    ("assigned_on", "accepted_on"),
    ("signed_on", "assigned_on"),
    ("talked_on", "assigned_on"),
    ("replied_on", "assigned_on"),
    ("replied_on", "signed_on"),
    ("rated_on", "replied_on"),
    ("redo_assigned_on", "rated_on"),
    ("redo_replied_on", "redo_assigned_on"),
    ("redo_rated_on", "redo_replied_on"),
    ("withdrawn_on", "submitted_on"),
)
_NEEDS = (
    ("signed_on", "assigned_on"),
    ("talked_on", "assigned_on"),
    ("replied_on", "assigned_on"),
    ("rated_on", "replied_on"),
    ("redo_assigned_on", "rated_on"),
    ("redo_replied_on", "redo_assigned_on"),
    ("redo_rated_on", "redo_replied_on"),
)


@rule(
    "suggestion_steps.check_dates",
    "建议各步骤日期的先后",
    cites=[("deputies_law", "reply_to_suggestions"), ("deputies_law", "assign_suggestions")],
)
def check_dates(dates: StepDates, today: date | None = None) -> tuple[Finding, ...]:
    """Findings for a step dated before, or recorded without, the fact it follows; and for dates after `today`.

    A reply without a talk with the deputy is a warning: 代表法 51 asks for contact, not for a meeting. The same day is
    allowed everywhere.
    """
    citation = cite("deputies_law", "reply_to_suggestions", dates.assigned_on or dates.submitted_on)
    findings = []
    for later, earlier in _FOLLOWS:
        after, before = getattr(dates, later), getattr(dates, earlier)
        if after and before and after < before:
            message = f"{_LABELS[later]}日期{chinese_date(after)}早于{_LABELS[earlier]}日期{chinese_date(before)}"
            findings.append(Finding(f"dates.{later}_before_{earlier}", message, citation))
    for step, needed in _NEEDS:
        if getattr(dates, step) and not getattr(dates, needed):
            message = f"已有{_LABELS[step]}日期，但没有{_LABELS[needed]}日期"
            findings.append(Finding(f"dates.{step}_without_{needed}", message, citation))
    for field, label in _LABELS.items():
        day = getattr(dates, field)
        if today and day and day > today:
            findings.append(Finding(f"dates.{field}_in_future", f"{label}日期{chinese_date(day)}还没有到", citation))
    if dates.replied_on and not dates.talked_on:
        talk = cite("deputies_law", "talk_with_deputy", dates.replied_on)
        message = "答复前没有面商或者沟通记录；应当与代表联系沟通，充分听取意见"
        findings.append(Finding("dates.no_talk", message, talk, blocking=False))
    return tuple(findings)


@rule(
    "suggestion_steps.check_rating",
    "检查代表评价",
    cites=[("deputies_law", "talk_with_deputy"), ("henan_suggestion_rules", "suggestion.dissatisfied_reason")],
)
def check_rating(
    attitude: Rating, result: Rating, reason: str, rated_by_lead: bool, on: date, pack: PackLike = "national"
) -> tuple[Finding, ...]:
    """A dissatisfied rating needs a reason; the rating of a joint suggestion is given by its lead deputy."""
    place = find_pack(pack)
    fallback = cite("deputies_law", "talk_with_deputy", on)
    findings = []
    if "dissatisfied" in (attitude, result) and not reason.strip():
        ground = place.value("suggestion.dissatisfied_reason", on)
        message = "评价为不满意的，应当写明理由或者具体意见"
        findings.append(Finding("rating.no_reason", message, ground.citation or fallback))
    if not rated_by_lead:
        ground = place.value("suggestion.joint_rating", on)
        message = "联名建议由领衔代表征求联名代表意见后评价"
        findings.append(Finding("rating.not_lead", message, ground.citation or fallback))
    return tuple(findings)


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Satisfaction of rated suggestions. Rates in hundredths of a percent of `base`; None when the base is empty."""

    base: int
    satisfied_rate: int | None
    basic_rate: int | None
    dissatisfied_rate: int | None
    no_response: int
    excluded: int
    citation: Citation
    note: str


@rule(
    "suggestion_steps.satisfaction",
    "满意率",
    cites=[("chongqing_suggestion_rules", "suggestion.no_response_excluded"), ("deputies_law", "suggestion_report")],
)
def satisfaction(
    satisfied: int,
    basic: int,
    dissatisfied: int,
    no_response: int,
    on: date,
    pack: PackLike = "national",
    urged_without_response: int = 0,
) -> Satisfaction:
    """Rates with the denominator named. 满意 and 基本满意 are never added together; silence is not satisfaction.

    `no_response` counts every suggestion without a rating. Where a local rule leaves out those that stayed silent after
    being urged (重庆 29), `urged_without_response` of them leave the base; elsewhere all stay in it.
    """
    if min(satisfied, basic, dissatisfied, no_response, urged_without_response) < 0:
        raise ValueError("件数不能为负")
    if urged_without_response > no_response:
        raise ValueError("经催促未反馈的件数不能多于未反馈的件数")
    rule_value = find_pack(pack).value("suggestion.no_response_excluded", on)
    excluded = urged_without_response if rule_value.value else 0
    base = satisfied + basic + dissatisfied + no_response - excluded
    rates = [(2 * 10_000 * part + base) // (2 * base) if base else None for part in (satisfied, basic, dissatisfied)]
    note = f"分母为{base}件（含未反馈{no_response - excluded}件）；满意与基本满意分别计算，未反馈不视为满意"
    citation = rule_value.citation or cite("deputies_law", "suggestion_report", on)
    return Satisfaction(base, rates[0], rates[1], rates[2], no_response, excluded, citation, note)


@rule(
    "suggestion_steps.unlisted_motion",
    "未列入议程的议案转为建议",
    cites=[("chongqing_township_rules", "motion.unlisted_becomes_suggestion"), ("organic_law", "motion")],
)
def unlisted_motion(on: date, pack: PackLike = "national") -> Finding:
    """What becomes of a motion the presidium does not list: a suggestion whose clock starts when it is assigned."""
    value = find_pack(pack).value("motion.unlisted_becomes_suggestion", on)
    message = "未列入议程的议案转作代表建议，保留与原议案的联系，自交办之日起计算答复期限"
    citation = value.citation or cite("organic_law", "motion", on)
    return Finding("motion.becomes_suggestion", message, citation, blocking=False)


@rule(
    "suggestion_steps.second_handling",
    "不满意时的后续办理",
    cites=[("henan_suggestion_rules", "suggestion.still_dissatisfied"), ("deputies_law", "talk_with_deputy")],
)
def second_handling(rating: Rating, times_redone: int, on: date, pack: PackLike = "national") -> tuple[Finding, ...]:
    """What a dissatisfied rating leads to: one second handling, then what the local rule says; the first rating stays."""
    if rating != "dissatisfied":
        return ()
    fallback = cite("deputies_law", "talk_with_deputy", on)
    if times_redone == 0:
        value = find_pack(pack).value("suggestion.redo_months", on)
        message = "评价不满意，交承办单位重新办理并再次答复；首次评价保留，与最终评价分别统计"
        return (Finding("redo.needed", message, value.citation or fallback, blocking=False),)
    value = find_pack(pack).value("suggestion.still_dissatisfied", on)
    way = str(value.value) if value.value else "由主席团研究后提出处理意见（无全国性规定）"
    message = f"再次答复后仍不满意：{way}"
    return (Finding("redo.still_dissatisfied", message, value.citation or fallback, blocking=False),)
