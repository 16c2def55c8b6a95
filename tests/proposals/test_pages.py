"""Pages: who may open what, what the phone form asks, what is kept when a step is refused, and that lists stay cheap."""

import re
import uuid

import pytest
from django.urls import reverse

from congress import clock
from congress.guard.action import action, verb
from congress.models import AuditEvent, Unit
from proposals import actions, queries
from proposals.models import Matter, Reception, Reply, Suggestion
from tests.cast import make_deputy
from tests.proposals.helpers import a_matter, assigned, day, log, new_matter, rated, registered, replied, signed, submit

pytestmark = pytest.mark.django_db
SET_UP = verb("tests.set_up", "布置测试")


@pytest.fixture(autouse=True)
def _june():
    with clock.frozen(day(6, 1)):
        yield


def at(world, name, *rest):
    return reverse(f"proposals-{name}", args=[world.township.code, *rest])


def text_of(response) -> str:
    return response.content.decode()


# -- the phone form


def reception_data(world, **values):
    data = {
        "key": str(uuid.uuid4()),
        "held_on": "2022-05-31",
        "station": str(world.station.pk),
        "deputies": [str(world.deputies[0].pk)],
        "people": "4",
        "words": "自来水水压太小，做饭时上不来水。",
        "category": str(world.category.pk),
        "channel": "on_the_spot",
        "text": "水厂本月换泵，换完就好。",
    }
    return {**data, **values}


def test_the_common_case_of_the_phone_form_has_at_most_eight_fields(world, browse):
    page = text_of(browse(world.deputy_user).get(at(world, "reception-new")))
    form = page[page.index("reception-form") : page.index("form-foot")]
    before_more = form[: form.index("<details")]
    asked = set(re.findall(r'<(?:input|select|textarea)[^>]*name="([^"]+)"', before_more))
    hidden = set(re.findall(r'<input type="hidden" name="([^"]+)"', before_more))
    assert asked - hidden <= {"held_on", "station", "deputies", "people", "words", "category", "channel", "text"}
    assert len(asked - hidden) <= 8
    assert f'value="{world.deputies[0].pk}"' in form.replace("checked", "checked")
    assert re.search(rf'value="{world.deputies[0].pk}"[^>]*checked', form)
    assert 'value="2022-06-01"' in form
    # Personal fields stay out of drafts kept in the browser.
    personal = form[form.index("data-personal") :]
    for name in ("visitor_name", "visitor_phone", "visitor_village"):
        assert f'name="{name}"' in personal


def test_a_deputy_logs_a_reception_once(world, browse):
    client, data = browse(world.deputy_user), reception_data(world)
    first = client.post(at(world, "reception-new"), data)
    again = client.post(at(world, "reception-new"), data)
    assert first.status_code == again.status_code == 302
    assert first.url == again.url
    with world.in_township():
        assert Reception.objects.count() == 1
        matter = Matter.objects.get()
    assert matter.resolved_on == day(5, 31)
    assert "水压太小" in text_of(client.get(first.url))


def test_one_tap_hands_it_to_a_unit(world, browse):
    browse(world.deputy_user).post(
        at(world, "reception-new"), reception_data(world, channel=f"unit:{world.unit.pk}", text="")
    )
    with world.in_township():
        assert Matter.objects.get().unit == world.unit


def test_save_and_add_one_more_and_turn_into_a_suggestion(world, browse):
    client = browse(world.deputy_user)
    answer = client.post(at(world, "reception-new"), reception_data(world, again="1"))
    assert answer.url.endswith("/add/")
    data = {
        "key": str(uuid.uuid4()),
        "words": "村口路灯不亮。",
        "category": str(world.category.pk),
        "channel": "suggestion",
        "text": "",
    }
    onward = client.post(answer.url, data)
    assert onward.url.endswith("/suggestion/")
    page = text_of(client.get(onward.url))
    assert "接待选民时反映：村口路灯不亮。" in page
    made = client.post(
        onward.url,
        {
            "key": str(uuid.uuid4()),
            "lead": str(world.deputies[0].pk),
            "title": "关于修复村口路灯的建议",
            "situation": "路灯不亮。",
            "proposal": "请修复。",
            "category": str(world.category.pk),
            "scale": "upward",
            "confidential": "on",
            "submitted_on": "2022-06-01",
        },
    )
    assert made.status_code == 302, text_of(made)
    with world.in_township():
        suggestion = Suggestion.objects.select_related("matter").get()
    assert suggestion.matter.words == "村口路灯不亮。"
    assert (suggestion.scale, suggestion.confidential) == ("upward", True)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"words": "打我电话13812345678"}, "不要写身份证号或电话号码"),
        ({"held_on": "2022-06-02"}, "日期还没有到"),
        ({"text": ""}, "请写明当场答复的内容"),
        ({"channel": "", "text": "说了"}, "没有选择处理方式"),
        ({"deputies": []}, "必填"),
        ({"office": "镇长", "deputies": None}, "选了多位接待代表"),
    ],
)
def test_a_refused_reception_keeps_every_word(world, browse, values, says):
    if "deputies" in values and values["deputies"] is None:
        values = {**values, "deputies": [str(one.pk) for one in world.deputies]}
    answer = browse(world.deputy_user).post(at(world, "reception-new"), reception_data(world, **values))
    page = text_of(answer)
    assert answer.status_code == 200
    assert says in page
    assert (values.get("words") or "水压太小") in page
    with world.in_township():
        assert not Reception.objects.exists()


# -- the thread through the pages


def test_the_whole_thread_through_its_pages(world, browse):
    with world.in_township():
        row = submit(world, on=day(5, 1))

    def step(user, slug, **data):
        answer = browse(user).post(at(world, f"suggestion-{slug}", row.pk), {"on": "2022-06-01", **data})
        assert answer.status_code == 302, text_of(answer)

    step(world.clerk, "register", on="2022-05-02")
    step(world.chair, "assign", on="2022-05-03", lead=str(world.unit.pk))
    step(world.handler, "sign", on="2022-05-04")
    step(world.handler, "talk", on="2022-05-10", way="visit", summary="看了现场。")
    step(world.handler, "ask-extension", new_due="2022-09-01", reason="汛期")
    step(world.chair, "extension", decision="agree", new_due="")
    step(world.handler, "reply", on="2022-05-20", grade="A", text="已修复。")
    step(world.deputy_user, "rate", attitude="good", result="bad", reason="水没到地头")
    step(world.chair, "reopen", lead=str(world.unit.pk))
    step(world.handler, "sign")
    step(world.handler, "reply", grade="A", text="已延伸到地头。")
    step(world.deputy_user, "rate", attitude="good", result="good", open_to_public="on")
    page = text_of(browse(world.county_viewer).get(at(world, "suggestion", row.pk)))
    for words in (
        "登记，编号2022-001",
        "水利站主办",
        "看了现场。",
        "同意延期",
        "水没到地头",
        "重新交办",
        "已延伸到地头。",
        "已办结",
    ):
        assert words in page
    assert "为什么是这一天" in page
    assert "2022年6月1日重新交办 + 1个月 = 2022年7月1日" in page


def test_a_refused_step_shows_why_at_its_field_and_keeps_the_text(world, browse):
    with world.in_township():
        row = signed(world)
    answer = browse(world.handler).post(
        at(world, "suggestion-reply", row.pk), {"on": "2022-03-01", "grade": "A", "text": "很长的答复内容。"}
    )
    page = text_of(answer)
    assert answer.status_code == 200
    assert "很长的答复内容。" in page
    assert "答复日期2022年3月1日早于交办日期2022年3月20日" in page
    assert 'href="#id_on"' in page
    with world.in_township():
        assert not Reply.objects.exists()


def test_the_law_speaks_on_the_pages_of_steps(world, browse):
    with action(SET_UP, actor=None):
        world.county.province = "zhejiang"
        world.county.save()
    with world.in_township():
        thin = submit(world, title="修路、修渠、修桥", situation="路不好", proposal="请修")
        motion = actions.register(world.clerk, submit(world, actor=world.clerk, from_motion=True), on=day(3, 17))
        joint = submit(world, cosigners=[world.deputies[1]])
        actions.confirm_cosigning(world.clerk, joint, deputy=world.deputies[1], on=day(3, 16))
        actions.register(world.clerk, joint, on=day(3, 17))
        actions.assign(world.chair, joint, lead=world.unit, on=day(3, 20))
        actions.sign_for(world.handler, joint, on=day(3, 21))
    hints = text_of(browse(world.clerk).get(at(world, "suggestion-register", thin.pk)))
    assert "看起来包含几件事" in hints
    assert "内容过少" in hints
    assert "未列入议程的议案转作代表建议" in text_of(browse(world.chair).get(at(world, "suggestion-assign", motion.pk)))
    reply_page = text_of(browse(world.handler).get(at(world, "suggestion-reply", joint.pk)))
    assert "应当答复曾田、单木" in reply_page
    return_page = text_of(browse(world.handler).get(at(world, "suggestion-return", joint.pk)))
    assert "退办说明应当在2022年3月30日以前" in return_page


def test_a_step_that_is_not_due_says_so_instead_of_showing_a_form(world, browse):
    with world.in_township():
        row = registered(world)
    answer = browse(world.handler).get(at(world, "suggestion-reply", row.pk))
    assert answer.status_code == 404  # not the unit's at all
    answer = browse(world.clerk).get(at(world, "suggestion-reply", row.pk))
    assert answer.status_code == 409
    assert "不能答复" in text_of(answer)


def test_two_who_correct_the_same_text_find_out_about_each_other(world, browse):
    with world.in_township():
        row = submit(world)
    data = {
        "version": "0",
        "title": "第一个标题",
        "situation": "情况",
        "proposal": "建议",
        "category": str(world.category.pk),
        "scale": "township",
    }
    assert browse(world.clerk).post(at(world, "suggestion-correct", row.pk), data).status_code == 302
    answer = browse(world.deputy_user).post(at(world, "suggestion-correct", row.pk), {**data, "title": "第二个标题"})
    assert answer.status_code == 409
    assert "第二个标题" in text_of(answer)


def test_buttons_are_only_those_the_viewer_may_press(world, browse):
    with world.in_township():
        row = signed(world)

    def slugs(user):
        page = text_of(browse(user).get(at(world, "suggestion", row.pk)))
        return set(re.findall(rf"/suggestions/{row.pk}/([a-z-]+)/\"", page))

    assert slugs(world.handler) == {"talk", "reply", "ask-extension", "return"}
    assert slugs(world.deputy_user) == {"withdraw"}
    assert slugs(world.chair) == set()
    assert slugs(world.county_viewer) == set()
    assert "reply" in slugs(world.clerk)


# -- who may open what

OPEN_TO = {
    "receptions": {"clerk", "chair", "deputy_user", "county_viewer"},
    "reception-new": {"clerk", "chair", "deputy_user"},
    "matters": {"clerk", "chair", "deputy_user", "county_viewer", "handler", "other_handler"},
    "suggestions": {"clerk", "chair", "deputy_user", "county_viewer", "handler", "other_handler"},
    "suggestion-new": {"clerk", "deputy_user"},
    "handling": {"handler", "other_handler"},
    "mine": {"deputy_user"},
    "periods": {"clerk", "chair", "county_viewer"},
    "period-new": {"clerk", "chair"},
}
MEMBERS = ("clerk", "chair", "deputy_user", "handler", "other_handler", "county_viewer")
STRANGERS = ("neighbour_clerk", "neighbour_handler", "far_viewer", "system", "security", "auditor")


@pytest.mark.parametrize("name", sorted(OPEN_TO))
def test_each_page_opens_to_its_roles_and_to_no_stranger(world, browse, name):
    for user in MEMBERS:
        wanted = 200 if user in OPEN_TO[name] else 403
        assert browse(world.users[user]).get(at(world, name)).status_code == wanted, (user, name)
    for user in STRANGERS:
        assert browse(world.users[user]).get(at(world, name)).status_code == 404, (user, name)


SUGGESTION_STEPS = {
    "": {"clerk", "chair", "deputy_user", "handler", "county_viewer"},
    "register": {"clerk"},
    "decline": {"clerk", "chair"},
    "assign": {"chair"},
    "reassign": {"chair"},
    "reopen": {"chair"},
    "extension": {"chair"},
    "sign": {"clerk", "handler"},
    "return": {"clerk", "handler"},
    "talk": {"clerk", "handler"},
    "advise": {"clerk", "handler"},
    "ask-extension": {"clerk", "handler"},
    "reply": {"clerk", "handler"},
    "rate": {"deputy_user"},
    "close": {"clerk", "chair"},
    "withdraw": {"clerk", "deputy_user"},
    "correct": {"clerk", "deputy_user"},
    "confirm": {"deputy_user"},
}


@pytest.mark.parametrize("slug", sorted(SUGGESTION_STEPS))
def test_each_step_answers_its_roles_alone(world, browse, slug):
    with world.in_township():
        row = signed(world)
    url = at(world, f"suggestion-{slug}" if slug else "suggestion", row.pk)
    for user in MEMBERS:
        allowed = user in SUGGESTION_STEPS[slug]
        for status in {browse(world.users[user]).get(url).status_code, browse(world.users[user]).post(url).status_code}:
            if user == "other_handler":
                assert status in (403, 404)  # a unit it was not given to
            else:
                assert status in ((200, 409) if allowed else (403,)), (user, slug, status)
    for user in STRANGERS:
        assert browse(world.users[user]).get(url).status_code == 404
        assert browse(world.users[user]).post(url).status_code == 404
    with world.in_township():
        assert queries.stage_of(queries.fresh(row)) == "signed"


MATTER_STEPS = {
    "": {"clerk", "chair", "deputy_user", "county_viewer"},
    "answer": {"clerk", "chair", "deputy_user"},
    "unit": {"clerk", "chair", "deputy_user"},
    "upward": {"clerk", "chair", "deputy_user"},
    "decline": {"clerk", "chair", "deputy_user"},
    "suggestion": {"clerk", "deputy_user"},
    "resolve": {"clerk", "chair", "deputy_user"},
    "tell": {"clerk", "chair", "deputy_user"},
    "correct": {"clerk", "chair", "deputy_user"},
    "withdraw": {"clerk"},
}


@pytest.mark.parametrize("slug", sorted(MATTER_STEPS))
def test_each_step_of_a_matter_answers_its_roles_alone(world, browse, slug):
    with world.in_township():
        matter = a_matter(world)
    url = at(world, f"matter-{slug}" if slug else "matter", matter.pk)
    for user in MEMBERS:
        status = browse(world.users[user]).get(url).status_code
        if user in MATTER_STEPS[slug]:
            assert status in (200, 409), (user, slug, status)
        else:
            assert status in (403, 404), (user, slug, status)
    for user in STRANGERS:
        assert browse(world.users[user]).get(url).status_code == 404
        assert browse(world.users[user]).post(url).status_code == 404


def test_a_deputy_sees_the_own_receptions_alone(world, browse):
    with world.in_township():
        other = log(
            world, actor=world.clerk, deputies=[world.deputies[1]], matter=new_matter(world, words="别人接待的事")
        )
    client = browse(world.deputy_user)
    assert client.get(at(world, "reception", other.pk)).status_code == 404
    assert "别人接待的事" not in text_of(client.get(at(world, "matters")))
    with world.in_township():
        matter = other.matters.get()
    assert client.get(at(world, "matter", matter.pk)).status_code == 404


def test_a_unit_sees_what_was_handed_to_it_alone(world, browse):
    with world.in_township():
        mine = a_matter(world, channel="unit", unit=world.unit)
        other = a_matter(world, channel="unit", unit=world.other_unit)
    client = browse(world.handler)
    page = text_of(client.get(at(world, "handling")))
    assert mine.number in page
    assert other.number not in page
    assert client.get(at(world, "matter", other.pk)).status_code == 404


# -- what nobody else may read


def test_the_voter_is_shown_masked_to_few_and_whole_on_record(world, browse):
    with world.in_township():
        visitor = actions.NewVisitor("曾阿水", "13812345678", "云溪村三组")
        matter = a_matter(world, visitor=visitor, confidential=True, channel="unit", unit=world.unit)
    for name in MEMBERS[:-1]:
        user = world.users[name]
        answer = browse(user).get(at(world, "matter", matter.pk))
        page = text_of(answer)
        assert "13812345678" not in page
        assert "曾阿水" not in page
        assert ("138****5678" in page) is (name in ("clerk", "deputy_user")), name
    url = at(world, "visitor", matter.pk, "phone")
    assert browse(world.chair).get(url).status_code == 403
    assert browse(world.deputy_user).post(url, {"reason": "电话反馈办理结果"}).status_code == 200
    shown = browse(world.clerk).post(url, {"reason": "电话反馈办理结果"})
    assert "13812345678" in text_of(shown)
    with world.in_township():
        assert AuditEvent.objects.filter(verb="people.reveal").count() == 2
    assert browse(world.clerk).get(at(world, "visitor", matter.pk, "words")).status_code == 404
    kernel = reverse("reveal", args=[world.township.code, "proposals.visitor", matter.visitor_id, "phone"])
    assert browse(world.chair).post(kernel, {"reason": "电话反馈办理结果"}).status_code in (403, 404)


def test_names_of_a_confidential_suggestion_are_hidden_from_units_everywhere(world, browse):
    with world.in_township():
        matter = a_matter(world, words="怕报复，请保密。", confidential=True)
        row = submit(world, matter=matter, confidential=True, cosigners=[world.deputies[1]])
        actions.register(world.clerk, row, on=day(3, 17))
        row = actions.assign(world.chair, row, lead=world.unit, on=day(3, 20))
        row = actions.sign_for(world.handler, row, on=day(3, 21))
        actions.reply(world.handler, row, text="已修复。", grade="A", on=day(5, 10))
    client = browse(world.handler)
    pages = [at(world, "suggestion", row.pk), at(world, "handling"), at(world, "suggestions")]
    for url in [*pages, at(world, "suggestions") + "?format=csv", at(world, "suggestions") + "?q=曾田"]:
        page = text_of(client.get(url))
        assert "单木" not in page
        assert "云溪代表" not in page
        assert "曾田" not in page.replace("搜索：", "").replace('value="曾田"', "").replace("q=%E6%9B%BE%E7%94%B0", "")
        assert "怕报复" not in page
    assert "关于维修云溪村灌溉渠的建议" not in text_of(client.get(at(world, "suggestions") + "?q=曾田"))
    assert "曾田" in text_of(browse(world.clerk).get(at(world, "suggestion", row.pk)))


def test_a_confidential_suggestion_is_no_business_of_another_deputy(world, browse):
    with world.in_township():
        with action(SET_UP, actor=None):
            other = make_deputy(world.township, "他人", term=world.term)
        row = submit(world, actor=world.clerk, lead=other, confidential=True)
        open_row = submit(world, actor=world.clerk, lead=other, title="公开的建议")
    client = browse(world.deputy_user)
    assert client.get(at(world, "suggestion", row.pk)).status_code == 404
    assert client.get(at(world, "suggestion", open_row.pk)).status_code == 200


# -- lists


@pytest.mark.parametrize(
    ("name", "query", "found", "missing"),
    [
        ("suggestions", "stage=registered", "待交办的一件", "已交办的一件"),
        ("suggestions", "stage=chair", "待交办的一件", "已交办的一件"),
        ("suggestions", "stage=assigned", "已交办的一件", "待交办的一件"),
        ("suggestions", "due=now", "逾期的一件", "已交办的一件"),
        ("suggestions", "due=week", "快到期的一件", "逾期的一件"),
        ("suggestions", "q=快到期", "快到期的一件", "逾期的一件"),
        ("suggestions", "q=曾田", "快到期的一件", "没有符合条件"),
        ("suggestions", "session=none", "快到期的一件", "没有符合条件"),
        ("suggestions", "submitted=2021&year=2021", "没有符合条件", "快到期的一件"),
        ("matters", "state=waiting", "没有分流的事", "交给单位的事"),
        ("matters", "state=open", "交给单位的事", "没有分流的事"),
        ("matters", "channel=unit", "交给单位的事", "没有分流的事"),
        ("matters", "q=分流", "没有分流的事", "交给单位的事"),
        ("matters", "year=2022", "没有分流的事", "没有符合条件"),
        ("receptions", "q=曾田", "云溪联络站</td>", "没有符合条件"),
        ("receptions", "q=无此人", "没有符合条件", "云溪联络站</td>"),
    ],
)
def test_lists_are_searched_and_filtered(world, browse, name, query, found, missing):
    with world.in_township():
        registered(world, title="待交办的一件")
        assigned(world, title="已交办的一件", on=day(5, 1))
        _assigned_on(world, day(2, 10), "逾期的一件")
        _assigned_on(world, day(3, 5), "快到期的一件")
        a_matter(world, words="没有分流的事")
        a_matter(world, words="交给单位的事", channel="unit", unit=world.unit)
    page = text_of(browse(world.clerk).get(f"{at(world, name)}?{query}"))
    assert found in page
    assert missing not in page


def _assigned_on(world, on, title) -> None:
    row = submit(world, title=title, on=on)
    actions.register(world.clerk, row, on=on)
    actions.assign(world.chair, row, lead=world.unit, on=on)


@pytest.mark.parametrize("name", ["suggestions", "matters", "receptions"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_lists_are_taken_along(world, browse, name, form):
    with world.in_township():
        rated(world)
        a_matter(world, visitor=actions.NewVisitor("曾阿水", "13812345678", ""))
    answer = browse(world.clerk).get(f"{at(world, name)}?format={form}")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    if form == "csv":
        assert "13812345678" not in text_of(answer)


def _count(client, url, django_assert_max_num_queries) -> int:
    client.get(url)  # the first request of a session writes the session
    with django_assert_max_num_queries(200) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    ("name", "user"),
    [
        ("suggestions", "clerk"),
        ("suggestions", "handler"),
        ("suggestions", "county_viewer"),
        ("matters", "clerk"),
        ("receptions", "clerk"),
        ("handling", "handler"),
        ("mine", "deputy_user"),
    ],
)
def test_a_list_asks_no_more_for_three_rows_than_for_one(world, browse, name, user, django_assert_max_num_queries):
    client = browse(world.users[user])
    with world.in_township():
        _one_of_each(world)
    one = _count(client, at(world, name), django_assert_max_num_queries)
    with world.in_township():
        _one_of_each(world)
        _one_of_each(world)
    assert _count(client, at(world, name), django_assert_max_num_queries) == one


@pytest.mark.parametrize("user", ["clerk", "chair", "deputy_user", "handler"])
def test_the_home_page_asks_no_more_for_three_rows_than_for_one(world, browse, user, django_assert_max_num_queries):
    client, url = browse(world.users[user]), reverse("township_home", args=[world.township.code])
    with world.in_township():
        _one_of_each(world)
    one = _count(client, url, django_assert_max_num_queries)
    with world.in_township():
        _one_of_each(world)
        _one_of_each(world)
    assert _count(client, url, django_assert_max_num_queries) == one


def _one_of_each(world) -> None:
    submit(world)
    registered(world)
    assigned(world, assisting=[world.other_unit])
    replied(world)
    a_matter(world, channel="unit", unit=world.unit)
    a_matter(world)


def test_todo_lines_lead_to_what_they_count(world, browse):
    with world.in_township():
        _one_of_each(world)
    home = reverse("township_home", args=[world.township.code])
    expected = {
        "clerk": ["代表建议待登记", "反映事项待分流"],
        "chair": ["代表建议待交办"],
        "deputy_user": ["建议已答复，请评价"],
        "handler": ["代表建议待签收", "转办事项待办理"],
    }
    for user, lines in expected.items():
        page = text_of(browse(world.users[user]).get(home))
        for line in lines:
            assert line in page, (user, line)


def test_files_of_a_suggestion_are_for_those_who_see_it(world, browse):
    with world.in_township():
        row = assigned(world)
        other = registered(world)
    attach = reverse("attach", args=[world.township.code, "proposals.suggestion", row.pk])
    assert browse(world.handler).get(attach).status_code == 200
    hidden = reverse("attach", args=[world.township.code, "proposals.suggestion", other.pk])
    assert browse(world.handler).get(hidden).status_code in (403, 404)
    assert browse(world.county_viewer).get(attach).status_code == 403


def test_a_period_is_set_on_its_page(world, browse):
    data = {"kind": "follow_up", "value": "15", "effective_from": "2022-07-01", "basis": "主席团会议确定"}
    assert browse(world.chair).post(at(world, "period-new"), data).status_code == 302
    assert "主席团会议确定" in text_of(browse(world.clerk).get(at(world, "periods")))


def test_a_page_leaves_other_units_names_out_of_choices_of_other_places(world, browse):
    page = text_of(browse(world.deputy_user).get(at(world, "reception-new")))
    assert "MARK" not in page
    with world.in_township():
        assert Unit.objects.filter(name="水利站").exists()
