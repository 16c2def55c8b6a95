"""What is entered in the forms of receptions, suggestions and the report of the year."""

from datetime import date

from reports.actions.signing import digest
from reports.life import ANNUAL
from reports.models import AnnualReport, Section
from reports.queries.missing import look_over
from tests.architecture.sending_case import DAY, Case


def _a_report_to_issue(samples):
    """A draft that lacks nothing, handed in and signed."""
    report = AnnualReport.objects.create(township=samples.town, year=2020, title="工作报告", cut_off=date(2020, 12, 20))
    Section.objects.create(township=samples.town, report=report, position=1, level=0, text="做了工作。")
    report.submitted_on = report.signed_on = report.cut_off
    report.submitted_by = report.signed_by = samples.clerk
    report.signed_text = digest(look_over(report)[1])
    report.save()
    return report


def _an_issued_report(samples):
    """One that may have an edition for everybody."""
    report = _a_report_to_issue(samples)
    ANNUAL.take("issue", samples.clerk, report, on=report.cut_off)
    return report


PROPOSALS: dict[str, Case] = {
    "proposals.forms.receptions.MatterForm": Case("proposals-reception-add", {"words": "桥面坏了"}),
    "proposals.forms.receptions.ReceptionForm": Case(
        "proposals-reception-new",
        {"held_on": DAY, "words": "桥面坏了", "people": 1, "origin": "visit", "spot": "云溪村"},
    ),
    "proposals.forms.suggestions.SuggestionForm": Case(
        "proposals-suggestion-new",
        {"title": "关于修桥的建议", "situation": "桥坏了", "proposal": "请修", "submitted_on": DAY},
    ),
    "proposals.forms.suggestions.PeriodForm": Case(
        "proposals-period-new", {"value": 20, "effective_from": "2022-06-07", "basis": "主席团决定"}, who="chair"
    ),
    "reports.forms.StartForm": Case("reports-new", {"year": 2020, "cut_off": "2020-12-20"}),
    "reports.views.county_forms.AskForm": Case(
        "reports-county-ask", {"about": "接待", "text": "为什么？", "due_on": ""}, who="county_viewer"
    ),
    "reports.views.leading.CountyGuidingForm": Case(
        "reports-county-guiding-new",
        {"kind": "work", "words": "“县再抓”", "from_on": "2022-01-01"},
        who="county_viewer",
    ),
    "reports.views.county_forms.RuleForm": Case(
        "reports-county-rule-new",
        {"figure": "receptions.count", "threshold": 3, "until": "2026-12-31"},
        who="county_viewer",
    ),
    "reports.forms_kept.TemplateForm": Case(
        "reports-template-new", {"name": "新结构", "text": "一、{年}年工作总结\n\n全年。"}
    ),
    "reports.forms_kept.GuidingForm": Case(
        "reports-guiding-new", {"kind": "work", "words": "“再抓落实”", "from_on": "2022-01-01"}
    ),
    "reports.forms_kept.PlanItemForm": Case(
        "reports-plan-item-new", {"year": 2022, "words": "修渠道", "source": "promise", "due_on": "2022-11-30"}
    ),
    "reports.forms.NewSectionForm": Case("reports-add", {"text": "补写一段。"}),
    "reports.forms.IssueForm": Case("reports-issue", who="chair", args={"pk": _a_report_to_issue}),
    "reports.forms.EditionForm": Case("reports-edition", {"words": "做了＝做过"}, args={"pk": _an_issued_report}),
    "reports.forms.CommentForm": Case(
        "reports-comment", {"text": "请补数字。", "section": lambda samples: samples["section"]}
    ),
    "reports.forms.CorrectForm": Case("reports-correct", {"reason": "数字有误"}),
}
