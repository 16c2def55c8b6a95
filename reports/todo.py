"""What waits on a report: a draft to hand in, to sign, to issue; two texts to choose between."""

from django.urls import reverse

from congress import clock
from congress.guard.record import kept
from congress.prepared import Prepared, given
from congress.web.todo import Todo, provider, provider_while
from reports.models import SectionDraft
from reports.permissions import ANSWER, COUNTY, EDIT, SIGN
from reports.queries import annual, asking, county
from reports.stages import ReportStage

_WAITS = {  # where a draft waits: the page that leads on, and what is to be done
    ReportStage.DRAFT: ("reports-check", "待送签", "查看还差什么"),
    ReportStage.SUBMITTED: ("reports-report", "待签发", "请审阅"),
    ReportStage.SIGNED: ("reports-report", "待印发", ""),
}


_DRAFTS = Prepared(lambda: annual.reports().filter(township=given("township"), document__isnull=True))


@provider
def drafts(standing):
    """Drafts of reports."""
    if standing.township is None or not standing.allows(EDIT):
        return []
    code = standing.township.code
    lines = []
    for report in _DRAFTS(township=standing.township.pk):
        stage = annual.stage(report)
        if stage is ReportStage.SUBMITTED and not standing.allows(SIGN):
            continue
        page, word, hint = _WAITS[stage]
        kind = "更正草稿" if report.corrects_id else "草稿"
        lines.append(Todo(f"{report.audit_label}{kind}{word}", 1, reverse(page, args=[code, report.pk]), hint=hint))
    return lines


def _beside():
    return SectionDraft.objects.kept().filter(kept("section"), kept("section__report"), settled_at__isnull=True)


@provider_while(_beside)
def texts(standing):
    """Texts kept beside another."""
    if standing.township is None or not standing.allows(EDIT):
        return
    for draft in _beside().filter(township=standing.township).select_related("section"):
        url = reverse("reports-draft", args=[standing.township.code, draft.pk])
        yield Todo(f"两人同时改了“{draft.section}”，请选择", 1, url, tone="warning")


@provider
def overdue(standing):
    """For the county: replies overdue in its townships."""
    if standing.county is None or standing.township is not None or not standing.allows(COUNTY):
        return []
    late = county.overdue(standing.county.real_townships, clock.today())
    url = reverse("reports-county-overdue", args=[standing.county.code])
    return [Todo("代表建议逾期未答复", late, url, tone="danger")]


@provider
def questions(standing):
    """Questions of the county: for the township those it has not answered, for the county those whose day is over."""
    if standing.township is not None and standing.allows(ANSWER) and standing.writes:
        rows = asking.waiting([standing.township])
        url = reverse("reports-questions", args=[standing.township.code]) + "?state=waiting"
        late = asking.late(rows, clock.today())
        return [Todo("上级询问待答复", rows, url, "warning", "其中{}件已过希望答复的日期", late)]
    if standing.county is not None and standing.township is None and standing.allows(COUNTY):
        rows = asking.late(asking.waiting(standing.county.real_townships), clock.today())
        url = reverse("reports-county-questions", args=[standing.county.code]) + "?state=waiting"
        return [Todo("询问已过日期没有答复", rows, url, "warning")]
    return []
