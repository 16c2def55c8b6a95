"""Figures and time: nothing after the cut-off counts, and every event is told in exactly one year."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from congress import clock, figures
from congress.assembly.models import Officer, PresidiumMeeting, Session
from congress.figures import differences
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import Category, Unit
from congress.upkeep import change_category
from deputies.models import (
    Activity,
    ActivityAttendance,
    Deputy,
    Group,
    Mandate,
    Station,
    StationCheck,
    Suspension,
    Term,
)
from proposals.models import (
    Handing,
    Matter,
    OfficePeriod,
    Promise,
    Rating,
    Reception,
    ReceptionDeputy,
    Reply,
    Suggestion,
)
from tests.reports.figuring import compute
from tests.reports.year import CUT_OFF, FILL, Year, add_matter, add_reception, add_suggestion

APPROVED = Deputy.State.APPROVED
LAST = date(2030, 1, 1)
LATER = st.integers(min_value=1, max_value=400).map(lambda days: CUT_OFF + timedelta(days=days))
DEEDS = (
    *("reception", "resolve", "reply", "rate", "close", "submit", "activity", "end mandate", "elect", "suspend"),
    *("next term", "rename", "reorder", "switch off", "new item", "lose item", "close station", "end office"),
    *("dissolve group", "mend", "give back", "rename unit", "office period", "settle promise", "promise anew"),
)


def _do(world, year, deed: str, day: date) -> None:
    town = world.township
    number = str(Matter.objects.count() + Suggestion.objects.count() + 500)
    match deed:
        case "reception":
            add_matter(year, add_reception(year, day, people=7), number, channel="unit", on=day)
        case "resolve":
            Matter.objects.filter(resolved_on__isnull=True).update(resolved_on=day)
        case "reply":
            for row in Suggestion.objects.filter(replies__isnull=True, assigned_on__isnull=False):
                Reply.objects.create(
                    township=town, suggestion=row, unit=year.unit, replied_on=day, grade="A", text="答复"
                )
        case "rate":
            for row in Suggestion.objects.filter(ratings__isnull=True):
                Rating.objects.create(
                    township=town, suggestion=row, deputy=row.lead, attitude="good", result="good", rated_on=day
                )
        case "close":
            Suggestion.objects.filter(closed_on__isnull=True).update(closed_on=day)
        case "submit":
            add_suggestion(year, number, day, assigned=day)
        case "activity":
            Activity.objects.create(township=town, kind="training", title="新培训", held_on=day, people=3)
        case "end mandate":
            Mandate.objects.filter(ended_on__isnull=True).update(ended_on=day, end_reason="resigned")
        case "elect":
            spare = year.deputies[0]
            Mandate.objects.filter(deputy=spare).update(ended_on=day, end_reason="resigned")
        case "suspend":
            for seat in Mandate.objects.all():
                Suspension.objects.get_or_create(township=town, mandate=seat, until=None, defaults={"since": day})
        case _:
            _set(world, deed, day, number)


def _set(world, deed: str, day: date, number: str) -> None:
    """Change a setting that figures rest on, with effect from a day."""
    town, items = world.township, Category.objects.filter(kind=Category.Kind.CHECKLIST)
    match deed:
        case "next term":
            Term.objects.get_or_create(township=town, level="township", number=18, defaults={"started_on": day})
        case "rename" | "reorder" | "switch off":
            change = {
                "rename": {"label": f"改名{number}"},
                "reorder": {"position": 77},
                "switch off": {"active": False},
            }
            for row in Category.objects.exclude(label__startswith="改名"):
                values = {
                    name: f"{value}{row.label}" if name == "label" else value for name, value in change[deed].items()
                }
                with suppress(Refused), clock.frozen(LAST):  # refused where an earlier example of this run is later
                    change_category(world.clerk, row, values, row.version, day)
        case "new item":
            Category.objects.create(
                township=town, kind=items[0].kind, label=f"有{number}于{day}第{Category.objects.count()}", used_from=day
            )
        case "lose item":
            StationCheck.objects.filter(lost_on=None).update(lost_on=day)
        case "close station":
            Station.objects.filter(closed_on=None).update(closed_on=day)
        case "give back":
            for row in Matter.objects.filter(channel="unit", channelled_on__lte=CUT_OFF):
                had = {"handed_on": row.channelled_on, "ended_on": day, "reason": "不属职责"}
                Handing.objects.create(township=town, matter=row, unit=Unit.objects.first(), **had)
                Matter.objects.filter(pk=row.pk).update(channel="", channelled_on=None, unit=None)
        case "rename unit":
            for row in Unit.objects.exclude(name__startswith="新"):
                Unit.objects.filter(pk=row.pk).update(name=f"新{row.name}")
        case "office period":
            values = {"value": 3, "basis": "主席团会议"}
            OfficePeriod.objects.get_or_create(
                township=town, kind="follow_up", effective_from=day, withdrawn_at=None, defaults=values
            )
        case "dissolve group":
            Group.objects.filter(dissolved_on=None).update(dissolved_on=day)
        case "settle promise":
            Promise.objects.filter(settled_on=None, made_on__lt=day).update(settled_on=day, outcome="kept")
        case "promise anew":
            Promise.objects.filter(settled_on=None, made_on__lt=day).update(settled_on=day, outcome="unkept")
            promised = {"suggestion": Suggestion.objects.first(), "unit": Unit.objects.first(), "settled_on": None}
            days = {"made_on": day, "due_on": day + timedelta(days=30)}
            Promise.objects.get_or_create(township=town, **promised, defaults=days)  # a unit has one open at a time
        case "mend":
            Activity.objects.filter(kind="appraisal", mended_on=None).update(mended=1, mended_on=day)
        case "end office":
            Officer.objects.update(ended_on=day)
        case _:
            raise ValueError(deed)


@settings(max_examples=16, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.tuples(st.sampled_from(DEEDS), LATER), max_size=8))
@example(deeds=[(deed, CUT_OFF + timedelta(days=1)) for deed in DEEDS])
def test_what_happens_after_the_cut_off_never_changes_a_figure(world, field, deeds):
    from django.db import transaction

    with scope.township(world.township):
        before = figures.compute(figures.registered(), world.township, 2022, CUT_OFF)
        mark = transaction.savepoint()
        with action(FILL, actor=None):
            for deed, day in deeds:
                _do(world, field, deed, day)
        after = figures.compute(figures.registered(), world.township, 2022, CUT_OFF)
        transaction.savepoint_rollback(mark)
    assert {key: c.shown for key, c in before.items()} == {key: c.shown for key, c in after.items()}
    assert {key: c.rows_hash for key, c in before.items()} == {key: c.rows_hash for key, c in after.items()}


def test_the_same_facts_count_once_the_cut_off_reaches_them(world, year):
    later = compute(world, "receptions.resolved", cut_off=date(2022, 12, 31))
    assert later["receptions.resolved"].value == 8


@pytest.mark.parametrize("day", [date(2022, 12, 1), CUT_OFF, date(2026, 1, 8)])
def test_a_record_that_was_withdrawn_counts_for_no_cut_off(world, year, day):
    with scope.township(world.township), action(FILL, actor=None), clock.frozen(day):
        year.joint.withdrawn_at, year.joint.withdrawn_reason = clock.now(), "重复登记"
        year.joint.save()
    now = compute(world, "receptions.people", "receptions.matters", "officers_received.names")
    assert [now[key].value for key in now] == [5, 1, 0]


def _numbers(world):
    return {key: (one.shown, one.rows_hash) for key, one in compute(world).items()}


def test_withdrawing_a_record_is_the_same_as_never_having_entered_it(world, year):
    before = _numbers(world)
    with scope.township(world.township), action(FILL, actor=None):
        rows = [*_one_more_of_everything(world, year)]
    assert _numbers(world) != before
    with scope.township(world.township), action(FILL, actor=None), clock.frozen(date(2026, 1, 8)):
        for row in rows:
            type(row).objects.filter(pk=row.pk).update(withdrawn_at=clock.now(), withdrawn_reason="误录")
    assert _numbers(world) == before


def _one_more_of_everything(world, year):
    """A second row of every kind of record that figures rest on, each inside the year."""
    town, day = world.township, date(2022, 5, 5)
    yield (reception := add_reception(year, day, people=4))
    yield add_matter(year, reception, "2022-777", channel="on_the_spot", on=day)
    yield (suggestion := add_suggestion(year, "2022-77", day, assigned=day, replied=day, rated=day, closed=day))
    yield from (*suggestion.replies.all(), *suggestion.ratings.all(), *suggestion.talks.all())
    yield (activity := Activity.objects.create(township=town, kind="training", title="培训", held_on=day, people=3))
    yield ActivityAttendance.objects.create(township=town, activity=activity, deputy=year.deputies[2])
    yield (deputy := Deputy.objects.create(township=town, name="丁", gender="female", state=APPROVED))
    yield Mandate.objects.create(township=town, deputy=deputy, term=world.term, elected_on=date(2021, 10, 20))
    yield (station := Station.objects.create(township=town, name="下坝联络点", opened_on=day))
    item = Category.objects.filter(kind=Category.Kind.CHECKLIST).first()
    yield StationCheck.objects.create(township=town, station=station, item=item, met_on=day, evidence="照片")
    yield Category.objects.create(township=town, kind=Category.Kind.CHECKLIST, label="有调解员")
    yield (session := Session.objects.create(township=town, term=world.term, number=9, opened_on=day, entitled=9))
    yield Officer.objects.create(township=town, session=session, post="chair", name="己", elected_on=day)
    yield PresidiumMeeting.objects.create(township=town, held_on=day, topics="议题", entitled=9, present=1)


def test_an_entry_that_waits_for_approval_counts_in_no_number(world, year):
    before = _numbers(world)
    with scope.township(world.township), action(FILL, actor=None):
        deputy = Deputy.objects.create(township=world.township, name="待审", gender="female")
        Mandate.objects.create(township=world.township, deputy=deputy, term=world.term, elected_on=date(2021, 10, 20))
        ReceptionDeputy.objects.create(township=world.township, reception=year.joint, deputy=deputy)
        activity = Activity.objects.get(kind="training")
        ActivityAttendance.objects.create(township=world.township, activity=activity, deputy=deputy)
    assert _numbers(world) == before
    with scope.township(world.township), action(FILL, actor=None), clock.frozen(date(2026, 1, 8)):
        Deputy.objects.filter(pk=deputy.pk).update(state=APPROVED, approved_at=clock.now())
    now = compute(world)
    assert {key for key, (shown, _) in before.items() if shown != now[key].shown} == {
        "deputies.in_office",
        "deputies.any_level",
        "deputies.women",
        "deputies.township_elected",
        "receptions.deputies",
        "trainings.people",
        "trainings.coverage",
        "duty_reports.coverage",
        "activities.deputies",
    }


def test_a_changed_value_changes_the_fingerprint_though_the_row_is_the_same(world, year):
    before = compute(world, "receptions.people")["receptions.people"]
    with scope.township(world.township), action(FILL, actor=None):
        Reception.objects.filter(pk=year.joint.pk).update(people=43)
    after = compute(world, "receptions.people")["receptions.people"]
    assert before.rows_hash != after.rows_hash
    changes = differences([row.stored() for row in before.rows], [row.stored() for row in after.rows])
    assert [row["id"] for row in changes.changed] == [str(year.joint.pk)]
    assert not changes.added
    assert not changes.removed


EVENTS = ("submitted", "assigned", "replied", "closed", "rated")


def _told(world, year_of_report, cut_off=None, keys=EVENTS):
    names = [f"suggestions.{key}" for key in keys]
    answers = compute(world, *names, year=year_of_report, cut_off=cut_off or date(year_of_report, 12, 31))
    return [answers[name].shown for name in names]


def test_a_suggestion_of_a_december_session_is_told_in_the_year_it_is_handled(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        add_suggestion(
            year,
            "2025-001",
            date(2025, 12, 27),
            registered=date(2025, 12, 28),
            assigned=date(2026, 1, 5),
            replied=date(2026, 3, 20),
            rated=date(2026, 3, 25),
            closed=date(2026, 3, 25),
        )
    assert _told(world, 2025) == ["1", "0", "0", "0", "0"]
    # However late the report is written, what was done in the next year belongs to the next report.
    assert _told(world, 2025, date(2026, 6, 30)) == ["1", "0", "0", "0", "0"]
    assert _told(world, 2026) == ["0", "1", "1", "1", "1"]
    rates = ("reply_rate", "on_time_rate", "talk_rate", "final_fair_rate", "handled", "unanswered", "late", "carried")
    assert _told(world, 2026, keys=rates) == ["100%", "100%", "100%", "100%", "1", "0", "0", "0"]


def test_what_waits_for_its_reply_at_the_turn_of_the_year_is_carried_over(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        add_suggestion(year, "2024-1", date(2024, 11, 1), assigned=date(2024, 11, 10), replied=date(2025, 4, 1))
        add_suggestion(year, "2024-2", date(2024, 11, 1), assigned=date(2024, 11, 10))
    keys = ("assigned", "carried", "handled", "replied", "unanswered", "late", "reply_rate")
    assert _told(world, 2024, keys=keys) == ["2", "0", "2", "0", "2", "0", "0%"]
    assert _told(world, 2025, keys=keys) == ["0", "2", "2", "1", "1", "2", "50%"]


def test_what_was_registered_after_the_turn_of_the_year_is_told_once(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        add_suggestion(year, "2026-001", date(2025, 12, 27), registered=date(2026, 1, 4))
    assert (_told(world, 2025)[0], _told(world, 2026)[0]) == ("0", "1")


def test_a_matter_resolved_after_the_turn_of_the_year_is_told_then(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        reception = add_reception(year, date(2024, 12, 20))
        add_matter(year, reception, "2024-1", channel="unit", on=date(2024, 12, 20), resolved=date(2025, 2, 1))
    keys = ("receptions.matters", "receptions.resolved", "receptions.carried")
    told = {
        of: [compute(world, *keys, year=of, cut_off=date(2025, 12, 31))[key].value for key in keys]
        for of in (2024, 2025)
    }
    assert told == {2024: [1, 0, 0], 2025: [0, 0, 1]}


GAPS = st.lists(st.integers(min_value=0, max_value=250), min_size=5, max_size=5)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gaps=GAPS)
def test_every_step_of_a_suggestion_is_told_in_exactly_one_year(world, gaps):
    from django.db import transaction

    day, steps = date(2023, 10, 1), {}
    for name, gap in zip(("registered", "assigned", "replied", "rated", "closed"), gaps, strict=True):
        day += timedelta(days=gap)
        steps[name] = day
    with scope.township(world.township):
        mark = transaction.savepoint()
        with action(FILL, actor=None):
            add_suggestion(
                Year(world.township, world.clerk, world.category, deputies=world.deputies, unit=world.unit),
                "2023-1",
                date(2023, 10, 1),
                **steps,
            )
        told = [_told(world, number) for number in range(2023, 2028)]
        transaction.savepoint_rollback(mark)
    assert [sum(int(value) for value in column) for column in zip(*told, strict=True)] == [1, 1, 1, 1, 1]


def test_the_level_of_handling_is_told_from_the_day_it_is_fixed_on(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        add_suggestion(year, "2022-8", date(2022, 12, 1), scale="upward", assigned=date(2022, 12, 30))
    assert compute(world, "suggestions.upward")["suggestions.upward"].value == 1
    later = compute(world, "suggestions.upward", cut_off=date(2022, 12, 31))
    assert later["suggestions.upward"].value == 2


def test_a_reply_on_the_first_day_of_the_year_is_told_in_it_and_one_on_the_last_day_before_is_not(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        for number, replied in enumerate((date(2024, 12, 31), date(2025, 1, 1))):
            add_suggestion(year, f"2024-{number}", date(2024, 12, 1), assigned=date(2024, 12, 5), replied=replied)
    keys = ("carried", "replied", "handled")
    assert _told(world, 2024, keys=keys) == ["0", "1", "2"]
    assert _told(world, 2025, keys=keys) == ["1", "1", "1"]
