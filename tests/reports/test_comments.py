"""What is said about a section of a draft, and what came of it."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from congress.guard import scope
from congress.guard.action import Refused
from reports import actions
from reports.life import ANNUAL
from reports.models import SectionComment
from reports.queries import annual
from reports.queries.missing import missing
from tests.reports.steps import signed

DAY = date(2022, 12, 28)


def say(world, report, text="这一段请补数字", key=None):
    section = annual.sections(report)[3]
    return ANNUAL.take("comment", world.chair, report, section=section, text=text, key=key or uuid.uuid4())


def test_what_was_said_waits_until_it_is_answered_and_forbids_nothing(world, report, here):
    said = say(world, report)
    assert (said.author, str(said.section)) == (world.chair, annual.sections(report)[3].heading)
    waits = [item for item in missing(report) if item.code == "section.comments"]
    assert [(item.message, item.blocking) for item in waits] == [
        (f"“{said.section}”有1条审改意见没有处理。", False),
    ]
    ANNUAL.take("settle-comment", world.clerk, report, comment=said, answer="已补")
    [told] = annual.comments(report)
    assert (told.settled_by, told.answer, bool(told.settled_at)) == (world.clerk, "已补", True)
    assert "section.comments" not in {item.code for item in missing(report)}
    with pytest.raises(Refused, match="已经处理过了"):
        ANNUAL.take("settle-comment", world.clerk, report, comment=told, answer="再补")


def test_sent_twice_it_is_said_once_and_nothing_is_said_without_words(world, report, here):
    key = uuid.uuid4()
    say(world, report, key=key)
    say(world, report, key=key)
    assert SectionComment.objects.count() == 1
    with pytest.raises(Refused, match="请写明意见"):
        say(world, report, text=" ")


def test_the_chair_says_it_of_what_lies_with_them_but_not_of_what_is_issued(world, report, here):
    signed(world, report, on=DAY)
    say(world, report)
    ANNUAL.take("issue", world.chair, report, on=DAY)
    with pytest.raises(Refused, match="已经印发"):
        say(world, report, text="太晚了")


def test_it_stands_beside_the_section_and_leads_to_its_answer(world, report, here, browse):
    said = say(world, report)
    address = reverse("reports-edit", args=[report.township.code, report.pk])
    answer = f"{reverse('reports-settle-comment', args=[report.township.code, report.pk])}?comment={said.pk}"
    page = browse(world.clerk).get(address).content.decode()
    assert said.text in page
    assert answer in page
    whole = reverse("reports-report", args=[report.township.code, report.pk])
    assert answer in browse(world.clerk).get(whole).content.decode()
    read = browse(world.county_viewer).get(whole).content.decode()
    assert "报告正文" in read
    assert said.text not in read  # what is said among those who write it is theirs
    posted = browse(world.clerk).post(answer.split("?")[0], {"comment": said.pk, "answer": "已补"})
    assert posted.url == f"{address}#section-{said.section_id}"
    with scope.township(world.township):
        page = browse(world.clerk).get(address).content.decode()
    assert "已处理：已补" in page
    assert answer not in page


def test_a_comment_of_another_report_is_none_of_this_one(world, report, here, browse):
    said = say(world, report)
    ANNUAL.take("discard", world.clerk, report, reason="重来")
    other = actions.start(world.clerk, world.township, year=2022, cut_off=date(2022, 12, 20), on=date(2022, 12, 21))
    posted = browse(world.clerk).post(
        reverse("reports-settle-comment", args=[other.township.code, other.pk]), {"comment": said.pk, "answer": ""}
    )
    assert "comment" in posted.context["form"].errors
