"""What a new report begins with besides its figures: its official form, and the paragraphs put into its structure."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from congress.assembly.models import Officer
from congress.models import Township
from reports import outline
from reports.kinds import ReportKind, Way
from reports.models import AnnualReport
from reports.queries import planning
from reports.queries.cases import told_cases
from reports.story import Value


def chair_of(township: Township, day: date) -> str:
    """The name of who chairs the congress on a day, or nothing where nobody is on record."""
    rows = Officer.objects.kept().filter(township=township, post=Officer.Post.CHAIR, elected_on__lte=day)
    sitting = rows.exclude(ended_on__lte=day).order_by("-elected_on").first()
    return sitting.name if sitting else ""


def form_of(kind: ReportKind, township: Township, day: date) -> dict[str, str]:
    """The official form a report of a kind has unless another is set: way, to whom, who signs, to whom copies go."""
    way = kind.ways[0]
    return {
        "way": way,
        "salutation": outline.filled(kind.salutation, township, day.year),
        "copies": outline.filled(kind.copies, township, day.year),
        "signers": chair_of(township, day) if way == Way.UPWARD else "",
    }


def put_in(report: AnnualReport, values: Mapping[str, Value], wanted: Collection[str]) -> dict[str, list[str]]:
    """The paragraphs a structure wants to have put in, by its words for them."""
    town, year = report.township, report.year
    makers: dict[str, Callable[[], list[str]]] = {
        "上年安排落实情况": lambda: planning.became(town, year, values),
        "明年事项": lambda: planning.aims(town, year + 1),
        "未完成事项": lambda: planning.unfinished(report, values),
        "典型事例": lambda: told_cases(report),
    }
    return {name: make() for name, make in makers.items() if name in wanted}
