"""Telephone numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.people import phone


@pytest.mark.parametrize(
    ("typed", "kind", "number"),
    [
        ("13800138000", "mobile", "13800138000"),
        (" 138 0013 8000 ", "mobile", "13800138000"),
        ("138-0013-8000", "mobile", "13800138000"),
        ("１３８００１３８０００", "mobile", "13800138000"),
        ("+86 13800138000", "mobile", "13800138000"),
        ("8613800138000", "mobile", "13800138000"),
        ("0086-138-0013-8000", "mobile", "13800138000"),
        ("05363251234", "landline", "0536-3251234"),
        ("(0536) 3251234", "landline", "0536-3251234"),
        ("（0536）3251234", "landline", "0536-3251234"),
        ("0536—3251234", "landline", "0536-3251234"),
        ("010-65121234", "landline", "010-65121234"),
        ("021 6512 1234", "landline", "021-65121234"),
        ("0536-3251234转801", "landline", "0536-3251234-801"),
        ("0536-3251234-801", "landline", "0536-3251234-801"),
        ("010-65121234 分机 8", "landline", "010-65121234-8"),
        ("3251234", "landline", "3251234"),
    ],
)
def test_numbers_come_to_one_form(typed, kind, number):
    parsed = phone.parse(typed)
    assert (parsed.kind, parsed.number) == (kind, number)
    assert phone.normalise(number) == number
    assert phone.canonical(typed) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "phone.empty"),
        ("—", "phone.empty"),
        ("1380013800", "phone.mobile"),
        ("138001380000", "phone.mobile"),
        ("12800138000", "phone.mobile"),
        ("10000138000", "phone.mobile"),
        ("0531-325123", "phone.landline"),
        ("0536-1251234", "phone.landline"),
        ("13800138000 转 5", "phone.characters"),
        ("电话", "phone.characters"),
        ("13800138000/13900139000", "phone.characters"),
    ],
)
def test_wrong_numbers_are_explained_without_repeating_them(typed, code):
    problem = phone.problem(typed)
    assert problem.code == code
    assert problem.message
    assert len(typed) < 6 or typed not in problem.message


@given(st.text(max_size=30))
def test_canonical_takes_any_text_and_is_stable(text):
    once = phone.canonical(text)
    assert phone.canonical(once) == once


def test_number_does_not_show_in_repr():
    assert "138" not in repr(phone.parse("13800138000"))


def test_a_second_digit_no_mobile_number_has_is_named():
    assert phone.problem("12800138000").message == "手机号第二位应为3到9，请核对"
    assert "现为10位" in phone.problem("1280013800").message
