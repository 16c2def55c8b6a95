"""Corrections, accounts, terms, stations, activities: what the actions write and what they refuse."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress import clock
from congress.guard.action import Refused, action
from congress.keeping import keeping_of
from congress.models import Membership, Message
from deputies import actions
from deputies.life import CORRECTION
from deputies.models import Activity, ActivityAttendance, Correction, Deputy, District, Group, Level, Station, Term
from deputies.queries import checklist, stations
from tests.cast import SET_UP


def test_a_deputy_asks_and_the_clerk_corrects(world, town):
    wish = actions.ask_correction(world.deputy_user, world.deputies[0], "phone", "139 0000 1111", "换号")
    with pytest.raises(Refused, match="该项目已有一条申请等待处理") as refused:
        actions.ask_correction(world.deputy_user, world.deputies[0], "phone", "13900002222")
    assert [finding.field for finding in refused.value.findings] == ["field"]
    assert Correction.objects.count() == 1
    CORRECTION.take("accept", world.clerk, wish)
    assert Deputy.objects.get(pk=world.deputies[0].pk).phone == "13900001111"
    message = Message.objects.get(recipient=world.deputy_user)
    assert message.title == "更正申请已采纳：手机"
    assert "1390000" not in message.title + message.body
    with pytest.raises(Refused, match="已经处理过"):
        CORRECTION.take("accept", world.clerk, wish)


def test_a_wish_of_somebody_whose_entry_was_withdrawn_is_not_fulfilled(world, town):
    wish = actions.ask_correction(world.deputy_user, world.deputies[0], "education", "研究生")
    with action(SET_UP, actor=None):
        Deputy.objects.filter(pk=world.deputies[0].pk).update(withdrawn_at=clock.now(), withdrawn_reason="重复登记")
    with pytest.raises(Refused, match="该代表信息已经撤回。"):
        CORRECTION.take("accept", world.clerk, wish)
    assert Deputy.objects.get(pk=world.deputies[0].pk).education == ""
    assert Correction.objects.get(pk=wish.pk).state == Correction.State.ASKED


def test_declining_needs_a_reason_and_changes_nothing(world, town):
    wish = actions.ask_correction(world.deputy_user, world.deputies[0], "education", "研究生")
    with pytest.raises(Refused, match="写明理由"):
        CORRECTION.take("decline", world.clerk, wish, answer=" ")
    CORRECTION.take("decline", world.clerk, wish, answer="请提供证书")
    assert Deputy.objects.get(pk=world.deputies[0].pk).education == ""
    assert Message.objects.get(recipient=world.deputy_user).body == "请提供证书"


def test_a_corrected_name_is_found_by_its_new_letters(world, town):
    wish = actions.ask_correction(world.deputy_user, world.deputies[0], "name", "曾甜")
    CORRECTION.take("accept", world.chair, wish)
    assert " zengtian" in Deputy.objects.get(pk=world.deputies[0].pk).search_text


@pytest.mark.parametrize(
    ("field", "value", "words", "told_at"),
    [
        ("phone", "12345", "电话|手机|号码", "value"),
        ("education", "博士后流动站", "文化程度请填写：小学及以下、初中", "value"),
        ("certificate_no", "9" * 31, "不能超过30个字", "value"),
        ("phone", "  ", "请填写更正后的内容", "value"),
        ("account", "1", "该项目不能在线申请更正", "field"),
    ],
)
def test_a_wish_the_entry_cannot_take_is_refused_at_once(world, town, field, value, words, told_at):
    with pytest.raises(Refused, match=rf"{words}") as refused:
        actions.ask_correction(world.deputy_user, world.deputies[0], field, value)
    assert [finding.field for finding in refused.value.findings] == [told_at]
    assert not Correction.objects.exists()


def test_nobody_asks_for_somebody_else(world, town):
    with pytest.raises(Refused, match="只能申请更正本人"):
        actions.ask_correction(world.deputy_user, world.deputies[1], "phone", "13900001111")


def test_accounts_get_letters_and_two_digits(world, town):
    user = actions.open_account(world.clerk, world.deputies[1])
    assert (user.username, user.display_name, user.must_change_password) == ("shanmu01", "单木", True)
    assert Deputy.objects.get(name="单木").account == user
    assert Membership.objects.get(user=user).role == "deputy"
    assert actions.open_account(world.clerk, world.deputies[1]) is None


def test_namesakes_get_the_next_number(world, town):
    other = actions.save_deputy(world.clerk, Deputy(township=town, name="山木", gender="male"))
    assert actions.open_account(world.clerk, other) is None
    actions.approve(world.chair, [other])
    other.refresh_from_db()
    rows = [actions.open_account(world.clerk, one) for one in (world.deputies[1], other)]
    assert [user.username for user in rows] == ["shanmu01", "shanmu02"]


def test_more_deputies_in_office_than_seats_are_told_of_the_congress_and_of_the_district(world, browse):
    url = reverse("deputies-term", args=[world.township.code, world.term.pk])
    assert "多于名额" not in browse(world.clerk).get(url).content.decode()
    with world.in_township(), action(SET_UP, actor=None):
        District.objects.filter(term=world.term).update(seats=1)
        Term.objects.filter(pk=world.term.pk).update(seats=1)
    page = browse(world.clerk).get(url).content.decode()
    assert "在任代表2名，多于名额1名" in page
    assert "第1选区（云溪村）在任代表2名，多于名额1名" in page


def test_terms_and_districts_keep_to_the_law(world, town):
    with pytest.raises(Refused, match="届满日期"):
        actions.TERMS.record(
            world.clerk, Term(township=town, number=3, started_on=date(2020, 1, 1), ended_on=date(2019, 1, 1))
        )
    with pytest.raises(Refused, match="一名至三名"):
        actions.DISTRICTS.record(world.clerk, District(township=town, term=world.term, number=9, name="大村", seats=4))
    world.term.seats = 300
    findings = actions.seats_findings(world.term)
    assert findings
    assert not any(finding.blocking for finding in findings)
    assert actions.seats_findings(Term(township=town, level=Level.COUNTY, number=1, seats=300)) == ()


def test_what_somebody_belongs_to_is_not_withdrawn(world, town, woman):
    for row in (world.term, District.objects.get(), woman.group, world.station):
        with pytest.raises(Refused, match="不能撤回"):
            keeping_of(type(row)).withdraw(world.clerk, row, "登错了", row.version)
    spare = actions.GROUPS.record(world.clerk, Group(township=town, name="第二小组"))
    actions.GROUPS.withdraw(world.clerk, spare, "登错了", spare.version)
    assert actions.GROUPS.record(world.clerk, Group(township=town, name="第二小组")).pk != spare.pk


def test_a_station_closes_once_and_not_before_it_opened(world, town):
    with pytest.raises(Refused, match="不能早于启用日期") as refused:
        actions.close_station(world.clerk, world.station, date(2020, 1, 1), world.station.version)
    assert [finding.field for finding in refused.value.findings] == ["closed_on"]
    actions.close_station(world.clerk, world.station, date(2024, 1, 1), world.station.version)
    with pytest.raises(Refused, match="该联络站已停用。"):
        actions.close_station(world.clerk, Station.objects.get(pk=world.station.pk), date(2024, 2, 1), 1)
    assert Station.objects.get(pk=world.station.pk).closed_on == date(2024, 1, 1)


def test_the_check_list_counts_what_is_met_and_still_asked_for(world, town, item):
    with pytest.raises(Refused, match="请写明佐证") as refused:
        actions.meet_item(world.clerk, world.station, item, met_on=date(2022, 1, 5), evidence=" ")
    assert [finding.field for finding in refused.value.findings] == ["evidence"]
    with pytest.raises(Refused, match="不是联络站建设项目"):
        actions.meet_item(world.clerk, world.station, world.category, met_on=date(2022, 1, 5), evidence="照片")
    check = actions.meet_item(world.clerk, world.station, item, met_on=date(2022, 1, 5), evidence="照片")
    again = actions.meet_item(world.clerk, world.station, item, met_on=date(2022, 2, 5), evidence="门牌")
    assert check.pk == again.pk
    assert [(row.label, bool(met)) for row, met in checklist(world.station)] == [("有固定场所", True)]
    assert stations().get().met == 1
    with pytest.raises(Refused, match="不能早于达到日期"):
        actions.end_item(world.clerk, again, lost_on=again.met_on - timedelta(days=1), version=again.version)
    with pytest.raises(Refused, match="不能晚于今天"):
        actions.end_item(world.clerk, again, lost_on=date(2999, 1, 1), version=again.version)
    ended = actions.end_item(world.clerk, again, lost_on=again.met_on + timedelta(days=9), version=again.version)
    with pytest.raises(Refused, match="该项已登记自2022年2月14日起不再达到"):
        actions.end_item(world.clerk, ended, lost_on=ended.lost_on, version=ended.version)
    assert stations().get().met == 0
    again = actions.meet_item(world.clerk, world.station, item, met_on=date(2023, 1, 5), evidence="重新挂牌")
    assert again.pk != ended.pk
    actions.lose_item(world.clerk, again, "登错了站", again.version)
    assert stations().get().met == 0
    assert actions.meet_item(world.clerk, world.station, item, met_on=date(2022, 3, 5), evidence="新").pk != check.pk


def test_who_took_part_follows_the_list(world, town, woman):
    activity = Activity(township=town, kind="training", title="学习代表法", held_on=date(2022, 5, 1))
    actions.record_activity(world.clerk, activity, {world.deputies[0]: "attended", woman: "reported"})
    first = ActivityAttendance.objects.get(activity=activity, deputy=woman)
    activity = actions.change_activity(
        world.clerk, activity, {"note": "增加发言"}, {world.deputies[0]: "spoke"}, str(activity.version)
    )
    rows = ActivityAttendance.objects.kept().filter(activity=activity)
    assert [(row.deputy_id, row.part) for row in rows] == [(world.deputies[0].pk, "spoke")]
    activity = actions.change_activity(world.clerk, activity, {}, {woman: "attended"}, activity.version)
    assert ActivityAttendance.objects.kept().get(activity=activity).pk == first.pk


def test_an_activity_to_come_is_not_recorded_and_a_withdrawn_one_stays_withdrawn(world, town, visit):
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(Refused, match="不能晚于今天"):
        actions.record_activity(
            world.clerk, Activity(township=town, kind="visit", title="明天的", held_on=tomorrow), {}
        )
    with pytest.raises(Refused, match="撤回原因"):
        actions.ACTIVITIES.withdraw(world.clerk, visit, "", visit.version)
    gone = actions.ACTIVITIES.withdraw(world.clerk, visit, "登错了", visit.version)
    with pytest.raises(Refused, match="已经撤回"):
        actions.ACTIVITIES.withdraw(world.clerk, visit, "再来", gone.version)
