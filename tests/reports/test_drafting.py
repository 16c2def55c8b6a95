"""Writing a report: sections, two editors at once, order, cut-off, giving up."""

from datetime import date

import pytest

from congress.documents.inspection import check
from congress.guard.action import Conflict, Refused, action
from congress.models import AuditEvent
from reports import actions
from reports.content import blocks_of, content_of
from reports.documents import compose
from reports.life import ANNUAL
from reports.models import AnnualReport, Section, SectionDraft
from reports.queries import annual
from tests.reports.steps import sign_and_issue, taken
from tests.reports.year import CUT_OFF, FILL, add_reception

TODAY = date(2022, 12, 21)


def section(report, heading="做好中心工作。"):
    return next(row for row in annual.sections(report) if row.heading == heading)


def save(user, row, text, **more):
    return actions.save_section(user, row, version=more.pop("version", row.version), heading=row.heading, text=text)


def test_starting_keeps_sections_and_every_figure(report, here):
    assert len(annual.sections(report)) == 15
    from congress import figures

    assert set(annual.kept_figures(report)) == set(figures.registered())
    event = AuditEvent.objects.get(verb="reports.start")
    assert event.subject_id == str(report.pk)


def test_a_year_has_one_report(world, report, here):
    with pytest.raises(Refused, match="已有2022年度工作报告"):
        actions.start(world.clerk, here, year=2022, cut_off=date(2022, 12, 1), on=TODAY)


@pytest.mark.parametrize("cut_off", [date(2021, 12, 31), date(2022, 12, 22)])
def test_the_cut_off_lies_in_the_year_and_not_ahead(world, year, here, cut_off):
    with pytest.raises(Refused, match="数据截止日"):
        actions.start(world.clerk, here, year=2022, cut_off=cut_off, on=TODAY)


def test_saving_writes_text_editor_and_event(world, report, here):
    saved = save(world.clerk, section(report), "全年参与中心工作{{figure.town_tasks.count}}项。")
    row = section(report)
    assert saved.beside is None
    assert row.text == "全年参与中心工作{{figure.town_tasks.count}}项。"
    assert row.edited_by == world.clerk
    assert AuditEvent.objects.filter(verb="reports.edit", actor_id=world.clerk.pk).count() == 1


def test_saving_the_same_text_again_leaves_no_event(world, report, here):
    row = section(report)
    save(world.clerk, row, row.text)
    assert not AuditEvent.objects.filter(verb="reports.edit").exists()


@pytest.mark.parametrize("text", ["共{{figure.nothing.here}}项", "共{{figure.town_tasks.count项"])
def test_an_unknown_placeholder_is_refused_by_name(world, report, here, text):
    before = section(report).text
    with pytest.raises(Refused, match="不认识的数据占位符"):
        save(world.clerk, section(report), text)
    assert section(report).text == before


def test_a_heading_holds_no_placeholder_and_is_not_empty(world, report, here):
    row = section(report)
    for heading, words in (("", "请填写标题"), ("共{{figure.town_tasks.count}}项", "标题中不能使用数据占位符")):
        with pytest.raises(Refused, match=words):
            actions.save_section(world.clerk, row, version=row.version, heading=heading, text="正文")


def test_the_second_editor_is_told_and_both_texts_are_kept(world, report, here):
    seen_by_both = section(report)
    save(world.clerk, seen_by_both, "办事员的文字。")
    second = save(world.chair, seen_by_both, "主席的文字。")
    assert second.beside is not None
    assert section(report).text == "办事员的文字。"
    assert second.beside.text == "主席的文字。"
    assert [draft.author for draft in annual.open_drafts(report)] == [world.chair]


def test_going_on_typing_after_the_conflict_changes_the_kept_text_and_makes_no_second(world, report, here):
    seen = section(report)
    save(world.clerk, seen, "办事员的文字。")
    save(world.chair, seen, "主席的文字。")
    save(world.chair, seen, "主席的文字，再改。")
    assert [draft.text for draft in annual.open_drafts(report)] == ["主席的文字，再改。"]


def test_two_who_write_the_same_have_no_conflict(world, report, here):
    seen = section(report)
    save(world.clerk, seen, "同样的文字。")
    assert save(world.chair, seen, "同样的文字。").beside is None


@pytest.mark.parametrize(
    ("how", "text", "stands"),
    [("mine", "", "主席的文字。"), ("theirs", "", "办事员的文字。"), ("merged", "合并的文字。", "合并的文字。")],
)
def test_two_texts_are_settled_one_way_or_another(world, report, here, how, text, stands):
    seen = section(report)
    save(world.clerk, seen, "办事员的文字。")
    draft = save(world.chair, seen, "主席的文字。").beside
    actions.settle_draft(world.clerk, draft, how=how, version=section(report).version, text=text)
    assert section(report).text == stands
    assert annual.open_drafts(report) == []
    assert SectionDraft.objects.get(pk=draft.pk).settled_at is not None
    with pytest.raises(Refused, match="已经处理"):
        actions.settle_draft(world.clerk, draft, how=how, version=section(report).version)


def test_settling_what_changed_again_is_a_conflict(world, report, here):
    seen = section(report)
    save(world.clerk, seen, "一。")
    draft = save(world.chair, seen, "二。").beside
    shown = section(report)
    save(world.clerk, shown, "三。")
    with pytest.raises(Conflict):
        actions.settle_draft(world.clerk, draft, how="mine", version=shown.version)
    assert section(report).text == "三。"


def order(report):
    return [row.heading or row.text[:4] for row in annual.sections(report)]


def test_sections_are_added_moved_and_removed_and_places_stay_without_gaps(world, report, here):
    first = annual.sections(report)[0]
    ANNUAL.take("add", world.clerk, report, after=first, level=1, heading="新的一章", text="文字。")
    assert order(report)[1] == "新的一章"
    ANNUAL.take("add", world.clerk, report, after=None, level=0, text="开头")
    assert order(report)[0] == "开头"
    new = section(report, "新的一章")
    ANNUAL.take("up", world.clerk, report, section=new)
    assert order(report)[1] == "新的一章"
    ANNUAL.take("down", world.clerk, report, section=section(report, "新的一章"))
    assert order(report)[2] == "新的一章"
    ANNUAL.take("remove", world.clerk, report, section=section(report, "新的一章"))
    assert "新的一章" not in order(report)
    assert [row.position for row in annual.sections(report)] == list(range(1, 17))
    assert Section.objects.filter(heading="新的一章", withdrawn_at__isnull=False).exists()


def test_a_section_taken_out_is_neither_moved_nor_taken_out_again_and_there_are_four_levels(world, report, here):
    gone = annual.sections(report)[0]
    ANNUAL.take("remove", world.clerk, report, section=gone)
    before = order(report)
    for key in ("up", "down", "remove"):
        with pytest.raises(Refused, match="这一段已被移除") as refused:
            ANNUAL.take(key, world.clerk, report, section=gone)
        assert [finding.field for finding in refused.value.findings] == ["section"]
    with pytest.raises(Refused, match="层级应为0至3") as refused:
        ANNUAL.take("add", world.clerk, report, after=None, level=4, heading="太深", text="")
    assert [finding.field for finding in refused.value.findings] == ["level"]
    assert order(report) == before


def test_moving_beyond_the_ends_changes_nothing(world, report, here):
    before = order(report)
    ANNUAL.take("up", world.clerk, report, section=annual.sections(report)[0])
    ANNUAL.take("down", world.clerk, report, section=annual.sections(report)[-1])
    assert order(report) == before


def test_moving_a_section_does_not_disturb_who_edits_its_text(world, report, here):
    seen = section(report)
    ANNUAL.take("up", world.chair, report, section=section(report))
    assert save(world.clerk, seen, "照常保存。").beside is None


def test_another_cut_off_computes_anew_and_tells_what_changed(world, report, here):
    changed = taken(
        "cut-off", world.clerk, report, cut_off=date(2022, 12, 31), on=date(2023, 1, 5), version=report.version
    ).outcome
    assert "receptions.resolved" in changed
    assert annual.kept_figures(report)["receptions.resolved"].value == 8
    assert {use.cut_off for use in annual.kept_figures(report).values()} == {date(2022, 12, 31)}


def test_a_cut_off_ahead_of_today_is_refused(world, report, here):
    with pytest.raises(Refused, match="不能晚于今天"):
        ANNUAL.take("cut-off", world.clerk, report, cut_off=date(2022, 12, 31), on=TODAY)


def test_a_draft_is_given_up_with_a_reason_and_the_year_begun_anew(world, report, here):
    with pytest.raises(Refused, match="原因"):
        ANNUAL.take("discard", world.clerk, report, reason=" ")
    ANNUAL.take("discard", world.clerk, report, reason="年度选错")
    row = Section.objects.filter(report=report).first()
    with pytest.raises(Refused, match="这份草稿已经放弃，不能再改。"):
        save(world.clerk, row, "文字")
    assert Section.objects.get(pk=row.pk).version == row.version
    again = actions.start(world.clerk, here, year=2022, cut_off=date(2022, 12, 1), on=TODAY)
    assert again.edition == 2
    assert AnnualReport.objects.count() == 2


# -- title, salutation and the days a report tells of


SESSION_LINE = "——2023年1月8日在云溪镇第十七届人民代表大会第三次会议上"


def test_what_stands_above_the_text_is_set_and_printed(world, report, here):
    assert report.title_lines == ("云溪镇人民代表大会主席团", "2022年工作总结和2023年工作安排")
    changed = ANNUAL.take(
        "heading",
        world.clerk,
        report,
        title="云溪镇人民代表大会主席团\n\n工作报告 ",
        subtitle=f"{SESSION_LINE}\n镇人大主席　戊二",
        salutation="各位代表：",
        version=report.version,
    )
    content = content_of(changed, annual.sections(changed), annual.kept_figures(changed))
    title, under, whom = blocks_of(content)[:3]
    assert title.lines == ("云溪镇人民代表大会主席团", "工作报告")
    assert under.lines == (SESSION_LINE, "镇人大主席　戊二")
    assert whom.text == "各位代表："
    failed = [row for row in check(compose(content, True), profile="report", draft=True) if not row.ok]
    assert failed == []


def test_a_title_kept_in_one_line_parts_after_the_presidium(world, report, here):
    report.title = "".join(report.title_lines)
    assert report.title_lines == ("云溪镇人民代表大会主席团", "2022年工作总结和2023年工作安排")


def test_a_heading_is_refused_without_a_title_and_from_an_old_page(world, report, here):
    with pytest.raises(Refused, match="请填写标题"):
        ANNUAL.take("heading", world.clerk, report, title=" \n", version=report.version)
    with pytest.raises(Conflict):
        ANNUAL.take("heading", world.clerk, report, title="工作报告", version=report.version + 1)


def test_a_report_tells_of_the_days_it_is_given(world, year, here):
    with action(FILL, actor=None):
        add_reception(year, date(2021, 12, 20), people=8)
    report = actions.start(world.clerk, here, year=2022, cut_off=CUT_OFF, on=TODAY, since=date(2021, 11, 10))
    use = annual.kept_figures(report)["receptions.people"]
    assert (use.value, use.period_from, use.period_to) == (55, date(2021, 11, 10), CUT_OFF)
    assert "报告期接待选民人次" in use.definition
    assert not [drift for drift in annual.drifts(report).values() if drift.changed]
    ANNUAL.take("cut-off", world.clerk, report, cut_off=CUT_OFF, on=TODAY, since=None, version=report.version)
    report.refresh_from_db()
    assert annual.kept_figures(report)["receptions.people"].value == 47
    assert "本年度接待选民人次" in annual.kept_figures(report)["receptions.people"].definition


@pytest.mark.parametrize(
    ("since", "says"), [(date(2016, 12, 31), "报告期最长为一届"), (date(2022, 12, 21), "不能在开始之前结束")]
)
def test_a_period_that_cannot_be_is_refused(world, report, here, since, says):
    with pytest.raises(Refused, match=says):
        ANNUAL.take("cut-off", world.clerk, report, cut_off=CUT_OFF, on=TODAY, since=since, version=report.version)


def test_a_correction_takes_title_and_period_along(world, report, here):
    ANNUAL.take("heading", world.clerk, report, title="工作报告", salutation="各位代表：", version=report.version)
    report.refresh_from_db()
    ANNUAL.take(
        "cut-off", world.clerk, report, cut_off=CUT_OFF, on=TODAY, since=date(2021, 11, 10), version=report.version
    )
    report.refresh_from_db()
    document = sign_and_issue(world, report, on=date(2022, 12, 28))
    assert (document.title, document.context["salutation"]) == ("工作报告", "各位代表：")
    report.refresh_from_db()
    new = ANNUAL.take("correct", world.clerk, report, reason="有误")
    assert (new.title, new.salutation, new.since) == ("工作报告", "各位代表：", date(2021, 11, 10))
