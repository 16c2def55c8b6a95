"""Proxies: the register, one of them, entering; the share of each district; how the detained vote."""

from congress import history
from congress.law.finding import Finding
from congress.law.sources import cite
from congress.web.pages import page, township_view
from congress.web.printing import print_view
from congress.web.records import at, form_page, import_at, kept_or_404, url_of
from congress.web.several import Print, Several
from congress.web.steps import buttons, found_or_404
from congress.web.table import show
from congress.wording import chinese_date
from elections import permissions as may
from elections.actions import proxies as acts
from elections.documents.proxies import REGISTER, printed_slips, slips_of
from elections.forms import proxies as forms
from elections.forms.proxy_table import ProxyTableForm
from elections.life import PROXY
from elections.life.proxies import facts_of
from elections.listings import proxies as listings
from elections.models import Campaign, DetainedVoting, Election, ProxyNote, ProxyVote, Voter
from elections.queries import proxies as queries
from elections.queries import roll as rolls
from elections.views.frame import LEVELS, name_of
from elections.views.kept import KeptPages

NO_SLIP = "还没有同意，没有委托投票证。"
SLIPS = Print("slips", "打印委托投票证", "委托投票证", may.VOTERS_EDIT, slips_of, printed_slips, NO_SLIP)
SEVERAL = Several(PROXY, "voters/proxies/", ("委托登记册", "elections-proxies"), prints=(SLIPS,))
LEAD = (
    "照收到的委托书登记；两级同时选举、一张委托书写明两级的，一次登记两级。代写选票是选民到场请人填写，不是委托投票。"
)


register = print_view(REGISTER)


@township_view(may.VOTERS)
def proxy_list(request, township):
    """The register of proxies of all levels."""
    context = {"breadcrumbs": [("选民登记", at(township, "elections-voters")), (listings.PROXIES.title, "")]}
    heads = []
    campaign = rolls.open_campaigns().first()
    if request.allows(may.VOTERS_EDIT) and request.standing.writes:
        if campaign:
            heads.append(("登记多份", at(township, "elections-proxy-table", campaign.pk), "table"))
        heads.append(("导入委托登记册", import_at(township, "elections.proxies"), "upload"))
    for level in LEVELS.filter(campaign=campaign).order_by("term__level") if campaign else ():
        heads.append((f"{name_of(level)}各选区的比例", at(township, "elections-proxy-shares", level.pk), "table"))
    if campaign and request.allows(may.ISSUE) and request.standing.writes:
        heads.append(("打印登记册", at(township, "elections-proxy-register", campaign.pk), "printer"))
    rows = queries.proxies()
    return show(request, township, listings.PROXIES, rows, actions=heads, context=context, several=SEVERAL)


@township_view(may.VOTERS)
def proxy(request, township, pk):
    """One proxy: what the paper says, what stands against it, what became of it."""
    found = found_or_404(PROXY, request, pk)
    live = acts.is_live(found)
    context = {
        "title": f"{found}：{found.principal.voter.name}委托{found.agent_called}",
        "rows": [*facts_of(found), *_course(found)],
        "findings": queries.findings(found) if live else _lost(found),
        "buttons": buttons(PROXY, request.standing, found),
        "history": history.of(found),
        "voter_url": at(township, "elections-voter", found.principal.voter_id),
        "breadcrumbs": [
            ("选民登记", at(township, "elections-voters")),
            (listings.PROXIES.title, at(township, "elections-proxies")),
            (str(found), ""),
        ],
    }
    return page(request, "elections/proxy.html", context)


def _course(found: ProxyVote) -> list[tuple[str, str]]:
    """What became of it."""
    settled = chinese_date(found.settled_on) if found.settled_on else ""
    rows = [("状态", found.get_state_display())]
    if found.consent_by:
        deed = f"，授权：{found.deed.paper}" if found.deed else ""
        by = "，".join(one for one in (found.get_consent_by_display(), found.approver, settled) if one)
        rows.append(("同意", f"{by}{deed}"))
    if found.refusal:
        rows.append(("不同意", f"{settled}，{found.refusal}"))
    rows += [
        (label, chinese_date(day))
        for label, day in (("委托投票证制发", found.slip_on), ("选票发给受托人", found.ballot_on))
        if day
    ]
    if found.cancelled_on:
        rows.append(("取消", f"{chinese_date(found.cancelled_on)}，{found.get_cancelled_display()}"))
    return rows


def _lost(found: ProxyVote) -> list[Finding]:
    """That a vote is not lost with its proxy."""
    message = "委托没有成立或者已经取消，本人的选举权利不受影响：可以到场投票、依法在流动票箱投票，或者另行委托。"
    citation = cite("election_law", "one_vote", found.election.election_day)
    return [Finding("proxy.vote_stands", message, citation, blocking=False)]


@township_view(may.VOTERS_EDIT)
def proxy_new(request, township, pk, campaign):
    """Enter one voter's authority, at both levels with one entry."""
    voter = kept_or_404(Voter, pk)
    work = kept_or_404(Campaign, campaign)
    levels = LEVELS.filter(campaign=work, registrations__voter=voter, registrations__on_roll=True).distinct()
    form = forms.ProxyForm(request.POST or None, voter=voter, levels=levels)

    def act() -> ProxyVote:
        said = form.cleaned_data
        made = acts.enter(request.user, voter, form.who, list(said["levels"]), form.authority, key=said["key"])
        return made[0]

    return form_page(
        request,
        form,
        act,
        title=f"登记{voter.name}的委托投票",
        lead=LEAD,
        said="已登记，等待选举委员会同意。",
        submit="登记",
        back=lambda made: url_of(made, township),
        cancel_url=at(township, "elections-voter", pk),
    )


@township_view(may.VOTERS_EDIT)
def proxy_table(request, township, pk):
    """Enter many authorities on one page."""
    work = kept_or_404(Campaign, pk)
    form = ProxyTableForm(request.POST or None, levels=LEVELS.filter(campaign=work))

    def act() -> ProxyVote:
        said = form.cleaned_data
        made = acts.enter_many(request.user, said["lines"], list(said["levels"]), form.authority, key=said["key"])
        return made[0]

    return form_page(
        request,
        form,
        act,
        title="登记多份委托投票",
        lead=LEAD,
        said="已登记，等待选举委员会同意；可以在列表里勾选，一次登记同意。",
        submit="登记",
        back=at(township, "elections-proxies"),
        extra="elections/proxy_lines.html",
    )


@township_view(may.VOTERS)
def share_list(request, township, pk):
    """The share of proxies of every district of a level."""
    election = kept_or_404(LEVELS, pk)
    head = [("已写的说明", at(township, "elections-proxy-note-list", pk), "table")]
    if request.allows(may.VOTERS_EDIT):
        head = [("说明原因", at(township, "elections-proxy-note-new", pk), "pencil"), *head]
    way = [("选民登记", at(township, "elections-voters")), (listings.PROXIES.title, at(township, "elections-proxies"))]
    context = {"breadcrumbs": [*way, (f"{name_of(election)}{listings.SHARES.title}", "")]}
    return show(request, township, listings.SHARES, queries.shares(election), actions=head, context=context)


PAGES = (
    KeptPages(
        acts.NOTES,
        forms.ProxyNoteForm,
        listings.NOTES,
        "proxy-notes",
        Election,
        rows=lambda election: ProxyNote.objects.kept().filter(election=election).select_related("district"),
        start=lambda election: {"election": election},
        above=lambda row: row.election,
        facts=lambda row: [
            ("选区", str(row.district), url_of(row.district, row.township)),
            ("说明日期", chinese_date(row.noted_on)),
            ("原因", row.note),
        ],
        reads=("district", "election__campaign", "election__term"),
        options=lambda election: {"election": election},
        sees=may.VOTERS,
        edits=may.VOTERS_EDIT,
    ),
    KeptPages(
        acts.DETAINED,
        forms.DetainedForm,
        listings.DETAINED,
        "detained",
        Election,
        rows=lambda election: (
            DetainedVoting.objects.kept()
            .filter(election=election)
            .select_related("registration__voter", "registration__district")
        ),
        start=lambda election: {"election": election},
        above=lambda row: row.election,
        facts=lambda row: [
            ("选民", row.registration.voter.name, at(row.township, "elections-voter", row.registration.voter_id)),
            ("选区", str(row.registration.district)),
            ("情形", row.get_situation_display()),
            ("执行（羁押、拘留）机关", row.organ),
            ("参加选举的方式", row.get_way_display()),
            ("共同决定日期", chinese_date(row.agreed_on) if row.agreed_on else "还没有登记"),
            ("决定的文书", row.paper),
        ],
        findings=acts.custody_findings,
        reads=("registration__voter", "registration__district", "election__campaign", "election__term"),
        options=lambda election: {"election": election},
        lead="没有被剥夺政治权利、没有停止行使选举权利的，准予行使选举权利；方式由选举委员会和执行机关共同决定（若干规定第五条）。",
        sees=may.VOTERS,
        edits=may.VOTERS_EDIT,
    ),
)
