"""What the sentences of a report are decided by, read from the facts: figures of two years, the term, the year's own words."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from congress import figures
from congress.guard import scope
from congress.law.deputies import TERM_YEARS
from congress.models import Township
from deputies.models import Level, Term
from reports import speaking, structures
from reports.models import AnnualReport, CountyGuiding, FigureUse, Guiding, Template
from reports.queries import annual
from reports.sentences import Part
from reports.story import Place, Story, Value


def renewal_due(township: Township, year: int) -> bool:
    """Whether the term that runs at the end of a year is over in the year after it."""
    end = date(year, 12, 31)
    terms = Term.objects.kept().filter(township=township, level=Level.TOWNSHIP, started_on__lte=end)
    running = terms.order_by("-started_on").first()
    return running is not None and running.started_on.year + TERM_YEARS == year + 1


def county_words(township: Township) -> list[CountyGuiding]:
    """The words of the county for all its townships: read in its own scope, where nothing is written."""
    with scope.county(township.county, []):
        return list(CountyGuiding.objects.filter(county=township.county_id))


def guiding_words(rows: Iterable[Guiding | CountyGuiding], start: date, end: date) -> dict[str, str]:
    """What is said on some of these days, by the word that asks for it; several of a kind stand one after the other."""
    said: dict[str, list[str]] = {}
    for row in rows:
        if row.from_on <= end and (row.until_on is None or row.until_on >= start):
            said.setdefault(row.get_kind_display(), []).append(row.words)
    return {kind: "、".join(dict.fromkeys(words)) for kind, words in said.items()}


def story_of(
    township: Township,
    year: int,
    cut_off: date,
    values: Mapping[str, Value],
    before: Mapping[str, Value] | None = None,
) -> Story:
    """What is told of a year, beside `before`, the figures of the same days a year earlier where these compare."""
    rows = [*county_words(township), *Guiding.objects.kept().filter(township=township)]
    coming = date(year + 1, 1, 1)
    return Story(
        Place.of(township),
        year,
        values,
        before or {},
        said=guiding_words(rows, date(year, 1, 1), max(cut_off, date(year, 1, 1))),
        ahead=guiding_words(rows, coming, coming),
        renewal=renewal_due(township, year),
    )


def _value_of(use: FigureUse) -> Value:
    days = (date.fromisoformat(row["on"]) for row in use.rows if row["on"])
    return Value.over(figures.registered()[use.key].kind, use.value, use.denominator, days)


def draft_story(report: AnnualReport, kept: Mapping[str, FigureUse] | None = None) -> Story:
    """What a draft tells by the figures that are kept with it; `kept` are these where they have been read already."""
    known = figures.registered()
    uses = {
        key: use for key, use in (kept if kept is not None else annual.kept_figures(report)).items() if key in known
    }
    values = {key: _value_of(use) for key, use in uses.items()}
    before = {key: value for key, use in uses.items() if (value := speaking.last_value(use)) is not None}
    return story_of(report.township, report.year, report.cut_off, values, before)


def last_structure(township: Township) -> str:
    """The structure the township's newest report began with; the first of the usual ones where there is none."""
    newest = AnnualReport.objects.kept().filter(township=township).order_by("-year", "-edition").first()
    return newest.structure if newest else structures.FIRST


def _own(structure: str) -> Template | None:
    try:
        return Template.objects.kept().filter(pk=uuid.UUID(structure)).first()
    except ValueError:
        return None


def parts_of(structure: str) -> list[Part]:
    """The parts of a structure: a usual one or the township's own; of the first usual one where it is there no more."""
    shipped = structures.shipped()
    if structure not in shipped and (own := _own(structure)) is not None:
        return structures.read(own.text)[0]
    return shipped.get(structure, shipped[structures.FIRST]).parts()


def structures_of(township: Township) -> list[tuple[str, str]]:
    """The structures a township's report may begin with: key and words, its own ones first."""
    own = [(str(one.pk), f"{one.name}（本{Place.of(township).kind}自己的结构）") for one in _templates(township)]
    return own + [(one.key, f"{one.name}：{one.about}") for one in structures.shipped().values()]


def _templates(township: Township) -> list[Template]:
    return list(Template.objects.kept().filter(township=township))


def with_plan(story: Story, became: list[str], aims: list[str]) -> Story:
    """The same with what became of last year's plan and what is planned for the coming year."""
    return replace(story, inserts={**story.inserts, "上年安排落实情况": became, "明年事项": aims})


def hints(story: Story) -> list[str]:
    """What the words of the year lack, for the clerk."""
    lacking = [kind for kind in ("指导思想", "重要会议") if not story.said.get(kind)]
    return (
        [f"没有登记{'、'.join(lacking)}，开头和总体要求没有写，请登记“重要提法”，或者在正文中补写。"] if lacking else []
    )
