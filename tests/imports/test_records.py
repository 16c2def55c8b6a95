"""Imports of plain records: units, districts, stations."""

from datetime import date

import pytest

from congress import imports
from congress.guard.action import Refused, action
from congress.models import Unit
from deputies.models import District, Mandate, Station
from tests.cast import SET_UP, make_deputy

UNITS = "单位名称\t层级\t主要职责\n水利站\t本级\t管水\n财政所\t镇\t管钱\n县水利局\t县级\t\n"
DISTRICTS = "选区号\t选区名称\t应选名额\n1\t云溪村\t3\n2\t东山村\t1\n"
STATIONS = "名称\t类别\t启用日期\n云溪联络站\t代表之家\t2021.12.1\n东山联络点\t联络点\t\n"


@pytest.fixture
def bring(world):
    """Upload pasted text of a kind as the clerk; inside the township's scope."""

    def act(key: str, text: str, **options):
        return imports.upload(world.clerk, world.township, imports.kind_of(key), options=options, text=text)

    return act


def statuses(batch) -> list[str]:
    return [row.status.value for row in imports.preview_of(batch).rows]


def test_units_are_added_changed_and_put_back(world, bring):
    with world.in_township():
        batch = bring("congress.units", UNITS)
        assert statuses(batch) == ["changed", "new", "new"]
        imports.take(world.clerk, batch, only_good=False)
        assert dict(Unit.objects.values_list("name", "level")) == {
            "水利站": "township",
            "教育办": "township",
            "财政所": "township",
            "县水利局": "county",
        }
        assert Unit.objects.get(name="水利站").duties == "管水"
        assert statuses(bring("congress.units", UNITS)) == ["unchanged"] * 3
        assert imports.undo(world.clerk, batch) == {}
        assert set(Unit.objects.kept().values_list("name", "duties")) == {
            ("水利站", ""),
            ("教育办", ""),
        }


def test_districts_keep_to_one_to_three_seats_and_belong_to_their_term(world, bring):
    with world.in_township():
        term = str(world.term.pk)
        wrong = bring("deputies.districts", DISTRICTS + "3\t西山村\t4\n0\t北山村\t1\n", term=term)
        assert statuses(wrong) == ["changed", "new", "wrong", "wrong"]
        assert "一名至三名" in str(imports.preview_of(wrong).errors[0])
        with pytest.raises(Refused, match="有2行不能导入"):
            imports.take(world.clerk, wrong, only_good=False)
        imports.take(world.clerk, wrong, only_good=True)
        assert set(District.objects.filter(term=world.term).values_list("number", "seats")) == {(1, 3), (2, 1)}


def test_a_district_with_deputies_stays_when_the_import_is_undone(world, bring):
    with world.in_township():
        batch = imports.take(
            world.clerk, bring("deputies.districts", DISTRICTS, term=str(world.term.pk)), only_good=False
        )
        with action(SET_UP, actor=None):
            row = make_deputy(world.township, "赵一", term=world.term)
            Mandate.objects.filter(deputy=row).update(district=District.objects.get(number=2))
        held = imports.undo(world.clerk, batch)
        assert [(each.name, each.reason) for each in held.values()] == [("第2选区（东山村）", "已有代表资格")]
        assert District.objects.get(number=1).seats == 2
        batch.refresh_from_db()
        assert batch.counts["kept"] == 1


def test_a_station_changed_since_is_left_alone(world, bring):
    with world.in_township():
        batch = bring("deputies.stations", STATIONS)
        assert statuses(batch) == ["changed", "new"]
        imports.take(world.clerk, batch, only_good=False)
        station = Station.objects.get(name="云溪联络站")
        assert (station.kind, station.opened_on) == ("代表之家", date(2021, 12, 1))
        with action(SET_UP, actor=None):
            station.address = "新址"
            station.save()
        held = imports.undo(world.clerk, batch)
        assert [each.reason for each in held.values()] == ["导入后又有变动"]
        assert Station.objects.get(name="云溪联络站").kind == "代表之家"
        assert not Station.objects.kept().filter(name="东山联络点").exists()


def test_a_record_withdrawn_after_the_preview_stops_the_import(world, bring):
    with world.in_township():
        batch = bring("deputies.stations", STATIONS)
        with action(SET_UP, actor=None):
            Station.objects.update(withdrawn_reason="登错了", withdrawn_at="2026-01-01T00:00:00+08:00")
        with pytest.raises(Refused, match="有了变化"):
            imports.take(world.clerk, batch, only_good=False)
        assert Station.objects.count() == 1


def test_a_plain_list_of_units_is_read_and_levels_are_told_from_the_names(world, bring, take):
    with world.in_township():
        batch = bring(
            "congress.units", "单位名称\n水利站\n农业服务中心\n石罅村\n东街社区居委会\n县水利局\n青砚县教育局\n"
        )
        assert statuses(batch) == ["unchanged", *["new"] * 5]
        imports.take(world.clerk, batch, only_good=False)
        made = dict(Unit.objects.exclude(name__in=["水利站", "教育办"]).values_list("name", "level"))
        assert made == {
            "农业服务中心": "township",
            "石罅村": "village",
            "东街社区居委会": "village",
            "县水利局": "county",
            "青砚县教育局": "county",
        }
        assert imports.preview_of(bring("congress.units", "单位名称\n农技站\n")).rows[0].notes == [
            "没有写层级，按名称登记为“本级”"
        ]


def test_in_a_list_of_one_column_no_line_is_taken_for_a_title(world, bring):
    with world.in_township():
        preview = imports.preview_of(bring("congress.units", "单位名称\n第三小组\n镇人大代表\n水利站\n"))
        assert [row.values["name"] for row in preview.rows] == ["第三小组", "镇人大代表", "水利站"]


def test_districts_as_plans_of_townships_list_them(world, bring):
    head = "选区\t选区名称\t应选代表名额\t选区人口数\t选区范围\n"
    table = f"{head}第一选区\t云溪村\t2名\t2,500人\t云溪村一至五组\n2号选区\t东山村\t3\t\t东山村\n"
    with world.in_township():
        preview = imports.preview_of(bring("deputies.districts", table, term=str(world.term.pk)))
        assert preview.errors == []
        assert preview.unknown == []
        assert [(row.values["number"], row.values["seats"], row.values["villages"]) for row in preview.rows] == [
            (1, 2, "云溪村一至五组"),
            (2, 3, "东山村"),
        ]


@pytest.mark.parametrize(
    ("number", "people", "said"),
    [("0", "", "选区号应为正整数"), ("10000", "", "选区号不能大于9999"), ("9", "-1", "人口数不能为负")],
)
def test_a_number_no_district_has_is_told_at_its_cell(world, bring, number, people, said):
    table = f"选区号\t选区名称\t应选名额\t人口数\n{number}\t东山村\t2\t{people}\n9999\t石桥村\t2\t0\n"
    with world.in_township():
        preview = imports.preview_of(bring("deputies.districts", table, term=str(world.term.pk)))
        assert [str(error) for error in preview.errors] == [f"第2行{'D' if people else 'A'}列：{said}"]
        assert preview.rows[1].values["number"] == 9999


def test_stations_as_offices_list_them(world, bring):
    with world.in_township():
        head = ["序号", "站点名称", "类型", "具体地址", "接待日", "建成时间"]
        row = ["1", "东山村联络站", "站", "村部一楼", "每月15日", "2021-03-01"]
        batch = bring("deputies.stations", "\n".join(map("\t".join, (head, row))))
        (one,) = imports.preview_of(batch).rows
        assert one.values["name"] == "东山村联络站"
        assert (one.values["address"], one.values["opened_on"]) == ("村部一楼", "2021-03-01")
