"""The list of reports, one report as it reads, what is missing, issuing and correcting."""

from django.shortcuts import redirect
from django.urls import reverse

from congress import clock
from congress.documents import kit
from congress.documents.check import check
from congress.files import download
from congress.guard.refusal import refuse
from congress.web.pages import done, page, perform, township_view
from congress.web.table import Badge, Col, Listing, show
from reports import actions
from reports.content import content_of
from reports.documents import ANNUAL_REPORT
from reports.forms import IssueForm, ReasonForm, StartForm
from reports.models import AnnualReport
from reports.outline import hints
from reports.permissions import EDIT, ISSUE, VIEW
from reports.queries import annual
from reports.queries.missing import missing
from reports.views.parts import address, changed_lines, frame, report_of, shown_sections


def _state(report: AnnualReport) -> Badge:
    if report.document_id is None:
        return Badge("更正草稿" if report.corrects_id else "草稿", "warning")
    return Badge("已被更正", "neutral") if report.was_corrected else Badge("已印发", "good")


REPORTS = Listing(
    title="年度工作报告",
    name="reports",
    columns=[
        Col(
            "year", "年度", lambda r: f"{r.year}年度", "year,edition", lambda r, town: address("report", r), find="year"
        ),
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
    default="-year",
    search=("title",),
    search_hint="年度、标题、发文字号",
    empty=("还没有年度工作报告", "系统按平台里的记录拟出章节和数据，再由您修改。"),
    empty_icon="journal-text",
)


@township_view(VIEW)
def report_list(request, township):
    """All reports of the township."""
    actions_of_page = [("起草报告", reverse("reports-new", args=[township.code]), "plus-lg")]
    rows = annual.with_corrections(annual.reports().filter(township=township))
    return show(request, township, REPORTS, rows, actions=actions_of_page if request.allows(EDIT) else ())


@township_view(EDIT)
def new(request, township):
    """Begin the report of a year."""
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        report = perform(form, lambda: actions.start(request.user, township, on=clock.today(), **data))
        if report:
            return done(request, "已按记录拟出章节和数据，请核对修改。", address("edit", report))
    context = {
        "title": "起草年度工作报告",
        "lead": "系统按平台里的记录计算数据、拟出章节，您再修改；没有记录支持的句子不会写入。",
        "form": form,
        "submit": "拟出报告",
        "cancel_url": reverse("reports-list", args=[township.code]),
    }
    return page(request, "congress/form.html", context)


@township_view(VIEW)
def report(request, township, pk):
    """The report as it reads; every figure leads to the records behind it."""
    found = report_of(pk)
    sections, uses = annual.sections(found), annual.kept_figures(found)
    used = annual.used_keys(sections)
    drifts = annual.drifts(found, used)
    context = frame(request, found, "report") | {
        "sections": shown_sections(found, sections, uses, drifts),
        "used_count": len(used),
        "changed": changed_lines(found, drifts),
        "hints": hints({key: use.value for key, use in uses.items()}) if not found.document_id else [],
        "correction": annual.reports().filter(corrects=found).first(),
        "may_correct": request.allows(EDIT) and found.document_id is not None,
    }
    return page(request, "reports/report.html", context)


@township_view(VIEW)
def missing_page(request, township, pk):
    """What is still missing before the report can be issued."""
    found = report_of(pk)
    if found.document_id is not None:
        return redirect(address("report", found))
    items = missing(found)
    context = frame(request, found, "check") | {
        "blocking": [item for item in items if item.blocking],
        "notes": [item for item in items if not item.blocking],
        "may_recompute": any(item.recompute for item in items),
    }
    return page(request, "reports/missing.html", context)


def _draft_pdf(report: AnnualReport) -> bytes:
    sections, uses = annual.sections(report), annual.kept_figures(report)
    absent = [key for key in annual.used_keys(sections) if key not in uses]
    if absent:
        refuse(f"正文中有没有计算的数据：{'、'.join(absent)}。请先重新计算数据。")
    return kit.draft(ANNUAL_REPORT, content_of(report, sections, uses))


@township_view(VIEW)
def pdf(request, township, pk):
    """The PDF: the stored bytes once issued, before that the draft as it stands, marked on every page."""
    found = report_of(pk)
    if found.document_id is not None:
        return redirect("document-file", code=township.code, pk=found.document_id)
    name = f"{found}（草稿）.pdf"
    return download(_draft_pdf(found), name=name, content_type="application/pdf", inline=True)


@township_view(VIEW)
def layout(request, township, pk):
    """版式检查 of the draft, measured on its PDF."""
    found = report_of(pk)
    if found.document_id is not None:
        return redirect("document-check", code=township.code, pk=found.document_id)
    rows = check(_draft_pdf(found), profile=ANNUAL_REPORT.profile, draft=True)
    context = frame(request, found, "check") | {"rows": rows, "failed": [row for row in rows if not row.ok]}
    return page(request, "reports/layout.html", context)


@township_view(ISSUE)
def issue(request, township, pk):
    """Confirm and issue; everything missing is shown instead of the button's doing."""
    found = report_of(pk)
    if found.document_id is not None:
        return redirect(address("report", found))
    form = IssueForm(request.POST or None, report=found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        document = perform(form, lambda: actions.issue(request.user, found, **data))
        if document:
            return done(request, f"已印发：{document.number}。", address("report", found))
    items = missing(found)
    context = {
        "title": f"印发{found.year}年度工作报告",
        "rows": [("标题", found), ("数据截止日", found.cut_off), ("更正", found.correction_reason or "否")],
        "findings": [item for item in items if not item.blocking],
        "consequences": [
            "正文和数据定稿，不能再改。",
            "编定发文字号，生成 PDF 并保存指纹。",
            "如有错误，只能另行更正重发。",
        ],
        "form": form,
        "submit": "确认印发",
        "cancel_url": address("check", found),
        "breadcrumbs": frame(request, found, "")["breadcrumbs"],
        "blocking": [item for item in items if item.blocking],
    }
    return page(request, "reports/issue.html", context)


@township_view(EDIT)
def correct(request, township, pk):
    """Begin a correction of an issued report."""
    found = report_of(pk)
    if found.document_id is None:
        return redirect(address("report", found))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new_report = perform(form, lambda: actions.correct(request.user, found, **form.cleaned_data))
        if new_report:
            return done(request, "已建立更正草稿，修改后重新印发。", address("edit", new_report))
    context = {
        "title": f"更正{found.document.number}",
        "lead": "原件保留不动。更正草稿沿用原来的正文和数据，改好后另编文号印发，并注明更正了哪一份、为什么。",
        "form": form,
        "submit": "建立更正草稿",
        "cancel_url": address("report", found),
    }
    return page(request, "congress/form.html", context)


@township_view(EDIT)
def discard(request, township, pk):
    """Give a draft up."""
    found = report_of(pk)
    if found.document_id is not None:
        return redirect(address("report", found))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.discard(request.user, found, **form.cleaned_data)
            return True

        if perform(form, act):
            return done(request, "草稿已放弃。", reverse("reports-list", args=[township.code]))
    context = {
        "title": f"放弃{found.year}年度报告草稿",
        "lead": "草稿不再显示，之后可以重新起草本年度报告。",
        "form": form,
        "submit": "放弃草稿",
        "cancel_url": address("report", found),
    }
    return page(request, "congress/form.html", context)
