"""What waits about elections."""

from collections import Counter

from congress import clock
from congress.guard.record import kept
from congress.permissions import Standing
from congress.web.records import at
from congress.web.todo import Todo, provider, provider_while
from deputies.models import Level
from elections.models import (
    Annulment,
    CandidateEntry,
    Election,
    Nomination,
    PoolEntry,
    ProxyVote,
    Recall,
    RegistrationRequest,
    Transfer,
)
from elections.permissions import BREACHES, EDIT, VOTERS_EDIT
from elections.queries import credentials, tablets, to_confirm
from elections.queries.breaches import open_breaches
from elections.queries.candidate_lists import lacking
from elections.queries.candidates import open_nominations
from elections.queries.proxies import OFF_ROLL, open_proxies
from elections.queries.roll import open_campaigns
from elections.queries.rounds import first_following, further_following, waiting

FOLLOWS = "当选人数少于应选名额，依法另行选举、再次投票或者重新投票"


@provider
def requests(standing: Standing):
    """Requests for registration from the public pages, and forms of nomination, that nobody has checked yet."""
    if standing.township is None or not standing.allows(EDIT):
        return
    waiting = RegistrationRequest.objects.kept().filter(state=RegistrationRequest.State.WAITING)
    url = at(standing.township, "elections-requests") + "?state=waiting"
    yield Todo("网上登记申请待核对", waiting, url, "warning")
    papers = open_nominations().filter(state=Nomination.State.RECEIVED)
    url = at(standing.township, "elections-nominations") + "?state=received"
    yield Todo("代表候选人推荐表待核对", papers, url, "warning")


@provider_while(open_campaigns)
def candidates(standing: Standing):
    """Candidates who left a closed list or are lacking on it, which no notice has told yet."""
    if standing.township is None or not standing.allows(EDIT):
        return
    left = CandidateEntry.objects.kept().filter(kept("candidate_list"), kept("nominee"), nominee__left_on__isnull=False)
    waiting = left.filter(
        left_by=None, candidate_list__locked_at__isnull=False, candidate_list__election__campaign__closed_on=None
    )
    url = at(standing.township, "elections-candidate-lists")
    yield Todo("退出的候选人待公告", waiting, url, "warning", "公告以前，已经印制的选票不能使用")
    yield Todo("依法推荐而名单漏列的人待补列", lacking(), url, "danger", "被推荐的都应列入名单")


@provider_while(open_campaigns)
def lists(standing: Standing):
    """Lists of voters that one person asked to freeze, for everybody else who may let it be so."""
    if standing.township is None or not standing.allows(EDIT):
        return
    url = at(standing.township, "elections-campaigns")
    yield Todo("选民名单定稿等待您确认", to_confirm().exclude(asked_by=standing.user), url, "warning")


@provider
def breaches(standing: Standing):
    """Reports that somebody disturbed an election, and opinions that somebody's election is void, with nothing said to them."""
    if standing.township is None or not standing.allows(BREACHES):
        return
    waiting = open_breaches()
    url = at(standing.township, "elections-campaigns")
    fresh = waiting.filter(looked_on=None)
    yield Todo("破坏选举的反映没有办结", waiting, url, "warning", "其中{}件还没有人调查，应当及时调查处理", fresh)
    under_way = Recall.objects.kept().filter(stopped_on=None, announced_on=None)
    listed = at(standing.township, "elections-recalls")
    yield Todo(
        "罢免代表没有办结", under_way, listed, "warning", "其中{}件还没有呈报", under_way.filter(submitted_on=None)
    )
    said = Annulment.objects.kept().filter(kept("mandate"), void=None)
    yield Todo("当选是否无效待确定", said, url, "warning", "审查委员会已经提出意见，由主席团（县级为常委会）确定")


@provider_while(open_campaigns)
def voters(standing: Standing):
    """Voters another township asks to take over, answers that are awaited, who is looked for."""
    if standing.township is None or not standing.allows(VOTERS_EDIT):
        return
    asked = Transfer.objects.kept().filter(state=Transfer.State.ASKED, campaign__closed_on=None)
    url = at(standing.township, "elections-transfers")
    coming = asked.filter(direction=Transfer.Direction.IN)
    yield Todo("转入的选民待接收", coming, f"{url}?direction=in&state=asked", "warning", "接收以前仍列在转出方的名单上")
    going = asked.filter(direction=Transfer.Direction.OUT)
    yield Todo("转出的选民待对方答复", going, f"{url}?direction=out&state=asked")
    consent = open_proxies().filter(state=ProxyVote.State.ASKED)
    over = consent.filter(place=None)
    url = at(standing.township, "elections-proxies") + "?state=asked"
    yield Todo("委托投票待选举委员会同意", consent, url, "warning", "其中{}份超过受托人的三份", over)
    gone = open_proxies().filter(OFF_ROLL, state=ProxyVote.State.AGREED)
    url = at(standing.township, "elections-proxies") + "?off=yes"
    yield Todo("已同意的委托，委托人或者受托人已除名", gone, url, "warning", "请取消，或者由委托人另行委托")
    waiting = PoolEntry.objects.kept().filter(state=PoolEntry.State.WAITING, campaign__closed_on=None)
    late = waiting.filter(due_on__lt=clock.today())
    url = at(standing.township, "elections-pool") + "?state=waiting"
    yield Todo("未取得联系的选民", waiting, url, "info", "其中{}人已过办结日期", late)


@provider
def conflicts(standing: Standing):
    """What tablets noted otherwise than the register."""
    if standing.township is None or not standing.allows(EDIT):
        return
    url = at(standing.township, "elections-campaigns")
    hint = "在那一处领票登记的“离线名册”里处理，处理完才能关闭领票登记"
    yield Todo("离线领票登记的冲突待处理", tablets.undecided(), url, "warning", hint)


@provider_while(open_campaigns)
def votes(standing: Standing):
    """What waits from polling day until the deputies sit: ledgers, declarations, reviews of credentials."""
    if standing.township is None or not standing.allows(EDIT):
        return
    today, user = clock.today(), standing.user
    url = at(standing.township, "elections-campaigns")
    for level in (Level.TOWNSHIP, Level.COUNTY):
        name, county, elections = level.label, level == Level.COUNTY, under_way(level)
        rows = waiting(elections, today)
        yield Todo(
            f"{name}选举：投票已经结束，票账、计票还没有办", rows.ledger, url, "warning", "先登记票账，再开始计票"
        )
        declare, hint = (
            ("待上报、登记县级宣布", "县级代表由县的选举委员会宣布") if county else ("待宣布", "由两人先后办理")
        )
        yield Todo(f"{name}选举：计票已经结束，{declare}", rows.declaration, url, "warning", hint)
        yield Todo(f"{name}选举：宣布等待您确认", rows.consent.exclude(asked_by=user), url, "warning")
        again = first_following(elections)
        yield Todo(f"{name}选举：已宣布，接续的投票还没有安排", again, url, "danger", FOLLOWS)
        yield Todo(f"{name}选举：当选人等待代表资格审查", credentials.waiting(elections), url, "warning")
        reviews = credentials.unfinished(elections)
        yield Todo(f"{name}选举：代表资格审查还没有办完", reviews, url, "info", "公布代表名单以后，当选人才登记为代表")


@provider_while(open_campaigns)
def further_votes(standing: Standing):
    """Further votes that left seats open once more, and are read one by one."""
    if standing.township is None or not standing.allows(EDIT):
        return
    url = at(standing.township, "elections-campaigns")
    levels = Counter(one.election.term.get_level_display() for one in further_following())
    for name, number in levels.items():
        yield Todo(f"{name}选举：另行选举、再次投票已宣布，接续的投票还没有安排", number, url, "danger", FOLLOWS)


def under_way(level: str):
    """The elections of a level in works that are not closed."""
    return Election.objects.kept().filter(kept("campaign"), campaign__closed_on=None, term__level=level)
