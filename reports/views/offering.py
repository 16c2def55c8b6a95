"""What is offered beside a draft: problems its figures show, cases of its year, and last year's own wording."""

from django.contrib import messages
from django.shortcuts import redirect

from congress import figures
from congress.web.pages import township_view
from congress.web.records import form_page, url_of
from reports import actions, placeholders
from reports.forms import SectionForm
from reports.forms_kept import CasesForm, ProblemsForm
from reports.life.common import page_of
from reports.permissions import EDIT
from reports.queries import annual, offering
from reports.queries.cases import cases_of, with_cases
from reports.views.parts import frame, report_of, section_of


@township_view(EDIT)
def problems(request, township, pk):
    """The problems the figures show, each with its evidence; the chosen ones are written into a section."""
    report = report_of(pk)
    if sealed := annual.sealed(report):
        messages.info(request, sealed[0].message)
        return redirect(url_of(report))
    found = offering.problems_of(report)
    form = ProblemsForm(request.POST or None, report=report, found=found)

    def write():
        section = form.cleaned_data["section"]
        text = offering.with_sentences(section.text, form.sentences)
        return actions.save_section(
            request.user, section, version=section.version, heading=section.heading, text=text
        ).section

    return form_page(
        request,
        form,
        write,
        title="数据反映的问题",
        lead="选中的写进“存在不足”的段落，写入后还可以改。"
        if form.found
        else "数据反映的问题都已写入，或者没有发现问题。",
        submit="写入报告",
        said="已写入，请核对上下文。",
        back=lambda section: f"{page_of(report, 'edit')}#section-{section.pk}",
        cancel_url=page_of(report, "edit"),
        template="reports/problems.html",
        found=[
            (one, [(label, value, page_of(report, "figure", key)) for key, label, value in one.evidence])
            for one in found
        ],
        **frame(request, report, page_of(report, "edit")),
    )


@township_view(EDIT)
def cases(request, township, pk):
    """Cases of the report's year that came to a good end; the chosen ones are told at the end of a section."""
    report = report_of(pk)
    if sealed := annual.sealed(report):
        messages.info(request, sealed[0].message)
        return redirect(url_of(report))
    offered = cases_of(report)
    form = CasesForm(request.POST or None, report=report, cases=offered)

    def write():
        section = form.cleaned_data["section"]
        text = with_cases(section, form.picked)
        return actions.save_section(
            request.user, section, version=section.version, heading=section.heading, text=text
        ).section

    return form_page(
        request,
        form,
        write,
        title="典型事例",
        lead="本年度办结的建议和选民反映的事项，不写姓名；选中的写到所选一段的后面，再由您补充细节。"
        if offered
        else "本年度还没有办结且评价满意的建议，也没有解决的选民反映事项。",
        submit="写入报告",
        said="已写入，请补充细节、核对上下文。",
        back=lambda section: f"{page_of(report, 'edit')}#section-{section.pk}",
        cancel_url=page_of(report, "edit"),
        template="reports/cases.html",
        cases=[(one, url_of(one.record)) for one in offered],
        **frame(request, report, page_of(report, "edit")),
    )


@township_view(EDIT)
def last_words(request, township, pk):
    """Last year's own wording of a section, with the figures of this year; it may be taken over."""
    section = section_of(pk)
    report = section.report
    before = offering.last_words(section)
    back = f"{page_of(report, 'edit')}#section-{section.pk}"
    sealed = annual.sealed(report) if request.method == "GET" else []  # what was sent is refused, with its text
    if sealed or before is None:
        messages.info(request, sealed[0].message if sealed else "去年印发的报告里没有这一段。")
        return redirect(url_of(report) if sealed else back)
    names = figures.names()
    initial = {
        "heading": section.heading,
        "text": placeholders.in_words(before.text, names),
        "version": section.version,
    }
    form = SectionForm(request.POST or None, initial=initial)
    return form_page(
        request,
        form,
        lambda: actions.save_section(
            request.user, section, **{**form.cleaned_data, "heading": form.cleaned_data["heading"] or section.heading}
        ),
        title=f"去年的文字：{section}",
        lead="年份和数据已换成今年的，改好后保存，就代替现在这一段。",
        submit="用这一段",
        said="已采用去年的文字，请核对。",
        back=back,
        template="reports/last_words.html",
        moved=before.moved,
        now=placeholders.in_words(section.text, names),
        **frame(request, report, page_of(report, "edit")),
    )
