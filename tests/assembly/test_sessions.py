"""Sessions: what is recorded, refused and warned of."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress import clock
from congress.assembly import queries
from congress.assembly.actions import SESSIONS
from congress.assembly.models import Officer, Session
from congress.guard import scope
from congress.guard.action import Conflict, Refused, action
from congress.models import AuditEvent
from deputies.models import Level, Term
from tests.assembly.held import CODE, OPENED, elect, record
from tests.cast import SET_UP


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
