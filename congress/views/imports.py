"""Pages of imports: upload, name the columns, look at the rows, take them, take them back."""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from congress import clock, files
from congress.guard.refusal import refuse
from congress.imports import batches, drop, kind_of, kinds, preview_of, take, undo, upload, what_holds
from congress.imports.content import source_of
from congress.imports.mapping_form import MappingForm
from congress.imports.pieces import ASKED, Pieces
from congress.imports.shown import lines_of
from congress.models import ImportBatch, Job
from congress.permissions import IMPORTS
from congress.spreadsheets.preview import ACCEPTED, REFUSED, Status
from congress.spreadsheets.read import SheetRefused
from congress.spreadsheets.write import error_workbook, safe_filename, template_workbook
from congress.views.listings import IMPORT_BATCHES
from congress.web.pages import done, page, township_view
from congress.web.paging import Pages
from congress.web.records import at, form_page, import_at
from congress.web.table import XLSX, show

PAGE_SIZE = 50
ANSWER = "answer-"  # how the fields of rows that ask are called
ROWS = ImportBatch.objects.select_related("township__county", "data_key", "owner")


def _kind(request, key: str):
    """The kind, if the user may import it."""
    try:
        kind = kind_of(key)
    except KeyError as error:
        raise Http404 from error
    if not request.allows(kind.permission):
        raise PermissionDenied(f"导入{kind.label}")
    return kind


def _batch(request, pk) -> ImportBatch:
    batch = get_object_or_404(ROWS.all().kept(), pk=pk)
    _kind(request, batch.kind)
    return batch


def _page_of(batch: ImportBatch) -> str:
    return reverse("import-batch", args=[batch.township.code, batch.pk])


@township_view(IMPORTS)
def import_list(request, township):
    """What was imported, by whom, and what became of it."""
    mine = [kind for kind in kinds() if request.allows(kind.permission)]
    rows = ROWS.kept().filter(kind__in=[kind.key for kind in mine]).defer("content")
    groups: dict[str, list] = {}
    for kind in mine:
        word = kind.group or apps.get_app_config(kind.key.split(".")[0]).verbose_name
        groups.setdefault(word, []).append((f"导入{kind.label}", at(township, "import-new", kind.key)))
    offered = list(groups.items()) if request.standing.writes else []
    return show(request, township, IMPORT_BATCHES, rows, context={"groups": offered}, template="congress/imports.html")


@township_view(IMPORTS)
def import_new(request, township, kind):
    """Upload a file or paste a table; a refused one leaves nothing behind. The page one comes from says by `import_at` what
    the table is about."""
    found = _kind(request, kind)
    said = {name: request.GET[name] for name in found.form.base_fields if name in request.GET}
    form = found.form(request.POST or None, request.FILES or None, township=township, initial=said)
    return form_page(
        request,
        form,
        lambda: _upload(request.user, found, form),
        title=f"导入{found.label}",
        lead=found.hint,
        submit="上传并检查",
        said="已上传，请核对。",
        back=_page_of,
        cancel_url=found.back(township),
        template="congress/import_new.html",
        template_url=at(township, "import-template", kind),
        columns=[column for column in found(township, {}).columns() if column.offered],
    )


def _upload(actor, kind, form) -> ImportBatch:
    given = form.cleaned_data["file"]
    try:
        return upload(
            actor,
            form.township,
            kind,
            options=form.options(),
            data=given.read() if given else b"",
            file_name=given.name if given else "",
            text=form.cleaned_data["text"],
            key=form.cleaned_data["key"],
        )
    except SheetRefused as refused:
        refuse(f"{refused.message}。".replace("。。", "。"), "file" if given else "text")


@township_view(IMPORTS)
def import_template(request, township, kind):
    """A workbook to fill in, with this township's choices as lists."""
    found = _kind(request, kind)
    name = safe_filename(township.name, f"{found.label}导入模板", clock.today())
    book = template_workbook(found(township, {}).columns(), f"{found.label}导入模板")
    return files.download(book, name=name, content_type=XLSX)


@township_view(IMPORTS)
def import_batch(request, township, pk):
    """A batch as it stands: being worked on, to be named, to be decided, or done."""
    batch = _batch(request, pk)
    job = _running(batch)
    if job is not None:
        return redirect("job", code=township.code, pk=job.pk)
    if batch.state != ImportBatch.State.PREVIEW:
        return _result(request, township, batch)
    preview = preview_of(batch)
    if preview is None:
        return redirect("import-mapping", code=township.code, pk=pk)
    return _decide(request, township, batch, preview)


def _running(batch: ImportBatch) -> Job | None:
    working = Job.objects.filter(arguments__batch=str(batch.pk), state__in=[Job.State.QUEUED, Job.State.RUNNING])
    return working.order_by("-created_at").first()


def _decide(request, township, batch: ImportBatch, preview):
    kind = batches.opened(batch)
    wanted = request.GET.get("status", "")
    rows = Pieces(batch, *filter(None, [wanted]))
    current = Pages(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    heads, lines = lines_of(kind, preview, current.object_list)
    counts = {status: batch.counts.get(status.value, 0) for status in Status}
    asked = len(Pieces(batch, ASKED))
    accepted, left_out = (sum(counts[status] for status in some) for some in (ACCEPTED, REFUSED))
    context = {
        "batch": batch,
        "kind": kind,
        "preview": preview,
        "chips": _chips(counts, asked),
        "skipped": _by_reason(preview),
        "read": [(part.sheet, part.rows) for part in preview.parts] if len(preview.parts) > 1 else [],
        "asked": asked,
        "has_options": len(kind.form(township=township, with_table=False).fields) > 0,
        "counts": [(status.label, n) for status, n in counts.items() if n or status in (Status.NEW, Status.WRONG)],
        "page": current,
        "heads": heads,
        "columns": len(heads) + 2,
        "asked_here": any(row.question for row in current.object_list),
        "lines": lines,
        "accepted": accepted,
        "left_out": left_out,
        "unchanged": counts[Status.UNCHANGED],
        "any_rows": any(counts.values()),
        "new_url": _next(kind),
    }
    return page(request, "congress/import_preview.html", context, fragment="congress/_import_rows.html")


def _chips(counts: dict[Status, int], asked: int) -> list[tuple[str, str, int]]:
    chips = [(status.value, status.label, number) for status, number in counts.items() if number]
    return [*chips, (ASKED, "有同名，请选择", asked)] if asked else chips


def _by_reason(preview) -> list[tuple[str, list[str]]]:
    """Rows that were stepped over, by why, each with its place."""
    found: dict[str, list[str]] = {}
    for sheet, row, reason in preview.skipped:
        found.setdefault(reason, []).append(f"{sheet}第{row}行")
    return list(found.items())


@township_view(IMPORTS)
def import_answers(request, township, pk):
    """Say of rows that ask whom they mean, and look again."""
    batch = _batch(request, pk)
    if request.method != "POST":
        return redirect(_page_of(batch))
    given = {name.removeprefix(ANSWER): value for name, value in request.POST.items() if name.startswith(ANSWER)}
    batches.look_again(request.user, batch, answers=given)
    return done(request, "已按选择重新检查。", _page_of(batch))


@township_view(IMPORTS)
def import_options(request, township, pk):
    """Change what was said for the whole table, and look again."""
    batch = _batch(request, pk)
    if batch.state != ImportBatch.State.PREVIEW:
        return redirect(_page_of(batch))
    kind = kind_of(batch.kind)
    said = {name: value for name, value in batch.mapping["options"].items() if value is not None}
    form = kind.form(request.POST or None, township=township, with_table=False, initial=said)
    return form_page(
        request,
        form,
        lambda: batches.look_again(request.user, batch, options=form.options()),
        title=f"导入{kind.label}",
        lead=f"{batch.file_name}：修改以后重新检查，不必重新上传。",
        submit="重新检查",
        said="已重新检查。",
        back=_page_of(batch),
    )


def _next(kind) -> str:
    """Where the next table of the same kind is uploaded; what holds for that one too is chosen already."""
    said = {name: kind.options[name] for name in kind.once_for_all if kind.options.get(name)}
    return import_at(kind.township, kind.key, **said)


def _result(request, township, batch: ImportBatch):
    kind = batches.opened(batch)
    context = {
        "batch": batch,
        "kind": kind,
        "back_url": kind.seen_at(),
        "counts": batch.counts,
        "written": any(batches.made_and_changed(batch, ())),
        "new_url": _next(kind),
    }
    return page(request, "congress/import_result.html", context)


@township_view(IMPORTS)
def import_mapping(request, township, pk):
    """Say which column is which."""
    batch = _batch(request, pk)
    kind = batches.opened(batch)
    try:
        book = source_of(batch) if batch.state == ImportBatch.State.PREVIEW else None
    except SheetRefused as refused:
        refuse(refused.message)
    if book is None:
        return redirect(_page_of(batch))
    form = MappingForm(
        request.POST or None,
        found=batches.samples(book),
        columns=kind.columns(),
        known=batch.mapping["columns"],
        sheets=[sheet.name for sheet in book.sheets],
        chosen_sheets=batch.mapping.get("sheets") or (),
    )
    return form_page(
        request,
        form,
        lambda: _look_again(request.user, batch, form),
        title="对应列名",
        lead=f"{batch.file_name}：请说明每一列是什么，不需要的选“不导入”。下次导入同样的表格会记住。",
        submit="按此识别",
        said="已按对应的列识别，请核对。",
        back=_page_of(batch),
        cancel_url=at(township, "imports"),
        template="congress/import_mapping.html",
        batch=batch,
    )


def _look_again(actor, batch: ImportBatch, form: MappingForm) -> ImportBatch:
    try:
        return batches.look_again(actor, batch, columns=form.chosen(), sheets=form.chosen_sheets())
    except SheetRefused as refused:
        refuse(refused.message)


@township_view(IMPORTS)
def import_take(request, township, pk):
    """Write the rows; a large table by a job."""
    batch = _batch(request, pk)
    if request.method != "POST":
        return redirect(_page_of(batch))
    only_good = "only_good" in request.POST
    if batches.large(batch):
        job = batches.start_job("imports.take", "导入", batch, request.user, only_good=only_good)
        return redirect("job", code=township.code, pk=job.pk)
    taken = take(request.user, batch, only_good=only_good)
    return done(request, f"已导入{taken.counts['taken']}行。", _page_of(batch))


@township_view(IMPORTS)
def import_drop(request, township, pk):
    """Give a table up."""
    batch = _batch(request, pk)
    if request.method != "POST":
        return redirect(_page_of(batch))
    drop(request.user, batch)
    return done(request, "已放弃，上传的内容已清除。", reverse("imports", args=[township.code]))


@township_view(IMPORTS)
def import_undo(request, township, pk):
    """Take an import back, after showing what must stay."""
    batch = _batch(request, pk)
    if batch.state != ImportBatch.State.TAKEN:
        return redirect(_page_of(batch))
    held = what_holds(batch)
    if request.method == "POST":
        if batches.large(batch):
            job = batches.start_job("imports.undo", "撤销", batch, request.user)
            return redirect("job", code=township.code, pk=job.pk)
        held = undo(request.user, batch)
        said = f"已撤销；{len(held)}条有后续记录，予以保留。" if held else "已全部撤销。"
        return done(request, said, _page_of(batch))
    kind = batches.opened(batch)
    made, changed = batches.made_and_changed(batch, held)
    context = {
        "batch": batch,
        "kind": kind,
        "held": list(held.values()),
        "made": made,
        "changed": changed,
        "cancel_url": _page_of(batch),
    }
    return page(request, "congress/import_undo.html", context)


@township_view(IMPORTS)
def import_errors(request, township, pk):
    """The rows that cannot go in, with the reasons, to be corrected and uploaded again."""
    batch = _batch(request, pk)
    preview = preview_of(batch)
    if preview is None:
        raise Http404
    kind = batches.opened(batch)
    name = safe_filename(township.name, f"{kind.label}需要修改的行", clock.today())
    preview.rows = Pieces(batch, *REFUSED)
    return files.download(error_workbook(preview, kind.columns()), name=name, content_type=XLSX)
