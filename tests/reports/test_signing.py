"""A draft handed in, signed, sent back; nobody writes in it meanwhile."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress.guard.action import Conflict, Refused, action
from congress.models import AuditEvent, Message, Township
from reports import actions
from reports.actions.signing import digest
from reports.life import ANNUAL
from reports.queries import annual
from reports.stages import ReportStage
from tests.reports.steps import signed
from tests.reports.year import FILL

DAY = date(2022, 12, 28)


def stands(report) -> ReportStage:
    return annual.stage(annual.reports().get(pk=report.pk))


def test_a_draft_goes_from_the_clerk_to_the_chair_and_back_to_be_issued(world, report, here):
    assert stands(report) is ReportStage.DRAFT
    ANNUAL.take("submit", world.clerk, report, on=DAY)
    assert stands(report) is ReportStage.SUBMITTED
    with pytest.raises(Refused, match="主席办理"):
        ANNUAL.take("sign", world.clerk, report, on=DAY)
    ANNUAL.take("sign", world.chair, report, on=DAY)
    assert stands(report) is ReportStage.SIGNED
    found = annual.reports().get(pk=report.pk)
    assert (found.submitted_by, found.signed_by, found.signed_on) == (world.clerk, world.chair, DAY)
    ANNUAL.take("issue", world.clerk, report, on=DAY)
    assert stands(report) is ReportStage.ISSUED


def test_what_waits_on_a_report_is_told_until_it_is_issued(world, report, here, browse):
    home = reverse("township_home", args=[world.township.code])

    def waits(user) -> list[str]:
        lines = browse(user).get(home).context["todos"]
        return [line.label for line in lines if line.label.startswith("2022年度工作报告")]

    assert waits(world.clerk) == ["2022年度工作报告草稿待送签"]
    ANNUAL.take("submit", world.clerk, report, on=DAY)
    assert (waits(world.clerk), waits(world.chair)) == ([], ["2022年度工作报告草稿待签发"])
    ANNUAL.take("sign", world.chair, report, on=DAY)
    assert waits(world.clerk) == ["2022年度工作报告草稿待印发"]
    ANNUAL.take("issue", world.clerk, report, on=DAY)
    assert waits(world.clerk) == waits(world.chair) == []


def test_what_was_not_signed_is_not_issued(world, report, here):
    for _ in ("draft", "submitted"):
        with pytest.raises(Refused, match=stands(report).label):
            ANNUAL.take("issue", world.chair, report, on=DAY)
        if stands(report) is ReportStage.DRAFT:
            ANNUAL.take("submit", world.clerk, report, on=DAY)


def test_nobody_writes_in_what_lies_with_the_chair(world, report, here):
    section = annual.sections(report)[0]
    for key, word in (("submit", "送签"), ("sign", "签发")):
        ANNUAL.take(key, world.chair, report, on=DAY)
        for change in (
            lambda: actions.save_section(
                world.clerk, section, version=section.version, heading=section.heading, text="另写的。"
            ),
            lambda: ANNUAL.take("remove", world.clerk, report, section=section),
            lambda: ANNUAL.take("recompute", world.clerk, report),
            lambda: ANNUAL.take("heading", world.clerk, report, title="另一标题"),
            lambda: ANNUAL.take("discard", world.clerk, report, reason="不要了"),
        ):
            with pytest.raises(Refused, match=f"已经{word}，正文和数据不能再改"):
                change()


def test_sent_back_it_is_a_draft_again_and_the_trail_keeps_what_was_signed(world, report, here):
    signed(world, report, on=DAY)
    with pytest.raises(Refused, match="请写明原因"):
        ANNUAL.take("reopen", world.chair, report, reason="")
    ANNUAL.take("reopen", world.chair, report, reason="第三部分要改")
    assert stands(report) is ReportStage.DRAFT
    found = annual.reports().get(pk=report.pk)
    assert (found.submitted_on, found.signed_on, found.signed_by, found.signed_text) == (None, None, None, "")
    told = {event.verb: event.detail for event in AuditEvent.objects.filter(subject_id=str(report.pk))}
    assert told["reports.reopen"] == {"失效的": "签发", "理由": "第三部分要改"}
    assert told["reports.sign"]["SHA-256"] == told["reports.submit"]["SHA-256"]
    assert list(Message.objects.filter(recipient=world.clerk).values_list("body", flat=True)) == ["第三部分要改"]
    with pytest.raises(Refused, match="现在是“草稿”"):
        ANNUAL.take("reopen", world.chair, report, reason="再退一次")
    signed(world, report, on=DAY)
    assert stands(report) is ReportStage.SIGNED


def test_who_sends_back_their_own_is_told_nothing_and_the_chair_hears_of_each_time(world, report, here):
    for _ in (1, 2):
        ANNUAL.take("submit", world.clerk, report, on=DAY)
        ANNUAL.take("reopen", world.clerk, report, reason="再改改")
    assert not Message.objects.filter(recipient=world.clerk).exists()
    assert Message.objects.filter(recipient=world.chair, title__startswith="2022年度工作报告等待签发").count() == 2


def test_a_chair_signs_what_they_wrote_themselves(world, report, here):
    ANNUAL.take("sign", world.chair, report, on=DAY)
    found = annual.reports().get(pk=report.pk)
    assert (found.submitted_by, found.submitted_on, stands(found)) == (world.chair, DAY, ReportStage.SIGNED)


def test_nobody_signs_before_it_was_handed_in(world, report, here):
    ANNUAL.take("submit", world.clerk, report, on=DAY)
    with pytest.raises(Refused, match="送签日期"):
        ANNUAL.take("sign", world.chair, report, on=DAY - timedelta(days=1))


def test_of_two_who_sign_at_once_the_second_is_told(world, report, here):
    ANNUAL.take("submit", world.clerk, report, on=DAY)
    shown = annual.reports().get(pk=report.pk).version
    ANNUAL.take("sign", world.chair, report, on=DAY, version=shown)
    with pytest.raises(Conflict):
        ANNUAL.take("sign", world.chair, report, on=DAY, version=shown)
    with pytest.raises(Refused, match="现在是“已签发”"):
        ANNUAL.take("sign", world.chair, report, on=DAY)
    assert AuditEvent.objects.filter(verb="reports.sign").count() == 1


@pytest.mark.parametrize(("before", "step"), [(("submit",), "sign"), (("submit", "sign"), "issue")])
def test_what_reads_otherwise_than_it_was_handed_in_goes_back_first(world, report, here, before, step):
    """The text cannot be changed meanwhile; the name of the place, which is part of it, can."""
    for key in before:
        ANNUAL.take(key, world.chair, report, on=DAY)
    with action(FILL, actor=None):
        Township.objects.filter(pk=world.township.pk).update(name="云溪新镇")
    with pytest.raises(Refused, match="送签以后内容有变动"):
        ANNUAL.take(step, world.chair, report, on=DAY)


def test_the_digest_tells_every_word_and_figure_but_no_hour():
    content = {"title": ["报告"], "figures": [{"key": "a.b", "value": 1, "computed_at": "2022-12-20T09:00"}]}
    later = {"title": ["报告"], "figures": [{"key": "a.b", "value": 1, "computed_at": "2022-12-21T09:00"}]}
    assert digest(content) == digest(later)
    assert digest(content) != digest({**content, "title": ["报告。"]})
    assert digest(content) != digest({**content, "figures": [{"key": "a.b", "value": 2, "computed_at": ""}]})
