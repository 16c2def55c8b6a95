"""manage.py annual_report TOWNSHIP-CODE YEAR [--pdf FILE] [--json FILE]: the report as it stands, with its figures."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from congress import clock, figures
from congress.documents import kit
from congress.documents.text import plain_text
from congress.guard import scope
from congress.guard.action import Refused
from congress.models import Township
from reports import outline
from reports.actions.drafting import proposed
from reports.actions.figures import values_of
from reports.content import blocks_of, content_of, figure_record
from reports.documents import paper_of
from reports.kinds import ANNUAL
from reports.models import AnnualReport, FigureUse, Section
from reports.queries import annual, telling
from reports.queries.before import computed_before


class Command(BaseCommand):
    """Reads only. A year without a report is shown as the system would propose it, marked as a draft."""

    help = "输出某乡镇某年度工作报告的现状（未印发的带“草稿”字样）及其数据：定义、期间、截止日和所据记录"

    def add_arguments(self, parser):
        parser.add_argument("code", metavar="TOWNSHIP-CODE", help="12位统计用区划代码")
        parser.add_argument("year", metavar="YEAR", type=int)
        parser.add_argument("--pdf", metavar="FILE", type=Path, help="写出 PDF")
        parser.add_argument("--json", metavar="FILE", type=Path, help="写出正文和数据")

    def handle(self, *args, code, year, pdf, json: Path | None, **options):
        township = Township.objects.select_related("county").filter(code=code).first()
        if township is None:
            raise CommandError(f"没有代码为{code}的乡镇。")
        with scope.reading([township]):
            found = _standing(township, year) or _proposed(township, year)
            if pdf:
                _write(pdf, _pdf(found))
            if json:
                _write(json, _json(found))
        if not (pdf or json):
            self.stdout.write(plain_text(blocks_of(found["content"])))
            self.stdout.write("")
            for line in found["figures"]:
                self.stdout.write(f"{line['label']}：{line['shown']}{line['unit']}（{line['definition']}）")
        for path in (pdf, json):
            if path:
                self.stdout.write(f"已写出 {path}")


def _standing(township: Township, year: int) -> dict | None:
    report = annual.reports().filter(township=township, kind=ANNUAL.key, year=year).order_by("-edition").first()
    if report is None:
        return None
    sections, uses = annual.sections(report), annual.kept_figures(report)
    used = annual.used_keys(sections)
    absent = [key for key in used if key not in uses]
    if absent:
        raise CommandError(f"正文用了没有计算的数据：{'、'.join(absent)}。")
    document = report.document
    content = document.context if document else content_of(report, sections, uses)
    return _answer(report, content, uses, used, document)


def _proposed(township: Township, year: int) -> dict:
    """The proposal for a year nobody has begun: nothing is written."""
    cut_off = min(clock.today(), date(year, 12, 31))
    if cut_off < date(year, 1, 1):
        raise CommandError(f"{year}年还没有开始。")
    report = AnnualReport(
        township=township,
        year=year,
        cut_off=cut_off,
        title="\n".join(outline.title_lines(ANNUAL, township, year)),
        structure=telling.last_structure(township),
    )
    computed, before = annual.computed(report), computed_before(report, figures.registered())
    uses = {key: FigureUse(key=key, **values_of(answer, before.get(key))) for key, answer in computed.items()}
    sections = [
        Section(level=part.level, heading=part.heading, text=part.text) for part in proposed(report, computed, before)
    ]
    return _answer(report, content_of(report, sections, uses), uses, annual.used_keys(sections), None)


def _answer(report: AnnualReport, content: dict, uses: dict, used: list[str], document) -> dict:
    lines = [figure_record(uses[key]) | {"used": key in used} for key in uses]
    return {"report": report, "content": content, "figures": lines, "document": document}


def _pdf(found: dict) -> bytes:
    if found["document"]:
        return bytes(found["document"].file.content)
    try:
        return kit.draft(paper_of(found["report"]), found["content"])
    except Refused as refused:
        raise CommandError(str(refused)) from refused


def _json(found: dict) -> bytes:
    report, document = found["report"], found["document"]
    values = {
        "township": report.township.code,
        "name": report.township.name,
        "year": report.year,
        "title": found["content"]["title"],
        "state": "issued" if document else "draft",
        "number": document.number if document else "",
        "issued_on": document.issued_on.isoformat() if document else "",
        "sha256": document.file.sha256 if document else "",
        "sm3": document.file.sm3 if document else "",
        "corrects": found["content"]["corrects"],
        "cut_off": found["content"]["cut_off"],
        "sections": found["content"]["body"],
        "figures": found["figures"],
    }
    return json.dumps(values, ensure_ascii=False, indent=2).encode()


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandError(f"无法写出{path}：{error.strerror}") from error
