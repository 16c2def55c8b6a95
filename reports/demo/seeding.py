"""Puts the demonstration together: the stage, then each township's history, then the reminders of today."""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import date, datetime, time

from django.core.management import call_command
from django.db import transaction

from congress import clock
from congress.guard import scope, touched
from congress.models import County
from congress.work import deadlines, sources
from proposals.actions import set_period
from proposals.models import OfficePeriod
from reports.actions.county import refresh
from reports.demo import activities, annual, joint_day, present, receptions, roster, sessions, suggestions
from reports.demo.diary import Story
from reports.demo.places import COUNTY_CODE, FIRST_DAY, PLACES, Place
from reports.demo.setting import Stage
from reports.demo.town import Scale, Town
from reports.demo.words import reasons
from reports.queries.county import years

EARLIEST = date(2022, 12, 30)


def is_there() -> bool:
    """Whether the demonstration has been seeded."""
    return County.objects.filter(code=COUNTY_CODE).exists()


def seed(
    today: date,
    *,
    small: bool = False,
    places: Iterable[Place] = PLACES,
    tell: Callable[[str], None] = lambda line: None,
) -> list[Town]:
    """Seed everything, or nothing when something fails; `tell` hears how far it is. Raises ValueError for too early a day."""
    if today < EARLIEST:
        raise ValueError(f"the history reaches beyond {EARLIEST}")
    with transaction.atomic(), touched.postponed():
        call_command("load_holidays", *range(FIRST_DAY.year, today.year + 1), verbosity=0, stdout=_Silence())
        towns = Stage(today, Scale(small)).build(places)
        for town in towns:
            plan(town)
            town.diary.play(town.township)
            with scope.township(town.township):
                present.mark_read(town)
            tell(f"{town.place.name}：已录入至{today:%Y-%m-%d}的前一天")
    remind(towns, today)
    return towns


class _Silence:
    """Where the holidays' own lines go."""

    def write(self, text: str) -> None:
        """Drop the text."""


def remind(towns: list[Town], today: date) -> None:
    """Derive the days of each township at once, and run today's sweep and the county's figures, as the scheduler does."""
    set_clock = nullcontext() if today == clock.today() else clock.running(datetime.combine(today, time(8)))
    with set_clock:
        for town in towns:
            sources.renew(town.township)
            deadlines.sweep(town.township, today)
            refresh(town.township, years(today))


def is_dense(year: int, today: date) -> bool:
    """2022 and the twelve months before today are told in full, the years between in outline."""
    return year in (2022, today.year) or (year == today.year - 1 and today.month <= 6)


def plan(town: Town) -> None:
    """Begin every story of the township."""
    diary, today = town.diary, town.diary.today
    with scope.township(town.township):
        for story in (roster.election, sessions.sessions, roster.station_works, roster.changes, _periods):
            diary.begin(FIRST_DAY, story(town))
    _stories_of_2022(town)
    # Each day's stories choose their words when they begin, so the order of planning does not matter.
    for year in sorted({2022, today.year} if town.scale.small else range(2022, today.year + 1)):
        dense = is_dense(year, today)
        diary.begin(date(year, 1, 4), sessions.presidium(town, year))
        for days in (
            activities.year_of_activities(town, year, dense and not town.scale.small),
            receptions.year_of_receptions(town, year, dense),
            suggestions.year_of_suggestions(town, year, dense),
        ):
            for day, story in days:
                diary.begin(day, story)
    for day, story in present.open_stories(town):
        diary.begin(day, story)


def _stories_of_2022(town: Town) -> None:
    diary, series = town.diary, town.place.series
    if series == 1:
        diary.begin(joint_day.DAY, joint_day.with_officers_of_yunyan(town))
        diary.begin(date(2022, 12, 20), annual.issued(town))
    elif series == 2:
        diary.begin(date(2022, 6, 8), joint_day.with_officer(town))
        diary.begin(date(2022, 12, 20), annual.draft(town))


def _periods(town: Town) -> Story:
    yield date(2022, 1, 12)
    set_period(
        town.clerk,
        town.township,
        kind=OfficePeriod.Kind.FOLLOW_UP,
        value=30,
        effective_from=town.today,
        basis=reasons.PERIOD_BASIS,
    )
