"""Puts the demonstration together: the stage, then each township's history, then the reminders of today."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from django.core.management import call_command

from congress import clock
from congress.guard import scope, touched
from congress.models import County, Township
from congress.work import deadlines, sources
from proposals.actions import set_period
from proposals.models import OfficePeriod
from reports.actions.county import refresh
from reports.demo import (
    activities,
    annual,
    election_work,
    joint_day,
    leading,
    present,
    receptions,
    roster,
    sessions,
    shorter,
    suggestions,
)
from reports.demo.diary import Story
from reports.demo.places import COUNTY_CODE, FIRST_DAY, PLACES, Place
from reports.demo.setting import Stage
from reports.demo.town import Scale, Town
from reports.demo.words import reasons
from reports.queries.county import years

EARLIEST = date(2022, 12, 30)
# Hears which month of which place is being told; no month while what follows from it all is derived.
Tell = Callable[[Place, date | None], None]


def is_there() -> bool:
    """Whether this is a demonstration, whole or not."""
    return County.objects.filter(code=COUNTY_CODE).exists()


def is_whole() -> bool:
    """Whether every township has its history."""
    return all(is_filled(place) for place in PLACES)


def is_filled(place: Place) -> bool:
    """Whether a township has its history: it is recorded together with it."""
    return Township.objects.filter(code=place.code).exists()


def seed(
    today: date,
    *,
    small: bool = False,
    places: Iterable[Place] = PLACES,
    tell: Tell = lambda place, month: None,
) -> list[Town]:
    """Fill what is not filled yet, each township whole or not at all; returns the towns it filled. `tell` hears how far it
    is. May be killed at any moment and begun again. Raises ValueError for too early a day."""
    if today < EARLIEST:
        raise ValueError(f"the history reaches beyond {EARLIEST}")
    call_command("load_holidays", *range(FIRST_DAY.year, today.year + 1), verbosity=0, stdout=_Silence())
    stage = Stage(today, Scale(small))
    return [_fill(stage, place, tell) for place in places if not is_filled(place)]


class _Silence:
    """Where the holidays' own lines go."""

    def write(self, text: str) -> None:
        """Drop the text."""


def _fill(stage: Stage, place: Place, tell: Tell) -> Town:
    """One township with its history, in one transaction: it appears whole, and nobody works in it before, nor does a sweep."""
    filled, moment = [], clock.now()

    def fill(township: Township) -> None:
        with clock.running(moment), touched.postponed():
            town = stage.town(place, township)
            plan(town)
            town.diary.play(township, lambda month: tell(place, month))
            with scope.township(township):
                present.mark_read(town)
                present.mark_sent(town)
        tell(place, None)
        with clock.running(moment if stage.today == moment.date() else datetime.combine(stage.today, time(8))):
            remind(town, stage.today)
        filled.append(town)

    stage.township(place, fill)
    return filled[0]


def remind(town: Town, today: date) -> None:
    """Derive the days of the township at once, and run today's sweep and the county's figures, as the scheduler does."""
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
        stories = (roster.election, sessions.sessions, roster.station_works, roster.changes, _periods)
        for story in (*stories, election_work.general):
            diary.begin(FIRST_DAY, story(town))
        for story in (leading.guidings, leading.plans):
            diary.begin(FIRST_DAY, story(town), leading.AT)
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
    if town.place.series == 1:
        for day, story in shorter.stories(town):
            diary.begin(day, story, shorter.AT)


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
