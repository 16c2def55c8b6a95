"""What a chart of a report draws: a figure by the months or the kinds of its own records, or over the years as they were reported.

Nothing is counted anew. The months are those of the records kept with the figure; the years are what the issued reports told, as far
as they told it by the same definition.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from congress import figures
from congress.documents.charts import LINES
from congress.figures import OTHER, Kind
from congress.law.periods import add_months
from reports import growth, parting, placeholders, speaking
from reports.models import AnnualReport, FigureUse, Section

YEARS = 5
FEW = 3  # of fewer matters it might be known whose they are
MOST = LINES  # kinds in one chart
COUNTED = "条"
LONGEST = 15  # characters for which there is room beside a bar


def drawn_in(sections: Iterable[Section]) -> list[placeholders.Piece]:
    """The figures that are drawn in a text, each form once."""
    lines = (line for section in sections for line in placeholders.paragraphs(section.text))
    found = {piece.name: piece for line in lines if (piece := placeholders.chart(line))}
    return list(found.values())


def charts_of(report: AnnualReport, sections: Sequence[Section], uses: Mapping[str, FigureUse]) -> dict[str, dict]:
    """What is drawn, by the name of its placeholder; asks the database only where something is parted or drawn over years. What
    was issued stays as it was printed."""
    if report.document is not None:
        return _printed(report.document.context["body"], sections)
    known = figures.registered()
    tables = parting.tables_of(report, sections, uses)
    wanted = [piece for piece in drawn_in(sections) if piece.key in uses and piece.key in known]
    years = _years(report, [uses[piece.key] for piece in wanted if piece.form == "历年"])
    found = dict(tables)
    for piece in wanted:
        use, figure = uses[piece.key], known[piece.key]
        rows = years[piece.key] if piece.form == "历年" else _kinds(use) if piece.form == "按类别" else _months(use)
        unit = "%" if figure.kind is Kind.SHARE and piece.form == "历年" else figure.unit
        if piece.form == "按类别":
            unit = COUNTED
        caption = f"{figure.label}（{unit}）" if unit else figure.label
        found[piece.name] = {"caption": caption, "rows": rows, "kind": placeholders.CHARTS[piece.form]}
    return found


def _printed(body: Sequence[Mapping], sections: Sequence[Section]) -> dict[str, dict]:
    found = {}
    for part, section in zip(body, sections, strict=True):
        for told, line in zip(part["paragraphs"], placeholders.paragraphs(section.text), strict=True):
            if not isinstance(told, str):
                drawn = placeholders.chart(line)
                found[drawn.name if drawn else placeholders.name_of_table(placeholders.table(line))] = told
    return found


def _months(use: FigureUse) -> list[list]:
    """What the kept records of a figure come to in each month of its period."""
    sums: dict[tuple[int, int], int] = {}
    day = use.period_from.replace(day=1)
    while day <= use.period_to:
        sums[day.year, day.month] = 0
        day = add_months(day, 1)
    for row in use.rows:
        if row["on"] and (month := (int(row["on"][:4]), int(row["on"][5:7]))) in sums:
            sums[month] += row["value"]
    return [[f"{month}月", value] for (_, month), value in sums.items()]


def _kinds(use: FigureUse) -> list[list]:
    """How many of the kept records are of each kind, the most frequent first; what few spoke of stands together, and so does
    what has no room."""
    found = Counter(row["word"] for row in use.rows if row.get("word"))
    named = [(word, number) for word, number in found.most_common() if number >= FEW and word != OTHER]
    if len(named) > MOST or len(named) < len(found):
        named = named[: MOST - 1]
    rest = sum(found.values()) - sum(number for _, number in named)
    return [[_short(word), number] for word, number in named] + ([[OTHER, rest]] if rest else [])


def _short(word: str) -> str:
    return word if len(word) <= LONGEST else f"{word[: LONGEST - 1]}…"


def _years(report: AnnualReport, uses: Sequence[FigureUse]) -> dict[str, list[list]]:
    """The figure of each of the last years in which it was issued by the same definition, and of this one."""
    found: dict[str, dict[int, float]] = {use.key: {} for use in uses}
    definitions = {use.key: use.definition for use in uses}
    if uses:
        past = FigureUse.objects.kept().filter(
            report__township=report.township,
            report__kind=report.kind,
            report__month=report.month,
            report__topic=report.topic,
            report__document__isnull=False,
            report__year__lt=report.year,
            report__year__gt=report.year - YEARS,
            key__in=definitions,
        )
        for use in past.select_related("report").order_by("report__year", "report__edition"):
            if use.definition == definitions[use.key]:
                found[use.key][use.report.year] = _value(use)
    for use in uses:
        found[use.key][report.year] = _value(use)
    return {key: [[f"{year}年", value] for year, value in sorted(rows.items())] for key, rows in found.items()}


def _value(use: FigureUse) -> float:
    """A sum, or a share in whole per cents as the text says it."""
    return growth.in_hundred(speaking.value_of(use)) if use.denominator else use.value
