"""What a township keeps for its reports: structures of its own, the words of the year, its plan; what is offered beside a draft."""

from datetime import date

import pytest
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.guard.action import action
from congress.guard.refusal import Refused
from proposals.models import Matter, Suggestion
from reports import actions, naming, structures
from reports.actions.composing import GUIDINGS, PLAN, TEMPLATES, take_up
from reports.life import ANNUAL
from reports.models import AnnualReport, Guiding, PlanItem, Section, Template
from reports.queries import annual, offering, planning, telling
from reports.queries.cases import cases_of
from reports.queries.missing import missing
from reports.story import WORDS, Value
from tests.reports.steps import sign_and_issue
from tests.reports.year import FILL

OWN = "一、{年}年的工作\n\n全年接待选民{{receptions.people}}人次。\n\n二、{明年}年的打算\n\n{明年事项}"


def begun(world, town, structure="", year=2022) -> list[Section]:
    report = actions.start(
        world.clerk, town, year=year, cut_off=date(year, 12, 20), on=date(year, 12, 21), structure=structure
    )
    return annual.sections(report)


def guiding(world, town, kind, words, from_on, until_on=None):
    return GUIDINGS.record(
        world.clerk, Guiding(township=town, kind=kind, words=words, from_on=from_on, until_on=until_on)
    )


# -- structures


def test_a_report_begins_with_the_structure_that_was_chosen_and_the_next_with_the_same(world, year, here):
    own = TEMPLATES.record(world.clerk, Template(township=here, name="本镇结构", text=OWN))
    sections = begun(world, here, str(own.pk))
    assert [row.heading for row in sections] == ["2022年的工作"]  # nothing is planned
    assert sections[0].text == "全年接待选民{{figure.receptions.people}}人次。"
    assert telling.last_structure(here) == str(own.pk)
    assert [key for key, _ in telling.structures_of(here)] == [str(own.pk), *structures.shipped_for("annual")]


def test_a_structure_that_is_there_no_more_gives_way_to_the_first_usual_one(world, year, here):
    own = TEMPLATES.record(world.clerk, Template(township=here, name="本镇结构", text=OWN))
    TEMPLATES.withdraw(world.clerk, own, "不用了", own.version)
    assert begun(world, here, str(own.pk))[1].heading == "2022年工作总结"
    assert telling.parts_of("没有的结构")[1].heading == "{年}年工作总结"


def test_each_usual_structure_gives_a_report_that_can_be_issued(world, year, here):
    for key in structures.shipped_for("annual"):
        report = begun(world, here, key)[0].report
        assert not [item for item in missing(report) if item.blocking], key
        ANNUAL.take("discard", world.clerk, report, reason="换一种结构")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("一、总结\n\n接待{{没有的数据}}人次", "没有这项数据：没有的数据"),
        ("一、总结\n\n【没有 接待选民】接待{{接待选民}}人次", "永远不会写入"),
        ("一、总结\n\n【大约 接待选民】接待", "不认识的条件“大约”"),
        ("一、总结\n\n按期答复率{{按期答复率}}，件件有答复", "要有数据支持"),
    ],
)
def test_a_structure_that_cannot_be_is_refused_at_its_field_and_nothing_typed_is_lost(world, browse, text, said):
    client, address = browse(world.clerk), reverse("reports-template-new", args=[world.township.code])
    page = client.post(address, {"name": "甲结构", "text": text, "key": "", "version": ""}).content.decode()
    assert said in page
    assert "第3行" in page
    assert text.split("\n")[-1] in page.replace("&quot;", '"')
    with scope.township(world.township):
        assert not Template.objects.exists()


def test_a_usual_structure_is_copied_changed_and_shown_with_the_names_of_its_figures(world, year, browse):
    client, code = browse(world.clerk), world.township.code
    new = f"{reverse('reports-template-new', args=[code])}?from=congress"
    page = client.get(new)
    text = page.context["form"]["text"].value()
    assert "{{接待选民}}人次" in text
    assert "【有 收集意见建议】" in text
    form = {"name": "大会报告", "text": text.replace("请予审议", "请审议"), "key": page.context["form"]["key"].value()}
    shown = client.post(new, form, follow=True).content.decode()
    assert "请审议" in shown
    assert "{{接待选民}}人次" in shown
    with scope.township(world.township):
        kept = Template.objects.get()
        assert "{{receptions.people}}人次" in kept.text
        assert structures.read(kept.text)[1] == []


def test_a_structure_is_for_the_kind_of_report_that_is_chosen_or_stays_with_its_own(world, browse):
    with scope.township(world.township):
        row = TEMPLATES.record(world.clerk, Template(township=world.township, name="旧结构", kind="half", text=OWN))
    url = reverse("reports-template-edit", args=[world.township.code, row.pk])
    for kind, kept in (("", "half"), ("annual", "annual")):
        sent = {"name": "旧结构", "kind": kind, "text": OWN, "version": row.version}
        assert browse(world.clerk).post(url, sent).status_code == 302
        with scope.township(world.township):
            row = Template.objects.get()
            assert row.kind == kept


def test_every_usual_structure_is_the_same_after_it_was_shown_and_sent():
    for one in structures.shipped().values():
        assert naming.in_keys(naming.in_names(one.text)) == one.text


def test_a_structure_whose_figure_is_offered_no_more_says_so_on_its_page(world, browse):
    with scope.township(world.township), action(FILL, actor=None):
        row = Template.objects.create(township=world.township, name="旧结构", text="一、总结\n\n{{gone.figure}}件")
    page = browse(world.clerk).get(reverse("reports-template", args=[world.township.code, row.pk])).content.decode()
    assert "没有这项数据：gone.figure" in page


# -- words of the year


def test_words_stand_in_the_reports_of_their_days_and_in_no_others(world, year, here):
    guiding(world, here, "thought", "甲思想", date(2017, 10, 1))
    guiding(world, here, "meeting", "乙大会", date(2017, 10, 1), date(2022, 12, 31))
    guiding(world, here, "meeting", "丙大会", date(2022, 10, 22))
    guiding(world, here, "work", "“丁”", date(2024, 1, 1))
    sections = begun(world, here)
    assert telling.hints(telling.draft_story(sections[0].report), WORDS) == []
    opening, *_, plan, _, _, _ = [part.text for part in sections]
    assert "坚持以甲思想为指导，深入学习贯彻乙大会、丙大会精神，" in opening
    assert "工作总部署" not in opening
    assert "深入贯彻丙大会精神" in plan
    assert "乙大会" not in plan


def test_the_clerk_is_told_which_words_are_not_entered(world, year, here):
    report = begun(world, here)[0].report
    assert "没有登记指导思想、重要会议" in telling.hints(telling.draft_story(report), WORDS)[0]


def test_words_end_after_they_begin_and_are_plain(world, here):
    with pytest.raises(Refused, match="文字中不能用大括号和【】"):
        guiding(world, here, "work", "{年}", date(2022, 1, 1))


def test_days_in_the_wrong_order_are_refused_at_their_field(world, browse):
    form = {"kind": "work", "words": "“甲”", "from_on": "2022-05-01", "until_on": "2022-04-01"}
    page = browse(world.clerk).post(reverse("reports-guiding-new", args=[world.township.code]), form)
    assert "结束日期不能早于开始日期" in str(page.context["form"].errors["until_on"])


def test_the_page_of_words_says_whether_they_are_written_now(world, browse):
    with scope.township(world.township):
        row = guiding(world, world.township, "work", "“甲”", date(2022, 1, 1), date(2022, 12, 31))
    address = reverse("reports-guiding", args=[world.township.code, row.pk])
    for day, said in ((date(2022, 6, 1), "写进报告"), (date(2023, 1, 1), "不再写进报告")):
        with clock.frozen(day):
            assert said in browse(world.clerk).get(address).content.decode()


# -- the plan


def item(world, town, words, *, year=2022, due_on=date(2022, 12, 31), **more) -> PlanItem:
    return PLAN.record(world.clerk, PlanItem(township=town, year=year, words=words, due_on=due_on, **more))


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"due_on": date(2023, 1, 1)}, "due_on", "完成时限要在2022年之内"),
        ({"figure": "nothing.here", "target": 1}, "figure", "没有这项数据"),
        ({"figure": "suggestions.reply_rate", "target": 1}, "figure", "只能用有数量的数据"),
        ({"figure": "receptions.count"}, "target", "请写明目标数"),
        ({"target": 3}, "figure", "请选用哪一项数据"),
        ({"figure": "receptions.count", "target": 3, "outcome": "done"}, "outcome", "按数据说明落实情况"),
        ({"outcome_words": "修了两公里"}, "outcome", "请选落实情况"),
        ({"words": "{年}年修路"}, "words", "文字中不能用大括号和【】"),
        ({"outcome": "done", "outcome_words": "【两公里】"}, "outcome_words", "文字中不能用大括号和【】"),
    ],
)
def test_an_item_that_cannot_be_is_refused_at_its_field(world, here, more, field, said):
    with pytest.raises(Refused, match=said) as refused:
        item(world, here, **{"words": "修路"} | more)
    assert ([finding.field for finding in refused.value.findings], PlanItem.objects.count()) == ([field], 0)


def test_an_item_without_end_is_refused_at_its_field(world, browse):
    form = {"year": 2022, "words": "修路", "source": "promise", "due_on": ""}
    page = browse(world.clerk).post(reverse("reports-plan-item-new", args=[world.township.code]), form)
    assert "没有时限的事项不能列入计划" in str(page.context["form"].errors["due_on"])


def test_the_report_tells_what_became_of_each_item_and_what_is_planned_next(world, year, here):
    item(world, here, "开展接待选民活动", figure="receptions.count", target=2)
    item(world, here, "组织执法检查", figure="law_checks.count", target=1)
    item(world, here, "举办代表培训", figure="trainings.count", target=3)
    item(world, here, "修通东山路", outcome="done", outcome_words="硬化2.3公里。")
    item(world, here, "建成文化站", outcome="not", outcome_words="用地没有批下来")
    item(world, here, "修水渠")
    item(world, here, "修村道", year=2023, due_on=date(2023, 11, 30))
    item(world, here, "召开会议", year=2023, due_on=date(2023, 12, 31), figure="sessions.count", target=2)
    sections = begun(world, here)
    assert next(row.text for row in sections if row.heading == "2022年工作总结") == (
        "上次报告安排的事项，落实情况是："
        "开展接待选民活动计划2次、实际{{figure.receptions.count}}次，已完成；"
        "组织执法检查计划1次，没有完成；"
        "举办代表培训计划3期、实际{{figure.trainings.count}}期，没有全部完成；"
        "修通东山路，已完成，硬化2.3公里；建成文化站，没有完成，用地没有批下来。"
    )
    plan = next(row.text for row in sections if row.heading == "2023年工作安排")
    assert plan.splitlines()[-1] == "重点办好以下事项：修村道；召开会议不少于2次。"
    assert planning.hints(sections[0].report, {"上年安排落实情况"}) == ["2022年计划事项有1项没有写明落实情况：修水渠。"]


def test_offered_are_what_was_left_and_the_duties_of_the_year(world, year, here):
    item(world, here, "修通东山路", outcome="partly")
    item(world, here, "建成文化站", outcome="done")
    offered = planning.offers(here, 2023, {})
    assert offered[0].words == "修通东山路"
    assert "召开人民代表大会会议" in [one.words for one in offered]
    assert not any("换届" in one.words or one.words == "建成文化站" for one in offered)
    assert "第十四条" in next(one.basis for one in offered if one.figure == "sessions.count")
    assert any("换届" in one.words for one in planning.offers(here, 2026, {}))
    assert take_up(world.clerk, here, offered[:2]) == 2
    assert planning.items(here, 2023)[0].source == "carried"
    with pytest.raises(Refused, match="所选的事项已经列入"):
        take_up(world.clerk, here, offered[:1])
    with pytest.raises(Refused, match="至少选一项"):
        take_up(world.clerk, here, [])
    assert len(planning.offers(here, 2023, {})) == len(offered) - 2


def test_an_item_counts_as_done_when_its_figure_has_reached_its_number():
    row = PlanItem(figure="receptions.count", target=2)
    told = [planning.standing(row, {"receptions.count": Value("count", number)}) for number in (0, 1, 2, 3)]
    assert told == ["not", "partly", "done", "done"]


def test_items_are_taken_up_and_looked_at_on_their_pages(world, year, browse):
    client, code = browse(world.clerk), world.township.code
    with clock.frozen(date(2022, 11, 20)):
        page = client.get(reverse("reports-plan-offers", args=[code]))
        keys = [key for key, _ in page.context["form"].fields["chosen"].choices]
        answer = client.post(reverse("reports-plan-offers", args=[code]), {"chosen": keys[:1]}, follow=True)
        assert "已列入1项" in answer.content.decode()
        with scope.township(world.township):
            row = item(world, world.township, "接待", figure="receptions.count", target=3)
            plain = item(world, world.township, "修路", outcome="partly", outcome_words="修了一半")
            old = item(world, world.township, "旧事项")
            with action(FILL, actor=None):
                PlanItem.objects.filter(pk=old.pk).update(figure="gone.figure", target=1)
        for one, said in ((row, "目标3次，接待活动到目前2次"), (plain, "部分完成　修了一半"), (old, "平台已不再提供")):
            assert said in client.get(reverse("reports-plan-item", args=[code, one.pk])).content.decode()
        assert client.get(reverse("reports-plan-item-new", args=[code])).status_code == 200


# -- problems


def test_problems_are_offered_with_their_evidence_and_written_where_problems_stand(world, report, browse):
    client, code = browse(world.clerk), world.township.code
    address = reverse("reports-problems", args=[code, report.pk])
    page = client.get(address)
    found = {one.key: one for one, _ in page.context["found"]}
    assert found["late"].written
    assert found["no_law_checks"].evidence == (("law_checks.count", "执法检查", "0次"),)
    form = page.context["form"]
    assert "late" not in dict(form.fields["chosen"].choices)
    section = form.fields["section"].initial
    again = client.post(address, {"section": section, "chosen": []}).content.decode()
    assert "请至少选一项" in again
    client.post(address, {"section": section, "chosen": ["no_law_checks"]})
    with scope.township(world.township):
        text = Section.objects.get(pk=section).text
    assert "；监督方式还不多，执法检查没有开展起来；代表履职能力" in text
    assert "no_law_checks" not in dict(client.get(address).context["form"].fields["chosen"].choices)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("主要是：甲；乙有待加强。", "主要是：甲；丙；丁；乙有待加强。"),
        ("主要是：乙。", "主要是：丙；丁；乙。"),
        ("乙。", "乙。丙；丁。"),
    ],
)
def test_sentences_are_put_where_the_list_of_problems_ends(text, after):
    assert offering.with_sentences(text, ["丙", "丁"]) == after


@pytest.mark.parametrize("steps", [("submit",), ("submit", "sign"), ("submit", "sign", "issue")])
def test_nothing_is_offered_for_a_report_that_is_written_no_more(world, report, browse, steps):
    with scope.township(world.township):
        for key in steps:
            ANNUAL.take(key, world.chair, report, on=date(2022, 12, 28))
        section = annual.sections(report)[0]
    client, code = browse(world.clerk), world.township.code
    for name, pk in (("reports-problems", report.pk), ("reports-last", section.pk), ("reports-cases", report.pk)):
        assert client.get(reverse(name, args=[code, pk])).url == reverse("reports-report", args=[code, report.pk])


def test_last_years_wording_sent_too_late_is_refused_and_stays_on_the_page(world, next_report, browse):
    with scope.township(world.township):
        first = annual.sections(next_report)[0]
        with action(FILL, actor=None):
            AnnualReport.objects.filter(pk=next_report.pk).update(
                submitted_on=date(2023, 12, 21), submitted_by=world.clerk
            )
    address = reverse("reports-last", args=[world.township.code, first.pk])
    page = browse(world.clerk).post(address, {"text": "改好的一段。", "version": first.version}).content.decode()
    assert "已经送签" in page
    assert "改好的一段。" in page


def test_a_draft_of_more_than_a_year_is_held_against_no_year_before(world, report, here):
    assert telling.draft_story(report).before
    assert telling.hints(telling.draft_story(report), ()) == []
    ANNUAL.take("cut-off", world.clerk, report, since=date(2021, 6, 1), cut_off=report.cut_off)
    assert telling.draft_story(annual.reports().get(pk=report.pk)).before == {}


# -- last year's own wording


@pytest.fixture
def next_report(world, report):
    """The report of 2022 signed in the office's own words, and that of 2023 begun."""
    with scope.township(world.township):
        first = annual.sections(report)[0]
        text = "2022年，我们接待选民{{figure.receptions.people}}人次。2021年已换届，2023年再努力。"
        actions.save_section(world.clerk, first, version=first.version, heading="", text=text)
        sign_and_issue(world, report, on=date(2022, 12, 28))
        return actions.start(world.clerk, world.township, year=2023, cut_off=date(2023, 12, 20), on=date(2023, 12, 21))


def test_last_years_wording_is_offered_with_this_years_figures(world, next_report, browse):
    with scope.township(world.township):
        first, second = annual.sections(next_report)[:2]
        before = offering.last_words(first)
        assert before.text == "2023年，我们接待选民{{figure.receptions.people}}人次。2021年已换届，2024年再努力。"
        [moved] = before.moved
        assert (moved.label, moved.before, moved.now, moved.changed) == ("接待选民", "47", "0", True)
        assert offering.last_words(second) is None  # its heading had no text
    client, code = browse(world.clerk), world.township.code
    page = client.get(reverse("reports-last", args=[code, first.pk]))
    assert "接待选民：去年47，今年0" in page.content.decode()
    text = page.context["form"]["text"].value()
    answer = client.post(reverse("reports-last", args=[code, first.pk]), {"text": text, "version": first.version})
    assert answer.status_code == 302
    with scope.township(world.township):
        assert annual.sections(next_report)[0].text == before.text
    assert client.get(reverse("reports-last", args=[code, second.pk])).status_code == 302


def test_a_heading_is_the_same_section_a_year_later(world, next_report):
    with scope.township(world.township):
        study = next(row for row in annual.sections(next_report) if "理论学习" in row.heading)
        plan = next(row for row in annual.sections(next_report) if row.heading == "2024年工作安排")
        assert "永恒课题" in offering.last_words(study).text
        assert "做好明年各项工作" in offering.last_words(plan).text
        added = Section(report=next_report, level=2, heading="新的一段", township=next_report.township)
        assert offering.last_words(added) is None


def test_without_a_report_of_the_year_before_nothing_is_offered(world, report):
    with scope.township(world.township):
        assert offering.last_report(report) is None
        assert offering.last_words(annual.sections(report)[0]) is None
        assert AnnualReport.objects.count() == 1


# -- typical cases


def test_cases_are_offered_without_names_and_told_at_the_end_of_a_section(world, report, browse):
    client, address = browse(world.clerk), reverse("reports-cases", args=[world.township.code, report.pk])
    page = client.get(address)
    texts = [one.text for one, _ in page.context["cases"]]
    assert texts[0] == "代表提出《关于维修水渠的建议》，3月10日交办，由水利站办理，6月1日办结，代表评价满意。"
    assert texts[1] == "选民5月15日反映教育资源方面的问题，转有关部门办理，6月1日得到解决。"
    assert not any("甲" in text for text in texts)
    with scope.township(world.township):
        section = annual.sections(report)[0]
    assert "请至少选一项" in client.post(address, {"section": section.pk}).content.decode()
    key = page.context["cases"][0][0].key
    assert client.post(address, {"section": section.pk, "chosen": [key]}).status_code == 302
    with scope.township(world.township):
        assert annual.sections(report)[0].text.splitlines()[-1] == texts[0]
        sign_and_issue(world, report, on=date(2022, 12, 28))
    assert client.get(address).status_code == 302


def test_a_case_is_told_by_its_title_as_it_stands_and_without_days_that_are_not_known(world, report, here):
    with action(FILL, actor=None):
        Suggestion.objects.filter(closed_on__isnull=False).update(title="交办后，交办，再督办", assigned_on=None)
    assert cases_of(report)[0].text.startswith("代表提出《交办后，交办，再督办》，由水利站办理，6月1日办结")


def test_what_was_to_be_kept_secret_is_no_case(world, report, here):
    with action(FILL, actor=None):
        Suggestion.objects.update(confidential=True)
        Matter.objects.update(confidential=True)
    assert cases_of(report) == []
