"""Numbers of people the law asks for: signers, quorum, majorities. Whole numbers only; “以上” includes the number."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from congress.law.finding import Citation, Finding
from congress.law.provinces import PackLike, finding_of
from congress.law.provinces import pack as find_pack
from congress.law.registry import rule
from congress.law.sources import cite

Level = Literal["township", "county"]
Addressee = Literal["government", "department", "other"]
MOTION_SIGNERS = {"township": 5, "county": 10}
RECALL_SIGNERS = {"township": 30, "county": 50}
LEVEL_NAMES = {"township": "乡镇", "county": "县级"}
INTERPELLATION_SIGNERS = 10
NOMINATION_SIGNERS = 10
ALL_DEPUTIES_NOTE = "“全体代表”按实有代表计算（出缺不计）；暂停执行职务的代表是否计入，法律没有写明"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number required, how it was reached, and where it stands. `note` states what is unsettled."""

    number: int
    formula: str
    citation: Citation
    note: str = ""


@dataclass(frozen=True, slots=True)
class VoteOutcome:
    """Whether a vote carries. `needed` is the smallest number of yes votes that carries."""

    passed: bool
    needed: int
    yes: int
    base: int
    formula: str
    citation: Citation
    note: str = ""


def share_up(total: int, parts: int, of: int) -> int:
    """`parts`/`of` of a total, rounded up to a whole person (61 deputies, one fifth → 13)."""
    if total < 0 or parts < 0 or of < 1:
        raise ValueError("人数不能为负")
    return -(-total * parts // of)


def more_than_half(total: int) -> int:
    """The smallest whole number that is more than half (72 → 37, 73 → 37)."""
    if total < 0:
        raise ValueError("人数不能为负")
    return total // 2 + 1


def hundredths(part: int, whole: int) -> int | None:
    """A share in hundredths of a percent (5806 = 58.06%), rounded half up; None of an empty whole."""
    return (2 * 10_000 * part + whole) // (2 * whole) if whole else None


def _positive(total: int, what: str) -> None:
    if total < 1:
        raise ValueError(f"{what}至少为一")


@rule("thresholds.majority", "全体代表的过半数", cites=[("organic_law", "majority")])
def majority(deputies: int, on: date) -> Threshold:
    """More than half of all deputies, present or not: the number of yes votes an election or decision needs."""
    _positive(deputies, "全体代表人数")
    needed = more_than_half(deputies)
    return Threshold(
        needed, f"{deputies}人的过半数 = {needed}人", cite("organic_law", "majority", on), ALL_DEPUTIES_NOTE
    )


@rule("thresholds.quorum", "会议法定出席人数", cites=[("organic_law", "quorum")])
def quorum(deputies: int, on: date) -> Threshold:
    """Two thirds of the deputies, rounded up: the attendance without which a session cannot be held."""
    _positive(deputies, "代表人数")
    needed = share_up(deputies, 2, 3)
    return Threshold(needed, f"{deputies}人的三分之二（不足一人进一）= {needed}人", cite("organic_law", "quorum", on))


@rule("thresholds.passes", "表决是否通过", cites=[("organic_law", "majority"), ("organic_law", "quorum")])
def passes(yes: int, present: int, deputies: int, on: date) -> VoteOutcome:
    """Needs the quorum of two thirds and more than half of ALL deputies (72 deputies, 48 present, 36 yes: not passed)."""
    limit = majority(deputies, on)
    if not 0 <= present <= deputies:
        raise ValueError("出席人数应在零与全体代表人数之间")
    if not 0 <= yes <= present:
        raise ValueError("赞成票数应在零与出席人数之间")
    held = present >= quorum(deputies, on).number
    passed = held and yes >= limit.number
    verdict = ("通过" if passed else "未通过") if held else "出席不足法定人数，不能表决"
    formula = f"全体代表{deputies}人，出席{present}人，赞成{yes}票，须{limit.number}票：{verdict}"
    citation = limit.citation if held else quorum(deputies, on).citation
    return VoteOutcome(passed, limit.number, yes, deputies, formula, citation, ALL_DEPUTIES_NOTE)


@rule("thresholds.motion_signers", "代表议案联名人数", cites=[("organic_law", "motion")])
def motion_signers(on: date, level: Level = "township") -> Threshold:
    """Five deputies may jointly bring a motion in a township congress, ten in a county's."""
    number = MOTION_SIGNERS[level]
    return Threshold(number, f"代表{number}人以上联名", cite("organic_law", "motion", on))


@rule(
    "thresholds.check_motion",
    "检查代表议案的联名与内容",
    cites=[
        ("organic_law", "motion"),
        ("deputies_law", "motion_content"),
        ("shandong_township_rules", "motion.closing_day"),
    ],
)
def check_motion(
    signers: int,
    on: date,
    submitted_on: date | None = None,
    closing_on: date | None = None,
    has_plan: bool = True,
    level: Level = "township",
    pack: PackLike = "national",
) -> tuple[Finding, ...]:
    """Findings for too few signers, a motion without 案由、案据和方案, or one handed in after the presidium's closing day.

    The closing day blocks only where a local text has it (山东, 重庆); the national law has none.
    """
    findings = []
    limit = motion_signers(on, level)
    if signers < limit.number:
        name = LEVEL_NAMES[level]
        message = f"{name}人大代表议案须{limit.number}人以上联名，现有{signers}人；可改作代表建议提出"
        findings.append(Finding("motion.too_few_signers", message, limit.citation))
    if not has_plan:
        message = "议案应当有案由、案据和方案"
        findings.append(Finding("motion.incomplete", message, cite("deputies_law", "motion_content", on)))
    if submitted_on and closing_on and submitted_on > closing_on:
        message = "议案在主席团决定的截止日期之后提出，可转作代表建议或者留待下次会议"
        closing = find_pack(pack).value("motion.closing_day", on)
        findings.append(finding_of(closing, "motion.after_closing", message))
    return tuple(findings)


@rule("thresholds.motion_withdrawal", "撤回代表议案", cites=[("organic_law", "motion_withdrawal")])
def motion_withdrawal(
    remaining_signers: int, on: date, voted: bool, presidium_agrees: bool, pack: PackLike = "national"
) -> tuple[Finding, ...]:
    """Why a motion cannot be withdrawn: put to the vote, no consent, or five signers who insist (山东办法 9)."""
    citation = cite("organic_law", "motion_withdrawal", on)
    findings = []
    if voted:
        findings.append(Finding("motion.already_voted", "议案已交付表决，不能撤回", citation))
    if not presidium_agrees:
        findings.append(Finding("motion.no_consent", "撤回列入议程的议案须经主席团同意", citation))
    insist = find_pack(pack).value("motion.insist", on)
    if isinstance(insist.value, int) and insist.citation and remaining_signers >= insist.value:
        message = f"坚持提出的代表仍有{remaining_signers}人（不少于{insist.value}人），审议继续进行"
        findings.append(Finding("motion.signers_insist", message, insist.citation))
    return tuple(findings)


@rule(
    "thresholds.interpellation_signers",
    "质询案联名人数",
    cites=[("organic_law", "interpellation"), ("beijing_township_rules", "interpellation.small_congress")],
)
def interpellation_signers(deputies: int, on: date, pack: PackLike = "national") -> Threshold:
    """Ten deputies; in Beijing one fifth suffices where there are forty deputies or fewer (8 of 40, 7 of 33)."""
    _positive(deputies, "代表人数")
    small = find_pack(pack).value("interpellation.small_congress", on)
    fifth = share_up(deputies, 1, 5)
    if isinstance(small.value, int) and small.citation and deputies <= small.value and fifth < INTERPELLATION_SIGNERS:
        formula = f"代表{deputies}人（不超过{small.value}人），五分之一 = {fifth}人"
        return Threshold(fifth, formula, small.citation)
    formula = f"代表{INTERPELLATION_SIGNERS}人以上联名"
    return Threshold(INTERPELLATION_SIGNERS, formula, cite("organic_law", "interpellation", on))


@rule(
    "thresholds.check_interpellation",
    "检查质询案",
    cites=[
        ("organic_law", "interpellation"),
        ("deputies_law", "interpellation"),
        ("chongqing_township_rules", "interpellation.departments"),
    ],
)
def check_interpellation(
    signers: int,
    deputies: int,
    on: date,
    addressee: Addressee = "government",
    has_target_question_content: bool = True,
    pack: PackLike = "national",
) -> tuple[Finding, ...]:
    """Findings for too few signers, an addressee the law does not name, or missing contents: it is the township government,
    in 重庆 its departments too, which is told beside the narrower texts."""
    limit = interpellation_signers(deputies, on, pack)
    findings = []
    if signers < limit.number:
        message = f"质询案须{limit.number}人以上联名，现有{signers}人"
        findings.append(Finding("interpellation.too_few_signers", message, limit.citation))
    departments = find_pack(pack).value("interpellation.departments", on)
    if addressee == "other" or (addressee == "department" and not departments.value):
        target = departments.citation or cite("deputies_law", "interpellation", on)
        message = f"乡镇人大代表的质询案只能对本级人民政府{'及其所属工作部门' if departments.value else ''}提出"
        findings.append(Finding("interpellation.addressee", message, target))
    elif addressee == "department":
        message = f"代表法和重庆代表法办法第十五条写的是对本级人民政府提出；对工作部门提出的依据是{departments.citation}，请主席团确认"
        national = cite("deputies_law", "interpellation", on)
        findings.append(Finding("interpellation.department", message, national, blocking=False))
    if not has_target_question_content:
        message = "质询案应当写明质询对象、质询的问题和内容"
        findings.append(Finding("interpellation.incomplete", message, cite("organic_law", "interpellation", on)))
    return tuple(findings)


@rule("thresholds.reply_again", "质询案要求再作答复", cites=[("deputies_law", "interpellation_again")])
def reply_again(dissatisfied: int, signers: int, on: date) -> VoteOutcome:
    """Half or more of the signers dissatisfied may ask for a second answer (半数以上 includes exactly half)."""
    _positive(signers, "提案代表人数")
    if not 0 <= dissatisfied <= signers:
        raise ValueError("不满意人数应在零与提案人数之间")
    needed = share_up(signers, 1, 2)
    formula = f"提案代表{signers}人的半数以上（含半数）= {needed}人，不满意{dissatisfied}人"
    citation = cite("deputies_law", "interpellation_again", on)
    return VoteOutcome(2 * dissatisfied >= signers, needed, dissatisfied, signers, formula, citation)


@rule("thresholds.nomination_signers", "代表联名提名国家机关领导人员", cites=[("organic_law", "nomination")])
def nomination_signers(on: date) -> Threshold:
    """Ten deputies in writing may nominate chair, vice chairs, township head and deputy heads."""
    formula = f"代表{NOMINATION_SIGNERS}人以上书面联名"
    return Threshold(NOMINATION_SIGNERS, formula, cite("organic_law", "nomination", on))


@rule("thresholds.recall_officers_signers", "罢免案联名人数", cites=[("organic_law", "recall_officers")])
def recall_officers_signers(deputies: int, on: date) -> Threshold:
    """One fifth of the deputies, rounded up, may bring a recall motion against officers (61 → 13)."""
    _positive(deputies, "代表人数")
    number = share_up(deputies, 1, 5)
    return Threshold(number, _fifth(deputies, number), cite("organic_law", "recall_officers", on))


@rule("thresholds.temporary_session_signers", "提议临时召集会议人数", cites=[("organic_law", "temporary_session")])
def temporary_session_signers(deputies: int, on: date) -> Threshold:
    """One fifth of the deputies, rounded up, may propose a temporary session."""
    _positive(deputies, "代表人数")
    number = share_up(deputies, 1, 5)
    return Threshold(number, _fifth(deputies, number), cite("organic_law", "temporary_session", on))


def _fifth(deputies: int, number: int) -> str:
    return f"{deputies}人的五分之一（不足一人进一）= {number}人"


@rule("thresholds.recall_deputy_signers", "选民要求罢免代表的联名人数", cites=[("election_law", "recall_demand")])
def recall_deputy_signers(on: date, level: Level = "township") -> Threshold:
    """Thirty voters of the original district, fifty for a county deputy; in writing to the county standing committee."""
    number = RECALL_SIGNERS[level]
    formula = f"原选区选民{number}人以上联名，向县级人大常委会书面提出"
    return Threshold(number, formula, cite("election_law", "recall_demand", on))


@rule("thresholds.recall_deputy_passes", "罢免代表的表决", cites=[("election_law", "recall_vote")])
def recall_deputy_passes(yes: int, voters: int, on: date) -> VoteOutcome:
    """More than half of ALL voters of the district, not of those who came."""
    _positive(voters, "选区选民人数")
    if not 0 <= yes <= voters:
        raise ValueError("赞成票数应在零与选民人数之间")
    needed = more_than_half(voters)
    formula = f"原选区选民{voters}人的过半数 = {needed}人，赞成{yes}人"
    return VoteOutcome(2 * yes > voters, needed, yes, voters, formula, cite("election_law", "recall_vote", on))


@rule(
    "thresholds.presidium_vote",
    "主席团会议的出席与表决",
    cites=[
        ("zhejiang_township_rules", "presidium.majority_present"),
        ("chongqing_township_rules", "presidium.majority_of_all"),
        ("shandong_township_rules", "presidium.majority_of_all"),
    ],
)
def presidium_vote(
    members: int, present: int, on: date, yes: int | None = None, pack: PackLike = "national"
) -> tuple[Finding, ...]:
    """Findings when half or fewer members are present or agree; blocking only where a local rule says so.

    The national law has no quorum of the presidium, so elsewhere it is practice. `yes` None: nothing was put to the vote.
    """
    _positive(members, "主席团成员人数")
    if present > members or (yes or 0) > present:
        raise ValueError("到会人数不能多于主席团成员，同意人数不能多于到会人数")
    place = find_pack(pack)
    needed = more_than_half(members)
    findings = []
    if 2 * present <= members:
        value = place.value("presidium.majority_present", on)
        message = f"主席团会议须全体成员{members}人的过半数（{needed}人）出席，到会{present}人"
        findings.append(finding_of(value, "presidium.no_quorum", message))
    if yes is not None and 2 * yes <= members:
        value = place.value("presidium.majority_of_all", on)
        message = f"主席团决定须全体成员{members}人的过半数（{needed}人）同意，同意{yes}人"
        findings.append(finding_of(value, "presidium.not_passed", message))
    return tuple(findings)
