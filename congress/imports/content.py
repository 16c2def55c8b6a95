"""What a batch keeps sealed while it is on its way: the file, then the preview, then the values to restore."""

import base64
import json
import zlib
from typing import Any

from congress.models import ImportBatch
from congress.people import keys
from congress.spreadsheets.read import Workbook, read_pasted, read_workbook


def _place(batch: ImportBatch) -> str:
    return f"{batch._meta.db_table}:{batch.pk}:content"


def seal(batch: ImportBatch, value: dict[str, Any]) -> None:
    """Put JSON-able values into `content`, compressed and encrypted under the batch's own key; the caller saves."""
    packed = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 1)
    batch.content = keys.seal(batch.data_key, packed, _place(batch))


def unseal(batch: ImportBatch) -> dict[str, Any]:
    """The values again; {} when nothing is kept (any longer)."""
    if batch.content is None:
        return {}
    return json.loads(zlib.decompress(keys.unseal(batch.data_key, bytes(batch.content), _place(batch))))


def pack_source(data: bytes, file_name: str, text: str) -> dict[str, str]:
    """A file or pasted text as JSON-able values."""
    return {"text": text} if text else {"file": base64.b64encode(data).decode(), "name": file_name}


def read_source(source: dict[str, str]) -> Workbook:
    """Read what `pack_source` packed. Raises SheetRefused."""
    if "text" in source:
        return read_pasted(source["text"])
    return read_workbook(base64.b64decode(source["file"]), source["name"])
