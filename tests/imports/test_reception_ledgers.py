"""Ledgers of receptions: visits of a day, their matters, and what a visit cannot be."""

from datetime import date

import pytest

from congress import clock, imports
from congress.guard.action import Refused, action
from congress.imports import batches
from congress.models import Unit
from congress.numbers import next_number
from deputies.models import Deputy, Station
from proposals.models import Matter, Reception, ReceptionDeputy, Visitor
from proposals.numbers import MATTER
from tests.cast import SET_UP
from tests.imports.ledgers import DAYS, HANDED, RECEPTIONS, SPOT, seen, visit, wrong


def test_visits_of_one_day_are_one_reception_with_their_matters(world, ledger, take):
    with world.in_township():
        batch = take(ledger(RECEPTIONS, DAYS, SPOT, HANDED))
        made = Reception.objects.get()
        assert (made.held_on, made.batches, made.people, made.recorded_by) == (date(2022, 3, 15), 2, 3, world.clerk)
        assert ReceptionDeputy.objects.get().mandate is not None
        spot, handed = Matter.objects.order_by("number")
        assert (spot.number, spot.channel, spot.resolved_on, spot.told_on) == (
            "2022-0001",
            "on_the_spot",
            date(2022, 3, 15),
            date(2022, 3, 15),
        )
        assert (handed.unit.name, handed.resolved_on, handed.told_on) == ("水利站", date(2022, 4, 1), date(2022, 4, 3))
        assert (spot.visitor.name, spot.visitor.phone) == ("赵某", "13800138000")
        assert seen(ledger(RECEPTIONS, DAYS, SPOT, HANDED)).counts["unchanged"] == 2
        assert imports.undo(world.clerk, batch) == {}
        for model in (Reception, ReceptionDeputy, Matter, Visitor):
            assert not model.objects.kept().exists(), model


def test_a_reception_whose_rows_are_written_in_two_pieces_is_one_all_the_same(world, ledger, take, monkeypatch):
    monkeypatch.setattr(batches, "CHUNK", 1)
    with world.in_township():
        take(ledger(RECEPTIONS, DAYS, SPOT, HANDED))
        made = Reception.objects.get()
        assert (made.batches, made.people, made.matters.count()) == (2, 3, 2)


def test_a_reception_without_a_matter_counts_its_people(world, ledger, take):
    with world.in_township():
        take(ledger(RECEPTIONS, DAYS[:4], ["2022-03-15", "东山联络站", "曾田、单木", "5"]))
        made = Reception.objects.get()
        assert (made.people, made.batches, made.matters.count(), made.receivers.count()) == (5, 1, 0, 2)
        assert Station.objects.filter(name="东山联络站").exists()


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"办结日期": "2022-03-01"}, "第2行K列：办结日期早于分流日期2022年3月15日"),
        ({"反馈日期": "2022-03-20"}, "第2行L列：反馈日期早于办结日期2022年4月1日"),
        ({"承办单位": None}, "第2行I列：转办的请写承办单位"),
        ({"办结日期": None}, "第2行K列：写了反馈日期，请补办结日期"),
        (
            {"处理方式": "报上级", "承办单位": None, "办理结果": None},
            "第2行J列：报上级的请写明内容（答复、报送给谁、告知的渠道）",
        ),
        ({"处理方式": "当场答复", "承办单位": None, "办理结果": None}, "第2行J列：当场答复的请写明内容（答复、"),
        ({"反映内容": None}, "第2行G列：写了处理情况，请补反映内容"),
        ({"处理方式": None, "承办单位": None, "办理结果": None}, "第2行H列：写了办结、反馈或评价，请补处理方式"),
        ({"接待日期": "2021-11-30"}, "第2行A列：云溪联络站自2021年12月1日启用"),
        ({"接待代表": "没有的人"}, "第2行C列：花名册里没有代表“没有的人”"),
        ({"反映内容": "电话13800138000"}, "第2行G列：写有身份证号或者电话号码"),
        ({"处理方式": "报上级"}, "第2行H列：写了承办单位，处理方式却是“报上级”"),
        ({"人次": "0"}, "第2行D列：人次应为1到9999"),
    ],
)
def test_what_a_visit_cannot_be_is_told_at_the_cell(world, ledger, cells, said):
    with world.in_township():
        assert any(each.startswith(said) for each in wrong(ledger(RECEPTIONS, DAYS, visit(HANDED, **cells)))), said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2021-11-30", "云溪联络站自2021年12月1日启用，接待日期不能更早"),
        ("2021-12-01", ""),
        ("2022-05-31", ""),
        ("2022-06-01", "云溪联络站已于2022年5月31日停用"),
        ("2022-06-02", "日期不能晚于今天"),
    ],
)
def test_a_station_receives_from_its_first_day_to_its_last_and_nobody_tomorrow(world, ledger, day, said):
    with world.in_township():
        with action(SET_UP, actor=None):
            Station.objects.filter(name="云溪联络站").update(opened_on=date(2021, 12, 1), closed_on=date(2022, 5, 31))
        told = {"接待日期": day, "办结日期": None, "反馈日期": None, "办理结果": None}
        with clock.frozen(date(2022, 6, 1)):
            found = [one for one in wrong(ledger(RECEPTIONS, DAYS, visit(HANDED, **told))) if "A列" in one]
        assert len([one for one in found if said in one]) == bool(said)


@pytest.mark.parametrize(
    ("resolved", "told", "said"),
    [
        ("2022-03-15", "2022-03-15", ""),
        ("2022-03-14", "2022-03-15", "办结日期早于分流日期2022年3月15日"),
        ("2022-03-16", "2022-03-15", "反馈日期早于办结日期2022年3月16日"),
    ],
)
def test_all_of_it_may_be_done_on_one_day(world, ledger, resolved, told, said):
    with world.in_township():
        found = wrong(ledger(RECEPTIONS, DAYS, visit(HANDED, 办结日期=resolved, 反馈日期=told)))
        assert [said in one for one in found] == [True] * bool(said)


def test_what_a_voter_thought_was_said_on_some_day(world, ledger):
    with world.in_township():
        untold = visit(HANDED, 反馈日期=None)
        assert wrong(ledger(RECEPTIONS, [*DAYS, "选民评价"], [*untold, "满意"])) == [
            "第2行L列：写了选民评价，请补向选民反馈日期"
        ]
        assert wrong(ledger(RECEPTIONS, [*DAYS, "选民评价"], [*untold, None])) == []


@pytest.mark.parametrize(("batches", "right"), [("0", False), ("1", True), ("2", False)])
def test_no_more_batches_came_than_people(world, ledger, batches, right):
    with world.in_township():
        said = wrong(ledger(RECEPTIONS, [*DAYS, "批次"], [*visit(HANDED), batches]))
        assert any("批次至少为1，且不能多于人次" in each for each in said) is not right


def test_numbers_on_paper_are_kept_and_the_series_goes_on_after_them(world, ledger, take):
    with world.in_township():
        take(ledger(RECEPTIONS, ["编号", *DAYS], ["7", *SPOT], [None, *HANDED]))
        assert set(Matter.objects.values_list("number", flat=True)) == {"2022-0007", "2022-0008"}
        with action(SET_UP, actor=None):
            assert next_number(world.township, MATTER.key, 2022) == 9


@pytest.mark.parametrize(
    ("model", "name", "create", "words"),
    [
        (Station, "云溪联络站", True, "预览之后“云溪联络站”改了名称或者已经撤回，请重新上传后再导入。"),
        (Unit, "水利站", True, "预览之后“水利站”改了名称或者已经撤回，请重新上传后再导入。"),
        (Deputy, "曾田", True, "第2行现在不能导入：花名册里没有代表“曾田”"),
    ],
)
def test_what_was_renamed_since_the_preview_sends_the_ledger_back(world, ledger, take, model, name, create, words):
    with world.in_township():
        batch = ledger(RECEPTIONS, DAYS, HANDED, create=create)
        with action(SET_UP, actor=None):
            model.objects.filter(name=name).update(name="改名")
        with pytest.raises(Refused, match=words):
            take(batch)
        assert not Reception.objects.exists()


AS_OFFICES_HAVE_IT = [
    "接待时间",
    "联络站",
    "接待代表",
    "人次",
    "反映内容",
    "处理情况",
    "办理结果",
    "承办单位",
    "满意度",
    "反馈时间",
]


def test_what_was_done_and_what_came_of_it_are_one_answer_and_the_channel_is_said(world, ledger, take):
    rows = [
        [
            "2022年3月15日上午9:00",
            "云溪联络站",
            "曾田等3人",
            "2人",
            "想问低保",
            "当面解释",
            "已听懂",
            None,
            "满意",
            None,
        ],
        ["2022-03-16下午", "云溪联络站", "曾田", "1", "水渠坏了", "已转水利站", "已修好", "水利站", None, None],
        ["2022-03-17", "云溪联络站", "曾田", "1", "无", None, None, None, None, None],
    ]
    with world.in_township():
        batch = ledger(RECEPTIONS, AS_OFFICES_HAVE_IT, *rows)
        preview = seen(batch)
        assert preview.errors == []
        assert preview.unknown == []
        assert preview.rows[0].notes == [
            "接待代表写着“等3人”，没有写出姓名的没有登记",
            "没有写处理方式和承办单位，按“当场答复”登记",
        ]
        assert preview.rows[2].notes == ["反映内容写着“无”，只登记接待"]
        take(batch)
        spot, handed = Matter.objects.order_by("number")
        assert (spot.answer, spot.channel, handed.answer, handed.unit.name) == (
            "当面解释；已听懂",
            "on_the_spot",
            "已转水利站；已修好",
            "水利站",
        )
        assert Reception.objects.kept().count() == 3


@pytest.mark.parametrize("words", ["转水利站", "已移交交通站办理", "上报县水利局"])
def test_what_was_sent_on_is_no_answer_on_the_spot(world, ledger, words):
    row = ["2022-03-15", "云溪联络站", "曾田", "1", "水渠坏了", words, None, None, None, None]
    with world.in_township():
        batch = ledger(RECEPTIONS, AS_OFFICES_HAVE_IT, row)
        assert seen(batch).counts["wrong"] == 1
        assert wrong(batch)[0].startswith("第2行F列：写的像是转给了别处，请补处理方式和承办单位")
        assert not Matter.objects.exists()
