"""Parts of the forms: days that cannot lie ahead, words on several lines, lists of the place, fields that come second."""

from datetime import date

from crispy_forms.layout import LayoutObject
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Value, When
from django.template.loader import render_to_string

from congress import clock
from congress.models import NEAREST, Category, Unit
from congress.web.choosers import SpeltTicks
from congress.web.forms import PlainForm
from deputies.models import Deputy

EARLIEST = date(1979, 7, 1)  # township congresses were taken up again by the organic law of 1979


def not_ahead(day: date) -> None:
    """Validator: something that happened did not happen tomorrow."""
    if day > clock.today():
        raise ValidationError("日期还没有到，请填写实际发生的日期。")
    if day < EARLIEST:
        raise ValidationError("日期过早，请核对年份。")


def day_field(label: str = "日期", *, past: bool = True, **more) -> forms.DateField:
    """The day something happened; today unless said otherwise."""
    more.setdefault("initial", clock.today)
    return forms.DateField(label=label, validators=[not_ahead] if past else [], **more)


def words_field(label: str, *, rows: int = 4, max_length: int = 4000, **more) -> forms.CharField:
    """Text on several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=max_length, **more)


def asks(words: str) -> dict:
    """The words for a field left empty, for pages and programs alike."""
    return {"required": words}


def categories():
    """Categories of matters in use, in the order of the township."""
    return Category.objects.kept().filter(kind=Category.Kind.MATTER, active=True).order_by("position", "label")


def units():
    """Units that can be given something to do."""
    return Unit.objects.kept().order_by(NEAREST, "name")


def deputies(first=None):
    """Approved deputies by the strokes of their names; `first` (the user's own entry) before all others."""
    found = Deputy.objects.kept().filter(state=Deputy.State.APPROVED)
    own = Case(When(pk=first.pk, then=0), default=1) if first else Value(1)
    return found.order_by(own, "stroke_key", "id")


class TickList(SpeltTicks):
    """Several of a list, ticked with a thumb; long lists scroll inside their box."""

    def __init__(self, attrs=None, choices=()):
        super().__init__({"data-tick": "1", **(attrs or {})}, choices)


class Aside(LayoutObject):
    """Fields most people do not need, folded away under a word; open when one of them holds something or is wrong.

    `personal` keeps them out of drafts in the browser.
    """

    template = "proposals/_aside.html"

    def __init__(self, label: str, *fields, personal: tuple = ()):
        self.label, self.fields, self.personal = label, list(fields), tuple(personal)

    def names(self) -> list[str]:
        """Names of all fields inside."""
        return [*self.fields, *self.personal]

    def render(self, form, context, template_pack="bootstrap5", **kwargs):
        """The folded fields. Each name is rendered by crispy's own field template."""
        opened = any(
            form[name].errors or name in form.changed_data if form.is_bound else form.initial.get(name)
            for name in self.names()
        )
        plain = [form[name] for name in self.fields]
        personal = [form[name] for name in self.personal]
        values = {"label": self.label, "plain": plain, "personal": personal, "opened": opened, "form": form}
        form.rendered_fields.update(self.names())
        return render_to_string(self.template, values)


class StepForm(PlainForm):
    """A step on a day. `version` tells two people who change the same record of each other."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    on = day_field()
    day_label = "日期"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = self.day_label
