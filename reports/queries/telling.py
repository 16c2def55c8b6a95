"""What the sentences of a report are decided by, read from the facts: figures of two years, the term, the year's own words."""

import uuid
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date

from congress import figures
from congress.guard import scope
from congress.law.deputies import TERM_YEARS
from congress.models import Township
from deputies.models import Level, Mandate, Term
from elections.models import Election
from reports import speaking, structures
from reports.conditions import RULES
from reports.kinds import ANNUAL, ReportKind
from reports.models import AnnualReport, CountyGuiding, FigureUse, Guiding, Template
from reports.queries import annual
from reports.sentences import Part, lines_of
from reports.story import Place, Story, Value

PARTY = "党的"
EARLY = 3  # up to this month of a year an election is prepared in the year before


def renewal_due(township: Township, year: int) -> bool:
    """Whether a general election is the work of the year after this one: the term that runs at the end of the year is over in
    it or in the first months of the next, or the day of the election, be it only planned, lies there; none where the year itself
    had one."""
    first, last = date(year + 1, 1, 1), date(year + 2, EARLY, 31)
    general = Election.objects.kept().filter(township=township, term__level=Level.TOWNSHIP, how=Mandate.How.GENERAL)
    if general.filter(election_day__year=year).exists():
        return False  # who was elected in December sits in a term that begins in January
    terms = Term.objects.kept().filter(township=township, level=Level.TOWNSHIP, started_on__lt=first)
    running = terms.order_by("-started_on").first()
    if running is not None:
        ends = (running.started_on.year + TERM_YEARS, running.started_on.month)
        if (first.year, first.month) <= ends <= (last.year, last.month):
            return True
    return general.filter(election_day__range=(first, last)).exists()


def county_words(township: Township) -> list[CountyGuiding]:
    """The words of the county for all its townships: read in its own scope, where nothing is written."""
    with scope.county(township.county, []):
        return list(CountyGuiding.objects.filter(county=township.county_id))


def guiding_words(rows: Iterable[Guiding | CountyGuiding], start: date, end: date) -> dict[str, str]:
    """What is said on some of these days, by the word that asks for it; several of a kind stand one after the other, the party's
    congresses first."""
    said: dict[str, list[str]] = {}
    for row in rows:
        if row.from_on <= end and (row.until_on is None or row.until_on >= start):
            said.setdefault(row.get_kind_display(), []).append(row.words)
    return {kind: _joined(dict.fromkeys(words)) for kind, words in said.items()}


def _joined(words: Iterable[str]) -> str:
    """党的二十大、二十届三中全会、中央人大工作会议: of several that begin with the party's name it is said once."""
    ordered = sorted(words, key=lambda one: not one.startswith(PARTY))
    later = [one.removeprefix(PARTY) if one.startswith(PARTY) else one for one in ordered[1:]]
    return "、".join([*ordered[:1], *later])


def story_of(
    township: Township,
    year: int,
    cut_off: date,
    values: Mapping[str, Value],
    before: Mapping[str, Value] | None = None,
    since: date | None = None,
    period: str = "",
) -> Story:
    """What is told of a year, or of the days from `since` on, which are called `period`, beside `before`, the figures of the
    same days a year earlier where these compare."""
    rows = [*county_words(township), *Guiding.objects.kept().filter(township=township)]
    coming = date(year + 1, 1, 1)
    return Story(
        Place.of(township),
        year,
        values,
        before or {},
        said=guiding_words(rows, since or date(year, 1, 1), max(cut_off, date(year, 1, 1))),
        ahead=guiding_words(rows, coming, coming),
        renewal=renewal_due(township, year),
        period=period,
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
    return story_of(report.township, report.year, report.cut_off, values, before, report.since, report.period)


def last_structure(township: Township, kind: ReportKind = ANNUAL) -> str:
    """The structure the township's newest report of a kind began with; the kind's usual one where there is none."""
    rows = AnnualReport.objects.kept().filter(township=township, kind=kind.key)
    newest = rows.order_by("-year", "-month", "-edition").first()
    return newest.structure if newest else kind.structure


def _own(structure: str) -> Template | None:
    try:
        return Template.objects.kept().filter(pk=uuid.UUID(structure)).first()
    except ValueError:
        return None


def parts_of(structure: str, kind: ReportKind = ANNUAL) -> Sequence[Part]:
    """The parts of a structure: a usual one or the township's own; of the kind's usual one where it is there no more."""
    shipped = structures.shipped()
    if structure not in shipped and (own := _own(structure)) is not None:
        return structures.read(own.text)[0]
    return shipped.get(structure, shipped[kind.structure]).parts


def topic_of(structure: str, kind: ReportKind) -> str:
    """The topic a report of this structure has unless another is said; of a township's own structure that of its kind's usual one."""
    shipped = structures.shipped()
    return shipped.get(structure, shipped[kind.structure]).topic


def structures_of(township: Township, kind: ReportKind = ANNUAL) -> list[tuple[str, str]]:
    """The structures a township's report of a kind may begin with: key and words, its own ones first."""
    rows = Template.objects.kept().filter(township=township, kind=kind.key)
    own = [(str(one.pk), f"{one.name}（本{Place.of(township).kind}自己的结构）") for one in rows]
    return own + [(one.key, f"{one.name}：{one.about}") for one in structures.shipped_for(kind.key).values()]


def held_against(parts: Iterable[Part]) -> set[str]:
    """The figures a structure holds against the year before, in a text or in a condition."""
    lines = [line for part in parts for line in lines_of(part)]
    asked = (one.keys for conditions, _ in lines for one in conditions if RULES[one.word].beside)
    return {key for keys in asked for key in keys} | {key for _, line in lines for key in line.beside}


def hints(story: Story, told: Container[str]) -> list[str]:
    """What the words of the year lack, for the clerk; `told` are the words its structure says."""
    lacking = [kind for kind in ("指导思想", "重要会议") if kind in told and not story.said.get(kind)]
    return (
        [f"没有登记{'、'.join(lacking)}，开头和总体要求没有写，请登记“重要提法”，或者在正文中补写。"] if lacking else []
    )
