"""A suggestion from the reply to its end: rated, handled again, closed, taken back."""

import pytest
from django.db import IntegrityError, transaction

from congress.guard import scope
from congress.guard.action import action, verb
from congress.models import AuditEvent, Message
from congress.permissions import standing_in_township
from proposals import actions, queries
from proposals.life import MATTER, SUGGESTION
from proposals.listings.suggestions import days_left
from proposals.models import Matter, Rating, Reply
from proposals.stages import Stage
from tests.proposals.helpers import (
    a_matter,
    assigned,
    day,
    dissatisfied,
    rated,
    refused,
    registered,
    replied,
    signed,
)

pytestmark = pytest.mark.django_db


def stage(row) -> Stage:
    return queries.stage_of(queries.fresh(row))


def due(row):
    return queries.due_of(queries.fresh(row)).date


def test_talk_reply_and_a_good_rating_close_it(town):
    row = rated(town)
    row = queries.fresh(row)
    assert stage(row) is Stage.CLOSED
    assert row.closed_on == day(5, 15)
    assert queries.late_by(row, day(12, 31)) == 0
    refused(lambda: SUGGESTION.take("withdraw", town.deputy_user, row, reason="不用了", on=day(6, 1)), "已办结")


def test_a_reply_needs_the_signing_for_and_comes_once_a_round(town):
    row = assigned(town)
    refused(lambda: SUGGESTION.take("reply", town.handler, row, text="答", grade="A", on=day(4, 1)), "不能答复")
    row = SUGGESTION.take("sign", town.handler, row, on=day(3, 21))
    refused(lambda: SUGGESTION.take("reply", town.handler, row, text="", grade="A", on=day(4, 1)), "答复内容")
    findings = refused(lambda: SUGGESTION.take("reply", town.handler, row, text="答", grade="A", on=day(3, 19)))
    assert {finding.field for finding in findings} == {"on"}
    SUGGESTION.take("reply", town.handler, row, text="答", grade="C", on=day(4, 1))
    refused(lambda: SUGGESTION.take("reply", town.handler, row, text="再答", grade="A", on=day(4, 2)), "不能答复")
    assert Reply.objects.get().grade == "C"


def test_a_late_reply_stays_late_whenever_it_is_entered(town):
    row = queries.fresh(replied(town, on=day(6, 25)))
    assert queries.late_by(row, day(12, 31)) == 5
    assert AuditEvent.objects.get(verb="proposals.reply").detail["逾期天数"] == 5


def test_only_the_lead_deputy_rates(town):
    row = replied(town)
    for user in (town.clerk, town.chair, town.handler):
        refused(
            lambda user=user: SUGGESTION.take("rate", user, row, attitude="good", result="good", on=day(5, 15)),
            "由代表办理",
        )
    refused(
        lambda: SUGGESTION.take("rate", town.deputy_user, row, attitude="good", result="good", on=day(5, 9)),
        "早于答复日期",
    )
    findings = refused(
        lambda: SUGGESTION.take("rate", town.deputy_user, row, attitude="bad", result="good", on=day(5, 15)), "理由"
    )
    assert findings[0].field == "reason"
    assert findings[0].ground == "机关内部惯例，法律没有规定"
    assert not Rating.objects.exists()


def test_dissatisfied_leads_to_a_second_handling_that_never_overwrites_the_first(town):
    row = dissatisfied(town)
    assert stage(row) is Stage.REOPENED
    shown = days_left(queries.fresh(row))
    assert (shown.word, shown.tone) == ("上一次按期答复", "neutral")
    assert Message.objects.filter(recipient=town.chair, title__contains="不满意").exists()
    found = refused(lambda: SUGGESTION.take("close", town.chair, row, note="就这样", on=day(5, 16)), "应当先重新交办")
    assert found[0].ground == "机关内部惯例，法律没有规定"
    refused(lambda: SUGGESTION.take("reopen", town.chair, row, lead=town.unit, on=day(5, 14)), "早于评价日期")
    row = SUGGESTION.take("reopen", town.chair, row, lead=town.unit, on=day(5, 20))
    assert stage(row) is Stage.ASSIGNED
    assert due(row) == day(6, 20)
    assert "内部惯例" in queries.due_of(queries.fresh(row)).formula
    row = SUGGESTION.take("sign", town.handler, row, on=day(5, 21))
    SUGGESTION.take("reply", town.handler, row, text="已经延伸到地头。", grade="A", on=day(6, 10))
    SUGGESTION.take("rate", town.deputy_user, row, attitude="good", result="good", on=day(6, 15))
    assert [(one.round, one.result) for one in Rating.objects.order_by("round")] == [(1, "bad"), (2, "good")]
    assert stage(row) is Stage.CLOSED


def test_the_database_itself_keeps_the_first_rating_single(town):
    row = dissatisfied(town)
    with pytest.raises(IntegrityError), transaction.atomic(), action(verb("tests.set_up", "布置测试"), actor=None):
        Rating.objects.create(
            township=town.township,
            suggestion=row,
            deputy=town.deputies[0],
            round=1,
            attitude="good",
            result="good",
            rated_on=day(5, 20),
        )


def test_the_second_handling_has_the_offices_months_where_no_rule_is_held(town):
    actions.set_period(
        town.chair, town.township, kind="second_handling", value=2, effective_from=day(5, 1), basis="主席团会议确定"
    )
    row = SUGGESTION.take("reopen", town.chair, dissatisfied(town), lead=town.unit, on=day(5, 20))
    assert due(row) == day(7, 20)


def test_dissatisfied_again_is_for_the_presidium_to_end(town):
    row = SUGGESTION.take("reopen", town.chair, dissatisfied(town), lead=town.unit, on=day(5, 20))
    row = SUGGESTION.take("sign", town.handler, row, on=day(5, 21))
    SUGGESTION.take("reply", town.handler, row, text="条件所限。", grade="C", on=day(6, 10))
    SUGGESTION.take("rate", town.deputy_user, row, attitude="fair", result="bad", reason="仍未解决", on=day(6, 15))
    assert stage(row) is Stage.REOPENED
    refused(lambda: SUGGESTION.take("close", town.chair, row, note="", on=day(6, 20)), "说明")
    refused(lambda: SUGGESTION.take("close", town.chair, row, note="列入明年计划", on=day(6, 14)), "早于评价日期")
    SUGGESTION.take("close", town.chair, row, note="主席团研究，列入明年计划", on=day(6, 20))
    assert stage(row) is Stage.CLOSED
    assert Rating.objects.count() == 2


def test_silence_closes_without_a_rating(town):
    row = SUGGESTION.take("close", town.clerk, replied(town), note="经催促代表未反馈意见", on=day(8, 1))
    assert stage(row) is Stage.CLOSED
    assert not Rating.objects.exists()


def test_the_deputy_takes_it_back_and_the_handling_ends(town):
    row = signed(town)
    refused(lambda: SUGGESTION.take("withdraw", town.handler, row, reason="不用了", on=day(4, 1)), "由办事员、代表办理")
    refused(lambda: SUGGESTION.take("withdraw", town.deputy_user, row, reason="", on=day(4, 1)), "书面")
    refused(lambda: SUGGESTION.take("withdraw", town.deputy_user, row, reason="不用了", on=day(3, 1)), "早于提出日期")
    row = SUGGESTION.take("withdraw", town.deputy_user, row, reason="问题已解决", on=day(4, 1))
    assert stage(row) is Stage.WITHDRAWN
    assert queries.facts_of(queries.fresh(row)).withdrawn_on == day(4, 1)
    refused(lambda: SUGGESTION.take("reply", town.handler, row, text="答", grade="A", on=day(4, 2)), "已撤回")
    assert Message.objects.filter(recipient=town.handler, title__contains="撤回").exists()


def test_the_voters_matter_is_closed_with_its_suggestion(town):
    matter = a_matter(town)
    row = MATTER.take(
        "suggestion",
        town.deputy_user,
        matter,
        lead=town.deputies[0],
        title="修渠",
        situation="塌了",
        proposal="修",
        on=day(3, 16),
    )
    SUGGESTION.take("register", town.clerk, row, on=day(3, 17))
    SUGGESTION.take("assign", town.chair, row, lead=town.unit, on=day(3, 20))
    SUGGESTION.take("sign", town.handler, row, on=day(3, 21))
    SUGGESTION.take("reply", town.handler, row, text="修好了。", grade="A", on=day(5, 10))
    SUGGESTION.take("rate", town.deputy_user, row, attitude="good", result="good", on=day(5, 15))
    matter = Matter.objects.get()
    assert matter.resolved_on == day(5, 15)
    assert "2022-001" in matter.answer
    MATTER.take("tell", town.deputy_user, matter, on=day(5, 16), how="走访", opinion="good")


def test_no_name_of_a_confidential_suggestion_reaches_a_unit(town):
    row = rated(town, confidential=True)
    messages = Message.objects.filter(recipient__in=[town.handler, town.other_handler])
    told = "".join(f"{one.title}{one.body}" for one in messages)
    assert "曾田" not in told
    assert messages
    assert not queries.sees_names(standing(town, town.handler), queries.fresh(row))
    assert queries.sees_names(standing(town, town.clerk), queries.fresh(row))
    assert queries.sees_names(standing(town, town.deputy_user), queries.fresh(row))


def standing(town, user):
    return standing_in_township(user, town.township)


def test_every_step_leaves_one_event_without_names(town):
    rated(town)
    verbs = list(
        AuditEvent.objects.filter(verb__startswith="proposals.").order_by("seq").values_list("verb", flat=True)
    )
    assert verbs == [f"proposals.{step}" for step in "submit register assign sign talk reply rate".split()]
    told = str(list(AuditEvent.objects.filter(verb__startswith="proposals.").values_list("detail", flat=True)))
    assert "曾田" not in told


def test_the_county_writes_nothing(town):
    row = registered(town)
    with scope.reading([town.township]), pytest.raises(Exception, match=r"row-level security|violates"):
        SUGGESTION.take("assign", town.chair, row, lead=town.unit, on=day(3, 20))
    assert stage(row) is Stage.REGISTERED
