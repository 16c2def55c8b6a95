"""Whether a suggestion may be taken, who is answered and who rates, and whether its dates can be true."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from congress.law.finding import PRACTICE, Citation, Finding
from congress.law.numerals import chinese_date
from congress.law.provinces import PackLike, finding_of, is_binding
from congress.law.provinces import pack as find_pack
from congress.law.registry import rule
from congress.law.sources import cite
from congress.law.thresholds import hundredths

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
# What the law itself speaks of: seeking gain by the mandate, and suggestions without substance.
_NATIONAL_GROUNDS = {
    "personal": "conflict_of_interest",
    "pending_case": "conflict_of_interest",
    "tender": "conflict_of_interest",
    "competition": "conflict_of_interest",
    "empty": "suggestion_between_sessions",
}
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

    Blocking where a rule that binds the township lists the ground; otherwise a warning: lists that townships only refer
    to, the duties of 代表法 36 and 59, or for the rest mere practice.
    """
    listed = find_pack(pack).value("suggestion.not_acceptable", on)
    names = str(listed.value).split(",") if listed.value else []
    findings = []
    for ground in grounds:
        code = f"suggestion.{ground}"
        message = f"不宜作为代表建议提出：{UNACCEPTABLE[ground]}；应当告知代表，退回修改或者转有关方面"
        if ground in names and listed.citation:
            findings.append(finding_of(listed, code, message))
        elif ground in _NATIONAL_GROUNDS:
            citation = cite("deputies_law", _NATIONAL_GROUNDS[ground], on)
            findings.append(Finding(code, message, citation, blocking=False))
        else:
            findings.append(Finding(code, message, None, blocking=False, force=PRACTICE))
    return tuple(findings)


_SEPARATORS = ("；二是", "；三是", "二、", "三、", "（二）", "（三）", "另外", "此外", "同时建议", "其次")


@rule(
    "suggestion_steps.one_matter_hints",
    "一事一议提示",
    cites=[("deputies_law", "suggestion_between_sessions"), ("shandong_suggestion_rules", "suggestion.one_matter")],
)
def one_matter_hints(title: str, content: str, on: date, pack: PackLike = "national") -> tuple[Finding, ...]:
    """Warnings, never refusals: signs of several matters in one suggestion, or of too little substance."""
    value = find_pack(pack).value("suggestion.one_matter", on)
    findings = []
    signs = [sign for sign in _SEPARATORS if sign in content]
    if len(signs) >= 2 or ("、" in title and title.count("、") >= 2):
        message = "看起来包含几件事；建议一事一议，不同事项分别提出"
        findings.append(finding_of(value, "suggestion.several_matters", message, blocking=False))
    if len("".join(content.split())) < 20:
        message = "内容过少；建议写明情况、问题和具体意见"
        duty = cite("deputies_law", "suggestion_between_sessions", on)
        findings.append(Finding("suggestion.not_concrete", message, duty, blocking=False))
    return tuple(findings)


@dataclass(frozen=True, slots=True)
class Repliees:
    """Who is answered (`reply_to`) and who rates (`rated_by`), by the names or keys given.

    `force` is empty where the rule binds a township, else what the text says of townships.
    """

    reply_to: tuple[str, ...]
    rated_by: str
    relay_by_lead: bool
    citation: Citation
    note: str = ""
    force: str = ""


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
    force = value.force if value.citation and not is_binding(value) else ""
    everyone = (lead, *(name for name in cosigners if name != lead))
    rating = place.value("suggestion.joint_rating", on)
    note = "由领衔代表征求联名代表意见后评价" + ("" if rating.citation else "（无全国性规定，按通行做法）")
    if value.value == "lead":
        return Repliees((lead,), lead, True, citation, f"{note}；主要答复领衔代表，由其转复", force)
    if value.value == "each_or_lead":
        return Repliees(everyone, lead, True, citation, f"{note}；商领衔代表同意后可由其转复", force)
    return Repliees(everyone, lead, False, citation, note, force)


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
    cites=[("deputies_law", "talk_with_deputy"), ("deputies_law", "assign_suggestions")],
)
def check_dates(dates: StepDates, today: date | None = None) -> tuple[Finding, ...]:
    """Findings for a step dated before, or recorded without, the fact it follows; and for dates after `today`.

    The order of dates is plain sense and cites nothing. A reply without a talk with the deputy is a warning: 代表法 51
    asks for contact, not for a meeting. The same day is allowed everywhere.
    """
    findings = []
    for later, earlier in _FOLLOWS:
        after, before = getattr(dates, later), getattr(dates, earlier)
        if after and before and after < before:
            message = f"{_LABELS[later]}日期{chinese_date(after)}早于{_LABELS[earlier]}日期{chinese_date(before)}"
            findings.append(Finding(f"dates.{later}_before_{earlier}", message, None))
    for step, needed in _NEEDS:
        if getattr(dates, step) and not getattr(dates, needed):
            message = f"已有{_LABELS[step]}日期，但没有{_LABELS[needed]}日期"
            findings.append(Finding(f"dates.{step}_without_{needed}", message, None))
    for field, label in _LABELS.items():
        day = getattr(dates, field)
        if today and day and day > today:
            findings.append(Finding(f"dates.{field}_in_future", f"{label}日期{chinese_date(day)}还没有到", None))
    if dates.replied_on and not dates.talked_on:
        talk = cite("deputies_law", "talk_with_deputy", dates.replied_on)
        message = "答复前没有面商或者沟通记录；应当与代表联系沟通，充分听取意见"
        findings.append(Finding("dates.no_talk", message, talk, blocking=False))
    return tuple(findings)


@rule(
    "suggestion_steps.check_rating",
    "检查代表评价",
    cites=[
        ("henan_suggestion_rules", "suggestion.dissatisfied_reason"),
        ("chongqing_suggestion_rules", "suggestion.joint_rating"),
    ],
)
def check_rating(
    attitude: Rating, result: Rating, reason: str, rated_by_lead: bool, on: date, pack: PackLike = "national"
) -> tuple[Finding, ...]:
    """A dissatisfied rating without a reason, and a joint suggestion rated by somebody but its lead deputy.

    No text that binds townships asks for either (河南, 山东, 重庆 and 上海 are only referred to), so these warn. An office
    may still demand both on its form; it must call that its practice.
    """
    place = find_pack(pack)
    findings = []
    if "dissatisfied" in (attitude, result) and not reason.strip():
        ground = place.value("suggestion.dissatisfied_reason", on)
        findings.append(finding_of(ground, "rating.no_reason", "评价为不满意的，应当写明理由或者具体意见", "reason"))
    if not rated_by_lead:
        ground = place.value("suggestion.joint_rating", on)
        findings.append(finding_of(ground, "rating.not_lead", "联名建议由领衔代表征求联名代表意见后评价"))
    return tuple(findings)


Share = Literal["satisfied", "basic", "dissatisfied", "satisfied_or_basic"]
SHARES: dict[str, tuple[str, ...]] = {
    "satisfied": ("satisfied",),
    "basic": ("basic",),
    "dissatisfied": ("dissatisfied",),
    "satisfied_or_basic": ("satisfied", "basic"),
}
SATISFACTION_BASE = "代表已作评价的建议（未评价的不计，也不视为满意）"


def satisfaction_of(rating: Rating | None, share: Share) -> tuple[int, int]:
    """What one suggestion adds to the part and to the base of a share: nothing to either where nobody rated it."""
    return (0, 0) if rating is None else (int(rating in SHARES[share]), 1)


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Shares of the rated suggestions in hundredths of a percent of `base`; None when nothing was rated.

    `satisfied_or_basic_rate` has a name of its own and is never called 满意率. `no_response` lie outside the base.
    """

    base: int
    satisfied_rate: int | None
    basic_rate: int | None
    dissatisfied_rate: int | None
    satisfied_or_basic_rate: int | None
    no_response: int
    citation: Citation | None
    note: str


@rule(
    "suggestion_steps.satisfaction",
    "满意率",
    cites=[("chongqing_suggestion_rules", "suggestion.no_response_excluded")],
)
def satisfaction(
    satisfied: int, basic: int, dissatisfied: int, no_response: int, on: date, pack: PackLike = "national"
) -> Satisfaction:
    """Shares with their denominator named. The base is what was rated; silence is neither satisfaction nor its opposite.

    No law settles the base. 重庆 29 leaves out those who stayed silent after being urged; the same is done everywhere,
    and how many were silent is said beside the rate. 满意率 never includes 基本满意.
    """
    if min(satisfied, basic, dissatisfied, no_response) < 0:
        raise ValueError("件数不能为负")
    counts = {"satisfied": satisfied, "basic": basic, "dissatisfied": dissatisfied}
    base = sum(counts.values())
    rates = {f"{share}_rate": hundredths(sum(counts[n] for n in names), base) for share, names in SHARES.items()}
    value = find_pack(pack).value("suggestion.no_response_excluded", on)
    note = f"分母为{base}件：{SATISFACTION_BASE}；未评价{no_response}件；满意率不含基本满意"
    note += "" if value.citation else "。分母的口径没有全国性规定"
    return Satisfaction(base=base, **rates, no_response=no_response, citation=value.citation, note=note)


@rule(
    "suggestion_steps.unlisted_motion",
    "未列入议程的议案转为建议",
    cites=[
        ("chongqing_township_rules", "motion.unlisted_becomes_suggestion"),
        ("shandong_suggestion_rules", "motion.unlisted_becomes_suggestion"),
    ],
)
def unlisted_motion(on: date, pack: PackLike = "national") -> Finding:
    """What becomes of a motion the presidium does not list: a suggestion whose clock starts when it is assigned.

    Only 重庆 14 says so of townships; elsewhere it is practice, or a rule about other levels.
    """
    value = find_pack(pack).value("motion.unlisted_becomes_suggestion", on)
    message = "未列入议程的议案转作代表建议，保留与原议案的联系，自交办之日起计算答复期限"
    return finding_of(value, "motion.becomes_suggestion", message, blocking=False)


@rule(
    "suggestion_steps.separate",
    "分办的答复",
    cites=[
        ("chongqing_suggestion_rules", "suggestion.separate_replies"),
        ("zhejiang_suggestion_rules", "suggestion.separate_replies"),
        ("henan_suggestion_rules", "suggestion.separate_replies"),
    ],
)
def separate(on: date, pack: PackLike = "national") -> Finding:
    """Units that handle a suggestion separately each answer the deputy. No text speaks of townships' units directly."""
    value = find_pack(pack).value("suggestion.separate_replies", on)
    message = "由几个单位分别办理（分办）的，各单位按职责办理，分别答复代表"
    return finding_of(value, "suggestion.separate", message, blocking=False)


@rule(
    "suggestion_steps.merged",
    "并案办理的答复",
    cites=[
        ("shandong_suggestion_rules", "suggestion.merged_separate_replies"),
        ("zhejiang_suggestion_rules", "suggestion.merged_separate_replies"),
        ("henan_suggestion_rules", "suggestion.merged_separate_replies"),
    ],
)
def merged(on: date, pack: PackLike = "national") -> Finding:
    """Suggestions of the same content may be handled together; each deputy is answered all the same."""
    value = find_pack(pack).value("suggestion.merged_separate_replies", on)
    return finding_of(value, "suggestion.merged", "内容相同的建议可以并案办理，但应当分别答复代表", blocking=False)


@rule(
    "suggestion_steps.second_handling",
    "不满意时的后续办理",
    cites=[
        ("zhejiang_deputies_measures", "suggestion.redo_months"),
        ("chongqing_deputies_measures", "suggestion.redo_condition"),
        ("henan_suggestion_rules", "suggestion.still_dissatisfied"),
    ],
)
def second_handling(rating: Rating, times_redone: int, on: date, pack: PackLike = "national") -> tuple[Finding, ...]:
    """What a dissatisfied rating leads to: one second handling, then what the local rule says; the first rating stays.

    Where the text leaves the second handling to the presidium (重庆 视情况, 上海 and 北京 需要的), the words say so.
    """
    if rating != "dissatisfied":
        return ()
    place = find_pack(pack)
    if times_redone == 0:
        condition = place.value("suggestion.redo_condition", on)
        message = "评价不满意，交承办单位重新办理并再次答复"
        if condition.value:
            message = f"评价不满意，{condition.value}，由主席团交承办单位重新办理并再次答复"
        message += "；首次评价保留，与最终评价分别统计"
        return (finding_of(place.value("suggestion.redo_months", on), "redo.needed", message, blocking=False),)
    value = place.value("suggestion.still_dissatisfied", on)
    way = str(value.value) if value.value else "由主席团研究后提出处理意见"
    return (finding_of(value, "redo.still_dissatisfied", f"再次答复后仍不满意：{way}", blocking=False),)


@rule(
    "suggestion_steps.check_closing",
    "不满意时能否办结",
    cites=[
        ("zhejiang_deputies_measures", "suggestion.redo_months"),
        ("chongqing_deputies_measures", "suggestion.redo_condition"),
    ],
)
def check_closing(on: date, pack: PackLike = "national") -> tuple[Finding, ...]:
    """What stands against ending the handling right after a first 不满意.

    Blocking where a binding text wants it handled again without leaving a choice (浙江 43); elsewhere practice.
    """
    place = find_pack(pack)
    message = "代表首次评价不满意，应当先重新交办并再次答复，不宜直接办结"
    condition = place.value("suggestion.redo_condition", on)
    redo = place.value("suggestion.redo_months", on)
    if condition.value:
        message = f"代表首次评价不满意，{condition.value}应当重新交办；不再重新办理的，请在办结说明中写明理由"
        return (finding_of(condition, "close.explain", message, blocking=False),)
    return (finding_of(redo, "step.close", message),)
