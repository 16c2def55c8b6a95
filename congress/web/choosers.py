"""Fields in which one or several of many records are chosen: a list as the browser shows it, whose entries carry how they
are spelt, so that static/js/chooser.js can find them by the first letters of the pinyin."""

import re

from django import forms
from django.forms.models import ModelChoiceIteratorValue

from congress.names.pinyin import reading, search_text

_PIECES = re.compile(r"([0-9A-Za-z]+)|([^0-9A-Za-z]+)")
NAME = 4  # characters up to which an entry is read as the name of a person, with every spelling of it


def spelling(label: str) -> str:
    """The words an entry is found by in letters, each after a blank: 常稷坤 by changjikun and cjk, 站所07 by zhansuo07 and zs07."""
    pieces = _PIECES.findall(label)
    if len(label) <= NAME and not any(latin for latin, _ in pieces):
        return search_text(label)
    full = [latin.lower() or reading(han).full for latin, han in pieces]
    initials = [latin.lower() or reading(han).initials for latin, han in pieces]
    return f" {''.join(full)} {''.join(initials)}"


class _Spelt(forms.widgets.ChoiceWidget):
    """Entries that stand for records carry their spelling."""

    def create_option(self, name, value, label, *args, **kwargs):
        """The entry as Django makes it, with `data-find` beside its value."""
        option = super().create_option(name, value, label, *args, **kwargs)
        if isinstance(value, ModelChoiceIteratorValue):
            option["attrs"]["data-find"] = spelling(str(label))
        return option


class SpeltSelect(_Spelt, forms.Select):
    """One record of many."""


class SpeltTicks(_Spelt, forms.CheckboxSelectMultiple):
    """Several records of many."""


_SPELT = {forms.Select: SpeltSelect, forms.CheckboxSelectMultiple: SpeltTicks}


def find_by_letters(form: forms.BaseForm) -> None:
    """Let every record a form offers be found by its spelling; widgets of a kind of their own stay as they are."""
    for field in form.fields.values():
        kind = _SPELT.get(type(field.widget))
        if kind and isinstance(field, forms.ModelChoiceField):
            field.widget = kind(field.widget.attrs)
            field.widget.choices = field.choices
