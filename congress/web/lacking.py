"""A form that cannot be filled in: what its choosers lack, and the page on which that is made.

Asked for every form by components/form.html. A chooser that must be used and offers nothing stops the form; one that is
wanted (`wants` of the form) is told of above it. `needs` of a form names choosers its `clean` asks for though no field says so.
"""

from dataclasses import dataclass

from django import forms
from django.db import models
from django.urls import reverse

from congress.permissions import Permission, Standing


@dataclass(frozen=True)
class Origin:
    """Where rows of a kind are made: what is said to who finds none, and the page, for those who may open it."""

    words: str
    label: str
    url_name: str
    permission: Permission
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gap:
    """What a chooser lacks; without `url` whoever looks has to ask somebody else."""

    words: str
    label: str = ""
    url: str = ""


_origins: dict[type[models.Model], Origin] = {}


def made_at(model: type[models.Model], origin: Origin) -> None:
    """Say where rows of a model are made. Raises ValueError when another place is said already."""
    if _origins.setdefault(model, origin) != origin:
        raise ValueError(f"{model.__name__} is made at two places")


def gaps(form: forms.BaseForm, standing: Standing | None) -> tuple[list[Gap], list[Gap]]:
    """(what stops the form, what is worth knowing); a query for each chooser that must or should be used."""
    needs, wants = getattr(form, "needs", ()), getattr(form, "wants", ())
    asked = {name: field for name, field in form.fields.items() if field.required or name in (*needs, *wants)}
    empty = {name: field for name, field in asked.items() if _is_empty(field)}
    stops = [_gap(field, standing) for name, field in empty.items() if name not in wants]
    hints = [_gap(field, standing) for name, field in empty.items() if name in wants]
    return list(dict.fromkeys(stops)), list(dict.fromkeys(hints))


def _is_empty(field: forms.Field) -> bool:
    if isinstance(field, forms.ModelChoiceField):
        return not field.queryset.exists()
    if not isinstance(field, forms.ChoiceField):
        return False
    return not any(value not in ("", None) for value, _ in field.choices)


def _gap(field: forms.Field, standing: Standing | None) -> Gap:
    origin = _origins.get(field.queryset.model) if isinstance(field, forms.ModelChoiceField) else None
    if origin is None:
        return Gap(f"“{field.label}”现在没有可选的。")
    words = f"{origin.words}{field.help_text}。" if field.help_text else origin.words
    if standing is None or not (standing.allows(origin.permission) and (standing.writes or not standing.township)):
        return Gap(f"{words}请告诉镇人大办公室。")
    place = [standing.township.code] if standing.township else []
    return Gap(words, origin.label, reverse(origin.url_name, args=[*place, *origin.arguments]))
