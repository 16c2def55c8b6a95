"""The search over all: by kind, only what the list of the kind would show, in a constant number of statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.guard.action import action
from congress.web import overall, search
from congress.web.search_words import marked, problem
from deputies.models import Activity, Station
from proposals.models import Suggestion
from tests.architecture.samples import FILL
from tests.elections.work import registered, set_up
from tests.people.erasing import ended, erased
from tests.proposals import helpers
from tests.states import state

pytestmark = pytest.mark.django_db


@state
def much_told(world):
    """A suggestion, a confidential one, a matter, an activity and a station, in all of which 渠 stands."""
    with world.in_township():
        helpers.assigned(world)
        helpers.assigned(world, title="关于渠道管护的建议", confidential=True)
        helpers.a_matter(world)
        with action(FILL, actor=None):
            Activity.objects.create(
                township=world.township, kind="inspection", title="看渠道", held_on="2022-05-01", place="村口"
            )


@pytest.fixture
def filled(world, much_told):
    return world


def ask(client, world, query: str, **more):
    return client.get(reverse("search", args=[world.township.code]), {"q": query, **more})


def told(answer) -> dict[str, list[str]]:
    return {group.label: [line.subject for line in group.lines] for group in answer.context["groups"]}


def test_one_word_finds_every_kind_with_number_day_and_stage(filled, browse):
    answer = ask(browse(filled.clerk), filled, "渠")
    found = told(answer)
    assert set(found) == {"代表建议", "反映事项", "履职活动"} | ({"接待选民"} & set(found))
    assert set(found["代表建议"]) == {"关于维修云溪村灌溉渠的建议", "关于渠道管护的建议"}
    page = answer.content.decode()
    for words in ("灌溉<mark>渠</mark>", "2022-001", "2022-03-16", "已交办", "视察", "全部2条", "?q=%E6%B8%A0"):
        assert words in page, words


def test_words_in_any_order_by_any_column_find_the_suggestion(filled, browse):
    client = browse(filled.clerk)
    for query in (
        "灌溉 云溪",
        "云溪　灌溉",
        "2022-001 灌溉",
        "水利站 灌溉",
        "曾田 灌溉",
        "zengtian 灌溉",
        "zt 灌溉",
        "第1号 灌溉",
    ):
        assert "关于维修云溪村灌溉渠的建议" in told(ask(client, filled, query)).get("代表建议", []), query


@pytest.mark.parametrize("who", ["clerk", "chair", "deputy_user", "handler", "other_handler", "county_viewer"])
def test_all_of_them_lead_to_the_list_with_as_many(filled, browse, who):
    client, query = browse(getattr(filled, who)), "2022"
    answer = ask(client, filled, query)
    assert answer.context["groups"] or who == "other_handler"
    assert answer.status_code == 200
    for group in answer.context["groups"]:
        listed = client.get(group.url)
        assert listed.status_code == 200, group.label
        assert str(listed.context["page"].paginator.count) == group.total, (group.label, query)
        assert all(client.get(line.url).status_code == 200 for line in group.lines if line.url), group.label


@pytest.mark.parametrize("query", ["渠", "渠 灌溉", "2022"])
def test_what_many_rows_hold_is_found_as_it_comes_and_counted_no_further(filled, browse, monkeypatch, query):
    """The newest of each kind are the same, read by key or in the order of the list."""
    usual = ask(browse(filled.clerk), filled, query).context["groups"]
    monkeypatch.setattr(search, "MANY", 0)
    monkeypatch.setattr(search, "BY_KEY", 0)
    groups = ask(browse(filled.clerk), filled, query).context["groups"]
    assert [(one.label, [line.url for line in one.lines]) for one in groups] == [
        (one.label, [line.url for line in one.lines]) for one in usual
    ]
    indexed = {"代表建议", "反映事项", "接待选民"}
    assert {one.label for one in groups} & indexed
    assert {one.total for one in groups if one.label in indexed} == {"0+"}


def test_a_unit_does_not_find_a_confidential_suggestion_by_the_name_behind_it(filled, browse):
    assert told(ask(browse(filled.handler), filled, "渠 曾田"))["代表建议"] == ["关于维修云溪村灌溉渠的建议"]
    assert "代表建议" not in told(ask(browse(filled.other_handler), filled, "渠"))


def test_neighbours_and_strangers_find_nothing(filled, browse):
    assert told(browse(filled.neighbour_clerk).get(reverse("search", args=[filled.neighbour.code]), {"q": "渠"})) == {}
    for stranger in ("neighbour_clerk", "far_viewer", "system"):
        assert ask(browse(getattr(filled, stranger)), filled, "渠").status_code == 404


def test_a_county_finds_in_all_its_townships_and_nothing_elsewhere(filled, browse):
    client = browse(filled.county_viewer)
    answer = client.get(reverse("county-search", args=[filled.county.code]), {"q": "渠"})
    assert {line.where for group in answer.context["groups"] for line in group.lines} == {"云溪镇"}
    assert f"/t/{filled.township.code}/search/?q=" in answer.content.decode()
    far = browse(filled.far_viewer).get(reverse("county-search", args=[filled.far_county.code]), {"q": "渠"})
    assert far.context["groups"] == []
    url = reverse("county-search", args=[filled.far_county.code])
    assert browse(filled.county_viewer).get(url).status_code == 404


def test_it_asks_the_database_at_most_sixteen_times_however_many_rows_and_words(filled, browse):
    client = browse(filled.clerk)
    ask(client, filled, "渠")
    counts = []
    for query in ("渠", "2022 曾田 渠 灌溉 云溪", "没有的"):
        with CaptureQueriesContext(connection) as seen:
            ask(client, filled, query)
        counts.append(asked(seen))
    with filled.in_township():
        helpers.assigned(filled, title="又一件渠道的建议")
    with CaptureQueriesContext(connection) as seen:
        ask(client, filled, "渠")
    one, several, none = counts
    assert (several, asked(seen)) == (one, one)
    assert none < one  # no rows are asked for, nor places that only what is found elsewhere leads to
    assert one <= 16


def test_of_what_a_township_has_no_row_nothing_is_put_together_and_what_is_derived_is_not_joined(filled, browse):
    client = browse(filled.clerk)
    ask(client, filled, "灌溉")
    with CaptureQueriesContext(connection) as seen:
        ask(client, filled, "灌溉")
    put_together = [one["sql"] for one in seen.captured_queries if "灌溉" in one["sql"]]
    assert any('"deputies_station"' in one for one in put_together)
    assert not any('"elections_' in one for one in put_together)
    assert not any('JOIN "proposals_mattersummary"' in one for one in put_together)


def asked(seen) -> int:
    """How many statements there were; the test's own transaction makes the page's a savepoint."""
    return sum("SAVEPOINT" not in one["sql"] for one in seen)


def test_the_field_stands_in_the_head_of_every_page_and_needs_no_script(filled, browse):
    page = browse(filled.clerk).get(reverse("units", args=[filled.township.code])).content.decode()
    form = page[page.index('class="topbar-search"') : page.index("</form>", page.index('class="topbar-search"'))]
    assert f'action="/t/{filled.township.code}/search/"' in form
    assert 'method="get"' in form
    assert page.index("data-search") < page.index('id="rows"'), "the key / finds it first"
    assert 'class="topbar-button topbar-find"' in page, "on telephones the page of the search is one tap away"
    assert "topbar-search" in browse(filled.county_viewer).get(f"/c/{filled.county.code}/").content.decode()
    assert "topbar-search" not in browse(filled.system).get("/administration/").content.decode()


HARD = [
    ("", "写几个字就能找"),
    ("   ", "写几个字就能找"),
    ("\u200b\u3000", "没有查找"),
    ("路" * 5000, "太长了"),
    (" ".join("甲乙丙丁戊己庚辛壬癸子丑寅卯"), "词太多了"),
    ("\0", "写几个字就能找"),
    ("'\"; DROP TABLE--", "没有找到"),
    ("%", "没有找到"),
    ("__", "没有找到"),
    ("\\", "没有找到"),
    ("a & b | !c <-> (d", "没有找到"),
    ("😀", "没有找到"),
    ("\ufffd", "没有找到"),
    ("<script>alert(1)</script>", "没有找到"),
]


def test_whatever_is_typed_gets_a_plain_answer(filled, browse):
    client = browse(filled.clerk)
    for query, says in HARD:
        answer = ask(client, filled, query)
        assert answer.status_code == 200
        assert says in answer.content.decode(), query[:50]
        assert "<script>alert" not in answer.content.decode()
    for query in ("\u200b", "路" * 5000, " ".join("甲乙丙丁戊己庚辛壬癸子丑寅卯")):
        listed = client.get(reverse("units", args=[filled.township.code]), {"q": query})
        assert problem(query) in listed.content.decode()


def test_half_a_character_is_no_fault_of_the_program(filled, browse):
    url = reverse("search", args=[filled.township.code])
    for raw in ("%ed%a0%80", "%ff", "%e6%b8"):
        assert browse(filled.clerk).get(f"{url}?q={raw}").status_code == 200


def test_numbers_of_persons_are_not_looked_for_and_leave_the_address(filled, browse):
    client = browse(filled.clerk)
    for name in ("search", "deputies-list"):
        url = reverse(name, args=[filled.township.code])
        for number in ("13800138000", "138 0013 8000", "11010119900307123X"):
            answer = client.get(url, {"q": number}, follow=True)
            assert answer.redirect_chain == [(url, 302)]
            assert "不能按身份证号、电话号码查找" in answer.content.decode()
            assert number not in answer.content.decode()


def test_erased_and_withdrawn_are_not_found(filled, browse):
    client, gone = browse(filled.clerk), ended(filled)
    with filled.in_township(), action(FILL, actor=None):
        Station.objects.create(township=filled.township, name="欧阳测村站")
    assert set(told(ask(client, filled, "欧阳测"))) == {"代表", "代表联络站"}
    assert set(told(ask(client, filled, "oyc"))) == {"代表"}
    with filled.in_township():
        erased(gone)
        with action(FILL, actor=None):
            Station.objects.filter(name="欧阳测村站").update(withdrawn_at="2022-06-01T00:00:00Z")
            Activity.objects.update(withdrawn_at="2022-06-01T00:00:00Z")
    for query in ("欧阳测", "欧阳", "oyc", "欧阳测的单位"):
        assert told(ask(client, filled, query)) == {}, query
    assert "履职活动" not in told(ask(client, filled, "渠"))


def test_words_are_marked_where_they_stand_and_long_texts_cut_round_them():
    assert marked("村口路灯坏了", "路灯 村口") == [("村口", True), ("路灯", True), ("坏了", False)]
    assert marked("ABC<b>", "b") == [("A", False), ("B", True), ("C<", False), ("b", True), (">", False)]
    long = "一" * 200 + "渠道" + "二" * 200
    pieces = marked(long, "渠道")
    assert ("渠道", True) in pieces
    assert sum(len(piece) for piece, _ in pieces) <= 62
    assert marked("无关", ".*") == [("无关", False)]


def test_every_kind_has_a_list_its_rows_are_found_in(filled):
    names = [kind.listed for kind in overall.kinds()]
    assert len(names) == len(set(names)) == len({kind.rank for kind in overall.kinds()}) >= 10
    for kind in overall.kinds():
        assert kind.subject or kind.titles or kind.number, kind.label
    assert Suggestion.url_name


def test_voters_are_found_by_name_and_spelling_by_those_who_see_the_roll_alone(world, browse):
    with world.in_township():
        registered(world.clerk, set_up(world.township), "程立春", village="东山村")
    for query in ("程立春", "立春", "chenglichun", "clc", "程立春 东山"):
        assert told(ask(browse(world.clerk), world, query)).get("选民") == ["程立春"], query
    for who in (world.deputy_user, world.county_viewer, world.neighbour_clerk):
        assert (
            "程立春"
            not in browse(who).get(reverse("search", args=[world.township.code]), {"q": "立春"}).content.decode()
        )
