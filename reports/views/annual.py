"""The list of reports, beginning one, one report as it reads, what is missing."""

from django.shortcuts import redirect

from congress import clock
from congress.law.finding import blocking
from congress.web.pages import page, township_view
from congress.web.records import at, form_page, url_of
from congress.web.table import Badge, Col, Listing, by_field, show
from reports import actions, placeholders
from reports.forms import StartForm
from reports.kinds import ANNUAL, KINDS
from reports.life.common import page_of
from reports.models import AnnualReport
from reports.outline import asked, hints
from reports.permissions import EDIT, VIEW
from reports.queries import annual, telling
from reports.queries.missing import missing
from reports.stages import ReportStage
from reports.views.parts import changed_lines, comments_by_section, frame, report_of, shown_sections


def _state(report: AnnualReport) -> Badge:
    stage = annual.stage(report)
    word = "更正草稿" if stage is ReportStage.DRAFT and report.corrects_id else stage.label
    return Badge(word, stage.tone)


def _kinds() -> list[tuple[str, str]]:
    return [(kind.key, kind.label) for kind in KINDS.values()]


def _title(report: AnnualReport) -> str:
    """What it is called on paper, without the name of the presidium above."""
    return "".join(report.title_lines).removeprefix(report.township.presidium_name)


REPORTS = Listing(
    title="工作报告",
    name="reports",
    columns=[
        Col("title", "标题", _title, "year,month,edition", lambda r, town: url_of(r), width=30, find="title"),
        Col("kind", "种类", lambda r: r.get_kind_display(), "kind", find="kind"),
        Col("year", "年度", lambda r: f"{r.year}年", "year,edition", find="year"),
        Col("state", "状态", _state, by=lambda r: _state(r).word),
        Col("cut_off", "数据截止日", lambda r: r.cut_off, "cut_off", find="cut_off"),
        Col(
            "number",
            "发文字号",
            lambda r: r.document.number if r.document else "",
            "document__year,document__serial",
            find="document__number",
        ),
        Col(
            "issued",
            "印发日期",
            lambda r: r.document.issued_on if r.document else None,
            "document__issued_on",
            find="document__issued_on",
        ),
        Col("edition", "稿次", lambda r: r.edition, "edition", numeric=True),
        Col(
            "corrects",
            "更正的文件",
            lambda r: r.corrects.document.number if r.corrects_id else "",
            "corrects__document__year,corrects__document__serial",
            find="corrects__document__number",
        ),
    ],
    filters=[by_field("kind", "种类", _kinds)],
    default="-title",
    search_hint="标题、种类、年度、发文字号",
    empty=("还没有工作报告", "系统按平台里的记录拟出章节和数据，再由您修改。"),
    empty_icon="journal-text",
)


@township_view(VIEW)
def report_list(request, township):
    """All reports of the township."""
    kept = [
        ("年度计划事项", at(township, "reports-plan"), "list-check"),
        ("重要提法", at(township, "reports-guidings"), "flag"),
    ]
    writing = [
        ("起草报告", at(township, "reports-new"), "plus-lg"),
        ("报告结构", at(township, "reports-templates"), "diagram-3"),
    ]
    actions_of_page = [*writing, *kept] if request.allows(EDIT) else kept
    return show(request, township, REPORTS, annual.reports().filter(township=township), actions=actions_of_page)


@township_view(EDIT)
def new(request, township):
    """Begin a report: of the kind the address names, of the year where it names none, for the period one writes of now."""
    kind = KINDS.get(request.GET.get("kind", ""), ANNUAL)
    form = StartForm(request.POST or None, township=township, kind=kind)
    return form_page(
        request,
        form,
        lambda: actions.start(request.user, township, on=clock.today(), kind=kind.key, **form.cleaned_data),
        title=f"起草{kind.label}",
        lead="系统按平台里的记录计算数据、拟出章节，您再修改；没有记录支持的句子不会写入。",
        submit="拟出报告",
        said="已按记录拟出章节和数据，请核对修改。",
        back=lambda report: page_of(report, "edit"),
        cancel_url=at(township, "reports-list"),
        template="reports/start.html",
        kinds=[(one.label, f"{at(township, 'reports-new')}?kind={one.key}", one is kind) for one in KINDS.values()],
    )


MAY = (
    "submit",
    "sign",
    "issue",
    "comment",
    "reopen",
    "edition",
    "correct",
    "discard",
)  # what is offered on the page of a report


def _hints(found: AnnualReport, uses) -> list[str]:
    told = asked(telling.parts_of(found.structure, found.of))
    return hints({key: use.value for key, use in uses.items()}, told)


@township_view(VIEW)
def report(request, township, pk):
    """The report as it reads; every figure leads to the records behind it."""
    found = report_of(pk)
    sections, uses = annual.sections(found), annual.kept_figures(found)
    used = annual.used_keys(sections)
    drifts = annual.drifts(found, used, uses, placeholders.compared(*(section.text for section in sections)))
    context = frame(request, found, page_of(found, "report"), *MAY)
    said = comments_by_section(found, context["steps"]) if request.allows(EDIT) else {}
    context |= {
        "said": [one for section in sections for one in said.get(section.pk, [])],
        "sections": shown_sections(found, sections, uses, drifts),
        "used_count": len(used),
        "changed": changed_lines(found, drifts),
        "hints": _hints(found, uses) if not found.document_id else [],
        "correction": found.correction,
        "editions": annual.editions(found),
    }
    return page(request, "reports/report.html", context)


@township_view(VIEW)
def missing_page(request, township, pk):
    """What is still missing before the report can be issued."""
    found = report_of(pk)
    if found.document_id is not None:
        return redirect(url_of(found))
    items = missing(found)
    forbidding = blocking(items)
    steps = ["recompute"] if any(item.recompute for item in items) else []
    steps += [] if forbidding else ["submit", "sign", "issue", "reopen"]
    context = frame(request, found, page_of(found, "check"), *steps) | {
        "blocking": forbidding,
        "notes": [item for item in items if not item.blocking],
    }
    return page(request, "reports/missing.html", context)
