"""Pages of the report: who sees what, editing with and without JavaScript, figures that lead to their rows."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.guard.action import action
from congress.guard.record import record_models
from congress.web.records import url_for
from proposals.models import Reception
from reports import actions
from reports.forms import StartForm
from reports.kinds import KINDS
from reports.life import ANNUAL
from reports.models import AnnualReport, SectionDraft
from reports.queries import annual
from tests.reports.year import FILL

HTMX = {"HX-Request": "true"}


def url(report, name, *more):
    return reverse(f"reports-{name}", args=["990101101000", *([report.pk] if report else []), *more])


@pytest.fixture
def rows(world, report):
    with scope.township(world.township):
        return annual.sections(report)


def read(world, report):
    with scope.township(world.township):
        return annual.sections(report), annual.open_drafts(report)


READERS = {"clerk": 200, "chair": 200, "county_viewer": 200, "deputy_user": 403, "handler": 403}
EDITORS = {"clerk": 200, "chair": 200, "county_viewer": 403, "deputy_user": 403, "handler": 403}
STRANGERS = {"neighbour_clerk": 404, "far_viewer": 404, "auditor": 404}


def test_who_reads_a_report(world, report, browse):
    for who, status in (READERS | STRANGERS).items():
        client = browse(world.users[who])
        pages = ("report", "figures", "check", "pdf", "layout") if status != 200 or who == "clerk" else ("report",)
        for name in pages:  # for those who may, the PDF is drawn once
            assert client.get(url(report, name)).status_code == status, (who, name)


def test_who_edits_a_report(world, report, browse):
    for who, status in (EDITORS | STRANGERS).items():
        client = browse(world.users[who])
        for name in ("edit", "add", "cut-off", "discard"):
            assert client.get(url(report, name)).status_code == status, (who, name)


@pytest.mark.parametrize(("who", "status"), [("chair", 200), ("clerk", 403), ("county_viewer", 403)])
def test_who_signs_a_report(world, report, browse, who, status):
    assert browse(world.users[who]).get(url(report, "sign")).status_code == status


def test_a_county_viewer_changes_nothing(world, report, rows, browse):
    client = browse(world.county_viewer)
    posts = [url(report, "recompute"), url(report, "issue"), url(None, "new"), url(None, "section", rows[0].pk)]
    assert {client.post(address).status_code for address in posts} == {403}
    page = client.get(url(report, "report")).content.decode()
    assert url(report, "edit") not in page


def test_a_report_is_begun_from_the_form(world, year, browse):
    with clock.frozen(date(2022, 12, 21)):
        answer = browse(world.clerk).post(url(None, "new"), {"year": 2022, "cut_off": "2022-12-20"})
    with scope.township(world.township):
        report = AnnualReport.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == url(report, "edit")


def test_a_second_report_of_the_year_is_an_error_at_the_field(world, report, browse):
    answer = browse(world.clerk).post(url(None, "new"), {"year": 2022, "cut_off": "2022-12-20"})
    assert "已有2022年度工作报告" in answer.content.decode()
    assert f'<a href="{url(report, "report")}">打开已有的2022年度工作报告</a>' in answer.content.decode()


def test_the_list_asks_as_many_queries_for_three_reports_as_for_one(world, report, browse):
    client = browse(world.clerk)
    client.get(url(None, "list"))
    with CaptureQueriesContext(connection) as one:
        assert "2022年" in client.get(url(None, "list")).content.decode()
    with scope.township(world.township):
        for number in (2023, 2024):
            day = date(number, 12, 1)
            actions.start(world.clerk, world.township, year=number, cut_off=day, on=day)
    with CaptureQueriesContext(connection) as three:
        assert "2024年" in client.get(url(None, "list")).content.decode()
    assert len(three) == len(one)


def test_every_number_in_the_text_leads_to_its_rows(world, report, browse, year):
    client = browse(world.clerk)
    page = client.get(url(report, "report")).content.decode()
    address = url(report, "figure", "officers_received.people")
    assert f'href="{address}"' in page
    rows_page = client.get(address).content.decode()
    assert "2022年12月20日" in rows_page
    assert "2022年5月15日云溪联络站" in rows_page
    assert reverse("proposals-reception", args=["990101101000", year.joint.pk]) in rows_page


def test_a_share_shows_its_denominator(world, report, browse):
    page = browse(world.clerk).get(url(report, "figure", "suggestions.on_time_rate")).content.decode()
    assert "2 ÷ 3" in page
    assert "本年度首次答复的建议，以及截止日已超期仍未答复的建议" in page


def test_an_unknown_figure_is_not_found(world, report, browse):
    assert browse(world.clerk).get(url(report, "figure", "receptions.nothing")).status_code == 404


def test_a_changed_figure_is_flagged_with_the_record(world, report, browse, year):
    with scope.township(world.township), action(FILL, actor=None):
        Reception.objects.filter(pk=year.joint.pk).update(people=44)
    client = browse(world.clerk)
    assert "已变动" in client.get(url(report, "figures")).content.decode()
    page = client.get(url(report, "figure", "officers_received.people")).content.decode()
    assert "按现在的记录为 44" in page
    assert "使数据变化的记录" in page
    assert "42改为44" in page
    answer = client.post(url(report, "recompute"), follow=True).content.decode()
    assert "42→44" in answer


def test_saving_by_itself_answers_with_the_new_version(world, report, rows, browse):
    row = rows[3]
    client = browse(world.clerk)
    data = {"heading": row.heading, "text": "改过的文字。", "version": row.version}
    answer = client.post(url(None, "section", row.pk), data, headers=HTMX)
    assert answer.status_code == 200
    assert f'name="version" value="{row.version + 1}"' in answer.content.decode()
    assert read(world, report)[0][3].text == "改过的文字。"


def test_saving_works_without_javascript(world, report, rows, browse):
    row = rows[3]
    data = {"heading": row.heading, "text": "改过的文字。", "version": row.version}
    answer = browse(world.clerk).post(url(None, "section", row.pk), data)
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#section-{row.pk}")


@pytest.mark.parametrize(("headers", "status"), [(HTMX, 422), ({}, 200)])
def test_an_unknown_placeholder_is_told_and_the_typed_text_comes_back(world, report, rows, browse, headers, status):
    row = rows[3]
    data = {"heading": row.heading, "text": "共{{figure.no.such}}件，另外写的字。", "version": row.version}
    answer = browse(world.clerk).post(url(None, "section", row.pk), data, headers=headers)
    assert answer.status_code == status
    assert "不认识的数据占位符" in answer.content.decode()
    if not headers:
        assert "另外写的字" in answer.content.decode()


def test_the_second_editor_is_told_by_itself_and_on_the_page(world, report, rows, browse):
    row = rows[3]
    first = {"heading": row.heading, "text": "办事员写的。", "version": row.version}
    browse(world.clerk).post(url(None, "section", row.pk), first, headers=HTMX)
    second = {"heading": row.heading, "text": "主席写的。", "version": row.version}
    client = browse(world.chair)
    answer = client.post(url(None, "section", row.pk), second, headers=HTMX).content.decode()
    (draft,) = read(world, report)[1]
    assert reverse("reports-draft", args=["990101101000", draft.pk]) in answer
    assert "云溪办事员在您修改期间保存了新的内容" in answer
    answer = client.post(url(None, "section", row.pk), second)
    assert answer["Location"] == reverse("reports-draft", args=["990101101000", draft.pk])
    page = client.get(answer["Location"]).content.decode()
    assert "您修改期间别人保存了新的内容，两份都已保留，请选择。" in page
    assert "办事员" in page
    assert "主席" in page


def settle(world, report, row, client, how):
    """Two write the fourth section at once; on the page of the two texts `how` is chosen."""
    with scope.township(world.township):
        for user, text in ((world.clerk, "办事员写的。"), (world.chair, "主席写的。")):
            actions.save_section(user, row, version=row.version, heading=row.heading, text=text)
        draft = SectionDraft.objects.get()
        now = annual.sections(report)[3]
    data = {"how": how, "version": now.version, "text": "合起来写的。"}
    return client.post(reverse("reports-draft", args=["990101101000", draft.pk]), data)


def test_a_way_to_settle_that_is_none_is_refused_and_both_texts_stay(world, report, rows, browse):
    answer = settle(world, report, rows[3], browse(world.chair), "both")
    assert answer.context["form"].non_field_errors() == ["请选择保留哪一份。"]
    assert answer.context["form"]["text"].value() == "合起来写的。"
    sections, (draft,) = read(world, report)
    assert (sections[3].text, draft.text) == ("办事员写的。", "主席写的。")


@pytest.mark.parametrize(
    ("how", "stands"), [("mine", "主席写的。"), ("theirs", "办事员写的。"), ("merged", "合起来写的。")]
)
def test_two_texts_are_settled_on_their_page(world, report, rows, browse, how, stands):
    answer = settle(world, report, rows[3], browse(world.chair), how)
    assert answer.status_code == 302
    sections, drafts = read(world, report)
    assert sections[3].text == stands
    assert drafts == []


def test_sections_are_added_moved_and_removed_on_the_page(world, report, rows, browse):
    client = browse(world.clerk)
    data = {"level": 2, "heading": "增加的一节", "text": "文字。"}
    form = client.get(url(report, "add") + f"?after={rows[0].pk}").context["form"]
    assert form["after"].value() == str(rows[0].pk)
    client.post(url(report, "add"), data | {"after": rows[0].pk})
    sections, _ = read(world, report)
    assert sections[1].heading == "增加的一节"
    answer = client.post(url(report, "up"), {"section": sections[1].pk})
    assert answer.url == f"{url(report, 'edit')}#section-{sections[1].pk}"
    assert read(world, report)[0][0].heading == "增加的一节"
    client.post(url(report, "remove"), {"section": sections[1].pk})
    assert read(world, report)[0][0].pk == rows[0].pk
    page = client.get(url(report, "edit")).content.decode()
    assert f'name="section" value="{rows[0].pk}"' in page
    assert '<dd class="token">{{接待选民}}</dd>' in page  # what may be set into a text
    gone = client.post(url(report, "down"), {"section": sections[1].pk})
    assert (gone.status_code, "section" in gone.context["form"].errors) == (200, True)
    asked = client.get(url(report, "up")).content.decode()  # the address alone asks which
    assert re.search(f'<option value="{rows[0].pk}"[^>]*>', asked)


def test_the_pages_of_a_report_ask_as_many_questions_for_more_sections(world, report, browse):
    client = browse(world.clerk)

    def asked(name: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(report, name)).status_code == 200
        return len(queries)

    asked("edit")
    before = {name: asked(name) for name in ("edit", "report", "add", "up")}
    for _ in range(3):
        assert client.post(url(report, "add"), {"level": 0, "text": "又一段。"}).status_code == 302
    asked("report")  # tells that they were added
    assert {name: asked(name) for name in before} == before


def test_the_tabs_of_the_report_stay_round_its_steps(world, report, browse):
    client = browse(world.chair)
    for name, tab in (("cut-off", "figures"), ("heading", "edit"), ("submit", "check"), ("discard", "report")):
        page = client.get(url(report, name)).content.decode()
        assert f'<a href="{url(report, tab)}" aria-current="page">' in page, name


def test_who_may_not_write_is_shown_no_way_to(world, report, browse):
    """The county reads: no tab, no button leads to a step."""
    client = browse(world.county_viewer)
    for name in ("report", "figures", "check"):
        page = client.get(url(report, name)).content.decode()
        for key in ("edit", *(step.key for step in ANNUAL.steps)):
            assert url(report, key) not in page, (name, key)


def test_another_cut_off_from_the_form(world, report, browse):
    with clock.frozen(date(2023, 1, 5)):
        data = {"cut_off": "2022-12-31", "version": report.version}
        answer = browse(world.clerk).post(url(report, "cut-off"), data, follow=True)
    assert "有变化的是" in answer.content.decode()


def test_a_stale_form_meets_the_conflict_page(world, report, browse):
    with clock.frozen(date(2023, 1, 5)):
        data = {"cut_off": "2022-12-31", "version": report.version + 7}
        assert browse(world.clerk).post(url(report, "cut-off"), data).status_code == 409


def test_issue_and_download_and_correct_through_the_pages(world, report, browse):
    def take(who, key: str, **data) -> str:
        sent = {"version": read_report(world).version, **data}
        return browse(who).post(url(report, key), sent, follow=True).content.decode()

    with clock.frozen(date(2022, 12, 28)):
        assert "已送签，等待主席签发" in take(world.clerk, "submit", on="2022-12-28")
        assert "已经送签" in browse(world.clerk).get(url(report, "edit"), follow=True).content.decode()
        assert "已签发，可以印发" in take(world.chair, "sign", on="2022-12-28")
        page = take(world.clerk, "issue", issued_on="2022-12-28")
    assert "已印发：云溪人发〔2022〕1号" in page
    with scope.township(world.township):
        document = AnnualReport.objects.select_related("document__file").get().document
        stored = bytes(document.file.content)
    assert document.file.sm3 not in page  # what tells a copy stands on the document's own page
    chair = browse(world.chair)
    assert chair.get(url(report, "pdf"), follow=True).content == stored
    for name in ("edit", "check"):
        assert chair.get(url(report, name)).url == url(report, "report")
    for name in ("issue", "discard"):
        assert "报告已经印发" in chair.get(url(report, name)).content.decode()
    answer = browse(world.clerk).post(url(report, "correct"), {"reason": "数字有误"}, follow=True)
    assert "更正草稿" in answer.content.decode()
    listed = browse(world.clerk).get(url(None, "list")).content.decode()
    assert "更正草稿" in listed
    assert "已印发" in listed


def test_the_chair_reads_before_signing(world, report, browse):
    chair = browse(world.chair)
    page = chair.get(url(report, "sign")).content.decode()
    for name, words in (("report", "打开阅读"), ("pdf", "打开草稿 PDF")):
        assert f'<a href="{url(report, name)}">{words}</a>' in page
        assert chair.get(url(report, name)).status_code == 200


def test_what_is_missing_stands_in_place_of_the_button(world, report, rows, browse):
    with scope.township(world.township):
        actions.save_section(world.clerk, rows[3], version=rows[3].version, heading=rows[3].heading, text="")
    page = browse(world.clerk).get(url(report, "submit")).content.decode()
    assert "还差 1 处，现在不能送签" in page
    assert "没有内容" in page
    posted = browse(world.clerk).post(url(report, "submit"), {"on": "2022-12-28", "version": report.version})
    assert posted.status_code == 200
    assert not read_report(world).submitted_on


def read_report(world):
    with scope.township(world.township):
        return AnnualReport.objects.get()


def test_a_draft_waits_on_the_home_page_of_whoever_comes_next(world, report, browse):
    def waits(who) -> str:
        return browse(who).get(reverse("township_home", args=["990101101000"])).content.decode()

    assert "2022年度工作报告草稿待送签" in waits(world.clerk)
    with scope.township(world.township):
        ANNUAL.take("submit", world.clerk, report, on=date(2022, 12, 28))
    assert "2022年度工作报告草稿待签发" in waits(world.chair)
    assert "2022年度工作报告" not in waits(world.clerk)
    with scope.township(world.township):
        ANNUAL.take("sign", world.chair, report, on=date(2022, 12, 28))
    assert "2022年度工作报告草稿待印发" in waits(world.clerk)


def test_every_kind_of_record_with_a_page_has_its_address(world):
    kinds = [model for model in record_models() if model.url_name]
    assert len(kinds) > 12
    for model in kinds:
        assert str(world.station.pk) in url_for(model, world.station.pk, world.township), model


def test_every_row_behind_a_figure_has_a_page(world, report):
    from congress import figures

    with scope.township(world.township):
        computed = figures.compute(figures.registered(), world.township, 2022, report.cut_off)
    kinds = {row.page[0] for answer in computed.values() for row in answer.rows}
    assert kinds
    assert [kind for kind in kinds if not url_for(kind, world.station.pk, world.township)] == []


def test_a_past_year_is_cut_off_at_its_end_unless_said_otherwise(world):
    with scope.township(world.township):
        form = StartForm({"year": "2022", "cut_off": ""}, township=world.township, kind=KINDS["annual"])
    assert form.is_valid(), form.errors
    assert form.cleaned_data["cut_off"] == date(2022, 12, 31)
    with clock.frozen(date(2026, 11, 23)), scope.township(world.township):
        this_year = StartForm({"year": "2026", "cut_off": ""}, township=world.township, kind=KINDS["annual"])
        assert this_year.is_valid()
        assert this_year.cleaned_data["cut_off"] == date(2026, 11, 23)


def test_title_and_salutation_are_set_on_their_page(world, report, browse):
    client = browse(world.clerk)
    assert "2022年工作总结和2023年工作安排" in client.get(url(report, "heading")).content.decode()
    values = {"title": "工作报告", "subtitle": "——在会上", "salutation": "各位代表：", "version": report.version}
    assert client.post(url(report, "heading"), values | {"title": " "}).status_code == 200
    assert client.post(url(report, "heading"), values).status_code == 302
    page = client.get(url(report, "report")).content.decode()
    assert "——在会上" in page
    assert "各位代表：" in page
    assert client.post(url(report, "heading"), values).status_code == 409
