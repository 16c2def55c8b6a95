"""Polling places as a table: found by name, hours as people write them, taken back whole."""

from datetime import time

import pytest

from congress import imports
from congress.spreadsheets.cells import CellProblem
from elections.imports.clock import hour, spread_hours
from elections.models import PollingPlace
from tests.elections.imports.rolls import said

KIND, HEAD = "elections.places", ["选区", "名称", "类别", "地点", "投票时间", "选民数"]


def row(district="1", name="东山投票站", kind="投票站", spot="村委会", hours="8:00-16:00", voters="") -> list[str]:
    return [district, name, kind, spot, hours, voters]


@pytest.fixture
def table(bring):
    return lambda *rows: bring(list(rows), kind=KIND, head=HEAD)


def places() -> list[tuple]:
    rows = PollingPlace.objects.kept().select_related("district")
    return [(one.district.number, one.name, one.kind, one.opens_at, one.closes_at, one.voters) for one in rows]


def test_places_are_made_completed_and_taken_back(world, under, table, take):
    with world.in_township():
        take(table(row(), row("西山村", "西山大会", "大会", hours="上午9时")))
        made = [
            (1, "东山投票站", "station", time(8), time(16), None),
            (2, "西山大会", "meeting", time(9), None, None),
        ]
        assert places() == made
        again = table(row(), row(name="西山大会", district="2", kind="选举大会", hours="9:30", voters="300"))
        assert [status for status, _ in said(again)] == ["unchanged", "changed"]
        take(again)
        assert places()[1] == (2, "西山大会", "meeting", time(9, 30), None, 300)
        assert imports.undo(world.clerk, again) == {}
        assert places() == made


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (row("9"), "这次选举没有这个选区"),
        (row(hours="早上"), "时间应如 8:00"),
        (row(hours="8:00"), "投票站请写结束时间"),
        (row(hours="16:00-8:00"), "结束时间应晚于开始时间"),
        (row(voters="-1"), "选民数不能为负"),
    ],
)
def test_a_wrong_cell_is_told_in_words(world, under, table, cells, words):
    with world.in_township():
        ((status, told),) = said(table(cells))
        assert status == "wrong"
        assert any(words in one for one in told)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("8:00", "08:00"), ("8：30", "08:30"), ("上午8时", "08:00"), ("下午4点半", "16:30"), ("16:00:00", "16:00")],
)
def test_an_hour_is_read_as_people_write_it(text, wanted):
    assert hour(text) == wanted


def test_what_is_no_hour_is_none():
    for text in ("25:00", "8:75", "早上", ""):
        with pytest.raises(CellProblem):
            hour(text)
    spread = spread_hours("opens_at", "closes_at")
    assert spread("8:00至16:00") == {"opens_at": "8:00", "closes_at": "16:00"}
    assert spread("8:00") == {}
