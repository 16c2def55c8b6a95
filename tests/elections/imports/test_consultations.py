"""What groups said, as a table: found by district, group and round, opinions by name, taken back whole."""

import pytest

from congress import imports
from elections.models import Consultation
from tests.elections.candidates import named
from tests.elections.imports.rolls import said

KIND = "elections.consultations"
HEAD = ["选区", "选民小组", "轮次", "讨论日期", "应到", "到会", "意见数", "是否较为一致", "记录人"]


def row(district="1", group="1", number="1", present="20", opinions="丁一 20、于二 3", agreed="是") -> list[str]:
    return [district, group, number, "2026-12-08", "30", present, opinions, agreed, "程记"]


@pytest.fixture
def table(world, under, bring):
    with world.in_township():
        under.people = named(under.election, "丁一", "于二", district=1)
    return lambda *rows: bring(list(rows), kind=KIND, head=HEAD)


def test_records_of_all_groups_are_entered_at_once_completed_and_taken_back(world, under, table, take):
    with world.in_township():
        batch = table(row(), row(number="2", opinions="于二：4"))
        assert [status for status, _ in said(batch)] == ["new", "new"]
        take(batch)
        one, two = under.people
        opinions = Consultation.objects.kept().order_by("round").values_list("opinions", "agreed")
        assert list(opinions) == [({str(one.pk): 20, str(two.pk): 3}, True), ({str(two.pk): 4}, True)]
        again = table(row(group="东山一组", opinions="丁一 19"))
        assert [status for status, _ in said(again)] == ["changed"]
        take(again)
        assert Consultation.objects.get(round=1).opinions == {str(one.pk): 19}
        assert imports.undo(world.clerk, again) == {}
        assert Consultation.objects.get(round=1).opinions == {str(one.pk): 20, str(two.pk): 3}
        assert imports.undo(world.clerk, batch) == {}
        assert not Consultation.objects.kept().exists()


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (row("9"), "这次选举没有这个选区"),
        (row(group="九组"), "这个选区没有这个选民小组"),
        (row(present="31"), "到会人数应在零与应到人数之间"),
        (row(number="0"), "轮次应为正整数"),
        (row(opinions="王三 2"), "“王三”不是这个选区的候选人"),
        (row(opinions="丁一 21"), "不能多于到会的20人"),
    ],
)
def test_a_wrong_cell_is_told_in_words(world, under, table, cells, words):
    with world.in_township():
        ((status, told),) = said(table(cells))
        assert status == "wrong"
        assert words in "；".join(told)


def test_a_column_for_each_candidate_makes_one_record(world, under, table, bring, take):
    head = ["选区", "选民小组", "轮次", "讨论日期", "应到", "到会", "丁一", "于二", "张三", "记录人"]
    with world.in_township():
        table()
        named(under.election, "张三", district=2)
        mine = ["1", "1", "1", "2026-12-08", "30", "20", "20", "0", "", "程记"]
        batch = bring([mine], kind=KIND, head=head)
        assert [status for status, _ in said(batch)] == ["new"]
        take(batch)
        one, two = under.people
        assert Consultation.objects.get().opinions == {str(one.pk): 20, str(two.pk): 0}
        assert [status for status, _ in said(bring([mine], kind=KIND, head=head))] == ["unchanged"]
        ((status, told),) = said(bring([[*mine[:8], "3", "程记"]], kind=KIND, head=head))
        assert status == "wrong"
        assert "“张三”不是这个选区的候选人" in "；".join(told)


def test_group_and_round_are_written_in_words(world, under, table, bring):
    head = ["选区", "小组", "轮次", "日期", "应到人数", "实到人数", "意见数", "是否一致", "记录人"]
    with world.in_township():
        table()
        batch = bring(
            [["1", "第一小组", "第二轮", "2026-12-08", "30人", "20", "丁一 20", "√", "程记"]], kind=KIND, head=head
        )
        (one,) = imports.preview_of(batch).rows
        assert (one.status, one.values["group"], one.values["round"]) == ("new", "东山一组", 2)
