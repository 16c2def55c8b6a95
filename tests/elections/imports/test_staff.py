"""Those who work on polling day as a table: found by place and name, relatives named where they stand."""

from datetime import time

import pytest

from congress import imports
from congress.guard.action import Refused, action
from elections.models import PollingPlace, PollStaff
from tests.cast import SET_UP
from tests.elections.imports.rolls import said

KIND, HEAD = "elections.staff", ["投票站", "姓名", "职责", "单位及职务", "联系电话", "亲属关系", "候选人"]


def row(spot="东山投票站", name="程监", role="监票", post="", phone="", relation="", nominee="") -> list[str]:
    return [spot, name, role, post, phone, relation, nominee]


@pytest.fixture
def table(world, under, bring):
    with world.in_township(), action(SET_UP, actor=None):
        PollingPlace.objects.create(
            township=world.township,
            campaign=under.campaign,
            district=under.districts[0],
            name="东山投票站",
            spot="村委会",
            opens_at=time(8),
            closes_at=time(16),
        )
    return lambda *rows: bring(list(rows), kind=KIND, head=HEAD)


def people() -> list[tuple]:
    rows = PollStaff.objects.kept().select_related("place", "data_key").order_by("role", "place")
    return [(str(one.place or ""), one.name, one.role, one.relation, one.phone or "") for one in rows]


def test_people_are_made_completed_and_taken_back(world, under, table, take):
    with world.in_township():
        take(table(row(phone="13800138000", relation="无"), row("", "程总", "总监票员")))
        made = [("", "程总", "chief_monitor", "", ""), ("东山投票站", "程监", "monitor", "other", "13800138000")]
        assert people() == made
        again = table(row("", "程总", "总监票", relation="没有"), row("", "程监", "引导"))
        assert [status for status, _ in said(again)] == ["changed", "new"]
        take(again)
        assert ("", "程总", "chief_monitor", "other", "") in people()
        assert imports.undo(world.clerk, again) == {}
        assert people() == made


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (row("西山投票站"), "还没有登记这个投票站"),
        (row(role="厨师"), "厨师"),
        (row(relation="配偶"), "代表候选人的近亲属不得担任监票人、计票人"),
        (row(nominee="张三"), "没有这位代表候选人"),
        (row(phone="138"), "手机号应为1开头的11位数字"),
    ],
)
def test_a_wrong_cell_is_told_in_words(world, under, table, cells, words):
    with world.in_township():
        ((status, told),) = said(table(cells))
        assert status == "wrong"
        assert any(words in one for one in told)


def test_a_place_renamed_since_the_preview_sends_the_table_back(world, under, table, take):
    with world.in_township():
        batch = table(row())
        with action(SET_UP, actor=None):
            PollingPlace.objects.update(name="西山投票站")
        with pytest.raises(Refused, match="第2行现在不能导入：还没有登记这个投票站"):
            take(batch)
        assert people() == []


def test_a_list_under_the_names_of_places_is_read_with_unit_and_post(world, under, table, bring, take):
    head = ["序号", "姓名", "工作单位", "职务", "岗位分工", "是否候选人近亲属"]
    rows = [["东山投票站"], ["1", "程监（女）", "镇政府", "科员", "监票人", "否"]]
    with world.in_township():
        table()
        batch = bring(rows, kind=KIND, head=head)
        (one,) = imports.preview_of(batch).rows
        assert one.values["place"] == "东山投票站"
        assert one.values["employer_post"] == "镇政府科员"
        assert one.values["relation"] == "不是候选人，也不是候选人的近亲属"
        take(batch)
        assert people() == [("东山投票站", "程监", "monitor", "other", "")]


def test_a_table_of_places_with_a_column_for_each_task_names_everybody_below_it(world, under, table, bring, take):
    head = ["投票站", "主持人", "监票人", "计票人", "引导员"]
    with world.in_township():
        table()
        spot = ["东山投票站", "程主", "程监、林监", "程计 林计", None]
        batch = bring([spot], kind=KIND, head=head)
        assert [status for status, _ in said(batch)] == ["new"] * 5
        take(batch)
        found = PollStaff.objects.kept().order_by("role", "name").values_list("role", "name", "place__name")
        assert set(found) == {
            (role, name, "东山投票站")
            for role, names in (("host", ["程主"]), ("monitor", ["程监", "林监"]), ("teller", ["程计", "林计"]))
            for name in names
        }
        assert [status for status, _ in said(bring([spot], kind=KIND, head=head))] == ["unchanged"] * 5
        wrong = bring([["西山投票站", "程主", "程监", "", ""]], kind=KIND, head=head)
        assert [status for status, _ in said(wrong)] == ["wrong"] * 2


def test_two_tasks_are_enough_to_head_names_and_one_is_not(world, under, table, bring, take):
    with world.in_township():
        table()
        take(bring([["东山投票站", "程监", "程计"]], kind=KIND, head=["投票站", "监票人", "计票人"]))
        assert {(name, role) for _, name, role, *_ in people()} == {("程监", "monitor"), ("程计", "teller")}
        alone = bring([["东山投票站", "程引"]], kind=KIND, head=["投票站", "监票人"])
        assert imports.preview_of(alone) is None, "which column is what is asked first"


def test_a_tick_below_a_task_is_a_tick_where_the_names_have_a_column_of_their_own(world, under, table, bring, take):
    head = ["投票站", "姓名", "监票人", "计票人"]
    with world.in_township():
        table()
        take(bring([["东山投票站", "程监", "√", ""], ["东山投票站", "程计", "", "√"]], kind=KIND, head=head))
        assert {(name, role) for _, name, role, *_ in people()} == {("程监", "monitor"), ("程计", "teller")}
