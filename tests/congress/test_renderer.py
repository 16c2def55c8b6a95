"""Fields are written letter by letter as Django's templates write them."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe

from congress.web.renderer import WRITTEN, Renderer

WIDGETS = (
    forms.TextInput(),
    forms.NumberInput(),
    forms.EmailInput(),
    forms.URLInput(),
    forms.TelInput(),
    forms.PasswordInput(render_value=True),
    forms.HiddenInput(),
    forms.DateInput(),
    forms.DateTimeInput(),
    forms.TimeInput(),
    forms.CheckboxInput(),
    forms.Textarea(),
)
VALUES = (
    None,
    "",
    "路灯",
    "a\"b'<c>&d",
    mark_safe("<b>"),
    0,
    1234567,
    Decimal("1.50"),
    date(2022, 6, 1),
    True,
    "\n两行\n",
)
ATTRS = (
    {},
    {
        "required": True,
        "disabled": False,
        "class": "a b",
        "data-x": 'say "<x>"',
        "maxlength": 1000,
        "title": mark_safe("&amp;"),
    },
)
CHOICES = [
    ("", "---------"),
    (1, "一"),
    ("<2>", "<二>"),
    (3, lazystr("三 & 四")),
    (4, mark_safe("<i>")),
    (5, 12345),
    ("组 <甲>", [(6, "六"), (7, "七")]),
]


@pytest.mark.parametrize("attrs", ATTRS, ids=["bare", "attributes"])
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_an_input_is_written_as_by_the_template(widget, attrs):
    assert widget.template_name in WRITTEN
    for value in VALUES:
        assert widget.render("na<me", value, attrs, Renderer()) == widget.render(
            "na<me", value, attrs, TemplatesSetting()
        )


@pytest.mark.parametrize("attrs", ATTRS, ids=["bare", "attributes"])
@pytest.mark.parametrize(
    "widget", [forms.Select(choices=CHOICES), forms.SelectMultiple(choices=CHOICES)], ids=["one", "many"]
)
def test_a_choice_is_written_as_by_the_template(widget, attrs):
    for value in ([], ["1"], ["<2>", "7"], ["nothing"]):
        said = value if widget.allow_multiple_selected else "".join(value[:1])
        assert widget.render("one", said, attrs, Renderer()) == widget.render("one", said, attrs, TemplatesSetting())


def test_what_has_a_template_of_its_own_is_left_to_it():
    class Own(forms.Select):
        option_template_name = "django/forms/widgets/radio_option.html"

    for widget in (Own(choices=CHOICES[:2]), forms.RadioSelect(choices=CHOICES), forms.ClearableFileInput()):
        written = widget.render("one", "1", {"id": "x"}, Renderer())
        assert written == widget.render("one", "1", {"id": "x"}, TemplatesSetting())
    assert "radio" in forms.RadioSelect(choices=CHOICES).render("one", "1", {}, Renderer())


def test_every_template_there_is_a_writing_for_is_one_of_djangos():
    for name in WRITTEN:
        assert Renderer().get_template(name)
