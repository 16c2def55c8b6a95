"""The issued list of voters and its supplements on the public pages: where the township publishes online, while the work lasts."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from congress import clock, publishing
from congress.documents import kit
from congress.guard.action import Refused, action
from congress.models import Document, Publication
from congress.work import jobs
from elections.documents.issue import PAPERS, issue
from elections.life import CAMPAIGN, VOTER_LIST
from elections.models import Campaign, Supplement, VoterList
from tests.cast import SET_UP
from tests.elections.campaigns import late
from tests.elections.papers import frozen
from tests.elections.test_lists import LATER, PUBLISHED

TODAY = date(2026, 12, 5)


@pytest.fixture
def documents(world, election, monkeypatch) -> dict[str, Document]:
    """The list and its first supplement, issued."""
    monkeypatch.setattr(kit, "_compose", lambda *arguments: b"%PDF")
    found = frozen(world, election)
    late(election, "刘新", LATER)
    VOTER_LIST.take("supplement", world.clerk, found, on=LATER)
    job, _ = issue(world.chair, PAPERS["roll"], world.township, found, issued_on=PUBLISHED)
    jobs.run(job.pk, world.township)
    supplement = Supplement.objects.select_related("voter_list__election__term", "township__county").get()
    issue(world.chair, PAPERS["supplement"], world.township, supplement, issued_on=LATER)
    with clock.frozen(TODAY):
        yield {one.kind: one for one in Document.objects.all()}


def put_up(world, documents) -> list[Publication]:
    return [publishing.publish(world.clerk, one, TODAY) for one in documents.values()]


def test_both_stand_on_the_public_pages_and_at_the_page_of_their_list(world, documents):
    assert set(documents) == {"elections.roll", "elections.supplement"}
    put = put_up(world, documents)
    listed = VoterList.objects.get()
    page = Client().get(reverse("public-voter-list", args=[world.township.code, listed.pk])).content.decode()
    for one in put:
        address = reverse("public-notice", args=[world.township.code, one.pk])
        assert address in page
        assert Client().get(reverse("public-notice-file", args=[world.township.code, one.pk])).content == b"%PDF"


def test_where_the_list_is_published_on_paper_alone_its_papers_are_as_well(world, documents):
    with action(SET_UP, actor=None):
        VoterList.objects.update(online=False)
    for one in documents.values():
        assert not publishing.may_be_published(one)
        with pytest.raises(Refused, match="登记为不在公开页面公布"):
            publishing.publish(world.clerk, one, TODAY)


def test_a_list_that_was_not_published_yet_is_not_put_up(world, documents):
    with action(SET_UP, actor=None):
        VoterList.objects.update(published_on=None)
    with pytest.raises(Refused, match="请先登记名单的公布"):
        publishing.publish(world.clerk, documents["elections.roll"], TODAY)


def test_they_leave_the_public_pages_when_the_work_is_over_and_come_back_no_more(world, election, documents):
    put = put_up(world, documents)
    CAMPAIGN.take("close", world.clerk, Campaign.objects.get(), on=date(2026, 12, 31))
    assert not Publication.objects.kept().exists()
    assert {one.withdrawn_reason for one in Publication.objects.all()} == {"选举工作结束"}
    for one in put:
        assert Client().get(reverse("public-notice", args=[world.township.code, one.pk])).status_code == 404
    with pytest.raises(Refused, match="选举工作已经结束"):
        publishing.publish(world.clerk, documents["elections.roll"], TODAY)
