"""Samples of what a township keeps for its reports."""

from datetime import date, timedelta

from reports.models import CountyGuiding, Guiding, PlanItem, Template


def kept(s, day: date) -> None:
    """A structure of its own, words that lead its reports, something it plans."""
    s.make("template", Template, name=f"本镇的结构{s.mark}", text="一、{年}年工作总结\n\n全年工作。")
    s.make("guiding", Guiding, kind="work", words=f"“抓落实”{s.mark}", from_on=day, basis=f"区委全会{s.mark}")
    due = date(day.year, 12, 31) - timedelta(days=10)
    s.make("plan_item", PlanItem, year=day.year, words=f"修村道{s.mark}", due_on=due, basis=f"人代会决议{s.mark}")


def of_county(county, day: date, mark: str) -> CountyGuiding:
    """Words of the county that lead the reports of its townships, of a day later beside those of the other township."""
    days = timedelta(days=bool(mark))
    return CountyGuiding.objects.create(
        county=county, kind="work", words="“县抓落实”", from_on=day + days, basis="县委全会"
    )
