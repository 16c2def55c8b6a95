"""The day of voting and what provinces settle: preliminary vote, order of names, proxies, staff, boxes, committee, review."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from congress.law.finding import PRACTICE, Citation, Finding
from congress.law.numerals import chinese_date
from congress.law.provinces import NATIONAL, PackLike, Value, finding_of
from congress.law.provinces import pack as find_pack
from congress.law.proxies import PROXIES_PER_PERSON, check_total
from congress.law.registry import rule
from congress.law.sessions import first_session_due
from congress.law.sources import cite
from congress.law.suggestions import Due
from congress.law.thresholds import share_up


@rule(
    "polling.check_preliminary",
    "预选参加人数",
    cites=[("beijing_election_rules", "election.preliminary_turnout"), ("election_law", "preliminary_election")],
)
def check_preliminary(took_part: int, registered: int, on: date, pack: PackLike = "national") -> tuple[Finding, ...]:
    """北京: at least one third of the district's voters in a preliminary vote; elsewhere no number is held."""
    if not 0 <= took_part <= registered:
        raise ValueError("参加预选人数应在零与选民人数之间")
    share = find_pack(pack).value("election.preliminary_turnout", on)
    if not isinstance(share.value, int) or share.citation is None:
        return ()
    needed = share_up(registered, 1, share.value)
    if took_part >= needed:
        return ()
    message = f"参加预选{took_part}人，不足选民{registered}人的三分之一（须{needed}人）"
    return (Finding("preliminary.turnout", message, share.citation),)


@dataclass(frozen=True, slots=True)
class NameOrder:
    """How names stand on a list of candidates: by strokes of the name, or by votes of the preliminary vote."""

    by_votes: bool
    label: str
    citation: Citation | None
    note: str = ""


@rule(
    "polling.name_order",
    "候选人名单的排列",
    cites=[
        ("direct_election_rules", "order_after_preliminary"),
        ("zhejiang_election_rules", "election.order_after_preliminary"),
    ],
)
def name_order(after_preliminary: bool, on: date, pack: PackLike = "national") -> NameOrder:
    """By strokes, and after a preliminary vote by votes (1983 rules, tenth); 浙江 keeps strokes even then.

    The order by strokes is a rule of the provinces and of custom; the national text says nothing for lists made
    without a preliminary vote, so nothing is cited for them where no local text is held.
    """
    value = find_pack(pack).value("election.order_after_preliminary", on)
    citation = value.citation or cite("direct_election_rules", "order_after_preliminary", on)
    if not after_preliminary:
        local = None if value.force == NATIONAL else citation
        note = "未经预选的名单按姓名笔画排列，是各地细则和惯例的做法"
        return NameOrder(False, "按姓名笔画", local, note)
    if value.value == "strokes":
        note = "地方细则预选后仍按姓名笔画；1983年若干规定写的是按得票多少，两者不一致，此处依地方细则"
        return NameOrder(False, "按姓名笔画", citation, note)
    return NameOrder(True, "按预选得票多少，票数相等的按姓名笔画", citation)


@rule(
    "polling.check_polling_days",
    "投票日期",
    cites=[("shanghai_election_rules", "election.voting_days_max"), ("election_law", "voting_age")],
)
def check_polling_days(
    election_day: date, last_day: date, on: date, pack: PackLike = "national"
) -> tuple[Finding, ...]:
    """Voting begins on election day; 上海 allows one to three days. Age and deadlines stay tied to election day."""
    value = find_pack(pack).value("election.voting_days_max", on)
    if last_day < election_day:
        return (Finding("polling.ends_before", "投票结束日早于选举日", None),)
    days = (last_day - election_day).days + 1
    if isinstance(value.value, int) and days > value.value:
        message = f"投票{days}天，多于一般的{value.value}天"
        return (finding_of(value, "polling.too_long", message, blocking=False),)
    if days > 1 and value.value is None:
        message = f"投票持续{days}天；未收录本地关于多日投票的规定，请核对"
        return (finding_of(value, "polling.several_days", message, blocking=False),)
    return ()


ProxyForm = Literal["written", "verifiable", "other"]


@dataclass(frozen=True, slots=True)
class Proxy:
    """Somebody who votes for others: how many, whether a registered voter, a relative with the vote, of this district."""

    held: int
    voter: bool = True
    relative_with_vote: bool = False
    same_district: bool = True


@rule(
    "polling.check_proxies",
    "检查委托投票",
    cites=[
        ("election_law", "proxy"),
        ("direct_election_rules", "proxy_relatives"),
        ("direct_election_rules", "may_vote_ways"),
        ("beijing_election_rules", "election.proxy_scope"),
        ("zhejiang_election_rules", "election.proxy_form"),
    ],
)
def check_proxies(
    proxies: tuple[Proxy, ...],
    attended: int | None,
    on: date,
    form: ProxyForm = "written",
    agreed: bool = True,
    detained: bool = False,
    pack: PackLike = "national",
) -> tuple[Finding, ...]:
    """Another voter, at most three each, in writing and agreed by the committee; 北京 within the district.

    浙江 takes letters, telefax and other verifiable ways, and relatives who have the vote; the rules of 1983 also name
    such relatives, which 选举法 42 does not, so elsewhere that is a warning. Who serves a sentence or is `detained`
    entrusts by 若干规定 5, which names such relatives and no district: what a place says of absent voters does not bind
    them. `attended` counts who came in person; None before the day.
    """
    citation = cite("election_law", "proxy", on)
    place = find_pack(pack)
    held = sum(proxy.held for proxy in proxies)
    findings = []
    over = sum(1 for proxy in proxies if proxy.held > PROXIES_PER_PERSON)
    if over:
        message = f"有{over}人接受的委托超过{PROXIES_PER_PERSON}人"
        findings.append(Finding("proxy.too_many", message, citation))
    if attended is not None:
        findings += check_total(held, attended, on)
    shape = place.value("election.proxy_form", on)
    if form == "other" or (form == "verifiable" and shape.value != "verifiable"):
        words = "信函、传真或者其他可查核的方式" if shape.value == "verifiable" else "书面"
        findings.append(finding_of(shape, "proxy.form", f"委托投票须以{words}委托"))
    if not agreed:
        findings.append(Finding("proxy.not_agreed", "委托投票须经选举委员会同意", citation))
    return (*findings, *_proxy_persons(proxies, on, place.value("election.proxy_scope", on), detained))


def _proxy_persons(proxies: tuple[Proxy, ...], on: date, scope: Value, detained: bool) -> list[Finding]:
    """Who may be a proxy, by the scope of the place; for the detained by that of the national rules."""
    citation = cite("election_law", "proxy", on)
    findings = []
    strangers = sum(1 for proxy in proxies if not proxy.voter and not proxy.relative_with_vote)
    if strangers:
        findings.append(Finding("proxy.no_voter", f"有{strangers}名受托人不是选民，只能委托其他选民", citation))
    if detained:
        return findings
    relatives = sum(1 for proxy in proxies if not proxy.voter and proxy.relative_with_vote)
    if relatives and scope.value != "voter_or_relative":
        message = f"有{relatives}名受托人是有选举权的亲属而不在本地选民名单；选举法写的是其他选民，请选举委员会确认"
        older = cite("direct_election_rules", "proxy_relatives", on)
        findings.append(Finding("proxy.relative", message, older, blocking=False))
    if scope.value == "same_district" and not all(proxy.same_district for proxy in proxies):
        findings.append(finding_of(scope, "proxy.other_district", "只能委托本选区的其他选民"))
    return findings


Relation = Literal["self", "spouse", "parent", "child", "sibling", "grandparent", "grandchild", "other"]
Role = Literal["counting", "host", "staff"]
_ROLE_LABELS = {"counting": "监票人、计票人", "host": "投票选举主持人", "staff": "选举工作人员"}


@rule(
    "polling.check_staff",
    "候选人及其近亲属能否担任工作人员",
    cites=[
        ("election_law", "relatives_barred"),
        ("civil_code_family", "close_relatives"),
        ("criminal_procedure_law", "close_relatives"),
        ("zhejiang_election_rules", "election.barred_roles"),
    ],
)
def check_staff(
    relation_to_candidate: Relation,
    role: Role,
    on: date,
    pack: PackLike = "national",
    elsewhere: bool = False,
) -> tuple[Finding, ...]:
    """Close relatives may not watch or count votes; several provinces bar more roles, and candidates themselves.

    选举法 43 speaks of relatives only: where no local text is held a candidate's own keeping away is practice. 近亲属 is
    read in the wider sense of 民法典 1045; for grandparents and grandchildren, whom the narrower one of 刑事诉讼法 108
    leaves out, the answer says so. To preside and to serve is forbidden in the candidate's own district (浙江 40、上海 39、
    山东 41: 本选区), so not to who works `elsewhere`; to watch and count there 选举法 43 alone forbids where the place's text
    speaks of the own district (浙江 40、北京 49).
    """
    if relation_to_candidate == "other" or (elsewhere and role != "counting"):
        return ()
    place = find_pack(pack)
    if elsewhere and place.value("election.counting_own_district", on).value:
        place = find_pack()
    barred = place.value("election.barred_roles", on)
    if role not in str(barred.value).split(","):
        return ()
    who = "代表候选人" if relation_to_candidate == "self" else "代表候选人的近亲属"
    message = f"{who}不得担任{_ROLE_LABELS[role]}"
    if relation_to_candidate == "self" and barred.force == NATIONAL:
        message = f"代表候选人本人宜回避担任{_ROLE_LABELS[role]}；条文只写了近亲属"
        return (Finding("staff.candidate", message, barred.citation, blocking=False, force=PRACTICE),)
    findings = [finding_of(barred, "staff.barred", message)]
    if relation_to_candidate in ("grandparent", "grandchild"):
        message = "选举法没有写明近亲属的范围：本系统按民法典，包括祖孙；刑事诉讼法的近亲属不包括，请选举委员会确认"
        narrow = cite("criminal_procedure_law", "close_relatives", on)
        findings.append(Finding("staff.relatives_disputed", message, narrow, blocking=False))
    return tuple(findings)


@rule("polling.check_tellers", "监票、计票人员的产生", cites=[("election_law", "count_check")])
def check_tellers(chosen_by_voters: bool, on: date) -> tuple[Finding, ...]:
    """Who watches and counts is chosen by the voters, on the day itself as a rule: until then a warning that says so."""
    if chosen_by_voters:
        return ()
    message = "监票人、计票人由选民推选，不能只由选举委员会指定；推选以后登记推选的日期和方式"
    return (Finding("staff.tellers", message, cite("election_law", "count_check", on), blocking=False),)


@rule(
    "polling.check_mobile_box",
    "流动票箱",
    cites=[("election_law", "mobile_box"), ("zhejiang_election_rules", "election.mobile_box_monitors")],
)
def check_mobile_box(monitors: int, voters_signed: bool, on: date, pack: PackLike = "national") -> tuple[Finding, ...]:
    """Two monitors with each mobile box where a local rule is held, elsewhere one by practice (a warning).

    上海 also wants a register signed by the voters of the box.
    """
    place = find_pack(pack)
    needed, register = place.value("election.mobile_box_monitors", on), place.value("election.mobile_box_register", on)
    findings = []
    if isinstance(needed.value, int) and needed.citation and monitors < needed.value:
        message = f"流动票箱监票人{monitors}名，应有{needed.value}名以上"
        findings.append(finding_of(needed, "mobile_box.monitors", message))
    elif needed.value is None and monitors < 1:
        message = "流动票箱应当有监票人负责"
        findings.append(finding_of(needed, "mobile_box.monitors", message))
    if register.value and register.citation and not voters_signed:
        message = "在流动票箱投票的选民应当登记造册并由本人签名或者盖章"
        findings.append(Finding("mobile_box.register", message, register.citation))
    return tuple(findings)


MobileReason = Literal["unwell", "remote", "custody", "other"]
SMALL_UNIT = 20  # fewer ballots counted alone would show who voted how
MANY_MOBILE = 30  # per cent of a district's voters


@rule(
    "polling.check_mobile_voter",
    "在流动票箱投票的原因",
    cites=[("election_law", "mobile_box"), ("direct_election_rules", "may_vote")],
)
def check_mobile_voter(reason: MobileReason, on: date) -> tuple[Finding, ...]:
    """A warning for a reason 选举法 38 does not know: it names illness and the like, and scattered homes without transport. Who
    is detained and may vote does so as committee and prison agreed (1983 rules, fifth)."""
    if reason != "other":
        return ()
    message = (
        "选举法规定在流动票箱投票的，是因患有疾病等原因行动不便或者居住分散并且交通不便的选民；这个原因不在其中，请核对"
    )
    return (Finding("mobile_box.reason", message, cite("election_law", "mobile_box", on), blocking=False),)


@rule("polling.check_small_box", "人数少的票箱混合计票", cites=[("election_law", "secret_ballot")])
def check_small_box(voters: int, mixed: bool, on: date) -> tuple[Finding, ...]:
    """A box at which fewer than SMALL_UNIT vote is counted mixed with another: that the vote is secret is the law's, the number
    this system's. Raises ValueError for a negative number."""
    if voters < 0:
        raise ValueError("人数不能为负")
    if voters >= SMALL_UNIT:
        return ()
    then = "将与选定的票箱混合后计票" if mixed else "不能单独计票，请选与哪处的票箱混合"
    message = f"在这个票箱投票的只有{voters}人，不足{SMALL_UNIT}人，{then}，以保证无记名投票"
    return (Finding("mobile_box.small", message, cite("election_law", "secret_ballot", on), False, force=PRACTICE),)


@rule("polling.check_mobile_share", "流动票箱选民的比例", cites=[("election_law", "mobile_box")])
def check_mobile_share(mobile: int, registered: int, explained: bool, on: date) -> tuple[Finding, ...]:
    """A warning where more than MANY_MOBILE per cent of a district's voters use mobile boxes and nobody wrote why; the law sets no
    limit. Raises ValueError for numbers that cannot be."""
    if not 0 <= mobile <= registered:
        raise ValueError("流动票箱的选民应在零与登记选民之间")
    if 100 * mobile <= MANY_MOBILE * registered or explained:
        return ()
    message = f"在流动票箱投票的有{mobile}人，超过登记选民{registered}人的{MANY_MOBILE}%，请写明原因"
    return (Finding("mobile_box.share", message, cite("election_law", "mobile_box", on), False, force=PRACTICE),)


@rule(
    "polling.check_committee",
    "选举委员会人数",
    cites=[("election_law", "committee_appointed"), ("shanghai_election_rules", "election.committee_min")],
)
def check_committee(members: int, on: date, pack: PackLike = "national") -> tuple[Finding, ...]:
    """Warnings when the committee is outside the local size (上海 9–13, 山东 一般 9–15); the county appoints it."""
    place = find_pack(pack)
    low, high = place.value("election.committee_min", on), place.value("election.committee_max", on)
    if not isinstance(low.value, int) or not isinstance(high.value, int) or low.citation is None:
        return ()
    if low.value <= members <= high.value:
        return ()
    message = f"选举委员会{members}人，应为{low.value}至{high.value}人；由县级人大常委会任命"
    return (Finding("committee.size", message, low.citation, blocking=False),)


@rule(
    "polling.check_nomination_time",
    "提名的时间",
    cites=[
        ("shandong_election_rules", "election.nomination_after_roll"),
        ("shanghai_election_rules", "election.nomination_after_roll"),
    ],
)
def check_nomination_time(
    nominated_on: date, roll_published_on: date | None, on: date, pack: PackLike = "national"
) -> tuple[Finding, ...]:
    """山东 and 上海: nominations only after the roll of voters is published; elsewhere nothing is held."""
    value = find_pack(pack).value("election.nomination_after_roll", on)
    if not value.value or value.citation is None:
        return ()
    if roll_published_on is not None and nominated_on >= roll_published_on:
        return ()
    message = f"提名日{chinese_date(nominated_on)}在选民名单公布之前；应在公布后提名"
    return (Finding("nomination.before_roll", message, value.citation),)


@rule(
    "polling.check_party_share",
    "政党团体推荐的比例",
    cites=[("shanghai_election_rules", "election.party_share_percent"), ("election_law", "nomination_cap")],
)
def check_party_share(
    nominated_by_parties: int, seats: int, on: date, pack: PackLike = "national"
) -> tuple[Finding, ...]:
    """上海: candidates put up by parties and bodies generally not above twenty per cent of all seats (a warning)."""
    value = find_pack(pack).value("election.party_share_percent", on)
    if not isinstance(value.value, int) or value.citation is None:
        return ()
    if 100 * nominated_by_parties <= value.value * seats:
        return ()
    message = f"政党、人民团体推荐{nominated_by_parties}人，多于应选{seats}名的{value.value}%"
    return (Finding("nomination.party_share", message, value.citation, blocking=False),)


@rule(
    "polling.check_postponement",
    "选举日推迟后的选民登记",
    cites=[("election_law", "voting_age"), ("shandong_election_rules", "election.postponed_adds_eighteen")],
)
def check_postponement(
    original_day: date, new_day: date, newly_eighteen_registered: bool, on: date, pack: PackLike = "national"
) -> tuple[Finding, ...]:
    """After a postponement those who turn eighteen meanwhile are added, because age is counted to election day."""
    if new_day <= original_day or newly_eighteen_registered:
        return ()
    value = find_pack(pack).value("election.postponed_adds_eighteen", on)
    message = f"选举日推迟至{chinese_date(new_day)}，期间新满十八周岁的选民应予补登"
    return (Finding("postponed.add_eighteen", message, value.citation or cite("election_law", "voting_age", on)),)


@rule(
    "polling.check_review",
    "代表资格审查与公布",
    cites=[("election_law", "qualification_review"), ("organic_law", "credentials_committee")],
)
def check_review(
    reviewed_by_outgoing_committee: bool, published_on: date | None, first_session_on: date, on: date
) -> tuple[Finding, ...]:
    """The outgoing congress's committee reviews, its presidium confirms, the list is public before the first session."""
    findings = []
    if not reviewed_by_outgoing_committee:
        message = "新一届代表的资格由上届代表资格审查委员会审查，其职权行使至上届任期届满"
        findings.append(Finding("review.committee", message, cite("organic_law", "credentials_committee", on)))
    if published_on is None or published_on >= first_session_on:
        message = f"代表名单应当在{chinese_date(first_session_on)}第一次会议前公布"
        findings.append(Finding("review.not_published", message, cite("election_law", "qualification_review", on)))
    return tuple(findings)


@rule(
    "polling.publication_due",
    "公布代表名单的最迟日期",
    cites=[("election_law", "qualification_review"), ("organic_law", "first_session")],
)
def publication_due(completed_on: date, first_session_on: date | None = None) -> Due:
    """The list of deputies is public before the first session: the day before the one that is called, else before the last day
    on which it can be held, two months after the election was completed."""
    last = first_session_due(completed_on)
    before = first_session_on or last.date
    why = f"第一次会议{chinese_date(before)}举行" if first_session_on else f"{last.formula}，第一次会议最迟在这一天举行"
    day = before - timedelta(days=1)
    formula = f"{why}，代表名单在会议前公布，最迟{chinese_date(day)}"
    citation = cite("election_law", "qualification_review", completed_on)
    note = "法律没有规定会议前几日，宜留出通知代表的时间"
    return Due(day, formula, citation, "代表选举完成", completed_on, note=note, forward=False)
