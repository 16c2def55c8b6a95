"""A new township begins with what it needs, and is told what is still to be done."""

import pytest
from django.urls import reverse

from congress import clock, first_day
from congress.guard import scope
from congress.guard.action import action
from congress.law.provinces import PACKS, pack_of_place
from congress.models import (
    AuditEvent,
    Category,
    County,
    Membership,
    NumberSequence,
    Role,
    TaskPutOff,
    Township,
    Unit,
)
from congress.numbers import yearly_series
from congress.permissions import standing_in_township
from congress.web.first_day import lines
from proposals.models import OfficePeriod
from tests.cast import SET_UP

TOWN = {
    "code": "990101103000",
    "name": "新河镇",
    "kind": "镇",
    "head_title": "镇长",
    "document_word": "新河人发",
    "motto": "",
    "population": "0",
}


@pytest.fixture
def new_town(world, browse) -> Township:
    """A township as the system administrator makes it; clerk and chair of the cast work there now."""
    sent = TOWN | {"county": world.county.pk}
    assert browse(world.system).post(reverse("administration-township-new"), sent).status_code == 302
    town = Township.objects.get(code=TOWN["code"])
    with scope.accounts(), action(SET_UP, actor=None):
        Membership.objects.filter(user__in=(world.clerk, world.chair)).update(township=town)
    return town


def labels(town, kind) -> list[str]:
    with scope.township(town):
        return list(Category.objects.kept().filter(kind=kind).order_by("position").values_list("label", flat=True))


def test_a_new_township_begins_with_its_lists_and_each_row_tells_its_ground(world, new_town):
    seed = "水利设施 教育资源 基层防控人员待遇 公路交通设施 农贸商城改造 环境卫生 基层农村干部养老保险待遇".split()
    assert labels(new_town, Category.Kind.MATTER)[:7] == seed
    assert labels(new_town, Category.Kind.MATTER)[-1] == "其他"
    assert labels(new_town, Category.Kind.CHECKLIST) == [
        *("有组织机构", "有工作计划", "有规章制度", "有统一牌子", "有固定场所"),
        *("有硬件设施", "有活动记录", "有资料档案", "有联系对象", "有考核机制"),
    ]
    with scope.township(new_town):
        periods = dict(OfficePeriod.objects.values_list("kind", "value"))
        assert periods == {OfficePeriod.Kind.FOLLOW_UP: 30, OfficePeriod.Kind.SECOND_HANDLING: 1}
        assert all("默认值" in basis for basis in OfficePeriod.objects.values_list("basis", flat=True))
        series = list(NumberSequence.objects.values_list("series", "year", "last", "begun_after"))
        assert sorted(series) == sorted((one.key, clock.today().year, 0, None) for one in yearly_series())
    with scope.audit():
        events = AuditEvent.objects.filter(chain=new_town.pk, actor_id=world.system.pk)
        grounds = [event.detail.get("依据") for event in events.filter(verb="congress.record_category")]
        assert len(grounds) == len(first_day.MATTERS) + len(first_day.TEN_ITEMS)
        assert all(grounds)


def test_what_there_is_or_was_taken_back_is_never_written_again(world):
    town = world.township  # has one category of its own, and nothing else that is given
    with world.in_township():
        assert first_day.give_defaults(world.clerk, town) == ["联络站“十有”项目", "编号", "内部时限"]
        assert Category.objects.filter(kind=Category.Kind.MATTER).count() == 1
        with action(SET_UP, actor=None):
            Category.objects.update(withdrawn_at=clock.now())
        assert first_day.give_defaults(world.clerk, town) == []


def test_the_clerk_adds_what_is_lacking_by_one_button(world, browse):
    client, url = browse(world.clerk), reverse("first-day-defaults", args=[world.township.code])
    assert "补上还没有的" in client.get(url).content.decode()
    assert "已补上" in client.post(url, follow=True).content.decode()
    assert "补上还没有的" not in client.get(url).content.decode()
    assert "没有改动" in client.post(url, follow=True).content.decode()


def states(client, town) -> dict[str, str]:
    found = client.get(reverse("first-day", args=[town.code])).context["lines"]
    return {line.task.key: "done" if line.done else "later" if line.put_off else "waits" for line in found}


def test_the_tasks_stand_in_an_order_in_which_nothing_is_guessed(world, new_town, browse):
    found = states(browse(world.clerk), new_town)
    office = "words defaults units terms districts stations roster approval accounts".split()
    assert list(found) == ["places", "pack", "staff", *office, "holidays", "mail", "backup", "reception"]
    assert {key for key, state in found.items() if state == "done"} == {"places", "pack", "staff", "defaults"}


def test_every_task_leads_somewhere_or_says_plainly_who_does_it(world, new_town, browse):
    client = browse(world.clerk)
    answer = client.get(reverse("first-day", args=[new_town.code]))
    text = answer.content.decode()
    for line in answer.context["lines"]:
        assert line.task.why.endswith("。")
        assert line.mine == (line.task.who == Role.CLERK)
        if line.mine:
            assert client.get(line.url).status_code == 200, line.task.key
    assert "由系统管理员办理，您不用做；请告诉系统管理员。" in text
    assert "由主席办理" in text


@pytest.mark.parametrize("clerks", [1, 3])
def test_the_list_costs_the_same_whatever_is_done(world, new_town, django_assert_num_queries, clerks):
    standing = standing_in_township(world.clerk, new_town)
    with scope.township(new_town):
        with action(SET_UP, actor=None):
            for number in range(clerks):
                Unit.objects.create(township=new_town, name=f"站所{number}")
                TaskPutOff.objects.create(township=new_town, task=f"t{number}")
        with django_assert_num_queries(1):
            lines(standing, offices=True)
        with django_assert_num_queries(7):  # beside it the days off and, in a scope of its own, the last backup
            lines(standing)


def home(client, town) -> list[str]:
    return [line.task.key for line in client.get(reverse("township_home", args=[town.code])).context["beginning"]]


def test_the_list_stands_on_the_clerks_first_page_until_it_is_done_or_put_off(world, new_town, browse):
    client = browse(world.clerk)
    office = "words units terms districts stations roster approval accounts reception".split()
    assert home(client, new_town) == office
    with scope.township(new_town), action(SET_UP, actor=None):
        Unit.objects.create(township=new_town, name="水利站")
    assert home(client, new_town) == [key for key in office if key != "units"]
    later = reverse("first-day-later", args=[new_town.code, "words"])
    for _ in range(2):  # pressed twice it is put off once
        assert "首页不再提醒" in client.post(later, {"later": "1"}, follow=True).content.decode()
    with scope.township(new_town):
        assert TaskPutOff.objects.kept().count() == 1
    assert states(client, new_town)["words"] == "later"
    assert "words" not in home(client, new_town)
    client.post(later, {"now": "1"})
    assert home(client, new_town)[0] == "words"
    assert client.post(reverse("first-day-later", args=[new_town.code, "nosuch"]), {"later": "1"}).status_code == 404
    for key in office:
        client.post(reverse("first-day-later", args=[new_town.code, key]), {"later": "1"})
    assert home(client, new_town) == []
    assert "起步事项</h2>" not in client.get(reverse("township_home", args=[new_town.code])).content.decode()
    assert home(browse(world.deputy_user), world.township) == []


def test_the_pack_of_a_place_follows_from_its_code():
    assert [pack_of_place(code).name for code in ("370202000000", "370102000000", "330101000000", "990101000000")] == [
        "qingdao",
        "shandong",
        "zhejiang",
        "national",
    ]
    assert all(pack_of_place(pack.digits).name == pack.name for pack in PACKS.values())


def test_a_county_under_another_provinces_rules_is_told_to_the_clerk(world, new_town, browse):
    with action(SET_UP, actor=None):
        County.objects.filter(pk=world.county.pk).update(province="zhejiang")
    assert states(browse(world.clerk), new_town)["pack"] == "waits"
