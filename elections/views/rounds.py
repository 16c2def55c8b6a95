"""The pages of rounds: those of a level, one with its ballot, ledger, result and what follows, the report to sign."""

from django.shortcuts import get_object_or_404

from congress import clock, history
from congress.guard.record import kept
from congress.law.finding import Finding
from congress.models import Role
from congress.web.pages import page, township_view
from congress.web.printing import print_page, print_view
from congress.web.records import at, form_page, kept_or_404, url_of
from congress.web.steps import buttons, found_or_404
from congress.web.table import show
from congress.wording import cdatew
from elections import permissions as may
from elections.actions import rounds as acts
from elections.documents import round_ballots
from elections.documents import rounds as papers
from elections.documents.proof import PROOF
from elections.forms import rounds as forms
from elections.life import ROUND
from elections.life.rounds import outcome_rows
from elections.listings import rounds as listings
from elections.models import LedgerLine, Round
from elections.queries import candidate_lists as lists
from elections.queries import rounds as queries
from elections.queries.rounds import RoundFacts
from elections.views.frame import LEVELS, name_of
from elections.views.kept import KeptPages

ballot = print_view(round_ballots.PRINTED)
sample = print_view(round_ballots.SAMPLE)


def _trail(township, election, *more: tuple[str, str]) -> list[tuple[str, str]]:
    campaign = election.campaign
    here = (f"{name_of(election)}投票和结果", at(township, "elections-rounds", election.pk))
    trail = [("选举工作", at(township, "elections-campaigns")), (str(campaign), url_of(campaign, township)), here]
    return [*trail, *more]


@township_view(may.VIEW)
def round_list(request, township, pk):
    """The rounds of all districts of a level."""
    election = kept_or_404(LEVELS, pk)
    actions = []
    if request.allows(may.EDIT) and request.standing.writes:
        actions.append(("安排各选区投票", at(township, "elections-rounds-begin", pk), "plus-lg"))
    if request.allows(may.ISSUE):
        actions.append((PROOF.words, at(township, "elections-proof", pk), "download"))
    return show(
        request,
        township,
        listings.ROUNDS,
        queries.listed(election),
        actions=actions,
        context={"breadcrumbs": [*_trail(township, election)[:-1], (f"{name_of(election)}投票和结果", "")]},
    )


@township_view(may.EDIT)
def begin(request, township, pk):
    """Arrange the first vote of every district whose ballots were printed."""
    election = kept_or_404(LEVELS, pk)
    form = forms.BeginForm(request.POST or None)
    there = set(queries.listed(election).values_list("district", flat=True))
    waiting = [one for pk, one in lists.facts_of(election).items() if acts.ready(one) and pk not in there]
    return form_page(
        request,
        form,
        lambda: acts.begin(request.user, election, key=form.cleaned_data["key"]),
        title="安排各选区投票",
        lead=f"{election}：{len(waiting)}个选区的选票已经付印、等待安排。票上的姓名、张数照付印的选票，投票日期照各选区的选举日。",
        submit="安排",
        said=lambda made: f"已安排{len(made)}个选区的投票。",
        back=lambda made: at(township, "elections-rounds", pk),
        cancel_url=at(township, "elections-rounds", pk),
    )


@township_view(may.VIEW)
def vote(request, township, pk):
    """One round: its ballot, its ledger, the count and the result, and what comes next."""
    found = found_or_404(ROUND, request, pk)
    facts = RoundFacts(found)
    counted = facts.result is not None
    which = found.get_kind_display() if found.number == 1 else f"第{found.number}次：{found.get_kind_display()}"
    shown = [("投票", which), ("投票日期", cdatew(found.held_on))]
    shown += [("应选名额", f"{found.seats}名"), ("选民数", f"{found.voters}人"), ("印制选票", f"{found.printed}张")]
    if found.follows:
        shown.append(("接续", str(found.follows), url_of(found.follows, township)))
    if facts.next:
        shown.append(("接续的投票", str(facts.next), url_of(facts.next, township)))
    if found.sent_on:
        shown.append(("上报", f"{cdatew(found.sent_on)}，{found.sent_paper}"))
    if found.declared_on:
        shown += [("宣布", f"{cdatew(found.declared_on)}，{found.declared_by}"), ("宣布的文件", found.paper)]
    if found.vacant_on:
        shown.append(("名额暂缺", f"{cdatew(found.vacant_on)}，{found.vacant_paper}。{found.vacant_why}"))
    if found.declared:
        shown.append(("办理宣布的两人", f"{found.asked_by}、{found.confirmed_by}"))
    return page(
        request,
        "elections/round.html",
        {
            "found": found,
            "facts": facts,
            "rows": shown,
            "lines": [(one, url_of(one, township)) for one in found.lines],
            "ledger_url": at(township, "elections-ledger-list", pk),
            "ledger_findings": _findings(facts),
            "count_url": url_of(facts.count, township) if facts.count else "",
            "outcome": outcome_rows(facts) if counted else [],
            "law": list(facts.result.outcome.tally.findings) if counted else [],
            "changed": found.declared and not facts.holds,
            "register_url": at(township, "elections-round-register", pk) if request.allows(may.ISSUE) else "",
            "ballot_urls": _ballots(request, found),
            "turnout_url": at(township, "elections-turnout-board", found.election_id, "place"),
            "report_url": at(township, "elections-round-report", pk) if counted and request.allows(may.ISSUE) else "",
            "buttons": buttons(ROUND, request.standing, found),
            "history": history.of(found) if request.standing.has(Role.CHAIR, Role.CLERK) else [],
            "breadcrumbs": _trail(township, found.election, (str(found), "")),
        },
    )


def _findings(facts: RoundFacts) -> list[Finding]:
    """What is told of the ballots of a vote: before the day nothing is lacking in its ledger."""
    if facts.count is not None:
        return facts.uncounted_findings
    return facts.ledger_findings if clock.today() >= facts.row.held_on else facts.left_findings


def _ballots(request, found: Round) -> list[tuple[str, str]]:
    """Where the ballot of a vote that follows another is printed: that of the first was ordered before it was arranged."""
    if found.follows_id is None or found.declared or not request.allows(may.ISSUE):
        return []
    return [
        (word, at(found.township, f"elections-round-{name}", found.pk))
        for word, name in (("选票", "ballot"), ("样票", "sample"))
    ]


@township_view(may.ISSUE)
def report(request, township, pk):
    """The report that people sign."""
    found = get_object_or_404(queries.rounds(), pk=pk)
    return print_page(request, township, papers.PRINTED, found, {}, url_of(found, township), f"{found}投票结果报告单")


@township_view(may.ISSUE)
def proof(request, township, pk):
    """The proof bundle of a level's votes, made by a job."""
    found = get_object_or_404(PROOF.rows().filter(kept()), pk=pk)
    return print_page(request, township, PROOF, found, {}, at(township, "elections-rounds", pk))


def _line_facts(row: LedgerLine) -> list[tuple]:
    return [
        ("投票", str(row.round), url_of(row.round, row.township)),
        ("领取选票", f"{row.received}张"),
        ("本人领票", f"{row.in_person}张"),
        ("受委托领票", f"{row.by_proxy}张"),
        ("换发作废", f"{row.replaced}张"),
        ("剩余选票", f"{row.left_over}张"),
        ("差数的原因", row.note),
    ]


PAGES = (
    KeptPages(
        acts.LEDGER,
        forms.LedgerForm,
        listings.LEDGER,
        "ledger",
        Round,
        rows=lambda row: LedgerLine.objects.kept().filter(round=row).select_related("place", "mobile__district"),
        start=lambda row: {"round": row},
        above=lambda line: line.round,
        facts=_line_facts,
        reads=(
            "round__election__campaign",
            "round__election__term",
            "round__district",
            "round__count",
            "place",
            "mobile__district",
        ),
        lead="投票结束以后照领票登记册登记：领取＝本人领票＋受委托领票＋换发作废＋剩余。只登记张数，不登记谁领了票。",
        findings=queries.line_findings,
        preset=("place", "mobile", "in_person", "by_proxy", "replaced"),
    ),
)
