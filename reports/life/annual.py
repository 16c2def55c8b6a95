"""The steps of a report: written as a draft, computed anew, signed and issued, corrected, given up."""

from dataclasses import replace

from congress.law.finding import Finding
from congress.models import Document
from congress.steps import Attempt, Life, Step, Words, register
from congress.web.forms import ReasonForm
from congress.web.records import at, url_of
from reports import forms
from reports import permissions as may
from reports.actions import drafting, edition, figures, heading, issuing, sections, verbs
from reports.life.comments import COMMENTS
from reports.life.common import at_section, made_before, of_the_report, page_from, page_of, writable
from reports.life.signing import SIGNING
from reports.models import AnnualReport, Section
from reports.queries import annual
from reports.queries.denied import of_report


def _issued(attempt: Attempt) -> list[Finding]:
    if attempt.record.document_id is None:
        return [Finding("order.draft", "报告印发以后才能制作公开稿。")]
    if attempt.record.correction is not None and attempt.record.correction.document_id is not None:
        return [Finding("order.corrected", "该报告已被更正，请为更正后的报告制作公开稿。")]
    return []


def _may_correct(attempt: Attempt) -> list[Finding]:
    if attempt.record.document_id is None:
        return [Finding("order.draft", "报告还没有印发，直接修改即可。")]
    if attempt.record.correction is not None:
        return [Finding("order.corrected", "该报告已在更正或者已被更正，请打开最新一份。")]
    return []


def _heading(attempt: Attempt) -> dict:
    report = attempt.record
    names = ("subtitle", "salutation", "way", "signers", "copies", "printed_by")
    return {"title": "\n".join(report.title_lines)} | {name: getattr(report, name) for name in names}


def _changes(attempt: Attempt) -> str:
    said, found = annual.in_words(attempt.outcome), of_report(attempt.record)
    return f"{said}正文有{len(found)}句话现在的数据不支持，见“编辑”各段和“还差什么”。" if found else said


FIGURES = (
    Step(
        "recompute",
        Words("重新计算", "重新计算数据", icon="arrow-clockwise"),
        said=_changes,
        verb=verbs.COMPUTE,
        form=forms.RecomputeForm,
        permission=may.EDIT,
        act=figures.recompute,
        when=writable,
        back=page_from("figures"),
        lead="按现在的记录重新计算全部数据，截止日不变，并列出变化。",
    ),
    Step(
        "cut-off",
        Words("改期间和截止日", "改报告期间和截止日", "按新的期间重新计算"),
        said=_changes,
        verb=verbs.CUT_OFF,
        form=forms.PeriodForm,
        permission=may.EDIT,
        act=figures.set_period,
        when=writable,
        check=figures.check_days,
        initial=lambda attempt: {"since": attempt.record.since, "cut_off": attempt.record.cut_off},
        back=page_from("figures"),
        main=False,
    ),
)
UP = Step(
    "up",
    Words("上移", "上移段落", icon="arrow-up"),
    said="已调整次序。",
    verb=verbs.MOVE,
    form=forms.SectionStepForm,
    permission=may.EDIT,
    act=sections.move_up,
    when=writable,
    check=sections.check_there,
    options=of_the_report,
    prefilled=("section",),
    back=page_from("edit"),
    then=lambda attempt: at_section(attempt.data["section"], attempt.record),
    main=False,
)
TEXT = (
    Step(
        "heading",
        Words("标题和公文格式", "标题、称呼和公文格式", "保存"),
        said="已保存标题和公文格式。",
        verb=verbs.HEADING,
        form=forms.HeadingForm,
        permission=may.EDIT,
        act=heading.act,
        check=heading.check,
        when=writable,
        options=of_the_report,
        initial=_heading,
        back=page_from("edit"),
        main=False,
        guard=True,
    ),
    Step(
        "add",
        Words("增加段落", submit="增加", icon="plus-lg"),
        said="已增加。",
        verb=verbs.ADD,
        form=forms.NewSectionForm,
        permission=may.EDIT,
        act=sections.add,
        when=writable,
        check=sections.check_new,
        options=of_the_report,
        prefilled=("after",),
        before=made_before(Section),
        back=page_from("edit"),
        then=lambda attempt: at_section(attempt.made, attempt.record),
        main=False,
        guard=True,
    ),
    UP,
    replace(UP, key="down", words=Words("下移", "下移段落", icon="arrow-down"), act=sections.move_down),
    replace(
        UP,
        key="remove",
        words=Words("移除", "移除段落", icon="trash"),
        said="已移除，可以在操作记录中找到原文。",
        verb=verbs.REMOVE,
        act=sections.remove,
        then=None,
    ),
)
EDITION = Step(
    "edition",
    Words("制作公开稿", submit="制作"),
    said="已制作公开稿，请打开核对，再决定是否公布。",
    verb=verbs.EDITION,
    form=forms.EditionForm,
    permission=may.EDIT,
    act=edition.act,
    check=edition.check,
    when=_issued,
    initial=edition.proposal,
    options=lambda attempt: {"uses": edition.used(attempt.record)},
    before=made_before(Document),
    lead="公开稿与原件同一文号，隐去的数字和文字在正文、标题、文件属性和 Word 编辑稿里都不出现；原件不变。",
    then=lambda attempt: at(attempt.record.township, "document", attempt.made.pk),
    main=False,
)
ENDS = (
    Step(
        "correct",
        Words("更正重发", submit="建立更正草稿"),
        said="已建立更正草稿，修改后重新印发。",
        verb=verbs.CORRECT,
        form=forms.CorrectForm,
        permission=may.EDIT,
        act=issuing.correct,
        when=_may_correct,
        before=made_before(AnnualReport),
        lead="原件保留不动。更正草稿沿用原来的正文和数据，改好后另编文号印发，并注明更正了哪一份、为什么。",
        then=lambda attempt: page_of(attempt.made, "edit"),
        main=False,
    ),
    Step(
        "discard",
        Words("放弃草稿"),
        said="草稿已放弃。",
        verb=verbs.DISCARD,
        form=ReasonForm,
        permission=may.EDIT,
        act=drafting.discard,
        when=writable,
        lead="草稿不再显示，之后可以重新起草同一时期的报告。",
        then=lambda attempt: at(attempt.record.township, "reports-list"),
        main=False,
        apart=True,
    ),
)
ANNUAL = register(
    Life(
        name="reports",
        kind="annual_report",
        model=AnnualReport,
        read=annual.with_report,
        visible=lambda standing: AnnualReport.objects.kept(),
        called=lambda report: report.audit_label,
        page=url_of,
        steps=(*SIGNING, *FIGURES, *TEXT, *COMMENTS, EDITION, *ENDS),
    )
)
