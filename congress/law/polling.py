"""Rules of an election that provinces settle: preliminary vote, order of names, polling days, boxes, committee, review."""

from dataclasses import dataclass
from datetime import date

from congress.law.finding import Citation, Finding
from congress.law.numerals import chinese_date
from congress.law.provinces import NATIONAL, PackLike
from congress.law.provinces import pack as find_pack
from congress.law.registry import rule
from congress.law.sources import cite
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
    citation: Citation
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
    without a preliminary vote.
    """
    value = find_pack(pack).value("election.order_after_preliminary", on)
    citation = value.citation or cite("direct_election_rules", "order_after_preliminary", on)
    if not after_preliminary:
        if value.force == NATIONAL:
            citation = cite("election_law", "publish_final_candidates", on)
        note = "未经预选的名单按姓名笔画排列，是各地细则和惯例的做法"
        return NameOrder(False, "按姓名笔画", citation, note)
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
    citation = value.citation or cite("election_law", "announce_result", on)
    if last_day < election_day:
        return (Finding("polling.ends_before", "投票结束日早于选举日", citation),)
    days = (last_day - election_day).days + 1
    if isinstance(value.value, int) and days > value.value:
        message = f"投票{days}天，多于一般的{value.value}天"
        return (Finding("polling.too_long", message, citation, blocking=False),)
    if days > 1 and value.value is None:
        message = f"投票持续{days}天；未收录本地关于多日投票的规定，请核对"
        return (Finding("polling.several_days", message, citation, blocking=False),)
    return ()


@rule(
    "polling.check_mobile_box",
    "流动票箱",
    cites=[("election_law", "mobile_box"), ("zhejiang_election_rules", "election.mobile_box_monitors")],
)
def check_mobile_box(monitors: int, voters_signed: bool, on: date, pack: PackLike = "national") -> tuple[Finding, ...]:
    """Two monitors with each mobile box where a local rule is held; 上海 also wants a signed register of its voters."""
    place = find_pack(pack)
    needed, register = place.value("election.mobile_box_monitors", on), place.value("election.mobile_box_register", on)
    findings = []
    if isinstance(needed.value, int) and needed.citation and monitors < needed.value:
        message = f"流动票箱监票人{monitors}名，应有{needed.value}名以上"
        findings.append(Finding("mobile_box.monitors", message, needed.citation))
    elif needed.value is None and monitors < 1:
        message = "流动票箱应当有监票人负责"
        findings.append(Finding("mobile_box.monitors", message, cite("election_law", "count_check", on)))
    if register.value and register.citation and not voters_signed:
        message = "在流动票箱投票的选民应当登记造册并由本人签名或者盖章"
        findings.append(Finding("mobile_box.register", message, register.citation))
    return tuple(findings)


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
