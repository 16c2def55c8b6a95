"""Records are found among the choices of a form by the first letters of how they are spelt."""

import pytest
from django import forms
from django.urls import reverse

from congress.guard.action import action
from congress.models import Unit
from congress.web.choosers import SpeltSelect, SpeltTicks, spelling
from congress.web.forms import PlainForm
from proposals.forms.base import units
from tests.cast import SET_UP


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


def test_units_stand_from_the_near_to_the_far_in_forms_and_in_their_list(world, browse):
    levels = [("一村民委员会", "village"), ("丁县水利局", "county"), ("龙头站", "township")]
    with world.in_township(), action(SET_UP, actor=None):
        for name, level in levels:
            Unit.objects.create(township=world.township, name=name, level=level)
    with world.in_township():
        chosen = [unit.name for unit in units()]
    page = browse(world.clerk).get(reverse("units", args=[world.township.code])).content.decode()
    for order in (chosen, sorted(chosen, key=page.index)):
        assert order.index("龙头站") < order.index("丁县水利局") < order.index("一村民委员会")
