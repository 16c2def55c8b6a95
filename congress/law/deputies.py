"""Deputies: seats, presidium size, absences, and how a mandate is suspended or ends."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from congress.law.finding import Citation, Finding
from congress.law.provinces import PackLike, Value, finding_of
from congress.law.provinces import pack as find_pack
from congress.law.registry import rule
from congress.law.sessions import chair_falls
from congress.law.sources import cite, gist, states
from congress.law.thresholds import Threshold, VoteOutcome, passes

TERM_YEARS = 5  # a term of any congress below the nation (the fact "term" of the organic and the deputies' law)
Unit = Literal["township", "ethnic_township", "town", "county", "city_or_district"]


@dataclass(frozen=True, slots=True)
class _Seats:
    """How many deputies a congress may have: base, people for one more, the most, and below what it may be fewer."""

    base: int
    step: int
    cap: int
    fewer_below: int
    fact: str


_TOWNSHIP, _COUNTY = _Seats(45, 1500, 160, 2000, "seats"), _Seats(140, 5000, 450, 50_000, "seats_county")
_SEATS = {
    "township": _TOWNSHIP,
    "ethnic_township": _TOWNSHIP,
    "town": _TOWNSHIP,
    "county": _COUNTY,
    "city_or_district": _COUNTY,
}
_EXTRA_FIVE_PERCENT = ("township", "ethnic_township", "county")


@rule(
    "deputies.seats_cap",
    "代表名额上限",
    cites=[("election_law", "seats"), ("election_law", "seats_county"), ("election_law", "seats_minority")],
)
def seats_cap(population: int, on: date, unit: Unit = "township", extra_five_percent: bool = False) -> Threshold:
    """乡镇 45 + population ÷ 1500, at most 160; 县级 140 + population ÷ 5000, at most 450; fractions dropped.

    The five per cent a province may add is for 县、自治县、乡、民族乡 only: asked for a 镇, a 市 or 市辖区 it raises
    ValueError. An upper line only: the number is fixed by decision, and then stays (选举法 13, 14).
    """
    if population < 1:
        raise ValueError("人口至少为一")
    if extra_five_percent and unit not in _EXTRA_FIVE_PERCENT:
        raise ValueError("另加百分之五只适用于县、自治县、乡、民族乡，不适用于镇和市、市辖区")
    rule_of = _SEATS[unit]
    number = rule_of.base + population // rule_of.step
    computed = min(rule_of.cap, number)
    formula = f"{rule_of.base} + {population}÷{rule_of.step}（舍去余数）= {number}"
    if number > rule_of.cap:
        formula += f"，不超过{rule_of.cap}"
    if extra_five_percent:
        extra = computed * 5 // 100
        computed += extra
        formula += f"，另加5%（舍去余数）{extra} = {computed}"
    note = "具体名额由县级人大常委会确定，确定后不再变动" if rule_of is _TOWNSHIP else "具体名额确定后不再变动"
    if population < rule_of.fewer_below:
        note = f"人口不足{rule_of.fewer_below}人的，代表总名额可以少于{rule_of.base}名；{note}"
    fact = "seats_minority" if extra_five_percent else rule_of.fact
    return Threshold(computed, formula, cite("election_law", fact, on), note)


@rule("deputies.check_seats", "检查代表名额", cites=[("election_law", "seats"), ("election_law", "seats_unchanged")])
def check_seats(
    seats: int, population: int, on: date, unit: Unit = "township", extra_five_percent: bool = False
) -> tuple[Finding, ...]:
    """Warnings, never refusals: an older fixed number stays in force even when the population has changed."""
    limit, rule_of = seats_cap(population, on, unit, extra_five_percent), _SEATS[unit]
    findings = []
    if seats > limit.number:
        older = "可能是以前确定的名额" + ("或者另加了5%" if unit in _EXTRA_FIVE_PERCENT else "")
        message = (
            f"代表名额{seats}名多于按现有人口计算的{limit.number}名（{limit.formula}）；{older}，请核对确定名额的决定"
        )
        findings.append(Finding("seats.above_cap", message, limit.citation, blocking=False))
    if seats < rule_of.base and population >= rule_of.fewer_below:
        message = f"人口{population}人，名额{seats}名少于基数{rule_of.base}名，请核对确定名额的决定"
        findings.append(Finding("seats.below_base", message, limit.citation, blocking=False))
    return tuple(findings)


@rule("deputies.check_holding", "在任代表是否多于名额", cites=[("election_law", "seats_unchanged")])
def check_holding(holding: int, seats: int, on: date, place: str = "") -> tuple[Finding, ...]:
    """A warning where more deputies are in office than a congress, or the district called `place`, has seats: whoever left is
    still on record, or the number is. Nothing where no number of seats is known."""
    if not seats or holding <= seats:
        return ()
    message = f"{place}在任代表{holding}名，多于名额{seats}名；请核对名额，已经离任的请登记代表资格终止"
    return (Finding("seats.overfull", message, cite("election_law", "seats_unchanged", on), blocking=False),)


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
    members: int,
    on: date,
    pack: PackLike = "national",
    deputies: int = 0,
    population: int = 0,
    large: bool | None = None,
) -> tuple[Finding, ...]:
    """Findings when the presidium is smaller or larger than the local rule allows; nothing where there is none.

    `large` states whether the township counts as populous or well developed (浙江, 河南), None that nobody said: the text has no
    number for it, so that between the two limits people decide. 山东 and 重庆 go by the number of deputies or inhabitants; where
    that is not known (0) the same holds. Where the text says 一般 (山东, 河南, 北京) only its 不超过 blocks.
    """
    place = find_pack(pack)
    low, high = place.value("presidium.size_min", on), place.value("presidium.size_max", on)
    if not isinstance(low.value, int) or not isinstance(high.value, int) or not low.citation or not high.citation:
        return ()
    usual_only = bool(place.value("presidium.size_usual", on).value)
    larger = place.value("presidium.size_max_large", on)
    ceiling = larger.value if isinstance(larger.value, int) else None
    is_large = _is_large(pack, on, deputies, population, large)
    limit = ceiling if ceiling and is_large else high.value
    if members < low.value:
        message = f"主席团{members}人，少于{low.value}人"
        return (finding_of(low, "presidium.too_small", message, blocking=not usual_only),)
    if members > limit:
        above_all = ceiling is not None and members > ceiling
        message = f"主席团{members}人，多于{limit}人"
        if is_large is None and ceiling and not above_all:
            message += f"；较大的乡镇可以不超过{ceiling}人，是否适用请核对"
            return (finding_of(high, "presidium.too_large", message, blocking=False),)
        return (finding_of(high, "presidium.too_large", message, blocking=above_all or not usual_only),)
    return ()


def _is_large(pack: PackLike, on: date, deputies: int, population: int, stated: bool | None) -> bool | None:
    """Whether the larger limit applies; None where nobody knows."""
    place = find_pack(pack)
    by_deputies = place.value("presidium.large_from_deputies", on).value
    by_population = place.value("presidium.large_from_population", on).value
    if isinstance(by_deputies, int):
        return deputies >= by_deputies if deputies else None
    if isinstance(by_population, int):
        return population >= by_population if population else None
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
    if barred.value:
        return (finding_of(barred, "posts.member", "主席团成员不得担任政府职务；担任的须辞去主席团成员职务"),)
    return ()


@dataclass(frozen=True, slots=True)
class Absence:
    """What a deputy missed of a session (次会议): all of it, or with `part_only` some plenaries of one attended."""

    session: str
    approved: bool
    part_only: bool = False


@rule("deputies.check_absences", "未经批准两次不出席会议", cites=[("deputies_law", "two_absences")])
def check_absences(absences: tuple[Absence, ...], on: date) -> tuple[Finding, ...]:
    """Two unapproved absences from whole sessions end the mandate: cumulative over the term, not consecutive.

    One is a warning. Approved leave does not count, and a session listed twice counts once. Plenaries missed of a session
    attended are not counted, and the answer says that the text leaves this open. The end takes effect through the
    credentials committee and the announcement (代表法 63): the finding calls for that step and ends nothing by itself.
    """
    unapproved = list(dict.fromkeys(a.session for a in absences if not a.approved and not a.part_only))
    partly = list(dict.fromkeys(a.session for a in absences if not a.approved and a.part_only))
    citation = cite("deputies_law", "two_absences", on)
    findings = []
    if len(unapproved) >= 2:
        named = "、".join(unapproved)
        message = (
            f"未经批准{len(unapproved)}次不出席会议（{named}），代表资格终止；应由代表资格审查委员会报本级人大公告"
        )
        findings.append(Finding("absences.mandate_ends", message, citation))
    elif unapproved:
        message = f"已有一次未经批准不出席会议（{unapproved[0]}），再有一次代表资格终止"
        findings.append(Finding("absences.first", message, citation, blocking=False))
    if partly and len(unapproved) < 2:
        message = (
            f"{'、'.join(partly)}只缺席部分全体会议，没有计为一次不出席；条文写的是“不出席本级人民代表大会会议”，"
            "部分缺席如何计算没有写明，请代表资格审查委员会认定"
        )
        findings.append(Finding("absences.partly", message, citation, blocking=False))
    return tuple(findings)


MandateLevel = Literal["township", "county", "city", "province", "national"]
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
    """How a mandate ends: on what ground, who decides and who announces it by which article, and what else falls with it.

    `announced_by` and `announcement` are empty where a term simply runs out. `note` says what the text leaves open.
    """

    label: str
    citation: Citation
    decided_by: str
    decision: Citation
    announced_by: str
    announcement: Citation | None
    by_election: bool
    also: tuple[Finding, ...] = ()
    note: str = ""


_BODIES = {"township": "乡镇人大", "county": "县级人大常委会"}


def body_of(level: MandateLevel) -> str:
    """Whom the credentials committee of that level reports to: the township congress, else the standing committee."""
    return _BODIES.get(level, "本级人大常委会")


@rule(
    "deputies.mandate_end",
    "代表资格终止",
    cites=[
        ("deputies_law", "moved_away"),
        ("deputies_law", "announce_end"),
        ("deputies_law", "announce_end_county"),
        ("election_law", "deputy_resignation"),
        ("election_law", "chair_falls_recalled"),
        ("shandong_township_rules", "officers.fall_with_seat"),
    ],
)
def mandate_end(
    reason: EndReason,
    on: date,
    is_chair_or_vice: bool = False,
    level: MandateLevel = "township",
    pack: PackLike = "national",
) -> MandateEnd:
    """What one reason means on that day for a mandate of that level. 责令辞职 before the 2025 edition raises ValueError.

    In a township the credentials committee reports to the congress, which announces; from the county up it reports to the
    standing committee, which announces (代表法 63). The posts of 主席 and 副主席 hang on the township mandate only:
    by the national law they fall with a resignation and a recall, in 山东 with every end.
    """
    if reason == "term_over":
        citation = cite("organic_law", "term", on)
        return MandateEnd(END_LABELS[reason], citation, "下届第一次会议举行之日届满", citation, "", None, False)
    if reason == "ordered_resignation" and not states("deputies_law", reason, on):
        raise ValueError("责令辞职自2025年修正的代表法起才有规定，该日期不能使用")
    body = body_of(level)
    announcement = cite("deputies_law", "announce_end" if level == "township" else "announce_end_county", on)
    stated = states("deputies_law", reason, on) or reason != "death"
    ground = cite("deputies_law", reason, on) if stated else announcement
    decided, decision = _decision(reason, on, level) or (f"代表资格审查委员会报{body}", announcement)
    announced = body
    if reason in ("resigned", "ordered_resignation", "recalled") and level not in _BODIES:
        announced, announcement = "上一级人大常委会（备案、公告）", decision
    also = chair_falls(reason, on, pack) if is_chair_or_vice and level == "township" else ()
    note = ""
    if reason in ("resigned", "ordered_resignation") and level == "township":
        note = "辞职由大会会议接受，闭会期间主席团不能代为接受；终止日期是会议接受辞职的日期，此前仍是代表"
    if reason == "death":
        note = "条文没有把去世列为公告的例外" if stated else "该日适用的文本没有写去世的情形，也没有把它列为公告的例外"
    label = END_LABELS[reason]
    return MandateEnd(label, ground, decided, decision, announced, announcement, True, also, note)


def _decision(reason: str, on: date, level: str) -> tuple[str, Citation] | None:
    """Who decides and by which article; None where nobody votes and the credentials committee reports."""
    direct = level in _BODIES
    if reason in ("resigned", "ordered_resignation"):
        who = {
            "township": "乡镇人大以全体代表的过半数接受",
            "county": "县级人大常委会以组成人员的过半数接受",
        }.get(level, "选举其为代表的人大的常委会以组成人员的过半数接受")
        return who, cite("election_law", "deputy_resignation" if direct else "resignation_indirect", on)
    if reason == "recalled":
        who = "原选区过半数的选民通过，由县级人大常委会派人主持"
        if not direct:
            who = "选举其为代表的人大以过半数的代表、闭会期间其常委会以组成人员的过半数通过"
        return who, cite("election_law", "recall_vote" if direct else "recall_indirect", on)
    if reason == "death":
        fact = reason if states("deputies_law", reason, on) else "announce_end"
        return "自然终止", cite("deputies_law", fact, on)
    return None


@rule(
    "deputies.resignation",
    "代表辞职的接受",
    cites=[("election_law", "deputy_resignation"), ("organic_law", "quorum")],
)
def resignation(yes: int, present: int, deputies: int, on: date) -> VoteOutcome:
    """A township deputy's resignation is accepted by the congress, with its quorum and more than half of all deputies."""
    outcome = passes(yes, present, deputies, on)
    return replace(outcome, citation=cite("election_law", "deputy_resignation", on))


def _told_of(level: MandateLevel, on: date, pack: PackLike) -> tuple[str, Value]:
    """Whom the credentials committee reports to, and who has to be notified of it (a township's deputies)."""
    place = find_pack(pack)
    body, notified = place.value("deputies.suspension_reported_to", on), place.value("deputies.suspension_notified", on)
    township = level == "township"
    return (str(body.value) if township and body.value else body_of(level)), (notified if township else _NOBODY)


_NOBODY = Value(None, None, "")


def rest_words(level: MandateLevel, on: date, pack: PackLike = "national") -> str:
    """Who is told that a mandate of that level rests, and when it is taken up again, as one sentence for a page."""
    body, notified = _told_of(level, on, pack)
    again = gist(cite("deputies_law", "resumption", on), "resumption")
    known = f"{notified.value}（依据：{notified.citation}）" if notified.value else ""
    return "；".join(filter(None, (f"由代表资格审查委员会向{body}报告", known, again)))


@rule(
    "deputies.suspension",
    "暂时停止执行代表职务",
    cites=[
        ("deputies_law", "suspension"),
        ("deputies_law", "resumption"),
        ("chongqing_deputies_measures", "deputies.suspension_reported_to"),
        ("chongqing_deputies_measures", "deputies.suspension_notified"),
        ("shanghai_deputies_measures", "deputies.suspension_reported_to"),
        ("shanghai_deputies_measures", "deputies.suspension_notified"),
        ("shandong_deputies_measures", "deputies.suspension_notified"),
    ],
)
def suspension(
    detained_in_criminal_case: bool,
    serving_without_loss_of_rights: bool,
    mandate_ended: bool,
    on: date,
    level: MandateLevel = "township",
    pack: PackLike = "national",
) -> tuple[Finding, ...]:
    """Whether the mandate rests now. It resumes by itself when the cause is gone, unless the mandate has ended.

    The credentials committee reports to the township congress, in 重庆 and 上海 to its presidium; from the county up to the
    standing committee. Who is notified only some provinces say.
    """
    if mandate_ended:
        message = "代表资格已经终止，不再适用暂停与恢复"
        return (Finding("suspension.mandate_ended", message, cite("deputies_law", "resumption", on)),)
    body, notified = _told_of(level, on, pack)
    report = f"由代表资格审查委员会向{body}报告" + (f"，{notified.value}" if notified.value else "")
    citation = cite("deputies_law", "suspension", on)
    findings = []
    if detained_in_criminal_case:
        message = f"因刑事案件被羁押正在受侦查、起诉、审判，暂时停止执行代表职务；{report}"
        findings.append(Finding("suspension.detained", message, citation))
    if serving_without_loss_of_rights:
        message = f"被判处管制、拘役或者有期徒刑而没有附加剥夺政治权利、正在服刑，暂时停止执行代表职务；{report}"
        findings.append(Finding("suspension.serving", message, citation))
    return tuple(findings)


@rule("deputies.two_congresses", "兼任两个以上人大代表", cites=[("election_law", "two_congresses")])
def two_congresses(other_area_is_superior_or_inferior: bool, on: date) -> tuple[Finding, ...]:
    """County and own township seat may be held together; seats of two unrelated areas may not."""
    if other_area_is_superior_or_inferior:
        return ()
    message = "公民不得同时担任两个以上无隶属关系的行政区域的人大代表"
    return (Finding("deputies.two_unrelated", message, cite("election_law", "two_congresses", on)),)
