"""A report of every kind: its period, its title, its form, its figures, one of each kind and period."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress import clock
from congress.assembly.models import Officer
from congress.documents import kit
from congress.documents.inspection import check
from congress.documents.word_inspection import check as check_word
from congress.guard import scope
from congress.guard.action import action
from congress.guard.refusal import Refused
from reports import actions
from reports.actions.composing import PLAN, TEMPLATES
from reports.documents import paper_of
from reports.forms import StartForm
from reports.kinds import ANNUAL, BRIEF, HALF, KINDS, SUGGESTIONS, UPWARD, Way, year_in_hand
from reports.life import ANNUAL as LIFE
from reports.models import AnnualReport, PlanItem, Template
from reports.queries import annual, offering, telling
from reports.queries.before import years_before
from reports.queries.missing import missing
from tests import judge
from tests.reports.steps import sign_and_issue
from tests.reports.test_official_form import OF_THE_SIGNERS, read
from tests.reports.year import FILL, add_reception, add_suggestion

# The judge wants text at the top of some page, which a paper of one page with 版头 has nowhere, and a mean over many lines.
OF_ONE_PAGE = ["5.2.1 天头 37±1 / 版心 bottom 262", "5.2.3 28 字 per full line"]
OF_A_TABLE = ["every line on the grid"]  # it takes the lines of a table for running text
NOT_JUDGED = {UPWARD: OF_THE_SIGNERS, BRIEF: OF_ONE_PAGE, SUGGESTIONS: OF_A_TABLE}
TODAY = date(2022, 12, 21)


def begun(world, kind, *, on=TODAY, year=2022, month=0, cut_off=None, **more) -> AnnualReport:
    last = cut_off or min(kind.days(year, month)[1], on)
    return actions.start(
        world.clerk, world.township, kind=kind.key, year=year, month=month, cut_off=last, on=on, **more
    )


# -- the kinds by themselves


@pytest.mark.parametrize(
    ("kind", "today", "period"),
    [
        (ANNUAL, date(2026, 9, 30), (2025, 0)),
        (ANNUAL, date(2026, 10, 1), (2026, 0)),
        (SUGGESTIONS, date(2026, 12, 1), (2026, 0)),
        (HALF, date(2026, 5, 31), (2025, 0)),
        (HALF, date(2026, 6, 1), (2026, 0)),
        (BRIEF, date(2026, 3, 24), (2026, 2)),
        (BRIEF, date(2026, 3, 25), (2026, 3)),
        (BRIEF, date(2026, 1, 3), (2025, 12)),
    ],
)
def test_the_period_one_writes_of_now_is_proposed(kind, today, period):
    assert kind.proposed(today) == period


def test_what_is_planned_is_for_the_year_after_that_in_hand():
    assert [year_in_hand(date(2026, month, 1)) for month in (1, 9, 10, 12)] == [2025, 2025, 2026, 2026]


@pytest.mark.parametrize(
    ("kind", "month", "first", "last"),
    [
        (ANNUAL, 0, date(2024, 1, 1), date(2024, 12, 31)),
        (HALF, 0, date(2024, 1, 1), date(2024, 6, 30)),
        (BRIEF, 2, date(2024, 2, 1), date(2024, 2, 29)),
        (BRIEF, 12, date(2024, 12, 1), date(2024, 12, 31)),
    ],
)
def test_the_days_of_a_period(kind, month, first, last):
    assert kind.days(2024, month) == (first, last)


@pytest.mark.parametrize(
    ("kind", "month", "since", "cut_off", "words"),
    [
        (ANNUAL, 0, None, date(2024, 12, 20), "2024年"),
        (ANNUAL, 0, None, date(2025, 1, 8), "2024年"),
        (ANNUAL, 0, date(2023, 12, 20), date(2024, 12, 20), "2023年12月20日至2024年12月20日"),
        (HALF, 0, None, date(2024, 6, 25), "2024年上半年"),
        (HALF, 0, None, date(2024, 7, 10), "2024年1月1日至2024年7月10日"),
        (BRIEF, 3, date(2024, 3, 1), date(2024, 3, 31), "2024年3月"),
        (BRIEF, 3, date(2024, 2, 26), date(2024, 3, 25), "2024年2月26日至2024年3月25日"),
    ],
)
def test_the_days_are_told_in_words(kind, month, since, cut_off, words):
    assert kind.spoken(2024, month, since, cut_off) == words


def test_each_kind_has_its_paper_its_structures_and_its_form():
    assert len({kind.paper for kind in KINDS.values()}) == len(KINDS)
    for kind in KINDS.values():
        assert kind.ways
        assert (Way.BRIEF in kind.ways) == (kind is BRIEF)


# -- beginning one


@pytest.mark.parametrize(
    ("kind", "month", "title", "called"),
    [
        (ANNUAL, 0, "2022年工作总结和2023年工作安排", "2022年度工作报告"),
        (HALF, 0, "2022年上半年工作小结和下半年工作安排", "2022年上半年工作小结"),
        (SUGGESTIONS, 0, "关于2022年代表建议、批评和意见办理情况的报告", "2022年代表建议办理情况的报告"),
        (UPWARD, 0, "关于2022年人大工作情况的报告", "2022年人大工作情况的报告"),
        (BRIEF, 9, "云溪镇人大2022年9月工作情况", "2022年9月工作简报"),
    ],
)
def test_each_kind_is_begun_in_its_form_and_stands_before_both_judges(
    world, year, here, kind, month, title, called, tmp_path
):
    report = begun(world, kind, month=month)
    assert str(report).removeprefix("云溪镇人民代表大会主席团") == title
    assert (report.audit_label, report.way) == (called, kind.ways[0])
    assert annual.sections(report)
    assert [one.message for one in missing(report) if one.blocking] == []
    document = sign_and_issue(world, report, on=TODAY)
    assert document.kind == kind.paper
    content, profile = bytes(document.file.content), paper_of(report).profile_of(document.context)
    assert [row for row in check(content, profile=profile, draft=False) if not row.ok] == []
    assert [row for row in check_word(kit.word_copy(paper_of(report), document.context)) if not row.ok] == []
    if judge.STANDS:
        assert list(judge.objections(content, profile, tmp_path)) == NOT_JUDGED.get(kind, [])


def test_a_brief_bears_its_issue_in_place_of_a_number_and_no_signature(world, year, here):
    document = sign_and_issue(world, begun(world, BRIEF, month=5), on=TODAY)
    said = read(document)
    assert document.number == "〔2022〕第1期"
    assert said.startswith("云溪镇人大工作简报〔2022〕第1期云溪镇人大2022年5月工作情况")
    assert "抄送：清江县人民代表大会常务委员会办公室。云溪镇人民代表大会主席团2022年12月21日印发" in said
    assert said.count("云溪镇人民代表大会主席团") == 1
    later = sign_and_issue(world, begun(world, BRIEF, month=6), on=TODAY, number="[2022]第7期")
    assert later.number == "〔2022〕第7期"
    upward = sign_and_issue(world, begun(world, UPWARD), on=TODAY)
    assert upward.number == "云溪人发〔2022〕1号"  # a series of its own


def test_an_upward_report_says_to_whom_it_goes_and_who_signs(world, year, here):
    said = read(sign_and_issue(world, begun(world, UPWARD, topic="换届准备工作"), on=TODAY))
    assert "签发人：戊二" in said
    assert "关于2022年换届准备工作情况的报告" in said
    assert "清江县人民代表大会常务委员会：" in said
    assert "特此报告。" in said


def test_an_upward_report_without_a_chair_on_record_cannot_be_handed_in(world, year, here):
    with action(FILL, actor=None):
        Officer.objects.kept().update(ended_on=TODAY)
    report = begun(world, UPWARD)
    assert report.signers == ""
    with pytest.raises(Refused, match="应当标注签发人"):
        LIFE.take("submit", world.clerk, report, on=TODAY)


def test_a_structure_brings_its_topic_and_each_topic_has_a_report_of_its_own(world, year, here):
    first = begun(world, UPWARD)
    second = begun(world, UPWARD, structure="stations")
    assert (first.topic, second.topic) == ("人大工作", "代表联络站工作")
    with pytest.raises(Refused, match="已有2022年代表联络站工作情况的报告"):
        begun(world, UPWARD, structure="stations")


def test_one_of_each_kind_and_period(world, year, here):
    for kind in (ANNUAL, HALF, SUGGESTIONS):
        begun(world, kind)
        with pytest.raises(Refused, match="请打开它继续"):
            begun(world, kind)
    begun(world, BRIEF, month=5)
    begun(world, BRIEF, month=6)
    with pytest.raises(Refused, match="已有2022年6月工作简报"):
        begun(world, BRIEF, month=6)
    LIFE.take("discard", world.clerk, annual.reports().get(month=6), reason="重来")
    assert begun(world, BRIEF, month=6).edition == 2


@pytest.mark.parametrize(
    "wrong", [{"kind": "annual", "month": 3}, {"kind": "brief", "month": 0}, {"kind": "brief", "month": 13}]
)
def test_only_a_brief_has_a_month(world, here, wrong):
    with action(FILL, actor=None), pytest.raises(IntegrityError), transaction.atomic():
        AnnualReport.objects.create(township=here, year=2022, cut_off=TODAY, title="报告", **wrong)


# -- its days


def test_figures_are_of_the_days_of_the_report_and_not_of_the_year(world, year, here):
    with action(FILL, actor=None):
        for day in (date(2022, 4, 30), date(2022, 5, 1), date(2022, 5, 31), date(2022, 6, 1)):
            add_reception(year, day, people=100)
    may, half = begun(world, BRIEF, month=5), begun(world, HALF)
    told = annual.kept_figures(may)["receptions.people"]
    assert (told.period_from, told.period_to) == (date(2022, 5, 1), date(2022, 5, 31))
    assert told.definition.startswith("报告期")
    in_may = [row for row in told.rows if row["value"] == 100]
    assert sorted(row["on"] for row in in_may) == ["2022-05-01", "2022-05-31"]
    told = annual.kept_figures(half)["receptions.people"]
    assert (told.period_from, told.period_to) == (date(2022, 1, 1), date(2022, 6, 30))
    assert len([row for row in told.rows if row["value"] == 100]) == 4
    handled = annual.kept_figures(may)["suggestions.handled"].definition
    assert "期初" in handled
    assert "以前年度" not in handled


def test_the_same_days_a_year_before_stand_beside(world, year, here):
    with action(FILL, actor=None):
        for day in (date(2020, 6, 1), date(2021, 4, 30), date(2021, 5, 2), date(2021, 5, 30), date(2021, 6, 1)):
            add_reception(year, day, people=10)
    report = begun(world, BRIEF, month=5)
    uses = {"receptions.people": annual.kept_figures(report)["receptions.people"]}
    assert years_before(report, uses)["receptions.people"].shown == "20人次"
    half = telling.draft_story(begun(world, HALF))
    assert half.before["receptions.people"].value == 40
    assert half.word("期间") == "2022年上半年"


def test_other_days_may_be_said_and_a_month_left_empty_is_the_month(world, year, here):
    report = begun(world, BRIEF, month=5, since=date(2022, 4, 26), cut_off=date(2022, 5, 25))
    assert report.period == "2022年4月26日至2022年5月25日"
    assert annual.sections(report)[0].text.startswith("2022年4月26日至2022年5月25日，")
    LIFE.take("cut-off", world.clerk, report, since=None, cut_off=date(2022, 5, 31))
    report = annual.reports().get(pk=report.pk)
    assert (report.since, report.period) == (date(2022, 5, 1), "2022年5月")


@pytest.mark.parametrize(
    ("kind", "month", "since", "cut_off", "says"),
    [
        (BRIEF, 5, None, date(2022, 4, 30), "不能早于2022年5月1日"),
        (BRIEF, 5, date(2022, 6, 1), date(2022, 5, 31), "不能在开始之前结束"),
        (HALF, 0, None, date(2021, 12, 31), "不能早于2022年1月1日"),
        (BRIEF, 12, None, date(2022, 12, 31), "不能晚于今天"),
    ],
)
def test_days_that_cannot_be_are_refused(world, year, here, kind, month, since, cut_off, says):
    with pytest.raises(Refused, match=says):
        begun(world, kind, month=month, since=since, cut_off=cut_off)


def test_shortcomings_are_those_of_what_the_report_speaks_of(world, year, here):
    told = "".join(section.text for section in annual.sections(begun(world, SUGGESTIONS)))
    assert "没有在规定期限内答复" in told
    assert "联络站" not in told
    assert {one.key for one in offering.problems_of(annual.reports().get(kind="suggestions"))} >= {"late"}
    offered = {one.key for one in offering.problems_of(annual.reports().get(kind="suggestions"))}
    assert not offered & {"remaining", "stations", "requirements", "no_law_checks"}


def test_the_wording_of_the_month_before_is_offered_with_its_days_moved_on(world, year, here):
    old = begun(world, BRIEF, month=5)
    first = annual.sections(old)[0]
    text = "2022年5月，主席团做了工作，是2021年以来最多的。"
    actions.save_section(world.clerk, first, version=first.version, heading="", text=text)
    sign_and_issue(world, old, on=TODAY)
    new = begun(world, BRIEF, month=6)
    assert offering.last_words(annual.sections(new)[0]).text == "2022年6月，主席团做了工作，是2021年以来最多的。"
    assert offering.last_report(begun(world, HALF)) is None


def test_a_correction_is_of_the_same_kind_period_and_structure(world, year, here):
    report = begun(world, UPWARD, structure="stations")
    sign_and_issue(world, report, on=TODAY)
    new = LIFE.take("correct", world.clerk, report, reason="有误")
    names = ("kind", "year", "month", "topic", "structure", "way")
    assert [getattr(new, name) for name in names] == [getattr(report, name) for name in names]
    assert new.edition == 2


def test_unfinished_plans_stand_in_a_report_within_the_year(world, year, here):
    for words, due in (("硬化道路", date(2022, 11, 30)), ("修水渠", date(2022, 5, 31))):
        PLAN.record(world.clerk, PlanItem(township=here, year=2022, words=words, due_on=due))
    for words, target in (("开展接待选民活动", 12), ("组织执法检查", 1)):
        figure = {"开展接待选民活动": "receptions.count", "组织执法检查": "law_checks.count"}[words]
        more = {"figure": figure, "target": target, "due_on": date(2022, 12, 20)}
        PLAN.record(world.clerk, PlanItem(township=here, year=2022, words=words, **more))
    told = "\n".join(section.text for section in annual.sections(begun(world, HALF)))
    number = "开展接待选民活动不少于12次（已完成{{figure.receptions.count}}次）"
    assert f"年度计划中还要办好以下事项：硬化道路；{number}；组织执法检查不少于1次。\n" in told


def test_cases_stand_in_the_report_on_suggestions(world, year, here):
    with action(FILL, actor=None):
        days = {"assigned": date(2022, 3, 1), "replied": date(2022, 4, 1), "grade": "A"}
        add_suggestion(
            year, "2022-90", date(2022, 2, 1), **days, rated=date(2022, 4, 9), result="good", closed=date(2022, 4, 10)
        )
    sections = annual.sections(begun(world, SUGGESTIONS))
    told = next(section.text for section in sections if section.heading == "典型事例")
    assert "代表提出《关于维修水渠的建议》，3月1日交办，" in told


# -- pages


def test_a_report_is_begun_by_kind_with_its_period_proposed(world, year, browse, clock_at):
    client, address = browse(world.clerk), reverse("reports-new", args=[world.township.code])
    page = client.get(address, {"kind": "brief"})
    form = page.context["form"]
    assert page.context["title"] == "起草工作简报"
    assert (form["year"].value(), form["month"].value()) == (2022, 11)
    assert "topic" not in form.fields
    assert [key for key, _ in form.fields["structure"].choices] == ["brief"]
    answer = client.post(f"{address}?kind=brief", {"year": 2022, "month": 11, "key": form["key"].value()}, follow=True)
    assert "2022年11月工作简报" in answer.content.decode()
    with scope.township(world.township):
        report = AnnualReport.objects.get(kind="brief")
    assert (report.since, report.cut_off) == (date(2022, 11, 1), date(2022, 11, 30))
    wrong = client.post(f"{address}?kind=brief", {"year": 2022, "month": 13})
    assert "month" in wrong.context["form"].errors
    assert client.get(address, {"kind": "没有的"}).context["title"] == "起草年度工作报告"


@pytest.fixture
def clock_at():
    with clock.frozen(date(2022, 12, 5)):
        yield


def test_the_list_is_narrowed_by_kind(world, year, browse):
    with scope.township(world.township):
        begun(world, HALF)
        begun(world, BRIEF, month=5)
    client, address = browse(world.clerk), reverse("reports-list", args=[world.township.code])
    whole = client.get(address).content.decode()
    assert "2022年上半年工作小结和下半年工作安排" in whole
    assert "云溪镇人大2022年5月工作情况" in whole
    briefs = client.get(address, {"kind": "brief"}).content.decode()
    assert "云溪镇人大2022年5月工作情况" in briefs
    assert "工作小结和下半年工作安排" not in briefs


def test_the_form_a_kind_may_go_out_in_is_asked_on_its_page(world, year, browse):
    with scope.township(world.township):
        report = begun(world, BRIEF, month=5)
    address = reverse("reports-heading", args=[world.township.code, report.pk])
    client = browse(world.clerk)
    page = client.get(address)
    assert [key for key, _ in page.context["form"].fields["way"].choices] == ["brief"]
    page = client.post(address, {"title": "简报", "way": "upward", "version": report.version})
    assert "way" in page.context["form"].errors


def test_a_structure_of_the_townships_own_is_for_one_kind(world, year, here):
    own = "一、情况\n\n接待选民{{receptions.people}}人次。"
    TEMPLATES.record(world.clerk, Template(township=here, name="本镇简报", kind="brief", text=own))
    assert telling.structures_of(here, BRIEF)[0][1].startswith("本镇简报")
    assert not any("本镇简报" in words for _, words in telling.structures_of(here, HALF))


@pytest.mark.parametrize(("kind", "data", "field"), [(ANNUAL, {}, "year"), (BRIEF, {"month": 1}, "month")])
def test_a_period_that_has_not_begun_is_told_at_the_year_and_not_at_the_day_left_open(world, kind, data, field):
    with clock.frozen(TODAY), scope.reading([world.township]):
        form = StartForm({"year": 2023, **data}, township=world.township, kind=kind)
        assert {name: list(told) for name, told in form.errors.items()} == {
            field: ["这一时期还没有开始，没有记录可以写。"]
        }
        assert StartForm({"year": 2022, **data}, township=world.township, kind=kind).is_valid()
