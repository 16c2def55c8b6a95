"""Sessions, officers and presidium meetings: what is recorded, refused, warned of, and who sees it."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress import clock, figures
from congress.assembly import queries
from congress.assembly.actions import MEETINGS, OFFICERS, SESSIONS, _check_meeting, _check_officer
from congress.assembly.models import Officer, PresidiumMeeting, Session, post_title
from congress.guard import scope
from congress.guard.action import Conflict, Refused, action
from congress.models import AuditEvent, Township
from deputies.models import Level, Term
from tests.cast import SET_UP

CODE = "990101101000"
OPENED = date(2021, 11, 10)


@pytest.fixture
def here(world):
    with scope.township(world.township):
        yield world.township


def record(world, **values):
    given = {"term": world.term, "number": 1, "opened_on": OPENED, "entitled": 50, "present": 48} | values
    return SESSIONS.record(world.clerk, Session(township=world.township, **given))


def elect(world, session, **values):
    return OFFICERS.record(world.clerk, Officer(township=world.township, session=session, **values))


def test_a_session_is_recorded_with_one_event(world, here):
    session = record(world, closed_on=date(2021, 11, 11), place="镇会议室")
    assert str(session) == "第十七届人民代表大会第一次会议"
    assert AuditEvent.objects.get(verb="assembly.record_session").subject_id == str(session.pk)


def test_another_number_entitled_than_are_in_office_is_said_with_that_number(world, here):
    assert "session.entitled" not in [one.code for one in queries.findings(record(world, entitled=2, present=2))]
    told = queries.findings(record(world, number=2, entitled=80, present=60))
    warning = next(one for one in told if one.code == "session.entitled")
    assert "应到代表80名" in warning.message
    assert "在任的本级代表2名" in warning.message
    assert (warning.field, warning.blocking) == ("entitled", False)
    # Where the roster has nobody yet there is nothing to compare with.
    early = queries.findings(record(world, number=3, opened_on=date(2020, 1, 6), entitled=80, present=60))
    assert "session.entitled" not in [one.code for one in early]


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"number": 0}, "number", "会次从1开始。"),
        ({"closed_on": date(2021, 11, 9)}, "closed_on", "闭幕日期不能早于开幕日期。"),
        ({"present": 51}, "present", "实到代表不能多于应到代表。"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world, here, values, field, words):
    with pytest.raises(Refused) as refused:
        record(world, **values)
    assert [(finding.field, finding.message) for finding in refused.value.findings] == [(field, words)]
    assert not Session.objects.exists()


def test_a_number_is_given_once_a_term_and_again_when_the_first_was_withdrawn(world, here):
    session = record(world)
    with pytest.raises(Refused, match="已经登记"):
        record(world)
    with action(SET_UP, actor=None):
        session.withdrawn_at = "2021-12-01T00:00+08:00"
        session.save()
    assert record(world).pk != session.pk


def test_a_session_belongs_to_a_term_of_the_township(world, here):
    with action(SET_UP, actor=None):
        county = Term.objects.create(township=here, level=Level.COUNTY, number=6, started_on=OPENED)
    with pytest.raises(Refused, match="本级"):
        record(world, term=county)


@pytest.mark.parametrize(("present", "enough"), [(34, True), (33, False)])
def test_a_missing_quorum_is_recorded_and_told_with_its_article(world, here, present, enough):
    session = record(world, present=present)
    told = [finding for finding in queries.findings(session) if finding.code != "session.entitled"]
    assert [finding.code for finding in told] == ([] if enough else ["session.no_quorum"])
    assert all(finding.citation for finding in told)


@pytest.mark.parametrize(("opened_on", "late"), [(date(2021, 12, 20), False), (date(2021, 12, 21), True)])
def test_the_first_session_is_due_within_two_months_of_the_election(world, here, opened_on, late):
    told = {finding.code for finding in queries.findings(record(world, opened_on=opened_on)) if finding.citation}
    assert told - {"session.term_start"} == ({"session.first_late"} if late else set())


def test_of_a_session_that_lies_ahead_nobody_says_who_came(world, browse):
    """A session that is being prepared is no session without a quorum."""
    ahead = clock.today() + timedelta(days=30)
    data = {"term": world.term.pk, "number": 9, "opened_on": ahead, "entitled": 50}
    client, new = browse(world.clerk), reverse("assembly-session-new", args=[CODE])
    refused = client.post(new, data | {"present": 40})
    assert "召开以后再填" in str(refused.context["form"].errors["present"])
    page = client.post(new, data, follow=True).content.decode()
    assert "还没有召开" in page
    assert "会议不能举行" not in page
    with scope.township(world.township):
        session = Session.objects.get()
        with pytest.raises(Refused, match="选举以后再登记"):
            elect(world, session, post="head", name="丁一")
        assert not Officer.objects.exists()


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


MADE = {"number": 2, "opened_on": date(2022, 3, 10)}


def test_a_year_without_a_session_is_told(world, here):
    assert [finding.code for finding in queries.year_findings(here, OPENED)] == ["session.none_in_year"]
    record(world)
    assert [finding.code for finding in queries.year_findings(here, OPENED)] == ["session.fewer_than_usual"]


def test_two_who_change_a_session_find_out(world, here):
    session = record(world)
    SESSIONS.change(world.clerk, session, {"present": 49}, session.version)
    with pytest.raises(Conflict):
        SESSIONS.change(world.chair, session, {"present": 47}, session.version)
    assert Session.objects.get().present == 49


@pytest.mark.parametrize(
    ("values", "field"),
    [({"number": 0}, "number"), ({"closed_on": date(2021, 11, 9)}, "closed_on"), ({"present": 51}, "present")],
)
def test_a_change_is_refused_for_what_cannot_be_just_as_a_recording(world, here, values, field):
    session = record(world)
    with pytest.raises(Refused) as refused:
        SESSIONS.change(world.clerk, session, values, session.version)
    assert [finding.field for finding in refused.value.findings] == [field]
    assert Session.objects.get().version == session.version


def test_officers_are_elected_during_the_session_leave_and_are_withdrawn(world, here):
    session = record(world, closed_on=date(2021, 11, 11))
    officer = elect(world, session, post=Officer.Post.HEAD, name=" 丁一 ")
    assert (officer.name, officer.elected_on) == ("丁一", date(2021, 11, 11))
    for wrong, field, words in (
        ({"name": "丁", "elected_on": date(2021, 11, 9)}, "elected_on", "当选日期应在会议期间。"),
        ({"name": "丁", "elected_on": date(2021, 11, 12)}, "elected_on", "当选日期应在会议期间。"),
        ({"name": " "}, "name", "请填写姓名。"),
    ):
        with pytest.raises(Refused) as refused:
            elect(world, session, post="head", **wrong)
        assert [(finding.field, finding.message) for finding in refused.value.findings] == [(field, words)]
    assert Officer.objects.get() == officer
    with pytest.raises(Refused, match="不能早于"):
        OFFICERS.change(world.clerk, officer, {"ended_on": date(2021, 1, 1)}, officer.version)
    officer = OFFICERS.change(world.clerk, officer, {"ended_on": date(2022, 1, 1)}, officer.version)
    assert officer.ended_on == date(2022, 1, 1)
    OFFICERS.withdraw(world.clerk, officer, "误登", officer.version)
    assert queries.sessions().get().elected == []


def test_the_trail_names_an_office_and_no_person(world, here):
    elect(world, record(world), post=Officer.Post.HEAD, name="丁一一")
    event = AuditEvent.objects.get(verb="assembly.record_officer")
    assert "丁一一" not in f"{event.subject_label}{event.detail}"


def test_titles_are_those_of_the_place(world):
    assert post_title("vice_head", world.neighbour) == "副乡长"
    assert post_title("chair", world.neighbour) == "乡人大主席"


def test_an_officer_keeps_the_title_of_the_day_when_the_place_is_called_otherwise(world, here):
    officer = elect(world, record(world), post=Officer.Post.HEAD, name="丁一")
    assert officer.called == "镇长"
    with action(SET_UP, actor=None):
        Township.objects.filter(pk=world.township.pk).update(head_title="乡长", kind="乡")
    assert Officer.objects.get().called == "镇长"
    told = figures.compute(["officers.names"], Township.objects.get(pk=world.township.pk), 2021, date(2022, 1, 1))
    assert "镇长丁一" in told["officers.names"].words
    officer = OFFICERS.change(world.clerk, officer, {"title": "原乡长"}, officer.version)
    assert officer.called == "原乡长"


def test_another_post_has_another_title_unless_one_is_written(world, here, browse):
    officer = elect(world, record(world), post=Officer.Post.HEAD, name="丁一")
    url = reverse("assembly-officer-edit", args=[world.township.code, officer.pk])
    form = {
        "post": "vice_head",
        "title": "镇长",
        "name": "丁一",
        "elected_on": officer.elected_on,
        "version": officer.version,
    }
    assert browse(world.clerk).post(url, form).status_code == 302
    assert Officer.objects.get().called == "副镇长"


def meeting(world, **values):
    given = {"held_on": date(2022, 2, 1), "topics": "讨论年度计划", "entitled": 9, "present": 8} | values
    return MEETINGS.record(world.clerk, PresidiumMeeting(township=world.township, **given))


def test_a_meeting_is_recorded_changed_and_withdrawn(world, here):
    held = meeting(world)
    held = MEETINGS.change(world.clerk, held, {"decisions": "同意。"}, held.version)
    MEETINGS.withdraw(world.clerk, held, "误登", held.version)
    assert not queries.meetings().exists()
    assert PresidiumMeeting.objects.get().decisions == "同意。"


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [({"topics": " "}, "topics", "请填写议题。"), ({"present": 10}, "present", "实到人数不能多于应到人数。")],
)
def test_a_meeting_without_topics_or_with_too_many_present_is_refused(world, here, values, field, words):
    with pytest.raises(Refused) as refused:
        meeting(world, **values)
    assert [(finding.field, finding.message) for finding in refused.value.findings] == [(field, words)]
    held = meeting(world)
    with pytest.raises(Refused, match=words):
        MEETINGS.change(world.clerk, held, values, held.version)
    assert PresidiumMeeting.objects.get().version == held.version


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


def test_the_next_session_of_the_term_of_now_is_proposed(world, browse):
    with scope.township(world.township):
        record(world, number=2)
    initial = browse(world.clerk).get(reverse("assembly-session-new", args=[CODE])).context["form"].initial
    assert (initial["term"], initial["number"]) == (world.term.pk, 3)


def test_a_session_is_recorded_through_the_form_with_its_warning(world, browse):
    data = {"term": world.term.pk, "number": 1, "opened_on": "2021-11-10", "entitled": 50, "present": 30}
    client = browse(world.clerk)
    answer = client.post(reverse("assembly-session-new", args=[CODE]), data, follow=True)
    assert "会议不能举行" in answer.content.decode()
    again = client.post(reverse("assembly-session-new", args=[CODE]), data)
    assert "已经登记" in again.content.decode()


def test_a_session_tells_who_was_on_leave_and_what_was_heard_and_voted_on(world, browse):
    data = {"term": world.term.pk, "number": 1, "opened_on": "2021-11-10", "entitled": 64, "present": 54}
    client, new = browse(world.clerk), reverse("assembly-session-new", args=[CODE])
    refused = client.post(new, data | {"on_leave": 11})
    assert "合计不能多于应到代表" in str(refused.context["form"].errors["on_leave"])
    page = client.post(new, data | {"on_leave": 10, "reports": 3, "projects": ""}, follow=True).content.decode()
    assert "10 名" in page
    assert "3 件" in page
    assert "票决民生实事项目" not in page
    with scope.township(world.township):
        assert Session.objects.values_list("on_leave", "reports", "projects").get() == (10, 3, 0)


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


def test_a_term_that_does_not_begin_with_its_first_session_is_pointed_out(world):
    with world.in_township():
        first = SESSIONS.record(
            world.clerk,
            Session(
                township=world.township, term=world.term, number=1, opened_on=date(2021, 11, 12), entitled=2, present=2
            ),
        )
        assert "session.term_start" in {finding.code for finding in queries.findings(first)}
        first.opened_on = world.term.started_on
        assert "session.term_start" not in {finding.code for finding in queries.findings(first)}


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
