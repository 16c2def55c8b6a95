"""What a user wants to see of a list is kept with the user, list by list, and read kindly when the list has changed."""

from dataclasses import replace

import pytest
from django.urls import reverse

from congress.models import User
from congress.web import columns
from congress.web.columns import View, view_of
from congress.web.search import Name
from congress.web.table import Col, Listing
from deputies.listings import ROSTER


def shown(answer) -> list[str]:
    return [column.key for column, _ in answer.context["heads"]]


@pytest.fixture
def roster(world):
    return reverse("deputies-list", args=[world.township.code])


def choose(client, roster, **answers):
    given = {"list": "deputies", "next": roster} | answers
    return client.post(reverse("list-view"), given, follow=True)


def test_chosen_columns_are_shown_in_the_order_of_the_list_with_the_name_first(world, browse, roster):
    client = browse(world.clerk)
    answer = choose(client, roster, columns=["birth", "district", "ethnicity"], density="compact")
    assert shown(answer) == ["name", "ethnicity", "district", "birth"]
    assert shown(client.get(roster)) == ["name", "ethnicity", "district", "birth"]
    assert "roomy" not in answer.content.decode().split('id="rows"')[1].split(">")[1]


def test_the_choice_belongs_to_one_user_and_one_list(world, browse, roster):
    usual = shown(browse(world.chair).get(roster))
    choose(browse(world.clerk), roster, columns=["birth"])
    assert shown(browse(world.chair).get(roster)) == usual
    units = browse(world.clerk).get(reverse("units", args=[world.township.code]))
    assert shown(units) == ["name", "level", "duties"]


def test_rows_may_stand_apart_and_the_usual_view_comes_back(world, browse, roster):
    client = browse(world.clerk)
    roomy = choose(client, roster, columns=["birth"], density="roomy")
    assert 'class="table-wrap listing roomy' in roomy.content.decode()
    usual = choose(client, roster, usual="1", columns=["birth"], density="roomy")
    assert 'class="table-wrap listing roomy' not in usual.content.decode()
    assert shown(usual) == [column.key for column in ROSTER.columns if column.screen]
    assert User.objects.get(pk=world.clerk.pk).list_views == {}


@pytest.mark.parametrize(
    "kept",
    [
        {"deputies": {"columns": ["gone", "never_was"]}},
        {"deputies": {"columns": "name"}},
        {"deputies": {"columns": [["name"], None, 3]}},
        {"deputies": ["name"]},
        {"deputies": None},
        ["deputies"],
        "deputies",
        None,
    ],
)
def test_a_choice_older_than_the_list_is_read_as_far_as_it_goes(world, browse, roster, kept):
    user = replace_kept(world.clerk, kept)
    assert [column.key for column in view_of(user, ROSTER).columns] == [c.key for c in ROSTER.columns if c.screen]


def replace_kept(user: User, kept) -> User:
    user.list_views = kept
    return user


def test_columns_that_are_left_of_a_choice_are_shown(world):
    user = replace_kept(world.clerk, {"deputies": {"columns": ["gone", "birth"], "roomy": True}})
    view = view_of(user, ROSTER)
    assert ([column.key for column in view.columns], view.roomy) == (["name", "birth"], True)


def test_a_column_that_is_not_offered_is_shown_to_nobody(world):
    listing = Listing("表", "t", [Col("a", "甲", str, "a"), Col("hash", "散列", str, screen=False, offered=False)], "a")
    view = view_of(replace_kept(world.clerk, {"t": {"columns": ["hash"]}}), listing)
    assert [column.key for column in view.columns] == ["a"]


@pytest.mark.parametrize("name", ["", "Deputies", "x" * 41, "deputies; drop", "../x", "é"])
def test_an_answer_that_names_no_list_changes_nothing(world, browse, roster, name):
    choose(browse(world.clerk), roster, list=name, columns=["birth"])
    assert User.objects.get(pk=world.clerk.pk).list_views == {}


def test_whatever_is_sent_little_is_kept_and_nobody_is_led_away(world, browse, roster):
    client = browse(world.clerk)
    many = [f"c{number}" for number in range(500)]
    client.post(reverse("list-view"), {"list": "deputies", "columns": [*many, "x" * 5000, "\x00"]})
    kept = User.objects.get(pk=world.clerk.pk).list_views["deputies"]["columns"]
    assert len(kept) == columns.MOST_COLUMNS
    for number in range(columns.MOST_LISTS + 5):
        world.clerk.list_views = columns.changed(world.clerk, {"list": f"l{number}"}, ["a"])
    assert len(world.clerk.list_views) == columns.MOST_LISTS
    away = client.post(reverse("list-view"), {"list": "deputies", "next": "https://example.org/"})
    assert away["Location"] == "/"
    assert client.get(reverse("list-view")).status_code == 302


def test_the_table_that_is_taken_along_has_every_column_whatever_is_shown(world, browse, roster):
    client = browse(world.clerk)
    before = client.get(roster, {"format": "csv"}).content
    choose(client, roster, columns=["birth"])
    assert client.get(roster, {"format": "csv"}).content == before
    assert before.decode("utf-8-sig").splitlines()[0].count(",") == len(ROSTER.columns)


def test_the_first_wide_column_gets_the_room_and_short_ones_stay_whole():
    short, subject = Col("a", "编号", str, width=12), Col("b", "标题", str, width=36)
    wide, middle, number = (
        Col("c", "说明", str, width=30),
        Col("d", "单位", str, width=18),
        Col("e", "数", str, numeric=True),
    )
    view = View([short, middle, subject, wide, number])
    assert [view.css(one) for one in view.columns] == ["short", "cut", "subject", "cut wide", "num"]
    assert View([short, middle]).css(short) == "subject"
    assert not view.broad
    assert View([replace(wide, key=str(n)) for n in range(6)]).broad


def test_a_row_is_called_by_the_column_that_leads_to_it():
    """On a phone the person, not the work, stands above; of a suggestion its title."""
    link = lambda row, place: "/"  # noqa: E731
    name, work, title = (
        Col("name", "姓名", str, url=link),
        Col("w", "工作", str, width=30),
        Col("t", "题", str, url=link, width=30),
    )
    assert View([name, work]).css(name) == "cut called"
    alone = Col("n", "姓名", str, find=Name("name"))  # whoever may not open the person reads the list all the same
    assert View([alone, work]).css(alone) == "cut called"
    assert View([Col("day", "日期", str), work]).named_first is False
    assert "called" not in View([name, title]).css(name)
    assert [View([name, title]).css(one) for one in (name, title)] == ["cut", "subject"]


def test_nothing_is_cut_short_where_all_columns_fit():
    few, many = (
        [Col(str(n), "列", str, width=20) for n in range(5)],
        [Col(str(n), "列", str, width=20) for n in range(6)],
    )
    assert (View(few).ample, View(many).ample) == (True, False)


def test_what_is_shown_decides_the_order_where_nothing_else_does():
    column = Col("x", "数", lambda row: row)
    assert sorted([10, "", 9, "乙", None, "甲"], key=column.rank) == [*sorted(["乙", "甲"]), 9, 10, "", None]
