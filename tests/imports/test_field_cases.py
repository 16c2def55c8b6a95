"""Files as the field sends them, and what is right for each; each kind has inputs of its own in the other tests."""

import json
from pathlib import Path

import pytest

from congress import imports
from congress.guard.action import action
from deputies.models import Deputy, District, Mandate
from tests.cast import SET_UP, make_deputy
from tests.spreadsheets.books import id_number

FIELD = next(
    (
        up / "shared" / "cases" / "field"
        for up in Path(__file__).resolve().parents
        if (up / "shared/cases/field").is_dir()
    ),
    None,
)
FILES = {case["id"]: case["file"] for case in json.loads((FIELD / "cases.json").read_text("utf-8"))} if FIELD else {}


def field(name: str) -> bytes:
    """A file of the field."""
    return (FIELD / name).read_bytes()


def f01(world, bring, take):
    number = id_number(2, "19910812")
    with action(SET_UP, actor=None):
        known = make_deputy(world.township, "马芷琴", term=world.term, id_number=number)
    take(bring(field("f04c_same_name_as_one_with_id.xlsx")))
    known.refresh_from_db()
    assert (known.gender, known.birth_date, known.state) == ("female", None, "approved")


def f03(world, bring, take):
    take(bring(field("f04b_first.xlsx")))
    batch = bring(field("f04b_second_person.xlsx"))
    assert [row.question is not None for row in imports.preview_of(batch).rows] == [True]
    take(batch)
    assert Deputy.objects.filter(name="王试强").count() == 2


def f04(world, bring, take):
    preview = imports.preview_of(bring(field("f05_gb_code_words.xlsx")))
    assert (preview.counts["new"], preview.errors) == (13, [])


def f06(world, bring, take):
    for name in ("f02b_unit_post.xlsx", "f02_unit_and_post_apart.xlsx", "f02b_unit_post.xlsx"):
        rows = imports.preview_of(bring(field(name))).rows
        assert [row.values["employer_post"] for row in rows] == ["青砚农技站站长", "砚北小学副校长"]


def f08(world, bring, take):
    preview = imports.preview_of(bring(field("f03_names_with_notes.xlsx"), term=None, create=True))
    said = [(row.values["name"], row.values.get("gender"), row.values.get("ethnicity")) for row in preview.rows]
    assert said == [("王试芳", "女", None), ("马试力", "女", "回族"), ("李试强", None, None)]


def f10(world, bring, take):
    batch = bring(field("f10_end_of_term_notes.xlsx"))
    assert [row.status for row in imports.preview_of(batch).rows] == ["new", "new", "wrong"]
    take(batch)
    assert set(Mandate.objects.filter(deputy__name__startswith="卞").values_list("deputy__name", "how")) == {
        ("卞试甲", "general"),
        ("卞试乙", "by_election"),
    }


def f13(world, bring, take):
    first, second = (take(bring(field(name))) for name in ("f11_undo_first.xlsx", "f11_undo_second.xlsx"))
    assert imports.undo(world.clerk, second) == {}
    assert imports.undo(world.clerk, first) == {}
    assert not Deputy.objects.filter(name="尤试甲", withdrawn_at=None).exists()


def f38(world, bring, take):
    preview = imports.preview_of(bring(field("f12_wps.et"), "花名册.et"))
    assert [row.status for row in preview.rows] == ["new"]


CASES = {"F01": f01, "F03": f03, "F04": f04, "F06": f06, "F08": f08, "F10": f10, "F13": f13, "F38": f38}


@pytest.mark.parametrize("case", CASES)
def test_a_case_of_the_field(world, bring, take, case):
    if (
        case not in FILES
    ):  # the files live beside the repository; the other tests hold the same with inputs of their own
        return
    with world.in_township():
        with action(SET_UP, actor=None):
            District.objects.create(township=world.township, term=world.term, number=2, name="东山村", seats=3)
        assert CASES[case](world, bring, take) is None


@pytest.mark.parametrize(("name", "wrong"), [("f06_date_1904", 0), ("f07_months", 1), ("f01_formula_text", 0)])
def test_a_file_that_passed_goes_on_passing(world, bring, settings, name, wrong):
    settings.DEMO = True  # the invented numbers of the files
    if FIELD is None:
        return
    with world.in_township():
        preview = imports.preview_of(bring(field(f"holds/{name}.xlsx")))
        assert preview.counts["wrong"] == wrong, preview.errors


# Where the right value of every other case is held.
HELD = {
    "F12": "imports/test_round_trip.py::test_an_exported_list_comes_back_unchanged",
    "F14": "deputies/test_namesakes.py::test_every_chooser_tells_them_apart",
    "F16": "people/test_phone.py::test_a_second_digit_no_mobile_number_has_is_named",
    "F17": "proposals/test_matters_on_their_way.py::test_a_unit_gives_back_what_is_not_its_business_and_the_clerk_sends_it_on",
    "F19": "proposals/test_matters_on_their_way.py::test_the_voters_opinion_on_an_answer_given_at_once_is_kept",
    "F20": "proposals/test_matters_on_their_way.py::test_words_heard_on_a_visit_or_in_the_market_need_no_station",
    "F21": "proposals/test_paper_ratings.py::test_a_deputy_without_account_rates_on_paper",
    "F22": "proposals/test_separate.py::test_f22_each_unit_has_its_clock_and_its_reply_and_it_is_closed_when_all_have_answered",
    "F24": "proposals/test_joined.py::test_f24_joined_suggestions_keep_their_numbers_are_handled_as_one_and_answered_each",
    "F25": "congress/test_numbers.py::test_a_township_that_begins_in_november_goes_on_after_the_paper",
    "F27": "reports/test_figures_in_time.py::test_a_suggestion_of_a_december_session_is_told_in_the_year_it_is_handled",
    "F29": "reports/test_placeholders.py::test_a_figure_of_what_is_not_kept_is_not_offered",
    "F31": "reports/test_drafting.py::test_what_stands_above_the_text_is_set_and_printed",
    "F32": "assembly/test_sessions.py::test_another_number_entitled_than_are_in_office_is_said_with_that_number",
    "F33": "law/test_calendar.py::test_one_holiday_entered_does_not_make_a_year_known",
    "F35": "names/test_pinyin.py::test_nian_files_between_ni_and_nie",
    "F36": "deputies/test_names.py::test_the_paper_is_in_the_order_that_was_chosen_and_says_so",
    "F37": "elections/test_elections.py::test_seats_the_districts_cannot_make_up_are_pointed_out",
    "F40": "imports/test_identity.py::test_with_two_namesakes_on_the_roster_the_same_row_changes_nothing",
}


def test_every_case_of_the_field_is_held_by_a_test():
    tests = Path(__file__).resolve().parents[1]
    for case, place in HELD.items():
        name, _, function = place.partition("::")
        assert f"def {function}(" in (tests / name).read_text("utf-8"), case
    assert set(FILES) <= {*CASES, *HELD}
