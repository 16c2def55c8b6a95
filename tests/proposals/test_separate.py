"""Several units that each answer for themselves (分办): a clock, a reply, a reminder each; rated once all have replied."""

import re

import pytest
from django.db import IntegrityError, transaction

from congress import clock
from congress.guard.action import action
from congress.models import Message, Unit
from proposals import queries
from proposals.life import SUGGESTION
from proposals.models import Assignment, Reply
from proposals.stages import Stage
from tests.proposals.helpers import SET_UP, answer, apart, assigned, at, day, refused, registered, signed, text_of

pytestmark = pytest.mark.django_db


def stage(row) -> Stage:
    return queries.stage_of(queries.fresh(row))


def due_days(row) -> dict[str, object]:
    """Until when each unit has to reply."""
    row = queries.fresh(row)
    facts = queries.facts_of(row)
    shares = queries.answering_shares(row)
    return {share.unit.name: queries.due_of(row, facts.of(share.strand)).date for share in shares}


@pytest.fixture
def third(town):
    with action(SET_UP, actor=None):
        return Unit.objects.create(township=town.township, name="农业服务中心")


def test_f22_each_unit_has_its_clock_and_its_reply_and_it_is_closed_when_all_have_answered(town):
    row = apart(town)
    go = SUGGESTION.take
    assert due_days(row) == {"水利站": day(6, 20), "教育办": day(6, 20)}
    go("sign", town.handler, row, on=day(3, 21))
    go("ask-extension", town.handler, row, new_due=day(8, 1), reason="汛期不能施工", on=day(6, 1))
    go("extension", town.chair, row, decision="agree", on=day(6, 2))
    assert due_days(row) == {"水利站": day(8, 1), "教育办": day(6, 20)}
    assert queries.due_of(queries.fresh(row)).date == day(6, 20)
    answer(town, row, town.other_handler, on=day(6, 15))
    assert stage(row) is Stage.SIGNED
    assert queries.due_of(queries.fresh(row)).date == day(8, 1)
    refused(
        lambda: go("rate", town.deputy_user, row, attitude="good", result="good", on=day(6, 16)),
        "目前“已签收”，不能评价",
    )
    refused(
        lambda: go("reply", town.other_handler, row, text="再答", grade="A", on=day(6, 16)),
        "这一单位分办的部分目前“已答复”，不能答复。",
    )
    go("reply", town.handler, row, text="已经清淤。", grade="C", on=day(7, 20))
    assert stage(row) is Stage.REPLIED
    refused(lambda: go("rate", town.deputy_user, row, attitude="good", result="good", on=day(7, 19)), "早于答复日期")
    go("rate", town.deputy_user, row, attitude="good", result="good", on=day(7, 21))
    assert stage(row) is Stage.CLOSED
    assert {(reply.unit.name, reply.grade) for reply in Reply.objects.all()} == {("水利站", "C"), ("教育办", "A")}


def test_the_units_are_told_their_day_and_the_deputy_of_every_reply(town):
    row = apart(town, confidential=True)
    told = set(Message.objects.filter(key__contains=":assigned").values_list("recipient__username", flat=True))
    assert told == {"handler", "handler2", "deputy"}
    assert Message.objects.get(recipient=town.deputy_user, key__endswith=":assigned").title.startswith(
        "您的建议已交办水利站、教育办"
    )
    answer(town, row, town.other_handler, on=day(5, 1))
    answer(town, row, town.handler, on=day(6, 23))
    said = {
        name: [one.title.split("：")[0] for one in Message.objects.filter(recipient=user, key__contains=":replied1")]
        for name, user in (("deputy", town.deputy_user), ("clerk", town.clerk))
    }
    assert sorted(said["deputy"]) == [
        "您的建议，各承办单位都已答复，请评价",
        "您的建议，教育办已答复，等待其他单位答复",
    ]
    assert sorted(said["clerk"]) == ["教育办已答复代表建议", "水利站已答复代表建议（逾期3天）"]
    units = Message.objects.filter(recipient__in=(town.handler, town.other_handler))
    assert not [one for one in units if town.deputies[0].name in one.title + one.body]


def test_one_gives_its_part_back_while_the_other_goes_on(town, third):
    row, go = apart(town), SUGGESTION.take
    answer(town, row, town.other_handler, on=day(4, 10))
    go("sign", town.handler, row, on=day(3, 22))
    go("ask-extension", town.handler, row, new_due=day(8, 1), reason="汛期", on=day(4, 1))
    go("extension", town.chair, row, decision="agree", on=day(4, 2))
    go("return", town.handler, row, reason="不归我们管", on=day(4, 11))
    assert stage(row) is Stage.RETURNED
    refused(lambda: go("reassign", town.chair, row, lead=town.unit, on=day(4, 12)), "刚刚退办")
    refused(lambda: go("reassign", town.chair, row, lead=town.other_unit, on=day(4, 12)), "教育办正在分办")
    refused(lambda: go("reassign", town.chair, row, lead=third, on=day(4, 10)), "早于退办日期")
    refused(lambda: go("reassign", town.chair, row, lead=third, assisting=[town.unit], on=day(4, 12)), "没有协办单位")
    go("reassign", town.chair, row, lead=third, on=day(4, 12))
    assert stage(row) is Stage.ASSIGNED
    # The next unit takes over the part with its clock, and what was agreed about it.
    assert due_days(row) == {"农业服务中心": day(8, 1), "教育办": day(6, 20)}
    go("sign", town.clerk, row, on=day(4, 13), signed_by="陈主任")
    go("reply", town.clerk, row, text="已清。", grade="A", on=day(4, 20))
    assert stage(row) is Stage.REPLIED


def test_both_give_it_back_and_each_part_finds_its_unit(town, third):
    row, go = apart(town), SUGGESTION.take
    for user in (town.handler, town.other_handler):
        go("return", user, row, reason="不归我们管", on=day(3, 25))
    findings = refused(lambda: go("reassign", town.chair, row, lead=third, on=day(3, 26)))
    assert [(one.field, one.message) for one in findings] == [("unit", "请选择是哪个单位。")]
    go("reassign", town.chair, row, lead=third, unit=town.other_unit, on=day(3, 26))
    assert stage(row) is Stage.RETURNED
    # The part of the one may go to the other: it gave back another part.
    go("reassign", town.chair, row, lead=town.other_unit, on=day(3, 27))
    assert {(s.unit.name, s.strand) for s in queries.current_shares(queries.fresh(row))} == {
        ("农业服务中心", 2),
        ("教育办", 1),
    }


def test_a_second_handling_begins_with_the_units_and_the_way_of_the_first(town, browse):
    row, go = apart(town), SUGGESTION.take
    for user in (town.handler, town.other_handler):
        answer(town, row, user, on=day(4, 10))
    go("rate", town.deputy_user, row, attitude="good", result="bad", reason="没有修", on=day(4, 12))
    page = text_of(browse(town.chair).get(at(town, "suggestion-reopen", row.pk)))
    ticked = re.findall(r'<input type="checkbox"[^>]*name="separate"[^>]*checked', page)
    assert len(ticked) == 2, page
    assert '<details class="aside" open>' in page
    go("reopen", town.chair, row, on=day(4, 14))
    assert due_days(row) == {"水利站": day(5, 14), "教育办": day(5, 14)}
    answer(town, row, town.handler, on=day(4, 20))
    assert stage(row) is Stage.ASSIGNED
    assert queries.facts_of(queries.fresh(row)).now.number == 2


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"way": "separate"}, "separate", "至少要有两个单位"),
        ({"way": "separate", "separate": ["unit"]}, "separate", "至少要有两个单位"),
        ({"way": "separate", "separate": ["unit", "unit"]}, "separate", "至少要有两个单位"),
        ({"way": "separate", "separate": ["unit", "other_unit", "unit"]}, "separate", "同一单位只能分办一次"),
        ({"way": "separate", "separate": ["unit", "other_unit"], "assisting": ["unit"]}, "assisting", "没有协办单位"),
        ({"way": "separate", "separate": ["third", "other_unit"], "lead": "unit"}, "lead", "没有主办单位"),
        ({"way": "lead", "lead": "unit", "separate": ["unit", "other_unit"]}, "way", "请选“分办”"),
        ({"way": "lead"}, "lead", "请选择主办单位"),
        ({}, "lead", "请选择主办单位"),
    ],
)
def test_what_does_not_add_up_to_a_way_is_told_at_its_field(town, third, values, field, says):
    units = {"unit": town.unit, "other_unit": town.other_unit, "third": third}

    def meant(value):
        return [units[one] for one in value] if isinstance(value, list) else units.get(value, value)

    data = {name: meant(value) for name, value in values.items()}
    row = registered(town)
    found = refused(lambda: SUGGESTION.take("assign", town.chair, row, on=day(3, 20), **data), says)
    assert {finding.field for finding in found} == {field}
    assert not Assignment.objects.exists()


def test_the_chair_ticks_two_units_on_a_page_without_scripts_and_is_told_what_lacks(world, browse):
    with world.in_township():
        row = registered(world)
    client, url = browse(world.chair), at(world, "suggestion-assign", row.pk)
    assert 'value="lead"' in text_of(client.get(url))
    with clock.frozen(day(3, 22)):
        sent = {"version": "", "way": "separate", "separate": [str(world.unit.pk)], "on": "2022-03-20"}
        page = text_of(client.post(url, sent))
        assert "分办至少要有两个单位" in page
        assert '<details class="aside" open>' in page
        sent["separate"].append(str(world.other_unit.pk))
        assert client.post(url, sent).status_code == 302
    page = text_of(browse(world.deputy_user).get(at(world, "suggestion", row.pk)))
    assert "分办：各单位分别办理、分别答复" in page
    assert "水利站：已交办，答复期限2022年6月20日" in page
    assert "交办：水利站、教育办分办" in page or "交办：教育办、水利站分办" in page


def test_the_clerk_says_which_unit_the_paper_came_from(world, browse):
    with world.in_township():
        row = apart(world)
    client, url = browse(world.clerk), at(world, "suggestion-sign", row.pk)
    assert '<select name="unit"' in text_of(client.get(url))
    with clock.frozen(day(3, 22)):
        page = text_of(client.post(url, {"version": "", "on": "2022-03-21"}))
        assert "请选择是哪个单位。" in page
        assert page.index('name="unit"') < page.index('name="on"')
        assert client.post(url, {"on": "2022-03-21", "unit": str(world.other_unit.pk)}).status_code == 302
        page = text_of(client.get(url))
        assert '<select name="unit"' not in page
        assert f'<input type="hidden" name="unit" value="{world.unit.pk}"' in page
        assert client.post(url, {"on": "2022-03-21", "unit": str(world.other_unit.pk)}).status_code == 200
    with world.in_township():
        assert [s.signed_on for s in queries.answering_shares(queries.fresh(row))] == [None, day(3, 21)]
        values = {"way": "phone", "summary": "谈", "on": day(4, 1)}
        refused(
            lambda: SUGGESTION.take("talk", world.handler, row, unit=world.other_unit, **values),
            "没有等教育办办理的部分",
        )


def test_the_lead_units_paper_comes_first_where_one_leads(world, browse):
    with world.in_township():
        row = assigned(world, assisting=[world.other_unit])
    page = text_of(browse(world.clerk).get(at(world, "suggestion-sign", row.pk)))
    assert re.search(f'<option value="{world.unit.pk}"[^>]* selected', page)


def test_the_page_of_the_reply_says_on_what_ground_each_unit_answers(world, browse):
    with world.in_township():
        row, led = apart(world), signed(world)
        SUGGESTION.take("sign", world.handler, row, on=day(3, 21))
        with action(SET_UP, actor=None):
            world.county.province = "chongqing"
            world.county.save()
    client = browse(world.handler)
    page = text_of(client.get(at(world, "suggestion-reply", row.pk)))
    assert "各单位按职责办理，分别答复代表" in page
    assert "《重庆市人民代表大会代表建议批评和意见工作条例》（2017年通过）第二十条第二款，参照执行" in page
    assert "分别答复代表" not in text_of(client.get(at(world, "suggestion-reply", led.pk)))


# -- in the database


def test_the_database_holds_one_unit_and_one_reply_a_part(town):
    row = apart(town)
    share = queries.answering_shares(row := queries.fresh(row))[0]
    near = {"township": town.township, "suggestion": row, "unit": town.other_unit}
    given = {**near, "assigned_on": day(3, 21)}
    answered = {**near, "strand": share.strand, "replied_on": day(4, 1), "grade": "A", "text": "答复"}
    for make in (
        lambda: Assignment.objects.create(part="separate", strand=share.strand, **given),
        lambda: Assignment.objects.create(part="lead", strand=3, **given),
        lambda: [Reply.objects.create(**answered) for _ in range(2)],
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), action(SET_UP, actor=None):
            make()


def test_an_led_round_stays_what_it_was(town):
    row = signed(town, assisting=[town.other_unit])
    facts = queries.facts_of(queries.fresh(row))
    assert [one.number for one in facts.now.strands] == [1]
    refused(
        lambda: SUGGESTION.take("reply", town.other_handler, row, text="答", grade="A", on=day(4, 1)),
        "不是交给您的单位",
    )
