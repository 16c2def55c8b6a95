"""Identity numbers by GB 11643-1999."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.people import idnumber
from congress.people.problem import Unacceptable
from tests.people.numbers import id_numbers, spellings

SAMPLE = "11010519491231002X"  # the example of the standard


@given(id_numbers())
def test_every_spelling_is_one_number(number):
    assert {idnumber.canonical(typed) for typed in spellings(number)} == {number}
    assert {idnumber.normalise(typed) for typed in spellings(number)} == {number}


@given(id_numbers(until=date(1999, 12, 31), since=date(1900, 1, 1)))
def test_fifteen_digits_become_the_eighteen_they_stand_for(number):
    assert idnumber.parse(number[:6] + number[8:17]).number == number


@given(id_numbers(), st.integers(0, 16), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(number, place, by):
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert idnumber.problem(wrong) is not None


@given(id_numbers(), st.integers(0, 15))
def test_two_neighbouring_digits_exchanged_are_found(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or idnumber.problem(swapped) is not None


@given(st.text(max_size=30))
def test_canonical_and_problem_take_any_text(text):
    canonical = idnumber.canonical(text)
    assert idnumber.canonical(canonical) == canonical
    found = idnumber.problem(text)
    assert found is None or found.message


def test_number_tells_birth_sex_and_division():
    parsed = idnumber.parse(SAMPLE)
    assert (parsed.birth_date, parsed.sex, parsed.division) == (date(1949, 12, 31), "女", "110105")
    man = "11010519491231001"
    assert idnumber.parse(man + idnumber.check_digit(man)).sex == "男"


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("", "id.empty", "请填写"),
        (" \u3000-", "id.empty", "请填写"),
        ("110105194912310021", "id.check_digit", "校验位应为X"),
        ("11010519491231002", "id.length", "现为17位"),
        ("1101051949123100222", "id.length", "现为19位"),
        ("1101051949I231002X", "id.characters", "只能是数字"),
        ("11010X194912310021", "id.characters", "只能是数字"),
        ("11010519490229002X", "id.birth_date", "真实的日期"),
        ("11010518991231002X", "id.birth_date", "不合情理"),
        ("99010519491231002X", "id.division", "省级"),
        ("110105491331002", "id.birth_date", "真实的日期"),
        ("1.10105194912310E+17", "id.numeric_cell", "末三位已丢失"),
        ("110105194912310000.0", "id.numeric_cell", "末三位已丢失"),
    ],
)
def test_wrong_numbers_are_explained(typed, code, words):
    problem = idnumber.problem(typed)
    assert problem.code == code
    assert words in problem.message


def test_nobody_is_born_after_the_day_of_entry():
    first17 = "11010520240301002"
    number = first17 + idnumber.check_digit(first17)
    assert idnumber.problem(number, on=date(2024, 3, 1)) is None
    assert idnumber.problem(number, on=date(2024, 2, 29)).code == "id.birth_date"


def test_leap_day_is_real_in_leap_years_only():
    for year, right in ((2000, True), (1996, True), (1900, False), (1999, False)):
        first17 = f"110105{year}0229001"
        assert (idnumber.problem(first17 + idnumber.check_digit(first17)) is None) is right


def test_disagreements_with_what_is_typed_beside():
    parsed = idnumber.parse(SAMPLE)
    assert idnumber.disagreements(parsed, birth_date=date(1949, 12, 31), sex="女") == []
    assert idnumber.disagreements(parsed) == []
    codes = [each.code for each in idnumber.disagreements(parsed, birth_date=date(1949, 12, 30), sex="男")]
    assert codes == ["id.birth_date_differs", "id.sex_differs"]


@given(id_numbers())
def test_number_never_shows_in_repr_str_or_message(number):
    parsed = idnumber.parse(number)
    assert number not in repr(parsed) + str(parsed) + f"{parsed}"
    with pytest.raises(Unacceptable) as refused:
        idnumber.parse(number[:17] + ("0" if number[17] != "0" else "1"))
    assert number[6:14] not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "1234567890123456", "1234567890123456x", "１２３４５６７８９０１２３４５６７", "²" * 17]
)
def test_check_digit_needs_seventeen_plain_digits(text):
    with pytest.raises(ValueError, match="17 digits"):
        idnumber.check_digit(text)


def test_the_invented_division_is_a_number_in_demonstrations_only(settings):
    invented = "99012319700101101"
    number = invented + idnumber.check_digit(invented)
    assert idnumber.problem(number).code == "id.division"
    settings.DEMO = True
    assert idnumber.parse(number).division == "990123"
    assert idnumber.problem("98" + number[2:]).code == "id.division"
    settings.DEMO = False
    assert idnumber.problem(number).code == "id.division", "what was remembered holds in its mode alone"
