"""What runs out on a day: who is reminded, once, by which clock."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress import channels, clock
from congress.assembly.models import Session
from congress.guard.action import action, verb
from congress.models import Delivery, Holiday, Message
from congress.steps import standing_of
from congress.work import deadlines, sources
from deputies.models import Mandate
from proposals import queries
from proposals.actions.common import account_of
from proposals.deadlines import rating_due
from proposals.life import MATTER, SUGGESTION
from proposals.queries.summaries import SUGGESTIONS
from tests.proposals.helpers import a_matter, assigned, day, dissatisfied, rated, replied, signed, submit

REST = verb("tests.rest", "录入节假日")
ROBOT = "https://oapi.dingtalk.com/robot/send?access_token=secret-7777"

pytestmark = pytest.mark.django_db


def lines(key):
    return [line for line in deadlines.board(day(6, 1)) if line.deadline.key == key]


def test_an_open_reply_stands_on_the_board_until_it_is_answered(town):
    row = signed(town)
    (line,) = lines("suggestion.reply")
    assert line.due_on == day(6, 20)
    assert line.days_left == 19
    assert "代表法" in line.row.ground.brief
    assert str(row.pk) in line.url
    SUGGESTION.take("reply", town.handler, row, text="答复", grade="A", on=day(5, 1))
    assert not lines("suggestion.reply")


def test_the_sweep_reminds_each_once_at_each_step(world):
    with world.in_township():
        assigned(world)
        before = Message.objects.count()
    assert deadlines.sweep(world.township, day(5, 1)) == 0
    new = deadlines.sweep(world.township, day(6, 13))
    assert new == 3  # unit, clerk, chair
    assert deadlines.sweep(world.township, day(6, 13)) == 0
    assert deadlines.sweep(world.township, day(6, 14)) == 0
    assert deadlines.sweep(world.township, day(6, 21)) == 3
    with world.in_township():
        assert Message.objects.count() == before + 6
        told = Message.objects.filter(kind="suggestion.reply")
        assert set(told.values_list("recipient__username", flat=True)) == {"handler", "clerk", "chair"}
        assert Delivery.objects.filter(message__in=told).count() == 6
        late = told.filter(title__contains="已逾期1天").first()
    assert "2022年3月20日交办 + 3个月 = 2022年6月20日" in late.body
    assert "曾田" not in late.title + late.body


def test_a_unit_is_reminded_in_its_own_group_as_long_as_it_is_its_turn(world):
    with world.in_township():
        clerk = standing_of(world.clerk, world.township)
        channels.set_channel(clerk, world.township, kind="webhook", address=ROBOT, unit=world.unit)
        row = signed(world)
    assert deadlines.sweep(world.township, day(6, 13)) == 4  # its account, clerk, chair, and the group
    assert deadlines.sweep(world.township, day(6, 13)) == 0
    with world.in_township():
        message = Message.objects.get(kind="suggestion.reply", unit=world.unit)
        assert message.recipient is None
        assert [one.channel for one in message.deliveries.all()] == ["webhook"]
        assert "还有7天" in message.title
        assert deadlines.stands(message)
        SUGGESTION.take("reply", world.handler, row, text="答复", grade="A", on=day(5, 1))
        assert not deadlines.stands(message)


def test_after_days_away_one_sweep_sends_the_latest_step_only(world):
    with world.in_township():
        assigned(world)
    assert deadlines.sweep(world.township, day(7, 30)) == 3
    with world.in_township():
        titles = set(Message.objects.filter(kind="suggestion.reply").values_list("title", flat=True))
    assert len(titles) == 1
    assert "已逾期40天" in titles.pop()


def test_an_extension_moves_the_reminders(world):
    with world.in_township():
        row = signed(world)
        SUGGESTION.take("ask-extension", world.handler, row, new_due=day(8, 20), reason="汛期", on=day(6, 1))
        SUGGESTION.take("extension", world.chair, row, decision="agree", on=day(6, 2))
    assert deadlines.sweep(world.township, day(6, 20)) == 0
    assert deadlines.sweep(world.township, day(7, 21)) == 3


def test_a_last_day_off_is_not_moved_and_what_is_open_is_said(world, browse):
    with action(REST, actor=world.security):
        Holiday.objects.create(day=day(6, 20), name="放假", basis="放假通知")
    with world.in_township():
        row = signed(world)
        (line,) = lines("suggestion.reply")
        assert line.due_on == day(6, 20)
        assert "最后一日2022年6月20日是休息日，按不顺延计算" in line.row.why
        assert "（2022年6月21日），这一期限能否类推适用，法律没有写明" in line.row.why
    page = browse(world.clerk).get(f"/t/{world.township.code}/suggestions/{row.pk}/").content.decode()
    assert "能否类推适用，法律没有写明" in page
    assert deadlines.sweep(world.township, day(6, 13)) == 3
    with world.in_township():
        assert "能否类推适用" in Message.objects.filter(kind="suggestion.reply").first().body


def test_a_day_people_agreed_on_has_no_rest_at_its_end(world):
    with action(REST, actor=world.security):
        Holiday.objects.create(day=day(7, 20), name="放假", basis="放假通知")
    with world.in_township():
        row = signed(world)
        SUGGESTION.take("ask-extension", world.handler, row, reason="涉及面广", new_due=day(7, 20), on=day(6, 1))
        SUGGESTION.take("extension", world.chair, row, decision="agree", on=day(6, 2))
        (line,) = lines("suggestion.reply")
        assert line.due_on == day(7, 20)
        assert "休息日" not in line.row.why


def test_a_second_handling_has_a_line_of_its_own(town):
    row = dissatisfied(town)
    assert not lines("suggestion.second")
    SUGGESTION.take("reopen", town.chair, row, lead=town.unit, on=day(5, 20))
    (line,) = lines("suggestion.second")
    assert line.due_on == day(6, 20)
    assert not lines("suggestion.reply")


def test_a_returned_one_still_runs_and_reminds_the_office_alone(world):
    with world.in_township():
        row = signed(world)
        SUGGESTION.take("return", world.handler, row, reason="不归我们管", on=day(3, 25))
    assert deadlines.sweep(world.township, day(6, 20)) == 2
    with world.in_township():
        told = Message.objects.filter(kind="suggestion.reply").values_list("recipient__username", flat=True)
        assert set(told) == {"clerk", "chair"}


def test_ended_ones_are_off_the_board(town):
    rated(town)
    row = signed(town)
    SUGGESTION.take("withdraw", town.deputy_user, row, reason="不用了", on=day(4, 1))
    assert not [line for line in deadlines.board(day(6, 1)) if line.deadline.key.startswith("suggestion.")]


def test_a_rating_is_due_only_where_a_local_rule_says_so(world):
    with world.in_township():
        row = replied(world)
        assert rating_due(queries.fresh(row)) is None
        assert not lines("suggestion.rating")
    with action(verb("tests.set_up", "布置测试"), actor=None):
        county = world.county
        county.province = "chongqing"
        county.save()
    with world.in_township():
        sources.tell(SUGGESTIONS)
        (line,) = lines("suggestion.rating")
        assert line.due_on > day(5, 30)
        assert [user.username for user in line.opened.people] == ["deputy"]


def test_matters_run_by_the_offices_own_period_and_say_so(world):
    with world.in_township():
        handed = a_matter(world, channel="unit", unit=world.unit)
        a_matter(world, channel="on_the_spot", text="答了")
        turned = a_matter(world)
        MATTER.take(
            "suggestion",
            world.deputy_user,
            turned,
            lead=world.deputies[0],
            title="修渠",
            situation="塌了",
            proposal="修",
            on=day(3, 16),
        )
        (line,) = lines("matter.follow_up")
        assert line.row.subject == handed.pk
        assert line.due_on == day(4, 14)
        assert line.row.why.count("非法定") == 1
        assert line.row.ground is None
    with clock.frozen(day(4, 14)):
        assert deadlines.sweep(world.township) == 3  # unit, clerk, receiving deputy
        assert deadlines.sweep(world.township) == 0
    with world.in_township():
        told = Message.objects.filter(kind="matter.follow_up")
        assert set(told.values_list("recipient__username", flat=True)) == {"handler", "clerk", "deputy"}


def test_the_board_asks_no_more_for_many_than_for_one(world, django_assert_max_num_queries):
    def asked() -> int:
        with world.in_township(), django_assert_max_num_queries(80) as seen:
            for line in deadlines.board(day(6, 1)):
                assert line.title
                assert line.url
        return len(seen)

    def some():
        with world.in_township():
            assigned(world)
            replied(world)
            a_matter(world, channel="unit", unit=world.unit)
            SUGGESTION.take(
                "reopen", world.chair, dissatisfied(world), lead=world.unit, on=day(5, 20) + timedelta(days=1)
            )

    some()
    one = asked()
    some()
    some()
    assert asked() == one


LOCAL = ("assign", "return", "reassign", "first_contact", "assisting")


def local():
    """What runs out of the steps a place's own rules set a day for: key, day and whom to remind, told from the facts."""
    read = SUGGESTIONS.read(None)
    found = {}
    for key in LOCAL:
        for opened in deadlines.registered()[f"suggestion.{key}"].opened(read):
            found[key] = (opened.due.date, sorted(user.username for user in opened.people))
    return found


def in_province(world, name):
    with action(verb("tests.set_up", "布置测试"), actor=None):
        world.county.province = name
        world.county.save()


def test_the_steps_of_handling_run_out_only_where_a_local_rule_says_so(world):
    with world.in_township():
        assigned(world, assisting=[world.other_unit])
        assert local() == {}
    in_province(world, "chongqing")
    with world.in_township():
        # The fifth of April (清明) is a day off by statute, whether or not the year's list is entered.
        assert local() == {
            "return": (day(4, 1), ["handler"]),
            "first_contact": (day(4, 18), ["handler"]),
            "assisting": (day(5, 2), ["handler2"]),
        }


def test_each_step_of_handling_leaves_the_board_when_it_is_done(world):
    in_province(world, "chongqing")
    with world.in_township():
        submit(world)
        assert local() == {"assign": (day(3, 30), ["chair", "clerk"])}
    with world.in_township():
        row = signed(world)
        assert set(local()) == {"assign", "first_contact"}
        SUGGESTION.take("return", world.handler, row, reason="不归我们管", on=day(3, 25))
        assert local()["reassign"] == (day(4, 11), ["chair", "clerk"])
        row = SUGGESTION.take("reassign", world.chair, row, lead=world.other_unit, on=day(3, 28))
        assert local()["return"] == (day(4, 12), ["handler2"])
        assert "reassign" not in local()


def test_a_suggestion_of_a_session_has_no_day_of_handing_on(world):
    in_province(world, "chongqing")
    with world.in_township():
        row = submit(world)
        with action(verb("tests.set_up", "布置测试"), actor=None):
            session = Session(township=world.township, term=world.term, number=2, opened_on=day(3, 15))
            session.save()
            row.session = session
            row.save()
        assert local() == {}


def test_reading_the_local_steps_costs_the_same_for_one_and_for_three(world):
    in_province(world, "chongqing")
    with world.in_township():
        assigned(world, assisting=[world.other_unit])
        with CaptureQueriesContext(connection) as one:
            local()
        for _ in range(2):
            assigned(world, assisting=[world.other_unit])
        with CaptureQueriesContext(connection) as three:
            local()
    assert len(one) == len(three)


def test_a_clock_townships_only_refer_to_says_so_on_the_board_and_in_the_reminder(world):
    in_province(world, "zhejiang")
    with world.in_township():
        assigned(world)
        (line,) = lines("suggestion.return")
        assert line.due_on == day(3, 30)
        assert line.row.why.endswith("没有写乡镇参照，仅供借鉴")
    assert deadlines.sweep(world.township, day(3, 30)) == 1
    with world.in_township():
        assert "仅供借鉴" in Message.objects.get(kind="suggestion.return").body


def test_nobody_is_reminded_or_told_on_the_day_a_role_is_over(world):
    """The night has not ended the role yet, and its holder cannot open the page any more."""
    with world.in_township():
        matter = a_matter(world, channel="unit", unit=world.unit)
        row = replied(world)
        follow = deadlines.registered()["matter.follow_up"]
        (opened,) = follow.opened(follow.source.read([matter.pk]))
        assert world.deputy_user in opened.people
        assert account_of(row.lead) == [world.deputy_user]
        with action(REST, actor=None):
            Mandate.objects.filter(deputy=world.deputies[0]).update(ended_on=clock.today(), end_reason="resigned")
        (opened,) = follow.opened(follow.source.read([matter.pk]))
        assert world.deputy_user not in opened.people
        assert world.handler in opened.people
        assert account_of(row.lead) == []
