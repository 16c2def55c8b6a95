"""A ledger that names several units in a cell, or tells of one suggestion on several lines: understood or named."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from congress import imports
from congress.models import Unit
from proposals import queries
from proposals.models import Assignment, Rating, Reply, Suggestion
from tests.imports.ledgers import CREATE, HEAD, SUGGESTIONS, WHOLE, row, seen

BAD = {"代表评价": "不满意", "评价日期": "2022-04-20"}
FIRST = [*row(**BAD), "没有修"]
SECOND = [*row(承办单位="农技站", 交办日期="2022-05-05", 答复日期="2022-06-01", 评价日期="2022-06-10"), None]
REASONS = [*HEAD, "不满意的理由"]


@pytest.fixture
def ledger(bring):
    return lambda *rows, **changed: bring(list(rows), kind=SUGGESTIONS, **CREATE | changed)


def told(batch) -> list[tuple[str, list[str]]]:
    return [(str(each.status), [*map(str, each.errors), *each.notes]) for each in seen(batch).rows]


def shares() -> list[tuple]:
    return sorted(Assignment.objects.kept().values_list("round", "part", "unit__name"))


@pytest.mark.parametrize(
    ("cell", "assisting", "note"),
    [
        ("主办：交通站；协办：水利站、农技站", {"水利站", "农技站"}, False),
        ("主办单位：交通站，协办单位：水利站", {"水利站"}, False),
        ("交通站（主办）、水利站（协办）", {"水利站"}, False),
        ("水利站配合、交通站牵头", {"水利站"}, False),
        ("交通站、水利站、农技站", {"水利站", "农技站"}, True),
        ("交通站", set(), False),
    ],
)
def test_several_units_in_a_cell_are_the_lead_and_those_that_assist(world, ledger, take, cell, assisting, note):
    with world.in_township():
        batch = ledger(HEAD, row(承办单位=cell))
        notes = told(batch)[0][1]
        assert any("第一个登记为主办" in each for each in notes) is note
        take(batch)
        assert shares() == sorted([(1, "lead", "交通站"), *((1, "assist", name) for name in assisting)])


def test_a_cell_may_say_that_its_units_answer_separately(world, ledger, take):
    with world.in_township():
        batch = ledger(HEAD, row(承办单位="分办：交通站、水利站"))
        assert not told(batch)[0][1] or "第一个登记为主办" not in told(batch)[0][1][0]
        take(batch)
        assert shares() == [(1, "separate", "交通站"), (1, "separate", "水利站")]
        assert set(Reply.objects.values_list("strand", "unit__name")) == {(1, "交通站"), (2, "水利站")}


def test_a_cell_and_a_column_that_name_other_assisting_units_are_told(world, ledger):
    with world.in_township():
        batch = ledger([*HEAD, "协办单位"], [*row(承办单位="主办：交通站；协办：水利站"), "农技站"])
        assert "协办单位一栏却是“农技站”" in told(batch)[0][1][0]


def test_a_unit_that_leads_here_and_assists_there_is_registered_once(world, ledger):
    with world.in_township():
        batch = ledger(HEAD, row(承办单位="交通站、农技站"), row(编号="13", 标题="修渠", 承办单位="农技站"))
        assert seen(batch).makes == ["承办单位2个：交通站、农技站", "类别1个：其他"]


def test_a_second_line_after_a_bad_rating_is_the_second_handling(world, ledger, take):
    with world.in_township():
        batch = ledger(REASONS, FIRST, SECOND)
        assert [status for status, _ in told(batch)] == ["new", "joined"]
        assert told(batch)[1][1] == ["并入第2行：第2次办理"]
        assert "承办单位2个：交通站、农技站" in seen(batch).makes
        take(batch)
        made = Suggestion.objects.get()
        assert (made.assigned_on, made.reopened_on, made.closed_on) == (
            date(2022, 2, 1),
            date(2022, 5, 5),
            date(2022, 6, 10),
        )
        assert shares() == [(1, "lead", "交通站"), (2, "lead", "农技站")]
        assert list(Reply.objects.values_list("round", "replied_on")) == [
            (1, date(2022, 4, 1)),
            (2, date(2022, 6, 1)),
        ]
        assert list(Rating.objects.values_list("round", "result")) == [(1, "bad"), (2, "good")]
        assert [one.satisfied for one in queries.facts_of(queries.fresh(made)).rounds] == [False, True]
        assert [status for status, _ in told(ledger(REASONS, FIRST, SECOND))] == ["unchanged", "unchanged"]
        assert [status for status, _ in told(ledger(REASONS, SECOND))] == ["unchanged"]
        assert imports.undo(world.clerk, batch) == {}
        for model in (Suggestion, Assignment, Reply, Rating):
            assert not model.objects.kept().exists()


def test_a_second_handling_that_did_not_please_either_may_be_closed(world, ledger, take):
    head = [*REASONS, "办结日期"]
    second = [*SECOND[:8], "不满意", *SECOND[9:10], "仍没有修", "2022-06-20"]
    with world.in_township():
        batch = ledger(head, [*FIRST, None], second)
        assert [status for status, _ in told(batch)] == ["new", "joined"]
        take(batch)
        assert Suggestion.objects.get().closed_on == date(2022, 6, 20)


def test_another_unit_on_a_line_of_its_own_assists(world, ledger, take):
    other = row(承办单位="水利站", 答复日期=None, 办理结果=None, 代表评价=None, 评价日期=None)
    with world.in_township():
        batch = ledger(HEAD, WHOLE, other)
        assert told(batch)[1] == ("joined", ["并入第2行：同一次办理的协办单位"])
        take(batch)
        assert shares() == [(1, "assist", "水利站"), (1, "lead", "交通站")]


@pytest.mark.parametrize(
    ("second", "place"),
    [
        ({"交办日期": "2022-04-10"}, "第3行E列"),  # before the rating
        ({"答复日期": "2022-05-01"}, "第3行G列"),  # before it was given again
        ({"评价日期": "不详"}, "第3行J列"),
    ],
)
def test_a_wrong_line_keeps_its_suggestion_out_whole(world, browse, ledger, second, place):
    cells = [*row(**{"交办日期": "2022-05-05", "答复日期": "2022-06-01", "评价日期": "2022-06-10"} | second), None]
    with world.in_township():
        batch = ledger(REASONS, FIRST, cells)
        (first, why), (other, wrong) = told(batch)
        assert (first, other) == ("wrong", "wrong")
        assert wrong[0].startswith(place)
        assert why == ["第2行：同一件建议的第3行有错，请改好后一并导入"]
    url = reverse("import-errors", args=[world.township.code, batch.pk])
    book = load_workbook(io.BytesIO(browse(world.clerk).get(url).content))
    cells = [str(cell.value) for line in book.active.iter_rows() for cell in line if cell.value]
    assert cells.count("修村道") == 2


def test_a_line_for_each_unit_that_replied_for_itself_is_a_separate_handling(world, ledger, take):
    other = row(承办单位="水利站", 答复日期="2022-03-15", 办理结果="B类")
    with world.in_township():
        batch = ledger(HEAD, WHOLE, other)
        assert told(batch)[1] == ("joined", ["并入第2行：分办单位"])
        take(batch)
        assert shares() == [(1, "separate", "交通站"), (1, "separate", "水利站")]
        assert list(Reply.objects.order_by("strand").values_list("strand", "unit__name", "replied_on", "grade")) == [
            (1, "交通站", date(2022, 4, 1), "A"),
            (2, "水利站", date(2022, 3, 15), "B"),
        ]
        assert Rating.objects.count() == 1
        assert queries.facts_of(queries.fresh(Suggestion.objects.get())).now.replied_on == date(2022, 4, 1)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ({}, {"答复日期": "2022-04-25", "评价日期": "2022-04-26"}, "第3行J列：分办只评价一次，与前一行不一致"),
        ({}, {"答复日期": "2022-04-25", "代表评价": None, "评价日期": None}, "第3行J列：评价早于水利站的答复"),
        ({"承办单位": "主办：交通站；协办：农技站"}, {"答复日期": "2022-03-15"}, "第3行：分办没有协办单位"),
    ],
)
def test_separate_handlings_that_do_not_go_together_are_named(world, ledger, first, second, said):
    with world.in_township():
        batch = ledger(HEAD, row(**first), row(**{"承办单位": "水利站"} | second))
        assert [status for status, _ in told(batch)] == ["wrong", "wrong"]
        assert any(words.startswith(said) for words in told(batch)[1][1]), told(batch)


def test_one_number_on_two_suggestions_is_told(world, ledger):
    with world.in_township():
        batch = ledger(HEAD, WHOLE, row(标题="修水渠"))
        assert told(batch)[1][0] == "duplicate"
        assert "但标题" in told(batch)[1][1][0]


def test_the_page_tells_what_was_joined(world, browse, ledger):
    with world.in_township():
        batch = ledger(REASONS, FIRST, SECOND)
    page = browse(world.clerk).get(reverse("import-batch", args=[world.township.code, batch.pk]))
    assert ("并入", 1) in page.context["counts"]
    assert "并入第2行：第2次办理" in page.content.decode()


def test_a_matter_handed_to_several_units_is_told(world, bring):
    head = ["接待日期", "联络站", "接待代表", "反映内容", "处理方式", "承办单位"]
    cells = ["2022-03-15", "云溪联络站", "曾田", "路灯不亮", "转办", "供电所、水利站"]
    with world.in_township():
        batch = bring([head, cells], kind="proposals.receptions", **CREATE)
        assert "第2行F列：一件只转办一个单位" in told(batch)[0][1][0]
        assert not Unit.objects.filter(name__contains="、").exists()


@pytest.mark.parametrize(
    ("attitude", "result", "marks"),
    [
        ("基本满意", None, ("fair", "fair")),
        (None, "基本满意", ("fair", "fair")),
        ("满意", "基本满意", ("good", "fair")),
    ],
)
def test_of_attitude_and_result_the_one_that_is_not_written_is_as_the_other(
    world, ledger, take, attitude, result, marks
):
    with world.in_township():
        take(ledger([*HEAD, "态度评价"], [*row(代表评价=result), attitude]))
        assert Rating.objects.values_list("attitude", "result").get() == marks
