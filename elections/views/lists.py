"""The list of voters of an election: frozen by two people, published, supplemented, and what stood on it at each time."""

from django.shortcuts import redirect

from congress.web.pages import page, township_view
from congress.web.proof import proved
from congress.web.records import at, form_page, kept_or_404, url_of
from congress.web.steps import buttons, found_or_404
from congress.web.table import show
from congress.wording import cdatew, chinese_date
from elections import permissions as may
from elections import queries
from elections.actions import lists as acts
from elections.forms.lists import FreezeForm
from elections.life import VOTER_LIST
from elections.listings.lists import LISTED, state_of
from elections.models import Appeal, Election, RollChange, Supplement, VoterList
from elections.queries.days import days_of
from elections.views.frame import LEVELS


@township_view(may.EDIT)
@proved
def list_new(request, township, pk):
    """The first of two asks that the list of an election be frozen; where somebody did, its page."""
    election = kept_or_404(LEVELS, pk)
    if request.method == "GET" and (found := queries.list_of(election)):
        return redirect(url_of(found, township))
    form = FreezeForm(request.POST or None, row=election)
    men, women = queries.of_gender(queries.on_roll(election))
    return form_page(
        request,
        form,
        lambda: acts.ask(request.user, election),
        title="选民名单定稿",
        lead=(
            f"{election}：选民册现有{men + women}人，其中男{men}人、女{women}人。"
            "定稿由两个不同的人先后办理：您提出，另一人核对后确认。确认以前选民册有变动的，要重新提出；"
            "定稿以后的变动都要公布补正，还没有公布的可以取消定稿。"
        ),
        submit="提出定稿",
        said="已提出定稿，请另一人确认。",
        back=url_of,
        cancel_url=url_of(election.campaign, township),
        findings=acts.against_freezing(election),
    )


@township_view(may.VIEW)
def voter_list(request, township, pk):
    """One list: its numbers and days, its supplements, whether it can still be made as it was published."""
    found = found_or_404(VOTER_LIST, request, pk)
    supplements = list(Supplement.objects.kept().filter(voter_list=found).order_by("number"))
    waiting = queries.untold(found.election)
    appeals = Appeal.objects.kept().filter(voter_list=found)
    proof = queries.proven(found) if "prove" in request.GET else None
    return page(
        request,
        "elections/voter_list.html",
        {
            "found": found,
            "rows": _rows(found, supplements),
            "findings": [
                *(acts.published_findings(found, found.published_on) if found.published_on else ()),
                *acts.standing_wrongly(found.election),
            ],
            "supplements": [(row, url_of(row, township)) for row in supplements],
            "waiting": waiting.count(),
            "waiting_groups": [(label, number) for label, number in acts.sums(waiting).items() if number],
            "appeals": [(row, url_of(row, township), state_of(row)) for row in appeals[:5]],
            "appeal_count": appeals.count(),
            "proof": proof,
            "buttons": buttons(VOTER_LIST, request.standing, found),
            "may_edit": request.allows(may.EDIT) and request.standing.writes,
            "breadcrumbs": trail(township, found.election, (str(found), "")),
        },
    )


def _rows(found, supplements) -> list[tuple[str, str]]:
    rows = [
        ("定稿时选民" if found.frozen_at else "提出时选民", f"{found.voters} 人"),
        ("定稿", _by_whom(found)),
        ("公布日期", cdatew(found.published_on) if found.published_on else "尚未公布"),
        ("张贴地点", found.places),
        ("申诉受理", found.appeal_place),
        ("公布内容", "姓名、性别" if found.shows_gender else "姓名"),
        ("公开页面", "同时公布" if found.online else "不公布"),
        ("选举日", days_of(found.election).said()),
    ]
    if supplements:
        rows.insert(1, ("补正后选民", f"{supplements[-1].after} 人（{supplements[-1]}）"))
    return rows


def _by_whom(found: VoterList) -> str:
    """The two who froze a list, or the one who asked so far."""
    if found.by_one:
        return f"{chinese_date(found.frozen_at)}，一人办理（以前的办法）"
    if found.frozen_at is None:
        return f"{found.asked_by}于{chinese_date(found.created_at)}提出，等待另一人确认"
    return f"{found.asked_by}提出，{found.confirmed_by}于{chinese_date(found.frozen_at)}确认"


def trail(township, election: Election, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of one level's election."""
    campaign = election.campaign
    return [("选举工作", at(township, "elections-campaigns")), (str(campaign), url_of(campaign, township)), *more]


@township_view(may.VIEW)
def list_names(request, township, pk, number):
    """Who stood on the list as frozen (0) or after the supplement of this number."""
    found = kept_or_404(queries.voter_lists(), pk)
    if number and not Supplement.objects.kept().filter(voter_list=found, number=number).exists():
        return redirect(url_of(found, township))
    rows = queries.listed(found.election, number).select_related("voter", "district", "group")
    which = f"第{number}次补正后的名单" if number else "定稿时的名单"
    way = trail(township, found.election, (str(found), url_of(found, township)), (which, ""))
    return show(request, township, LISTED, rows, context={"breadcrumbs": way, "lead": f"{found}：{which}"})


@township_view(may.VIEW)
def supplement(request, township, pk):
    """One supplement: its sum, and every change it told."""
    found = kept_or_404(Supplement.objects.select_related("voter_list__election__campaign", "township"), pk)
    changes = RollChange.objects.kept().filter(supplement=found)
    changes = changes.select_related("registration__voter", "registration__district").order_by("kind", "created_at")
    listed = found.voter_list
    return page(
        request,
        "elections/supplement.html",
        {
            "found": found,
            "rows": [
                ("公布日期", cdatew(found.published_on)),
                ("原登记选民", f"{found.before} 人"),
                *((label, f"{number} 人") for label, number in acts.sums(changes).items() if number),
                ("现登记选民", f"{found.after} 人"),
            ],
            "changes": [(row, row.registration, chinese_date(row.happened_on)) for row in changes],
            "may_issue": request.allows(may.ISSUE) and request.standing.writes,
            "breadcrumbs": trail(township, listed.election, (str(listed), url_of(listed, township)), (str(found), "")),
        },
    )
