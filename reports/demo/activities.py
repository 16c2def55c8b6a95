"""Trainings, inspections, visits and the like of a year."""

from collections.abc import Iterator
from datetime import date

from deputies.actions import ACTIVITIES, record_activity
from deputies.models import Activity, ActivityAttendance
from reports.demo.diary import Story
from reports.demo.town import Town
from reports.demo.words import doings

KIND, PART = Activity.Kind, ActivityAttendance.Part
COUNTED = ("papers", "appraised", "opinions", "votes_good", "votes_fair", "votes_bad")
APPRAISED = {"appraised": 2, "opinions": 5, "votes_good": 20, "votes_fair": 3, "votes_bad": 1}


def year_of_activities(town: Town, year: int, dense: bool) -> Iterator[tuple[date, Story]]:
    """Every activity of a year with the day it is entered; a thin year has about a third."""
    planned = list(_planned(year))
    for at, (month, kind, title, values) in enumerate(planned):
        if not dense and at % 3:
            continue
        day = town.diary.workday(date(year, month, town.rng.randrange(3, 24)))
        yield day, _held(town, kind, title, values)


def _planned(year: int) -> Iterator[tuple[int, str, str, dict]]:
    own_months = {month for month, _, only in doings.TRAININGS if only == year}
    for month, title, only in doings.TRAININGS:
        # A training of one year alone takes the place of the usual one of its month.
        if only == year or (not only and month not in own_months):
            yield month, KIND.TRAINING, title, {"half_days": 2, "attending": 34}
    votes = {"votes_good": 38, "votes_fair": 8, "votes_bad": 2}
    yield 10, KIND.DUTY_REPORT, "{y}年代表述职评议会", {"reporting": 6, "people": 42, "attending": 6, **votes}
    for kind, rows, values in (
        (KIND.INSPECTION, doings.INSPECTIONS, {"attending": 14, "half_days": 2}),
        (KIND.INQUIRY, doings.INQUIRIES, {"attending": 14, "half_days": 2}),
        (KIND.LAW_CHECK, doings.LAW_CHECKS, {"attending": 8}),
        (KIND.GROUP, doings.GROUPS, {"attending": 16}),
        (KIND.PARTY_REPORT, doings.PARTY_REPORTS, {}),
        (KIND.STUDY, doings.STUDIES, {"attending": 9}),
        (KIND.TOWN_TASK, doings.TOWN_TASKS.get(str(year), doings.TOWN_TASKS[""]), {"attending": 10}),
        (KIND.VISIT, doings.VISITS, {"attending": 6, "visit": True}),
        (KIND.PUBLICITY, doings.PUBLICITY, {"attending": 7, "people": 60, "papers": 240}),
        (KIND.APPRAISAL, doings.APPRAISALS, {"attending": 18, "people": 6, **APPRAISED}),
    ):
        for month, title, *note in rows:
            yield month, kind, title, {**values, **({"note": note[0]} if note else {})}


def _held(town: Town, kind: str, title: str, values: dict) -> Story:
    village = town.village()
    visit = values.get("visit", False)
    households = town.rng.randrange(18, 46) if visit else 0
    activity = Activity(
        township=town.township,
        kind=kind,
        title=town.say(title, village),
        held_on=town.today,
        half_days=values.get("half_days", 1),
        place=village if visit else town.place.name,
        organiser=f"{town.place.k}人大主席团",
        households=households,
        villages=int(visit),
        teams=households // 6,
        visited=households * 2 + 3 if visit else 0,
        reports=int("调研报告" in values.get("note", "")),
        deeds=town.rng.randrange(2, 7) if visit else 0,
        people=values.get("people", 0),
        note=doings.VILLAGE_DEEDS if visit else values.get("note", ""),
        **{name: values[name] for name in COUNTED if name in values},
    )
    reporting = town.some(town.in_office[3:], values.get("reporting", 0))
    there = town.some([one for one in town.in_office if one not in reporting], values.get("attending", 0))
    parts = {deputy: PART.SPOKE if town.rng.random() < 0.2 else PART.ATTENDED for deputy in there}
    record_activity(town.clerk, activity, parts | dict.fromkeys(reporting, PART.REPORTED))
    if activity.opinions:
        yield 45
        put_right = {"mended": activity.opinions - 1, "mended_on": town.today}
        ACTIVITIES.change(town.clerk, activity, put_right, activity.version)
