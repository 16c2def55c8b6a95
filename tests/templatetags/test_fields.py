"""Fields are written as crispy's own template writes them."""

import pytest
from crispy_forms import utils
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, engines

from congress.templatetags import fields
from congress.templatetags.ui import form_helper
from congress.web.forms import PlainForm

NAME = "bootstrap5/field.html"
WRONG = {"words": "x", "day": "y", "text": "zzzzzz", "number": "1", "one": "q", "sure": "on", "key": ""}


class EveryKind(PlainForm):
    required_css_class = "must"

    words = forms.CharField(label="甲<b>", help_text="帮<i>助</i>")
    bare = forms.CharField(label="", required=False)
    day = forms.DateField(label="日")
    sure = forms.BooleanField(label="勾", help_text="说")
    maybe = forms.BooleanField(label="勾2", required=False)
    one = forms.ChoiceField(label="选", choices=[("", "---"), ("x", "X")])
    styled = forms.ChoiceField(
        label="选", choices=[("x", "X")], required=False, help_text="多", widget=forms.Select(attrs={"class": "big"})
    )
    key = forms.CharField(widget=forms.HiddenInput, initial="<")
    text = forms.CharField(widget=forms.Textarea(attrs={"class": "textarea is-invalid"}), max_length=3, help_text="z")
    radio = forms.ChoiceField(choices=[("x", "X")], widget=forms.RadioSelect)
    ticks = forms.MultipleChoiceField(choices=[("x", "X")], widget=forms.CheckboxSelectMultiple)
    file = forms.FileField(label="件")
    several = forms.MultipleChoiceField(choices=[("x", "X")])
    moment = forms.SplitDateTimeField()
    number = forms.IntegerField(label="数", min_value=3)


class Crispy:
    """The template of the package."""

    def __init__(self):
        here = engines["django"].get_template(NAME).template
        self.template, _ = here.engine.find_template(NAME, skip=[here.origin])

    def render(self, context: dict) -> str:
        return self.template.render(Context(context))


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"label_class": "col"},
        {"error_text_inline": False},
        {"form_show_errors": False},
        {"form_show_labels": False},
    ],
)
@pytest.mark.parametrize(
    "given", [{}, {"data": {}}, {"data": WRONG}, {"auto_id": False}], ids=["new", "empty", "wrong", "without keys"]
)
def test_every_kind_of_field_is_written_as_crispy_writes_it(monkeypatch, given, other):
    def written() -> str:
        form = EveryKind(**given)
        helper = form_helper(form)
        for name, value in other.items():
            setattr(helper, name, value)
        return render_crispy_form(form, helper)

    own = written()
    monkeypatch.setattr(utils, "default_field_template", lambda *pack: Crispy())
    assert own == written()


def test_only_what_is_seldom_is_left_to_crispy(monkeypatch):
    told = {}
    ask = fields._is_apart
    monkeypatch.setattr(fields, "_is_apart", lambda *given: told.setdefault(given[1].name, ask(*given)))
    form = EveryKind(WRONG)
    render_crispy_form(form, form_helper(form))
    assert told.keys() == form.fields.keys() - {"key"}
    assert {name for name, apart in told.items() if apart} == {"words", "radio", "ticks", "file", "moment"}
