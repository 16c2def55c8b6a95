"""The candidates of a level by district: lists, ballots, and what each still waits for; one list with its lines and notices."""

from dataclasses import dataclass, replace

from django.http import Http404

from congress.law.finding import Finding
from congress.printing import WorkingPaper
from congress.web.pages import page, township_view
from congress.web.printing import print_page
from congress.web.records import at, form_page, kept_or_404, url_of
from congress.web.several import Several
from congress.web.steps import buttons, found_or_404
from congress.web.table import show
from congress.wording import cdatew, chinese_date
from elections import permissions as may
from elections.actions import ballots as ballot_acts
from elections.actions import candidate_lists as acts
from elections.documents import ballots as papers
from elections.documents import candidates as sheets
from elections.forms import candidate_lists as forms
from elections.life import CANDIDATE_LIST
from elections.listings.candidate_lists import LISTS, state_of
from elections.models import CandidateList, Election, VotingRules
from elections.queries import candidate_lists as queries
from elections.queries.candidate_lists import Facts, Kind
from elections.queries.days import days_of
from elections.views.frame import LEVELS, name_of

SEVERAL = Several(CANDIDATE_LIST, "campaigns/candidates/", ("候选人名单", "elections-candidate-lists"))
SHEETS: dict[str, WorkingPaper] = {
    "consultation": sheets.CONSULTATION,
    "preliminary": sheets.PRELIMINARY_RESULT,
    "sample": papers.SAMPLE,
    "ballots": papers.PRINTED,
    "order": papers.PRINT_ORDER,
}


@township_view(may.VIEW)
def candidate_lists(request, township):
    """The lists of candidates of all districts; what is ticked is closed or published at once."""
    rows = queries.candidate_lists().filter(township=township, election__campaign__isnull=False)
    return show(request, township, LISTS, rows, several=SEVERAL)


@dataclass(frozen=True)
class Line:
    """A district on the board: its facts, the lists and ballots as words with tone and address."""

    facts: Facts
    first: tuple[str, str, str]
    formal: tuple[str, str, str]
    ballots: tuple[str, str]
    talks: str


def _state(row: CandidateList | None, number: int, township) -> tuple[str, str, str]:
    if row is None:
        return "还没有拟定", "neutral", ""
    word, tone = state_of(row)
    return f"{number}名，{word}", tone, url_of(row, township)


def _ballots(facts: Facts) -> tuple[str, str]:
    if facts.printed is None:
        return "还没有付印", "neutral"
    if not queries.ballots_hold(facts):
        return "与名单或者应选名额不符，已经印制的作废", "bad"
    return f"{facts.printed.copies}张，{facts.printed}", "good"


def _line(facts: Facts, township) -> Line:
    numbers = {kind: len(entries) for kind, entries in facts.entries.items()}
    agreed = sum(one.agreed for one in facts.consultations)
    talks = f"{len(facts.consultations)}/{facts.groups}个小组，{agreed}个较为一致" if facts.consultations else ""
    return Line(
        facts,
        _state(facts.first, numbers.get(Kind.FIRST, 0), township),
        _state(facts.formal, numbers.get(Kind.FORMAL, 0), township),
        _ballots(facts),
        f"{talks}{'；已预选' if facts.votes else ''}",
    )


@township_view(may.VIEW)
def board(request, township, pk):
    """Every district of a level with its candidates, lists and ballots, and the way to what is done for all at once."""
    election = kept_or_404(LEVELS, pk)
    found = list(queries.facts_of(election).values())
    rules = VotingRules.objects.kept().filter(election=election).first()
    writes = request.standing.writes
    return page(
        request,
        "elections/candidates.html",
        {
            "election": election,
            "days": days_of(election).said(),
            "lines": [_line(one, township) for one in found],
            "total": sum(len(one.entries.get(Kind.FORMAL, ())) for one in found),
            "seats": sum(one.seats for one in found),
            "findings": _alarms(found),
            "rules": rules,
            "rules_url": url_of(rules, township) if rules else at(township, "elections-voting-rules-new", pk),
            "may_edit": request.allows(may.EDIT) and writes,
            "may_issue": request.allows(may.ISSUE) and writes,
            "sheets": [(one.words, at(township, "elections-candidate-sheet", pk, key)) for key, one in SHEETS.items()],
            "breadcrumbs": _trail(township, election, (f"{name_of(election)}候选人和选票", "")),
        },
    )


def _alarms(found: list[Facts]) -> list[Finding]:
    """Districts whose closed list is otherwise by now and no notice tells it, or where too few are left."""
    told = []
    for facts in found:
        for kind, row in facts.lists.items():
            if found_there := facts.changes(kind):
                message = f"{row}定稿以后有变动（{'、'.join(found_there.names)}），请取消定稿或者公告变动"
                told.append(Finding("list.changed", message))
        told += acts.passed_over(facts)
        if facts.settled:
            told += [
                replace(one, message=f"{facts.district}：{one.message}") for one in facts.leaving(len(facts.standing))
            ]
    return told


def _trail(township, election: Election, *more: tuple[str, str]) -> list[tuple[str, str]]:
    campaign = election.campaign
    return [("选举工作", at(township, "elections-campaigns")), (str(campaign), url_of(campaign, township)), *more]


@township_view(may.EDIT)
def draw(request, township, pk, kind):
    """Draw up the lists of one kind for every district that waits for one."""
    election = kept_or_404(LEVELS, pk)
    form = forms.DrawForm(request.POST or None)
    label = CandidateList.Kind(kind).label
    waiting = [one for one in queries.facts_of(election).values() if acts.ready_to_draw(one, kind)]
    lead = {
        Kind.FIRST: "依法推荐的都列入，不得调换或者增减；联审的意见不影响列入。",
        Kind.FORMAL: "候选人没有超过最高差额的全部列入；超过的按预选得票或者各小组的意见数列到最高差额，末位相等的留给人确定。",
    }[Kind(kind)]
    return form_page(
        request,
        form,
        lambda: acts.draw(
            request.user, election, kind, convention=form.cleaned_data["convention"], key=form.cleaned_data["key"]
        ),
        title=f"拟定{label}",
        lead=f"{election}：{len(waiting)}个选区等待拟定。{lead}拟定以后可以逐个修改，再一次定稿。",
        submit="拟定",
        said=lambda made: f"已拟定{len(made)}个选区的{label}。",
        back=lambda made: at(township, "elections-candidate-board", pk),
        cancel_url=at(township, "elections-candidate-board", pk),
    )


@township_view(may.VIEW)
def candidate_list(request, township, pk):
    """One list: who stands on it and in which order, what stands against closing it, what notices changed."""
    found = found_or_404(CANDIDATE_LIST, request, pk)
    election = found.election
    facts = acts.facts_of_list(found)
    entries = facts.entries[found.kind]
    notices = list(found.notices.kept().order_by("number"))
    against = acts.against_locking(found, facts) if found.locked_at is None else []
    if found.locked_at and found.kind == Kind.FORMAL:
        against = [*facts.leaving(len(facts.standing)), *acts.passed_over(facts)]
    if found.published_on:
        against += acts.published_findings(found, found.published_on)
    return page(
        request,
        "elections/candidates_of.html",
        {
            "found": found,
            "state": state_of(found),
            "rows": _facts_of(found, facts),
            "findings": against,
            "lines": [(one, _beside(one.nominee, facts, found.kind)) for one in entries],
            "waiting": facts.changes(found.kind).names,
            "notices": [(one, at(township, "elections-paper-changed", one.pk)) for one in notices],
            "proof": facts.holds(found.kind) if found.locked_at else None,
            "may_issue": request.allows(may.ISSUE) and request.standing.writes,
            "buttons": buttons(CANDIDATE_LIST, request.standing, found),
            "breadcrumbs": _trail(
                township,
                election,
                (f"{name_of(election)}候选人和选票", at(township, "elections-candidate-board", election.pk)),
                (str(found), ""),
            ),
        },
    )


def _beside(nominee, facts: Facts, kind: str) -> str:
    """What the groups or the preliminary vote said of a candidate."""
    if kind == Kind.FIRST and not facts.opinions:
        return ""
    votes, said = facts.votes.get(nominee.pk), facts.opinions.get(nominee.pk)
    told = (f"预选{votes}票" if votes is not None else "", f"小组意见{said}人" if said is not None else "")
    return "，".join(one for one in told if one)


def _facts_of(found: CandidateList, facts: Facts) -> list[tuple[str, str]]:
    order = facts.order(found.kind)
    how = order.label if order.by_votes else found.get_convention_display()
    return [
        ("应选", f"{facts.seats}名"),
        ("正式候选人应有", facts.wanted),
        ("排列方法", f"{how}{'，次序经人工核对' if found.by_hand else ''}"),
        ("排列的依据", order.citation.brief if order.citation else order.note),
        ("定稿", chinese_date(found.locked_at) if found.locked_at else "还没有定稿"),
        ("公布日期", cdatew(found.published_on) if found.published_on else "尚未公布"),
        ("张贴地点", found.places),
        ("本选区的选举日", cdatew(facts.day)),
    ]


@township_view(may.EDIT)
def ballots_order(request, township, pk):
    """Order the ballots of every district whose formal list is closed."""
    election = kept_or_404(LEVELS, pk)
    form = forms.PrintForm(request.POST or None)
    waiting = ballot_acts.waiting(election)

    def act():
        names = ("ordered_on", "spare", "first_stub", "colour", "title_beside", "key")
        return ballot_acts.order(request.user, election, **{name: form.cleaned_data[name] for name in names})

    return form_page(
        request,
        form,
        act,
        title="付印选票",
        lead=f"{election}：{len(waiting)}个选区的正式候选人名单已经定稿、等待付印。每名选民一张，另加备用。",
        submit="确定付印",
        said=lambda made: f"已登记{len(made)}个选区的选票付印，共{sum(one.copies for one in made)}张。",
        back=lambda made: at(township, "elections-candidate-board", pk),
        cancel_url=at(township, "elections-candidate-board", pk),
    )


@township_view(may.ISSUE)
def sheet(request, township, pk, sheet):
    """A sheet of daily work, the ballots or their sample."""
    election = kept_or_404(LEVELS, pk)
    if sheet not in SHEETS:
        raise Http404
    back = at(township, "elections-candidate-board", pk)
    return print_page(request, township, SHEETS[sheet], election, {}, back, f"{name_of(election)}{SHEETS[sheet].words}")
