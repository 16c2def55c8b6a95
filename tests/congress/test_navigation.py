"""The navigation is short enough to be seen whole, shows where one is, and leads a county viewer back."""

import pytest
from django.urls import reverse

from congress.web import nav
from tests.architecture.source import ROOT

EVERYBODY = ("clerk", "chair", "deputy_user", "handler", "county_viewer", "system", "security", "auditor")
HIGHEST, GROUP, ROW = 660, 40, 34  # CSS pixels: what 720 leave below the bar on top, the head of a group, an entry


def first_page(world, name: str) -> str:
    if name in ("system", "security", "auditor"):
        return reverse("administration")
    if name == "county_viewer":
        return reverse("county_home", args=[world.county.code])
    return reverse("township_home", args=[world.township.code])


def height(groups: list[dict]) -> int:
    return sum(GROUP * bool(group["label"]) + ROW * len(group["entries"]) * group["open"] or ROW for group in groups)


@pytest.mark.parametrize("name", EVERYBODY)
def test_at_most_seven_groups_fit_a_low_screen_wherever_one_is(world, browse, name):
    client = browse(getattr(world, name))
    pages = [first_page(world, name)]
    groups = client.get(pages[0]).context["nav"]
    pages += [each["url"] for group in groups for each in group["entries"]]
    for url in pages:
        groups = client.get(url).context["nav"]
        assert len(groups) <= 7, url
        assert height(groups) <= HIGHEST, url


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_page_that_is_shown_is_marked_and_its_group_stands_open(world, browse, name):
    client = browse(getattr(world, name))
    groups = client.get(first_page(world, name)).context["nav"]
    for each in [each for group in groups for each in group["entries"]]:
        shown = client.get(each["url"]).context["nav"]
        marked = [(group, one["url"]) for group in shown for one in group["entries"] if one["active"]]
        assert [url for _, url in marked] == [each["url"]]
        assert marked[0][0]["open"] or not marked[0][0]["label"]


@pytest.mark.parametrize(("name", "page"), [("clerk", "search"), ("county_viewer", "county-search")])
def test_on_a_page_that_is_no_entry_none_is_marked_as_the_current_one(world, browse, name, page):
    place = world.county if name == "county_viewer" else world.township
    answer = browse(getattr(world, name)).get(reverse(page, args=[place.code]), {"q": "水渠"})
    assert [one["url"] for group in answer.context["nav"] for one in group["entries"] if one["active"]] == []
    assert not [each for each in answer.context["bar"] if each["active"]]


def test_a_few_entries_need_no_fold_and_many_show_one_group_at_a_time(world, browse):
    few = browse(world.handler).get(first_page(world, "handler")).context["nav"]
    assert all(group["open"] for group in few if group["label"])
    many = browse(world.clerk).get(first_page(world, "clerk")).context["nav"]
    assert [group["label"] for group in many if group["open"]] == ["代表建议"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("clerk", ["首页", "登记接待", "期限"]),
        ("deputy_user", ["首页", "登记接待", "我的"]),
        ("handler", ["首页", "承办"]),
        ("county_viewer", ["首页", "各乡镇", "逾期"]),
        ("auditor", ["系统管理", "申请", "审计"]),
    ],
)
def test_the_bar_of_phones_holds_what_the_role_does_every_day(world, browse, name, words):
    answer = browse(getattr(world, name)).get(first_page(world, name))
    assert [each["daily"] for each in answer.context["bar"]] == words
    page = answer.content.decode()
    assert page.index('class="bar"') < page.index("更多") < page.index("全部功能")


def test_a_county_viewer_in_a_township_finds_the_way_back_and_nothing_of_others_work(world, browse):
    client = browse(world.county_viewer)
    home, county = (first_page(world, name) for name in ("clerk", "county_viewer"))
    listed = reverse("proposals-suggestions", args=[world.township.code])
    for url, beneath in ((home, []), (listed, ["代表建议"])):
        page = client.get(url).content.decode()
        crumbs = page[page.index('aria-label="当前位置"') : page.index("</ol>")]
        assert f'href="{county}"' in crumbs
        assert [world.county.name in crumbs, world.township.name in crumbs] == [True, True]
        assert all(word in crumbs for word in beneath)
    entries = [each["label"] for group in client.get(home).context["nav"] for each in group["entries"]]
    assert "外发通知" not in entries
    assert client.get(reverse("deliveries", args=[world.township.code])).status_code == 403


def test_those_at_work_in_the_township_are_told_the_way_only_below_a_list(world, browse):
    client = browse(world.clerk)
    assert "当前位置" not in client.get(reverse("units", args=[world.township.code])).content.decode()
    page = client.get(reverse("assembly-meetings", args=[world.township.code])).content.decode()
    assert "当前位置" not in page


def test_ones_own_pages_stand_in_the_navigation_of_the_only_place_there_is(world, browse):
    for name in ("deputy_user", "clerk", "county_viewer", "auditor"):
        client = browse(getattr(world, name))
        around = client.get(first_page(world, name)).context["nav"]
        labels = [each["label"] for group in around for each in group["entries"]]
        inbox = client.get(reverse("inbox")).context
        assert [each["label"] for group in inbox["nav"] for each in group["entries"]] == labels
        assert [each["url"] for each in inbox["bar"]]


def test_every_entry_has_an_icon_that_is_drawn():
    drawn = set((ROOT / "static" / "img" / "icons.txt").read_text(encoding="utf-8").split())
    entries = [*nav._entries, *nav._shortcuts]
    assert len(entries) > 20
    assert [one.label for one in entries if one.icon not in drawn] == []
