"""Editing a report: sections that save themselves, two editors at once, adding, moving and removing."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from congress import figures
from congress.guard.refusal import refuse
from congress.web.pages import done, page, perform, township_view
from congress.web.records import form_page
from reports import actions, placeholders
from reports.forms import HeadingForm, NewSectionForm, SectionForm, SettleForm
from reports.models import Section, SectionDraft
from reports.numbering import numbered
from reports.outline import hints
from reports.permissions import EDIT
from reports.queries import annual
from reports.views.parts import address, frame, report_of, section_of


def _names() -> dict[str, str]:
    """What each figure is called in the texts that people edit."""
    return {key: figure.label for key, figure in figures.registered().items()}


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
    if found.document_id is not None:
        messages.info(request, "报告已经印发，不能再改；确有错误请办理更正。")
        return redirect(address("report", found))
    sections, uses, names = annual.sections(found), annual.kept_figures(found), _names()
    drafts: dict = {}
    for draft in annual.open_drafts(found):
        drafts.setdefault(draft.section_id, []).append(draft)
    rows = [
        {
            "section": section,
            "text": placeholders.in_words(section.text, names),
            "heading": heading,
            "number": heading.removesuffix(section.heading),
            "lines": max(2, len(section.text) // 38 + section.text.count("\n") + 2),
            "drafts": drafts.get(section.pk, []),
        }
        for section, heading in numbered(sections)
    ]
    context = frame(request, found, "edit") | {
        "rows": rows,
        "choices": _choices(uses, names),
        "hints": hints({key: use.value for key, use in uses.items()}),
    }
    return page(request, "reports/edit.html", context)


def _note(request, section: Section, *, status: int = 200, **context):
    values = {"section": section, "report": section.report, **context}
    return render(request, "reports/_saved.html", values, status=status)


@township_view(EDIT)
def save(request, township, pk):
    """Save one section; htmx gets a short note, the button without JavaScript a page."""
    section = section_of(pk)
    back = f"{address('edit', section.report)}#section-{section.pk}"
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
                text=placeholders.in_keys(data["text"], _names()),
            ),
        )
    if saved is None:
        errors = [error for found in form.errors.values() for error in found]
        if request.htmx:
            return _note(request, section, errors=errors, version=request.POST.get("version"), status=422)
        context = {"section": section, "form": form, "errors": errors, "back": back}
        return page(request, "reports/section.html", frame(request, section.report, "edit") | context)
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
    back = f"{address('edit', section.report)}#section-{section.pk}"
    if found.settled_at:
        return redirect(back)
    names = _names()
    here, beside = placeholders.in_words(section.text, names), placeholders.in_words(found.text, names)
    form = SettleForm(request.POST or None, initial={"text": here, "version": section.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data | {"text": placeholders.in_keys(form.cleaned_data["text"], names)}
        if perform(form, lambda: actions.settle_draft(request.user, found, **data)):
            return done(request, "已处理两份稿件。", back)
    context = frame(request, section.report, "edit") | {
        "draft": found,
        "section": section,
        "here": here,
        "beside": beside,
        "form": form,
        "back": back,
    }
    return page(request, "reports/draft.html", context)


@township_view(EDIT)
def add(request, township, pk):
    """A new section below another (`?after=`), or at the beginning."""
    found = report_of(pk)
    after = request.GET.get("after", "")
    above = next((row for row in annual.sections(found) if str(row.pk) == after), None)
    form = NewSectionForm(request.POST or None, initial={"level": 0})

    def act():
        data = form.cleaned_data | {"text": placeholders.in_keys(form.cleaned_data["text"], _names())}
        return actions.add_section(request.user, found, after=above, **data)

    return form_page(
        request,
        form,
        act,
        title="增加段落",
        lead=f"加在“{above}”之后。" if above else "加在最前面。",
        submit="增加",
        said="已增加。",
        back=lambda section: f"{address('edit', found)}#section-{section.pk}",
        cancel_url=address("edit", found),
        **frame(request, found, "edit"),
    )


@township_view(EDIT)
def heading(request, township, pk):
    """What stands above the text: title, lines under it, whom it addresses."""
    found = report_of(pk)
    form = HeadingForm(request.POST or None, report=found)
    sent = request.method == "POST" and form.is_valid()
    if sent and perform(form, lambda: actions.set_heading(request.user, found, **form.cleaned_data)):
        return done(request, "已保存标题。", address("edit", found))
    context = frame(request, found, "edit") | {
        "title": "标题、副题和称呼",
        "form": form,
        "submit": "保存",
        "cancel_url": address("edit", found),
    }
    return page(request, "congress/form.html", context)


@township_view(EDIT)
def arrange(request, township, pk, step):
    """Move a section up or down, or take it out."""
    section = section_of(pk)
    if request.method != "POST":  # the address alone, e.g. after logging in again: show where the buttons are
        return redirect(address("edit", section.report))
    if step == "remove":
        actions.remove_section(request.user, section)
        return done(request, "已移除，可以在操作记录中找到原文。", address("edit", section.report))
    if step not in ("up", "down"):
        refuse("只能上移、下移或者移除。")
    actions.move_section(request.user, section, up=step == "up")
    return done(request, "已调整次序。", f"{address('edit', section.report)}#section-{section.pk}")
