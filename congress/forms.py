"""Bases of the forms: how they look, and how two people editing the same row find out about each other."""

from crispy_forms.helper import FormHelper
from django import forms

from congress.models import User


class PlainForm(forms.Form):
    """A form whose tag, error summary and buttons come from components/form.html."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class RecordForm(forms.ModelForm):
    """A form over a record: carries the version that was shown, for `guard.action.lock`."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        if not self.instance._state.adding:
            self.fields["version"].initial = self.instance.version
        else:
            del self.fields["version"]


class FontSizeForm(forms.ModelForm):
    """Size of letters."""

    class Meta:
        model = User
        fields = ("font_size",)
        widgets = {"font_size": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
