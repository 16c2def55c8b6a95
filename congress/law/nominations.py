"""What the law asks of who is named, of what they declare, and of the bodies that name them (选举法 4、30、35、48)."""

from datetime import date
from typing import Literal

from congress.law.elections import voting_age
from congress.law.finding import PRACTICE, Finding
from congress.law.numerals import chinese_date
from congress.law.provinces import PackLike
from congress.law.provinces import pack as find_pack
from congress.law.registry import rule
from congress.law.sources import cite


@rule(
    "nominations.check_nominee",
    "检查被推荐人的法定条件",
    cites=[("election_law", "voting_age"), ("election_law", "deprived"), ("election_law", "foreign_funding")],
)
def check_nominee(
    born: date, election_day: date, not_citizen: bool = False, deprived: bool = False, funded: bool = False
) -> tuple[Finding, ...]:
    """The conditions of the law, and no others: a citizen, eighteen on election day, not deprived of political rights, without
    foreign funding. Whatever a place asks beyond them (so many years' residence) is advice and no condition."""
    found = []
    age = voting_age(born, election_day)
    if not age.eligible:
        message = f"选举日{chinese_date(election_day)}不满十八周岁（{chinese_date(age.turns_18_on)}年满），没有被选举权"
        found.append(Finding("nominee.age", message, age.citation))
    elif age.needs_human:
        found.append(Finding("nominee.age_disputed", age.note, age.citation, blocking=False))
    if not_citizen:
        message = "不是中华人民共和国公民，没有被选举权"
        found.append(Finding("nominee.nationality", message, cite("election_law", "voting_age", election_day)))
    if deprived:
        message = "依照法律被剥夺政治权利，没有被选举权"
        found.append(Finding("nominee.deprived", message, cite("election_law", "deprived", election_day)))
    if funded:
        message = "接受境外机构、组织、个人与选举有关的资助，不列入代表候选人名单；已经列入的从名单中除名"
        found.append(Finding("nominee.funded", message, cite("election_law", "foreign_funding", election_day)))
    return tuple(found)


@rule(
    "nominations.check_declaration",
    "检查被推荐人的声明",
    cites=[("election_law", "nomination")],
)
def check_declaration(on: date, declared: bool, foreign_residence: bool = False) -> tuple[Finding, ...]:
    """What a declaration leaves to be done: nothing of it takes anybody off the list.

    Particulars are given by the nominee (选举法30); a residence permit abroad is asked by practice and told, because no
    article forbids it. Seats elsewhere: `deputies.two_congresses`.
    """
    found = []
    if not declared:
        message = "本人还没有签字声明兼任代表、国（境）外居留许可和境外资助的情况"
        found.append(Finding("nominee.undeclared", message, cite("election_law", "nomination", on), blocking=False))
    if foreign_residence:
        message = "取得国（境）外长期居留许可：法律没有规定不得提名，请如实介绍，按当地要求办理"
        found.append(Finding("nominee.residence", message, None, blocking=False, force=PRACTICE))
    return tuple(found)


Rank = Literal["county", "township", "district"]


@rule("nominations.check_body", "检查推荐的政党、人民团体的级别", cites=[("election_law", "nomination")])
def check_body(level: Literal["township", "county"], rank: Rank, on: date) -> tuple[Finding, ...]:
    """Who names for the township's seats: the township's parties and bodies, and those inside the district; for the county's
    seats the county's as well. Settled in practice; the article itself names no level."""
    if level == "county" or rank != "county":
        return ()
    message = "乡级人大代表候选人由乡级的政党、人民团体和选区内的组织推荐，县级的不推荐"
    return (Finding("nomination.body_rank", message, cite("election_law", "nomination", on), force=PRACTICE),)


@rule(
    "nominations.check_told",
    "应当向选民通报的情况",
    cites=[("election_law", "nomination"), ("shanghai_election_rules", "election.declined_told")],
)
def check_told(on: date, untrue: bool, declined: bool, told: bool, pack: PackLike = "national") -> tuple[Finding, ...]:
    """Untrue particulars are told to the voters, not deleted; 上海 also tells that somebody did not accept."""
    if told:
        return ()
    found = []
    if untrue:
        message = "提供的基本情况不实，应当向选民通报；名单不因此改动"
        found.append(Finding("nominee.untrue", message, cite("election_law", "nomination", on), blocking=False))
    value = find_pack(pack).value("election.declined_told", on)
    if declined and value.value and value.citation:
        message = "本人不接受推荐，应当向选民通报"
        found.append(Finding("nominee.declined", message, value.citation, blocking=False))
    return tuple(found)
