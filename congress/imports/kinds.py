"""What a table is that can be imported: its columns, how its rows are recognised, written and taken back."""

import hashlib
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import models
from django.db.models import Count, Sum

from congress.guard.record import Record
from congress.models import ImportBatch, ImportRow, Township, User
from congress.permissions import Permission
from congress.spreadsheets.preview import Part, Preview, PreviewRow, Rules
from congress.spreadsheets.read import Workbook
from congress.web.forms import KeyedForm, plain_helper


@dataclass(frozen=True)
class Taken:
    """A record that was written: new, or changed with the JSON-able values that stood there before."""

    subject: models.Model
    created: bool
    before: dict[str, Any] = field(default_factory=dict)


def state_of(township: Township, models_: Iterable[type[Record]]) -> str:
    """The records of a township as they stand, in a few bytes: others when any was made, changed, withdrawn or erased."""
    told = []
    for model in models_:
        rows = model._default_manager.filter(township=township)
        told.append(sorted(rows.aggregate(n=Count("pk"), v=Sum("version"), w=Count("withdrawn_at")).items()))
    return hashlib.sha256(repr(told).encode()).hexdigest()


@dataclass(frozen=True)
class Held:
    """A record that cannot be taken back: what it is called and what depends on it."""

    name: str
    reason: str


class UploadForm(KeyedForm):
    """A file or pasted text; kinds of imports add what else must be said once for the whole table.

    Who goes back to the page and sends it again has mended the table: another table is another batch, under the same key.
    """

    makes = ImportBatch
    numbers_welcome = {"text": "粘贴的就是花名册，各列的号码加密保存"}

    file = forms.FileField(
        label="表格文件",
        required=False,
        help_text="Excel（.xlsx、.xls）、WPS 表格（.et）或 CSV",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.csv,.txt"}),
    )
    text = forms.CharField(
        label="或者从表格里复制后粘贴到这里",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "data-paste-table": "paste-preview", "spellcheck": "false"}),
    )

    def __init__(self, *args, township: Township, with_table: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.township, self.with_table = township, with_table
        if not with_table:  # what was said for the whole table is changed, the table stays
            del self.fields["file"], self.fields["text"], self.fields["key"]
            self.helper = plain_helper(self)

    def clean(self):
        values = super().clean()
        if not self.with_table:
            return values
        if "file" not in self.errors and bool(values.get("file")) == bool((values.get("text") or "").strip()):
            raise forms.ValidationError("请选择一个文件，或者粘贴表格内容，二者选一。")
        return values

    def _row_id(self, sent: uuid.UUID) -> uuid.UUID:
        said = [(name, self[name].data) for name in sorted(self.fields) if name != "file"]
        digest = hashlib.sha256(repr(said).encode())
        if file := self.files.get("file"):
            digest.update(file.read())
            file.seek(0)
        return super()._row_id(uuid.uuid5(sent, digest.hexdigest()))

    def _gone(self, rows: models.QuerySet) -> models.QuerySet:
        given_up = rows.filter(state__in=(ImportBatch.State.DROPPED, ImportBatch.State.UNDONE))
        return super()._gone(rows) | given_up

    def options(self) -> dict[str, Any]:
        """What was said for the whole table, JSON-able: identifiers, dates as text."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("file", "text", "key")}
        return {name: _jsonable(value) for name, value in said.items()}


def _jsonable(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value.pk)
    return value if value is None or isinstance(value, str | bool | int) else str(value)


class ImportKind(Rules, ABC):
    """Base of every kind of import; an object of it works for one township with the options of one batch.

    All methods run in the township's scope; `make`, `take` and `undo` inside the action of the import, `take` and `undo`
    with at most 1,000 rows at a time, `held` with all of them. Rows are read and written piece by piece: what a kind keeps
    of them between two pieces must stay small.
    """

    key = ""
    label = ""
    group = ""  # under which word it is offered; empty for that of its app
    permission: Permission
    form: type[UploadForm] = UploadForm
    shown: Sequence[str] = ()  # columns the preview shows beside row number and state
    hint = ""
    nobody, unanswered = (
        "新人",
        "按新人导入",
    )  # the answer that a row means none of the records, and what no answer does
    once_for_all: Sequence[str] = ()  # options that are likely the same for the next table
    own: Sequence[
        type[Record]
    ] = ()  # models whose new rows bear their batch (`batch`), those that point at others first
    whole = False  # whether `review` needs all rows of a table at once, because one may go on with another

    def __init__(self, township: Township, options: dict[str, Any]):
        self.township, self.options = township, options
        self.actor: User | None = None  # who looks at the table, takes it or takes it back, and which batch is taken
        self.batch: ImportBatch | None = None

    @classmethod
    def complete(cls, township: Township, options: dict[str, Any], book: Workbook) -> dict[str, Any]:
        """The options with what the workbook itself says of the whole table. Raises Refused when something is missing."""
        return options

    def review(self, rows: list[PreviewRow], parts: list[Part]) -> None:
        """Last look at a piece of judged rows, or at all of them where the kind is `whole`: they may still be changed, and
        what `refine` says of all is gathered."""

    def check_title(self, text: str) -> str:
        """What a title above the headings says against the choices of the table; "" when nothing."""
        return ""

    def absent(self) -> Iterator[list[PreviewRow]]:
        """After the last row: what stands on record and is not in the file, as rows that are only shown."""
        return iter(())

    def refine(self, preview: Preview) -> None:
        """After the last row: warnings, and in `plan` and `makes` what is to be made beside the rows. It has no rows."""

    def make(self, plan: dict[str, Any]) -> list[Taken]:
        """Write what the plan of the preview names, before any row."""
        return []

    def begin(self, rows: Iterator[PreviewRow]) -> None:
        """See all rows that will be taken, before the first of them is: rows of one record may come in several pieces."""
        return

    def state(self) -> str | None:
        """What rows are compared with, as a text that is another one when any of it changed, under a lock on it while the
        table is taken; None where each row is compared again instead."""
        return None

    def check_again(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        """What is wrong by now with a row that was right, as `check_row` tells it; a kind that joins rows asks what each names."""
        return self.check_row(values)

    def prepare(self, rows: list[PreviewRow]) -> Any:
        """What can be made of a piece without asking the database, for `take`: it is done while the piece before is
        written, in another thread. As a rule the rows themselves."""
        return rows

    @abstractmethod
    def take(self, rows: Any) -> list[Taken]:
        """Write a piece of the rows that are new or changed, as `prepare` gave it. Raises Refused when the records are no
        longer what the preview saw."""

    @abstractmethod
    def held(self, rows: list[ImportRow], before: dict[str, dict]) -> dict[uuid.UUID, Held]:
        """Which of the written records cannot be taken back, by primary key; `before` as for `undo`. Rows that bear their
        batch themselves (`own`) are not among them: `imports.own` looks after those."""

    @abstractmethod
    def undo(self, rows: list[ImportRow], before: dict[str, dict]) -> None:
        """Withdraw what was made and restore what was changed (`before`: what `take` gave, by primary key as text)."""

    def said(self) -> list[tuple[str, str]]:
        """The options in words, for the preview."""
        return []

    @classmethod
    @abstractmethod
    def back(cls, township: Township) -> str:
        """Address of the list the records are seen in."""

    def seen_at(self) -> str:
        """Address of the list in which the records of one batch are seen, where its options name it."""
        return self.back(self.township)


_kinds: dict[str, type[ImportKind]] = {}


def register(kind: type[ImportKind]) -> type[ImportKind]:
    """Add a kind of import (a class decorator). Raises ValueError when the key is taken."""
    if _kinds.setdefault(kind.key, kind) is not kind:
        raise ValueError(f"import kind {kind.key} is registered twice")
    return kind


def kind_of(key: str) -> type[ImportKind]:
    """The kind with this key. Raises KeyError."""
    return _kinds[key]


def kinds() -> list[type[ImportKind]]:
    """Every kind there is, in the order of registration."""
    return list(_kinds.values())
