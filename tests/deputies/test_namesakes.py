"""Two of one name: told apart wherever one of them is picked or shown."""

import re

import pytest
from django import forms
from django.urls import reverse

from congress import clock
from congress.guard.action import action
from deputies.forms import DeputiesField, DeputyField
from deputies.models import Deputy, District
from deputies.queries import called, told_apart
from tests.cast import SET_UP, make_deputy
from tests.proposals.helpers import day, submit

TWIN = "曾田（第1选区，石罅村党支部书记）"
OTHER = "曾田（第2选区，农技站站长）"


@pytest.fixture
def twins(world):
    """A second 曾田, of another district."""
    with world.in_township(), action(SET_UP, actor=None):
        first = world.deputies[0]
        Deputy.objects.filter(pk=first.pk).update(employer_post="石罅村党支部书记")
        second = make_deputy(world.township, "曾田", term=world.term, employer_post="农技站站长")
        district = District.objects.create(township=world.township, term=world.term, number=2, name="石罅村", seats=2)
        second.mandates.update(district=district)
    return first, second


def test_only_a_name_that_stands_twice_has_something_beside_it(world, twins):
    with world.in_township():
        labels = [called(one) for one in told_apart(Deputy.objects.order_by("stroke_key", "pk"))]
    assert sorted(labels) == sorted([TWIN, OTHER, "单木"])


def test_a_twin_without_seat_and_post_is_told_by_sex_and_one_taken_back_is_none(world):
    with world.in_township(), action(SET_UP, actor=None):
        lone = make_deputy(world.township, "单木", gender="female")
        assert called(told_apart(Deputy.objects.all()).get(pk=lone.pk)) == "单木（女）"
        Deputy.objects.filter(pk=lone.pk).update(withdrawn_at=clock.now())
        assert called(told_apart(Deputy.objects.all()).get(pk=world.deputies[1].pk)) == "单木"


@pytest.mark.parametrize(
    "name", ["proposals-reception-new", "proposals-suggestion-new", "deputies-activity-new", "deputies-accounts"]
)
def test_every_chooser_tells_them_apart(world, browse, twins, name):
    page = browse(world.clerk).get(reverse(name, args=[world.township.code]), {"kind": "study"}).content.decode()
    shown = re.sub(r"\s+", "", re.sub(r"<[^>]+>", "\n", page)).replace("&amp;", "&")
    assert OTHER in shown
    if name != "deputies-accounts":  # the first has an account already
        assert TWIN in shown
    assert "单木（" not in shown


def test_lists_tell_them_apart(world, browse, twins):
    with world.in_township(), clock.frozen(day(6, 1)):
        submit(world, actor=world.clerk, lead=twins[1])
    page = browse(world.clerk).get(reverse("proposals-suggestions", args=[world.township.code])).content.decode()
    assert OTHER in page


def subclasses(kind):
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


def test_no_form_picks_a_deputy_in_another_way():
    told = (DeputyField, DeputiesField)
    found = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in subclasses(forms.BaseForm)
        if hasattr(form, "base_fields")
        and form.__module__.split(".")[0] in ("deputies", "proposals", "reports", "congress")
        for name, field in form.base_fields.items()
        if isinstance(field, forms.ModelChoiceField)
        and not isinstance(field, told)
        and (str(field.label).endswith("代表") or getattr(field.queryset, "model", None) is Deputy)
    ]
    assert found == []
