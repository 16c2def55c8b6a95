"""Figures of a day: computed from dated facts, untouched by what happens later."""

import pytest

from congress import clock
from proposals import actions, queries
from proposals.models import Suggestion
from proposals.queries import dated
from proposals.stages import Stage
from tests.proposals.helpers import a_matter, day, dissatisfied, log, new_matter, rated, replied, signed, submit

pytestmark = pytest.mark.django_db

YEAR = (day(1, 1), day(12, 31))


def test_receptions_count_until_they_are_withdrawn(town):
    log(town, people=7)
    gone = log(town, people=5, held_on=day(4, 1))
    log(town, held_on=day(2, 1, 2023))
    assert sum(row.people for row in dated.receptions_between(*YEAR)) == 12
    assert dated.receivers_between(*YEAR).count() == 2
    assert dated.receptions_between(*YEAR, by=day(3, 20)).count() == 1
    with clock.frozen(day(5, 1)):
        actions.withdraw_reception(town.clerk, gone, reason="重复登记")
    assert sum(row.people for row in dated.receptions_between(*YEAR)) == 7
    assert sum(row.people for row in dated.receptions_between(*YEAR, by=day(4, 30))) == 12


def test_matters_stand_where_they_stood_on_the_day(town):
    a_matter(town, channel="on_the_spot", text="答了")
    handed = a_matter(town, channel="unit", unit=town.unit)
    a_matter(town, channel="declined", text="向法院起诉")
    a_matter(town)
    actions.resolve_matter(town.handler, handed, answer="修好了", on=day(5, 1))
    assert dated.matters_raised_between(*YEAR).count() == 4
    assert dated.matters_resolved_by(*YEAR, by=day(4, 1)).count() == 1
    assert dated.matters_with_units_by(*YEAR, by=day(4, 1)).get() == handed
    assert dated.matters_unresolved_by(*YEAR, by=day(4, 1)).count() == 2
    assert dated.matters_resolved_by(*YEAR, by=day(5, 1)).count() == 2
    assert not dated.matters_with_units_by(*YEAR, by=day(5, 1)).exists()
    assert dated.matters_channelled_by("declined", *YEAR).count() == 1
    assert dated.matters_told_by(*YEAR).count() == 2  # answered, and told the proper channel


def test_suggestions_stand_where_they_stood_on_the_day(town):
    row = queries.fresh(dissatisfied(town))
    expected = {
        day(3, 16): Stage.SUBMITTED,
        day(3, 17): Stage.REGISTERED,
        day(3, 20): Stage.ASSIGNED,
        day(3, 21): Stage.SIGNED,
        day(4, 10): Stage.TALKED,
        day(5, 10): Stage.REPLIED,
        day(5, 15): Stage.REOPENED,
    }
    for on, stage in expected.items():
        assert queries.stage_of(row, on) is stage, on
        assert dated.by_stage_at(Suggestion.objects.all(), on) == {stage: [row]}
    assert not dated.by_stage_at(Suggestion.objects.all(), day(3, 15))


def test_overdue_at_a_day_does_not_know_the_later_reply(town):
    late = replied(town, on=day(7, 1))
    signed(town)
    everything = Suggestion.objects.all()
    assert len(dated.overdue_at(everything, day(6, 20))) == 0
    assert len(dated.overdue_at(everything, day(6, 30))) == 2
    assert [row.pk for row in dated.overdue_at(everything, day(7, 2))] != [late.pk]
    assert len(dated.overdue_at(everything, day(7, 2))) == 1
    assert dated.first_reply_late_by(queries.fresh(late), day(6, 25)) == 5
    assert dated.first_reply_late_by(queries.fresh(late), day(12, 31)) == 11
    assert dated.replied_in_time_by(everything, day(12, 31)) == []


def test_counts_of_a_year(town):
    rated(town)
    submit(town)
    assert dated.suggestions_submitted_between(*YEAR).count() == 2
    given = dated.suggestions_assigned_between(*YEAR)
    assert given.count() == 1
    assert dated.replied_by(given, day(5, 9)).count() == 0
    assert dated.replied_by(given, day(5, 10)).count() == 1
    assert len(dated.replied_in_time_by(given, day(12, 31))) == 1
    assert dated.suggestions_closed_between(*YEAR).count() == 1
    assert dated.suggestions_closed_between(*YEAR, by=day(5, 14)).count() == 0
    assert dated.suggestions_declined_between(*YEAR).count() == 0
    assert dated.graded_by(given, "A", day(12, 31)).count() == 1
    assert dated.graded_by(given, "BCD", day(12, 31)).count() == 0


def test_first_and_final_ratings_are_two_figures(town):
    row = actions.reopen(town.chair, dissatisfied(town), lead=town.unit, on=day(5, 20))
    row = actions.sign_for(town.handler, row, on=day(5, 21))
    actions.reply(town.handler, row, text="修好了", grade="B", on=day(6, 10))
    actions.rate(town.deputy_user, row, attitude="good", result="fair", on=day(6, 15))
    everything = Suggestion.objects.all()
    assert dated.first_ratings_by(everything, day(12, 31)).get().result == "bad"
    assert dated.final_ratings_by(everything, day(12, 31)).get().result == "fair"
    assert dated.final_ratings_by(everything, day(6, 1)).get().result == "bad"
    assert dated.graded_by(everything, "A", day(6, 1)).count() == 1
    assert dated.graded_by(everything, "A", day(12, 31)).count() == 0


def test_what_is_entered_for_later_days_changes_no_earlier_figure(town):
    row = signed(town)
    before = [one.pk for one in dated.overdue_at(Suggestion.objects.all(), day(6, 30))]
    actions.reply(town.handler, row, text="答复", grade="A", on=day(7, 5))
    actions.rate(town.deputy_user, row, attitude="good", result="good", on=day(7, 6))
    log(town, held_on=day(7, 7), matter=new_matter(town))
    assert [one.pk for one in dated.overdue_at(Suggestion.objects.all(), day(6, 30))] == before == [row.pk]
    assert queries.stage_of(queries.fresh(row), day(6, 30)) is Stage.SIGNED
    assert not dated.matters_raised_between(*YEAR, by=day(6, 30)).exists()
