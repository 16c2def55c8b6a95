"""Finds the table in a sheet: the header row under title rows, which column is which, and which rows are data.

Offices put titles above, notes and totals below and merge cells; all of that is stepped over and reported, never
silently lost.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .checks import clean_text, is_empty
from .columns import Column, letters, plain
from .read import Sheet, SheetRefused, Workbook

HEADER_DEPTH = 30  # rows looked at for the header
ERROR_LABEL = "错误原因"
_IGNORED = frozenset(map(plain, ("序号", "编号", "行号", ERROR_LABEL)))
_BRACKETS = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|合计数)")
_NOTE = re.compile(r"^(?:注|备注|说明|填表|填报|制表|审核|负责人|联系人|单位负责人|统计|填写|日期|经办|主管|\*|※)")
_TAKEN_ONCE = "与前面的列重复，只取前面一列"


@dataclass
class Mapping:
    """Which column of the file is which. `unknown` and `doubled` are dropped and shown; `missing` are required ones."""

    places: dict[str, int]
    labels: list[str]
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def remember(self) -> dict[str, str]:
        """Return {heading in the file: column key}, to be stored and handed in as `remembered` next time."""
        return {self.labels[place]: key for key, place in self.places.items()}


@dataclass
class Skipped:
    """A row that is not data: its number in the file and why."""

    row: int
    reason: str


@dataclass
class Table:
    """The table found: sheet, last header row (counted from 1), mapping."""

    sheet: Sheet
    header_row: int
    mapping: Mapping
    skipped: list[Skipped] = field(default_factory=list)

    def data_rows(self) -> Iterator[tuple[int, list]]:
        """Yield (row number in the file, cells) of the data rows; notes the others in `skipped`."""
        self.skipped = []
        filled = _merged_down(self.sheet, self.header_row)
        groups = {merge[0] for merge in self.sheet.merges if merge[3] - merge[1] >= 2}
        for index in range(self.header_row, len(self.sheet.rows)):
            cells = list(self.sheet.rows[index])
            reason = _not_data(cells, self.mapping, index in groups)
            if reason is None:
                for place, value in filled.get(index, ()):
                    cells += [None] * (place + 1 - len(cells))
                    cells[place] = value if cells[place] is None else cells[place]
                yield index + 1, cells
            elif reason:
                self.skipped.append(Skipped(index + 1, reason))


def find_table(book: Workbook, columns: Sequence[Column], remembered: dict[str, str] | None = None) -> Table:
    """Return the table that answers best to the columns, over all sheets.

    `remembered` is {heading: column key} from an earlier mapping or chosen by the person; it goes before the synonyms,
    and the key "" drops a column. Raises SheetRefused when no header is found.
    """
    best, best_score = None, (0, 0)
    for sheet in book.sheets:
        for start in range(min(HEADER_DEPTH, len(sheet.rows))):
            for height in (1, 2):
                labels = _labels(sheet, start, height)
                mapping = map_columns(labels, columns, remembered)
                score = (len(mapping.places), -height)
                if score > best_score:
                    best, best_score = Table(sheet, start + height, mapping), score
    if best is None or best_score[0] < min(2, len(columns)):
        wanted = "、".join(column.label for column in columns if column.required) or columns[0].label
        raise SheetRefused("no_header", f"没有找到表头。表格里应有一行列名，至少包括：{wanted}。可以先下载模板照着填")
    return best


def map_columns(labels: Sequence[str], columns: Sequence[Column], remembered: dict[str, str] | None = None) -> Mapping:
    """Say which heading is which column: remembered headings first, then labels, then synonyms."""
    known = {plain(label): key for label, key in (remembered or {}).items()}
    keys = {column.key for column in columns}
    wanted = {heading: column.key for column in reversed(columns) for heading in column.headings}
    wanted |= {column.headings[0]: column.key for column in columns}
    exact = {column.headings[0] for column in columns}
    places: dict[str, int] = {}
    claims = []
    for place, label in enumerate(labels):
        heading, short = plain(label), plain(_BRACKETS.sub("", label))
        if heading in known:
            claims.append((0, place, known[heading]))
        elif found := next((one for one in (heading, short) if one in wanted), None):
            claims.append((1 if found in exact else 2, place, wanted[found]))
    for _, place, key in sorted(claims):
        if key in keys:
            places.setdefault(key, place)
    dropped = {place for _, place, key in claims if not key}
    mapping = Mapping(places, list(labels))
    for place, label in enumerate(labels):
        if label and place not in places.values() and place not in dropped and plain(label) not in _IGNORED:
            doubled = any(claim[1] == place for claim in claims)
            mapping.unknown.append(f"{letters(place)}列“{label}”" + (f"（{_TAKEN_ONCE}）" if doubled else ""))
    mapping.missing = [column.label for column in columns if column.required and column.key not in places]
    return mapping


def _labels(sheet: Sheet, start: int, height: int) -> list[str]:
    """Return the headings of one row, or of two rows where the lower one subdivides the upper one."""
    rows = sheet.rows[start : start + height]
    width = max(map(len, rows))
    padded = [[*row, *[None] * (width - len(row))] for row in rows]
    cells = [
        next((cell for cell in reversed(column) if cell is not None), None) for column in zip(*padded, strict=True)
    ]
    return ["" if cell is None else clean_text(cell).replace("\n", "") for cell in cells]


def _merged_down(sheet: Sheet, header_row: int) -> dict[int, list[tuple[int, object]]]:
    """Return {row: [(column, value)]} for cells merged over several rows of one column (选区 written once)."""
    filled: dict[int, list[tuple[int, object]]] = {}
    for top, left, bottom, right in sheet.merges:
        if left != right or top < header_row or top >= len(sheet.rows) or left >= len(sheet.rows[top]):
            continue
        for row in range(top + 1, min(bottom + 1, len(sheet.rows))):
            filled.setdefault(row, []).append((left, sheet.rows[top][left]))
    return filled


def _not_data(cells: list, mapping: Mapping, is_group: bool) -> str | None:
    """Return why a row is no data ("" for a blank one, which needs no word), None when it is data."""
    filled = [(place, clean_text(cell)) for place, cell in enumerate(cells) if not is_empty(cell)]
    if not filled:
        return ""
    first = filled[0][1]
    mapped = [(place, text) for place, text in filled if place in mapping.places.values()]
    if len(filled) == 1 and is_group:
        return "分组标题或说明"
    if not mapped:
        return "没有可导入的内容"
    if len(mapped) > 1 and all(text.replace("\n", "") == mapping.labels[place] for place, text in mapped):
        return "重复的表头"
    if _TOTAL.match(first) and all(text[:1].isdigit() or text == first for _, text in filled):
        return "合计行"
    if len(filled) <= 2 and _NOTE.match(first) and (len(first) > 4 or first[-1] in ":："):
        return "说明或签字行"
    return None
