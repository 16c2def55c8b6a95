"""The recipe of docs/architecture.md followed once: a toy life of two steps, its door, its pages, its JSON."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.urls import include, path, reverse

from congress import clock
from congress.guard.action import Conflict, Refused, action, verb
from congress.law.finding import Finding
from congress.models import AuditEvent, Message, Role, Unit
from congress.permissions import Permission
from congress.steps import Attempt, Consequences, Life, Notice, Step, Words, change, lives, register, standing_of, who
from congress.urls import urlpatterns as real_addresses
from congress.web.forms import PlainForm
from congress.web.steps import Pages, buttons

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.congress.test_steps")]

OPENED = date(2022, 1, 1)
RENAMED, WITHDRAWN = verb("tests.rename", "给单位改了名"), verb("tests.close", "撤掉了单位")
REOPENED = verb("tests.reopen", "恢复了单位")


class RenameForm(PlainForm):
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    renamed_on = forms.DateField(label="日期")
    name = forms.CharField(label="名称", max_length=10, error_messages={"required": "请写新的名称。"})
    duties = forms.CharField(label="职责", required=False)
    telephone = forms.CharField(label="电话", required=False)


class MergeForm(PlainForm):
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    into = forms.CharField(label="并入", required=False)


class TouchForm(PlainForm):
    version = forms.CharField(widget=forms.HiddenInput, required=False)


class CloseForm(PlainForm):
    closing = forms.BooleanField(label="撤掉", required=False, initial=True)


def rename(attempt: Attempt) -> dict:
    data = attempt.data
    attempt.made = attempt.record
    return {"项目": change(attempt.record, name=data["name"], duties=data["duties"])}


def close(attempt: Attempt) -> None:
    change(attempt.record, withdrawn_at=clock.now() if attempt.data["closing"] else None)


counted: list[str] = []


def heads(unit: Unit) -> int:
    """A costly question."""
    counted.append(unit.name)
    return len(unit.duties)


def lacks_duties(attempt: Attempt):
    if not attempt.once(heads):
        yield Finding("duties", "职责还没有写。")
    yield Finding("note", "合并要报县级备案。", blocking=False)


def merge(attempt: Attempt) -> None:
    attempt.outcome = f"{attempt.data['into']}，职责{attempt.once(heads)}字"


@who("只能给自己的单位改名。")
def own_unit(standing, unit):
    return standing.has(Role.CLERK) or unit.pk in standing.unit_ids


def rename_when(attempt: Attempt):
    if attempt.record.withdrawn_at:
        yield Finding("gone", "单位已经撤掉。")
    if attempt.on < OPENED:
        yield Finding("early", "日期早于设立日期。", field="on")
    if attempt.record.duties == "空":
        yield Finding("empty", "单位还没有职责。", blocking=False)


def another_name(attempt: Attempt):
    if attempt.data["name"] == attempt.record.name:
        yield Finding("same", "名称没有改变。", field="name")
    if attempt.data["duties"] == "晚":
        yield Finding("late", "日期太晚。", field="on")


STEPS = (
    Step(
        "rename",
        Words("改名", "给单位改名", "保存"),
        said=lambda attempt: f"已改名为{attempt.record.name}。",
        verb=RENAMED,
        form=RenameForm,
        permission=Permission("tests.rename", "给单位改名", frozenset({"clerk", "unit"})),
        act=rename,
        who=own_unit,
        when=rename_when,
        check=another_name,
        hints=lambda attempt: [Finding("hint", "改名以后旧文件不变。", blocking=False)],
        notices=lambda attempt: [Notice("renamed", [attempt.actor], "单位改名", attempt.after.name)],
        lead=lambda attempt: f"现在叫{attempt.record.name}",
        initial=lambda attempt: {"duties": attempt.record.duties},
        before=lambda data: Unit.objects.filter(name=data["name"], duties=str(data.get("key"))).first(),
        day="renamed_on",
        sealed=("telephone",),
        guard=True,
    ),
    Step(
        "close",
        Words("撤掉"),
        said="已撤掉。",
        verb=lambda data: WITHDRAWN if data.get("closing", True) else REOPENED,
        form=CloseForm,
        permission=Permission("tests.close", "撤掉单位", frozenset({"chair"})),
        act=close,
        then=lambda attempt: reverse("toy-units", args=[attempt.record.township.code]),
        main=False,
    ),
    Step(
        "merge",
        Words("合并"),
        said=lambda attempt: f"已并入{attempt.outcome}。",
        verb=verb("tests.merge", "合并了单位"),
        form=MergeForm,
        permission=Permission("tests.merge", "合并单位", frozenset({"deputy"})),
        act=merge,
        lacks=lacks_duties,
        shows=lambda attempt: Consequences((("单位", attempt.record.name),), ("单位不再单列。",)),
        back=lambda unit: reverse("toy-units", args=[unit.township.code]),
        prefilled=("into",),
    ),
    Step(
        "touch",
        Words("点一下", icon="check"),
        said="已点。",
        verb=verb("tests.touch", "点了单位"),
        form=TouchForm,
        permission=Permission("tests.touch", "点单位", frozenset({"deputy"})),
        act=lambda attempt: None,
    ),
)
settled: list[str] = []
TOY = Life(
    name="toy-unit",
    kind="toy",
    model=Unit,
    steps=STEPS,
    read=lambda rows: rows.select_related("township"),
    visible=lambda standing: Unit.objects.exclude(level="hidden"),
    settle=lambda unit: settled.append(unit.name),
)


def nothing(request, **kwargs):
    return HttpResponse("")


urlpatterns = [
    path(
        "t/<str:code>/",
        include(
            [
                path("toys/", nothing, name="toy-units"),
                path("toys/<uuid:pk>/", nothing, name="toy-unit"),
                *Pages(TOY, "toys/<uuid:pk>/", ("单位", "toy-units")).urls(),
            ]
        ),
    ),
    *real_addresses,
]


@pytest.fixture
def town(world):
    settled.clear()
    counted.clear()
    with world.in_township():
        yield world


def refused(*args, **values) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        TOY.take(*args, **values)
    return [(finding.code, finding.field) for finding in caught.value.findings]


def keys(world, user) -> list[str]:
    return [one.key for one in TOY.offered(standing_of(user, world.township), TOY.find(world.unit.pk))]


# -- the door


def together(world, **more) -> Life:
    """The toy with a step that the other unit goes along with."""
    along = {"along": lambda attempt: Unit.objects.filter(pk=world.other_unit.pk), **more}
    return replace(TOY, steps=(replace(TOY.step("close"), **along),))


def test_a_step_is_taken_for_those_that_go_along_each_with_its_event(town):
    taken = together(town).door("close", standing_of(town.chair, town.township), town.unit.pk, {})
    assert taken.along == [town.other_unit]
    assert set(Unit.objects.filter(withdrawn_at__isnull=False)) == {town.unit, town.other_unit}
    assert AuditEvent.objects.filter(verb="tests.close").count() == 2
    assert settled == [town.unit.name, town.other_unit.name]


def test_when_one_that_goes_along_is_refused_none_is_done_and_it_is_named(town):
    def when(attempt):
        return [Finding("no", "还有人。")] if attempt.beside else []

    with pytest.raises(Refused, match=f"一并办理的{town.other_unit}：还有人。"):
        together(town, when=when).door("close", standing_of(town.chair, town.township), town.unit.pk, {})
    assert not Unit.objects.filter(withdrawn_at__isnull=False).exists()
    assert not AuditEvent.objects.filter(verb="tests.close").exists()


def test_a_step_writes_its_facts_one_event_and_its_messages(town):
    row = TOY.take("rename", town.handler, town.unit, on=OPENED, name=" 水利所 ", key="x")
    assert (row.name, settled) == ("水利所", ["水利所"])
    event = AuditEvent.objects.get(verb="tests.rename")
    assert (event.detail, event.actor_id, event.subject_id) == ({"项目": ["name"]}, town.handler.pk, str(row.pk))
    message = Message.objects.get(recipient=town.handler, kind="toy")
    assert (message.key, message.body) == (f"toy:{row.pk}:renamed", "水利所")
    assert message.url == reverse("toy-unit", args=[town.township.code, row.pk])


def test_what_is_not_entered_stays_as_the_form_shows_it(town):
    TOY.take("rename", town.clerk, town.unit, on=OPENED, name="甲", duties="修渠")
    assert TOY.take("rename", town.clerk, town.unit, on=OPENED, name="乙").duties == "修渠"
    assert TOY.take("close", None, town.unit).withdrawn_at is not None
    TOY.take("close", None, town.unit, closing=False)
    verbs = list(AuditEvent.objects.filter(verb__startswith="tests.").order_by("seq").values_list("verb", flat=True))
    assert verbs[-2:] == ["tests.close", "tests.reopen"]


def test_nothing_that_did_not_change_is_told(town):
    row = TOY.take("close", town.chair, town.unit, closing=False)
    assert row.version == town.unit.version
    with pytest.raises(TypeError, match="rename takes no height"):
        TOY.take("rename", town.clerk, town.unit, name="甲", height=3)
    with pytest.raises(KeyError):
        TOY.take("swim", town.clerk, town.unit)


def test_the_right_is_asked_before_everything_else(town):
    assert refused("rename", town.chair, town.unit, name="") == [("not_permitted", "")]
    assert refused("rename", town.other_handler, town.unit, name="") == [("not_own", "")]
    assert refused("rename", town.county_viewer, town.unit, name="甲") == [("not_permitted", "")]
    assert refused("rename", town.neighbour_clerk, town.unit, name="甲") == [("not_permitted", "")]
    with pytest.raises(Refused, match=r"这一步由办事员、承办单位办理，您没有“给单位改名”的权限。"):
        TOY.take("rename", town.chair, town.unit, name="甲")
    assert not AuditEvent.objects.filter(verb="tests.rename").exists()


def test_order_holds_for_the_system_itself(town):
    TOY.take("close", None, town.unit)
    assert refused("rename", None, town.unit, name="甲") == [("gone", "")]
    assert refused("rename", town.handler, town.unit, name="") == [("gone", "")]


def test_everything_wrong_with_the_entries_is_said_at_once_each_at_its_field(town):
    assert refused("rename", town.clerk, town.unit, on=date(2021, 1, 1), name=" ", duties="电话13812345678") == [
        ("early", "renamed_on"),
        ("required", "name"),
        ("personal", "duties"),
    ]
    assert refused("rename", town.clerk, town.unit, name="十一个字的名称就是太长了") == [("too_long", "name")]
    assert refused("rename", town.clerk, town.unit, name="水利站", duties="晚") == [
        ("same", "name"),
        ("late", "renamed_on"),
    ]
    TOY.take("rename", town.clerk, town.unit, name="甲", telephone="13812345678")


def test_two_who_take_a_step_from_the_same_page_find_out_about_each_other(town):
    row = TOY.take("rename", town.clerk, town.unit, name="甲", version=0)
    with pytest.raises(Conflict):
        TOY.take("rename", town.handler, row, name="乙", version="0")


def test_the_same_form_sent_twice_does_its_work_once(town):
    TOY.take("rename", town.clerk, town.unit, name="甲", duties="k")
    attempt = TOY.door("rename", standing_of(town.clerk, town.township), town.unit.pk, {"name": "甲", "key": "k"})
    assert attempt.made == town.unit
    assert AuditEvent.objects.filter(verb="tests.rename").count() == 1


def test_warnings_forbid_nothing_and_reach_the_act(town):
    TOY.take("rename", town.clerk, town.unit, name="甲", duties="空")
    attempt = TOY.door("rename", standing_of(town.clerk, town.township), town.unit.pk, {"name": "乙"})
    assert [finding.code for finding in attempt.warnings] == ["empty"]


def test_steps_are_offered_to_those_who_may_take_them_now(town):
    offered = {name: keys(town, town.users[name]) for name in ("clerk", "chair", "handler", "other_handler")}
    assert offered == {"clerk": ["rename"], "chair": ["close"], "handler": ["rename"], "other_handler": []}
    TOY.take("close", None, town.unit)
    assert keys(town, town.clerk) == []
    row = TOY.find(town.unit.pk)
    # A day that is wrong hides no button: another day may be right.
    standing = standing_of(town.chair, town.township)
    assert [one.key for one in TOY.offered(standing, row, date(1990, 1, 1))] == ["close"]
    assert [(one.label, one.main) for one in buttons(TOY, standing, row)] == [("撤掉", False)]


def test_a_step_without_a_settling_life_settles_nothing(town):
    quiet = replace(TOY, settle=None)
    quiet.take("rename", town.clerk, town.unit, name="甲")
    assert settled == []


def test_a_life_is_declared_once():
    assert TOY.name not in lives()
    with pytest.raises(ValueError, match="proposals-suggestion is declared twice"):
        register(replace(TOY, name="proposals-suggestion"))


# -- the pages


def at(world, key: str) -> str:
    return reverse(f"toy-unit-{key}", args=[world.township.code, world.unit.pk])


def entries(**values) -> dict:
    return {"key": str(uuid.uuid4()), "renamed_on": "2022-05-01", "name": "甲", "duties": "", "version": "0", **values}


def test_the_page_shows_hints_above_the_form_and_says_what_happened(world, browse):
    client = browse(world.clerk)
    page = client.get(at(world, "rename")).content.decode()
    for words in ("给单位改名", "现在叫水利站", "改名以后旧文件不变。", "保存"):
        assert words in page
    answer = client.post(at(world, "rename"), entries())
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["已改名为甲。"]
    assert answer.url == reverse("toy-unit", args=[world.township.code, world.unit.pk])


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(world, browse):
    client = browse(world.clerk)
    page = client.post(at(world, "rename"), entries(renamed_on="2021-05-01", name="新名")).content.decode()
    assert "日期早于设立日期。" in page
    assert 'href="#id_renamed_on"' in page
    assert 'value="新名"' in page
    assert "请写新的名称。" in client.post(at(world, "rename"), entries(name="")).content.decode()


def test_a_step_that_may_not_be_taken_says_why_on_get_and_post_alike(world, browse):
    client = browse(world.other_handler)
    for answer in (client.get(at(world, "rename")), client.post(at(world, "rename"), entries(name="很长的输入"))):
        assert answer.status_code == 409
        assert "只能给自己的单位改名。" in answer.content.decode()
    assert "很长的输入" in answer.content.decode()
    assert browse(world.chair).get(at(world, "rename")).status_code == 403
    with world.in_township(), action(verb("tests.set_up", "布置测试"), actor=None):
        change(Unit.objects.get(pk=world.unit.pk), level="hidden")
    assert browse(world.clerk).get(at(world, "rename")).status_code == 404


def test_a_page_may_go_elsewhere_afterwards_and_a_form_sent_twice_goes_the_same_way(world, browse):
    client, data = browse(world.clerk), entries()
    client.post(at(world, "rename"), {**data, "duties": data["key"]})
    again = client.post(at(world, "rename"), {**data, "duties": data["key"]})
    assert again.status_code == 302
    assert client.post(at(world, "rename"), {**data, "key": "x"}).status_code == 200
    with world.in_township():
        assert AuditEvent.objects.filter(verb="tests.rename").count() == 1
    answer = browse(world.chair).post(at(world, "close"), {"closing": "on"})
    assert answer.url == reverse("toy-units", args=[world.township.code])


def test_a_program_is_answered_in_json(world, browse):
    client = browse(world.clerk)
    json = {"headers": {"accept": "application/json"}}
    asked = client.get(at(world, "rename"), **json).json()
    assert [field["name"] for field in asked["fields"]] == ["renamed_on", "name", "duties", "telephone"]
    assert asked["findings"] == [{"code": "hint", "message": "改名以后旧文件不变。", "citation": ""}]
    wrong = client.post(at(world, "rename"), entries(name="水利站"), **json)
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["name"])
    assert client.post(at(world, "rename"), entries(name=""), **json).status_code == 422
    right = client.post(at(world, "rename"), entries(), **json)
    assert right.json() == {
        "said": "已改名为甲。",
        "url": reverse("toy-unit", args=[world.township.code, world.unit.pk]),
    }
    late = client.post(at(world, "rename"), entries(name="乙"), **json)
    assert (late.status_code, late.json()["findings"][0]["message"]) == (409, "内容已被他人修改。")
    closed = browse(world.other_handler).get(at(world, "rename"), **json)
    assert (closed.status_code, closed.json()["findings"][0]["code"]) == (409, "not_own")


# -- a step that lacks something, shows what follows, and is taken from another page


def give_duties(world) -> None:
    with world.in_township(), action(verb("tests.set_up", "布置测试"), actor=None):
        change(Unit.objects.get(pk=world.unit.pk), duties="修渠")


def test_what_is_lacking_hides_no_button_and_is_refused_at_the_door(town):
    assert "merge" in keys(town, town.deputy_user)
    assert refused("merge", town.deputy_user, town.unit, into="乙") == [("duties", "")]


def test_what_is_lacking_stands_in_place_of_the_form_with_the_way_back(world, browse):
    client, units = browse(world.deputy_user), reverse("toy-units", args=[world.township.code])
    for answer in (client.get(at(world, "merge")), client.post(at(world, "merge"), {"into": "乙"})):
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "还差 1 处，现在不能合并" in page
        assert "职责还没有写。" in page
        assert f'href="{units}"' in page
        assert "id_into" not in page
    told = client.get(at(world, "merge"), headers={"accept": "application/json"})
    assert (told.status_code, told.json()["findings"][0]["code"]) == (409, "duties")


def test_the_page_shows_facts_and_consequences_above_the_form_and_takes_what_the_address_brings(world, browse):
    give_duties(world)
    client = browse(world.deputy_user)
    page = client.get(at(world, "merge") + "?into=丙站&version=7").content.decode()
    for words in ("单位不再单列。", "合并要报县级备案。", 'value="丙站"', "水利站"):
        assert words in page
    assert 'value="7"' not in page
    counted.clear()
    answer = client.post(at(world, "merge"), {"into": "丙站"})
    assert str(list(get_messages(answer.wsgi_request))[-1]) == "已并入丙站，职责2字。"
    assert answer.url == reverse("toy-units", args=[world.township.code])
    assert counted == ["水利站"]  # by what it lacks and by the act together


def test_a_step_that_asks_nothing_is_taken_by_its_button(town):
    standing = standing_of(town.deputy_user, town.township)
    drawn = {one.key: (one.at_once, one.icon) for one in buttons(TOY, standing, TOY.find(town.unit.pk))}
    assert drawn == {"merge": (False, ""), "touch": (True, "check")}
    assert not TOY.step("merge").at_once


def test_who_is_turned_away_is_shown_the_way_back(world, browse):
    page = browse(world.other_handler).get(at(world, "rename")).content.decode()
    assert f'href="{reverse("toy-unit", args=[world.township.code, world.unit.pk])}">返回' in page
