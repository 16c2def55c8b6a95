"""The papers of sessions and meetings are kept with them: by the office, read by whom the record is shown to."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from congress.assembly.actions import MEETINGS, SESSIONS
from congress.assembly.models import PresidiumMeeting, Session
from congress.models import Attachment, AuditEvent
from congress.permissions import standing_in_township
from congress.web import attachments
from tests.proposals.test_attachments import note

HELD = date(2022, 3, 2)


@pytest.fixture(params=["session", "meeting"])
def held(request, world):
    """A session or a meeting of the presidium, as the clerk recorded it."""
    numbers = {"township": world.township, "entitled": 9, "present": 8}
    with world.in_township():
        if request.param == "session":
            return SESSIONS.record(world.clerk, Session(term=world.term, number=2, opened_on=HELD, **numbers))
        return MEETINGS.record(world.clerk, PresidiumMeeting(held_on=HELD, topics="年度计划", **numbers))


def put(client, world, row):
    url = reverse("attach", args=[world.township.code, row._meta.label_lower, row.pk])
    return client.post(url, {"file": [note("会议通知.txt")], "caption": "会议通知"}, follow=True)


def page_of(world, row) -> str:
    return reverse(row.url_name, args=[world.township.code, row.pk])


def test_the_page_says_which_papers_belong_there_until_there_are_some(world, browse, held):
    client = browse(world.clerk)
    before = client.get(page_of(world, held)).content.decode()
    assert "没有附件。会议通知、" in before
    assert "添加附件" in before
    after = put(client, world, held).content.decode()
    assert "已添加1个附件。" in after
    assert "没有附件" not in after
    with world.in_township():
        assert AuditEvent.objects.filter(verb="congress.attach", subject_id=str(held.pk)).count() == 1


def test_a_deputy_reads_them_and_adds_none(world, browse, held):
    put(browse(world.clerk), world, held)
    client = browse(world.deputy_user)
    page = client.get(page_of(world, held)).content.decode()
    assert "会议通知" in page
    assert "添加附件" not in page
    with world.in_township():
        address = reverse("attachment", args=[world.township.code, Attachment.objects.get().pk])
    assert client.get(address).status_code == 200
    assert put(client, world, held).status_code == 403
    with world.in_township():
        assert Attachment.objects.count() == 1


def test_who_does_not_see_the_record_sees_no_paper_of_it(world, browse, held):
    put(browse(world.clerk), world, held)
    with world.in_township():
        address = reverse("attachment", args=[world.township.code, Attachment.objects.get().pk])
    assert browse(world.handler).get(address).status_code in (403, 404)


def test_a_meeting_is_called_by_its_day_as_one_says_it(world):
    assert str(PresidiumMeeting(held_on=HELD)) == "2022年3月2日主席团会议"


def test_who_only_looks_adds_nothing_whatever_a_kind_of_record_says(world, held, monkeypatch):
    kind = held._meta.label_lower
    anybody = replace(attachments._holders[kind], add=lambda standing, row: True)
    monkeypatch.setitem(attachments._holders, kind, anybody)
    with world.in_township():
        for user, may in ((world.county_viewer, False), (world.clerk, True)):
            standing = standing_in_township(user, world.township)
            assert attachments.may_add(standing, held) == may
            assert bool(attachments.shown(standing, held)["add_url"]) == may
