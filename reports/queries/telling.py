"""What the sentences of a report are decided by, read from the facts: figures of two years, the term, the year's own words."""

from collections.abc import Iterable, Mapping
from datetime import date

from congress import figures
from congress.figures import Computed
from congress.models import Township
from deputies.models import Level, Term
from reports import outline, structures
from reports.models import AnnualReport
from reports.sentences import Part
from reports.story import Story, Value
from reports.words import Place

TERM_YEARS = 5  # 组织法：每届五年


def a_year_before(day: date) -> date:
    """The same day of the year before; the last of February for the 29th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def renewal_due(township: Township, year: int) -> bool:
    """Whether the term that runs at the end of a year is over in this very year's next one."""
    end = date(year, 12, 31)
    terms = Term.objects.kept().filter(township=township, level=Level.TOWNSHIP, started_on__lte=end)
    running = terms.order_by("-started_on").first()
    return running is not None and running.started_on.year + TERM_YEARS == year + 1


def story_of(
    township: Township,
    year: int,
    cut_off: date,
    computed: Mapping[str, Computed],
    parts: Iterable[Part],
    since: date | None = None,
) -> Story:
    """What is told of a year. The year before is held against it only where both tell of the same days of a year."""
    before: Mapping[str, Computed] = {}
    if since is None and (wanted := outline.compared(parts) & figures.registered().keys()):
        before = figures.compute(sorted(wanted), township, year - 1, a_year_before(cut_off))
    return Story(
        Place.of(township),
        year,
        {key: Value.of(one) for key, one in computed.items()},
        {key: Value.of(one) for key, one in before.items()},
        renewal=renewal_due(township, year),
    )


def last_structure(township: Township) -> str:
    """The structure the township's newest report began with; the first of the usual ones where there is none."""
    newest = AnnualReport.objects.kept().filter(township=township).order_by("-year", "-edition").first()
    return newest.structure if newest else structures.FIRST


def parts_of(structure: str) -> list[Part]:
    """The parts of a structure; of the first of the usual ones where there is no such structure any more."""
    shipped = structures.shipped()
    return shipped.get(structure, shipped[structures.FIRST]).parts()


def structures_of(township: Township) -> list[tuple[str, str]]:
    """The structures a township's report may begin with: key and words."""
    return [(one.key, f"{one.name}：{one.about}") for one in structures.shipped().values()]
