"""A figure drawn in a report: by the months of its own records, over the years as they were issued."""

import base64
import re
from datetime import date

import pytest

from congress.documents import charts
from congress.guard import scope
from reports import actions
from reports.content import blocks_of, content_of
from reports.drawing import _kinds, _value, charts_of
from reports.life import ANNUAL
from reports.models import FigureUse
from reports.queries import annual
from reports.queries.missing import missing
from tests.documents.test_outline import outline
from tests.reports.steps import sign_and_issue
from tests.reports.test_returned import edited, hand_in, ticked

LINES = "{{figure.receptions.people|按月}}\n{{figure.receptions.people|历年}}"


def test_a_figure_is_drawn_by_month_and_of_one_year_nothing_is_drawn(world, report, browse):
    address = f"/t/{world.township.code}/reports/{report.pk}"
    client = browse(world.clerk)
    with scope.township(world.township):
        row = next(one for one in annual.sections(report) if one.heading == "做好中心工作。")
        actions.save_section(world.clerk, row, version=row.version, heading=row.heading, text=f"共做工作。\n{LINES}")
        content = content_of(report, annual.sections(report), annual.kept_figures(report))
        (drawn,) = [block for block in blocks_of(content) if type(block).__name__ == "Chart"]
        assert dict(drawn.rows)["5月"] == 42
        assert dict(drawn.rows)["9月"] == 5
        assert sum(value for _, value in drawn.rows) == 47
        assert [item.message for item in missing(report) if item.code == "chart.refused"] == [
            "“接待选民（人次）”只有1个数，画不成图；请用文字写。"
        ]
    page = client.get(f"{address}/").content.decode()
    [picture] = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]+)" alt="[^"]+">', page)
    assert "42</text>" in base64.b64decode(picture).decode()
    assert "只有1个数" in page
    assert "style=" not in base64.b64decode(picture).decode()
    assert "项全部符合" in client.get(f"{address}/layout/").content.decode()
    data = b"".join(client.get(f"{address}/word/"))
    assert hand_in(client, address, data).context["changes"] == []
    preview = hand_in(client, address, edited(data, ("共做工作。", "共做了工作。")))
    client.post(f"{address}/returned/", ticked(preview))
    with scope.township(world.township):
        row.refresh_from_db()
        assert row.text == f"共做了工作。\n{LINES}"
        actions.save_section(world.clerk, row, version=row.version, heading=row.heading, text=LINES.split("\n")[0])
        report.refresh_from_db()
        document = sign_and_issue(world, report, on=date(2022, 12, 28))
        assert outline(bytes(document.file.content))
        report.refresh_from_db()
        ANNUAL.take("edition", world.clerk, report, figures=["receptions.people"], words="")
        made = annual.editions(report)[0]
        assert "'rows'" in str(document.context["body"])
        assert "'rows'" not in str(made.context["body"])


def test_over_the_years_stands_what_was_issued_by_the_same_definition(world, report):
    with scope.township(world.township):
        first, *others = annual.sections(report)
        for other in others:
            ANNUAL.take("remove", world.clerk, report, section=other)
        actions.save_section(world.clerk, first, version=first.version, heading="", text="开头。")
        report.refresh_from_db()
        sign_and_issue(world, report, on=date(2022, 12, 28))
        later = actions.start(world.clerk, world.township, year=2023, cut_off=date(2023, 6, 30), on=date(2023, 7, 1))
        row, uses = annual.sections(later)[0], annual.kept_figures(later)
        row.text = LINES
        drawn = charts_of(later, [row], uses)
        assert drawn["receptions.people|历年"]["rows"] == [["2022年", 47], ["2023年", 0]]
        assert drawn["receptions.people|历年"]["kind"] == "line"
        assert [word for word, _ in drawn["receptions.people|按月"]["rows"]] == [f"{month}月" for month in range(1, 7)]
        uses["receptions.people"].definition = "另一种口径"
        assert charts_of(later, [row], uses)["receptions.people|历年"]["rows"] == [["2023年", 0]]
        row.text = "共{{figure.receptions.people|按月}}人次。"
        assert charts_of(later, [row], uses) == {}
        share = uses["receptions.people"]
        share.value, share.denominator = 1, 3
        row.text = "{{figure.receptions.people|历年}}"
        assert charts_of(later, [row], uses)["receptions.people|历年"]["rows"] == [["2023年", 33]]


def test_what_voters_speak_of_is_drawn_by_kind_in_lying_bars(world, report, browse):
    address = f"/t/{world.township.code}/reports/{report.pk}"
    client = browse(world.clerk)
    with scope.township(world.township):
        row = next(one for one in annual.sections(report) if one.heading == "做好中心工作。")
        line = "{{figure.receptions.categories|按类别}}"
        actions.save_section(world.clerk, row, version=row.version, heading=row.heading, text=f"共做工作。\n{line}")
        content = content_of(report, annual.sections(report), annual.kept_figures(report))
        (drawn,) = [block for block in blocks_of(content) if type(block).__name__ == "Chart"]
        assert (drawn.caption, drawn.rows, drawn.kind) == (
            "反映的方面（条）",
            (("水利设施", 7), ("教育资源", 3)),
            "lying",
        )
    page = client.get(f"{address}/").content.decode()
    [picture] = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]+)" alt="[^"]+">', page)
    svg = base64.b64decode(picture).decode()
    assert ">水利设施</text>" in svg
    assert ">7</text>" in svg
    assert "项全部符合" in client.get(f"{address}/layout/").content.decode()


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("甲甲甲乙乙乙乙", [["乙", 4], ["甲", 3]]),
        ("甲甲甲乙乙丙", [["甲", 3], ["其他", 3]]),  # of so few it might be known whose they are
        ("甲甲甲甲乙乙乙丙丙丙丁丁丁戊戊戊", [["甲", 4], ["乙", 3], ["丙", 3], ["丁", 3], ["戊", 3]]),
        ("甲甲甲甲乙乙乙丙丙丙丁丁丁戊戊戊己己己", [["甲", 4], ["乙", 3], ["丙", 3], ["丁", 3], ["其他", 6]]),
        ("", []),
    ],
)
def test_kinds_of_a_few_and_those_without_room_stand_together(words, rows):
    assert _kinds(FigureUse(rows=[{"word": word} for word in words])) == rows


def test_a_long_name_of_a_kind_is_cut_where_the_room_ends():
    long = "基层农村干部养老保险待遇和其他方面"
    [[word, _]] = _kinds(FigureUse(rows=[{"word": long}] * 3))
    assert word == f"{long[:14]}…"
    assert charts.drawn("题", [(word, 3), ("乙", 1)], charts.LYING)
    with pytest.raises(charts.NoChart, match="名称太长"):
        charts.drawn("题", [(long, 3), ("乙", 1)], charts.LYING)
    with pytest.raises(charts.NoChart, match="最多画5项"):
        charts.drawn("题", [(str(at), 3) for at in range(6)], charts.LYING)


@pytest.mark.parametrize(
    ("value", "whole", "drawn"), [(199, 200, 99), (1, 300, 1), (1, 8, 13), (0, 5, 0), (5, 5, 100), (0, 0, 0)]
)
def test_a_share_is_drawn_in_the_per_cents_the_text_says(value, whole, drawn):
    use = FigureUse(key="receptions.resolved_rate", value=value, denominator=whole)
    assert _value(use) == drawn
    assert whole == 0 or annual.spoken(use) == f"{drawn}%"
