"""The public entrance and what holds machines off: limits by address, and a question in words."""

import re
import time

import pytest
from django import forms
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import include, path, reverse

from congress.guard import scope
from congress.guard.refusal import refuse
from congress.models import TurnedAway
from congress.urls import urlpatterns as of_the_product
from congress.web import limits, public, question
from congress.web.login import counted_address
from congress.web.public import Line, Published, public_view, send_page
from congress.web.question import QuestionForm
from tests.congress.test_cache import elsewhere

TAKEN: list[str] = []


class WordForm(QuestionForm):
    """A public form as every page may have one."""

    word = forms.CharField(label="留言", max_length=20)

    def clean(self):
        if self.cleaned_data.get("word") == "空话":
            self.add_error("word", "请写具体一些。")
        return self.cleaned_data


@public_view("试验用", sends="send")
def word_page(request, township):
    form = WordForm(request.POST or None)

    def act():
        if form.cleaned_data["word"] == "坏":
            refuse("不收这样的留言。", "word")
        TAKEN.append(form.cleaned_data["word"])

    return send_page(request, form, act, title="留言", submit="提交", answer=lambda _: HttpResponse("收到了"))


urlpatterns = [*of_the_product, path("p/<str:code>/", include([path("word/", word_page, name="word")]))]
WITH_FORM = override_settings(ROOT_URLCONF=__name__)


@pytest.fixture(autouse=True)
def nothing_taken():
    TAKEN.clear()


def entrance(world) -> str:
    return reverse("public", args=[world.township.code])


def test_a_stranger_reads_whose_page_it_is_and_that_nothing_is_published_yet(world, client):
    answer = client.get(entrance(world))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "云溪镇公开信息" in html
    assert "现在没有公布的内容" in html
    assert answer.cookies == {}
    assert "nosniff" in answer["X-Content-Type-Options"]
    policy = [part.strip() for part in answer["Content-Security-Policy"].split(";")]  # in whatever order
    assert "script-src" in policy  # without a source: no page here needs one
    assert "<script" not in html
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "no-store, private"


def test_what_is_published_stands_there_with_its_day_and_kinds_that_have_nothing_do_not(world, client, monkeypatch):
    kinds = [
        Published("选民名单", 2, lambda town: []),
        Published("公告", 1, lambda town: [Line(f"{town}第1号公告", "/p/1/", None)]),
    ]
    monkeypatch.setattr(public, "_kinds", [])
    for kind in (*kinds, kinds[0]):
        public.register(kind)
    html = client.get(entrance(world)).content.decode()
    assert '<a href="/p/1/">云溪镇第1号公告</a>' in html
    assert "选民名单</h2>" not in html
    assert "现在没有公布的内容" not in html


def test_no_township_no_page_and_nothing_is_sent_where_nothing_is_taken(world, client):
    assert client.get(reverse("public", args=["999999999999"])).status_code == 404
    assert client.post(entrance(world)).status_code == 405
    assert client.delete(entrance(world)).status_code == 405


def test_who_is_logged_in_sees_the_page_of_everybody(world, browse):
    html = browse(world.clerk).get(entrance(world)).content.decode()
    assert "云溪镇公开信息" in html
    assert "云溪办事员" not in html


def test_the_view_sees_what_is_public_only(world, client, monkeypatch):
    seen = []
    monkeypatch.setattr(public, "_kinds", [Published("公告", 1, lambda town: seen.append(scope.current()) or [])])
    client.get(entrance(world))
    assert seen == [scope.Scope(published=world.township.pk)]


def get(client, world, times: int, **headers) -> list[int]:
    return [client.get(entrance(world), headers=headers).status_code for _ in range(times)]


def test_too_many_pages_from_one_address_are_told_when_to_try_again(world, client, settings):
    settings.PUBLIC_LIMITS = {"read": 2, "send": 1}
    assert get(client, world, 4) == [200, 200, 429, 429]
    answer = client.get(entrance(world))
    html = answer.content.decode()
    assert 1 <= int(answer["Retry-After"]) <= limits.WINDOW
    assert re.search(r"请在<strong>\d\d:\d\d</strong>以后再试", html)
    assert "同一个村" in html
    assert client.get(reverse("public", args=[world.neighbour.code])).status_code == 200  # counted by township
    line = TurnedAway.objects.get(kind=TurnedAway.Kind.PUBLIC)
    assert (line.chain, line.address, line.times) == (world.township.pk, "127.0.0.1", 1)  # once a window and address


def test_each_address_is_counted_alone_behind_a_proxy_of_ours_and_none_is_believed_without(world, client, settings):
    settings.PUBLIC_LIMITS = {"read": 1}
    assert get(client, world, 1, **{"X-Forwarded-For": "10.0.0.1"}) == [200]
    assert get(client, world, 1, **{"X-Forwarded-For": "10.0.0.2"}) == [429]
    settings.PROXY_COUNT = 1
    assert get(client, world, 2, **{"X-Forwarded-For": "10.0.0.3"}) == [200, 429]
    assert get(client, world, 1, **{"X-Forwarded-For": "10.0.0.4"}) == [200]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
    ],
)
def test_a_house_is_one_whatever_address_its_machines_take(address, counted):
    assert counted_address(RequestFactory().get("/", REMOTE_ADDR=address)) == counted


def test_without_redis_pages_are_read_and_no_form_is_taken(world, client):
    with WITH_FORM, override_settings(CACHES=elsewhere(1)):
        assert client.get(entrance(world)).status_code == 200
        answer = client.post(reverse("word", args=[world.township.code]), sent())
    assert answer.status_code == 503
    assert "现在不能提交" in answer.content.decode()
    assert answer["Retry-After"]
    assert TAKEN == []


# The question


def asked(seconds_ago: int = 10) -> str:
    """A question that went out so long ago."""
    with pytest.MonkeyPatch.context() as patch:
        now = time.time()
        patch.setattr(question.time, "time", lambda: now - seconds_ago)
        return question.token()


def right(token: str) -> str:
    return str(question._sum(question._read(token)[0])[1])


def sent(token: str = "", **values) -> dict:
    token = token or asked()
    return {"word": "请修路", "asked": token, "answer": right(token), **values}


def errors(data: dict) -> dict[str, list[str]]:
    return {name: list(found) for name, found in WordForm(data).errors.items()}


def test_the_question_is_in_words_and_its_answer_stands_nowhere_in_the_page(world, client):
    with WITH_FORM:
        html = client.get(reverse("word", args=[world.township.code])).content.decode()
    assert re.search(r"[一二三四五六七八九][加减][一二三四五六七八九]等于几？", html)
    assert "<img" not in html.replace('<img src="/static/img/mark-light.svg" alt=""', "")
    assert "<script" not in html
    assert 'name="leave_empty"' in html
    assert html.index('name="word"') < html.index('name="answer"')  # first what one came for
    for _ in range(50):
        token = question.token()
        words, answer = question._sum(question._read(token)[0])
        assert 1 <= answer <= 18
        assert question._number(words[0]) + (1 if words[1] == "加" else -1) * question._number(words[2]) == answer


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("8", 8),
        (" ８。", 8),
        ("八", 8),
        ("十", 10),
        ("十二", 12),
        ("１８", 18),
        ("二十", 20),
        ("", None),
        ("十十", None),
        ("八九", None),
        ("甲", None),
        ("-3", None),
        ("²", 2),
    ],
)
def test_an_answer_is_understood_as_people_type_it(typed, number):
    assert question._number(typed) == number


def test_who_answers_is_heard_once_and_the_same_answer_no_second_time(world, client):
    data = sent()
    with WITH_FORM:
        url = reverse("word", args=[world.township.code])
        assert client.post(url, data).status_code == 200
        again = client.post(url, data).content.decode()
    assert TAKEN == ["请修路"]
    assert question.USED in again
    assert 'value="请修路"' in again  # nothing that was typed is lost


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"answer": "99"}, "answer", question.WRONG),
        ({"asked": "forged"}, "answer", question.STALE),
        ({"asked": ""}, "answer", question.STALE),
        ({"asked": "old"}, "answer", question.STALE),
        ({"asked": "new"}, "__all__", question.EARLY),
        ({"leave_empty": "https://example.invalid"}, "__all__", question.TRAPPED),
        ({"answer": ""}, "answer", "请填写。"),
    ],
)
def test_what_a_machine_sends_is_refused_in_words(data, field, words):
    ages = {"old": question.LATEST + 60, "new": 0}
    token = data.get("asked", "right")
    if token in ages:
        data = sent(asked(ages[token]))
    else:
        data = sent() | data
    assert errors(data) == {field: [words]}


def test_a_wrong_answer_uses_the_question_up_so_that_none_is_guessed():
    token = asked()
    assert errors(sent(token, answer="99")) == {"answer": [question.WRONG]}
    assert errors(sent(token)) == {"answer": [question.USED]}


def test_another_question_stands_in_place_of_the_one_used_up():
    form = WordForm(sent(answer="99"))
    assert not form.is_valid()
    assert form["answer"].value() == ""
    anew = form["asked"].value()
    assert form.fields["answer"].label == question._sum(question._read(anew)[0])[0]
    assert form["word"].value() == "请修路"


@pytest.mark.parametrize("word", ["", "空话"])
def test_who_mends_another_field_need_not_answer_again(word):
    token = asked()
    form = WordForm(sent(token, word=word))
    assert list(form.errors) == ["word"]
    assert form["asked"].value() == token
    assert form["answer"].value() == right(token)
    assert errors(sent(token)) == {}


def test_what_is_refused_is_told_at_its_field_and_another_question_asked(world, client):
    data = sent(word="坏")
    with WITH_FORM:
        html = client.post(reverse("word", args=[world.township.code]), data).content.decode()
    assert "不收这样的留言。" in html
    assert 'value="坏"' in html
    assert data["asked"] not in html
    assert TAKEN == []


def test_a_machine_that_fills_everything_fills_no_inbox(world, client):
    """Every field of the page as a machine would: the honeypot, any answer, the same token again and again."""
    with WITH_FORM:
        url = reverse("word", args=[world.township.code])
        html = client.get(url).content.decode()
        names = re.findall(r'<input[^>]+name="([a-z_]+)"', html)
        token = re.search(r'name="asked" value="([^"]+)"', html).group(1)
        for guess in range(1, 19):
            client.post(url, dict.fromkeys(names, str(guess)) | {"asked": token})
            client.post(url, {"word": "广告", "asked": token, "answer": str(guess)})
    assert TAKEN == []
