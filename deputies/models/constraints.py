"""Uniqueness among the kept rows: what was withdrawn may be entered again."""

from django.db import models

from congress.guard.record import kept


def once(fields: list[str], name: str, message: str) -> models.UniqueConstraint:
    """A unique constraint over rows that are not withdrawn; `message` is what a form says when it is broken."""
    return models.UniqueConstraint(fields=fields, condition=kept(), name=name, violation_error_message=message)
