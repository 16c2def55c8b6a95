"""Officers: what is recorded of them, by which title, and against the roster: who is chair sits in the congress and in no government,
and what becomes of the office with the seat."""

from datetime import date

import pytest
from django.urls import reverse

from congress import figures
from congress.assembly import queries
from congress.assembly.actions import OFFICERS, SESSIONS
from congress.assembly.models import Officer, Session, post_title
from congress.guard.action import Refused, action
from congress.models import AuditEvent, Township
from deputies.life import MANDATE
from deputies.models import Mandate
from tests.assembly.held import elect, record
from tests.cast import SET_UP

OPENED = date(2023, 1, 10)
Post = Officer.Post


@pytest.fixture
def session(world, here):
    row = Session(township=here, term=world.term, number=2, opened_on=OPENED, entitled=2, present=2)
    return SESSIONS.record(world.clerk, row)


def told(*officers: Officer) -> list[str]:
    found = queries.officer_findings(officers)
    assert all(one.citation and not one.blocking for one in found)
    return [one.code for one in found]


def test_a_chair_is_looked_for_among_the_deputies_and_the_head_of_the_township_is_not(world, session):
    deputy = Mandate.objects.kept().filter(term=world.term).select_related("deputy").first().deputy
    assert told(elect(world, session, Post.HEAD, "丁一一")) == []
    assert told(elect(world, session, Post.CHAIR, deputy.name)) == []
    stranger = elect(world, session, Post.VICE_CHAIR, "丁二二")
    (found,) = queries.officer_findings([stranger])
    assert (found.code, found.citation.article, found.citation.clause) == ("officers.not_deputy", 18, "第一款")
    assert found.message.startswith("丁二二当选时花名册上没有代表资格，请核对；")


def test_where_the_roster_has_nobody_of_the_term_nobody_is_missed(world, session):
    with action(SET_UP, actor=None):
        Mandate.objects.update(withdrawn_at="2021-12-01T00:00+08:00")
    assert told(elect(world, session, Post.CHAIR, "丁一一")) == []


@pytest.mark.parametrize(
    ("reason", "code", "article"),
    [("resigned", "mandate.chair_falls", 56), ("recalled", "mandate.chair_falls", 54),
     ("moved", "mandate.chair_must_be_deputy", 18)],
)  # fmt: skip
def test_the_office_falls_with_the_seat_until_its_end_is_entered(world, session, reason, code, article):
    mandate = Mandate.objects.kept().filter(term=world.term).select_related("deputy").first()
    chair = elect(world, session, Post.CHAIR, mandate.deputy.name)
    given = {"reason": reason, "is_chair_or_vice": False}
    MANDATE.take("end", world.clerk, mandate, on=date(2023, 5, 6), **given)
    (found,) = queries.officer_findings([chair])
    assert (found.code, found.citation.article) == (code, article)
    assert "代表资格已于2023年5月6日终止" in found.message
    chair = OFFICERS.change(world.clerk, chair, {"ended_on": date(2023, 5, 6)}, chair.version)
    assert told(chair) == []


def test_in_shandong_the_office_falls_with_the_seat_however_it_ended(world, session):
    """若干规定 31."""
    with action(SET_UP, actor=None):
        world.county.province = "shandong"
        world.county.save()
    mandate = Mandate.objects.kept().filter(term=world.term).select_related("deputy").first()
    chair = elect(world, session, Post.CHAIR, mandate.deputy.name)
    MANDATE.take("end", world.clerk, mandate, on=date(2023, 5, 6), reason="moved", is_chair_or_vice=True)
    (found,) = queries.officer_findings([Officer.objects.get(pk=chair.pk)])
    assert (found.code, found.citation.article) == ("mandate.chair_falls", 31)


def test_who_sits_in_the_government_is_no_chair(world, session):
    deputy = Mandate.objects.kept().filter(term=world.term).select_related("deputy").first().deputy
    head = elect(world, session, Post.HEAD, deputy.name)
    chair = elect(world, session, Post.CHAIR, deputy.name)
    assert (told(chair), told(head)) == (["posts.chair"], ["posts.chair"])
    head = OFFICERS.change(world.clerk, head, {"ended_on": OPENED}, head.version)
    assert told(chair) == []


def test_there_is_one_chair_and_at_most_two_vice_chairs_at_a_time(world, session):
    with action(SET_UP, actor=None):
        Mandate.objects.update(withdrawn_at="2021-12-01T00:00+08:00")
    two = [elect(world, session, Post.VICE_CHAIR, name) for name in ("丁一一", "丁二二")]
    assert told(*two) == []
    third = elect(world, session, Post.VICE_CHAIR, "丁三三")
    assert told(third) == ["officers.vice_chairs"]
    chairs = [elect(world, session, Post.CHAIR, name) for name in ("丁四四", "丁五五")]
    assert "officers.chairs" in told(*chairs)


def test_the_pages_of_an_officer_and_of_the_session_tell_it(world, session, browse):
    stranger = elect(world, session, Post.CHAIR, "丁二二")
    for name, pk in (("assembly-officer", stranger.pk), ("assembly-session", session.pk)):
        page = browse(world.clerk).get(reverse(name, args=[world.township.code, pk])).content.decode()
        assert "丁二二当选时花名册上没有代表资格" in page


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ({"post": "vice_head"}, "副镇长"),  # of the other office, in its usual words
        ({"post": "vice_head", "title": "副镇长（挂职）"}, "副镇长（挂职）"),
        ({"title": "镇人民政府镇长"}, "镇人民政府镇长"),
        ({"name": "丁二"}, "代镇长"),
    ],
)
def test_a_title_goes_with_the_post_it_was_for_and_not_with_any_other_change(world, session, browse, typed, title):
    officer = elect(world, session, Post.HEAD, "丁一", title="代镇长")
    kept = {name: getattr(officer, name) for name in ("post", "title", "name", "elected_on", "version")}
    url = reverse("assembly-officer-edit", args=[world.township.code, officer.pk])
    assert browse(world.clerk).post(url, kept | typed).status_code == 302
    assert Officer.objects.get(pk=officer.pk).title == title


# -- what is recorded


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
