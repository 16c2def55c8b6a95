"""What is asked while an election is prepared: steps of the calendar, people per seat, a district that votes another day."""

from dataclasses import dataclass
from datetime import date

from congress.law.elections import CalendarDay, calendar
from congress.law.finding import PRACTICE, Citation, Finding
from congress.law.numerals import chinese_date
from congress.law.periods import BEFORE_DISPUTE, BeforeElection, findings_before
from congress.law.provinces import PackLike, finding_of
from congress.law.provinces import pack as find_pack
from congress.law.registry import rule
from congress.law.sources import cite
from congress.law.suggestions import Due

NOTABLE_PERCENT = 50


def _step(key: str, election_day: date, pack: PackLike, by_election: bool) -> CalendarDay | None:
    return next((day for day in calendar(election_day, pack, by_election) if day.key == key), None)


@rule(
    "campaigns.step_due",
    "选举日程步骤的最迟日期",
    cites=[
        ("election_law", "publish_roll"),
        ("election_law", "publish_candidates"),
        ("election_law", "publish_final_candidates"),
    ],
)
def step_due(key: str, election_day: date, pack: PackLike = "national", by_election: bool = False) -> Due | None:
    """The day to plan a legal step for: the strict one, which both readings of 以前 accept; the lenient one is told beside it.

    None for a step the law sets no day for.
    """
    step = _step(key, election_day, pack, by_election)
    if step is None:
        return None
    formula = (
        f"选举日{chinese_date(election_day)}的{step.days_before(election_day)}日以前：按满整日计算最迟"
        f"{chinese_date(step.strict)}，按减日计算最迟{chinese_date(step.lenient)}"
    )
    return Due(step.strict, formula, step.citation, "选举日", election_day, note=step.note, forward=False)


@rule(
    "campaigns.check_step",
    "检查选举日程步骤是否如期",
    cites=[
        ("election_law", "publish_roll"),
        ("election_law", "publish_candidates"),
        ("election_law", "publish_final_candidates"),
        ("zhejiang_election_rules", "by_election.roll_days"),
        ("beijing_election_rules", "by_election.final_days"),
    ],
)
def check_step(
    key: str, done_on: date, election_day: date, pack: PackLike = "national", by_election: bool = False
) -> tuple[Finding, ...]:
    """A blocking finding when a legal step came after the lenient day, a warning when after the strict one only."""
    step = _step(key, election_day, pack, by_election)
    if step is None:
        return ()
    days = step.days_before(election_day)
    limit = BeforeElection(election_day, days, step.lenient, step.strict, step.strict, BEFORE_DISPUTE, step.citation)
    return findings_before(limit, done_on)


@dataclass(frozen=True, slots=True)
class DistrictPeople:
    """A district as the committee divided it: its people, its seats, the voters registered there (None: not known yet)."""

    name: str
    population: int
    seats: int
    voters: int | None = None


@dataclass(frozen=True, slots=True)
class DistrictShare:
    """People per seat of a district beside those of the whole: both rounded down, their ratio in hundredths, rounded."""

    name: str
    people_per_seat: int
    mean: int
    ratio_hundredths: int
    findings: tuple[Finding, ...]
    citation: Citation


@rule(
    "campaigns.people_per_seat",
    "各选区每一代表所代表的人口数",
    cites=[("election_law", "equal_population"), ("election_law", "district_size")],
)
def people_per_seat(
    districts: tuple[DistrictPeople, ...], on: date, population: int = 0, seats: int = 0
) -> tuple[DistrictShare, ...]:
    """People per seat of every district side by side with the mean; it shows and does not judge.

    大体相等 has no number in the law: what differs by more than half of the mean is told as a warning that names its force.
    `population` and `seats` are those of the whole place; without them the districts given are the whole. More voters
    registered than people counted is a warning too (a works district, or a wrong number).
    """
    known = [one for one in districts if one.seats > 0]
    whole = population or sum(one.population for one in known)
    places = seats or sum(one.seats for one in known)
    if not whole or not places:
        return ()
    citation = cite("election_law", "equal_population", on)
    return tuple(_share(one, whole, places, citation) for one in known)


def _share(one: DistrictPeople, whole: int, places: int, citation: Citation) -> DistrictShare:
    # ratio = (population / seats) / (whole / places), in whole hundredths
    above, below = one.population * places, one.seats * whole
    ratio = (200 * above + below) // (2 * below)
    found = []
    if abs(ratio - 100) > NOTABLE_PERCENT:
        message = (
            f"{one.name}每名代表所代表的人口{one.population // one.seats}人，是平均数{whole // places}人的"
            f"{ratio // 100}.{ratio % 100:02d}倍；法律要求大体相等，没有规定限度，请核对划分方案并说明理由"
        )
        found.append(Finding("district.deviation", message, citation, blocking=False, force=PRACTICE))
    if one.voters is not None and one.voters > one.population:
        message = f"{one.name}登记选民{one.voters}人，多于人口{one.population}人，请核对人口数和登记地"
        found.append(Finding("district.voters", message, citation, blocking=False, force=PRACTICE))
    return DistrictShare(one.name, one.population // one.seats, whole // places, ratio, tuple(found), citation)


@rule(
    "campaigns.check_district_day",
    "个别选区提前或者推迟选举日",
    cites=[("zhejiang_election_rules", "election.district_day_consent"), ("election_law", "committee_duties")],
)
def check_district_day(consented: bool, on: date, pack: PackLike = "national") -> tuple[Finding, ...]:
    """A district votes on another day only with the consent of its level's committee (浙江), which elsewhere follows from
    the committee setting the day (选举法十一) and is a warning."""
    if consented:
        return ()
    value = find_pack(pack).value("election.district_day_consent", on)
    message = "个别选区提前或者推迟选举日，应当报请本级选举委员会同意；选区工作组不能自行决定"
    if value.value:
        return (finding_of(value, "district_day.no_consent", message),)
    citation = cite("election_law", "committee_duties", on)
    return (Finding("district_day.no_consent", message, citation, blocking=False),)


@rule(
    "campaigns.check_vacancy",
    "补选名额是否出缺",
    cites=[("election_law", "vacancy")],
)
def check_vacancy(filled: int, seats: int, holding: int, on: date, place: str = "") -> tuple[Finding, ...]:
    """A warning where a by-election fills more seats of a district than are vacant: who left has to be entered first."""
    vacant = max(seats - holding, 0)
    if filled <= vacant:
        return ()
    message = (
        f"{place}应选{seats}名，在任代表{holding}名，出缺{vacant}名，少于补选的{filled}名；补选的是因故出缺的名额，"
        "已经离任的请先登记代表资格终止"
    )
    return (Finding("vacancy.held", message, cite("election_law", "vacancy", on), blocking=False, field="seats"),)


@dataclass(frozen=True, slots=True)
class Leading:
    """Who leads a by-election where the province says so. `appointed`: a body is set up for it first; else it is an organ, or
    people, whom the law itself names."""

    words: str
    appointed: bool
    citation: Citation


_AGENCY = "补选机构"
_LEADING = {
    "常委会、主席团": ("由乡镇人大主席团主持", "由县级人大常委会主持"),
    "常委会派员，主席、副主席": ("由乡镇人大主席、副主席到原选区主持", "由县级人大常委会派有关负责人员到原选区主持"),
    _AGENCY: ("由区人大常委会领导下设立的补选机构主持",) * 2,
}


@rule(
    "campaigns.by_election_led_by",
    "补选由谁主持",
    cites=[
        ("election_law", "by_election"),
        ("zhejiang_election_rules", "by_election.led_by"),
        ("shandong_election_rules", "by_election.led_by"),
        ("beijing_election_rules", "by_election.led_by"),
    ],
)
def by_election_led_by(of_county: bool, on: date, pack: PackLike = "national") -> Leading | None:
    """Who leads a by-election of the county's or the township's congress, which the province says (选举法五十七); None where it
    says nothing: then an election committee, as in a general election."""
    value = find_pack(pack).value("by_election.led_by", on)
    if value.citation is None:
        return None
    return Leading(_LEADING[str(value.value)][of_county], value.value == _AGENCY, value.citation)
