"""Editing a report: sections that save themselves, two editors at once."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from congress import figures
from congress.web.pages import done, page, perform, township_view
from congress.web.records import form_page, url_of
from reports import actions, placeholders
from reports.forms import SectionForm, SettleForm
from reports.life.common import page_of
from reports.models import Section, SectionDraft
from reports.numbering import numbered
from reports.outline import asked, hints, inserts
from reports.permissions import EDIT
from reports.queries import annual, offering, planning, telling
from reports.queries.before import partly
from reports.queries.denied import denied
from reports.views.parts import comments_by_section, frame, report_of, section_of


def _choices(uses, names) -> list[tuple[str, list[dict]]]:
    """The figures that may be set into a text, by group, each with its token and its value now."""
    groups: dict[str, list[dict]] = {}
    for key, figure in figures.registered().items():
        if key in uses:
            line = {"label": figure.label, "unit": figure.suffix, "token": "{{" + names[key] + "}}"}
            groups.setdefault(figure.group, []).append(line | {"shown": annual.spoken(uses[key])})
    return list(groups.items())


@township_view(EDIT)
def edit(request, township, pk):
    """All sections in one page, each saved by itself."""
    found = report_of(pk)
    if sealed := annual.sealed(found):
        messages.info(request, sealed[0].message)
        return redirect(url_of(found))
    sections, uses, names = annual.sections(found), annual.kept_figures(found), figures.names()
    drafts: dict = {}
    for draft in annual.open_drafts(found):
        drafts.setdefault(draft.section_id, []).append(draft)
    context = frame(request, found, page_of(found, "edit"), "heading", "add")
    parts = telling.parts_of(found.structure, found.of)
    told = asked(parts)
    said = comments_by_section(found, context["steps"])
    no_more: dict = {}
    for one in denied(found, sections, uses):
        no_more.setdefault(one.section.pk, []).append(one)
    rows = [
        {
            "section": section,
            "said": said.get(section.pk, []),
            "denied": no_more.get(section.pk, []),
            "text": placeholders.in_words(section.text, names),
            "heading": heading,
            "number": heading.removesuffix(section.heading),
            "lines": max(2, len(section.text) // 38 + section.text.count("\n") + 2),
            "drafts": drafts.get(section.pk, []),
        }
        for section, heading in numbered(sections)
    ]
    context |= {
        "rows": rows,
        "choices": _choices(uses, names),
        "hints": [
            *hints({key: use.value for key, use in uses.items()}, told),
            *planning.hints(found, inserts(parts)),
            *telling.hints(telling.draft_story(found), told),
            *partly(uses, sorted(telling.held_against(parts))),
        ],
        "last": offering.last_report(found),
    }
    return page(request, "reports/edit.html", context)


def _note(request, section: Section, *, status: int = 200, **context):
    values = {"section": section, "report": section.report, **context}
    return render(request, "reports/_saved.html", values, status=status)


@township_view(EDIT)
def save(request, township, pk):
    """Save one section; htmx gets a short note, the button without JavaScript a page."""
    section = section_of(pk)
    back = f"{page_of(section.report, 'edit')}#section-{section.pk}"
    if request.method != "POST":
        return redirect(back)
    form = SectionForm(request.POST)
    saved = None
    if form.is_valid():
        data = form.cleaned_data
        heading = data["heading"] or section.heading
        saved = perform(
            form,
            lambda: actions.save_section(
                request.user,
                section,
                version=data["version"],
                heading=heading,
                text=data["text"],
            ),
        )
    if saved is None:
        errors = [error for found in form.errors.values() for error in found]
        if request.htmx:
            return _note(request, section, errors=errors, version=request.POST.get("version"), status=422)
        context = {"section": section, "form": form, "errors": errors, "back": back}
        return page(
            request, "reports/section.html", frame(request, section.report, page_of(section.report, "edit")) | context
        )
    if saved.beside:
        if request.htmx:
            return _note(request, saved.section, beside=saved.beside, version=data["version"])
        messages.warning(request, "您修改期间别人保存了新的内容，两份都已保留，请选择。")
        return redirect("reports-draft", code=township.code, pk=saved.beside.pk)
    if request.htmx:
        return _note(request, saved.section, version=saved.section.version)
    return done(request, "已保存。", back)


@township_view(EDIT)
def draft(request, township, pk):
    """Two texts of one section side by side: choose one, or write what is to stand."""
    rows = SectionDraft.objects.kept().select_related(
        "author", "section__report__township__county", "section__edited_by"
    )
    found = get_object_or_404(rows, pk=pk)
    section = found.section
    back = f"{page_of(section.report, 'edit')}#section-{section.pk}"
    if found.settled_at:
        return redirect(back)
    names = figures.names()
    here, beside = placeholders.in_words(section.text, names), placeholders.in_words(found.text, names)
    form = SettleForm(request.POST or None, initial={"text": here, "version": section.version})
    return form_page(
        request,
        form,
        lambda: actions.settle_draft(request.user, found, **form.cleaned_data),
        title=f"两人同时改了“{section}”",
        said="已处理两份稿件。",
        back=back,
        submit="用合并后的正文",
        template="reports/draft.html",
        draft=found,
        section=section,
        here=here,
        beside=beside,
        **frame(request, section.report, page_of(section.report, "edit")),
    )
