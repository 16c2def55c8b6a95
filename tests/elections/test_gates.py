"""The four gates: each says what is missing and by which article, and stops only where the law is plain."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.guard.action import action
from congress.law.campaigns import by_election_led_by
from congress.law.finding import Finding
from deputies.models import Level
from elections.life import CAMPAIGN
from elections.models import WorkTeam
from elections.stages import gates
from elections.stages.gates import Facts
from tests.cast import SET_UP
from tests.elections.test_campaigns import BEGUN, begun, level_of, term_of
from tests.elections.test_committees import committee, member

E = date(2026, 12, 20)
NOTHING = Facts(E)
EVERYTHING = Facts(
    E,
    appointed=True,
    appointment_paper=True,
    chair=True,
    office=True,
    day_decided=True,
    districts=20,
    seats=50,
    seats_decided=50,
    groups=80,
    led_groups=80,
    registered=9000,
    listed_on=date(2026, 11, 29),
    nominated_on=date(2026, 12, 4),
    final_on=date(2026, 12, 12),
    poll_decided=True,
    rules_fixed=True,
    result_decided=True,
)
GATES = (
    gates.committee_gate,
    gates.roll_gate,
    gates.candidates_gate,
    lambda facts: gates.poll_gate(facts, E),
)


def missing(checks) -> list[str]:
    return [one.label for one in checks if not one.met]


def test_a_by_election_is_led_by_whom_the_province_names_and_needs_no_committee():
    led = replace(EVERYTHING, by_election=True, led_by=by_election_led_by(False, E, "zhejiang"))
    first = gates.committee_gate(replace(led, appointment_paper=False, chair=False))
    assert (first[0].label, first[0].basis[:2], gates.verdict(first)) == (
        "补选由乡镇人大主席团主持",
        "浙江",
        ("已过关", "good"),
    )
    (nobody,) = [one for one in gates.committee_gate(replace(led, appointed=False)) if not one.met]
    assert (nobody.label, nobody.stops) == ("补选由乡镇人大主席团主持", True)
    assert nobody.note == "还没有登记主持机关（机构），决定登记在它的名下"
    labels = [one.label for gate in GATES for one in gate(led)]
    assert "选举日已由主持补选的机关（机构）确定" in labels
    assert "选举结果已由主持补选的机关（机构）确认" in labels
    assert not any("选举委员会主任" in label for label in labels)


def test_authorities_nobody_answered_are_told_at_the_last_gate_and_stop_nothing():
    waiting = gates.poll_gate(replace(EVERYTHING, proxies_waiting=2), E)
    (told,) = [one for one in waiting if not one.met]
    assert (told.note, told.stops) == ("还有2份待同意", False)


def test_with_everything_all_four_are_passed_and_with_nothing_none():
    assert [gates.verdict(gate(EVERYTHING)) for gate in GATES] == [("已过关", "good")] * 4
    assert [gates.verdict(gate(NOTHING))[1] for gate in GATES] == ["bad"] * 4


@pytest.mark.parametrize(
    ("gate", "change", "label", "stops"),
    [
        (0, {"appointed": False}, "由县级人大常委会任命选举委员会", True),
        (0, {"appointment_paper": False}, "任命（委托）文件已登记", False),
        (0, {"chair": False}, "选举委员会主任已登记", False),
        (0, {"office": False}, "设立办事机构", False),
        (0, {"untrained": "第1选区"}, "业务培训覆盖各选区", False),
        (
            0,
            {"committee_findings": (Finding("committee.must_resign", "应当辞去"),)},
            "成为候选人的成员已辞去职务",
            True,
        ),
        (0, {"committee_findings": (Finding("committee.size", "人数"),)}, "选举委员会人数符合本地规定", False),
        (1, {"day_decided": False}, "选举日已由选举委员会确定", True),
        (1, {"seats": 61, "seats_decided": 61}, "各选区应选一至三名", True),
        (1, {"seats": 49}, "各选区名额合计等于代表名额", False),
        (1, {"led_groups": 79}, "选民小组都有组长", False),
        (1, {"untold": "第1选区"}, "宣传发动覆盖各选区", False),
        (1, {"registered": 0}, "选民已登记", True),
        (1, {"waiting": 3}, "没有取得联系的都已核实", False),
        (1, {"listed_on": None}, "选民名单按期公布", True),
        (1, {"listed_on": date(2026, 12, 1)}, "选民名单按期公布", True),
        (1, {"open_appeals": 1}, "对选民名单的申诉都已作出决定", True),
        (2, {"nominated_on": date(2026, 12, 6)}, "初步候选人名单按期公布", True),
        (2, {"final_on": date(2026, 12, 14)}, "正式候选人名单按期公布", True),
        (2, {"nominated_on": date(2026, 11, 28)}, "提名推荐在选民名单公布之后进行", False),
        (3, {"poll_decided": False}, "投票时间、地点和方式已决定", True),
        (3, {"result_decided": False}, "选举结果已由选举委员会确认", False),
    ],
)
def test_each_line_names_what_is_missing_and_stops_only_where_the_law_does(gate, change, label, stops):
    checks = GATES[gate](replace(EVERYTHING, **change))
    assert missing(checks) == [label]
    assert gates.verdict(checks)[1] == ("bad" if stops else "warning")
    line = next(one for one in checks if not one.met)
    assert not stops or line.ground is not None


def test_a_list_in_time_by_one_reading_passes_and_says_so():
    checks = gates.roll_gate(replace(EVERYTHING, listed_on=date(2026, 11, 30)))
    assert missing(checks) == []
    assert any("晚一日" in one.note for one in checks)


@pytest.mark.parametrize(
    ("pack", "article", "stops"), [("national", None, False), ("shandong", 30, True), ("shanghai", 28, True)]
)
def test_nominations_wait_for_the_roll_where_the_province_says_so(pack, article, stops):
    facts = replace(EVERYTHING, pack=pack, nominated_on=date(2026, 11, 28))
    line = next(one for one in gates.candidates_gate(facts) if not one.met)
    assert line.label == "提名推荐在选民名单公布之后进行"
    assert (line.ground.article if line.ground else None, line.stops) == (article, stops)


@pytest.mark.parametrize(
    ("pack", "law", "article"),
    [
        ("zhejiang", "zhejiang_election_rules", 59),
        ("beijing", "beijing_election_rules", 61),
        ("henan", "election_law", 28),
    ],
)
def test_the_days_of_a_by_election_are_those_of_the_province_with_its_article(pack, law, article):
    for listed in (None, date(2026, 12, 10)):
        facts = replace(EVERYTHING, pack=pack, by_election=True, listed_on=listed)
        line = next(one for one in gates.roll_gate(facts) if one.label == "选民名单按期公布")
        assert (line.met, line.ground.source_key, line.ground.article) == (False, law, article)


def test_the_result_is_asked_for_once_the_day_is_over():
    facts = replace(EVERYTHING, result_decided=False)
    assert gates.verdict(gates.poll_gate(facts, date(2026, 12, 21)))[1] == "bad"
    assert missing(gates.poll_gate(EVERYTHING, date(2026, 12, 19))) == ["已到选举日，候选人介绍已停止"]


def test_a_by_election_without_a_first_list_is_not_asked_for_one():
    zhejiang = replace(EVERYTHING, pack="zhejiang", by_election=True, nominated_on=None)
    assert "初步候选人名单按期公布" not in [one.label for one in gates.candidates_gate(zhejiang)]
    beijing = replace(zhejiang, pack="beijing")
    assert "初步候选人名单按期公布" in missing(gates.candidates_gate(beijing))


@pytest.mark.django_db
def test_the_page_reads_the_facts_of_each_level(world, browse):
    with world.in_township():
        campaign = begun(world, day_decided_on=BEGUN, day_paper="第1号公告")
        row = committee(world, level_of(campaign))
        member(world, row, "丁试甲", post="chair")
        with action(SET_UP, actor=None):
            WorkTeam.objects.create(
                township=world.township, campaign=campaign, kind="office", name="选举办公室", leader="丁试甲"
            )
    client, address = browse(world.county_viewer), reverse("elections-gates", args=[world.township.code, campaign.pk])
    levels = client.get(address).context["levels"]
    (_, found), *_ = levels
    assert [title for title, _, _ in found] == ["选举组成人员关", "选民登记关", "代表候选人确定关", "投票选举关"]
    lines = [[line for line, _ in told] for _, _, told in found]
    assert missing(lines[0]) == ["任命（委托）文件已登记", "业务培训覆盖各选区"]
    assert "选区已划分" in missing(lines[1])
    assert "选举日已由选举委员会确定" not in missing(lines[1])
    with world.in_township():
        CAMPAIGN.take("add-level", world.clerk, campaign, level=Level.COUNTY, number=19)
    text = client.get(address).content.decode()
    assert "县级第十九届代表选举" in text
    with CaptureQueriesContext(connection) as queried:
        client.get(address)
    assert len(queried) < 70
    assert term_of(world).number == 18


@pytest.mark.django_db
def test_what_is_missing_leads_to_where_it_is_entered(world, browse):
    with world.in_township():
        campaign = begun(world)
    address = reverse("elections-gates", args=[world.township.code, campaign.pk])
    ((_, gates_told),) = browse(world.clerk).get(address).context["levels"]
    lines = [line for _, _, told in gates_told for line in told]
    assert [
        line.label for line, url in lines if not line.met and not url and line.label != "已到选举日，候选人介绍已停止"
    ] == []
    assert {url for line, url in lines if line.met} == {""}
    for url in {url for _, url in lines if url}:
        assert browse(world.clerk).get(url).status_code == 200, url
    ((_, seen),) = browse(world.county_viewer).get(address).context["levels"]
    followed = {url for _, _, told in seen for _, url in told if url}
    assert [url for url in followed if browse(world.county_viewer).get(url).status_code != 200] == []
