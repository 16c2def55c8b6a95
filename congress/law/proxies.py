"""Who may vote through another, why and with whose consent, and how those vote who are in prison or detained
(选举法四十二，若干规定五)."""

from datetime import date
from typing import Literal

from congress.law.finding import PRACTICE, Finding
from congress.law.numerals import chinese_date
from congress.law.provinces import NATIONAL, PackLike, finding_of
from congress.law.provinces import pack as find_pack
from congress.law.registry import rule
from congress.law.sources import cite

PROXIES_PER_PERSON = 3
SHARE_TOLD = 30  # per cent of a district's voters from which practice asks for a written note; no law sets it

Reason = Literal["away", "special", "ill", "detained"]
REASONS: dict[str, str] = {
    "away": "选举期间外出",
    "special": "其他特殊原因",
    "ill": "因病残不能参加投票",
    "detained": "服刑、被羁押或者受拘留处罚",
}


@rule(
    "proxies.check_reason",
    "委托投票的原因",
    cites=[
        ("election_law", "proxy"),
        ("direct_election_rules", "may_vote_ways"),
        ("zhejiang_election_rules", "election.proxy_reasons"),
        ("shanghai_election_rules", "election.proxy_reasons"),
    ],
)
def check_reason(reason: Reason, on: date, pack: PackLike = "national") -> tuple[Finding, ...]:
    """选举法 42 names voters who are away; 浙江 those ill or disabled as well, 上海 other special reasons. Prisoners and
    detained have their own ground (若干规定 5). Where no local text is held another reason is a warning: some provinces that
    are not held name more."""
    if reason == "detained":
        return ()
    value = find_pack(pack).value("election.proxy_reasons", on)
    if reason in str(value.value).split(","):
        return ()
    words = "、".join(REASONS[one] for one in str(value.value).split(","))
    message = f"本地规定可以委托投票的是{words}；{REASONS[reason]}的，可以在流动票箱投票"
    if value.force == NATIONAL:
        message = f"选举法写的是选举期间外出；{REASONS[reason]}能否委托投票，未收录本地规定，请选举委员会确认"
    return (finding_of(value, "proxy.reason", message, field="reason", blocking=value.force != NATIONAL),)


Consent = Literal["committee", "group"]


@rule(
    "proxies.check_consent",
    "谁同意委托投票",
    cites=[("election_law", "proxy"), ("shandong_election_rules", "election.proxy_consent")],
)
def check_consent(
    by: Consent, deed_on: date | None, consented_on: date, election_day: date, pack: PackLike = "national"
) -> tuple[Finding, ...]:
    """The committee consents, before or on the day of voting; a district's group does so only by a deed of the committee
    made by then. 山东 names the committee's branches, elsewhere the answer says that the law does not."""
    value = find_pack(pack).value("election.proxy_consent", election_day)
    citation = value.citation or cite("election_law", "proxy", election_day)
    findings = []
    if consented_on > election_day:
        findings.append(Finding("proxy.consent_late", "投票以后不能再同意委托投票", citation, field="on"))
    if by != "group":
        return tuple(findings)
    if deed_on is None or deed_on > consented_on:
        message = "由选区工作组同意的，须先有选举委员会的授权（决定的日期和文件）"
        findings.append(Finding("proxy.no_deed", message, citation, field="by"))
    elif value.value != "committee_or_branch":
        message = "条文写的是选举委员会同意；由选区工作组凭授权办理是各地做法，请选举委员会确认"
        findings.append(Finding("proxy.by_group", message, citation, blocking=False, force=PRACTICE))
    return tuple(findings)


@rule("proxies.check_away", "投票日是否在委托书所写的外出期间", cites=[("election_law", "proxy")])
def check_away(since: date | None, until: date | None, voting_day: date) -> tuple[Finding, ...]:
    """Who entrusts a vote is away on its day: of each vote of the district anew, for a further one may be weeks after the first.
    Days that were not written are not asked for."""
    if until is not None and until < voting_day:
        field, said = "until", f"外出到{chinese_date(until)}结束，投票日{chinese_date(voting_day)}已经回来"
    elif since is not None and since > voting_day:
        field, said = "since", f"外出自{chinese_date(since)}开始，投票日{chinese_date(voting_day)}还没有外出"
    else:
        return ()
    message = f"{said}，由委托人本人投票"
    return (Finding("proxy.not_away", message, cite("election_law", "proxy", voting_day), field=field),)


@rule("proxies.check_onward", "转委托", cites=[("election_law", "proxy")])
def check_onward(
    principal: str, principal_holds: int, agent: str, agent_delegated: bool, on: date
) -> tuple[Finding, ...]:
    """Nobody passes on what was entrusted: who holds others' votes and goes away himself gives them back first, and who has
    a proxy of his own votes for nobody."""
    citation, findings = cite("election_law", "proxy", on), []
    if principal_holds:
        message = (
            f"{principal}受托为{principal_holds}人投票，受托的票不能转委托：先取消这些委托，由委托人另行委托，"
            f"再办理{principal}本人的委托"
        )
        findings.append(Finding("proxy.onward", message, citation))
    if agent_delegated:
        message = f"{agent}本人已委托他人代为投票，不到场，不能再受托"
        findings.append(Finding("proxy.agent_away", message, citation, field="agent"))
    return tuple(findings)


@rule("proxies.check_total", "委托投票总数是否可能", cites=[("election_law", "proxy")])
def check_total(proxies: int, attended: int, on: date) -> tuple[Finding, ...]:
    """Three for each who came is the most a district's own voters can take on. A warning: nothing in the article keeps voters of
    another district from being entrusted, nor relatives of the detained (若干规定五)."""
    most = PROXIES_PER_PERSON * attended
    if proxies <= most:
        return ()
    message = f"委托投票{proxies}人，多于到场{attended}人所能接受的{most}人；受托人不是本选区选民的除外，请核对委托登记"
    return (Finding("proxy.impossible", message, cite("election_law", "proxy", on), blocking=False),)


@rule("proxies.check_share", "委托投票的比例", cites=[("election_law", "proxy")])
def check_share(proxies: int, registered: int, noted: bool, on: date) -> tuple[Finding, ...]:
    """From three tenths of a district's voters on practice asks for a written note; no law sets a limit."""
    if not registered or noted or 100 * proxies < SHARE_TOLD * registered:
        return ()
    message = f"委托投票{proxies}人，达到选民{registered}人的{SHARE_TOLD}%，请写明原因（没有法定限度）"
    return (Finding("proxy.share", message, cite("election_law", "proxy", on), blocking=False, force=PRACTICE),)


@rule(
    "proxies.may_publish",
    "公示委托人和受委托人名单",
    cites=[("zhejiang_election_rules", "election.proxy_publication")],
)
def may_publish(on: date, pack: PackLike = "national") -> tuple[Finding, ...]:
    """浙江 lets the committee publish who entrusts whom before election day; elsewhere no text held says so."""
    value = find_pack(pack).value("election.proxy_publication", on)
    if value.value:
        return ()
    message = "没有收录本地公示委托人和受委托人名单的规定，不印发公示名单"
    return (Finding("proxy.not_published", message, force=PRACTICE),)


# -- prison and detention (若干规定五)

CUSTODY: dict[str, str] = {
    "imprisoned": "被判处有期徒刑，没有附加剥夺政治权利",
    "short_term": "被判处拘役，没有附加剥夺政治权利",
    "control": "被判处管制，没有附加剥夺政治权利",
    "held": "被羁押受审，没有决定停止行使",
    "bail": "取保候审",
    "surveillance": "被监视居住",
    "custody": "受拘留处罚",
}
WAYS: dict[str, str] = {
    "mobile_box": "在流动票箱投票",
    "proxy": "委托有选举权的亲属或者其他选民代为投票",
    "home": "选举日回原选区参加选举",
    "there": "在执行地（羁押地）参加选举",
    "station": "到投票站或者选举大会投票",
}
_HOME = ("short_term", "custody")  # 也可以在选举日回原选区参加选举
_FREE = ("control", "bail", "surveillance")  # not shut up: nothing keeps them from the station


@rule(
    "proxies.ways_of",
    "服刑、被羁押的选民怎样投票",
    cites=[
        ("direct_election_rules", "may_vote_ways"),
        ("zhejiang_election_rules", "election.ways_imprisoned"),
        ("shanghai_election_rules", "election.ways_imprisoned"),
        ("beijing_election_rules", "election.ways_imprisoned"),
    ],
)
def ways_of(situation: str, on: date, pack: PackLike = "national") -> tuple[str, ...]:
    """The ways open to somebody who may vote, by the local text where one is held, else by 若干规定 5: mobile box or proxy,
    and for those under 拘役 or 拘留 going home on the day. Raises ValueError for another situation."""
    if situation not in CUSTODY:
        raise ValueError("没有这种情形")
    value = find_pack(pack).value(f"election.ways_{situation}", on)
    if value.value:
        return tuple(str(value.value).split(","))
    extra = ("home",) if situation in _HOME else ("station",) if situation in _FREE else ()
    return ("mobile_box", "proxy", *extra)


@rule(
    "proxies.check_custody",
    "检查服刑、被羁押选民的投票方式",
    cites=[
        ("direct_election_rules", "may_vote_ways"),
        ("zhejiang_election_rules", "election.ways_imprisoned"),
        ("beijing_election_rules", "election.ways_imprisoned"),
    ],
)
def check_custody(
    situation: str, way: str, agreed: bool, paper: bool, on: date, pack: PackLike = "national"
) -> tuple[Finding, ...]:
    """The committee and the body that executes or detains decide together, on paper; the way is one the text names. One the
    national text names and the local one does not is a warning, because which of them prevails is open."""
    value = find_pack(pack).value(f"election.ways_{situation}", on)
    national = cite("direct_election_rules", "may_vote_ways", on)
    findings = []
    if way not in ways_of(situation, on, pack):
        words = "、".join(WAYS[one] for one in ways_of(situation, on, pack))
        message = f"{CUSTODY[situation]}的，条文写的方式是：{words}"
        open_question = value.citation is not None and way in ways_of(situation, on)
        if open_question:
            message += f"；若干规定还写了{WAYS[way]}，请同执行机关商定"
        citation = value.citation or national
        findings.append(Finding("custody.way", message, citation, blocking=not open_question, field="way"))
    if not agreed or not paper:
        message = "参加选举的方式由选举委员会和执行监禁、羁押、拘留的机关共同决定：请登记决定的日期和文书"
        findings.append(Finding("custody.not_agreed", message, national, field="" if agreed else "agreed_on"))
    return tuple(findings)
