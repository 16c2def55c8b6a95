"""Deputies: seats, presidium size, absences, and how a mandate is suspended or ends."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from congress.law.finding import Citation, Finding
from congress.law.provinces import PackLike
from congress.law.provinces import pack as find_pack
from congress.law.registry import rule
from congress.law.sources import cite, states
from congress.law.thresholds import Threshold, VoteOutcome, passes

SEATS_BASE, SEATS_STEP, SEATS_CAP, SEATS_FEWER_BELOW = 45, 1500, 160, 2000


@rule("deputies.seats_cap", "乡镇代表名额上限", cites=[("election_law", "seats"), ("election_law", "seats_minority")])
def seats_cap(population: int, on: date, extra_five_percent: bool = False) -> Threshold:
    """45 + population ÷ 1500 rounded down, never above 160; with the five per cent where the province decided it.

    An upper line only: the county standing committee fixes the number, and it then stays (选举法 13, 14).
    """
    if population < 1:
        raise ValueError("人口至少为一")
    computed = min(SEATS_CAP, SEATS_BASE + population // SEATS_STEP)
    formula = f"{SEATS_BASE} + {population}÷{SEATS_STEP}（舍去余数）= {SEATS_BASE + population // SEATS_STEP}"
    if computed == SEATS_CAP:
        formula += f"，不超过{SEATS_CAP}"
    if extra_five_percent:
        extra = computed * 5 // 100
        computed += extra
        formula += f"，另加5%（舍去余数）{extra} = {computed}"
    note = "具体名额由县级人大常委会确定，确定后不再变动"
    if population < SEATS_FEWER_BELOW:
        note = f"人口不足{SEATS_FEWER_BELOW}人的，代表总名额可以少于{SEATS_BASE}名；{note}"
    fact = "seats_minority" if extra_five_percent else "seats"
    return Threshold(computed, formula, cite("election_law", fact, on), note)


@rule("deputies.check_seats", "检查代表名额", cites=[("election_law", "seats"), ("election_law", "seats_unchanged")])
def check_seats(seats: int, population: int, on: date, extra_five_percent: bool = False) -> tuple[Finding, ...]:
    """Warnings, never refusals: an older fixed number stays in force even when the population has changed."""
    limit = seats_cap(population, on, extra_five_percent)
    findings = []
    if seats > limit.number:
        message = (
            f"代表名额{seats}名多于按现有人口计算的{limit.number}名（{limit.formula}）；"
            "可能是以前确定的名额或者另加了5%，请核对县级人大常委会的决定"
        )
        findings.append(Finding("seats.above_cap", message, limit.citation, blocking=False))
    if seats < SEATS_BASE and population >= SEATS_FEWER_BELOW:
        message = f"人口{population}人，名额{seats}名少于基数{SEATS_BASE}名，请核对县级人大常委会的决定"
        findings.append(Finding("seats.below_base", message, limit.citation, blocking=False))
    return tuple(findings)


@rule(
    "deputies.check_presidium_size",
    "检查主席团人数",
    cites=[
        ("organic_law", "presidium"),
        ("zhejiang_township_rules", "presidium.size_max"),
        ("shandong_township_rules", "presidium.size_max"),
    ],
)
def check_presidium_size(
    members: int, on: date, pack: PackLike = "national", deputies: int = 0, population: int = 0, large: bool = False
) -> tuple[Finding, ...]:
    """Findings when the presidium is smaller or larger than the local rule allows; nothing where there is none.

    `large` states that the township counts as populous or well developed (浙江, 河南); 山东 and 重庆 decide by the
    number of deputies or inhabitants. Where the text says 一般 (山东, 河南, 北京) only its 不超过 blocks.
    """
    place = find_pack(pack)
    low, high = place.value("presidium.size_min", on), place.value("presidium.size_max", on)
    if not isinstance(low.value, int) or not isinstance(high.value, int) or not low.citation or not high.citation:
        return ()
    usual_only = bool(place.value("presidium.size_usual", on).value)
    larger = place.value("presidium.size_max_large", on)
    ceiling = larger.value if isinstance(larger.value, int) else None
    limit = ceiling if ceiling and _is_large(pack, on, deputies, population, large) else high.value
    if members < low.value:
        message = f"主席团{members}人，少于{low.value}人"
        return (Finding("presidium.too_small", message, low.citation, blocking=not usual_only),)
    if members > limit:
        above_all = ceiling is not None and members > ceiling
        message = f"主席团{members}人，多于{limit}人"
        return (Finding("presidium.too_large", message, high.citation, blocking=above_all or not usual_only),)
    return ()


def _is_large(pack: PackLike, on: date, deputies: int, population: int, stated: bool) -> bool:
    place = find_pack(pack)
    by_deputies = place.value("presidium.large_from_deputies", on).value
    by_population = place.value("presidium.large_from_population", on).value
    if isinstance(by_deputies, int):
        return deputies >= by_deputies
    if isinstance(by_population, int):
        return population >= by_population
    return stated


@rule(
    "deputies.check_posts",
    "主席团成员兼任政府职务",
    cites=[("organic_law", "no_government_post"), ("zhejiang_township_rules", "presidium.no_government_post")],
)
def check_posts(
    is_chair_or_vice: bool, holds_government_post: bool, on: date, pack: PackLike = "national"
) -> tuple[Finding, ...]:
    """Chair and vice chairs may hold no administrative office anywhere; other members only where a province bars it."""
    if not holds_government_post:
        return ()
    if is_chair_or_vice:
        message = "主席、副主席不得担任国家行政机关的职务；担任的，必须向本级人大辞去主席、副主席职务"
        return (Finding("posts.chair", message, cite("organic_law", "no_government_post", on)),)
    barred = find_pack(pack).value("presidium.no_government_post", on)
    if barred.value and barred.citation:
        return (Finding("posts.member", "主席团成员不得担任政府职务；担任的须辞去主席团成员职务", barred.citation),)
    return ()


@dataclass(frozen=True, slots=True)
class Absence:
    """One session (次会议) a deputy did not attend at all. A missed plenary of a session attended is none."""

    session: str
    approved: bool


@rule("deputies.check_absences", "未经批准两次不出席会议", cites=[("deputies_law", "two_absences")])
def check_absences(absences: tuple[Absence, ...], on: date) -> tuple[Finding, ...]:
    """Two unapproved absences from whole sessions end the mandate: cumulative over the term, not consecutive.

    One is a warning. Approved leave does not count, and a session listed twice counts once. The end takes effect
    through the credentials committee and the congress's announcement (代表法 63), so the finding calls for that step;
    it ends nothing by itself.
    """
    unapproved = list(dict.fromkeys(absence.session for absence in absences if not absence.approved))
    citation = cite("deputies_law", "two_absences", on)
    if len(unapproved) >= 2:
        named = "、".join(unapproved)
        message = (
            f"未经批准{len(unapproved)}次不出席会议（{named}），代表资格终止；应由代表资格审查委员会报本级人大公告"
        )
        return (Finding("absences.mandate_ends", message, citation),)
    if unapproved:
        message = f"已有一次未经批准不出席会议（{unapproved[0]}），再有一次代表资格终止"
        return (Finding("absences.first", message, citation, blocking=False),)
    return ()


EndReason = Literal[
    "moved_away",
    "resigned",
    "ordered_resignation",
    "two_absences",
    "recalled",
    "lost_nationality",
    "political_rights",
    "incapacity",
    "death",
    "term_over",
]
END_LABELS: dict[str, str] = {
    "moved_away": "迁出或者调离本行政区域",
    "resigned": "辞职被接受",
    "ordered_resignation": "责令辞职被接受",
    "two_absences": "未经批准两次不出席会议",
    "recalled": "被罢免",
    "lost_nationality": "丧失中华人民共和国国籍",
    "political_rights": "依照法律被剥夺政治权利",
    "incapacity": "丧失行为能力",
    "death": "去世",
    "term_over": "任期届满",
}


@dataclass(frozen=True, slots=True)
class MandateEnd:
    """How a mandate ends: who decides, whether the congress announces it, and what else falls with it."""

    label: str
    decided_by: str
    announced_by_congress: bool
    by_election: bool
    citation: Citation
    also: tuple[Finding, ...] = ()


_DECIDED_BY = {
    "resigned": "乡镇人大以全体代表的过半数接受",
    "ordered_resignation": "乡镇人大以全体代表的过半数接受",
    "recalled": "原选区过半数的选民通过，由县级人大常委会派人主持",
    "death": "自然终止",
    "term_over": "下届第一次会议举行之日届满",
}


@rule(
    "deputies.mandate_end",
    "代表资格终止",
    cites=[
        ("deputies_law", "moved_away"),
        ("deputies_law", "announce_end"),
        ("election_law", "chair_falls_recalled"),
    ],
)
def mandate_end(reason: EndReason, on: date, is_chair_or_vice: bool = False) -> MandateEnd:
    """What one reason means on that day. 责令辞职 exists since the 2025 edition; earlier it raises ValueError.

    Not the presidium but the credentials committee reports, and the congress announces (代表法 63, second paragraph).
    """
    if reason == "term_over":
        citation = cite("organic_law", "term", on)
    elif states("deputies_law", reason, on):
        citation = cite("deputies_law", reason, on)
    elif reason == "ordered_resignation":
        raise ValueError("责令辞职自2025年修正的代表法起才有规定，该日期不能使用")
    else:
        citation = cite("deputies_law", "announce_end", on)
    announced = reason not in ("term_over", "death")
    decided = _DECIDED_BY.get(reason, "代表资格审查委员会报本级人大")
    also = _chair_falls(reason, on) if is_chair_or_vice and reason != "term_over" else ()
    return MandateEnd(END_LABELS[reason], decided, announced, reason != "term_over", citation, also)


def _chair_falls(reason: str, on: date) -> tuple[Finding, ...]:
    fact = "chair_falls_recalled" if reason == "recalled" else "chair_falls_resigned"
    message = "代表职务不再存在，主席、副主席职务相应撤销或者终止，由主席团公告"
    if reason not in ("recalled", "resigned", "ordered_resignation"):
        message = "主席、副主席须由代表担任，其职务不能继续；请按程序处理"
        return (Finding("mandate.chair_must_be_deputy", message, cite("organic_law", "vice_chairs", on), False),)
    return (Finding("mandate.chair_falls", message, cite("election_law", fact, on), blocking=False),)


@rule("deputies.resignation", "代表辞职的接受", cites=[("election_law", "deputy_resignation")])
def resignation(yes: int, deputies: int, on: date) -> VoteOutcome:
    """A deputy's resignation is accepted by the congress with more than half of all deputies, not by the presidium."""
    outcome = passes(yes, deputies, on)
    citation = cite("election_law", "deputy_resignation", on)
    return VoteOutcome(outcome.passed, outcome.needed, yes, deputies, outcome.formula, citation, outcome.note)


@rule(
    "deputies.suspension",
    "暂时停止执行代表职务",
    cites=[("deputies_law", "suspension"), ("deputies_law", "resumption"), ("deputies_law", "arrest_report")],
)
def suspension(
    detained_in_criminal_case: bool, serving_without_loss_of_rights: bool, mandate_ended: bool, on: date
) -> tuple[Finding, ...]:
    """Whether the mandate rests now. It resumes by itself when the cause is gone, unless the mandate has ended."""
    if mandate_ended:
        message = "代表资格已经终止，不再适用暂停与恢复"
        return (Finding("suspension.mandate_ended", message, cite("deputies_law", "resumption", on)),)
    citation = cite("deputies_law", "suspension", on)
    findings = []
    if detained_in_criminal_case:
        message = "因刑事案件被羁押正在受侦查、起诉、审判，暂时停止执行代表职务；由代表资格审查委员会向本级人大报告"
        findings.append(Finding("suspension.detained", message, citation))
    if serving_without_loss_of_rights:
        message = "被判处管制、拘役或者有期徒刑而没有附加剥夺政治权利、正在服刑，暂时停止执行代表职务"
        findings.append(Finding("suspension.serving", message, citation))
    return tuple(findings)


@rule("deputies.two_congresses", "兼任两个以上人大代表", cites=[("election_law", "two_congresses")])
def two_congresses(other_area_is_superior_or_inferior: bool, on: date) -> tuple[Finding, ...]:
    """County and own township seat may be held together; seats of two unrelated areas may not."""
    if other_area_is_superior_or_inferior:
        return ()
    message = "公民不得同时担任两个以上无隶属关系的行政区域的人大代表"
    return (Finding("deputies.two_unrelated", message, cite("election_law", "two_congresses", on)),)
