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
