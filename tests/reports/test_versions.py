"""What a draft said earlier, and two of its moments side by side."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.guard.action import all_verbs
from reports import actions
from reports.life import ANNUAL
from reports.queries import annual, versions
from reports.queries.versions import Part
from tests.reports.steps import sign_and_issue

DAY = date(2022, 12, 28)


def save(actor, report, heading, text):
    row = next(one for one in annual.sections(report) if one.heading == heading)
    actions.save_section(actor, row, version=row.version, heading=row.heading, text=text)


@pytest.fixture
def written(world, report, here):
    """A draft on which the clerk wrote twice in one sitting and once the day after, then the chair; a section was added, one
    removed."""
    party = "坚持党的领导。"
    at = clock.now() + timedelta(minutes=40)
    with clock.frozen(at):
        save(world.clerk, report, party, "第一稿。")
    with clock.frozen(at + timedelta(minutes=5)):
        save(world.clerk, report, party, "第二稿。")
    with clock.frozen(at + timedelta(days=1)):
        save(world.clerk, report, party, "第三稿。")
    with clock.frozen(at + timedelta(days=1, minutes=1)):
        save(world.chair, report, party, "主席的稿。")
    with clock.frozen(at + timedelta(days=2)):
        ANNUAL.take("add", world.clerk, report, after=None, level=0, text="新的开头。")
    with clock.frozen(at + timedelta(days=3)):
        ANNUAL.take("remove", world.clerk, report, section=annual.sections(report)[-1])
    return report


def text_at(report, moment, heading="坚持党的领导。"):
    return next(part.text for part in versions.Past(report).as_of(moment) if part.heading == heading)


def test_a_run_of_saves_is_one_moment_and_each_tells_what_stood_then(world, written):
    told = versions.moments(written)
    words = [one.words for one in told]
    assert [word.split("：")[0] for word in words] == [
        "移除了报告段落",
        "增加了报告段落",
        "修改了报告正文",
        "修改了报告正文",
        "修改了报告正文",
        "开始起草工作报告",
    ]
    assert [text_at(written, one) for one in told[2:5]] == ["主席的稿。", "第三稿。", "第二稿。"]
    assert text_at(written, told[5]) not in ("第一稿。", "第二稿。")
    assert text_at(written, None) == "主席的稿。"


def test_what_was_added_is_not_there_before_and_what_was_removed_still_is(world, written):
    removed, added, written_on = versions.moments(written)[:3]
    counts = [len(versions.Past(written).as_of(one)) for one in (None, removed, added, written_on)]
    assert counts == [counts[0], counts[0], counts[0] + 1, counts[0]]
    assert versions.Past(written).as_of(added)[0].text == "新的开头。"
    assert versions.Past(written).as_of(written_on)[0].text != "新的开头。"


def test_two_moments_are_compared_section_by_section(world, written):
    told = versions.moments(written)
    found = versions.compared(versions.Past(written).as_of(told[-1]), versions.Past(written).as_of())
    assert [(bool(one.before), bool(one.after)) for one in found] == [(False, True), (True, True), (True, False)]
    assert [one.heading for one in found][:2] == ["正文段落", "坚持党的领导。"]


def test_sections_of_two_reports_are_known_by_their_headings():
    one = Part("a", 1, 1, "总结", "做了。")
    same, other = Part("x", 1, 1, "总结", "做了。"), Part("y", 2, 1, "总结", "又做了。")
    assert versions.compared([one], [same], same_report=False) == []
    [added] = versions.compared([one], [same, other], same_report=False)
    assert (added.before, added.after.text) == (None, "又做了。")
    assert len(versions.compared([one], [same])) == 2


def test_every_verb_that_is_told_is_one_of_the_house():
    assert set(versions.TOLD) <= set(all_verbs())


def test_the_page_compares_the_last_two_and_what_the_address_says(world, written, browse):
    page = browse(world.clerk)
    address = reverse("reports-versions", args=[written.township.code, written.pk])
    usual = page.get(address)
    assert [one["word"] for one in usual.context["differing"]] == ["移除"]
    with scope.township(world.township):
        told = versions.moments(written)
    chosen = page.get(address, {"from": told[-1].key, "to": told[3].key})
    assert [(one["heading"], one["word"]) for one in chosen.context["differing"]] == [("坚持党的领导。", "改动")]
    content = chosen.content.decode()
    assert "<ins>" in content
    assert "第三稿" in content
    nonsense = page.get(address, {"from": versions.FORMER, "to": told[0].key})
    assert nonsense.context["differing"] == usual.context["differing"]
    with scope.township(world.township), clock.frozen(told[0].at + timedelta(hours=1)):
        ANNUAL.take("submit", world.clerk, written, on=DAY)
    handed_in = page.get(address)
    assert [one["word"] for one in handed_in.context["differing"]] == ["移除"]
    same = page.get(address, {"from": told[0].key, "to": told[0].key})
    assert "两稿一样" in same.content.decode()


def test_a_correction_is_compared_with_what_it_corrects(world, report, here, browse):
    paper = sign_and_issue(world, report, on=DAY)
    new = ANNUAL.take("correct", world.clerk, report, reason="有误")
    save(world.clerk, new, "坚持党的领导。", "改后的文字。")
    address = reverse("reports-versions", args=[new.township.code, new.pk])
    answer = browse(world.clerk).get(address, {"from": versions.FORMER, "to": ""})
    assert f"被更正的{paper.number}" in answer.content.decode()
    assert [(one["heading"], one["word"]) for one in answer.context["differing"]] == [("坚持党的领导。", "改动")]


def test_the_page_asks_as_many_questions_for_more_moments(world, report, here, browse, django_assert_max_num_queries):
    address = reverse("reports-versions", args=[report.township.code, report.pk])
    client = browse(world.clerk)
    client.get(address)
    for number in range(4):
        save(world.chair if number % 2 else world.clerk, report, "坚持党的领导。", f"第{number}稿。")
    with django_assert_max_num_queries(15):
        client.get(address)


def test_earlier_texts_are_for_those_who_write(world, report, here, browse):
    address = reverse("reports-versions", args=[report.township.code, report.pk])
    assert browse(world.county_viewer).get(address).status_code == 403
    page = browse(world.county_viewer).get(reverse("reports-report", args=[report.township.code, report.pk]))
    assert address not in page.content.decode()
