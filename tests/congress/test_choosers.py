"""Records are found among the choices of a form by the first letters of how they are spelt."""

import pytest
from django import forms

from congress.models import Unit
from congress.web.choosers import SpeltSelect, SpeltTicks, spelling
from congress.web.forms import PlainForm


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        ("常稷坤", "cjk"),
        ("常稷坤", "changj"),
        ("曾田", "zt"),
        ("单木", "shanm"),
        ("区交通运输局", "qjtysj"),
        ("站所07", "zs07"),
    ],
)
def test_a_label_is_spelt_as_people_type_it(label, typed):
    assert f" {typed}" in spelling(label)


class Form(PlainForm):
    one = forms.ModelChoiceField(label="单位", queryset=Unit.objects.none())
    many = forms.ModelMultipleChoiceField(
        label="单位", queryset=Unit.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )
    kind = forms.ChoiceField(label="类别", choices=[("a", "甲")])


def test_choices_of_records_carry_their_spelling_and_others_do_not(world):
    with world.in_township():
        form = Form({"one": str(world.unit.pk), "many": [], "kind": "a"})
        for name in ("one", "many"):
            form.fields[name].queryset = Unit.objects.filter(pk=world.unit.pk)
        assert [type(form.fields[name].widget) for name in ("one", "many")] == [SpeltSelect, SpeltTicks]
        assert f'data-find="{spelling(world.unit.name)}"' in str(form["one"])
        assert f'data-find="{spelling(world.unit.name)}"' in str(form["many"])
        assert "data-find" not in str(form["kind"])
        assert form.is_valid()
        assert form.cleaned_data["one"] == world.unit
