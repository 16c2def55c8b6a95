"""What a batch keeps sealed while it is on its way: the file, its preview piece by piece, then the values to restore."""

import base64
import json
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.db.models import F

from congress.models import ImportBatch, ImportPiece
from congress.people import keys
from congress.spreadsheets.read import Workbook, packed, read_pasted, read_workbook, unpacked

SOURCE = 0  # the number of the piece that holds the table itself
Holder = ImportBatch | ImportPiece  # both have `content` under the batch's own key


def _place(holder: Holder) -> str:
    return f"{holder._meta.db_table}:{holder.pk}:content"


def seal(holder: Holder, value: dict[str, Any]) -> None:
    """Put JSON-able values into `content`, compressed and encrypted under the batch's own key; the caller saves."""
    packed = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 1)
    holder.content = keys.seal(holder.data_key, packed, _place(holder))


def unseal(holder: Holder) -> dict[str, Any]:
    """The values again; {} when nothing is kept (any longer)."""
    if holder.content is None:
        return {}
    return json.loads(zlib.decompress(keys.unseal(holder.data_key, bytes(holder.content), _place(holder))))


def pieces_of(batch: ImportBatch) -> Iterator[ImportPiece]:
    """The pieces of rows of a batch that hold something, one after the other."""
    held = ImportPiece.objects.filter(batch=batch, number__gt=SOURCE, content__isnull=False).order_by("number")
    for pk in list(held.values_list("pk", flat=True)):
        yield piece(batch, pk)


def piece(batch: ImportBatch, pk) -> ImportPiece:
    """One piece of a batch, read."""
    return _with_key(ImportPiece.objects.get(pk=pk), batch)


def keep_source(batch: ImportBatch, book: Workbook) -> None:
    """Keep a table as it was read, in a piece of its own: it is written once and stays until the batch is decided."""
    kept = ImportPiece(township_id=batch.township_id, batch=batch, number=SOURCE)
    kept.content = keys.seal(batch.data_key, zlib.compress(packed(book), 1), _place(kept))
    kept.save(force_insert=True)


def source_of(batch: ImportBatch) -> Workbook | None:
    """The table again, None when it is gone. Before tables were kept as they had been read, the file or the text was, in
    the batch itself. Raises SheetRefused."""
    kept = ImportPiece.objects.filter(batch=batch, number=SOURCE, content__isnull=False).first()
    if kept is not None:
        return unpacked(zlib.decompress(keys.unseal(batch.data_key, bytes(kept.content), _place(kept))))
    old = unseal(batch).get("source")
    if old is None:
        return None
    return read_upload(base64.b64decode(old.get("file", "")), old.get("name", ""), old.get("text", ""))


def _with_key(found: ImportPiece, batch: ImportBatch) -> ImportPiece:
    found.batch = batch  # whose key is opened already
    return found


def befores(batch: ImportBatch) -> dict[str, dict]:
    """What stood in the records a batch changed, by primary key as text; what was taken long ago keeps it all in one."""
    found = dict(unseal(batch).get("before", {}))
    for one in pieces_of(batch):
        found |= unseal(one).get("before", {})
    return found


def keep_befores(batch: ImportBatch, wanted: Collection[str]) -> None:
    """Forget what stood in all other records than these. Call inside an action."""
    _drop_befores(batch, lambda pk: pk not in wanted)


def forget_before(batch: ImportBatch, records: Collection[str]) -> bool:
    """Forget what stood in these records before the batch; whether anything was known. Call inside an action."""
    return _drop_befores(batch, lambda pk: pk in records)


def _drop_befores(batch: ImportBatch, dropped: Callable[[str], bool]) -> bool:
    found = False
    for holder in (batch, *pieces_of(batch)):
        before = unseal(holder).get("before", {})
        kept = {pk: values for pk, values in before.items() if not dropped(pk)}
        if len(kept) < len(before):
            found = True
            holder.content = None
            if kept:
                seal(holder, {"before": kept})
            holder.save()
    return found


def forget(batch: ImportBatch, keeping: Iterable[Holder] = ()) -> None:
    """Drop all that is sealed, except what these hold; the caller saves the batch. Call inside an action."""
    kept = {holder.pk for holder in keeping}
    batch.content = batch.content if batch.pk in kept else None
    held = ImportPiece.objects.filter(batch=batch, content__isnull=False).exclude(pk__in=kept)
    held.update(content=None, counts={}, version=F("version") + 1)


def read_upload(data: bytes, file_name: str, text: str) -> Workbook:
    """Read a file or pasted text. Raises SheetRefused."""
    return read_pasted(text) if text else read_workbook(data, file_name)
