"""The four gates of an election (四个关口) as check-lists of what is missing. Pure: facts in, lines out.

A line stops its gate only where the law is plain; what is local practice reminds. A gate that is not passed forbids nobody to
enter what has happened: it says what is missing, and by which article.
"""

from dataclasses import dataclass
from datetime import date

from congress.law.campaigns import Leading, check_step, step_due
from congress.law.elections import NOMINATION_VOTERS, check_district_totals
from congress.law.finding import Citation, Finding
from congress.law.provinces import PackLike
from congress.law.provinces import pack as find_pack
from congress.law.sources import cite

LOCAL = "工作要求，法律没有规定"


@dataclass(frozen=True)
class Check:
    """A line: what is asked, whether it is met, the article it rests on (or that it is local), whether it stops, and where
    what is missing is entered."""

    label: str
    met: bool
    ground: Citation | None = None
    stops: bool = False
    note: str = ""
    where: str = ""  # which page what is missing is entered on: a key of the view's

    @property
    def basis(self) -> str:
        """The article, or that no law asks for it."""
        return self.ground.brief if self.ground else LOCAL

    @property
    def state(self) -> tuple[str, str]:
        """As a word and its tone."""
        if self.met:
            return "具备", "good"
        return ("缺，应当补齐", "bad") if self.stops else ("缺，提醒", "warning")


@dataclass(frozen=True)
class Facts:
    """What is known of one level's election, for its gates."""

    election_day: date
    pack: PackLike = "national"
    by_election: bool = False
    own: bool = True
    led_by: Leading | None = None  # of a by-election, where the province says so
    appointed: bool = False
    appointment_paper: bool = False
    chair: bool = False
    committee_findings: tuple[Finding, ...] = ()
    office: bool = False
    day_decided: bool = False
    districts: int = 0
    seats: int = 0
    seats_decided: int = 0
    groups: int = 0
    led_groups: int = 0
    registered: int = 0
    waiting: int = 0
    open_appeals: int = 0
    untold: str = ""
    untrained: str = ""
    listed_on: date | None = None
    nominated_on: date | None = None
    final_on: date | None = None
    poll_decided: bool = False
    unplaced: str = ""
    result_decided: bool = False
    candidate_lists: bool = False  # lists of candidates are kept: their state is known by district
    unsettled: str = ""  # districts whose formal list is not closed by the law's ways
    untold_changes: str = ""  # districts with a list that changed and no notice tells it
    short: str = ""  # districts where too few are left on the formal list
    rules_fixed: bool = False
    late_meetings: str = ""  # districts where candidates were introduced on election day
    proxies_waiting: int = 0  # authorities the committee has not answered
    own_days: tuple[date, ...] = ()  # of districts that vote on another day than the level

    @property
    def leader(self) -> str:
        """Who decides, in words for a line."""
        return "主持补选的机关（机构）" if self.led_by else "选举委员会"

    @property
    def first_day(self) -> date:
        """When the first district votes."""
        return min((self.election_day, *self.own_days))

    @property
    def last_day(self) -> date:
        """When the last district votes."""
        return max((self.election_day, *self.own_days))


def _law(facts: Facts, fact: str) -> Citation:
    return cite("election_law", fact, facts.election_day)


def _step(facts: Facts, label: str, key: str, fact: str, done: date | None, where: str = "calendar") -> Check:
    """A step with a day set by law: done, and not later than the lenient day."""
    asked = step_due(key, facts.first_day, facts.pack, facts.by_election)
    ground = asked.citation if asked else _law(facts, fact)  # of a by-election the province's
    if done is None:
        return Check(label, False, ground, True, "还没有登记公布日期", where)
    found = check_step(key, done, facts.first_day, facts.pack, facts.by_election)
    late = any(one.blocking for one in found)
    return Check(label, not late, ground, True, "；".join(one.message for one in found), where)


def committee_gate(facts: Facts) -> tuple[Check, ...]:
    """选举组成人员关: who leads the election is lawfully appointed, complete, and no candidate."""
    findings = {one.code: one for one in facts.committee_findings}
    resign, size = findings.get("committee.must_resign"), findings.get("committee.size")
    office = cite("direct_election_rules", "committee_office", facts.election_day)
    return (
        *_led(facts, size),
        Check(
            "成为候选人的成员已辞去职务", resign is None, _law(facts, "committee_candidate"), True, where="committee"
        ),
        Check("设立办事机构", facts.office, office, where="teams"),
        Check(
            "业务培训覆盖各选区", facts.districts > 0 and not facts.untrained, note=facts.untrained, where="coverage"
        ),
    )


def _led(facts: Facts, size: Finding | None) -> tuple[Check, ...]:
    """Who leads is known: of a by-election who the province names, else a committee that is appointed and complete."""
    if facts.led_by:
        note = "" if facts.appointed else "还没有登记主持机关（机构），决定登记在它的名下"
        return (Check(f"补选{facts.led_by.words}", facts.appointed, facts.led_by.citation, True, note, "committee"),)
    words = "由县级人大常委会任命选举委员会" if facts.own else "受县级选举委员会委托（设分会）"
    ground = _law(facts, "committee_appointed" if facts.own else "committees")
    return (
        Check(words, facts.appointed, ground, True, where="committee"),
        Check("任命（委托）文件已登记", facts.appointment_paper, where="committee"),
        Check("选举委员会主任已登记", facts.chair or not facts.own, where="committee"),
        Check(
            "选举委员会人数符合本地规定",
            size is None,
            size.citation if size else None,
            note=size.message if size else "",
            where="committee",
        ),
    )


def roll_gate(facts: Facts) -> tuple[Check, ...]:
    """选民登记关: day and districts decided, voters registered, the list public in time, every appeal decided."""
    carried = check_district_totals(facts.districts, facts.seats_decided or facts.seats, facts.election_day)
    agree = not facts.seats_decided or facts.seats_decided == facts.seats
    waiting = f"还有{facts.waiting}人没有取得联系" if facts.waiting else ""
    led = f"{facts.led_groups}个有组长，共{facts.groups}个"
    return (
        Check(
            f"选举日已由{facts.leader}确定", facts.day_decided, _law(facts, "committee_duties"), True, where="committee"
        ),
        Check("选区已划分", facts.districts > 0, _law(facts, "committee_duties"), True, where="districts"),
        Check(
            "各选区应选一至三名",
            facts.districts > 0 and not carried,
            _law(facts, "district_size"),
            True,
            where="districts",
        ),
        Check(
            "各选区名额合计等于代表名额",
            facts.districts > 0 and agree,
            _law(facts, "seats_fixed_by_county"),
            note="" if agree else f"合计{facts.seats}名，决定{facts.seats_decided}名",
            where="districts",
        ),
        Check(
            "选民小组都有组长",
            facts.groups > 0 and facts.groups == facts.led_groups,
            note=led if facts.groups else "",
            where="groups",
        ),
        Check("宣传发动覆盖各选区", facts.districts > 0 and not facts.untold, note=facts.untold, where="coverage"),
        Check("选民已登记", facts.registered > 0, _law(facts, "registration"), True, where="roll"),
        Check("没有取得联系的都已核实", not facts.waiting, note=waiting, where="pool"),
        _step(facts, "选民名单按期公布", "publish_roll", "publish_roll", facts.listed_on, "list"),
        Check(
            "对选民名单的申诉都已作出决定",
            not facts.open_appeals,
            _law(facts, "roll_appeal"),
            True,
            f"还有{facts.open_appeals}件没有决定" if facts.open_appeals else "",
            "list",
        ),
    )


def candidates_gate(facts: Facts) -> tuple[Check, ...]:
    """代表候选人确定关: the first list and the final one public in time, nobody of the committee among them."""
    resign = any(one.code == "committee.must_resign" for one in facts.committee_findings)
    asked = step_due("publish_candidates", facts.election_day, facts.pack, facts.by_election)
    where = "candidates" if facts.candidate_lists else "calendar"
    final = "publish_final_candidates"
    after_roll = find_pack(facts.pack).value("election.nomination_after_roll", facts.election_day).citation
    first = _step(
        facts, "初步候选人名单按期公布", "publish_candidates", "publish_candidates", facts.nominated_on, where
    )
    return (
        Check(
            "提名推荐在选民名单公布之后进行",
            facts.listed_on is not None and (facts.nominated_on is None or facts.listed_on <= facts.nominated_on),
            after_roll,  # some provinces ask for it, elsewhere nothing held does
            stops=after_roll is not None,
            note=f"选民推荐须{NOMINATION_VOTERS}人以上联名，逐份核对",
            where="calendar",
        ),
        *((first,) if asked else ()),
        _step(facts, "正式候选人名单按期公布", final, final, facts.final_on, where),
        *(_lists(facts) if facts.candidate_lists else ()),
        Check("候选人都已辞去选举委员会职务", not resign, _law(facts, "committee_candidate"), True, where="committee"),
    )


def _lists(facts: Facts) -> tuple[Check, ...]:
    """What the lists of the districts themselves show: a total of the township proves nothing."""
    margin, final = _law(facts, "candidate_number"), _law(facts, "publish_final_candidates")
    asked = (
        ("各选区的正式候选人名单都依法定稿", facts.unsettled, final),
        ("候选人的退出、更正都已公告", facts.untold_changes, final),
        ("退出以后各选区仍有差额", facts.short, margin),
    )
    return tuple(Check(label, not places, ground, True, places, "candidates") for label, places, ground in asked)


def poll_gate(facts: Facts, today: date) -> tuple[Check, ...]:
    """投票选举关: time, places and ways decided, introductions stopped, the result confirmed by the committee."""
    voted = today > facts.last_day
    return (
        Check("投票时间、地点和方式已决定", facts.poll_decided, _law(facts, "mobile_box"), True, where="committee"),
        Check(
            "各选区都设了投票站或者选举大会",
            facts.districts > 0 and not facts.unplaced,
            _law(facts, "mobile_box"),
            True,
            f"还没有设的：{facts.unplaced}" if facts.unplaced else "",
            "places",
        ),
        Check(
            "正式候选人名单已公布",
            facts.final_on is not None,
            _law(facts, "publish_final_candidates"),
            True,
            where="candidates" if facts.candidate_lists else "calendar",
        ),
        Check(
            "委托投票都已答复",
            not facts.proxies_waiting,
            _law(facts, "proxy"),
            note=f"还有{facts.proxies_waiting}份待同意" if facts.proxies_waiting else "",
            where="proxies",
        ),
        Check("选票认定办法已在选举日以前确定", facts.rules_fixed, where="rules"),
        Check(
            "已到选举日，候选人介绍已停止",
            today >= facts.election_day and not facts.late_meetings,
            _law(facts, "introduce_candidates"),
            note=f"选举日仍有介绍的：{facts.late_meetings}" if facts.late_meetings else "",
            where="candidates" if facts.late_meetings else "",
        ),
        Check(
            f"选举结果已由{facts.leader}确认",
            facts.result_decided,
            _law(facts, "committee_duties"),
            voted,
            "" if voted else "投票之后办理",
            "committee",
        ),
    )


def verdict(checks: tuple[Check, ...]) -> tuple[str, str]:
    """Whether a gate is passed, as a word and its tone."""
    missing = [one for one in checks if not one.met]
    if any(one.stops for one in missing):
        return f"还不能过关，缺{sum(one.stops for one in missing)}项", "bad"
    return (f"可以过关，有{len(missing)}项提醒", "warning") if missing else ("已过关", "good")
