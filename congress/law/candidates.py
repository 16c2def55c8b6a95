"""How the list of candidates comes about: consultation by voters' groups, preliminary vote, formal list, what a withdrawal leaves.

选举法 32 has three ways to the formal list: discussion where the nominees fit the margin, discussion by the opinion of the
greater number where they exceed it, a preliminary vote where no fairly common opinion forms. Names are compared as given.
"""

from dataclasses import dataclass
from datetime import date

from congress.law.elections import calendar, candidate_numbers
from congress.law.finding import PRACTICE, Citation, Finding
from congress.law.numerals import to_chinese
from congress.law.provinces import PackLike, finding_of
from congress.law.provinces import pack as find_pack
from congress.law.registry import rule
from congress.law.sources import cite


@rule(
    "candidates.check_formal_list",
    "正式候选人是否出自候选人名单",
    cites=[("election_law", "preliminary_election"), ("direct_election_rules", "no_alteration")],
)
def check_formal_list(listed: tuple[str, ...], formal: tuple[str, ...], on: date) -> tuple[Finding, ...]:
    """Who stands on the formal list stood on the published list of candidates: nobody comes in from outside it."""
    strangers = [name for name in formal if name not in listed]
    if not strangers:
        return ()
    message = f"{'、'.join(strangers)}不在公布的代表候选人名单上，不能列为正式候选人"
    return (Finding("formal.stranger", message, cite("election_law", "preliminary_election", on)),)


@rule(
    "candidates.check_preliminary_offered",
    "能否进行预选",
    cites=[("election_law", "preliminary_election"), ("election_law", "candidate_number")],
)
def check_preliminary_offered(seats: int, nominees: int, on: date) -> tuple[Finding, ...]:
    """A preliminary vote is held only where more are named than the margin allows; else the list is settled by discussion."""
    limit = candidate_numbers(seats, on)
    if nominees > limit.maximum:
        return ()
    message = f"候选人{nominees}名，没有超过最高差额（{limit.formula}），由选民小组讨论、协商确定，不进行预选"
    return (Finding("preliminary.not_needed", message, cite("election_law", "preliminary_election", on)),)


@rule(
    "candidates.check_preliminary_notice",
    "预选公告",
    cites=[
        ("zhejiang_election_rules", "election.preliminary_notice"),
        ("election_law", "preliminary_election"),
    ],
)
def check_preliminary_notice(
    noticed_on: date | None, held_on: date, on: date, pack: PackLike = "national"
) -> tuple[Finding, ...]:
    """A preliminary vote is announced beforehand: 浙江 asks the committee for it, elsewhere that the voters know of it is practice.

    `on` is election day. On the day of the vote itself the notice is not told to be late.
    """
    if noticed_on is not None and noticed_on <= held_on:
        return ()
    value = find_pack(pack).value("election.preliminary_notice", on)
    message = "预选前应当由选举委员会发布预选公告，告知选民预选的时间、方法、程序"
    return (finding_of(value, "preliminary.notice", message, field="noticed_on"),)


@rule(
    "candidates.check_consulted",
    "正式候选人名单的讨论、协商",
    cites=[("election_law", "preliminary_election"), ("election_law", "by_election")],
)
def check_consulted(
    seats: int,
    nominees: int,
    groups: int,
    agreed: tuple[bool, ...],
    preliminary: bool,
    on: date,
    by_election: bool = False,
) -> tuple[Finding, ...]:
    """Whether the formal list may close: the voters' groups discussed it, and where the nominees exceed the margin they came to
    a fairly common opinion or there was a preliminary vote.

    `groups` is the number of the district's voters' groups, `agreed` the last record of each group that has one, whether its
    opinion is fairly common. Whether groups of different minds make a common opinion the law does not say: the committee
    judges it, which the answer says. How seats that fell vacant are filled the provinces settle (选举法五十七): there the
    answers only remind.
    """
    citation = cite("election_law", "preliminary_election", on)
    found: list[Finding] = []
    if not agreed and not preliminary:
        message = "还没有选民小组讨论、协商的记录，正式候选人名单不能确定"
        return (Finding("formal.not_consulted", message, citation, blocking=not by_election),)
    if len(agreed) < groups and not preliminary:
        message = f"本选区{groups}个选民小组，有讨论、协商记录的{len(agreed)}个"
        found.append(Finding("formal.groups_missing", message, citation, blocking=False))
    if preliminary or nominees <= candidate_numbers(seats, on).maximum:
        return tuple(found)
    of_one_mind = sum(agreed)
    if not of_one_mind:
        message = "候选人超过最高差额，各小组没有形成较为一致的意见，应当进行预选"
        found.append(Finding("formal.preliminary_needed", message, citation, blocking=not by_election))
    elif of_one_mind < len(agreed):
        message = (
            f"{len(agreed)}个小组中有{of_one_mind}个形成较为一致的意见；合起来是否较为一致法律没有规定，由选举委员会判断，"
            "不一致的进行预选"
        )
        found.append(Finding("formal.divided", message, citation, blocking=False))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Cut:
    """Who the preliminary vote puts on the formal list (`fixed`, by votes), and who are level for `places` more (`tied`)."""

    fixed: tuple[str, ...]
    tied: tuple[str, ...]
    places: int
    citation: Citation
    note: str = ""


@rule("candidates.preliminary_cut", "预选结果确定的正式候选人", cites=[("election_law", "preliminary_election")])
def preliminary_cut(names: tuple[str, ...], votes: tuple[int, ...], size: int, on: date) -> Cut:
    """The first `size` by votes. A tie at the cut is settled by no law: those concerned are named, and people decide.

    Raises ValueError when names and votes are not the same number, or `size` is none.
    """
    if len(names) != len(votes) or size < 1:
        raise ValueError("姓名与得票应一一对应，名单人数至少为一")
    citation = cite("election_law", "preliminary_election", on)
    ranked = sorted(zip(names, votes, strict=True), key=lambda one: -one[1])
    if len(ranked) <= size or ranked[size - 1][1] > ranked[size][1]:
        return Cut(tuple(name for name, _ in ranked[:size]), (), 0, citation)
    level = ranked[size - 1][1]
    fixed = tuple(name for name, number in ranked if number > level)
    tied = tuple(name for name, number in ranked if number == level)
    note = (
        f"{'、'.join(tied)}预选得票相等（{level}票），只余{size - len(fixed)}名；法律没有规定预选票数相等怎样确定，"
        "由选举委员会决定并写明依据"
    )
    return Cut(fixed, tied, size - len(fixed), citation, note)


@rule(
    "candidates.after_leaving",
    "正式候选人退出以后的差额",
    cites=[
        ("election_law", "candidate_number"),
        ("election_law", "publish_final_candidates"),
        ("election_law", "by_election"),
        ("election_law", "committee_duties"),
        ("zhejiang_election_rules", "election.district_day_consent"),
        ("beijing_election_rules", "by_election.final_days"),
    ],
)
def after_leaving(
    seats: int, remaining: int, on: date, by_election: bool = False, pack: PackLike = "national"
) -> tuple[Finding, ...]:
    """An alarm when somebody left the formal list and the rest are fewer than the law wants, with the ways it leaves.

    `on` is the election day of the district. No law knows a substitute: nobody moves up by himself. A by-election may go on
    with as many candidates as seats. Where nobody is left there is nothing to vote on.
    """
    limit = candidate_numbers(seats, on)
    least = seats if by_election else limit.minimum
    if remaining >= least:
        return ()
    wanted, ground = f"{least}名（{limit.formula}）", limit.citation
    if by_election:
        wanted, ground = f"应选的{least}名", cite("election_law", "by_election", on)
    message = f"正式候选人只余{remaining}名，少于{wanted}；法律没有候补，不能自动递补"
    found = [Finding("leaving.no_surplus", message, ground)]
    again, ground = (
        "可以就公布的代表候选人名单上的其他人，再交选民小组讨论、协商，重新确定并公布正式候选人名单",
        cite("election_law", "publish_final_candidates", on),
    )
    for day in calendar(on, pack, by_election):
        if day.key == "publish_final_candidates":
            again, ground = f"{again}，公布的日期仍应在选举日的{to_chinese(day.days_before(on))}日以前", day.citation
    found.append(Finding("leaving.again", again, ground, blocking=False))
    consent = find_pack(pack).value("election.district_day_consent", on)
    ground = consent.citation or cite("election_law", "committee_duties", on)
    later = "来不及的，由选举委员会另定本选区的选举日，重新推算各步日期"
    found.append(Finding("leaving.later", later, ground, blocking=False))
    if not remaining:
        return tuple(found)
    silent = "不足差额能否照常投票，法律没有规定；请报县级选举委员会指导后决定，并留下书面答复"
    found.append(Finding("leaving.ask", silent, None, blocking=False, force=PRACTICE))
    return tuple(found)
