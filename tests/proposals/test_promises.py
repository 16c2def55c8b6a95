"""What a unit promises in its reply stays in view until it is kept or explained; what went upwards is asked about."""

from datetime import date

import pytest
from django.urls import reverse

from congress import clock
from congress.models import Message
from congress.steps import standing_of
from congress.work import deadlines
from proposals import queries
from proposals.life import MATTER, SUGGESTION
from proposals.models import Matter, Promise
from tests.proposals.helpers import a_matter, apart, at, day, refused, signed, text_of

DUE = day(9, 30)


@pytest.fixture
def town(world):
    with world.in_township():
        yield world


def promised(world, row=None, *, on=None, due=DUE, grade="B"):
    return SUGGESTION.take(
        "reply",
        world.handler,
        row or signed(world),
        text="列入计划。",
        grade=grade,
        promised_on=due,
        on=on or day(5, 10),
    )


def closed(world):
    row = promised(world)
    return SUGGESTION.take("rate", world.deputy_user, row, attitude="good", result="fair", on=day(5, 15))


def thread(world, row):
    return queries.suggestion_thread(standing_of(world.clerk, world.township), SUGGESTION.find(row.pk))


def board(world, on):
    return [(line.deadline.key, line.title, line.due_on) for line in deadlines.board(on)]


# -- made


def test_a_reply_of_class_b_names_a_day_and_c_may(town):
    row = signed(town)
    found = refused(lambda: promised(town, row, due=None), "承诺完成日期")
    assert found[0].field == "promised_on"
    refused(lambda: promised(town, row, due=day(5, 10)), "答复日期以后")
    refused(lambda: promised(town, row, grade="A"), "不填承诺完成日期")
    refused(lambda: promised(town, row, grade="D"), "不填承诺完成日期")
    promised(town, row, grade="C", due=None)
    assert not Promise.objects.exists()
    promised(town, signed(town, title="另一件"), grade="C")
    assert Promise.objects.get().due_on == DUE


def test_the_page_asks_for_the_day_and_keeps_what_was_typed(town, browse):
    row = signed(town)
    sent = {"version": "", "on": "2022-05-10", "grade": "B", "text": "明年装完路灯。", "promised_on": ""}
    page = text_of(browse(town.handler).post(at(town, "suggestion-reply", row.pk), sent))
    assert "B类答复请填写承诺完成日期" in page
    assert "明年装完路灯。</textarea>" in page


# -- in view until it is settled


def test_a_promise_outlives_the_closing_of_its_suggestion(town, browse):
    row = closed(town)
    assert board(town, DUE) == [("suggestion.promise", f"{row}：水利站", DUE)]
    assert [(one.text, one.date, one.state) for one in thread(town, row)][-1] == ("水利站承诺完成", DUE, "ahead")
    with clock.frozen(day(10, 2)):
        for user in (town.clerk, town.handler):
            home = browse(user).get(reverse("township_home", args=[town.township.code]))
            [line] = [one for one in home.context["todos"] if one.label == "承诺事项到期未落实"]
            assert [one.suggestion_id for one in browse(user).get(line.url).context["page"]] == [row.pk]
        assert "到期未落实" not in text_of(
            browse(town.other_handler).get(reverse("township_home", args=[town.township.code]))
        )


def test_the_unit_and_the_clerk_are_reminded_once_at_each_step(town):
    closed(town)
    before = Message.objects.count()
    deadlines.sweep(town.township, day(9, 23))
    deadlines.sweep(town.township, day(9, 24))
    told = Message.objects.filter(kind="suggestion.promise")
    assert {one.recipient for one in told} == {town.handler, town.clerk}
    assert Message.objects.count() == before + 2
    assert "非法定" in told.first().body


def test_a_kept_promise_is_told_and_out_of_view(town):
    row = closed(town)
    refused(lambda: SUGGESTION.take("fulfil", town.other_handler, row, note="建成", on=day(9, 20)), "没有等待反馈")
    refused(lambda: SUGGESTION.take("fulfil", town.handler, row, note="建成", on=day(5, 9)), "早于承诺日期")
    SUGGESTION.take("fulfil", town.handler, row, note="路灯已装完。", on=day(9, 20))
    assert board(town, DUE) == []
    one = Promise.objects.get()
    assert (one.outcome, one.settled_on, one.note) == ("kept", day(9, 20), "路灯已装完。")
    assert ("水利站反馈承诺已落实", "路灯已装完。", "云溪水利站") in [
        (e.text, e.note, e.actor) for e in thread(town, row)
    ]
    assert Message.objects.filter(recipient=town.deputy_user, title__contains="反馈承诺已落实").count() == 1
    refused(lambda: SUGGESTION.take("fulfil", town.clerk, row, note="再报", on=day(9, 21)), "没有等待反馈")


def test_a_promise_that_could_not_be_kept_is_explained_and_put_off(town):
    row = closed(town)
    explain = {"note": "资金没有到位。", "on": day(9, 25)}
    found = refused(
        lambda: SUGGESTION.take("explain", town.handler, row, new_due=DUE, **explain),
        "改到的日期应当晚于2022年9月30日。",
    )
    assert [one.field for one in found] == ["new_due"]
    assert [(one.due_on, one.settled_on, one.outcome) for one in Promise.objects.all()] == [(DUE, None, "")]
    SUGGESTION.take("explain", town.handler, row, new_due=day(12, 31), **explain)
    assert [(one.due_on, one.outcome) for one in Promise.objects.all()] == [(DUE, "unkept"), (day(12, 31), "")]
    assert [due for _, _, due in board(town, DUE)] == [day(12, 31)]
    SUGGESTION.take("explain", town.clerk, row, new_due=None, note="不再实施。", on=day(12, 1))
    assert board(town, DUE) == []


def test_each_unit_settles_its_own_promise(town):
    row = apart(town)
    for user in (town.handler, town.other_handler):
        SUGGESTION.take("sign", user, row, on=day(3, 21))
        SUGGESTION.take("reply", user, row, text="计划。", grade="B", promised_on=DUE, on=day(4, 1))
    SUGGESTION.take("fulfil", town.other_handler, row, note="建成", on=day(5, 1))
    assert [one.unit for one in Promise.objects.filter(settled_on=None)] == [town.unit]


def test_a_new_reply_takes_the_place_of_what_was_promised_before(town):
    row = promised(town)
    SUGGESTION.take("rate", town.deputy_user, row, attitude="fair", result="bad", reason="太晚", on=day(5, 15))
    SUGGESTION.take("reopen", town.chair, row, lead=town.unit, on=day(5, 16))
    SUGGESTION.take("sign", town.handler, row, on=day(5, 17))
    SUGGESTION.take("reply", town.handler, row, text="已修好", grade="A", on=day(5, 20))
    assert Promise.objects.get().outcome == "replaced"


def test_a_withdrawn_suggestion_promises_nothing(town):
    row = promised(town)
    SUGGESTION.take("withdraw", town.deputy_user, row, reason="另行提出", on=day(6, 1))
    assert board(town, DUE) == []
    refused(lambda: SUGGESTION.take("fulfil", town.handler, row, note="建成", on=day(6, 2)), "这件建议已撤回。")
    assert Promise.objects.get().settled_on is None


def test_the_list_shows_what_the_viewer_may_see(town, browse):
    promised(town, signed(town, confidential=True))
    listed = at(town, "promises")
    assert len(browse(town.handler).get(listed).context["page"]) == 1
    assert list(browse(town.other_handler).get(listed).context["page"]) == []
    for state, number in (("open", 0), ("late", 1), ("kept", 0), ("unkept", 0)):
        assert len(browse(town.clerk).get(f"{listed}?state={state}").context["page"]) == number


# -- what went upwards


def test_what_went_upwards_is_asked_about_on_its_day(town):
    row = a_matter(town)
    found = refused(
        lambda: MATTER.take("upward", town.clerk, row, passed_to="县水利局", ask_on=day(3, 16), on=day(3, 16)),
        "询问的日期应当在以后。",
    )
    assert [one.field for one in found] == ["ask_on"]
    assert Matter.objects.get().channel == ""
    MATTER.take("upward", town.clerk, row, passed_to="县水利局", on=day(3, 16))
    assert [(key, due) for key, _, due in board(town, day(4, 1))] == [("matter.follow_up", day(4, 15))]
    MATTER.take("ask", town.deputy_user, row, note="已立项。", ask_on=day(6, 1), on=day(4, 15))
    row = Matter.objects.get(pk=row.pk)
    assert (row.ask_on, row.answer) == (day(6, 1), "2022年4月15日询问县水利局：已立项。")
    assert [due for _, _, due in board(town, day(4, 1))] == [day(6, 1)]
    refused(lambda: MATTER.take("ask", town.clerk, a_matter(town), note="x", ask_on=day(6, 1)), "没有报上级")
    MATTER.take("resolve", town.clerk, row, answer="已建成。", on=day(5, 1))
    assert day(6, 1) not in [due for _, _, due in board(town, day(5, 1))]


def test_a_matter_logged_as_passed_upwards_has_its_day_as_well(town):
    row = a_matter(town, channel="upward", text="县水利局")
    assert row.ask_on == date(2022, 4, 14)
