"""Figures: computed from dated facts, the same for the same cut-off, and honest about changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from congress import figures
from congress.figures import Kind, Row, fingerprint, spoken
from congress.guard import scope
from congress.guard.action import action
from congress.law.suggestion_steps import SATISFACTION_BASE, satisfaction
from congress.models import Category
from congress.wording import percent
from deputies.models import Station, StationCheck
from proposals.models import Matter, Rating
from tests.reports.figuring import compute
from tests.reports.year import CUT_OFF, FILL, add_matter, add_reception, add_suggestion


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("receptions.people", "47"),
        ("receptions.count", "2"),
        ("receptions.matters", "10"),
        ("receptions.on_the_spot", "5"),
        ("receptions.resolved", "7"),
        ("receptions.remaining", "3"),
        ("receptions.handed", "3"),
        ("receptions.categories", "水利设施、教育资源"),
        ("officers_received.people", "42"),
        ("officers_received.matters", "9"),
        ("officers_received.resolved", "7"),
        ("officers_received.remaining", "2"),
        ("officers_received.names", "清江县人民政府县长区长乙同志、县纪委书记书记丙同志"),
        ("suggestions.submitted", "3"),
        ("suggestions.assigned", "3"),
        ("suggestions.replied", "3"),
        ("suggestions.late", "1"),
        ("suggestions.on_time_rate", "66.67%"),
        ("suggestions.reply_rate", "100%"),
        ("suggestions.first_good_rate", "50%"),
        ("suggestions.final_fair_rate", "100%"),
        ("suggestions.upward", "1"),
        ("suggestions.closed", "1"),
        ("suggestions.solved_rate", "66.67%"),
        ("deputies.county_elected", "2"),
        ("deputies.township_elected", "5"),
        ("deputies.in_office", "5"),
        ("elections.registered", "10268"),
        ("elections.turnout", "96%"),
        ("elections.rules", "3"),
        ("officers.names", "镇人大主席戊二、镇长丁一"),
        ("sessions.first", "第十七届人民代表大会第一次会议"),
        ("sessions.count", "1"),
        ("sessions.attendance", "96%"),
        ("presidium.attendance", "88.89%"),
        ("trainings.people", "2"),
        ("inspections.people", "4"),
        ("inspections.titles", "农田水利"),
        ("duty_reports.deputies", "2"),
        ("visits.households", "40"),
        ("visits.deeds", "6"),
        ("town_tasks.titles", "农村人居环境整治、城乡医保参保登记"),
        ("stations.complete", "1"),
        ("stations.items", "100%"),
    ],
)
def test_figure_gives_what_the_records_say(world, year, key, shown):
    assert compute(world, key)[key].shown == shown


def test_what_the_category_of_all_the_rest_holds_is_counted_but_not_said(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        rest = Category.objects.create(township=world.township, kind="matter", label="其他", position=99)
        add_matter(year, year.joint, "2022-0099", category=rest)
    told = compute(world, "receptions.categories")["receptions.categories"]
    assert (told.words, told.value, len(told.rows)) == ("水利设施、教育资源", 2, 11)


def test_a_matter_told_to_go_elsewhere_does_not_remain(world, year):
    keys = ("receptions.remaining", "receptions.resolved_rate", "receptions.declined", "receptions.matters")
    before = {key: one.shown for key, one in compute(world, *keys).items()}
    with scope.township(world.township), action(FILL, actor=None):
        add_matter(year, year.joint, "2022-0099", channel=Matter.Channel.DECLINED, on=CUT_OFF)
    after = {key: one.shown for key, one in compute(world, *keys).items()}
    assert after == before | {"receptions.declined": "1", "receptions.matters": "11"}
    earlier = compute(world, *keys, cut_off=CUT_OFF - timedelta(days=1))
    assert earlier["receptions.declined"].value == 0


def test_every_figure_says_its_definition_period_and_denominator(world, year):
    for key, computed in compute(world).items():
        figure = computed.figure
        assert figure.definition, key
        assert computed.period.start <= computed.period.end <= max(CUT_OFF, date(2022, 12, 31)), key
        assert bool(figure.denominator) == (figure.kind is Kind.SHARE), key
        if figure.kind is Kind.COUNT:
            assert computed.value == sum(row.value for row in computed.rows), key


def test_every_row_names_a_record_that_exists(world, year):
    from django.apps import apps

    with scope.township(world.township):
        for key, computed in figures.compute(figures.registered(), world.township, 2022, CUT_OFF).items():
            for row in computed.rows:
                assert apps.get_model(row.subject).objects.filter(pk=row.id).exists(), key


def test_every_registered_figure_is_computed_in_a_constant_number_of_queries(
    world, year, django_assert_max_num_queries
):
    with scope.township(world.township):
        with django_assert_max_num_queries(37):
            figures.compute(figures.registered(), world.township, 2022, CUT_OFF)
        with action(FILL, actor=None):
            for number in range(3):
                add_reception(year, date(2022, 8, 1 + number))
                add_suggestion(year, f"2022-9{number}", date(2022, 8, 1), assigned=date(2022, 8, 2))
        with django_assert_max_num_queries(37):
            figures.compute(figures.registered(), world.township, 2022, CUT_OFF)


def test_a_neighbours_records_do_not_count(world, year):
    with scope.township(world.neighbour):
        there = figures.compute(figures.registered(), world.neighbour, 2022, CUT_OFF)
    assert there["receptions.people"].value == 0
    with scope.reading([world.township, world.neighbour]):
        here = figures.compute(["receptions.people"], world.township, 2022, CUT_OFF)
        there = figures.compute(["receptions.people"], world.neighbour, 2022, CUT_OFF)
    assert (here["receptions.people"].value, there["receptions.people"].value) == (47, 0)


def test_nothing_is_offered_that_nobody_registers(world):
    for key, computed in compute(world).items():
        assert "平台不登记" not in computed.figure.definition, key
    assert not [key for key in figures.registered() if key.startswith("motions")]


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(199, 200, "99%"), (1, 300, "1%"), (2, 3, "67%"), (1, 3, "33%"), (5, 5, "100%"), (0, 7, "0%"), (1, 0, "—")],
)
def test_in_running_text_a_share_is_a_whole_number_and_100_only_when_it_is_all(part, whole, words):
    assert spoken(Kind.SHARE, part, whole, "") == words


ROWS = st.builds(
    Row,
    subject=st.just("proposals.matter"),
    id=st.uuids().map(str),
    label=st.text(max_size=5),
    value=st.integers(0, 50),
    word=st.text(max_size=3),
)


@given(st.lists(ROWS, max_size=6, unique_by=lambda row: row.id), st.randoms())
def test_the_fingerprint_depends_on_the_rows_and_not_on_their_order_or_label(rows, random):
    stored = [row.stored() for row in rows]
    shuffled = list(stored)
    random.shuffle(shuffled)
    assert fingerprint(stored) == fingerprint(shuffled)
    renamed = [replace(row, label="别名").stored() for row in rows]
    assert fingerprint(stored) == fingerprint(renamed)
    if rows:
        changed = [replace(rows[0], value=rows[0].value + 1), *rows[1:]]
        assert fingerprint(stored) != fingerprint(row.stored() for row in changed)


def test_a_share_must_say_what_it_is_of():
    with pytest.raises(ValueError, match="share"):
        figures.Figure("a.b", "组", "名", "", "定义", figures.THIS_YEAR, lambda asked: [], Kind.SHARE)


def test_a_key_cannot_be_registered_twice():
    other = replace(figures.registered()["receptions.people"], label="别的")
    with pytest.raises(ValueError, match="twice"):
        figures.register(other)


def test_satisfaction_is_counted_as_the_law_library_counts_it(world, year):
    with scope.township(world.township):
        ratings = list(Rating.objects.filter(round=1).values_list("result", flat=True))
    counts = [ratings.count(mark) for mark in ("good", "fair", "bad")]
    told = compute(world, "suggestions.assigned", "suggestions.first_good_rate")
    silent = told["suggestions.assigned"].value - len(ratings)
    answer = satisfaction(*counts, silent, CUT_OFF)
    first = told["suggestions.first_good_rate"]
    assert (first.value, first.denominator) == (counts[0], answer.base)
    assert first.shown == percent(answer.satisfied_rate, 10_000)
    assert silent > 0
    assert SATISFACTION_BASE in first.figure.denominator
    assert SATISFACTION_BASE in answer.note


def test_items_lost_on_the_cut_off_day_are_met_no_more_and_the_day_before_they_are(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        StationCheck.objects.update(lost_on=CUT_OFF)
    for cut_off, share in ((CUT_OFF - timedelta(days=1), "100%"), (CUT_OFF, "0%")):
        assert compute(world, "stations.items", cut_off=cut_off)["stations.items"].shown == share


def test_every_figure_says_where_its_facts_are_kept(world):
    for key in figures.registered():
        owner = figures.owner_of(key)
        assert owner is not None, key
        assert reverse(owner.route, args=[world.township.code]), key


def test_a_station_where_nobody_received_is_told_once_it_is_settled(world, year):
    def silent(**more):
        return [row.label for row in compute(world, "stations.silent", **more)["stations.silent"].rows]

    assert silent() == []  # the one there is has receptions
    with scope.township(world.township), action(FILL, actor=None):
        town = world.township
        upper = Station.objects.create(township=town, name="上坝联络点", opened_on=CUT_OFF - timedelta(days=90))
        Station.objects.create(township=town, name="新联络点", opened_on=CUT_OFF - timedelta(days=89))
        old = {"opened_on": date(2020, 1, 1), "closed_on": CUT_OFF}
        Station.objects.create(township=town, name="旧联络点", **old)
    assert silent() == ["上坝联络点"]
    assert silent(cut_off=CUT_OFF - timedelta(days=1)) == ["旧联络点"]
    with scope.township(world.township), action(FILL, actor=None):
        year.station = upper
        add_reception(year, CUT_OFF)
    assert silent() == []


@pytest.mark.parametrize(
    ("since", "begun"),
    [(None, date(2021, 1, 1)), (date(2021, 10, 20), date(2021, 1, 1)), (date(2016, 11, 1), date(2016, 11, 1))],
)
def test_elections_are_told_of_the_year_before_too_or_since_the_report_begins(since, begun):
    assert figures.ELECTION.of(2022, date(2022, 11, 30), since) == figures.Period(begun, date(2022, 11, 30))
    assert figures.THIS_YEAR.of(2022, date(2023, 2, 1), None) == figures.Period(date(2022, 1, 1), date(2022, 12, 31))
