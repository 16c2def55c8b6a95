"""The Word file that comes back: what was changed in it, section by section, and which of that is taken."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect

from congress import figures
from congress.documents.charts import refused
from congress.documents.word_file import NotWord
from congress.guard.refusal import refuse
from congress.web.forms import PlainForm
from congress.web.pages import page, perform, township_view
from congress.web.records import url_of
from reports import actions, drawing, placeholders, returned
from reports.actions.drafting import against_text
from reports.content import shown_of
from reports.forms import ReturnedForm, SectionForm
from reports.life.common import page_of
from reports.models import AnnualReport, Section
from reports.numbering import numbered
from reports.permissions import EDIT
from reports.queries import annual
from reports.views.parts import frame, report_of

LEAD = (
    "把从这里下载、在 WPS 或 Word 里改过的编辑稿交回来，先看改了哪几段，再决定采用哪些。标题、称呼、版头和落款的改动不取回，"
    "请在“标题和公文格式”里改。"
)


@dataclass(frozen=True)
class Change:
    """What came back of one section beside what stands: figures by their names, as they are edited."""

    section: Section
    number: str
    here: str
    heading: str
    text: str
    version: int
    typed: tuple[str, ...]

    @property
    def meanwhile(self) -> bool:
        """Whether the section was changed here after the file had gone out."""
        return self.version != self.section.version


def _typed(one: returned.Typed) -> str:
    label = figures.registered()[one.key].label if one.key in figures.registered() else one.key
    if one.kept:
        return f"“{label}”的{one.before}在文件里改成了{one.now}：数字仍用平台的，确有错误请改原来的记录。"
    now = f"，这里现在写的是“{one.now}”" if one.now.strip() else ""
    return f"“{label}”的{one.before}在文件里没有了{now}：采用后这里不再是平台的数据。"


def _stands(chart: dict) -> str:
    """What stands in the file's text for a chart."""
    why = refused(chart["caption"], [value for _, value in chart["rows"]])
    return f"（{why}）" if why else returned.picture(chart["caption"])


def _spread(name: str, caption: str) -> dict[str, str]:
    """The caption that stands in the file for a table, some of it for each of the columns that ask for it."""
    columns = name.split("+")
    return dict(zip(columns, [caption[: -len(columns) + 1 or None], *caption[-len(columns) + 1 :]], strict=False))


def _changes(report: AnnualReport, data: bytes) -> tuple[list[Change], list[str]]:
    """(what was changed outside, the sections that the file no longer has). Raises NotWord and NotOurs."""
    sections, uses, names = annual.sections(report), annual.kept_figures(report), figures.names()
    drawn = drawing.charts_of(report, sections, uses)
    shown = shown_of(uses)
    for name, chart in drawn.items():
        shown |= _spread(name, chart["caption"]) if chart["kind"] == "table" else {name: _stands(chart)}
    back = {one.pk: one for one in returned.read(data)}
    found, absent = [], []
    for section, heading in numbered(sections):
        one = back.get(section.pk)
        if one is None and (heading or section.text.strip()):
            absent.append(heading or section.text[:12])
        if one is None or not one.touched:
            continue
        head, lines = returned.parted(section.level, section.heading, one.lines)
        text, typed = returned.restored(section.text, shown, "\n".join(lines))
        here, told = (placeholders.in_words(words, names) for words in (section.text, text))
        number = heading.removesuffix(section.heading)
        said = tuple(map(_typed, typed))
        found.append(Change(section, number, here, head or section.heading, told, one.version, said))
    if not back.keys() & {section.pk for section in sections}:
        raise returned.NotOurs("这个文件不是本报告的编辑稿。")
    return found, absent


def _take(user, report: AnnualReport, chosen: Mapping[uuid.UUID, SectionForm]) -> list[actions.Saved]:
    """Save the sections that were chosen, all or none; a section changed meanwhile keeps both texts."""
    rows = {row.pk: row for row in annual.sections(report)}
    if not chosen or chosen.keys() - rows.keys():
        refuse("请至少勾选一段。" if not chosen else "有的段落已被移除，请重新上传。")
    for pk, form in chosen.items():
        if not form.is_valid():
            errors = "；".join(error.rstrip("。") for errors in form.errors.values() for error in errors)
            refuse(f"“{rows[pk]}”：{errors}。")
        data = form.cleaned_data
        for finding in against_text(rows[pk].level, data["heading"], data["text"]):
            refuse(f"“{rows[pk]}”：{finding.message.rstrip('。')}。")
    return [actions.save_section(user, rows[pk], **form.cleaned_data) for pk, form in chosen.items()]


def _sent(post) -> dict[uuid.UUID, SectionForm]:
    """The sections that were ticked, each with what is to stand in it."""
    chosen = {}
    for name in post.getlist("section"):
        values = {key: post.get(f"{key}-{name}", "") for key in ("heading", "text", "version")}
        try:
            chosen[uuid.UUID(name)] = SectionForm(values)
        except ValueError:
            refuse("认不出所勾选的段落，请重新上传文件。")
    return chosen


def _again(report: AnnualReport, post) -> list[Change]:
    """The preview as it was sent, where it could not be taken: nothing that came back is lost."""
    names, found = figures.names(), []
    for section, heading in numbered(annual.sections(report)):
        if f"text-{section.pk}" in post:
            said = [post.get(f"{key}-{section.pk}", "") for key in ("heading", "text", "version")]
            version = int(said[2]) if said[2].isdecimal() else section.version
            number = heading.removesuffix(section.heading)
            here = placeholders.in_words(section.text, names)
            found.append(Change(section, number, here, said[0], said[1], version, ()))
    return found


@township_view(EDIT)
def come_back(request, township, pk):
    """Hand in a file that was edited outside: a preview of what differs, of which one takes what one wants. Nothing is kept of the
    file itself."""
    found = report_of(pk)
    if sealed := annual.sealed(found):
        messages.info(request, sealed[0].message)
        return redirect(url_of(found))
    context = frame(request, found, page_of(found, "edit")) | {"title": "取回 Word 编辑稿"}
    if "take" in request.POST:
        asked = PlainForm(request.POST)
        saved = perform(asked, lambda: _take(request.user, found, _sent(request.POST)))
        if saved is not None:
            return _told(request, found, saved)
        return page(request, "reports/returned.html", context | {"form": asked, "changes": _again(found, request.POST)})
    form = ReturnedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            changes, absent = _changes(found, form.cleaned_data["file"].content)
        except (NotWord, returned.NotOurs) as wrong:
            form.add_error("file", str(wrong))
        else:
            return page(request, "reports/returned.html", context | {"changes": changes, "absent": absent})
    context |= {"form": form, "submit": "比较", "cancel_url": page_of(found, "edit"), "lead": LEAD}
    return page(request, "reports/come_back.html", context)


def _told(request, report: AnnualReport, saved: list[actions.Saved]):
    beside = sum(one.beside is not None for one in saved)
    if beside < len(saved):
        messages.success(request, f"已采用{len(saved) - beside}段。")
    if beside:
        messages.warning(request, f"{beside}段在文件取走以后有人改过，两份都已保留，请逐段选择。")
    return redirect(page_of(report, "edit"))
