"""Every indicator named in the reports of eight real townships: the figures that tell it, or why none does."""

import csv
from pathlib import Path

import pytest

from congress import figures
from congress.figures import Kind
from tests.reports.figuring import compute

LIST = next(
    (up / "shared/cases/field/indicators.csv" for up in Path(__file__).parents if (up / "shared").is_dir()), None
)


def _of_the_field() -> list[tuple[str, str]]:
    if LIST is None:
        return []
    with LIST.open(encoding="utf-8-sig") as lines:
        return [(row["文本"].split()[0], row["指标"]) for row in csv.DictReader(lines)]


FIELD = _of_the_field()
ENOUGH = 48
# (report, indicator) → the figures that tell it.
TOLD = {
    ("S1", "参加站内接待的代表数"): "receptions.deputies",
    ("S1", "接待次数"): "receptions.count",
    ("S1", "接待群众人数"): "receptions.people",
    ("S1", "收集意见建议条数"): "receptions.matters",
    ("S1", "形成建议上报条数"): "receptions.suggestions receptions.upward",
    ("S1", "现场答复条数"): "receptions.on_the_spot",
    ("S1", "群众满意度"): "receptions.satisfied_rate",
    ("S2", "联络站1处、联络室6个"): "stations.kinds stations.count",
    ("S2", "接待批次"): "receptions.batches",
    ("S2", "接待人次"): "receptions.people",
    ("S2", "现场解决件数"): "receptions.on_the_spot",
    ("S2", "转交政府部门件数"): "receptions.passed_on",
    ("S2", "转交件办结情况"): "receptions.passed_on_rate",
    ("S2", "发放彩页份数"): "activities.papers",
    ("S2", "张贴公告张数"): "activities.posters",
    ("S3", "走访群众人次"): "visits.visited",
    ("S3", "走访收集意见件数"): "matters.by_visit",
    ("S3", "群众满意率"): "receptions.satisfied_rate",
    ("S3", "宣讲场次"): "publicity.count",
    ("S3", "宣讲参加群众"): "publicity.people",
    ("S3", "发放资料份数"): "activities.papers",
    ("S3", "收集公共利益诉求"): "matters.by_outreach",
    ("S3", "专题调研次数"): "inquiries.count",
    ("S3", "调研报告篇数"): "inquiries.reports",
    ("S4", "市、区、乡三级代表数"): "deputies.any_level visits.deputies",
    ("S4", "走访村数、组数"): "visits.villages visits.teams",
    ("S4", "参与选民人数"): "visits.visited",
    ("S4", "收集问题数"): "matters.by_visit",
    ("S4", "问题类别数"): "receptions.kinds",
    ("S4", "现场答复、立行立改数"): "receptions.on_the_spot",
    ("S4", "短期整改数"): "receptions.short_term",
    ("S4", "长期推进数"): "receptions.long_term",
    ("S5", "建议条数"): "suggestions.submitted",
    ("S5", "答复情况"): "suggestions.reply_rate",
    ("S5", "进入落实阶段条数"): "suggestions.grade_a suggestions.grade_b",
    ("S5", "联系群众人次"): "contacts.people",
    ("S5", "专项调研次数"): "inquiries.count",
    ("S5", "推动解决民生实事件数"): "activities.deeds",
    ("S5", "述职测评满意率"): "duty_reports.good_rate",
    ("S6", "主席团会议次数"): "presidium.count",
    ("S6", "站所工作评议次数"): "appraisals.count",
    ("S6", "参加评议代表数"): "appraisals.deputies",
    ("S6", "被评议站所数"): "appraisals.units",
    ("S6", "评议意见数"): "appraisals.opinions",
    ("S6", "整改落实数"): "appraisals.mended",
    ("S6", "集中学习次数"): "studies.count",
    ("S6", "外出学习批次"): "trainings.count",
    ("S6", "外出学习人次"): "trainings.people",
    ("S7", "代表工作室数"): "stations.count",
    ("S7", "本级代表数"): "deputies.in_office",
    ("S7", "代表小组数"): "deputies.groups",
    ("S7", "调研选题(报告)数"): "inquiries.count inquiries.reports",
    ("S8", "应到、实到代表数"): "sessions.entitled sessions.present",
    ("S8", "请假人数"): "sessions.on_leave",
    ("S8", "听取审议报告数"): "sessions.reports",
    ("S8", "部门履职评议数"): "appraisals.units",
    ("S8", "票决民生实事件数"): "sessions.projects",
    ("S8", "会上选举(补选)人数"): "officers.this_year",
}
# (report, indicator) → why no figure tells it.
UNTOLD = {
    ("S2", "投入资金"): "站点建设的投入由财政所记账，平台不登记金额。",
    ("S2", "站长、副站长、工作人员数"): "平台只登记联络站的联络员账号，不登记站里的其他人员。",
    ("S7", "每室组长副组长联络员数"): "平台不登记工作室、小组的组长和副组长；联络员只有管站里记录的账号，不是全部。",
}
KEYS = sorted({key for told in TOLD.values() for key in told.split()})


def test_every_indicator_is_told_by_figures_or_named_with_the_reason():
    assert not TOLD.keys() & UNTOLD.keys()
    assert len(TOLD) + len(UNTOLD) == 61
    assert len(TOLD) >= ENOUGH
    assert all(UNTOLD.values())
    assert set(KEYS) <= set(figures.registered())


@pytest.mark.parametrize("named", FIELD)
def test_an_indicator_of_the_field_is_named_here(named):
    assert named in TOLD or named in UNTOLD


def test_the_records_of_a_year_give_every_one_of_them_a_value(world, field):
    answers = compute(world, *KEYS)
    assert {key for key, answer in answers.items() if not answer.rows} == set()
    shares = [answer for answer in answers.values() if answer.figure.kind is Kind.SHARE]
    assert all(answer.denominator for answer in shares)
