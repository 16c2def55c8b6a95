"""From an uploaded table to written records and back: every step an action, personal data sealed in the batch."""

import itertools
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.bulk import insert_columns
from congress.guard.refusal import refuse
from congress.imports.content import pack_source, read_source, seal, unseal
from congress.imports.kinds import Held, ImportKind, Taken, kind_of
from congress.models import ImportBatch, ImportRow, Township
from congress.people import keys
from congress.spreadsheets.build import build_preview
from congress.spreadsheets.mapping import Found, find_tables
from congress.spreadsheets.preview import Ask, Preview, PreviewRow, Status, jsonable
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


def _find(book: Workbook, kind: ImportKind, known: dict[str, str]) -> Found | None:
    """The tables, or None when their columns must be named by hand."""
    try:
        found = find_tables(book, kind.columns(), known)
    except SheetRefused as refused:
        if refused.code != "no_header":
            raise
        return None
    return None if found.tables[0].mapping.missing else found


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
    source = pack_source(data, file_name, text)
    book = read_source(source)
    options = kind.complete(township, options, book)
    opened_kind, known = kind(township, options), remembered(kind.key)
    found = _find(book, opened_kind, known)
    data_key = keys.new_data_key(township.pk, "congress.importbatch")
    batch = ImportBatch(
        id=key or uuid.uuid4(),
        township=township,
        kind=kind.key,
        file_name=(file_name or "粘贴的内容")[:160],
        mapping={"columns": known, "options": options},
        owner=actor,
        data_key=data_key,
    )
    with action(UPLOAD, actor=actor, subject=batch, detail={"类别": kind.label}):
        data_key.save(force_insert=True)
        seal(batch, {"source": source})
        batch.save(force_insert=True)
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
    if batch.state != ImportBatch.State.PREVIEW or "source" not in content:
        refuse("这份表格已经不在，请重新上传。")
    book = read_source(content["source"])
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
    _keep_preview(batch, kind, found)


def _keep_preview(batch: ImportBatch, kind: ImportKind, found: Found, progress: Progress = _no_progress) -> None:
    total, content = max(1, _rows(found)), unseal(batch)
    preview = build_preview(
        found.tables,
        kind,
        answers=content.get("answers"),
        left=found.left,
        progress=lambda rows: progress(min(rows, total), total),
    )
    kind.refine(preview)
    preview.forget_cells()
    batch.counts = {status.value: number for status, number in preview.counts.items()}
    # The source stays with the preview, so that columns, sheets and questions can still be answered differently.
    seal(batch, content | {"preview": preview.to_json()})
    batch.save()


def look_in_background(batch: ImportBatch, actor, progress: Progress) -> None:
    """The job's part of a large table. Raises SheetRefused when it cannot be read after all."""
    kind = opened(batch)
    book, mapping = read_source(unseal(batch)["source"]), batch.mapping
    found = find_tables(book, kind.columns(), mapping["columns"], mapping.get("sheets") or ())
    with action(PREVIEW, actor=actor, subject=batch):
        _keep_preview(batch, kind, found, progress)


def preview_of(batch: ImportBatch) -> Preview | None:
    """What an import would do, or None before it is known and after it is done."""
    stored = unseal(batch).get("preview")
    return Preview.from_json(stored) if stored else None


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
        accepted = list(preview.accepted())
        left_out = sum(1 for _ in preview.refused())
        if left_out and not only_good:
            refuse(f"有{left_out}行不能导入。请改好后重新上传，或者选择只导入无误的行。")
        if not accepted:
            refuse("没有需要导入的行。")
        kind = opened(row)
        kind.actor = actor
        before = _write(kind, row, preview, progress)
        row.counts = {**row.counts, "taken": len(accepted), "left_out": left_out}
        row.state, row.taken_at = ImportBatch.State.TAKEN, clock.now()
        seal(row, {"before": before})  # the preview with its personal data is gone from here on
        row.save()
        act.subject, act.detail = row, {"类别": kind_of(row.kind).label, "行数": len(accepted)}
    return row


STALE = "预览之后花名册等数据有了变化，请重新上传后再导入。"


def _write(kind: ImportKind, batch: ImportBatch, preview: Preview, progress: Progress) -> dict[str, dict]:
    accepted, before = list(preview.accepted()), {}
    for _, rows in _chunks(accepted):
        _check_fresh(kind, rows)
    made = kind.make(preview.plan)
    kind.begin(accepted)
    _note(batch, made)
    for done, rows in _chunks(accepted):
        try:
            taken = kind.take(rows)
        except ObjectDoesNotExist:  # withdrawn in the moment since it was compared
            refuse(STALE)
        _note(batch, taken)
        before |= {str(one.subject.pk): one.before for one in taken if one.before}
        progress(done, len(accepted))
    return before


def _check_fresh(kind: ImportKind, rows: list[PreviewRow]) -> None:
    """Raises Refused when the records a row was compared with are others, or other than the preview saw them: changed,
    withdrawn, erased, or come in the meantime."""
    keys = {row.name: key for row in rows if (key := kind.key_of(row.values)) is not None}
    known = kind.lookup(list(dict.fromkeys(keys.values()))) if keys else {}
    for row in rows:
        found = known.get(keys[row.name]) if row.name in keys else None
        asked = {str(record["id"]): record for record, _ in found.choices} if isinstance(found, Ask) else {}
        if set(asked) != {choice[0] for choice in row.question.choices} if row.question else bool(asked):
            refuse(STALE)
        record = asked.get(str(row.existing)) if asked else found
        if jsonable(record.get("id") if record else None) != row.existing:
            refuse(STALE)
        if record and kind.compare(record, row.values) != row.changes:
            refuse(STALE)


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
    return opened(batch).held(_written(batch), unseal(batch).get("before", {}))


def undo(actor, batch: ImportBatch, *, progress: Progress = _no_progress) -> dict[uuid.UUID, Held]:
    """Take back what nothing depends on; returns what stays and why. With something left it can be repeated later.

    Raises Refused when the batch was not taken or is undone already.
    """
    with action(UNDO, actor=actor, subject=batch) as act:
        row = lock(batch)
        if row.state != ImportBatch.State.TAKEN:
            refuse("这批数据没有导入，或者已经撤销。")
        kind, written = opened(row), _written(row)
        before = unseal(row).get("before", {})
        held = kind.held(written, before)
        for done, rows in _chunks([each for each in written if each.subject_id not in held]):
            kind.undo(rows, before)
            ImportRow.objects.filter(pk__in=[each.pk for each in rows]).update(withdrawn_at=clock.now())
            progress(done, len(written))
        _after_undo(row, len(written), held, before)
        act.subject, act.detail = row, {"撤回": len(written) - len(held), "保留": len(held)}
    return held


def _after_undo(batch: ImportBatch, written: int, held: dict, before: dict[str, dict]) -> None:
    undone = batch.counts.get("undone", 0) + written - len(held)
    batch.counts = {**batch.counts, "undone": undone, "kept": len(held)}
    if held:
        seal(batch, {"before": {pk: values for pk, values in before.items() if uuid.UUID(pk) in held}})
    else:
        batch.state, batch.undone_at, batch.content = ImportBatch.State.UNDONE, clock.now(), None
    batch.save()


def drop(actor, batch: ImportBatch) -> None:
    """Give a table up before it was taken: its content is gone at once. Raises Refused afterwards."""
    with action(DROP, actor=actor, subject=batch) as act:
        row = lock(batch)
        if row.state != ImportBatch.State.PREVIEW:
            refuse("这批表格已经处理过。")
        row.state, row.content = ImportBatch.State.DROPPED, None
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
