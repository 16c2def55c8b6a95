"""A form that makes no row of its own, sent again because its answer was lost, does its work once and says so."""

import uuid

import pytest
from django.contrib.messages import get_messages

from congress.guard.action import action
from congress.models import AuditEvent
from congress.web.once import ALREADY
from deputies.models import Activity
from proposals.models import Reply, Talk
from tests.cast import SET_UP
from tests.proposals.helpers import at, day, signed

WORDS = {"on": "2022-04-01", "text": "已经修复通水。", "grade": "A"}


@pytest.fixture
def suggestion(world):
    """Signed for by its unit."""
    with world.in_township():
        return signed(world)


def filled(client, address: str, **typed) -> dict:
    """What is typed, with the version the page shows."""
    return {"version": client.get(address).context["form"]["version"].value(), **typed}


def said(answer) -> str:
    return str(list(get_messages(answer.wsgi_request))[-1])


def test_a_reply_whose_answer_was_lost_is_one_reply_and_the_second_answer_says_so(world, browse, suggestion):
    client, address = browse(world.handler), at(world, "suggestion-reply", suggestion.pk)
    form = filled(client, address, client_key=str(uuid.uuid4()), **WORDS)
    first = client.post(address, form, headers={"X-Draft": form["client_key"]})
    assert first.json() == {"saved": form["client_key"], "url": at(world, "suggestion", suggestion.pk)}
    events = _events(world)
    again = client.post(address, form, headers={"X-Draft": form["client_key"]})
    assert again.json() == first.json()
    assert said(again) == ALREADY
    with world.in_township():
        assert Reply.objects.count() == 1
    assert _events(world) == events


def _events(world) -> int:
    with world.in_township():
        return AuditEvent.objects.filter(chain=world.township.pk).count()


def test_the_page_brings_a_key_so_that_it_holds_without_scripts_too(world, browse, suggestion):
    client, address = browse(world.handler), at(world, "suggestion-talk", suggestion.pk)
    shown = client.get(address).content.decode()
    key = shown.split('name="client_key" value="')[1].split('"')[0]
    form = filled(client, address, client_key=key, on="2022-03-30", way="visit", summary="现场看过。")
    refused = client.post(address, form | {"summary": ""})
    assert f'value="{key}"' in refused.content.decode(), "mended and sent, it is still the same form"
    assert [client.post(address, form).status_code for _ in range(2)] == [302, 302]
    with world.in_township():
        assert Talk.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x", "0" * 40, str(uuid.UUID(int=7))])
def test_another_key_or_none_is_another_form_and_a_changed_record_is_never_overrun(world, browse, suggestion, key):
    client, address = browse(world.handler), at(world, "suggestion-reply", suggestion.pk)
    form = filled(client, address, client_key=str(uuid.uuid4()), **WORDS)
    assert client.post(address, form).status_code == 302
    assert client.post(address, form | {"client_key": key}).status_code == 409


def test_the_key_of_somebody_else_proves_nothing(world, browse, suggestion):
    address = at(world, "suggestion-correct", suggestion.pk)
    key = str(uuid.uuid4())
    reply = at(world, "suggestion-reply", suggestion.pk)
    client = browse(world.handler)
    client.post(reply, filled(client, reply, client_key=key, **WORDS))
    for user in (world.chair, world.deputy_user):
        answer = browse(user).post(address, {"client_key": key})
        assert answer.status_code != 302


def test_a_record_changed_twice_by_the_same_form_is_changed_once(world, browse):
    client = browse(world.clerk)
    with world.in_township(), action(SET_UP, actor=None):
        row = Activity.objects.create(
            township=world.township, kind="study", title="学习", held_on=day(5, 5), half_days=1
        )
    address = f"/t/{world.township.code}/activities/{row.pk}/edit/"
    form = client.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    typed |= {"title": "走访老党员", "client_key": str(uuid.uuid4())}
    answers = [client.post(address, typed) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302], answers[0].context["form"].errors
    assert answers[0]["Location"] == answers[1]["Location"]
    assert said(answers[1]) == ALREADY


def test_what_a_page_sends_by_itself_leaves_no_word_for_the_next_page(world, browse, suggestion):
    client, address = browse(world.handler), at(world, "suggestion-reply", suggestion.pk)
    form = filled(client, address, client_key=str(uuid.uuid4()), **WORDS)
    answer = client.post(address, form, headers={"X-Draft": form["client_key"], "X-Background": "1"})
    assert answer.json()["saved"] == form["client_key"]
    assert list(get_messages(answer.wsgi_request)) == []
