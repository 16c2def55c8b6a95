"""What waits about elections."""

from congress import clock
from congress.guard.record import kept
from congress.permissions import Standing
from congress.web.records import at
from congress.web.todo import Todo, provider
from elections.models import Annulment, CandidateEntry, Nomination, PoolEntry, ProxyVote, RegistrationRequest, Transfer
from elections.permissions import BREACHES, EDIT, VOTERS_EDIT
from elections.queries.breaches import open_breaches
from elections.queries.candidate_lists import lacking
from elections.queries.candidates import open_nominations
from elections.queries.proxies import OFF_ROLL, open_proxies


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


@provider
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


@provider
def breaches(standing: Standing):
    """Reports that somebody disturbed an election, and opinions that somebody's election is void, with nothing said to them."""
    if standing.township is None or not standing.allows(BREACHES):
        return
    waiting = open_breaches()
    url = at(standing.township, "elections-campaigns")
    fresh = waiting.filter(looked_on=None)
    yield Todo("破坏选举的反映没有办结", waiting, url, "warning", "其中{}件还没有人调查，应当及时调查处理", fresh)
    said = Annulment.objects.kept().filter(kept("mandate"), void=None)
    yield Todo("当选是否无效待确定", said, url, "warning", "审查委员会已经提出意见，由主席团（县级为常委会）确定")


@provider
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
