"""Uniqueness among the rows that stand: what was withdrawn may be entered again."""

from django.db import models


def once(fields: list[str], name: str, message: str) -> models.UniqueConstraint:
    """A unique constraint over rows that are not withdrawn; `message` is what a form says when it is broken."""
    standing = models.Q(withdrawn_at__isnull=True)
    return models.UniqueConstraint(fields=fields, condition=standing, name=name, violation_error_message=message)
