"""The figures of a report as a table to hand on: each cell that cannot be filled says why."""

from collections.abc import Iterable

from congress import clock
from congress.files import download
from congress.models import Township
from congress.spreadsheets.columns import Column
from congress.spreadsheets.write import safe_filename, write_xlsx
from congress.web.table import XLSX, plain
from congress.wording import chinese_date
from reports.models import AnnualReport

COLUMNS = (
    Column("group", "类别", width=12),
    Column("label", "数据", width=28),
    Column("result", "结果", width=24),
    Column("unit", "单位", width=8),
    Column("base", "计算", width=12),
    Column("before", "上年同期", width=16),
    Column("step", "增减", width=20),
    Column("first", "起", width=12),
    Column("last", "止", width=12),
    Column("source", "来自", width=16),
    Column("definition", "口径", width=60),
    Column("why", "不能填写的原因", width=36),
)
NO_RECORDS = "没有所据的记录；没有发生，还是没有登记，由本乡镇核实后填写"


def table(report: AnnualReport, township: Township, lines: Iterable[dict]):
    """The lines of the list of figures as a workbook. A figure without any record behind it has an empty cell and the reason:
    whether nothing happened or nothing was written down only the township knows. Where nought is a figure (what is late),
    nought stands."""
    title = f"{report.period}数据统计表（截至{chinese_date(report.cut_off)}）"
    content = write_xlsx(COLUMNS, [_cells(line) for line in lines], f"{township}{title}")
    return download(content, name=safe_filename(str(township), title, clock.today()), content_type=XLSX)


def _cells(line: dict) -> list:
    figure, use, before = line["figure"], line["use"], line["before"]
    known = bool(use.rows) or (figure.zero_ok and use.denominator is None)
    base = f"{use.value}/{use.denominator}" if use.denominator else ""
    whole = use.value if figure.suffix else line["shown"]
    return [
        figure.group,
        figure.label,
        whole if known else "",
        figure.suffix,
        base,
        before.shown,
        before.step or before.why,
        plain(use.period_from),
        plain(use.period_to),
        line["owner"].get("words", ""),
        use.definition,
        "" if known else NO_RECORDS,
    ]
