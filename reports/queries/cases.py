"""Typical cases offered for a report: closed suggestions and resolved matters of its year, told without anybody's name.

Only what is chosen from lists, days and a suggestion's title is told; what was said in free words stays where it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Prefetch

from proposals.models import Assignment, Matter, Rating, Suggestion
from reports.models import AnnualReport, Section

MOST = 30  # of each kind, the latest
TOLD = 3  # at once in a report that tells of cases


@dataclass(frozen=True)
class Case:
    """A case: by what it is chosen, its paragraph, and the record it tells of."""

    key: str
    text: str
    record: Suggestion | Matter


def days_of(report: AnnualReport) -> tuple[date, date]:
    """The first and the last day a report tells of."""
    return report.since or date(report.year, 1, 1), min(report.cut_off, date(report.year, 12, 31))


def cases_of(report: AnnualReport) -> list[Case]:
    """What came to a good end in the days a report tells of, the latest first; nothing that was asked to be kept secret."""
    days = days_of(report)
    return [*_suggestions(report, days), *_matters(report, days)]


def _suggestions(report: AnnualReport, days: tuple[date, date]) -> Iterable[Case]:
    lead = Assignment.objects.kept().filter(part=Assignment.Part.LEAD, returned_on__isnull=True)
    lead = lead.select_related("unit").order_by("round")
    rated = Rating.objects.kept().filter(rated_on__lte=days[1]).order_by("round")
    rows = Suggestion.objects.kept().filter(township=report.township, closed_on__range=days, confidential=False)
    rows = rows.prefetch_related(
        Prefetch("assignments", queryset=lead, to_attr="the_lead"), Prefetch("ratings", queryset=rated, to_attr="rated")
    )
    for row in rows.order_by("-closed_on", "number")[:MOST]:
        if row.rated and row.rated[-1].result in ("good", "fair"):
            unit = f"由{row.the_lead[-1].unit}办理，" if row.the_lead else ""
            opinion = row.rated[-1].get_result_display()
            assigned = f"{_day(row.assigned_on)}交办，" if row.assigned_on else ""
            text = f"代表提出《{row.title}》，{assigned}{unit}{_day(row.closed_on)}办结，代表评价{opinion}。"
            yield Case(f"suggestion:{row.pk}", text, row)


def _matters(report: AnnualReport, days: tuple[date, date]) -> Iterable[Case]:
    rows = Matter.objects.kept().filter(township=report.township, resolved_on__range=days, confidential=False)
    rows = rows.filter(channel__in=(Matter.Channel.UNIT, Matter.Channel.UPWARD)).select_related(
        "category", "unit", "reception", "township"
    )
    for row in rows.order_by("-resolved_on", "number")[:MOST]:
        upward = row.channel == Matter.Channel.UPWARD
        handed = "报上级办理" if upward else f"转{row.unit or '有关部门'}办理"
        pleased = "，选民表示满意" if row.opinion == "good" else ""
        text = f"选民{_day(row.reception.held_on)}反映{row.category}方面的问题，{handed}，{_day(row.resolved_on)}得到解决{pleased}。"
        yield Case(f"matter:{row.pk}", text, row)


def told_cases(report: AnnualReport) -> list[str]:
    """The paragraphs of the latest suggestions that came to a good end, with which a report on them begins."""
    return [one.text for one in islice(_suggestions(report, days_of(report)), TOLD)]


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def with_cases(section: Section, cases: Iterable[Case]) -> str:
    """The text of a section with cases told at its end, each a paragraph."""
    return "\n".join(filter(None, [section.text.strip(), *(one.text for one in cases)]))
