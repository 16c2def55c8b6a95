"""A form that makes a record carries a key: sent twice, it makes one row, and both answers lead to it."""

import uuid

from django import forms
from django.db import models

from congress.guard import scope
from congress.guard.record import Record, kept


class KeyField(forms.UUIDField):
    """The key that goes out with a form which makes a record, so that sending it twice makes one.

    What sends none (a program, a page from before an upgrade) makes a row each time.
    """

    def __init__(self):
        gone = {"invalid": "这张表单已经失效，请重新打开后填写。"}
        super().__init__(widget=forms.HiddenInput, initial=uuid.uuid4, required=False, error_messages=gone)


class Keyed:
    """A form that makes a row of `makes`: the row's id, or the column it has for that, comes of the form's key.

    It is derived with the kind and the township that is written: a key sent to another form, or from another township,
    names no row there, so nothing is found, told or run into.
    """

    makes: type[models.Model]

    def clean_key(self) -> uuid.UUID:
        """What the row that this form makes is known by."""
        sent = self.cleaned_data["key"]
        return self._row_id(sent) if sent else uuid.uuid4()

    def made_before(self):
        """The row this very form has made already, sent twice, from two tabs or once more after going back; else None."""
        if not self.is_bound or "key" not in self.fields:
            return None
        try:
            sent = self.fields["key"].clean(self["key"].data)
        except forms.ValidationError:
            return None
        return self._rows(self._row_id(sent)).first() if sent else None

    def _row_id(self, sent: uuid.UUID) -> uuid.UUID:
        writes = getattr(scope.current(), "write", None)
        made = uuid.uuid5(sent, f"{self.makes._meta.label_lower} {writes}")
        while self._gone(self._rows(made)).exists():
            made = uuid.uuid5(made, "withdrawn")  # what was taken back may be entered again, from the same page too
        return made

    def _rows(self, made: uuid.UUID) -> models.QuerySet:
        columns = {column.name for column in self.makes._meta.concrete_fields}
        known_by = next((name for name in ("form_key", "client_key") if name in columns), "pk")
        return self.makes._base_manager.filter(**{known_by: made})

    def _gone(self, rows: models.QuerySet) -> models.QuerySet:
        """Those of the rows that stand no longer, and are no answer to a form."""
        return rows.exclude(kept()) if issubclass(self.makes, Record) else rows.none()
