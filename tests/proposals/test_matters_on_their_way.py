"""A matter that went to the wrong unit, one heard outside the station, and what the voter thought of an answer."""

import pytest
from django.urls import reverse

from congress import figures
from congress.guard.action import action
from congress.models import Message, Unit
from proposals import queries
from proposals.life import MATTER
from proposals.models import Handing, Matter, Reception
from tests.cast import SET_UP
from tests.proposals.helpers import a_matter, at, day, log, new_matter, refused, text_of

pytestmark = pytest.mark.django_db


def handed(town, **values):
    row = a_matter(town, **values)
    MATTER.take("unit", town.clerk, row, on=day(3, 16), unit=town.unit, note="请尽快处理")
    return row


def again(row) -> Matter:
    return queries.with_matter(Matter.objects.all()).get(pk=row.pk)


def test_a_unit_gives_back_what_is_not_its_business_and_the_clerk_sends_it_on(town):
    row = handed(town)
    MATTER.take("return", town.handler, row, on=day(3, 18), reason="属于教育办职责")
    row = again(row)
    assert (row.channel, row.unit, row.channelled_on) == ("", None, None)
    (before,) = Handing.objects.all()
    assert (before.unit, before.handed_on, before.ended_on) == (town.unit, day(3, 16), day(3, 18))
    assert Message.objects.filter(recipient=town.clerk, title__contains="退回").count() == 1
    MATTER.take("unit", town.clerk, row, on=day(3, 19), unit=town.other_unit, note="")
    assert again(row).unit == town.other_unit
    told = queries.matter_thread(again(row), row.reception)
    words = [entry.text for entry in told]
    assert f"转办：{town.unit}" in words
    assert f"{town.unit}不再办理" in words
    assert f"转办：{town.other_unit}" in words


def test_what_was_said_with_the_hand_over_is_read_beside_it_and_days_follow_each_other(town):
    row = handed(town)
    (given,) = [one for one in queries.matter_thread(again(row), row.reception) if one.text.startswith("转办")]
    assert given.note == "请尽快处理"
    MATTER.take("urge", town.clerk, row, on=day(3, 18))
    MATTER.take("deliver", town.clerk, row, on=day(3, 20))
    told = [one for one in queries.matter_thread(again(row), row.reception) if one.state == "done"]
    assert [one.text[:4] for one in told[-2:]] == ["催办：水", "交办单送"]
    assert [one.date for one in told] == sorted(one.date for one in told)


def test_the_clerk_gives_a_matter_to_another_unit_in_one_step(town):
    row = handed(town)
    MATTER.take("redirect", town.clerk, row, on=day(3, 20), unit=town.other_unit, note="分工调整")
    assert again(row).unit == town.other_unit
    assert Handing.objects.get().reason == "分工调整"
    assert Message.objects.filter(recipient=town.other_handler, title__contains="转办").count() == 1


def test_the_same_unit_again_is_said_at_the_unit(town):
    (finding,) = refused(
        lambda: MATTER.take("redirect", town.clerk, handed(town), on=day(3, 20), unit=town.unit, note=""),
        "这件事项正由这个单位办理，请选择其他单位",
    )
    assert finding.field == "unit"
    assert not Handing.objects.exists()


def test_neither_another_unit_nor_a_resolved_matter_is_given_back(town):
    row = handed(town)
    refused(lambda: MATTER.take("return", town.other_handler, row, on=day(3, 18), reason="不是"), "没有转办给您的单位")
    assert again(row).unit == town.unit
    MATTER.take("resolve", town.handler, row, on=day(3, 20), answer="修好了。")
    refused(lambda: MATTER.take("return", town.handler, row, on=day(3, 21), reason="不是"), "办结")
    assert (again(row).unit, again(row).resolved_on) == (town.unit, day(3, 20))


def test_the_page_says_whether_the_unit_was_told(world, browse):
    with world.in_township():
        row, other = a_matter(world), a_matter(world, words="学校门口没有路灯。")
        with action(SET_UP, actor=None):
            alone = Unit.objects.create(township=world.township, name="区交通运输局")
    clerk = browse(world.clerk)
    told = clerk.post(at(world, "matter-unit", row.pk), _hand(world.unit), follow=True)
    assert "已通知水利站（1个账号）。" in text_of(told)
    paper = clerk.post(at(world, "matter-unit", other.pk), _hand(alone), follow=True)
    assert "区交通运输局没有账号，请打印交办单送达。" in text_of(paper)


def test_what_a_unit_without_account_was_given_waits_for_the_clerk(world, browse):
    """Also where a deputy sent it there: nobody else would tell the unit."""
    clerk, label = browse(world.clerk), "转办事项交办单待送达"
    with world.in_township():
        row, other = a_matter(world), a_matter(world, words="学校门口没有路灯。")
        with action(SET_UP, actor=None):
            alone = Unit.objects.create(township=world.township, name="区交通运输局")
        MATTER.take("unit", world.clerk, row, on=day(3, 16), unit=world.unit, note="")
        MATTER.take("unit", world.clerk, other, on=day(3, 16), unit=alone, note="")
    home = reverse("township_home", args=[world.township.code])
    [line] = [one for one in clerk.get(home).context["todos"] if one.label == label]
    assert line.count == 1
    assert [one.pk for one in clerk.get(line.url).context["page"]] == [other.pk]
    with world.in_township():
        MATTER.take("resolve", world.clerk, again(other), on=day(3, 20), answer="已装灯。")
    assert label not in [one.label for one in clerk.get(home).context["todos"]]


def _hand(unit) -> dict:
    return {"on": "2022-03-16", "unit": str(unit.pk), "note": "", "version": ""}


def test_the_voters_opinion_on_an_answer_given_at_once_is_kept(town):
    row = a_matter(town)
    MATTER.take("answer", town.deputy_user, row, on=day(3, 15), answer="已经清淤。", opinion="good")
    assert again(row).opinion == "good"
    other = a_matter(town)
    MATTER.take("answer", town.deputy_user, other, on=day(3, 15), answer="已经清淤。")
    assert again(other).opinion == ""


def test_words_heard_on_a_visit_or_in_the_market_need_no_station(world, browse):
    form = {
        "key": "8b1f6a34-3f53-4c4e-9a53-8f5f4c2b8a11",
        "held_on": "2022-03-15",
        "deputies": [str(world.deputies[0].pk)],
        "people": "3",
        "words": "集市上没有公厕。",
        "category": str(world.category.pk),
        "origin": "market",
        "spot": "周四大集",
    }
    client = browse(world.deputy_user)
    assert client.post(at(world, "reception-new"), form).status_code == 302
    with world.in_township():
        row = Reception.objects.get()
        assert (row.origin, row.station, row.spot) == ("market", None, "周四大集")
        assert str(row) == "2022年3月15日流动接待周四大集"
    assert "流动接待周四大集" in text_of(client.get(at(world, "receptions")))
    assert "流动接待周四大集" in text_of(client.get(at(world, "reception", row.pk)))
    wrong = client.post(at(world, "reception-new"), {**form, "key": "", "origin": "station", "spot": ""})
    assert "请选择联络站" in str(wrong.context["form"].errors["station"])
    assert wrong.context["form"]["words"].value() == "集市上没有公厕。"


def test_a_reception_at_a_station_names_it_whoever_writes_it_down(town):
    (finding,) = refused(lambda: log(town, station=None))
    assert finding.field == "station"


def figure(town, key, until=None):
    return figures.compute([key], town.township, 2022, until or day(12, 31))[key]


def test_a_unit_counts_from_the_day_it_is_given_a_matter_until_the_day_it_gives_it_back(town):
    row = handed(town)
    MATTER.take("return", town.handler, row, on=day(3, 18), reason="属于教育办职责")
    counted = [figure(town, "receptions.passed_on", day(3, number)).value for number in (15, 16, 17, 18)]
    assert counted == [0, 1, 1, 0]


def test_matters_are_counted_by_where_they_were_heard_and_receptions_only_where_held(town):
    log(town, matter=new_matter(town))
    for origin in ("market", "visit", "call", "letter", "outreach"):
        log(town, origin=origin, station=None, spot="石罅村", matter=new_matter(town), people=2)
    assert figure(town, "receptions.count").value == 2
    assert figure(town, "receptions.people").value == 5
    assert figure(town, "receptions.matters").value == 6
    for origin in Reception.Origin:
        assert figure(town, f"matters.by_{origin}").value == 1


def test_the_voters_satisfaction_leaves_out_who_said_nothing(town):
    for opinion in ("good", "fair", "bad", ""):
        MATTER.take("answer", town.clerk, a_matter(town), on=day(3, 15), answer="已答复。", opinion=opinion)
    found = figure(town, "receptions.satisfied_rate")
    assert (found.value, found.denominator) == (1, 3)
