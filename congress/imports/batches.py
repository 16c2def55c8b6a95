"""From an uploaded table to written records and back: every step an action, personal data sealed in the batch."""

import contextlib
import itertools
import uuid
from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from typing import Any

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.bulk import insert_columns
from congress.guard.refusal import refuse
from congress.imports import fresh, own, whose
from congress.imports.content import befores, forget, keep_befores, keep_source, read_upload, seal, source_of, unseal
from congress.imports.kinds import Held, ImportKind, Taken, kind_of
from congress.imports.pieces import Pieces, put_away
from congress.models import ImportBatch, ImportPiece, ImportRow, Township
from congress.people import keys
from congress.spreadsheets.build import Building
from congress.spreadsheets.mapping import Found, find_tables
from congress.spreadsheets.preview import ACCEPTED, REFUSED, Part, Preview, PreviewRow, Status
from congress.spreadsheets.read import SheetRefused, Workbook
from congress.work import jobs

UPLOAD = verb("imports.upload", "上传了待导入的表格")
PREVIEW = verb("imports.preview", "识别了待导入的表格")
TAKE = verb("imports.take", "导入了表格")
DROP = verb("imports.drop", "放弃了导入")
UNDO = verb("imports.undo", "撤销了导入")

INLINE = 300  # rows up to which the work is done while the person waits
CHUNK = 1000
STALE_DAYS = 7
Progress = Callable[[int, int], None]


def opened(batch: ImportBatch) -> ImportKind:
    """The kind of a batch, set up for its township and options. Raises KeyError when the kind is gone."""
    return kind_of(batch.kind)(batch.township, batch.mapping.get("options", {}))


def remembered(kind: str) -> dict[str, str]:
    """Heading → column as last named by hand for a kind, so that a mapping made once holds for the next file."""
    last = ImportBatch.objects.filter(kind=kind).exclude(mapping__columns={}).order_by("-created_at")
    return (last.values_list("mapping", flat=True).first() or {}).get("columns", {})


def _no_progress(done: int, total: int) -> None:
    """Nobody watches."""


def _find(book: Workbook, kind: ImportKind, known: dict[str, str], sheets: list[str]) -> Found | None:
    """The tables, or None when their columns must be named by hand."""
    try:
        found = find_tables(book, kind.columns(), known, sheets)
    except SheetRefused as refused:
        if refused.code != "no_header":
            raise
        return None
    return None if not found.tables or found.tables[0].mapping.missing else found


def upload(
    actor,
    township: Township,
    kind: type[ImportKind],
    *,
    options: dict[str, Any],
    data: bytes = b"",
    file_name: str = "",
    text: str = "",
    key: uuid.UUID | None = None,
) -> ImportBatch:
    """Keep a table for preview: previewed at once when it is small, by a job when it is large. `key` becomes its id.

    When the columns are not recognised the batch waits for `look_again`. Raises SheetRefused, and Refused when the
    options lack what the file does not say either; nothing is kept then.
    """
    book = read_upload(data, file_name, text)
    options = kind.complete(township, options, book)
    opened_kind, known = kind(township, options), remembered(kind.key)
    sheets = whose.own_sheets(book, township)
    found = _find(book, opened_kind, known, sheets)
    if found is None and sheets:  # what is left holds no table
        sheets, found = [], _find(book, opened_kind, known, [])
    data_key = keys.new_data_key(township.pk, "congress.importbatch")
    batch = ImportBatch(
        id=key or uuid.uuid4(),
        township=township,
        kind=kind.key,
        file_name=(file_name or "粘贴的内容")[:160],
        mapping={"columns": known, "options": options} | ({"sheets": sheets} if sheets else {}),
        owner=actor,
        data_key=data_key,
    )
    with action(UPLOAD, actor=actor, subject=batch, detail={"类别": kind.label}):
        data_key.save(force_insert=True)
        batch.save(force_insert=True)
        keep_source(batch, book)
        if found is not None:
            _look(actor, batch, opened_kind, found)
    return batch


def look_again(
    actor,
    batch: ImportBatch,
    *,
    columns: dict[str, str] | None = None,
    sheets: list[str] | None = None,
    options: dict[str, Any] | None = None,
    answers: dict[str, str] | None = None,
) -> ImportBatch:
    """Look at the table again with what was said since: headings named by hand ("" leaves a column out), the sheets to
    read, other options, or answers to questions about rows. Raises Refused, SheetRefused.
    """
    content = unseal(batch)
    book = source_of(batch) if batch.state == ImportBatch.State.PREVIEW else None
    if book is None:
        refuse("这份表格已经不在，请重新上传。")
    said = {"columns": columns, "sheets": sheets}
    mapping = batch.mapping | {name: value for name, value in said.items() if value is not None}
    if options is not None:
        mapping["options"] = kind_of(batch.kind).complete(batch.township, options, book)
    kind = kind_of(batch.kind)(batch.township, mapping["options"])
    found = find_tables(book, kind.columns(), mapping["columns"], mapping.get("sheets") or ())
    if found.tables[0].mapping.missing:
        refuse(f"还缺少必填的列：{'、'.join(found.tables[0].mapping.missing)}。")
    with action(PREVIEW, actor=actor, subject=batch):
        batch.mapping = mapping
        if answers is not None:
            seal(batch, content | {"answers": content.get("answers", {}) | answers})
        _look(actor, batch, kind, found)
    return batch


def _rows(found: Found) -> int:
    return sum(table.end - table.header_row for table in found.tables)


def _look(actor, batch: ImportBatch, kind: ImportKind, found: Found) -> None:
    """Preview now, or leave it to a job; call inside an action."""
    if _rows(found) > INLINE:
        batch.save()
        start_job("imports.preview", "识别", batch, actor)
        return
    kind.actor = actor
    _keep_preview(batch, kind, found)


def _keep_preview(batch: ImportBatch, kind: ImportKind, found: Found, progress: Progress = _no_progress) -> None:
    total, content = max(1, _rows(found)), unseal(batch)
    building = Building(found.tables, kind, answers=content.get("answers"), left=found.left)
    state = kind.state()  # before the first comparison
    counts = put_away(batch, _reviewed(building, kind, lambda rows: progress(min(rows, total), total)), CHUNK)
    kind.refine(building.preview)
    building.preview.warnings += whose.warnings(found.tables, batch.township, kind)
    batch.counts = counts
    # The source stays beside the preview, so that columns, sheets and questions can still be answered differently.
    seal(batch, content | {"preview": building.preview.to_json(), "state": state})
    batch.save()


def _reviewed(building: Building, kind: ImportKind, told: Callable[[int], None]) -> Iterator[list[PreviewRow]]:
    """The judged rows after the kind's last look at them: piece by piece, or all at once where it needs them together."""
    done = 0
    whole: list[PreviewRow] = []
    for rows in building.pieces():
        done += len(rows)
        if kind.whole:
            whole += rows
        else:
            yield _seen(rows, kind, building.preview.parts)
        told(done)
    if kind.whole:
        yield _seen(whole, kind, building.preview.parts)
    yield from kind.absent()


def _seen(rows: list[PreviewRow], kind: ImportKind, parts: list[Part]) -> list[PreviewRow]:
    kind.review(rows, parts)
    for row in rows:
        row.forget_cells()
    return rows


def look_in_background(batch: ImportBatch, actor, progress: Progress) -> None:
    """The job's part of a large table. Raises SheetRefused when it cannot be read after all."""
    kind = opened(batch)
    kind.actor = actor
    book, mapping = source_of(batch), batch.mapping
    if book is None:
        raise SheetRefused("gone", "这份表格已经不在，请重新上传")
    found = find_tables(book, kind.columns(), mapping["columns"], mapping.get("sheets") or ())
    with action(PREVIEW, actor=actor, subject=batch):
        _keep_preview(batch, kind, found, progress)


def preview_of(batch: ImportBatch) -> Preview | None:
    """What an import would do, or None before it is known and after it is done; its rows are opened as they are asked for."""
    stored = unseal(batch).get("preview")
    return Preview.from_json(stored, Pieces(batch)) if stored else None


def take(actor, batch: ImportBatch, *, only_good: bool, progress: Progress = _no_progress) -> ImportBatch:
    """Write the rows: all, or only the good ones. One action, one transaction, all or nothing.

    Raises Refused when rows are wrong and not left out knowingly, when nothing is to be written, or when the records
    changed after the preview.
    """
    with action(TAKE, actor=actor, subject=batch) as act:
        row = lock(batch)
        preview = preview_of(row) if row.state == ImportBatch.State.PREVIEW else None
        if preview is None:
            refuse("这批表格已经处理过，或者还没有识别完。")
        accepted, left_out = Pieces(row, *ACCEPTED), len(Pieces(row, *REFUSED))
        if left_out and not only_good:
            refuse(f"有{left_out}行不能导入。请改好后重新上传，或者选择只导入无误的行。")
        if not accepted:
            refuse("没有需要导入的行。")
        kind = opened(row)
        kind.actor, kind.batch = actor, row
        keeping = _write(kind, row, preview, accepted, progress)
        row.counts = {**row.counts, "taken": len(accepted), "left_out": left_out}
        row.state, row.taken_at = ImportBatch.State.TAKEN, clock.now()
        forget(row, keeping)  # the preview with its personal data is gone from here on
        row.save()
        act.subject, act.detail = row, {"类别": kind_of(row.kind).label, "行数": len(accepted)}
    return row


def _write(
    kind: ImportKind, batch: ImportBatch, preview: Preview, accepted: Pieces, progress: Progress
) -> list[ImportBatch | ImportPiece]:
    """Write piece by piece; returns those that keep what stood in the records before."""
    state = kind.state()
    if state is None or state != unseal(batch).get("state"):
        for _, rows in accepted.opened():
            fresh.check(kind, rows)
    _note(batch, kind.make(preview.plan))
    kind.begin(iter(accepted))
    done, total, keeping = 0, len(accepted), []
    with contextlib.closing(accepted.prepared(kind.prepare)) as pieces:
        for piece, number, prepared in pieces:
            with fresh.sent_back():
                taken = kind.take(prepared)
            _note(batch, taken)
            if before := {str(one.subject.pk): one.before for one in taken if one.before}:
                keeping.append(_kept(piece or batch, before))
            done += number
            progress(done, total)
    return keeping


def _kept(holder: ImportBatch | ImportPiece, before: dict[str, dict]) -> ImportBatch | ImportPiece:
    seal(holder, {"before": before})
    if isinstance(holder, ImportPiece):
        holder.counts = {}
        holder.save()
    return holder


def _chunks(rows: list) -> Iterator[tuple[int, list]]:
    """Pieces of at most CHUNK rows, each with the number of rows up to its end."""
    for start in range(0, len(rows), CHUNK):
        piece = rows[start : start + CHUNK]
        yield start + len(piece), piece


def _note(batch: ImportBatch, taken: list[Taken]) -> None:
    """Which records the batch wrote."""
    columns = {
        "township_id": batch.township_id,
        "batch_id": batch.pk,
        "subject_type": [one.subject._meta.label_lower for one in taken],
        "subject_id": [one.subject.pk for one in taken],
        "created": [one.created for one in taken],
    }
    insert_columns(ImportRow, len(taken), columns)


def _written(batch: ImportBatch) -> list[ImportRow]:
    return list(ImportRow.objects.kept().filter(batch=batch).order_by("created_at", "pk"))


def what_holds(batch: ImportBatch) -> dict[uuid.UUID, Held]:
    """The records of a batch that could not be taken back now, and why."""
    kind, noted = opened(batch), _written(batch)
    return _held(kind, batch, noted, befores(batch))


def _held(
    kind: ImportKind, batch: ImportBatch, noted: list[ImportRow], before: dict[str, dict]
) -> dict[uuid.UUID, Held]:
    found = kind.held(noted, before) if noted else {}
    going = {row.subject_id for row in noted} - found.keys()
    return found | own.held(kind.own, batch, going)


def undo(actor, batch: ImportBatch, *, progress: Progress = _no_progress) -> dict[uuid.UUID, Held]:
    """Take back what nothing depends on; returns what stays and why. With something left it can be repeated later.

    Raises Refused when the batch was not taken or is undone already.
    """
    with action(UNDO, actor=actor, subject=batch) as act:
        row = lock(batch)
        if row.state != ImportBatch.State.TAKEN:
            refuse("这批数据没有导入，或者已经撤销。")
        kind, noted = opened(row), _written(row)
        kind.actor = actor
        before, total = befores(row), len(noted) + own.written(kind.own, row)
        held = _held(kind, row, noted, before)
        own.withdraw(kind.own, row, held)  # first: what they took the place of may come back only then
        for done, rows in _chunks([each for each in noted if each.subject_id not in held]):
            kind.undo(rows, before)
            ImportRow.objects.filter(pk__in=[each.pk for each in rows]).update(withdrawn_at=clock.now())
            progress(done, total)
        _after_undo(row, total, held)
        act.subject, act.detail = row, {"撤回": total - len(held), "保留": len(held)}
    return held


def made_and_changed(batch: ImportBatch, held: Collection[uuid.UUID]) -> tuple[int, int]:
    """How many records undoing would withdraw, and how many it would give their old values."""
    noted = ImportRow.objects.kept().filter(batch=batch).exclude(subject_id__in=held)
    mine = sum(own.rows_of(model, batch).exclude(pk__in=held).count() for model in opened(batch).own)
    return noted.filter(created=True).count() + mine, noted.filter(created=False).count()


def _after_undo(batch: ImportBatch, written: int, held: dict) -> None:
    undone = batch.counts.get("undone", 0) + written - len(held)
    batch.counts = {**batch.counts, "undone": undone, "kept": len(held)}
    keep_befores(batch, {str(pk) for pk in held})
    if not held:
        batch.state, batch.undone_at = ImportBatch.State.UNDONE, clock.now()
        forget(batch)
    batch.save()


def drop(actor, batch: ImportBatch) -> None:
    """Give a table up before it was taken: its content is gone at once. Raises Refused afterwards."""
    with action(DROP, actor=actor, subject=batch) as act:
        row = lock(batch)
        if row.state != ImportBatch.State.PREVIEW:
            refuse("这批表格已经处理过。")
        row.state = ImportBatch.State.DROPPED
        forget(row)
        row.save()
        act.subject = row


def drop_stale() -> int:
    """Drop the tables nobody decided about for a week; call in a township's scope. Returns how many."""
    long_ago = clock.now() - timedelta(days=STALE_DAYS)
    forgotten = list(ImportBatch.objects.filter(state=ImportBatch.State.PREVIEW, created_at__lt=long_ago))
    for batch in forgotten:
        drop(None, batch)
    return len(forgotten)


def large(batch: ImportBatch) -> bool:
    """Whether a step over the rows of a batch is left to a job."""
    return sum(batch.counts.get(status.value, 0) for status in Status) > INLINE


def start_job(kind: str, what: str, batch: ImportBatch, actor, **arguments):
    """Queue the work on a batch; arguments hold no personal data."""
    title = f"{what}{kind_of(batch.kind).label}：{batch.file_name}"[:100]
    return jobs.start(kind, title, owner=actor, township=batch.township, arguments={"batch": str(batch.pk)} | arguments)


def samples(book: Workbook) -> list[tuple[str, list[str]]]:
    """Headings of a workbook whose columns are named by hand, each with cells below it: of each sheet the row that looks
    most like one."""
    found: dict[str, list[str]] = {}
    for sheet in book.sheets:
        top = list(itertools.islice(sheet.rows, 30))
        if not top:
            continue
        at = max(range(len(top)), key=lambda index: (_words(top[index]), -index))
        below = sheet.rows[at + 1 : at + 4]
        for place, label in enumerate(str(cell or "").strip() for cell in top[at]):
            if label:
                cells = [str(row[place]) for row in below if place < len(row) and row[place] is not None]
                found.setdefault(label, cells)
    return list(found.items())


def _words(row: list) -> int:
    """How many different texts without digits a row has: headings have many, data few."""
    texts = {cell.strip() for cell in row if isinstance(cell, str) and cell.strip()}
    return sum(not any(char.isdigit() for char in text) for text in texts)
