"""Whether what a preview compared a table with still stands when the table is taken."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from psycopg.errors import UniqueViolation

from congress.guard.refusal import refuse
from congress.imports.kinds import ImportKind
from congress.spreadsheets.preview import Ask, PreviewRow, jsonable, restore

STALE = "预览之后花名册等数据有了变化，请重新上传后再导入。"


def check(kind: ImportKind, rows: list[PreviewRow]) -> None:
    """Raises Refused when the records a row was compared with are others, or other than the preview saw them: changed,
    withdrawn, erased, or come in the meantime; and when what a row names is there no more."""
    columns = kind.columns()
    for row in rows:
        for _, words in kind.check_again(restore(row.values, columns)):
            refuse(f"预览之后有了变化，第{row.row}行现在不能导入：{words.rstrip('。')}。请重新上传后再导入。")
    keys = {id(row): key for row in rows if (key := kind.key_of(row.values)) is not None}
    known = kind.lookup(list(dict.fromkeys(keys.values()))) if keys else {}
    for row in rows:
        found = known.get(keys[id(row)]) if id(row) in keys else None
        asked = {str(record["id"]): record for record, _ in found.choices} if isinstance(found, Ask) else {}
        if set(asked) != {choice[0] for choice in row.question.choices} if row.question else bool(asked):
            refuse(STALE)
        record = asked.get(str(row.existing)) if asked else found
        if jsonable(record.get("id") if record else None) != row.existing:
            refuse(STALE)
        if record and kind.compare(record, row.values) != row.changes:
            refuse(STALE)


def gone(name: str) -> NoReturn:
    """Raises Refused: what a row names by this name was there when the table was compared."""
    refuse(f"预览之后“{name}”改了名称或者已经撤回，请重新上传后再导入。")


@contextmanager
def sent_back() -> Iterator[None]:
    """Raises Refused when in the block a record is not there any more, or one is there meanwhile."""
    try:
        yield
    except (ObjectDoesNotExist, IntegrityError) as error:
        if isinstance(error, IntegrityError) and not isinstance(error.__cause__, UniqueViolation):
            raise
        refuse(STALE)
