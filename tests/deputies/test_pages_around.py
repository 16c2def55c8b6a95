"""The pages around the roster: seats and their end, terms, districts, stations, activities."""

import re
from datetime import date

import pytest

from congress.guard.action import action
from congress.law.elections import DISTRICT_SIZE_WORDS
from congress.law.sources import cite, gist
from deputies.life import MANDATE
from deputies.models import Activity, ActivityAttendance, District, Group, Mandate, Station, Term
from tests.cast import SET_UP
from tests.deputies.pages import text_of


def test_the_end_of_a_seat_shows_the_law_before_it_is_done(world, browse, at, woman):
    client, seat = browse(world.clerk), woman.mandates.get()
    url = at("deputies-mandate-end", seat.pk)
    form = {"ended_on": "2023-05-01", "reason": "resigned", "is_chair_or_vice": "on", "version": seat.version}
    answer = client.post(url, form)
    page = text_of(answer)
    assert "全体代表的过半数" in page
    assert "主席、副主席职务相应" in page
    assert "代表法" in page or "选举法" in page
    assert Mandate.objects.get(pk=seat.pk).ended_on is None
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.content.decode())
    assert client.post(url, dict(hidden)).status_code == 302  # exactly what the browser sends from that page
    assert Mandate.objects.get(pk=seat.pk).end_reason == "resigned"
    early = client.post(at("deputies-mandate-end", seat.pk), {**form, "version": "1"})
    assert "已于2023年5月1日终止" in text_of(early)


def test_an_end_that_cannot_be_is_said_at_its_day_before_anything_is_to_be_confirmed(world, browse, at, woman):
    client, seat = browse(world.clerk), woman.mandates.get()
    form = {"ended_on": "2020-05-01", "reason": "moved", "version": seat.version}
    answer = client.post(at("deputies-mandate-end", seat.pk), form)
    assert list(answer.context["form"].errors) == ["ended_on"]
    assert 'value="2020-05-01"' in answer.content.decode(), "nothing typed is lost"
    assert "确认" not in [word.strip() for word in text_of(answer).split()]
    assert Mandate.objects.get(pk=seat.pk).ended_on is None


def test_the_end_and_the_rest_of_a_county_seat_name_the_countys_standing_committee(world, browse, at, woman):
    with world.in_township(), action(SET_UP, actor=None):
        term = Term(township=world.township, level="county", number=18, seats=200, started_on=date(2021, 12, 1))
        term.save()
        seat = Mandate(township=world.township, deputy=woman, term=term, level="county", elected_on=date(2021, 11, 20))
        seat.save()
    client = browse(world.clerk)
    form = {"ended_on": "2025-05-01", "reason": "resigned", "version": seat.version}
    page = text_of(client.post(at("deputies-mandate-end", seat.pk), form))
    assert "县级人大常委会以组成人员的过半数接受" in page
    assert "由县级人大常委会予以公告" in page
    assert "乡镇人大" not in page.split("终止原因")[1].split("确认登记终止")[0]
    rest = text_of(client.get(at("deputies-mandate-suspend", seat.pk)))
    assert "由代表资格审查委员会向县级人大常委会报告" in rest
    township = text_of(client.get(at("deputies-mandate-suspend", woman.mandates.exclude(pk=seat.pk).get().pk)))
    assert "由代表资格审查委员会向乡镇人大报告" in township


def test_the_page_shows_every_time_a_mandate_rested(world, browse, at, woman):
    seat, client = woman.mandates.get(), browse(world.clerk)
    for step, day, more in (
        ("suspend", "2023-01-05", {"ground": "detained", "decision": "报告〔2023〕1号"}),
        ("resume", "2023-06-01", {}),
        ("suspend", "2023-08-01", {"ground": "serving"}),
    ):
        page = client.get(at(f"deputies-mandate-{step}", seat.pk))
        form = {MANDATE.step(step).day: day, "version": page.context["form"]["version"].value(), **more}
        assert client.post(at(f"deputies-mandate-{step}", seat.pk), form).status_code == 302
    shown = text_of(client.get(at("deputies-detail", woman.pk)))
    assert "2023年1月5日起暂停执行职务（因刑事案件被羁押），2023年6月1日恢复，依据报告〔2023〕1号" in shown
    assert "2023年8月1日起暂停执行职务（正在服刑，没有附加剥夺政治权利）" in shown
    assert "撤回2023年8月1日起的这一次登记" in text_of(client.get(at("deputies-mandate-unsuspend", seat.pk)))


def test_a_death_is_announced_like_every_other_end(world, browse, at, woman):
    seat = woman.mandates.get()
    form = {"ended_on": "2025-05-01", "reason": "died", "version": seat.version}
    page = text_of(browse(world.clerk).post(at("deputies-mandate-end", seat.pk), form))
    assert "由乡镇人大予以公告" in page
    assert "不需" not in page
    assert "条文没有把去世列为公告的例外" in page


def test_an_ended_deputy_with_an_account_is_pointed_out(world, browse, at):
    deputy = world.deputies[0]
    with world.in_township(), action(SET_UP, actor=None):
        Mandate.objects.filter(deputy=deputy).update(ended_on=date(2023, 1, 1), end_reason="moved")
    assert "代表角色今夜零点过后自动停用" in text_of(browse(world.clerk).get(at("deputies-detail", deputy.pk)))


def test_a_term_compares_seats_deputies_and_districts(world, browse, at, woman):
    page = text_of(browse(world.clerk).get(at("deputies-term", world.term.pk)))
    assert re.search("实有代表</dt><dd><a[^>]*>3名，截至", page)
    assert "与代表名额50名不一致" in page


def test_terms_districts_groups_and_stations_are_kept(world, browse, at, town):
    client = browse(world.clerk)
    done = [
        client.post(
            at("deputies-term-new"), {"level": "county", "number": 18, "seats": 200, "started_on": "2021-12-01"}
        ),
        client.post(
            at("deputies-district-new", world.term.pk), {"number": 2, "name": "东山村", "seats": 3, "kind": "residence"}
        ),
        client.post(at("deputies-group-new"), {"name": "第二小组"}),
        client.post(at("deputies-station-new"), {"name": "东山联络点", "kind": "联络点"}),
    ]
    assert [answer.status_code for answer in done] == [302] * 4
    assert Term.objects.filter(level="county").exists()
    twice = client.post(
        at("deputies-district-new", world.term.pk), {"number": 2, "name": "西山村", "seats": 1, "kind": "residence"}
    )
    assert "本届已有这个选区号" in text_of(twice)
    four = client.post(
        at("deputies-district-new", world.term.pk), {"number": 3, "name": "西山村", "seats": 4, "kind": "residence"}
    )
    assert "一名至三名" in text_of(four)
    district = District.objects.get(number=2)
    data = {"reason": "登错了", "version": 0}
    assert client.post(at("deputies-district-withdraw", district.pk), data).status_code == 302
    assert client.get(at("deputies-district", district.pk)).status_code == 404
    group = Group.objects.get(name="第二小组")
    assert client.post(at("deputies-group-edit", group.pk), {"name": "第三小组", "version": 0}).status_code == 302
    station = Station.objects.get(name="东山联络点")
    assert (
        client.post(at("deputies-station-close", station.pk), {"closed_on": "2024-01-01", "version": 0}).status_code
        == 302
    )
    assert Station.objects.get(pk=station.pk).closed_on == date(2024, 1, 1)


def test_the_check_list_of_a_station_is_filled_in(world, browse, at, item):
    client = browse(world.clerk)
    url = at("deputies-station-item", world.station.pk, item.pk)
    assert client.post(url, {"met_on": "2022-01-05", "evidence": "门牌照片"}).status_code == 302
    page = text_of(browse(world.county_viewer).get(at("deputies-station", world.station.pk)))
    assert "门牌照片" in page
    assert "建设情况 1/1" in page
    assert browse(world.clerk).post(url, {"reason": "登错了站", "version": 0}).status_code == 302
    assert "建设情况 0/1" in text_of(client.get(at("deputies-station", world.station.pk)))


@pytest.mark.parametrize(
    ("name", "kind", "choices"),
    [("deputies-activity-new", "duty_report", 2), ("deputies-activity-new", "study", 1), ("deputies-accounts", "", 1)],
)
def test_a_choice_of_all_deputies_stands_in_columns(world, browse, at, name, kind, choices):
    page = browse(world.clerk).get(at(name), {"kind": kind}).content.decode()
    assert page.count("many-choices") == choices


def test_an_activity_is_recorded_with_everybody_or_with_some(world, browse, at, woman):
    client = browse(world.clerk)
    form = {
        "kind": "duty_report",
        "title": "学习代表法",
        "held_on": "2022-05-01",
        "half_days": 1,
        "households": 0,
        "people": 0,
        "deeds": 0,
    }
    answer = client.post(at("deputies-activity-new"), {**form, "everybody": "on", "reported": [woman.pk]})
    activity = Activity.objects.get(title="学习代表法")
    assert answer.url == at("deputies-activity", activity.pk)
    rows = ActivityAttendance.objects.kept().filter(activity=activity)
    assert dict(rows.values_list("deputy__name", "part")) == {
        "欧阳晓溪": "reported",
        "曾田": "attended",
        "单木": "attended",
    }
    with action(SET_UP, actor=None):
        rows.filter(deputy=world.deputies[0]).update(part="spoke")
    edited = {**form, "version": 0, "attended": [world.deputies[0].pk]}
    assert client.post(at("deputies-activity-edit", activity.pk), edited).status_code == 302
    assert dict(rows.values_list("deputy__name", "part")) == {"曾田": "spoke"}
    late = client.post(at("deputies-activity-new"), {**form, "held_on": "2099-01-01"})
    assert "不能晚于今天" in str(late.context["form"].errors["held_on"])
    data = {"reason": "登错了", "version": 1}
    assert client.post(at("deputies-activity-withdraw", activity.pk), data).status_code == 302
    assert "学习代表法" not in text_of(client.get(at("deputies-activities")))


def test_terms_and_districts_speak_in_the_words_of_the_law_library(world, browse, at):
    client = browse(world.clerk)
    assert gist(cite("deputies_law", "term")) in text_of(client.get(at("deputies-term-new")))
    with world.in_township(), action(SET_UP, actor=None):
        term = Term(township=world.township, number=16, seats=50, started_on=date(2016, 11, 10))
        term.save()
    assert f"{DISTRICT_SIZE_WORDS}。" in text_of(client.get(at("deputies-term", term.pk)))
    assert f"{DISTRICT_SIZE_WORDS}。" in text_of(client.get(at("deputies-districts", term.pk)))


@pytest.mark.parametrize(
    ("kind", "asked"),
    [("training", set()), ("visit", {"households", "deeds"}), ("duty_report", {"reported"}), ("study", set())],
)
def test_the_form_of_an_activity_asks_for_what_its_kind_has(world, browse, at, kind, asked):
    client, url = browse(world.clerk), at("deputies-activity-new")
    form = client.get(url, {"kind": kind}).context["form"]
    assert form.fields.keys() & {"households", "deeds", "reported"} == asked
    assert form.fields["people"].label == "其他参加人数"
    assert "不要重复填" in form.fields["people"].help_text


def test_the_kind_of_an_activity_is_asked_first_and_what_is_recorded_is_never_left_out(world, browse, at):
    client, url = browse(world.clerk), at("deputies-activity-new")
    for asked in ({}, {"kind": "nonsense"}):
        page = text_of(client.get(url, asked))
        assert f'href="{url}?kind=visit"' in page
        assert "<form" not in page.split("<main")[1]
    sent = {"kind": "training", "title": "学习", "held_on": "2022-05-01", "half_days": 1, "people": 0, "households": 9}
    assert set(client.post(url, sent).context["form"].errors) == {
        "households"
    }  # a training has none: said, not dropped
    with world.in_township():
        assert not Activity.objects.filter(title="学习").exists()
    assert client.post(url, sent | {"households": 0}).status_code == 302
    with world.in_township(), action(SET_UP, actor=None):
        row = Activity.objects.get(title="学习")
        Activity.objects.filter(pk=row.pk).update(households=4)
    assert "households" in client.get(at("deputies-activity-edit", row.pk)).context["form"].fields
