"""The tables of a report: its kept figures parted by who handles a suggestion or by what it is about, and summed up below.

Nothing is counted anew: a cell is made of the records kept with the figure. A share is told by its numbers (2/3), because a part
has few records; opinions of fewer than a handful are not told, nor what could be told from the others.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from congress import figures
from congress.figures import Kind, Parting
from congress.wording import NOTHING
from reports import placeholders
from reports.models import AnnualReport, FigureUse, Section

LEAST = 3  # of fewer opinions it could be told whose they are
TOO_FEW = f"不足{LEAST}件"
COVERED = "从略"  # what would tell a number of a few, and is many itself
TOTAL, ELSE = "合计", figures.OTHER
LEFT_OUT = "（本表从略）"


def tables_in(sections: Iterable[Section]) -> list[list[placeholders.Piece]]:
    """The tables of a text, each by its columns."""
    lines = (line for section in sections for line in placeholders.paragraphs(section.text))
    return [found for line in lines if (found := placeholders.table(line))]


def tables_of(report: AnnualReport, sections: Sequence[Section], uses: Mapping[str, FigureUse]) -> dict[str, dict]:
    """What stands in place of each table's line, by its name; asks the database only where there is a table."""
    known, ways, found = figures.registered(), figures.partings(), {}
    for columns in tables_in(sections):
        if all(piece.key in uses and piece.key in known for piece in columns):
            way = ways[columns[0].form]
            kept = [uses[piece.key] for piece in columns]
            found[placeholders.name_of_table(columns)] = _table(report, way, kept)
    return found


def _table(report: AnnualReport, way: Parting, uses: Sequence[FigureUse]) -> dict[str, Any]:
    ids: dict[str, set[str]] = {}
    for use in uses:
        for row in use.rows:
            ids.setdefault(row["subject"], set()).add(row["id"])
    where = way.of(report.township, ids, report.cut_off)
    sums = [_sums(use, where) for use in uses]
    parts = sorted(
        {part for one in sums for part in one}, key=lambda part: (part == ELSE, -sums[0].get(part, (0, 0))[0], part)
    )
    columns = [(use, _cells(use, one, parts, way)) for use, one in zip(uses, sums, strict=True)]
    columns = [(use, cells) for use, cells in columns if _tells(cells)] or columns
    known = figures.registered()
    heads = [way.head, *(_head(known[use.key]) for use, _ in columns)]
    rows = [[part, *(cells[at] for _, cells in columns)] for at, part in enumerate([*parts, TOTAL])]
    caption = f"{known[uses[0].key].group}情况（按{way.head}）"
    return {"caption": caption, "columns": heads, "rows": rows, "kind": "table"}


def _head(figure: figures.Figure) -> str:
    unit = "件" if figure.kind is Kind.SHARE else figure.unit
    return f"{figure.label.removesuffix('率') if figure.kind is Kind.SHARE else figure.label}（{unit}）"


def _sums(use: FigureUse, where: Mapping[tuple[str, str], str]) -> dict[str, tuple[int, int]]:
    """(what was counted, of how many) in each part."""
    found: dict[str, tuple[int, int]] = {}
    for row in use.rows:
        part = where.get((row["subject"], row["id"]), ELSE)
        value, whole = found.get(part, (0, 0))
        found[part] = value + row["value"], whole + row["whole"]
    return found


def _cells(use: FigureUse, sums: Mapping[str, tuple[int, int]], parts: Sequence[str], way: Parting) -> list[str]:
    """A column from top to bottom, the total last."""
    share = use.denominator is not None
    hidden = _hidden(sums) if share and any(row["subject"] in way.personal for row in use.rows) else set()
    told = [_cell(*sums.get(part, (0, 0)), share, part in hidden) for part in parts]
    return [*told, _cell(use.value, use.denominator or 0, share)]


def _tells(cells: Sequence[str]) -> bool:
    """Whether a column tells anything of a part: one that hides them all says no more than the text around the table."""
    return not cells[:-1] or any(cell not in (TOO_FEW, COVERED, NOTHING) for cell in cells[:-1])


def _cell(value: int, whole: int, share: bool, hidden: bool = False) -> str:
    if hidden:
        return TOO_FEW if whole < LEAST else COVERED
    if not share:
        return str(value)
    return f"{value}/{whole}" if whole else NOTHING


def _hidden(sums: Mapping[str, tuple[int, int]]) -> set[str]:
    """The parts with too few opinions, and the next smallest while these together are too few: the total tells their sum."""
    hidden, together = set[str](), 0
    for whole, part in sorted((whole, part) for part, (_, whole) in sums.items() if whole):
        if whole < LEAST or 0 < together < LEAST:
            hidden.add(part)
            together += whole
    return hidden
