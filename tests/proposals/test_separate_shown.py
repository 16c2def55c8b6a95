"""What reminders, lists, figures and the thread show of several units that each answer for themselves (分办)."""

import pytest

from congress import clock, figures
from congress.guard import scope
from congress.law.finding import Citation
from congress.models import Message
from congress.steps import standing_of
from congress.web.todo import waiting_for
from congress.work import deadlines
from proposals import queries
from proposals.life import SUGGESTION
from proposals.models import Suggestion
from reports.queries import county
from tests.proposals.helpers import answer, apart, at, day, text_of

pytestmark = pytest.mark.django_db


def lines(key="suggestion.reply", on=None):
    found = [line for line in deadlines.board(on or day(6, 1)) if line.deadline.key == key]
    return [(line.due_on, sorted(user.username for user in line.opened.people)) for line in found]


def test_each_unit_is_reminded_of_its_own_part_alone(world):
    with world.in_township():
        row = apart(world)
        assert lines() == [(day(6, 20), ["chair", "clerk", "handler", "handler2"])]
        SUGGESTION.take("ask-extension", world.handler, row, new_due=day(8, 1), reason="汛期", on=day(6, 1))
        SUGGESTION.take("extension", world.chair, row, decision="agree", on=day(6, 2))
        assert lines() == [
            (day(6, 20), ["chair", "clerk", "handler2"]),
            (day(8, 1), ["chair", "clerk", "handler"]),
        ]
        answer(world, row, world.other_handler, on=day(6, 10))
        assert lines() == [(day(8, 1), ["chair", "clerk", "handler"])]


def test_a_reminder_on_its_way_to_a_unit_that_has_answered_meanwhile_is_not_sent(world):
    with world.in_township():
        row = apart(world)
    assert deadlines.sweep(world.township, day(6, 1)) > 0
    with world.in_township():
        answer(world, row, world.handler, on=day(6, 2))
        left = {
            message.recipient.username: deadlines.stands(message)
            for message in Message.objects.filter(kind="suggestion.reply").select_related("recipient")
        }
    assert left == {"handler": False, "handler2": True, "clerk": True, "chair": True}


def test_each_unit_finds_its_own_part_on_its_pages(world, browse):
    with world.in_township():
        row = apart(world)
        answer(world, row, world.handler, on=day(4, 1))
    with clock.frozen(day(6, 24)):
        own, other = (text_of(browse(user).get(at(world, "handling"))) for user in (world.handler, world.other_handler))
        assert "没有待签收的建议" in own
        assert "按期答复" in own
        assert "逾期4天" in other
        assert "没有待签收的建议" not in other
        with world.in_township():
            mine = {
                user: {
                    one.label: one.count
                    for one in waiting_for(standing_of(world.users[user], world.township))
                    if one.count
                }
                for user in ("handler", "other_handler")
            }
        assert mine["handler"] == {}
        assert mine["other_handler"] == {"代表建议待签收": 1, "代表建议逾期未答复": 1}


def test_lists_and_their_filters_show_every_unit_that_answers(world, browse):
    with world.in_township():
        apart(world)
    client, url = browse(world.clerk), at(world, "suggestions")
    assert "水利站、教育办" in text_of(client.get(url))
    for query in ({"unit": str(world.other_unit.pk)}, {"q": "教育办"}, {"q": "分办"}):
        assert "关于维修云溪村灌溉渠的建议" in text_of(client.get(url, query)), query
    assert "没有符合条件" in text_of(client.get(url, {"q": "主办和协办"}))


def test_a_unit_reads_its_own_clock_in_the_ledger(world, browse):
    with world.in_township():
        row = apart(world)
        answer(world, row, world.handler, on=day(4, 1))
    url = at(world, "suggestions")
    with clock.frozen(day(6, 24)):
        for user, left, listed in ((world.handler, "按期答复", False), (world.other_handler, "逾期4天", True)):
            assert left in text_of(browse(user).get(url))
            assert (row.title in text_of(browse(user).get(url, {"due": "now"}))) is listed
        assert "逾期4天" in text_of(browse(world.clerk).get(url, {"due": "now"}))
    with clock.frozen(day(6, 14)):
        assert row.title in text_of(browse(world.other_handler).get(url, {"due": "week"}))
        assert row.title not in text_of(browse(world.handler).get(url, {"due": "week"}))


def test_the_office_reads_the_first_clock_also_while_one_part_is_given_back(town):
    row = apart(town)
    SUGGESTION.take("ask-extension", town.handler, row, new_due=day(8, 1), reason="汛期", on=day(4, 1))
    SUGGESTION.take("extension", town.chair, row, decision="agree", on=day(4, 2))
    SUGGESTION.take("return", town.other_handler, row, reason="不归我们管", on=day(4, 3))
    row = queries.fresh(row)
    facts = queries.facts_for(standing_of(town.clerk, town.township), row)
    assert queries.due_of(row, facts).date == day(6, 20)
    assert queries.due_of(row, queries.facts_for(standing_of(town.handler, town.township), row)).date == day(8, 1)


def test_a_suggestion_counts_once_and_is_in_time_only_when_every_unit_was(world):
    keys = ("suggestions.assigned", "suggestions.replied", "suggestions.on_time_rate", "suggestions.solved_rate")

    def shown() -> list[str]:
        with scope.township(world.township):
            return [one.shown for one in figures.compute(keys, world.township, 2022, day(12, 20)).values()]

    with world.in_township():
        one, two = apart(world), apart(world)
        answer(world, one, world.handler, on=day(4, 1))
        answer(world, two, world.handler, on=day(4, 1))
        answer(world, two, world.other_handler, on=day(4, 2))
    assert shown() == ["2", "1", "50%", "100%"]
    with world.in_township():
        answer(world, one, world.other_handler, on=day(6, 25), grade="C")
    assert shown() == ["2", "2", "50%", "50%"]
    with scope.reading([world.township]):
        lines, _ = county.overview(world.county, 2022, day(12, 20))
    assert lines[0].told["suggestions.on_time_rate"].shown == "50%"


def test_the_county_reads_who_is_late(world):
    with world.in_township():
        row = apart(world)
        answer(world, row, world.handler, on=day(4, 1))
    with scope.reading([world.township]):
        (late,) = county.with_lateness(county.overdue([world.township], day(6, 24)), day(6, 24))
        (row,) = queries.with_facts(Suggestion.objects.filter(summary=late))
        assert late.late_units == ["教育办"]
        assert late.due_on == queries.due_of(row).date == day(6, 20)
        assert Citation(**late.ground) == queries.due_of(row).citation


def test_the_county_names_no_unit_whose_own_day_is_not_over(world):
    with world.in_township():
        row = apart(world)
        SUGGESTION.take("ask-extension", world.handler, row, new_due=day(8, 1), reason="汛期", on=day(6, 1))
        SUGGESTION.take("extension", world.chair, row, decision="agree", on=day(6, 2))
    with scope.reading([world.township]):
        on_days = [
            county.with_lateness(county.overdue([world.township], on), on).get().late_units
            for on in (day(6, 24), day(8, 2))
        ]
    assert on_days == [["教育办"], ["教育办", "水利站"]]


def test_the_thread_names_each_unit(world, browse):
    with world.in_township():
        row = apart(world)
        SUGGESTION.take("sign", world.other_handler, row, on=day(3, 21))
        ahead = [
            entry.text
            for entry in queries.suggestion_thread(standing_of(world.chair, world.township), queries.fresh(row))
            if entry.state == "ahead"
        ]
        assert ahead == ["水利站：书面答复", "教育办：书面答复"]
        answer(world, row, world.handler, on=day(4, 1))
        SUGGESTION.take("reply", world.other_handler, row, text="已办。", grade="A", on=day(6, 22))
        SUGGESTION.take("rate", world.deputy_user, row, attitude="good", result="good", on=day(6, 23))
    page = text_of(browse(world.chair).get(at(world, "suggestion", row.pk)))
    for words in ("水利站书面答复", "教育办书面答复，A 已解决或基本解决，逾期2天", "教育办：已答复"):
        assert words in page


def test_three_cost_no_more_queries_than_one(world, browse, django_assert_max_num_queries):
    def asked(user, url) -> int:
        with django_assert_max_num_queries(120) as seen:
            assert browse(user).get(url).status_code == 200
        return len(seen)

    pages = [(world.clerk, at(world, "suggestions")), (world.handler, at(world, "handling"))]
    with clock.frozen(day(6, 1)):
        with world.in_township():
            apart(world)
        for page in pages:
            asked(*page)  # the first visit fills caches
        one = [asked(*page) for page in pages]
        with world.in_township():
            apart(world)
            apart(world)
        assert [asked(*page) for page in pages] == one
