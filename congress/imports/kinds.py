"""What a table is that can be imported: its columns, how its rows are recognised, written and taken back."""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import models

from congress.models import ImportRow, Township
from congress.permissions import Permission
from congress.spreadsheets.columns import Column
from congress.spreadsheets.preview import Key, Preview, PreviewRow
from congress.web.forms import PlainForm


@dataclass(frozen=True)
class Taken:
    """A record that was written: new, or changed with the JSON-able values that stood there before."""

    subject: models.Model
    created: bool
    before: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """A record that cannot be taken back: what it is called and what depends on it."""

    name: str
    reason: str


class UploadForm(PlainForm):
    """A file or pasted text; kinds of imports add what else must be said once for the whole table."""

    file = forms.FileField(
        label="表格文件",
        required=False,
        help_text="Excel（.xlsx、.xls）或 CSV",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )
    text = forms.CharField(
        label="或者从表格里复制后粘贴到这里",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "data-paste-table": "paste-preview", "spellcheck": "false"}),
    )

    def __init__(self, *args, township: Township, **kwargs):
        super().__init__(*args, **kwargs)
        self.township = township

    def clean(self):
        values = super().clean()
        if "file" not in self.errors and bool(values.get("file")) == bool((values.get("text") or "").strip()):
            raise forms.ValidationError("请选择一个文件，或者粘贴表格内容，二者选一。")
        return values

    def options(self) -> dict[str, Any]:
        """What was said for the whole table, JSON-able: identifiers, dates as text."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("file", "text")}
        return {name: _jsonable(value) for name, value in said.items()}


def _jsonable(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value.pk)
    return value if value is None or isinstance(value, str | bool | int) else str(value)


class ImportKind(ABC):
    """Base of every kind of import; an object of it works for one township with the options of one batch.

    All methods run in the township's scope; `take` and `undo` inside the action of the import, with at most 1,000 rows.
    """

    key = ""
    label = ""
    permission: Permission
    noun = "条"  # counted as 48条
    form: type[UploadForm] = UploadForm
    shown: Sequence[str] = ()  # columns the preview shows beside row number and state
    hint = ""

    def __init__(self, township: Township, options: dict[str, Any]):
        self.township, self.options = township, options

    @abstractmethod
    def columns(self) -> list[Column]:
        """The columns, with the choices of this township."""

    @abstractmethod
    def key_of(self, values: dict[str, Any]) -> Key | None:
        """What makes a row one and the same record; None for a row that is always new."""

    @abstractmethod
    def lookup(self, keys: list[Key]) -> dict[Key, dict]:
        """Existing records by key: {"id": …, column key: value} in the spelling of the columns."""

    def check_row(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        """What is wrong between the cells of a row: (column key, message)."""
        return []

    def refine(self, preview: Preview) -> None:  # noqa: B027  most kinds need no last look
        """Last look at the whole preview, e.g. to mark rows changed for the sake of the options."""

    @abstractmethod
    def take(self, rows: list[PreviewRow]) -> list[Taken]:
        """Write rows that are new or changed. Raises Refused when the records are no longer what the preview saw."""

    @abstractmethod
    def held(self, rows: list[ImportRow], before: dict[str, dict]) -> dict[uuid.UUID, Held]:
        """Which of the written records cannot be taken back, by primary key; `before` as for `undo`."""

    @abstractmethod
    def undo(self, rows: list[ImportRow], before: dict[str, dict]) -> None:
        """Withdraw what was made and restore what was changed (`before`: what `take` gave, by primary key as text)."""

    def said(self) -> list[tuple[str, str]]:
        """The options in words, for the preview."""
        return []

    @abstractmethod
    def back(self) -> str:
        """Address of the list the records are seen in."""


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
