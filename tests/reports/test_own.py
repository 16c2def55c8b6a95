"""The county's own rules and map: what is refused with its reason, what fires, and the digest of the week."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.guard.action import Refused
from congress.models import Message, Township
from reports.actions import own as actions
from reports.models import AlertRule, Tile
from reports.queries import county as queries
from reports.queries import own
from reports.queries.own import Field
from reports.tasks import send_digests

TODAY = date(2022, 12, 21)
CODE = "990101000000"
UNTIL = date(2023, 12, 31)


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(TODAY):
        yield


def at(name, *args):
    return reverse(f"reports-county-{name}", args=[CODE, *args])


def in_county(world):
    return scope.county(world.county, world.county.townships.real(), by=world.county_viewer, writes=True)


def set_rule(world, figure="receptions.count", comparison="below", threshold=3, until=UNTIL) -> AlertRule:
    values = {"figure": figure, "comparison": comparison, "threshold": threshold, "until": until}
    with in_county(world):
        return actions.set_rule(world.county_viewer, world.county, **values)


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"figure": "nobody.has"}, "figure", "请选择要比较的数据。"),
        ({"figure": "receptions.categories"}, "figure", "请选择要比较的数据。"),
        ({"threshold": 0}, "threshold", "没有低于0的数"),
        ({"figure": "suggestions.on_time_rate", "threshold": 101}, "threshold", "比例不超过100%"),
        (
            {"figure": "suggestions.on_time_rate", "comparison": "above", "threshold": 100},
            "threshold",
            "没有高于100%的比例",
        ),
        ({"until": date(2022, 12, 20)}, "until", "这一天已经过去，这样的规则不会提醒。"),
        ({"until": date(2028, 1, 1)}, "until", "请定一个5年以内的日期，到期再看是否还要提醒。"),
    ],
)
def test_a_rule_that_never_ends_or_compares_nothing_is_refused_at_its_field(world, values, field, said):
    with pytest.raises(Refused) as refused:
        set_rule(world, **values)
    [finding] = refused.value.findings
    assert finding.field == field
    assert said in finding.message
    with in_county(world):
        assert not AlertRule.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"comparison": "above", "threshold": 0},
        {"figure": "suggestions.on_time_rate", "threshold": 100},
        {"figure": "suggestions.on_time_rate", "comparison": "above", "threshold": 99},
        {"until": TODAY},
        {"until": date(2027, 12, 31)},
    ],
)
def test_what_may_hold_is_kept(world, values):
    assert set_rule(world, **values).pk


def test_a_rule_stands_under_the_key_of_its_form(world):
    key = uuid.uuid4()
    with in_county(world):
        rule = actions.set_rule(
            world.county_viewer,
            world.county,
            figure="receptions.count",
            comparison="below",
            threshold=3,
            until=UNTIL,
            key=key,
        )
    assert rule.pk == key


@pytest.mark.parametrize(
    ("figure", "comparison", "threshold", "fires"),
    [
        ("receptions.count", "below", 2, ["石桥乡"]),
        ("receptions.count", "below", 3, ["云溪镇", "石桥乡"]),
        ("receptions.count", "above", 1, ["云溪镇"]),
        ("receptions.count", "above", 2, []),
        ("suggestions.on_time_rate", "below", 67, ["云溪镇"]),  # two of three are 66.67%; of nothing no share is low
        ("suggestions.on_time_rate", "below", 66, []),
        ("suggestions.on_time_rate", "above", 66, ["云溪镇"]),
        ("deputies.women", "below", 100, []),  # of a handful nothing is told, here neither
    ],
)
def test_what_fires(world, year, figure, comparison, threshold, fires):
    rule = set_rule(world, figure, comparison, threshold)
    with in_county(world):
        lines, _ = queries.overview(world.county, 2022, TODAY)
        found = own.fired(own.rules(world.county), lines, TODAY)
        assert [one.township.name for one in found] == fires
        assert own.fired([rule], lines, date(2024, 1, 1)) == []
        actions.end_rule(world.county_viewer, rule)
        assert own.fired(own.rules(world.county), lines, TODAY) == []
        with pytest.raises(Refused, match="这条规则已经停用"):
            actions.end_rule(world.county_viewer, rule)


def test_a_rule_is_made_shown_and_ended_on_its_pages(world, year, browse):
    client = browse(world.county_viewer)
    sent = {"figure": "receptions.count", "comparison": "below", "threshold": "2", "until": "2023-06-30"}
    assert client.post(at("rule-new"), sent).status_code == 302
    wrong = client.post(at("rule-new"), sent | {"threshold": "0"})
    assert "永远不会提醒" in str(wrong.context["form"].errors["threshold"])
    assert wrong.context["form"]["until"].value() == "2023-06-30"
    endless = client.post(at("rule-new"), sent | {"until": ""})  # a rule that never ends
    assert endless.status_code == 200
    assert endless.context["form"].errors["until"]
    assert endless.context["form"]["threshold"].value() == "2"
    far = client.post(at("rule-new"), sent | {"until": "2028-01-01"})
    assert "5年以内" in str(far.context["form"].errors["until"])
    home = client.get(reverse("county_home", args=[CODE]))
    assert [one.township.name for one, _ in home.context["alerts"]] == ["石桥乡"]
    assert "接待活动低于2次（现在是0）" in home.content.decode()
    [rule] = client.get(at("rules")).context["page"]
    assert client.post(at("rule-end", rule.pk)).status_code == 302
    assert client.get(reverse("county_home", args=[CODE])).context["alerts"] == []
    assert "已停用" in client.get(at("rules")).content.decode()


@pytest.mark.parametrize("name", ["rules", "rule-new", "tiles", "lay", "screen"])
@pytest.mark.parametrize(("who", "status"), [("county_viewer", 200), ("far_viewer", 404), ("clerk", 404)])
def test_only_the_county_comes_to_them(world, browse, name, who, status):
    assert browse(world.users[who]).get(at(name)).status_code == status


def test_another_countys_rule_is_not_there(world, browse):
    rule = set_rule(world)
    url = reverse("reports-county-rule-end", args=["990201000000", rule.pk])
    assert browse(world.far_viewer).post(url).status_code == 404


def test_townships_lie_by_code_until_the_county_orders_them(world):
    towns = [Township(pk=number, code=f"{number:012}", name=f"{number}乡") for number in range(1, 6)]
    with in_county(world):
        places = own.fields(world.county, towns)
        assert [(one.row, one.column) for one in places] == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]
        assert own.fields(world.county, []) == []
        actions.lay_tiles(world.county_viewer, world.county, [(world.neighbour, 1, 1), (world.township, 2, 3)])
        laid = own.fields(world.county, [world.township, world.neighbour, towns[4]])
        assert laid[:2] == [Field(world.township, 2, 3), Field(world.neighbour, 1, 1)]
        assert (laid[2].row, laid[2].column) == (1, 2)
        actions.lay_tiles(world.county_viewer, world.county, [(world.neighbour, 2, 3), (world.township, 1, 1)])
        assert Tile.objects.count() == 2


def test_the_map_is_laid_on_its_page_and_two_in_one_field_are_refused(world, year, browse):
    client = browse(world.county_viewer)
    here, there = world.township.code, world.neighbour.code
    sent = {f"row_{here}": 1, f"column_{here}": 2, f"row_{there}": 1, f"column_{there}": 2}
    wrong = client.post(at("lay"), sent)
    assert wrong.context["form"].non_field_errors() == ["云溪镇和石桥乡排在了同一格。"]
    with in_county(world):
        assert not Tile.objects.exists()
    assert client.post(at("lay"), sent | {f"column_{there}": 1}).status_code == 302
    page = client.get(at("tiles"), {"figure": "receptions.people"})
    assert [[tile["name"] for tile in row] for row in page.context["rows"]] == [["石桥乡", "云溪镇"]]
    assert [(tile["shown"], tile["shade"]) for tile in page.context["rows"][0]] == [("0", 1), ("47", 4)]
    for row in page.context["rows"]:
        for tile in row:
            assert client.get(tile["url"]).status_code == 200
    assert client.get(at("tiles"), {"figure": "no"}).context["figure"] == "suggestions.on_time_rate"
    far = browse(world.far_viewer).get(reverse("reports-county-tiles", args=["990201000000"]))
    assert far.context["rows"] == []


def test_the_digest_goes_once_a_week_and_each_township_tells_of_itself(world, year):
    set_rule(world, threshold=2)
    assert send_digests() > 0
    assert send_digests() == 0
    with scope.user(world.county_viewer):
        messages = Message.objects.filter(recipient=world.county_viewer, kind="reports.county_week")
        told = {message.township_id: message.body for message in messages}
    assert "接待活动低于2次（现在是0）" in told[world.neighbour.pk]
    assert "接待活动低于2次" not in told.get(world.township.pk, "")
    with clock.frozen(date(2022, 12, 27)):
        assert send_digests() == len(told)


def test_the_big_screen_refreshes_its_inside_alone(world, year, browse):
    client = browse(world.county_viewer)
    whole = client.get(at("screen")).content.decode()
    inside = client.get(at("screen"), headers={"HX-Request": "true"}).content.decode()
    assert f'hx-get="{at("screen")}"' in whole
    assert "<html" in whole
    assert "<html" not in inside
    assert "刷新</span>" in inside
    assert "本年还没有接待选民" in inside
    assert "<script" not in inside
