"""Pages, lists and forms of sessions, meetings and officers: who opens them, what they ask and begin with."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress import figures
from congress.assembly import queries
from congress.assembly.actions import MEETINGS, SESSIONS, _check_meeting, _check_officer
from congress.assembly.models import Officer, PresidiumMeeting
from congress.guard import scope
from congress.guard.action import Refused
from tests.assembly.held import CODE, OPENED, elect, meeting, record


def test_the_pages_of_sessions_and_meetings(world, browse):
    with scope.township(world.township):
        session, held = record(world, present=30), meeting(world)
        elect(world, session, post="head", name="丁一")
    pages = {
        "assembly-sessions": [],
        "assembly-session": [session.pk],
        "assembly-meetings": [],
        "assembly-meeting": [held.pk],
    }
    forms = {
        "assembly-session-new": [],
        "assembly-session-edit": [session.pk],
        "assembly-officer-new": [session.pk],
        "assembly-meeting-new": [],
        "assembly-meeting-edit": [held.pk],
        "assembly-meeting-withdraw": [held.pk],
    }
    expected = {
        "clerk": (200, 200),
        "chair": (200, 200),
        "deputy_user": (200, 403),
        "county_viewer": (200, 403),
        "handler": (403, 403),
        "neighbour_clerk": (404, 404),
    }
    for who, (reads, edits) in expected.items():
        client = browse(world.users[who])
        for names, status in ((pages, reads), (forms, edits)):
            for name, args in names.items():
                answer = client.get(reverse(name, args=[CODE, *args]))
                assert answer.status_code == status, (who, name)
    page = browse(world.clerk).get(reverse("assembly-session", args=[CODE, session.pk])).content.decode()
    assert "会议不能举行" in page
    assert "镇长 丁一" in page


def test_the_list_of_officers_is_found_from_the_list_of_sessions(world, browse):
    listed = browse(world.clerk).get(reverse("assembly-sessions", args=[world.township.code])).content.decode()
    assert f'href="{reverse("assembly-officers", args=[world.township.code])}"' in listed


MADE = {"number": 2, "opened_on": date(2022, 3, 10)}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("session", {"number": 9, "opened_on": "2022-03-10", "entitled": 50}),
        ("meeting", {"held_on": "2022-03-10", "topics": "研究年度计划", "entitled": 9}),
    ],
)
def test_what_was_held_is_asked_who_came_and_lowers_no_share_until_it_is_said(world, browse, name, data):
    client, new = browse(world.clerk), reverse(f"assembly-{name}-new", args=[CODE])
    asked = client.post(new, data | {"term": world.term.pk})
    assert asked.context["form"].errors == {"present": ["请填写实到人数。"]}
    with scope.township(world.township):
        made = record(world, **MADE) if name == "session" else meeting(world, held_on=date(2022, 3, 10))
        kept = SESSIONS if name == "session" else MEETINGS
        share = "sessions.attendance" if name == "session" else "presidium.attendance"
        before = figures.compute(figures.registered(), world.township, 2022, date(2022, 12, 31))[share]
        assert before.denominator
        made = kept.change(world.clerk, made, {"present": 0}, made.version)
        found = queries.findings(made) if name == "session" else queries.meeting_findings(made)
        assert "assembly.present" in {one.code for one in found}
        after = figures.compute(figures.registered(), world.township, 2022, date(2022, 12, 31))[share]
        assert not after.denominator
    page = client.get(reverse(f"assembly-{name}", args=[CODE, made.pk])).content.decode()
    assert "没有填写" in page


def test_an_officer_and_a_meeting_through_their_forms(world, browse):
    with scope.township(world.township):
        session = record(world)
    client = browse(world.clerk)
    data = {"post": "vice_head", "name": "己三"}
    answer = client.post(reverse("assembly-officer-new", args=[CODE, session.pk]), data, follow=True)
    assert "副镇长 己三" in answer.content.decode()
    with scope.township(world.township):
        officer = Officer.objects.get()
    client.post(reverse("assembly-officer-end", args=[CODE, officer.pk]), {"ended_on": "2022-05-01", "version": "0"})
    data = {"reason": "误登", "version": "1"}
    answer = client.post(reverse("assembly-officer-withdraw", args=[CODE, officer.pk]), data, follow=True)
    assert "己三" not in answer.content.decode()
    data = {"held_on": "2022-02-01", "topics": "讨论计划", "entitled": 9, "present": 9}
    answer = client.post(reverse("assembly-meeting-new", args=[CODE]), data, follow=True)
    assert "讨论计划" in answer.content.decode()


@pytest.mark.parametrize("name", ["assembly-sessions", "assembly-meetings"])
def test_lists_ask_as_many_queries_for_three_rows_as_for_one(world, browse, name):
    def add(number):
        with scope.township(world.township):
            session = record(world, number=number, opened_on=date(2021 + number, 3, 1))
            elect(world, session, post="head", name="丁一")
            meeting(world, held_on=date(2022, number, 1))

    client, address = browse(world.clerk), reverse(name, args=[CODE])
    add(1)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    add(2)
    add(3)
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)


@pytest.mark.parametrize("name", ["assembly-sessions", "assembly-meetings"])
def test_lists_go_out_as_workbooks(world, browse, name):
    answer = browse(world.clerk).get(reverse(name, args=[CODE]), {"format": "xlsx"})
    assert answer.content.startswith(b"PK")


SITS = {
    "session": SimpleNamespace(opened_on=OPENED, closed_on=OPENED + timedelta(days=2)),
    "elected_on": OPENED,
    "ended_on": OPENED,
    "name": "程主席",
    "title": "主席",
}


@pytest.mark.parametrize(
    ("check", "values", "wrong"),
    [
        (_check_officer, SITS, {"elected_on": OPENED - timedelta(days=1)}),
        (
            _check_officer,
            SITS | {"elected_on": OPENED + timedelta(days=2), "ended_on": None},
            {"elected_on": OPENED + timedelta(days=3)},
        ),
        (_check_officer, SITS, {"ended_on": OPENED - timedelta(days=1)}),
        (_check_meeting, {"topics": "议题", "present": 9, "entitled": 9}, {"present": 10}),
    ],
)
def test_a_bound_belongs_to_what_it_bounds_and_a_step_beyond_is_told_at_its_field(check, values, wrong):
    check(SimpleNamespace(**values))
    with pytest.raises(Refused) as refused:
        check(SimpleNamespace(**values | wrong))
    assert [one.field for one in refused.value.findings] == list(wrong)


def test_a_new_session_or_meeting_begins_with_who_is_expected_and_with_nobody_present(world, browse, here):
    def first(name) -> list:
        form = browse(world.clerk).get(reverse(name, args=[CODE])).context["form"]
        return [form["entitled"].value(), form["present"].value()]

    assert first("assembly-session-new") == [len(world.deputies), None]
    assert first("assembly-meeting-new") == [None, None]
    MEETINGS.record(
        world.clerk,
        PresidiumMeeting(township=world.township, held_on=OPENED, topics="研究工作", entitled=9, present=8),
    )
    assert first("assembly-meeting-new") == [9, None]
    data = {"held_on": "2021-12-10", "topics": "研究工作", "entitled": 9, "present": ""}
    refused = browse(world.clerk).post(reverse("assembly-meeting-new", args=[CODE]), data)
    assert "present" in refused.context["form"].errors
    assert PresidiumMeeting.objects.count() == 1
