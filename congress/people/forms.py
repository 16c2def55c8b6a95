"""Form fields for names, identity and telephone numbers: type or paste them in any usual way, get the one written form."""

from django import forms
from django.core.exceptions import ValidationError

from congress import clock
from congress.names.parts import tidy
from congress.names.written import problem
from congress.people import idnumber, phone
from congress.people.problem import Unacceptable

# Room for blanks, dashes and a country code around the number itself.
TYPED_LENGTH = 40


class _NumberField(forms.CharField):
    def __init__(self, *, max_length=None, **kwargs):
        super().__init__(max_length=TYPED_LENGTH, **kwargs)

    def clean(self, value):
        """The normalised number, or the empty value. Raises ValidationError in words that do not repeat the number."""
        typed = super().clean(value)
        if typed in self.empty_values:
            return self.empty_value
        try:
            return self.normalise(typed)
        except Unacceptable as refused:
            raise ValidationError(refused.problem.message, code=refused.problem.code) from None

    def has_changed(self, initial, data):
        """Whether another number was typed; the same number typed in another way is no change."""
        return self.canonical(initial or "") != self.canonical(data or "")


class NameField(forms.CharField):
    """The name of a person, tidied and checked like everywhere else."""

    def to_python(self, value):
        return tidy(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        if value and (wrong := problem(value)):
            raise ValidationError(f"{wrong}。", code="name")

    def has_changed(self, initial, data):
        return tidy(initial or "") != tidy(data or "")


class IdNumberField(_NumberField):
    """An identity number, 15 or 18 characters, checked for today."""

    canonical = staticmethod(idnumber.canonical)

    def normalise(self, typed: str) -> str:
        return idnumber.normalise(typed, on=clock.today())

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"autocomplete": "off", "spellcheck": "false"}


class PhoneField(_NumberField):
    """A mobile or fixed-line number."""

    canonical = staticmethod(phone.canonical)

    def normalise(self, typed: str) -> str:
        return phone.normalise(typed)

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"inputmode": "tel", "autocomplete": "off"}
