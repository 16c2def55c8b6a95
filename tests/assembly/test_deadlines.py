"""What runs out for the congress: the first session of a new term, and the presidium's next meeting."""

from datetime import date

import pytest
from django.urls import reverse

from congress import clock
from congress.assembly import queries
from congress.assembly.models import PresidiumMeeting, Session
from congress.guard import scope
from congress.guard.action import action
from congress.work import deadlines
from deputies.models import Mandate, Term
from tests.cast import SET_UP

pytestmark = pytest.mark.django_db


def lines(key, on):
    return [line for line in deadlines.board(on) if line.deadline.key == key]


def new_term(world, *elected, begins=date(2026, 12, 20)):
    with action(SET_UP, actor=None):
        term = Term(township=world.township, number=18, seats=50, started_on=begins)
        term.save()
        for deputy, day in zip(world.deputies, elected, strict=False):
            Mandate(township=world.township, deputy=deputy, term=term, level="township", elected_on=day).save()
    return term


def in_province(world, name):
    with action(SET_UP, actor=None):
        world.county.province = name
        world.county.save()
    world.township.refresh_from_db()


def meet(world, *days, **values):
    with action(SET_UP, actor=None):
        for day in days:
            PresidiumMeeting(township=world.township, held_on=day, topics="议事", **values).save()


def test_the_first_session_is_due_two_months_after_the_last_election_day(world):
    with clock.frozen(date(2026, 11, 20)), world.in_township():
        term = new_term(world, date(2026, 11, 10), date(2026, 11, 12))
        (line,) = lines("assembly.first_session", date(2026, 11, 20))
        assert line.due_on == date(2027, 1, 12)
        assert line.row.ground.brief == "地方组织法第二十条"
        assert {user.username for user in line.opened.people} == {"clerk", "chair"}
        with action(SET_UP, actor=None):
            Session(township=world.township, term=term, number=1, opened_on=date(2026, 12, 20)).save()
        assert not lines("assembly.first_session", date(2026, 11, 20))


def test_a_day_that_was_over_is_waited_for_again_when_the_session_was_a_mistake(world):
    with clock.frozen(date(2026, 11, 20)), world.in_township():
        term = new_term(world, date(2026, 11, 10))
        with action(SET_UP, actor=None):
            session = Session(township=world.township, term=term, number=1, opened_on=date(2026, 12, 20))
            session.save()
        assert not lines("assembly.first_session", date(2026, 11, 20))
        with action(SET_UP, actor=None):
            session.withdrawn_at = clock.now()
            session.save()
        (line,) = lines("assembly.first_session", date(2026, 11, 20))
        assert line.due_on == date(2027, 1, 10)


def test_a_term_that_has_begun_or_is_not_elected_waits_for_no_first_session(world):
    with clock.frozen(date(2026, 12, 21)), world.in_township():
        new_term(world, date(2026, 11, 10))
        assert not lines("assembly.first_session", date(2026, 12, 21))
    with clock.frozen(date(2026, 11, 20)), world.in_township():
        with action(SET_UP, actor=None):
            Mandate.objects.filter(term__number=18).update(how=Mandate.How.BY_ELECTION)
        assert not lines("assembly.first_session", date(2026, 11, 20))


@pytest.mark.parametrize(
    ("province", "due"), [("zhejiang", date(2026, 6, 10)), ("chongqing", date(2026, 6, 30)), ("shandong", None)]
)
def test_the_presidium_meets_again_where_the_place_has_an_interval(world, province, due):
    in_province(world, province)
    with world.in_township():
        meet(world, date(2025, 12, 1), date(2026, 3, 10))
        found = lines("assembly.presidium", date(2026, 5, 1))
        assert [line.due_on for line in found] == ([due] if due else [])


def test_the_reminder_of_a_meeting_falls_away_with_the_next_one(world):
    in_province(world, "zhejiang")
    with world.in_township():
        meet(world, date(2026, 3, 10))
    assert deadlines.sweep(world.township, date(2026, 6, 3)) == 2
    assert deadlines.sweep(world.township, date(2026, 6, 3)) == 0
    with world.in_township():
        meet(world, date(2026, 6, 4))
        (line,) = lines("assembly.presidium", date(2026, 6, 5))
        assert line.due_on == date(2026, 9, 4)


@pytest.mark.parametrize(("province", "blocking"), [("zhejiang", [True]), ("shandong", [False])])
def test_a_meeting_without_half_of_its_members_is_pointed_out(world, province, blocking):
    in_province(world, province)
    with world.in_township():
        meet(world, date(2026, 3, 10), entitled=9, present=4)
        meet(world, date(2026, 4, 10), entitled=9, present=5)
        meet(world, date(2026, 5, 10))
        short, full, unknown = queries.meetings().order_by("held_on")
        assert [finding.blocking for finding in queries.meeting_findings(short)] == blocking
        assert queries.meeting_findings(full) == queries.meeting_findings(unknown) == []


@pytest.mark.parametrize(
    ("province", "members", "told"),
    [
        ("zhejiang", 6, [("presidium.too_small", True)]),
        ("zhejiang", 7, []),
        ("zhejiang", 15, [("presidium.too_large", False)]),
        ("zhejiang", 18, [("presidium.too_large", True)]),
        ("national", 30, []),
    ],
)
def test_more_or_fewer_than_may_sit_in_the_presidium_are_told_of_its_meeting(world, province, members, told):
    in_province(world, province)
    with world.in_township():
        meet(world, date(2026, 3, 10), entitled=members, present=members)
        found = queries.meeting_findings(queries.meetings().get())
    assert [(one.code, one.blocking) for one in found] == told


def test_a_session_is_shown_what_its_year_lacks_so_far(world):
    in_province(world, "beijing")
    with scope.township(world.township):
        with action(SET_UP, actor=None):
            row = Session(township=world.township, term=world.term, number=2, opened_on=date(2026, 4, 2))
            row.save()
        session = queries.sessions().get(pk=row.pk)
        for today, codes in (
            (date(2026, 6, 1), ["session.first_late"]),
            (date(2027, 2, 1), ["session.none_in_half_year", "session.first_late"]),
        ):
            with clock.frozen(today):
                told = queries.year_findings(session.township, session.opened_on)
                assert [finding.code for finding in told] == codes


def test_the_pages_of_a_meeting_and_a_session_show_what_the_law_says(world, browse):
    in_province(world, "beijing")
    with world.in_township():
        meet(world, date(2026, 3, 10), entitled=9, present=4)
        meeting = PresidiumMeeting.objects.get()
        with action(SET_UP, actor=None):
            session = Session(township=world.township, term=world.term, number=2, opened_on=date(2025, 4, 2))
            session.save()
    client, code = browse(world.clerk), world.township.code
    shown = client.get(reverse("assembly-meeting", args=[code, meeting.pk])).content.decode()
    assert "全体成员9人的过半数（5人）出席，到会4人" in shown
    assert "机关内部惯例，法律没有规定" in shown
    page = client.get(reverse("assembly-session", args=[code, session.pk])).content.decode()
    assert "2025年下半年没有举行会议" in page
