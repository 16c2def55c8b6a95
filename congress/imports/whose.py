"""Whose table it is: a county keeps those of all its townships in one file, each on a sheet of its own."""

from collections.abc import Sequence

from congress.imports.kinds import ImportKind
from congress.models import Township
from congress.spreadsheets.cells import clean_text, is_empty
from congress.spreadsheets.mapping import Table
from congress.spreadsheets.read import Workbook

_KINDS = ("街道", "镇", "乡")


def own_sheets(book: Workbook, township: Township) -> list[str]:
    """The sheets to read where others bear the names of other townships of the county; [] for all of them."""
    others = _others(township)
    foreign = {sheet.name for sheet in book.sheets if _other_in(sheet.name, township, others)}
    mine = [sheet.name for sheet in book.sheets if sheet.name not in foreign]
    return mine if foreign else []


def warnings(tables: Sequence[Table], township: Township, kind: ImportKind) -> list[str]:
    """Tables whose sheet or title names another township and not this one, or speaks against what was chosen."""
    others, said = _others(township), []
    for table in tables:
        above = [cell for row in table.sheet.rows[: min(table.header_row, 5)] for cell in row if not is_empty(cell)]
        for text in (table.sheet.name, *map(clean_text, above)):
            if other := _other_in(text, township, others):
                said.append(f"“{text[:30]}”写的是{other}，请核对是不是{township}的表")
            if words := kind.check_title(text):
                said.append(f"“{text[:30]}”{words}，请核对")
    return list(dict.fromkeys(said))


def other_than(township: Township, text: str) -> bool:
    """Whether a cell of a column of townships names another one."""
    said, name = clean_text(text).replace(" ", ""), township.name
    return name not in said and said != _stem(name)


def _others(township: Township) -> list[str]:
    return [one.name for one in township.county.real_townships if one.name not in township.name]


def _stem(name: str) -> str:
    return next((name.removesuffix(kind) for kind in _KINDS if name.endswith(kind)), name)


def _other_in(text: str, township: Township, others: Sequence[str]) -> str:
    if township.name in text:
        return ""
    return next((name for name in others if name in text or text.strip() == _stem(name)), "")
