"""The paper 征询意见表: the clerk enters what the deputy wrote and signed, marked as such, with its scan."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from congress.guard.action import action
from congress.models import Attachment, AuditEvent, Message
from deputies.models import Mandate
from proposals import queries
from proposals.life import SUGGESTION
from proposals.models import Rating
from proposals.stages import Stage
from tests.proposals.helpers import SET_UP, at, day, refused, replied, text_of

pytestmark = pytest.mark.django_db
GOOD = {"attitude": "good", "result": "fair", "reason": "", "signed_by": "单木", "open_to_public": True}


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return out.getvalue()


def by_one_without_account(town):
    return replied(town, actor=town.clerk, lead=town.deputies[1])


def test_a_deputy_without_account_rates_on_paper(town):
    row = by_one_without_account(town)
    SUGGESTION.take("paper-rating", town.clerk, row, on=day(5, 20), **GOOD)
    rating = Rating.objects.get()
    assert (rating.on_paper, rating.signed_by, rating.deputy, rating.rated_on) == (
        True,
        "单木",
        town.deputies[1],
        day(5, 20),
    )
    assert queries.stage_of(queries.fresh(row)) is Stage.CLOSED
    event = AuditEvent.objects.get(verb="proposals.rate_on_paper")
    assert event.detail["纸质"] is True
    assert "单木" not in str(event.detail)


def test_a_deputy_who_has_left_can_still_be_heard(town):
    row = by_one_without_account(town)
    with action(SET_UP, actor=None):
        seat = Mandate.objects.get(deputy=town.deputies[1])
        seat.ended_on, seat.end_reason = day(5, 12), Mandate.End.MOVED
        seat.save()
    SUGGESTION.take("paper-rating", town.clerk, row, on=day(5, 20), **GOOD)
    assert Rating.objects.get().on_paper


def test_only_the_clerk_enters_paper_and_only_once_answered(town):
    row = by_one_without_account(town)
    for user in (town.chair, town.handler, town.deputy_user, town.county_viewer):
        refused(lambda user=user: SUGGESTION.take("paper-rating", user, row, on=day(5, 20), **GOOD), "办事员")
    SUGGESTION.take("paper-rating", town.clerk, row, on=day(5, 20), **GOOD)
    refused(lambda: SUGGESTION.take("paper-rating", town.clerk, row, on=day(5, 21), **GOOD), "已办结")
    assert Rating.objects.count() == 1


def test_a_dissatisfied_paper_wants_its_reason_and_reopens(town):
    row = by_one_without_account(town)
    bad = {**GOOD, "result": "bad"}
    (finding,) = refused(lambda: SUGGESTION.take("paper-rating", town.clerk, row, on=day(5, 20), **bad))
    assert finding.field == "reason"
    SUGGESTION.take("paper-rating", town.clerk, row, on=day(5, 20), **{**bad, "reason": "渠没有修通。"})
    assert queries.stage_of(queries.fresh(row)) is Stage.REOPENED


def test_a_deputy_with_an_account_is_told_what_was_entered(town):
    row = replied(town)
    SUGGESTION.take("paper-rating", town.clerk, row, on=day(5, 20), **{**GOOD, "signed_by": "曾田"})
    told = Message.objects.filter(recipient=town.deputy_user, title__contains="征询意见表")
    assert told.count() == 1


def test_the_clerk_enters_the_form_with_its_scan_on_the_page(world, browse):
    with world.in_township():
        row = by_one_without_account(world)
    clerk, url = browse(world.clerk), at(world, "suggestion-paper-rating", row.pk)
    page = text_of(clerk.get(url))
    assert 'enctype="multipart/form-data"' in page
    assert 'value="单木"' in page
    data = {"on": "2022-05-20", "attitude": "good", "result": "good", "signed_by": "单木", "version": ""}
    wrong = clerk.post(url, {**data, "scan": SimpleUploadedFile("表.exe", b"MZ\x90\x00")})
    assert wrong.context["form"].errors["scan"]
    assert wrong.context["form"]["signed_by"].value() == "单木"
    answer = clerk.post(url, {**data, "scan": SimpleUploadedFile("表.jpg", picture())}, follow=True)
    assert "评价已提交" in text_of(answer)
    assert "纸质征询意见表" in text_of(answer)
    with world.in_township():
        assert Attachment.objects.get(subject_id=row.pk).caption == "征询意见表"
