"""Who may open what, and what nobody else may read."""

import pytest
from django.urls import reverse

from congress.guard.action import action
from congress.models import AuditEvent
from proposals import actions
from proposals.life import SUGGESTION
from tests.cast import make_deputy
from tests.proposals.helpers import (
    MEMBERS,
    SET_UP,
    STRANGERS,
    a_matter,
    assigned,
    at,
    day,
    log,
    new_matter,
    submit,
    text_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


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


def test_each_page_opens_to_its_roles_and_to_no_stranger(world, browse):
    for user in MEMBERS:
        client = browse(world.users[user])
        for name, roles in OPEN_TO.items():
            assert client.get(at(world, name)).status_code == (200 if user in roles else 403), (user, name)
    for user in STRANGERS:
        client = browse(world.users[user])
        for name in OPEN_TO:
            assert client.get(at(world, name)).status_code == 404, (user, name)


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
        SUGGESTION.take("register", world.clerk, row, on=day(3, 17))
        row = SUGGESTION.take("assign", world.chair, row, lead=world.unit, on=day(3, 20))
        row = SUGGESTION.take("sign", world.handler, row, on=day(3, 21))
        SUGGESTION.take("reply", world.handler, row, text="已修复。", grade="A", on=day(5, 10))
    client = browse(world.handler)
    pages = [at(world, "suggestion", row.pk), at(world, "handling"), at(world, "suggestions")]
    for url in [*pages, at(world, "suggestions") + "?format=csv", at(world, "suggestions") + "?q=曾田"]:
        page = text_of(client.get(url))
        assert "单木" not in page
        assert "云溪代表" not in page
        assert "曾田" not in page.replace("搜索：", "").replace('value="曾田"', "").replace("q=%E6%9B%BE%E7%94%B0", "")
        assert "怕报复" not in page
        assert "云溪联络站" not in page, "a station on its day has one deputy"
        assert "2022年3月15日" not in page
        assert matter.number not in page
    assert "关于维修云溪村灌溉渠的建议" not in text_of(client.get(at(world, "suggestions") + "?q=曾田"))
    assert "曾田" in text_of(browse(world.clerk).get(at(world, "suggestion", row.pk)))


def test_the_order_of_names_tells_a_unit_nothing_of_who_is_behind_a_confidential_suggestion(world, browse):
    with world.in_township():
        with action(SET_UP, actor=None):
            one, two, three = (make_deputy(world.township, name, term=world.term) for name in ("丁一", "曾二", "于三"))
        leads = (three, one, two)
        hidden = [assigned(world, actor=world.clerk, lead=each, confidential=True) for each in leads]
        shown = [assigned(world, actor=world.clerk, lead=each) for each in leads]

    def listed(user, sort):
        return [row.pk for row in browse(user).get(at(world, "suggestions"), {"sort": sort}).context["page"]]

    keys, by_stroke = [row.pk for row in hidden], [shown[at].pk for at in (1, 0, 2)]
    as_without_names = keys[::-1]  # the newest first
    assert listed(world.handler, "lead") == [*by_stroke, *as_without_names]
    assert listed(world.handler, "-lead") == [*as_without_names, *by_stroke[::-1]]
    found = listed(world.clerk, "lead")
    assert [pk for pk in found if pk in keys] == [keys[at] for at in (1, 0, 2)]
    assert set(found[:3]) & set(keys)


def test_the_words_of_a_voter_who_asked_for_confidence_are_not_put_into_the_suggestion(world, browse):
    with world.in_township():
        matter = a_matter(world, words="怕报复，请保密。", confidential=True, channel="suggestion")
        open_one = a_matter(world, channel="suggestion")
    client = browse(world.deputy_user)
    assert "怕报复" not in text_of(client.get(at(world, "matter-suggestion", matter.pk))).partition("<form")[2]
    assert open_one.words in text_of(client.get(at(world, "matter-suggestion", open_one.pk)))


def test_a_confidential_suggestion_is_no_business_of_another_deputy(world, browse):
    with world.in_township():
        with action(SET_UP, actor=None):
            other = make_deputy(world.township, "他人", term=world.term)
        row = submit(world, actor=world.clerk, lead=other, confidential=True)
        open_row = submit(world, actor=world.clerk, lead=other, title="公开的建议")
    client = browse(world.deputy_user)
    assert client.get(at(world, "suggestion", row.pk)).status_code == 404
    assert client.get(at(world, "suggestion", open_row.pk)).status_code == 200
