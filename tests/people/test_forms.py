"""Form fields for names and numbers."""

import importlib
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

from congress import clock
from congress.people import idnumber
from congress.people.forms import IdNumberField, NameField, PhoneField
from deputies.models import Deputy
from tests.people.conftest import ID_NUMBER, PHONE, make_deputy
from tests.people.numbers import spellings


class NumbersForm(forms.ModelForm):
    class Meta:
        model = Deputy
        fields = ("id_number", "phone")


def test_model_field_brings_the_form_field_that_fits():
    fields = NumbersForm().fields
    assert isinstance(fields["id_number"], IdNumberField)
    assert isinstance(fields["phone"], PhoneField)
    assert fields["phone"].widget.attrs["inputmode"] == "tel"
    assert fields["id_number"].widget.attrs["autocomplete"] == "off"


@pytest.mark.parametrize("typed", spellings(ID_NUMBER))
def test_numbers_are_normalised_however_they_are_typed(typed):
    form = NumbersForm({"id_number": typed, "phone": "+86 138-0013-8000"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"id_number": ID_NUMBER, "phone": PHONE}


def test_wrong_numbers_are_explained_and_not_repeated():
    form = NumbersForm({"id_number": "110105194912310021", "phone": "1380013800"})
    assert form.errors["id_number"] == ["身份证号校验位应为X，请核对有没有输错数字"]
    assert "现为10位" in form.errors["phone"][0]
    assert "1380013800" not in str(form.errors)


def test_nothing_typed_is_nothing_stored():
    form = NumbersForm({"id_number": "", "phone": " "})
    assert form.is_valid()
    assert form.cleaned_data == {"id_number": None, "phone": None}


def test_nobody_is_entered_before_birth():
    first17 = "11010520300101001"
    typed = {"id_number": first17 + idnumber.check_digit(first17)}
    with clock.frozen(date(2026, 3, 1)):
        assert not NumbersForm(typed).is_valid()
    with clock.frozen(date(2030, 1, 1)):
        assert NumbersForm(typed).is_valid()


def test_same_number_typed_in_another_way_is_no_change(town):
    form = NumbersForm({"id_number": "110105491231002", "phone": "138 0013 8000"}, instance=make_deputy(town))
    assert form.changed_data == []
    form = NumbersForm({"id_number": ID_NUMBER, "phone": "13900139000"}, instance=make_deputy(town, id_number=None))
    assert form.changed_data == ["id_number", "phone"]


@pytest.mark.parametrize(("typed", "kept"), [("张 伟", "张伟"), ("买买提.吐尔逊", "买买提·吐尔逊"), (" ⻢力 ", "马力")])
def test_a_name_comes_to_its_one_form_and_is_then_no_change(typed, kept):
    field = NameField(label="姓名")
    assert field.clean(typed) == kept
    assert not field.has_changed(kept, typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("=1+1", "“=”、“1”、“\\+”不是文字"),
        ("王□伟", "“□”不是文字"),
        ("王\ue5e5", "有自造字（U\\+E5E5）"),
        ("张⺮", "“⺮”是偏旁部首"),
        ("", "必填"),
        ("\u200b", "必填"),
        ("王" * 41, "最多40个字，现在有41个字"),
    ],
)
def test_what_is_no_name_is_refused(typed, words):
    with pytest.raises(ValidationError, match=words):
        NameField(label="姓名", max_length=40).clean(typed)


def kinds_of_forms(kind=forms.BaseForm):
    for one in kind.__subclasses__():
        yield one
        yield from kinds_of_forms(one)


def test_every_form_that_asks_for_a_name_checks_it():
    importlib.import_module("congress.urls")  # and with it every form there is
    fields = [(kind, field) for kind in kinds_of_forms() for field in getattr(kind, "base_fields", {}).values()]
    asking = [
        (kind.__name__, field) for kind, field in fields if field.label == "姓名" and "tests" not in kind.__module__
    ]
    assert {"DeputyForm", "OfficerForm", "AccountForm", "NewUserForm"} <= {name for name, _ in asking}
    assert [name for name, field in asking if not isinstance(field, NameField)] == []
