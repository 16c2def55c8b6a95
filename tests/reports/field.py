"""What the reports of real townships tell beside `year`: visits in numbers, appraisals, votes, groups."""

from datetime import date

from congress.assembly.models import Officer, Session
from congress.guard import scope
from congress.guard.action import action
from deputies.models import Activity, ActivityAttendance, Group
from proposals.models import Matter, Promise, Reception
from tests.reports.year import FILL, Year, add_matter, add_reception, add_suggestion

KINDS = Activity.Kind
VOTES = {"votes_good": 19, "votes_fair": 1}
VISITED = {"villages": 1, "teams": 3, "visited": 85, "papers": 40, "posters": 20}
MENDED = {"mended": 3, "mended_on": date(2022, 9, 1)}


def fill_field(year: Year) -> Year:
    """Add to the year what only some townships tell."""
    with scope.township(year.township), action(FILL, actor=None):
        _activities(year)
        _groups(year)
        _sessions(year)
        _matters(year)
    return year


def _activities(year: Year) -> None:
    Activity.objects.filter(kind=KINDS.DUTY_REPORT).update(**VOTES)
    Activity.objects.filter(kind=KINDS.VISIT).update(**VISITED)
    for kind, title, day, more in (
        (KINDS.PUBLICITY, "代表法宣传", date(2022, 12, 4), {"people": 60, "papers": 300, "posters": 80}),
        (KINDS.INQUIRY, "农村公路养护调研", date(2022, 5, 10), {"reports": 1}),
        (KINDS.APPRAISAL, "站所工作评议", date(2022, 7, 6), {"appraised": 2, "opinions": 5, **MENDED, **VOTES}),
        (KINDS.APPRAISAL, "水利站工作评议", date(2022, 11, 30), {"appraised": 1, "opinions": 1}),
        (KINDS.OTHER, "义务植树", date(2022, 3, 12), {"deeds": 1}),
    ):
        activity = Activity.objects.create(township=year.township, kind=kind, title=title, held_on=day, **more)
        for deputy in year.deputies[:2]:
            ActivityAttendance.objects.create(township=year.township, activity=activity, deputy=deputy)


def _groups(year: Year) -> None:
    for number, name in enumerate(("第一小组", "第二小组")):
        Group.objects.create(township=year.township, name=name, formed_on=date(2021, 11, 10 + number))
    Group.objects.create(township=year.township, name="没有日期的小组")


def _sessions(year: Year) -> None:
    session = Session.objects.get(township=year.township, number=2)
    Session.objects.filter(pk=session.pk).update(on_leave=2, reports=3, projects=12)
    Officer.objects.create(
        township=year.township, session=session, post="vice_head", name="己三", elected_on=session.opened_on
    )


def _matters(year: Year) -> None:
    """Two raised on a visit, one answered at once and praised, one made a suggestion of; one where the law was made known."""
    day = date(2022, 11, 30)
    visit, outreach = add_reception(year, day, people=20), add_reception(year, date(2022, 12, 4), people=30)
    Reception.objects.filter(pk=visit.pk).update(origin="visit", station=None, spot="下坝村")
    Reception.objects.filter(pk=outreach.pk).update(origin="outreach", station=None, spot="集市")
    answered = add_matter(year, visit, "2022-101", channel="on_the_spot", on=day, resolved=day)
    Matter.objects.filter(pk=answered.pk).update(told_on=day, told_how="当面", opinion="good")
    add_matter(year, visit, "2022-102", channel="suggestion", on=day)
    add_matter(year, outreach, "2022-103")
    add_matter(year, outreach, "2022-104", channel="upward", on=date(2022, 12, 4))
    planned = add_suggestion(year, "2022-4", day, assigned=day, replied=date(2022, 12, 8), grade="B")
    days = {"made_on": date(2022, 12, 8), "due_on": date(2022, 12, 31)}
    Promise.objects.create(township=year.township, suggestion=planned, unit=year.unit, **days)
