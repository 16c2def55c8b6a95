"""The pages of the work of an election: tasks, requests and reports, coverage, inspections, progress; its calendar."""

from django.shortcuts import get_object_or_404

from congress import clock
from congress.web.pages import page, township_view
from congress.web.records import at, url_of
from congress.wording import cdatew, chinese_date
from elections.actions import work as acts
from elections.forms import work as forms
from elections.listings import work as lists
from elections.models import Campaign, CampaignTask, Coverage
from elections.permissions import EDIT, VIEW
from elections.queries import campaigns as queries
from elections.queries import work
from elections.queries.districts import spans
from elections.views.kept import KeptPages


def _day(value) -> str:
    return cdatew(value) if value else ""


def _task_facts(row: CampaignTask) -> list[tuple]:
    legal = work.legal_day(row)
    days = f"按满整日最迟{cdatew(legal.strict)}，按减日最迟{cdatew(legal.lenient)}" if legal else "非法定"
    return [
        ("级别", row.election.term.get_level_display() if row.election else "各级共同"),
        ("期限", days),
        ("责任人", row.responsible),
        ("计划日期", cdatew(row.planned_on)),
        ("完成日期", _day(row.done_on)),
        ("完成凭据", row.proof),
        ("备注", row.note),
    ]


def _task_findings(row: CampaignTask):
    found = work.with_facts(CampaignTask.objects.filter(pk=row.pk)).get()
    return work.judged(found, clock.today())


def _pages(keeping, form, listing, slug, facts, lead="", **more) -> KeptPages:
    """Pages of a kind under a campaign."""
    district = ("district",) if hasattr(keeping.model, "district") else ()
    return KeptPages(
        keeping,
        form,
        listing,
        slug,
        Campaign,
        rows=lambda campaign: keeping.model.objects.kept().filter(campaign=campaign).select_related(*district),
        start=lambda campaign: {"campaign": campaign},
        above=lambda row: row.campaign,
        facts=facts,
        reads=more.pop("reads", ("campaign", *district)),
        lead=lead,
        **more,
    )


PAGES = (
    _pages(
        acts.TASKS,
        forms.TaskForm,
        lists.TASKS,
        "tasks",
        _task_facts,
        "自己加的事项标明非法定；完成后填日期和凭据，扫描件可以作为附件。",
        reads=("campaign", "election__term"),
        findings=_task_findings,
        heads=lambda place, campaign: [("日程", at(place, "elections-calendar", campaign.pk), "calendar-event")],
    ),
    _pages(
        acts.SUBMISSIONS,
        forms.SubmissionForm,
        lists.SUBMISSIONS,
        "submissions",
        lambda row: [
            ("类别", row.get_kind_display()),
            ("关键节点", row.get_node_display()),
            ("呈送机关", row.addressee),
            ("呈送日期", chinese_date(row.submitted_on)),
            ("标题和文号", row.paper),
            ("批复日期", chinese_date(row.replied_on) if row.replied_on else ""),
            ("批复（批示）", row.reply),
        ],
        "坚持党的领导：关键节点事前请示、事后报告。只作登记，不影响法定步骤的办理。",
    ),
    _pages(
        acts.COVERAGES,
        forms.CoverageForm,
        lists.COVERAGES,
        "coverages",
        lambda row: [
            ("类别", row.get_kind_display()),
            ("选区", str(row.district or "全部选区")),
            ("日期", chinese_date(row.held_on)),
            ("做了什么", row.what),
            ("数量", str(row.number)),
        ],
        "宣传发动到位、业务培训到位：每个选区都要覆盖到。",
        also=lambda actor, form: (lambda row: acts.in_districts(actor, row, form.others)) if form.others else None,
    ),
    _pages(
        acts.INSPECTIONS,
        forms.InspectionForm,
        lists.INSPECTIONS,
        "inspections",
        lambda row: [
            ("选区", str(row.district or "全镇")),
            ("督导日期", chinese_date(row.inspected_on)),
            ("督导人", row.inspector),
            ("发现的问题", row.problem),
            ("整改期限", chinese_date(row.mend_by) if row.mend_by else ""),
            ("整改完成", f"{chinese_date(row.mended_on)}，{row.mending}" if row.mended_on else ""),
        ],
        "填了整改期限的问题列入期限提醒，直到登记整改完成。",
    ),
    _pages(
        acts.PROGRESS,
        forms.ProgressForm,
        lists.PROGRESS,
        "progress",
        lambda row: [
            ("类别", row.get_kind_display()),
            ("日期", chinese_date(row.reported_on)),
            ("报送机关", row.reported_to),
            ("内容", row.content),
            ("处置情况", row.handled),
        ],
    ),
)


@township_view(VIEW)
def calendar(request, township, pk):
    """Everything of a campaign by day, both readings of the law's days beside it; made to be printed."""
    campaign = get_object_or_404(queries.campaigns(), pk=pk)
    found, today = list(work.tasks(campaign)), clock.today()
    districts = list(work.districts_of(campaign))
    lines = [
        (line, url_of(line.task, township) if line.task else "")
        for line in work.calendar_of(campaign, found, queries.levels(campaign))
    ]
    return page(
        request,
        "elections/calendar.html",
        {
            "title": f"{campaign}日程",
            "campaign": campaign,
            "lines": lines,
            "findings": [one for task in found for one in work.judged(task, today) if task.statutory],
            "planned": bool(found),
            "waiting": any(line.task and not line.done for line, _ in lines),
            "uncovered": [
                (label, spans(work.uncovered(campaign, kind, districts))) for kind, label in Coverage.Kind.choices
            ],
            "may_edit": request.allows(EDIT) and request.standing.writes,
            "breadcrumbs": [
                ("选举工作", at(township, "elections-campaigns")),
                (str(campaign), url_of(campaign, township)),
                ("日程", ""),
            ],
        },
    )
