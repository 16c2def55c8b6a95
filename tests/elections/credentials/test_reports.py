"""What the committee reports of the declared, and the decision that two people enter (选举法四十七)."""

import pytest
from django.db import IntegrityError, transaction

from congress.assembly.models import Session
from congress.guard.action import Refused, action
from congress.steps import standing_of
from deputies.models import Level, Term
from elections.actions import credentials as acts
from elections.documents.credentials import deputies_notice, report
from elections.life import ENTRY, REVIEW
from elections.models import CredentialsReview
from elections.stages.reviews import Known, ReviewStage, review_stage
from tests.cast import SET_UP
from tests.elections.credentials import (
    DECIDE,
    DECIDED,
    OPENED,
    REPORTED,
    confirmed,
    entries,
    facts,
    judge,
    opened,
    reported,
    take,
)
from tests.elections.papers import said

pytestmark = pytest.mark.django_db


def test_a_review_of_which_everybody_was_left_out_has_nothing_to_report(world, election, two_elected):
    row = opened(world, election)
    for entry in entries(row).values():
        ENTRY.take("leave", world.clerk, entry, on=OPENED, reason="举报还在查")
    with pytest.raises(Refused, match="没有可以报告的"):
        take(world.clerk, row, "report", REPORTED, present=2, report_paper="")
    found = facts(row)
    found.row.election.term.level = Level.COUNTY  # whose own committee reports
    assert found.stage is ReviewStage.OPENED


def test_the_outgoing_congress_needs_a_committee_to_report(world, election, two_elected):
    row = opened(world, election)
    take(world.clerk, row, "clear")
    with action(SET_UP, actor=None):
        Session.objects.update(withdrawn_at="2026-12-01T00:00+08:00")
    with pytest.raises(Refused, match="还没有登记代表资格审查委员会") as refused:
        take(world.clerk, row, "report", REPORTED, present=2, report_paper="")
    assert refused.value.findings[0].citation.article == 37
    with action(SET_UP, actor=None):
        Session.objects.update(withdrawn_at=None)
    with pytest.raises(Refused, match="有2人，到会不能多于此数"):
        take(world.clerk, row, "report", REPORTED, present=3, report_paper="")
    made = take_door(world, row, "report", REPORTED, {"present": 1, "report_paper": ""})
    assert [one.code for one in made.warnings] == ["review.quorum"]
    with pytest.raises(Refused, match="审查报告已经提出"):
        judge(world.clerk, entries(row)["丁一"], on=REPORTED)


def take_door(world, row, key, on, data):
    """The attempt itself, with its warnings."""
    return REVIEW.door(key, standing_of(world.clerk, world.township), row.pk, data, on=on)


def test_an_opinion_that_changed_meanwhile_is_not_reported(world, election, two_elected):
    row = opened(world, election)
    take(world.clerk, row, "clear")
    read = facts(row).row
    judge(world.clerk, entries(row)["于二"], "invalid", ground="procedure", words="唱票没有公开")
    with pytest.raises(Refused, match="刚刚有改动"):
        acts._hold(read)


def test_the_report_tells_seats_opinions_articles_and_names(world, election, two_elected):
    row = opened(world, election)
    with pytest.raises(Refused, match="还有2名当选人没有审查意见"):
        report(facts(row).row, REPORTED)
    judge(world.clerk, entries(row)["丁一"])
    judge(world.clerk, entries(row)["于二"], "invalid", ground="offence", words="以财物贿赂选民")
    told = report(facts(row).row, REPORTED)
    words = said(told["parts"])
    assert told["to"] == "云溪镇人民代表大会主席团"
    assert "第四十七条" in words
    assert "第三十七条" in words
    assert "2个选区应选代表4名，宣布当选2名，本次审查2名" in words
    assert "1名代表符合宪法" in words
    assert "妇女1名，少数民族0名，中共党员0名，连任0名" in words
    assert "有1名当选无效" in words
    assert "第五十八条" in words
    assert "以财物贿赂选民" in words


def test_elected_once_more_is_who_sat_in_the_term_before(world, election, two_elected):
    row = opened(world, election)
    number = election.term.number
    with action(SET_UP, actor=None):
        earlier = Term.objects.create(township=world.township, level=Level.TOWNSHIP, number=number - 2, seats=50)
        before = Term.objects.get(level=Level.TOWNSHIP, number=number - 1)
        for deputy, term in zip(world.deputies[:2], (before, earlier), strict=True):
            deputy.mandates.update(level=Level.TOWNSHIP, term=term)
        for entry, deputy in zip(entries(row).values(), world.deputies, strict=False):
            type(entry).objects.filter(pk=entry.pk).update(deputy=deputy)
    for entry in entries(row).values():
        judge(world.clerk, entry)
    assert "连任1名" in said(report(facts(row).row, REPORTED)["parts"])


def test_a_confirmation_is_entered_by_two_people(world, election, two_elected):
    row = opened(world, election)
    with pytest.raises(Refused, match="现在是“审查”"):
        take(world.clerk, row, "decide", DECIDED, **DECIDE)
    reported(world, row)
    assert facts(row).stage is ReviewStage.REPORTED
    with pytest.raises(Refused, match="日期不能早于审查"):
        take(world.clerk, row, "decide", OPENED, **DECIDE)
    take(world.clerk, row, "decide", DECIDED, **DECIDE)
    assert facts(row).stage is ReviewStage.ASKED
    with pytest.raises(Refused, match="两个不同的人"):
        take(world.clerk, row, "confirm", DECIDED)
    with pytest.raises(IntegrityError), transaction.atomic(), action(SET_UP, actor=None):
        CredentialsReview.objects.filter(pk=row.pk).update(confirmed_by=world.clerk)
    take(world.chair, row, "revoke", DECIDED, reason="日期登错")
    with pytest.raises(Refused, match="还没有由两人登记"):
        deputies_notice(facts(row).row, DECIDED)
    confirmed(world, row)
    assert facts(row).stage is ReviewStage.CONFIRMED
    told = deputies_notice(facts(row).row, DECIDED)
    assert "确认下列2名" in said(told["parts"])
    with pytest.raises(Refused, match="现在是“已确认，待公布”"):
        take(world.clerk, row, "discard", reason="晚了")


def test_a_review_that_confirms_nobody_makes_nobody_public(world, election, two_elected):
    row = opened(world, election)
    for name in ("丁一", "于二"):
        judge(world.clerk, entries(row)[name], "invalid", ground="procedure", words="唱票没有公开")
    take(world.clerk, row, "report", REPORTED, present=2, report_paper="")
    assert "有2名当选无效" in said(report(facts(row).row, REPORTED)["parts"])
    confirmed(world, row)
    with pytest.raises(Refused, match="没有当选有效的代表"):
        deputies_notice(facts(row).row, DECIDED)


def test_stages_follow_from_what_was_done():
    assert review_stage(Known()) is ReviewStage.OPENED
    assert review_stage(Known(reported=True)) is ReviewStage.REPORTED
    assert review_stage(Known(reported=True, asked=True)) is ReviewStage.ASKED
    assert review_stage(Known(reported=True, asked=True, confirmed=True)) is ReviewStage.CONFIRMED
    assert review_stage(Known(reported=True, confirmed=True, nobody=True)) is ReviewStage.NOBODY
    assert review_stage(Known(reported=True, confirmed=True, published=True)) is ReviewStage.PUBLISHED
