"""The rows of a preview as a batch keeps them: sealed piece by piece, and opened one piece at a time."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from itertools import islice
from typing import Any

from django.db import connection

from congress.imports.content import SOURCE, piece, seal, unseal
from congress.models import ImportBatch, ImportPiece
from congress.spreadsheets.preview import PreviewRow, Status

ASKED = "asked"  # counted beside what happens to rows: those about which something is asked


def kinds_of(row: PreviewRow) -> tuple[str, ...]:
    """Under what a row is counted."""
    return (row.status.value, ASKED) if row.question is not None else (row.status.value,)


def counted(rows: Iterable[PreviewRow]) -> Counter:
    """How many rows there are of each kind."""
    return Counter(kind for row in rows for kind in kinds_of(row))


def put_away(batch: ImportBatch, pieces: Iterable[list[PreviewRow]], size: int) -> Counter:
    """Keep the rows sealed, so many in a piece, in place of those that were kept before; returns how many there are of
    each kind. Call inside an action."""
    held = dict(ImportPiece.objects.filter(batch=batch, number__gt=SOURCE).values_list("number", "pk"))
    counts, number = Counter(dict.fromkeys((status.value for status in Status), 0)), 0
    for number, rows in enumerate(_cut(pieces, size), start=1):
        one = ImportPiece(township_id=batch.township_id, batch=batch, number=number)
        if number in held:
            one = piece(batch, held[number])
        one.counts = counted(rows)
        seal(one, {"rows": [row.to_json() for row in rows]})
        one.save()
        counts += one.counts
    for rest in [pk for place, pk in held.items() if place > number]:
        one = piece(batch, rest)
        one.counts, one.content = {}, None
        one.save()
    return counts


def _cut(pieces: Iterable[list[PreviewRow]], size: int) -> Iterator[list[PreviewRow]]:
    for rows in pieces:
        rest = iter(rows)
        while part := list(islice(rest, size)):
            yield part


def _refuse(*statement: Any) -> None:
    raise AssertionError("a piece is made ready without the database")


class Pieces(Sequence):
    """All rows of a batch's preview, or only those of some kinds; asking for one opens no more than its piece."""

    def __init__(self, batch: ImportBatch, *kinds: str):
        self.batch, self.kinds = batch, kinds
        old = unseal(batch).get("preview", {}).get("rows")  # what was previewed before there were pieces
        if old is None:
            pieces = ImportPiece.objects.filter(batch=batch, number__gt=SOURCE, content__isnull=False)
            found = list(pieces.order_by("number").values_list("pk", "counts"))
        else:
            found = [(None, counted(map(PreviewRow.from_json, old)))]
        self.sizes = [(pk, number) for pk, counts in found if (number := self._wanted(counts))]

    def _wanted(self, counts: dict[str, int]) -> int:
        return sum(counts.get(kind, 0) for kind in self.kinds or Status)

    def _read(self, pk) -> ImportPiece | None:
        return piece(self.batch, pk) if pk else None

    def _rows_in(self, one: ImportPiece | None) -> list[PreviewRow]:
        stored = unseal(one)["rows"] if one else unseal(self.batch)["preview"]["rows"]
        rows = map(PreviewRow.from_json, stored)
        return [row for row in rows if not self.kinds or {*self.kinds} & {*kinds_of(row)}]

    def _opened(self, pk) -> tuple[ImportPiece | None, list[PreviewRow]]:
        one = self._read(pk)
        return one, self._rows_in(one)

    def opened(self) -> Iterator[tuple[ImportPiece | None, list[PreviewRow]]]:
        """Each piece with its rows; a preview from before there were pieces comes as one that is none."""
        return (self._opened(pk) for pk, _ in self.sizes)

    def prepared(self, prepare: Callable[[list[PreviewRow]], Any]) -> Iterator[tuple[ImportPiece | None, int, Any]]:
        """Each piece with the number of its rows and what was made of them, which is done in a thread of its own while the
        piece before is written: `prepare` may ask nothing of the database, where that thread would stand outside of scope
        and transaction. No more than two pieces are in memory. Close it where it is not read to its end."""

        def opened(one: ImportPiece | None) -> tuple[int, Any]:
            try:
                with connection.execute_wrapper(_refuse):
                    rows = self._rows_in(one)
                    return len(rows), prepare(rows)
            finally:
                connection.close()  # the thread's own, where a statement was tried

        with ThreadPoolExecutor(1, "import") as beside:
            before = None
            for pk, _ in self.sizes:
                one = self._read(pk)
                under_way = one, beside.submit(copy_context().run, opened, one)
                if before:
                    yield before[0], *before[1].result()
                before = under_way
            if before:
                yield before[0], *before[1].result()

    def __len__(self) -> int:
        return sum(number for _, number in self.sizes)

    def __iter__(self) -> Iterator[PreviewRow]:
        return (row for _, rows in self.opened() for row in rows)

    def __getitem__(self, place):
        if not isinstance(place, slice):
            return self[range(len(self))[place] :][0]
        start, stop, _ = place.indices(len(self))
        found: list[PreviewRow] = []
        at = 0
        for pk, number in self.sizes:
            if at < stop and start < at + number:
                found += self._opened(pk)[1][max(0, start - at) : stop - at]
            at += number
        return found
