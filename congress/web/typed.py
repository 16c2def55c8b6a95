"""What somebody typed, given back on a page that could not take it: by the names of the fields, in their order on the page.

Such a page stands outside every place, often before a log-in, and may ask no database: it knows no form, only what was sent.
Which of our forms that was is told by the names. Keys, versions and choices of rows are nobody's words and are left out.
"""

import re
from functools import cache

from django import forms

_OURS = ("congress", "deputies", "elections", "proposals", "reports")
_MACHINES_OWN = {"csrfmiddlewaretoken", "key", "client_key", "version", "next", "confirmed"}
_KEY = re.compile(r"[0-9a-f-]{32,}|[0-9]+|on", re.ASCII)
OTHER = "您填写的内容"


@cache
def _forms() -> tuple[type[forms.BaseForm], ...]:
    """Every form of ours; all are loaded once the addresses are."""
    found, waiting = [], [forms.BaseForm]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found += [one for one in below if one.__module__.split(".")[0] in _OURS]
    return tuple(found)


def _fields_of(names: set[str]) -> dict[str, forms.Field]:
    """The fields of the form that has most of these names, and among those the fewest others."""
    fields = [one.base_fields for one in _forms()]
    return max(fields, key=lambda each: (len(names & each.keys()), -len(each.keys() - names)), default={})


def kept_input(request) -> list[tuple[str, str]]:
    """(label, words) of what the user typed; never a password, a key or what only the machine knows."""
    sent = {
        name: values for name, values in request.POST.lists() if name not in _MACHINES_OWN and "password" not in name
    }
    fields = _fields_of({name for name, _ in request.POST.lists()})
    told = [_told(fields.get(name), [one.strip() for one in values if one.strip()]) for name, values in sent.items()]
    return [(label, words) for label, words in told if words]


def _told(field: forms.Field | None, values: list[str]) -> tuple[str, str]:
    """The label of a field and the values as the page showed them; no words for what is hidden or chosen from rows."""
    if field is None:
        return OTHER, "\n".join(value for value in values if not _KEY.fullmatch(value))
    label = str(field.label or OTHER)
    if field.widget.is_hidden or isinstance(field, forms.ModelChoiceField | forms.FileField):
        return label, ""
    if isinstance(field, forms.BooleanField):
        return label, "是" if values else ""
    if isinstance(field, forms.ChoiceField):
        # Choices that are made when they are asked for may ask the database.
        named = {str(key): str(word) for key, word in field.choices} if isinstance(field.choices, list) else {}
        return label, "、".join(named[value] for value in values if value in named)
    return label, "\n".join(values)
