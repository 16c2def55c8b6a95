"""A suggestion from its submission to the units: every step, and every refusal."""

import uuid

import pytest

from congress.assembly.models import Session
from congress.guard import scope
from congress.guard.action import Conflict, Refused, action
from congress.law.suggestion_steps import UNACCEPTABLE
from congress.models import Membership, Message, Role, Unit
from deputies.models import Term
from proposals import queries
from proposals.life import SUGGESTION
from proposals.models import Assignment, Cosigner, Extension, Reply, Suggestion, Talk
from proposals.stages import Stage
from tests.cast import make_deputy
from tests.proposals.helpers import (
    SET_UP,
    assigned,
    day,
    refused,
    registered,
    replied,
    signed,
    submit,
)

pytestmark = pytest.mark.django_db


def stage(row) -> Stage:
    return queries.stage_of(queries.fresh(row))


def due(row):
    return queries.due_of(queries.fresh(row)).date


# -- put in


def test_a_deputy_submits_once_and_only_in_the_own_name(town):
    key = uuid.uuid4()
    row = submit(town, key=key)
    assert submit(town, key=key).pk == row.pk == key
    assert Suggestion.objects.count() == 1
    assert stage(row) is Stage.SUBMITTED
    [other] = refused(lambda: submit(town, lead=town.deputies[1]), "只能以自己的名义领衔提出")
    assert other.field == "lead"
    assert Suggestion.objects.count() == 1
    assert submit(town, actor=town.clerk, lead=town.deputies[1]).lead == town.deputies[1]


def test_somebody_without_a_mandate_submits_nothing(town):
    refused(lambda: submit(town, on=day(10, 19, 2021)), "没有代表资格")
    with action(SET_UP, actor=None):
        guest = make_deputy(town.township, "无届")
    refused(lambda: submit(town, cosigners=[guest]), "没有代表资格")
    mandate = town.deputies[0].mandates.get()
    with action(SET_UP, actor=None):
        mandate.ended_on, mandate.end_reason = day(3, 1), "moved"
        mandate.save()
    refused(lambda: submit(town), "没有代表资格")
    refused(lambda: submit(town, on=day(3, 1)), "没有代表资格")
    assert submit(town, on=day(2, 28)).pk


def test_only_deputies_of_the_townships_own_congress_put_suggestions_to_it(town):
    with action(SET_UP, actor=None):
        county = Term.objects.create(township=town.township, level="county", number=6, started_on=day(12, 1, 2021))
        guest = make_deputy(town.township, "县代表", term=county)
    refused(lambda: submit(town, actor=town.clerk, lead=guest), "不能执行本级人大代表职务")
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("field", ["title", "situation", "proposal"])
def test_empty_words_and_personal_numbers_are_refused_at_their_field(town, field):
    assert [f.field for f in refused(lambda: submit(town, **{field: " "}))] == [field]
    assert [f.field for f in refused(lambda: submit(town, **{field: "电话13812345678"}))] == [field]


def test_cosigners_confirm_for_themselves(town):
    with scope.accounts(), action(SET_UP, actor=None):
        Membership.objects.create(user=town.chair, role=Role.DEPUTY, township=town.township)
    with action(SET_UP, actor=None):
        second = town.deputies[1]
        second.account = town.chair
        second.save()
    row = submit(town, cosigners=[second, town.deputies[0]])
    assert [one.deputy for one in row.cosigners.all()] == [second]
    refused(lambda: SUGGESTION.take("confirm", town.deputy_user, row, deputy=second, on=day(3, 17)), "没有列您")
    (found,) = refused(
        lambda: SUGGESTION.take("confirm", town.chair, row, deputy=town.deputies[0], on=day(3, 17)),
        "联名由本人确认，没有等待这位代表确认的联名。",
    )
    assert found.field == "deputy"
    refused(lambda: SUGGESTION.take("confirm", town.chair, row, deputy=second, on=day(3, 15)), "早于提出日期")
    assert Cosigner.objects.get(suggestion=row).confirmed_on is None
    SUGGESTION.take("confirm", town.chair, row, deputy=second, on=day(3, 17))
    refused(lambda: SUGGESTION.take("confirm", town.chair, row, deputy=second, on=day(3, 18)), "确认")
    row = SUGGESTION.take(
        "correct",
        town.deputy_user,
        row,
        title="改",
        situation="改",
        proposal="改",
        category=town.category,
        confidential=False,
        on=day(3, 18),
    )
    assert row.cosigners.get().confirmed_on is None


def test_the_text_is_changed_by_its_deputy_or_the_clerk_until_it_is_assigned(town):
    row = registered(town)
    values = {
        "title": "新标题",
        "situation": "情况",
        "proposal": "建议",
        "category": town.category,
        "confidential": True,
    }
    refused(lambda: SUGGESTION.take("correct", town.handler, row, on=day(3, 18), **values), "由办事员、代表办理")
    with pytest.raises(Conflict):
        SUGGESTION.take("correct", town.clerk, row, on=day(3, 18), version=0, **values)
    changed = SUGGESTION.take("correct", town.clerk, row, on=day(3, 18), version=row.version, **values)
    assert changed.title == "新标题"
    SUGGESTION.take("assign", town.chair, changed, lead=town.unit, on=day(3, 20))
    refused(lambda: SUGGESTION.take("correct", town.clerk, changed, on=day(3, 21), **values), "不能修改")


# -- taken in


def test_numbers_are_given_at_registration_in_the_year_of_submission(town):
    first, second = submit(town), submit(town)
    late = submit(town, on=day(12, 31))
    assert SUGGESTION.take("register", town.clerk, second, on=day(3, 17)).number == "2022-001"
    assert SUGGESTION.take("register", town.clerk, first, on=day(3, 18)).number == "2022-002"
    assert SUGGESTION.take("register", town.clerk, late, on=day(1, 4, 2023)).number == "2022-003"
    refused(lambda: SUGGESTION.take("register", town.clerk, first, on=day(3, 19)), "不能登记")
    refused(lambda: SUGGESTION.take("register", town.clerk, submit(town), on=day(3, 15)), "早于提出日期")


def test_declining_names_its_grounds_and_tells_the_deputy(town):
    row = submit(town)
    refused(lambda: SUGGESTION.take("decline", town.clerk, row, grounds=(), on=day(3, 17)), "理由")
    all_of_them = {"grounds": tuple(UNACCEPTABLE), "note": "长" * 100, "on": day(3, 17)}
    [long] = refused(
        lambda: SUGGESTION.take("decline", town.clerk, row, **all_of_them), "理由和说明合起来请不超过200个字"
    )
    assert long.field == "note"
    row = SUGGESTION.take(
        "decline", town.clerk, row, grounds=("personal", "pending_case"), note="建议走信访", on=day(3, 17)
    )
    assert stage(row) is Stage.DECLINED
    assert "本人或者亲属个人问题" in row.declined_reason
    message = Message.objects.get(recipient=town.deputy_user, kind="suggestion")
    assert "代表法" in message.body
    refused(lambda: SUGGESTION.take("assign", town.chair, row, lead=town.unit, on=day(3, 20)), "不予受理")


# -- given to units


def test_assigning_starts_the_clock_and_tells_the_units(town):
    row = assigned(town, assisting=[town.other_unit])
    assert stage(row) is Stage.ASSIGNED
    assert due(row) == day(6, 20)
    told = set(Message.objects.filter(key__contains="assigned").values_list("recipient__username", flat=True))
    assert told == {"handler", "handler2", "deputy"}
    message = Message.objects.get(recipient=town.handler, key__contains="assigned")
    assert "2022年3月20日交办 + 3个月 = 2022年6月20日" in message.body


def test_the_difficult_have_six_months(town):
    assert due(assigned(town, difficult=True)) == day(9, 20)


@pytest.mark.parametrize(("month", "number"), [(3, 16), (3, 15)])
def test_nothing_is_assigned_before_it_was_registered(town, month, number):
    row = registered(town)
    findings = refused(lambda: SUGGESTION.take("assign", town.chair, row, lead=town.unit, on=day(month, number)))
    assert {finding.field for finding in findings} == {"on"}
    refused(lambda: SUGGESTION.take("assign", town.chair, submit(town), lead=town.unit, on=day(3, 20)), "不能交办")


def test_a_unit_is_not_both(town):
    row = registered(town)
    refused(
        lambda: SUGGESTION.take("assign", town.chair, row, lead=town.unit, assisting=[town.unit], on=day(3, 20)),
        "不能同时协办",
    )
    assert not Assignment.objects.exists()


def test_a_unit_acts_for_itself_alone(town):
    row = assigned(town)
    refused(lambda: SUGGESTION.take("sign", town.other_handler, row, on=day(3, 21)), "不是交给您的单位")
    row = SUGGESTION.take("sign", town.handler, row, on=day(3, 21))
    refused(lambda: SUGGESTION.take("sign", town.handler, row, on=day(3, 22)), "已于2022年3月21日签收")
    stranger = f"这一步没有等{town.other_unit}办理的部分"
    refused(
        lambda: SUGGESTION.take(
            "talk", town.clerk, row, unit=town.other_unit, way="phone", summary="说", on=day(3, 25)
        ),
        stranger,
    )
    refused(
        lambda: SUGGESTION.take("talk", town.other_handler, row, way="phone", summary="说", on=day(3, 25)),
        "不是交给您的单位",
    )
    refused(
        lambda: SUGGESTION.take("reply", town.other_handler, row, text="答", grade="A", on=day(3, 25)),
        "不是交给您的单位",
    )
    refused(
        lambda: SUGGESTION.take("reply", town.deputy_user, row, text="答", grade="A", on=day(3, 25)),
        "由办事员、承办单位办理",
    )
    (lead,) = queries.current_shares(queries.fresh(row))
    assert (lead.unit, lead.signed_on, stage(row)) == (town.unit, day(3, 21), Stage.SIGNED)
    assert not Talk.objects.exists()
    assert not Reply.objects.exists()
    refused(
        lambda: SUGGESTION.take("return", town.other_handler, row, reason="不归我们管", on=day(3, 25)),
        "不是交给您的单位",
    )
    refused(
        lambda: SUGGESTION.take(
            "ask-extension", town.other_handler, row, new_due=day(8, 1), reason="要时间", on=day(4, 1)
        ),
        "不是交给您的单位",
    )


def test_the_clerk_writes_down_what_a_unit_sent_on_paper(town):
    row = SUGGESTION.take("sign", town.clerk, assigned(town), on=day(3, 21))
    assert queries.answering_shares(row)[0].signed_on == day(3, 21)


def test_signing_before_the_assigning_is_refused(town):
    row = assigned(town, assisting=[town.other_unit])
    for user in (town.handler, town.other_handler):
        refused(lambda user=user: SUGGESTION.take("sign", user, row, on=day(3, 19)), "早于交办日期")
    assert [one.signed_on for one in queries.current_shares(queries.fresh(row))] == [None, None]


def test_returned_and_given_to_another_the_clock_runs_on(town):
    row = signed(town)
    refused(lambda: SUGGESTION.take("return", town.handler, row, reason="", on=day(3, 25)), "理由")
    row = SUGGESTION.take("return", town.handler, row, reason="不属于本站职责", on=day(3, 25))
    assert stage(row) is Stage.RETURNED
    refused(
        lambda: SUGGESTION.take("reply", town.handler, row, text="答", grade="A", on=day(3, 26)), "不是交给您的单位"
    )
    refused(lambda: SUGGESTION.take("reassign", town.chair, row, lead=town.unit, on=day(3, 28)), "刚刚退办")
    refused(lambda: SUGGESTION.take("reassign", town.chair, row, lead=town.other_unit, on=day(3, 24)), "早于退办日期")
    row = SUGGESTION.take("reassign", town.chair, row, lead=town.other_unit, on=day(3, 28))
    assert stage(row) is Stage.ASSIGNED
    assert due(row) == day(6, 20)
    row = SUGGESTION.take("sign", town.other_handler, row, on=day(3, 29))
    refused(lambda: SUGGESTION.take("reply", town.handler, row, text="答", grade="A", on=day(4, 1)), "不是交给您的单位")
    assert stage(row) is Stage.SIGNED


def test_talks_of_a_unit_that_returned_it_do_not_count_for_the_next(town):
    row = signed(town)
    SUGGESTION.take("talk", town.handler, row, way="phone", summary="说了。", on=day(3, 22))
    SUGGESTION.take("return", town.handler, row, reason="不归我们管", on=day(3, 25))
    row = SUGGESTION.take("reassign", town.chair, row, lead=town.other_unit, on=day(3, 28))
    row = SUGGESTION.take("sign", town.other_handler, row, on=day(3, 29))
    assert stage(row) is Stage.SIGNED


def test_assisting_units_advise_once(town):
    row = signed(town, assisting=[town.other_unit])
    refused(lambda: SUGGESTION.take("advise", town.handler, row, advice="好", on=day(4, 1)), "协办")
    refused(lambda: SUGGESTION.take("advise", town.other_handler, row, advice="", on=day(4, 1)), "协办意见")
    refused(lambda: SUGGESTION.take("advise", town.other_handler, row, advice="好", on=day(3, 19)), "早于交办日期")
    SUGGESTION.take("advise", town.other_handler, row, advice="学校一段由我们配合。", on=day(4, 1))
    refused(lambda: SUGGESTION.take("advise", town.other_handler, row, advice="再说", on=day(4, 2)), "已于2022年4月1日")
    advised = {one.unit: (one.advice, one.advice_on) for one in queries.current_shares(queries.fresh(row))}
    assert advised == {town.unit: ("", None), town.other_unit: ("学校一段由我们配合。", day(4, 1))}


# -- more time


def test_an_extension_is_asked_and_agreed_before_the_day(town):
    row = signed(town)
    (found,) = refused(
        lambda: SUGGESTION.take("ask-extension", town.handler, row, new_due=day(6, 20), reason="汛期", on=day(6, 1)),
        "延至的日期应当晚于原期限2022年6月20日。",
    )
    assert found.field == "new_due"
    refused(
        lambda: SUGGESTION.take("ask-extension", town.handler, row, new_due=day(9, 21), reason="汛期", on=day(6, 1)),
        "最迟不超过",
    )
    refused(
        lambda: SUGGESTION.take("ask-extension", town.handler, row, new_due=day(8, 1), reason="汛期", on=day(6, 21)),
        "不能再延期",
    )
    refused(lambda: SUGGESTION.take("extension", town.chair, row, decision="agree", on=day(6, 1)), "没有等待答复")
    assert not Extension.objects.exists()
    SUGGESTION.take("ask-extension", town.handler, row, new_due=day(8, 1), reason="汛期不能施工", on=day(6, 1))
    assert due(row) == day(6, 20)
    refused(
        lambda: SUGGESTION.take("ask-extension", town.handler, row, new_due=day(8, 2), reason="汛期", on=day(6, 2)),
        "已有一份",
    )
    refused(lambda: SUGGESTION.take("extension", town.chair, row, decision="agree", on=day(5, 31)), "早于申请日期")
    refused(lambda: SUGGESTION.take("extension", town.chair, row, decision="agree", on=day(6, 21)), "晚于答复期限")
    SUGGESTION.take("extension", town.chair, row, decision="agree", on=day(6, 10))
    assert due(row) == day(8, 1)
    assert Message.objects.filter(recipient=town.deputy_user, title__contains="同意延期").exists()


def test_an_extension_declined_leaves_the_day(town):
    row = signed(town)
    SUGGESTION.take("ask-extension", town.handler, row, new_due=day(8, 1), reason="汛期", on=day(6, 1))
    SUGGESTION.take("extension", town.chair, row, decision="decline", on=day(6, 2))
    assert due(row) == day(6, 20)
    SUGGESTION.take("ask-extension", town.handler, row, new_due=day(7, 1), reason="少要一些", on=day(6, 3))
    SUGGESTION.take("extension", town.chair, row, decision="agree", on=day(6, 4), new_due=day(6, 25))
    assert due(row) == day(6, 25)


# -- what the step before left behind


def test_a_unit_that_still_assists_gets_no_second_share(town):
    row = assigned(town, assisting=[town.other_unit])
    SUGGESTION.take("return", town.handler, row, reason="不归我们管", on=day(3, 25))
    with action(SET_UP, actor=None):
        third = Unit.objects.create(township=town.township, name="农业服务中心")
    taking = {"lead": third, "on": day(3, 28)}
    refused(lambda: SUGGESTION.take("reassign", town.chair, row, lead=town.other_unit, on=day(3, 28)), "正在协办")
    SUGGESTION.take("reassign", town.chair, row, assisting=[town.other_unit], **taking)
    shares = [(share.unit, share.part) for share in queries.current_shares(queries.fresh(row))]
    assert sorted(shares, key=lambda pair: pair[1]) == [(town.other_unit, "assist"), (third, "lead")]


def test_a_cosigning_is_not_confirmed_after_the_end(town):
    row = submit(town, cosigners=[town.deputies[1]])
    SUGGESTION.take("withdraw", town.deputy_user, row, reason="已经解决", on=day(3, 20))
    refused(lambda: SUGGESTION.take("confirm", town.clerk, row, deputy=town.deputies[1], on=day(3, 21)), "不能确认联名")
    assert Cosigner.objects.get(suggestion=row).confirmed_on is None


def test_an_assisting_unit_signs_after_the_lead_and_after_the_reply_but_not_after_the_rating(town):
    row = signed(town, assisting=[town.other_unit])
    SUGGESTION.take("sign", town.other_handler, row, on=day(4, 2))
    assert [share.signed_on for share in queries.current_shares(queries.fresh(row))] == [day(3, 21), day(4, 2)]
    late = replied(town, assisting=[town.other_unit])
    SUGGESTION.take("rate", town.deputy_user, late, attitude="good", result="good", on=day(5, 15))
    refused(lambda: SUGGESTION.take("sign", town.other_handler, late, on=day(5, 16)), "不能签收")


def test_nobody_asks_for_more_time_where_the_law_leaves_none(town):
    row = assigned(town, difficult=True)
    refused(
        lambda: SUGGESTION.take("ask-extension", town.handler, row, new_due=day(10, 1), reason="汛期", on=day(4, 1)),
        "已是允许的最晚日期",
    )
    (lead,) = queries.current_shares(queries.fresh(row))
    assert queries.asked_extension(queries.fresh(row), lead) is None


def test_what_was_handed_in_after_a_session_had_closed_was_not_handed_in_at_it(town):
    with action(SET_UP, actor=None):
        days = {"opened_on": day(3, 10), "closed_on": day(3, 11)}
        held = Session.objects.create(township=town.township, term=town.term, number=2, **days)
    with pytest.raises(Refused, match="提出日期在闭幕以后的，请选“闭会期间”") as wrong:
        submit(town, session=held, on=day(3, 12))
    assert [one.field for one in wrong.value.findings] == ["session"]
    assert not Suggestion.objects.exists()
    assert submit(town, session=held, on=day(3, 11)).session == held
