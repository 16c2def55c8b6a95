"""The roll of voters: on which grounds it changes, what each needs, and how its numbers add up (选举法 4、5、27，若干规定)."""

from dataclasses import dataclass, replace
from datetime import date

from congress.law import elections
from congress.law.finding import Citation, Finding
from congress.law.numerals import chinese_date
from congress.law.periods import BeforeElection, before_election
from congress.law.provinces import PackLike
from congress.law.provinces import pack as find_pack
from congress.law.registry import rule
from congress.law.sources import cite

BODIES = {
    "court": "人民法院",
    "procuratorate": "人民检察院",
    "committee": "选举委员会",
    "police": "公安机关",
    "village": "村（居）民委员会",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which an entry of the roll ends or is corrected. `bodies` may decide it (keys of BODIES; empty where
    nobody has to); `of_person` grounds end every entry of the voter in the election work, the others one entry alone;
    `excludes` grounds keep the voter off the roll for a time."""

    key: str
    label: str
    law: str
    fact: str
    bodies: tuple[str, ...] = ()
    of_person: bool = True
    excludes: bool = False


# The closed list: nobody is taken off the roll on any other ground (选举法二十七).
_GROUNDS = (
    Ground("moved_out", "迁出", "election_law", "registration"),
    Ground("died", "死亡", "election_law", "registration"),
    Ground("deprived", "被剥夺政治权利", "election_law", "deprived", ("court",), excludes=True),
    Ground(
        "suspended",
        "停止行使选举权利",
        "direct_election_rules",
        "suspended_voting",
        ("procuratorate", "court"),
        excludes=True,
    ),
    Ground("unable", "不能行使选举权利", "election_law", "mental_illness", ("committee",), excludes=True),
    Ground("underage", "选举日未满十八周岁", "election_law", "voting_age"),
    Ground("transferred", "转到其他选区登记", "election_law", "registration", of_person=False),
    Ground("duplicate", "重复登记", "election_law", "one_vote", of_person=False),
    # Only what a decision on an objection or a judgement says: it is no ground of the office's own.
    Ground("mistaken", "不应列入", "election_law", "roll_appeal", ("committee", "court"), of_person=False),
    Ground("corrected", "更正姓名或者性别", "election_law", "registration", of_person=False),
)
GROUNDS: dict[str, Ground] = {one.key: one for one in _GROUNDS}


@rule(
    "roll.ground_citation",
    "选民册变动事由的依据",
    cites=[
        ("election_law", "registration"),
        ("election_law", "deprived"),
        ("election_law", "mental_illness"),
        ("election_law", "voting_age"),
        ("election_law", "one_vote"),
        ("election_law", "roll_appeal"),
        ("direct_election_rules", "suspended_voting"),
    ],
)
def ground_citation(kind: str, on: date) -> Citation:
    """The article a ground of the closed list rests on; anything else is no ground, "not registered last time" neither."""
    if kind not in GROUNDS:
        raise ValueError("法律没有规定这种除名事由")
    return cite(GROUNDS[kind].law, GROUNDS[kind].fact, on)


@rule(
    "roll.check_removal",
    "检查选民除名、不列入名单的依据",
    cites=[
        ("election_law", "registration"),
        ("election_law", "deprived"),
        ("election_law", "mental_illness"),
        ("direct_election_rules", "suspended_voting"),
        ("direct_election_rules", "mental_illness"),
        ("shanghai_election_rules", "election.mental_proof"),
        ("shanghai_election_rules", "election.intermittent"),
    ],
)
def check_removal(
    kind: str,
    on: date,
    body: str = "",
    paper: str = "",
    confirmed_on: date | None = None,
    proof: bool = False,
    intermittent: bool = False,
    pack: PackLike = "national",
) -> tuple[Finding, ...]:
    """What is missing before a voter may be taken off: the body that decides, its paper, the committee's confirmation.

    `proof`: whether a hospital's proof or the guardian's consent is there, where the province asks for it. Who is ill at
    times only (`intermittent`) stays on the roll and does not vote while ill.
    """
    citation, ground = ground_citation(kind, on), GROUNDS[kind]
    found = []
    if ground.bodies and body not in ground.bodies:
        named = "或者".join(BODIES[one] for one in ground.bodies)
        message = f"{ground.label}只能由{named}决定或者确认"
        found.append(Finding("removal.body", message, citation, field="body"))
    if not paper.strip() and kind not in ("underage", "corrected"):
        asked = "请填写决定文书的名称和文号" if ground.bodies else "请填写依据的材料"
        found.append(Finding("removal.paper", f"{ground.label}须有依据：{asked}", citation, field="paper"))
    if kind == "unable":
        found += _check_unable(confirmed_on, proof, on, pack, citation)
    if intermittent:
        basis = find_pack(pack).value("election.intermittent", on).citation or citation
        message = "间歇性精神病患者仍应列入名单，只在病发时经确认不行使选举权利"
        found.append(Finding("removal.intermittent", message, basis, field="intermittent"))
    return tuple(found)


def _check_unable(
    confirmed_on: date | None, proof: bool, on: date, pack: PackLike, citation: Citation
) -> list[Finding]:
    found = []
    if confirmed_on is None:
        message = "不能行使选举权利须经选举委员会确认，没有确认的仍应列入名单"
        found.append(Finding("removal.confirmed", message, citation, field="confirmed_on"))
    value = find_pack(pack).value("election.mental_proof", on)
    if value.value and not proof:
        message = "还应当有医院的证明或者监护人的同意"
        found.append(Finding("removal.proof", message, value.citation, field="proof"))
    return found


@rule(
    "roll.suspension_due",
    "停止行使选举权利的决定最迟何时送达",
    cites=[("shanghai_election_rules", "election.suspension_days"), ("direct_election_rules", "suspended_voting")],
)
def suspension_due(election_day: date, pack: PackLike = "national") -> BeforeElection | None:
    """上海: the decision reaches the committee five days before election day, both ways of counting; elsewhere no text held sets
    a day, and None is the answer. What a decision that came later is worth the text does not say."""
    value = find_pack(pack).value("election.suspension_days", election_day)
    if not isinstance(value.value, int) or value.citation is None:
        return None
    return replace(before_election(election_day, value.value), citation=value.citation)


@dataclass(frozen=True, slots=True)
class DueAgain:
    """Whether somebody kept off the roll is to be entered by election day, and why."""

    due: bool
    since: date | None
    message: str
    citation: Citation


@rule("roll.due_again", "恢复选举权利的人是否补登", cites=[("election_law", "registration")])
def due_again(until: date | None, election_day: date) -> DueAgain:
    """An exclusion ends by itself: from the day after its last day the voter is entered, where that is not after election
    day. Without a last day it goes on."""
    citation = cite("election_law", "registration", election_day)
    if until is None:
        return DueAgain(False, None, "还没有到期的日期，仍不列入", citation)
    since = date.fromordinal(until.toordinal() + 1)
    if since > election_day:
        return DueAgain(False, since, f"选举日{chinese_date(election_day)}仍在期内，不列入", citation)
    return DueAgain(True, since, f"{chinese_date(until)}期满，自次日起应予登记", citation)


@dataclass(frozen=True, slots=True)
class ComesOfAge:
    """Whether a voter has come of age between the last election day and this one."""

    newly_18: bool
    turned_18_on: date
    citation: Citation


@rule(
    "roll.newly_18",
    "是否上次选举后新满十八周岁",
    cites=[("election_law", "registration"), ("election_law", "voting_age")],
)
def newly_18(born: date, election_day: date, last_day: date | None = None) -> ComesOfAge:
    """Eighteen by this election day, and not yet on the last one: both days count, and not the days of registration."""
    now = elections.voting_age(born, election_day)
    before = last_day is not None and elections.voting_age(born, last_day).eligible
    citation = cite("election_law", "registration", election_day)
    return ComesOfAge(now.eligible and not before, now.turns_18_on, citation)


@dataclass(frozen=True, slots=True)
class Total:
    """What a roll comes to, as a formula for people."""

    total: int
    formula: str
    citation: Citation


@rule("roll.total", "选民册人数的等式", cites=[("election_law", "registration")])
def total(
    previous: int,
    on: date,
    newly_18: int = 0,
    restored: int = 0,
    moved_in: int = 0,
    outside: int = 0,
    other_added: int = 0,
    moved_out: int = 0,
    transferred: int = 0,
    died: int = 0,
    deprived: int = 0,
    suspended: int = 0,
    unable: int = 0,
    other_removed: int = 0,
) -> Total:
    """Registered = carried over + newly 18 + restored + moved in … − moved out − died − deprived …, persons."""
    plus = {
        "新满十八周岁": newly_18,
        "恢复": restored,
        "迁入": moved_in,
        "外来持证": outside,
        "其他增加": other_added,
    }
    minus = {
        "迁出": moved_out,
        "转出": transferred,
        "死亡": died,
        "剥夺": deprived,
        "停止行使": suspended,
        "不能行使": unable,
        "其他减少": other_removed,
    }
    if min(previous, *plus.values(), *minus.values()) < 0:
        raise ValueError("人数不能为负")
    came = previous + sum(plus.values()) - sum(minus.values())
    words = f"结转{previous}" + "".join(f" + {word}{number}" for word, number in plus.items() if number)
    words += "".join(f" − {word}{number}" for word, number in minus.items() if number)
    return Total(came, f"{words} = {came}", cite("election_law", "registration", on))


@rule(
    "roll.check_outsider",
    "外来人员在现居住地登记的材料",
    cites=[("direct_election_rules", "moved_voters"), ("zhejiang_election_rules", "election.outsider_papers")],
)
def check_outsider(
    has_certificate: bool, has_permit: bool, on: date, pack: PackLike = "national"
) -> tuple[Finding, ...]:
    """Which paper is missing: everywhere the certificate of the old district, and the residence permit where the province
    asks for it; without them the voter is registered at the place of the household."""
    value = find_pack(pack).value("election.outsider_papers", on)
    found = []
    if not has_certificate:
        message = "还没有取得原选区的选民资格证明，应在户籍所在地选区登记"
        found.append(Finding("outsider.certificate", message, value.citation, field="certificate"))
    if value.value == "permit_and_certificate" and not has_permit:
        message = "还没有居住证，应在户籍所在地选区登记"
        found.append(Finding("outsider.permit", message, value.citation, field="permit"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Place:
    """Where, and at which levels, somebody in a special situation is registered; `levels` is both, county or choice."""

    levels: str
    words: str
    citation: Citation


SITUATIONS = {
    "imprisoned": "服刑，没有附加剥夺政治权利",
    "detained": "被羁押受审，没有决定停止行使",
    "bail": "取保候审、监视居住",
    "custody": "受拘留处罚",
    "abroad": "旅居国外，选举期间在国内",
    "outside_unit": "驻本地的上级单位职工",
}


@rule(
    "roll.place_of",
    "特殊情形的选民在哪里登记",
    cites=[
        ("direct_election_rules", "may_vote"),
        ("direct_election_rules", "outside_units"),
        ("election_law", "abroad"),
        ("zhejiang_election_rules", "election.prison_district"),
        ("shandong_election_rules", "election.outside_units"),
    ],
)
def place_of(situation: str, on: date, pack: PackLike = "national") -> Place:
    """Prisoners and detained who are not deprived vote; who is home from abroad may; the staff of higher units vote for the
    county's congress, and by province may or may not vote for the township's as well."""
    if situation not in SITUATIONS:
        raise ValueError("没有这种情形")
    place = find_pack(pack)
    if situation == "abroad":
        return Place("both", "可以参加原籍地或者出国前居住地的选举", cite("election_law", "abroad", on))
    if situation == "outside_unit":
        value = place.value("election.outside_units", on)
        only = value.value == "only"
        words = "只参加县级选举" if only else "可以只参加县级选举，不参加乡镇选举"
        return Place(
            "county" if only else "choice", words, value.citation or cite("direct_election_rules", "outside_units", on)
        )
    value = place.value("election.prison_district", on)
    if situation == "imprisoned" and value.citation:
        words = "准予行使选举权利，在执行地所在选区登记"
        return Place("both", words, value.citation)
    words = "准予行使选举权利；可以在流动票箱投票或者委托投票，由选举委员会和执行机关共同决定"
    return Place("both", words, cite("direct_election_rules", "may_vote", on))
