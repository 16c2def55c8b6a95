"""The work of an election: the list of campaigns, one with its levels and where each stands, beginning and changing it."""

from django.shortcuts import get_object_or_404

from congress import clock
from congress.law.finding import PRACTICE, Finding
from congress.models import Holiday
from congress.permissions import ERASE
from congress.web.pages import township_view
from congress.web.records import at, detail_page, keep_page, kept_or_404, url_of, withdraw_page
from congress.web.steps import buttons
from congress.web.table import Badge, Col, Listing, show
from congress.wording import cdatew, chinese_date
from deputies.actions import seats_findings
from deputies.models import Mandate
from elections import stages
from elections.actions.campaigns import CAMPAIGNS as KEEPING
from elections.actions.campaigns import begin, save
from elections.forms.campaigns import CampaignForm, level_and_term
from elections.life import CAMPAIGN
from elections.models import Campaign
from elections.permissions import EDIT, VIEW, VOTERS
from elections.queries import campaigns as queries
from elections.queries import list_of
from elections.queries.committees import committee_findings, committees, led_by, members

TITLE = "选举工作"
LEAD = "已经办理的照纸上的日期登记，日期可以是过去的；两级人大代表在同一天选举的，两级一起登记。"


def _stage(row: Campaign) -> Badge:
    stage = queries.stage_of(row)
    return Badge(stage.label, stage.tone)


CAMPAIGNS = Listing(
    title=TITLE,
    name="campaigns",
    columns=[
        Col("name", "名称", lambda row: row.name, "name", lambda row, town: url_of(row, town), find="name"),
        Col("how", "类别", lambda row: row.get_how_display(), "how", find="how"),
        Col("state", "阶段", _stage, by=lambda row: list(stages.Stage).index(queries.stage_of(row))),
        Col("election_day", "选举日", lambda row: row.election_day, "election_day", find="election_day"),
        Col("begun_on", "工作开始日期", lambda row: row.begun_on, "begun_on", find="begun_on"),
    ],
    default="-election_day",
    search_hint="名称、类别、日期",
    empty=("还没有选举工作", "换届选举或者补选开始时登记；已经办到一半的也从这里接着办。"),
    empty_icon="check-circle",
)


@township_view(VIEW)
def campaign_list(request, township):
    """All campaigns of the township."""
    head = [("开始一次选举工作", at(township, "elections-campaign-new"), "plus-lg")] if request.allows(EDIT) else ()
    return show(request, township, CAMPAIGNS, queries.campaigns().filter(township=township), actions=head)


@township_view(VIEW)
def campaign(request, township, pk):
    """One campaign: its day, its levels with what the law says of them, and the way to everything kept in it."""
    found = get_object_or_404(queries.campaigns(), pk=pk)
    stage = queries.stage_of(found)
    decided = f"{chinese_date(found.day_decided_on)}，{found.day_paper or '没有登记文件'}"
    rows = [
        ("类别", found.get_how_display()),
        ("工作开始", chinese_date(found.begun_on)),
        ("选举日", cdatew(found.election_day)),
        ("选举日的确定", decided if found.day_decided_on else "还没有登记决定，按计划的日子推算"),
        ("上届选举日", chinese_date(found.last_day) if found.last_day else ""),
        *([("工作结束", chinese_date(found.closed_on))] if found.closed_on else []),
        *([("选民册", f"{chinese_date(found.roll_destroyed_on)}已按规定销毁")] if found.roll_destroyed_on else []),
    ]
    told = [_told(one, found, township) for one in queries.levels(found)]
    return detail_page(
        request,
        KEEPING,
        found,
        rows=rows,
        edit=EDIT,
        findings=[*_day_findings(found), *(finding for one in told for finding in one["findings"])],
        levels=told,
        stage=stage,
        buttons=[(one.label, one.url, one.icon) for one in buttons(CAMPAIGN, request.standing, found)],
        by_election=found.how != Mandate.How.GENERAL,
        may_see_voters=request.allows(VOTERS),
        may_destroy=request.allows(ERASE) and found.closed_on and not found.roll_destroyed_on,
        template="elections/campaign.html",
        breadcrumbs=[(TITLE, at(township, "elections-campaigns")), (str(found), "")],
    )


def _day_findings(found: Campaign) -> list[Finding]:
    """An election day on a day off is told; nothing moves it (选举日程没有节假日顺延)."""
    day = Holiday.objects.filter(day=found.election_day, is_workday=False).first()
    if day is None:
        return []
    message = f"选举日{cdatew(found.election_day)}是{day.name}；法定日程不因节假日顺延，请确认是否方便选民投票"
    return [Finding("day.holiday", message, None, blocking=False, force=PRACTICE)]


def _told(election, found: Campaign, township) -> dict:
    """What the page tells of one level."""
    stage = stages.stage(queries.facts_of(election, found), clock.today())
    committee = committees().filter(election=election).first()
    findings = list(seats_findings(election.term)) if election.term.seats else []
    if committee:
        findings += committee_findings(committee, list(members(committee)))
    findings += queries.announced_late(election, found.election_day, township.pack, found.how != Mandate.How.GENERAL)
    seats = f"{election.term.seats}名" if election.term.seats else "还没有登记"
    if election.seats_decided_on:
        seats += f"（{chinese_date(election.seats_decided_on)}，{election.seats_paper}）"
    return {
        "election": election,
        "name": level_and_term(election),
        "stage": stage,
        "seats": seats,
        "term_url": url_of(election.term, township),
        "list_url": url_of(voter_list, township) if (voter_list := list_of(election)) else "",
        "committee": committee,
        "led_by": led_by(election),
        "committee_url": url_of(committee, township) if committee else "",
        "findings": findings,
    }


@township_view(EDIT)
def campaign_new(request, township):
    """Begin a campaign: its day and the term of each level."""
    form = CampaignForm(request.POST or None, instance=Campaign(township=township))
    return keep_page(
        request,
        KEEPING,
        form,
        listed=at(township, "elections-campaigns"),
        act=lambda: begin(request.user, form.instance, form.cleaned_data["terms"]),
        title="开始一次选举工作",
        lead=LEAD,
    )


@township_view(EDIT)
def campaign_edit(request, township, pk):
    """Change a campaign; another election day is a step of its own."""
    form = CampaignForm(request.POST or None, instance=kept_or_404(Campaign, pk))
    lead = "变更选举日请用“变更选举日”，日程会重新推算。"
    return keep_page(
        request,
        KEEPING,
        form,
        listed=at(township, "elections-campaigns"),
        act=lambda: save(request.user, form),
        lead=lead,
    )


@township_view(EDIT)
def campaign_withdraw(request, township, pk):
    """Take back a campaign entered by mistake."""
    return withdraw_page(request, KEEPING, kept_or_404(Campaign, pk), at(township, "elections-campaigns"))
