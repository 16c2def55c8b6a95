"""Pages: what the phone form asks, the whole thread, and what is kept when a step is refused."""

import html
import re
import uuid

import pytest
from django.urls import reverse

from congress.guard.action import action
from proposals import queries
from proposals.life import SUGGESTION
from proposals.models import Matter, Reception, Reply, Suggestion
from tests.proposals.helpers import (
    SET_UP,
    at,
    day,
    registered,
    signed,
    submit,
    text_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


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


REQUIRED = {"held_on", "station", "deputies", "people", "words", "category", "channel", "text"}  # beside the camera


def test_the_common_case_of_the_phone_form_has_at_most_eight_fields(world, browse):
    page = text_of(browse(world.deputy_user).get(at(world, "reception-new")))
    form = page[page.index("for-thumbs") : page.index("form-foot")]
    before_more = form[: form.index("<details")]
    asked = set(re.findall(r'<(?:input|select|textarea)[^>]*name="([^"]+)"', before_more))
    hidden = set(re.findall(r'<input type="hidden" name="([^"]+)"', before_more))
    assert asked - hidden <= {*REQUIRED, "files"}
    assert len((asked - hidden) - {"files"}) <= 8
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


def test_one_tap_proposes_a_unit_to_hand_it_to(world, browse):
    browse(world.deputy_user).post(
        at(world, "reception-new"), reception_data(world, channel=f"unit:{world.unit.pk}", text="")
    )
    with world.in_township():
        assert Matter.objects.get().proposed_unit == world.unit


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
        ({"held_on": "1979-06-30"}, "日期过早，请核对年份"),
        ({"text": ""}, "请写明当场答复的内容"),
        ({"channel": "", "text": "说了"}, "没有选择处理方式"),
        ({"deputies": []}, "接待代表："),
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


@pytest.mark.parametrize(("receiving", "office"), [(1, "镇长"), (2, "")])
def test_an_office_is_that_of_the_one_deputy_and_several_receive_without(world, browse, receiving, office):
    deputies = world.deputies[:receiving]
    values = {"deputies": [str(one.pk) for one in deputies], "office": office}
    answer = browse(world.deputy_user).post(at(world, "reception-new"), reception_data(world, **values))
    assert answer.status_code == 302, text_of(answer)
    with world.in_township():
        told = {row.deputy_id: row.office for row in Reception.objects.get().receivers.all()}
    assert told == {one.pk: office for one in deputies}


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


def test_a_request_for_more_time_is_declined_on_its_page_and_the_day_stays(world, browse):
    with world.in_township():
        row = signed(world)
        SUGGESTION.take("ask-extension", world.handler, row, new_due=day(8, 1), reason="汛期", on=day(4, 1))
        before = queries.due_of(SUGGESTION.find(row.pk)).date
    page, form = at(world, "suggestion-extension", row.pk), {"decision": "decline", "on": "2022-04-03"}
    answer = browse(world.chair).post(page, form, follow=True)
    assert "已答复不同意延期，期限不变。" in text_of(answer)
    with world.in_township():
        assert queries.due_of(SUGGESTION.find(row.pk)).date == before


def test_the_day_of_the_first_contact_is_told_until_there_was_one(world, browse):
    with action(SET_UP, actor=None):
        world.county.province = "chongqing"
        world.county.save()
    with world.in_township():
        row = signed(world)
    page = at(world, "suggestion-talk", row.pk)
    assert "首次联系代表应当在2022年4月18日以前" in text_of(browse(world.handler).get(page))
    with world.in_township():
        SUGGESTION.take("talk", world.handler, row, way="phone", summary="约好看现场。", on=day(3, 25))
    assert "首次联系代表" not in text_of(browse(world.handler).get(page))


def test_the_law_speaks_on_the_pages_of_steps(world, browse):
    with action(SET_UP, actor=None):
        world.county.province = "zhejiang"
        world.county.save()
    with world.in_township():
        thin = submit(world, title="修路、修渠、修桥", situation="路不好", proposal="请修")
        motion = SUGGESTION.take(
            "register", world.clerk, submit(world, actor=world.clerk, from_motion=True), on=day(3, 17)
        )
        joint = submit(world, cosigners=[world.deputies[1]])
        SUGGESTION.take("confirm", world.clerk, joint, deputy=world.deputies[1], on=day(3, 16))
        SUGGESTION.take("register", world.clerk, joint, on=day(3, 17))
        SUGGESTION.take("assign", world.chair, joint, lead=world.unit, on=day(3, 20))
        SUGGESTION.take("sign", world.handler, joint, on=day(3, 21))
    hints = text_of(browse(world.clerk).get(at(world, "suggestion-register", thin.pk)))
    assert "看起来包含几件事" in hints
    assert "内容过少" in hints
    assert "未列入议程的议案转作代表建议" in text_of(browse(world.chair).get(at(world, "suggestion-assign", motion.pk)))
    reply_page = text_of(browse(world.handler).get(at(world, "suggestion-reply", joint.pk)))
    assert "联名建议，应当答复曾田、单木" in reply_page
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
    assert slugs(world.chair) == {"urge", "supervise"}
    assert slugs(world.county_viewer) == set()
    assert "reply" in slugs(world.clerk)


def test_taking_back_is_no_twin_of_what_comes_next_and_the_letter_says_who_signed(world, browse):
    with world.in_township():
        row = signed(world)
        SUGGESTION.take("talk", world.handler, row, way="visit", summary="已到现场。", on=day(5, 10))
        said = {
            "unit": world.unit,
            "text": "已修。",
            "grade": "A",
            "letter_no": "水函〔2022〕3号",
            "signed_by": "站长吴某",
        }
        row = SUGGESTION.take("reply", world.handler, row, on=day(5, 20), **said)
    page = browse(world.deputy_user).get(at(world, "suggestion", row.pk)).content.decode()
    kinds = re.findall(
        r'class="btn (btn-[a-z-]+)" href="[^"]*/(rate|withdraw)/"', page.split("page-head", 1)[1].split("<section")[0]
    )
    assert kinds == [("btn-primary", "rate"), ("btn-link", "withdraw")]
    assert "答复文号水函〔2022〕3号，签发人站长吴某" in page


def test_only_empty_forms_about_no_record_are_kept_on_a_device(world, browse):
    with world.in_township():
        row = signed(world)
    client = browse(world.clerk)
    opens = lambda url: "X-Opens-Offline" in client.get(url)  # noqa: E731
    assert opens(at(world, "reception-new"))
    assert opens(at(world, "suggestion-new"))
    assert "X-Opens-Offline" not in client.post(at(world, "reception-new"), {})
    assert not opens(at(world, "suggestion-reply", row.pk))
    assert not opens(at(world, "receptions"))


def test_the_chair_finds_what_asks_for_a_later_day(world, browse):
    with world.in_township():
        asks = signed(world, title="请求延期的一件")
        signed(world, title="没有请求的一件")
        SUGGESTION.take("ask-extension", world.handler, asks, new_due=day(8, 20), reason="汛期", on=day(6, 1))
    chair, page = browse(world.chair), at(world, "suggestion", asks.pk)
    home = text_of(chair.get(reverse("township_home", args=[world.township.code])))
    (address,) = re.findall(r'href="([^"]+)"[^>]*>延期申请待答复', home)
    found = text_of(chair.get(html.unescape(address)))
    assert "请求延期的一件" in found
    assert "没有请求的一件" not in found
    assert "等待主席团答复延期申请" in text_of(chair.get(page))
    with world.in_township():
        SUGGESTION.take("extension", world.chair, asks, decision="agree", on=day(6, 2))
    assert "等待主席团答复延期申请" not in text_of(chair.get(page))
    assert "请求延期的一件" not in text_of(chair.get(html.unescape(address)))
