"""Blocks → a file for Word or WPS (docx): the words of the PDF for a last touch, marked as not the issued paper.

The same blocks give the same bytes. What the file says is judged by `word_inspection.py`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from congress.names.characters import standard

from . import grid, style, word_sheet
from .flow import title_lines
from .fonts import Typeface
from .text import (
    Addressee,
    AttachmentHead,
    Attachments,
    Blank,
    Block,
    Chart,
    Code,
    Heading,
    Imprint,
    Masthead,
    Names,
    NewPage,
    Note,
    Paragraph,
    Run,
    Signature,
    Subtitle,
    Table,
    Title,
)
from .word_sheet import BODY, FLUSH, HEADINGS, Style, element, put, write_in

MADE = datetime(2000, 1, 1, tzinfo=UTC)  # no clock: the same words give the same bytes
RED = RGBColor(0xFF, 0, 0)
POINT = 20  # twentieths
CELL = int((grid.BODY + word_sheet.TIGHTER / POINT) * POINT)  # one character of a line, in twentieths of a point
SOFTWARE_TOP = word_sheet.MARGINS["top"] / POINT / grid.POINTS  # mm of the margin a word processor is given
LEADING = (grid.PITCH - style.em(grid.BODY)) / 2  # mm above a character in its line
BORDER = {"val": "single", "sz": 6, "space": 0, "color": "000000"}
LARGEST_MARK = 48.0
ENDING = "。"
CHART, CHARTS = (
    "_chart",
    100_000,
)  # the bookmark of a chart's caption, by which it is known in a file that comes back; its numbers


def _cells(text: str) -> float:
    """Width of a text in characters, where half-width ones take half a cell."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


class Writer:
    """Writes blocks one after another into a document that was set up."""

    def __init__(self, word: Word) -> None:
        self.word = word
        self.fresh = False  # whether the next paragraph begins a page

    def paragraph(self, told: Style, *runs: Run) -> WordParagraph:
        """A paragraph in a style; a run in another typeface says so itself."""
        paragraph = self.word.add_paragraph(style=told.name)
        if self.fresh:
            paragraph.paragraph_format.page_break_before = True
            self.fresh = False
        for run in runs:
            self.run(paragraph, run, told)
        return paragraph

    @staticmethod
    def run(paragraph: WordParagraph, run: Run, told: Style) -> None:
        """A stretch of text, its lines broken where it breaks them."""
        parts = standard(run.text).split("\n")
        written = paragraph.add_run(parts[0])
        for part in parts[1:]:
            written.add_break(WD_BREAK.LINE)
            written.add_text(part)
        face = Typeface.FANGSONG if run.typeface is Typeface.NAME else run.typeface
        if face is not told.face:
            write_in(written._r.get_or_add_rPr(), face)

    def empty(self, lines: float = 1) -> None:
        """Empty lines, not parted from what follows."""
        for _ in range(round(lines)):
            self.paragraph(FLUSH).paragraph_format.keep_with_next = True

    def space(self, high: float) -> None:
        """Room of so many millimetres."""
        paragraph = self.paragraph(FLUSH)._p.get_or_add_pPr()
        put(paragraph, element("spacing", before=0, after=0, line=round(high * grid.POINTS * POINT), lineRule="exact"))

    def inset(self, paragraph: WordParagraph, cells: float, hanging: float = 0.0) -> None:
        """The left edge of a paragraph, and by how much its first line begins before it, in characters."""
        more = {"hanging": round(hanging * CELL)} if hanging else {"firstLine": 0, "firstLineChars": 0}
        put(paragraph._p.get_or_add_pPr(), element("ind", left=round(cells * CELL), **more))

    # --- blocks -----------------------------------------------------------------------------------------------------

    def title(self, lines: Sequence[str], told: Style = word_sheet.TITLE) -> None:
        """Lines of a title or under it."""
        for line in lines:
            self.paragraph(told, Run(line, told.face)).paragraph_format.keep_with_next = True

    def masthead(self, block: Masthead) -> None:
        """版头: the mark 35 mm below the type area's edge, two lines on the number, 4 mm below it the rule (7.2)."""
        for line in filter(None, (block.copy_number, block.secrecy, block.urgency)):
            self.paragraph(FLUSH, Run(line, Typeface.FANGSONG if line == block.copy_number else Typeface.HEITI))
        above = len([line for line in (block.copy_number, block.secrecy, block.urgency) if line]) * grid.PITCH
        self.space(grid.TOP + grid.MARK_TOP - SOFTWARE_TOP - above)
        size = min(LARGEST_MARK, int((grid.AREA_WIDTH * grid.POINTS - 8) / max(_cells(block.mark), 1) * 2) / 2)
        mark = self.paragraph(word_sheet.TITLE, Run(block.mark, Typeface.XIAOBIAOSONG))
        put(mark._p.get_or_add_pPr(), element("spacing", before=0, after=0, line=round(size * POINT), lineRule="exact"))
        mark.runs[0].font.color.rgb = RED
        write_in(mark.runs[0]._r.get_or_add_rPr(), Typeface.XIAOBIAOSONG, size)
        self.space(2 * grid.PITCH - LEADING)
        self._number(block)
        self.empty(2)

    def _number(self, block: Masthead) -> None:
        """发文字号, centred; with signers at the left, and they at the right (7.2.5, 7.2.6)."""
        rows = [block.signers[at : at + 2] for at in range(0, len(block.signers), 2)]
        for at, row in enumerate(rows):
            last, named = at == len(rows) - 1, "签发人：" if at == 0 else "　　　　"
            line = self.paragraph(FLUSH, Run((block.number if last else "") + "\t" + named))
            self.run(line, Run("　".join(row), Typeface.KAITI), FLUSH)
            self.inset(line, 1)
            tabs = element("tabs")
            tabs.append(element("tab", val="right", pos=(grid.CELLS - 1) * CELL))
            put(line._p.get_or_add_pPr(), tabs)
        if not rows:
            line = self.paragraph(FLUSH, Run(block.number))
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        borders = element("pBdr")
        space = round((grid.RULE_GAP - LEADING) * grid.POINTS)
        borders.append(element("bottom", val="single", sz=9, space=space, color="FF0000"))
        put(line._p.get_or_add_pPr(), borders)
        if rows:  # the rule goes from edge to edge, though the line stands in from them
            self.inset(line, 0)
            line.runs[0].text = "　" + line.runs[0].text

    def heading(self, block: Heading) -> None:
        """A heading; the paragraph that runs in stands behind it on its line."""
        told = HEADINGS[block.level - 1]
        paragraph = (
            self.paragraph(told, *block.runs) if block.run_in else self.paragraph(told, Run(block.text, told.face))
        )
        if not block.run_in and not block.text.endswith(ENDING):
            paragraph.paragraph_format.keep_with_next = True

    def signature(self, block: Signature) -> None:
        """署名 and 成文日期 where the standard wants them, with the room of a seal where one is set (7.3.5)."""
        office, date = _cells(block.office), _cells(block.date)
        if block.sealed:
            right = max(4 + date / 2, office / 2)
            at_office, at_date = grid.CELLS - right - office / 2, grid.CELLS - right - date / 2
        elif date > office:
            at_date = grid.CELLS - 2 - date
            at_office = at_date - 2
        else:
            at_office = grid.CELLS - 2 - office
            at_date = at_office + 2
        self.empty(2 if block.sealed else 1)
        for text, at, stays in ((block.office, at_office, True), (block.date, at_date, False)):
            line = self.paragraph(FLUSH, Run(text))
            line.paragraph_format.keep_with_next = stays
            self.inset(line, max(0.0, at))

    def attachments(self, names: Sequence[str]) -> None:
        """附件说明: later lines under the first character of the name (7.3.4)."""
        self.empty()
        for number, name in enumerate(names, start=1):
            mark = f"{number}." if len(names) > 1 else ""
            lead = "附件：" if number == 1 else ""
            hanging = (3 if lead else 0) + _cells(mark)
            self.inset(self.paragraph(BODY, Run(lead + mark + name)), 5 + _cells(mark), hanging)

    def attached(self, block: AttachmentHead) -> None:
        """The head of an attached part, on a new page (7.3.7)."""
        self.fresh = True
        self.paragraph(word_sheet.ATTACHED, Run(block.label, Typeface.HEITI))
        if block.title:
            self.empty()
            self.title(title_lines(block.title))
            self.empty()

    def imprint(self, block: Imprint) -> None:
        """版记 on the foot of the type area of the page where the text ends (7.4)."""
        copies = "抄送：" + block.copies.removeprefix("抄送：").rstrip(ENDING) + ENDING if block.copies else ""
        date = block.date.removesuffix("印发") + "印发"
        for at, text in enumerate(filter(None, (copies, f"{block.office}\t{date}"))):
            line = self.paragraph(word_sheet.IMPRINT, Run(text))
            told, in_from = line._p.get_or_add_pPr(), round(grid.SMALL * POINT)
            frame = {"w": round(grid.AREA_WIDTH * grid.POINTS * POINT), "wrap": "around", "vAnchor": "margin"}
            put(told, element("framePr", **frame, hAnchor="margin", xAlign="left", yAlign="bottom"))
            borders = element("pBdr")
            for side, thick in (("top", 8), ("bottom", 8), ("between", 6)):
                borders.append(element(side, val="single", sz=thick, space=1, color="000000"))
            put(told, borders)
            hanging = 3 * in_from if copies and at == 0 else 0
            put(told, element("ind", left=in_from + hanging, right=in_from, hanging=hanging, firstLineChars=0))
            tabs = element("tabs")
            tabs.append(element("tab", val="right", pos=round(grid.AREA_WIDTH * grid.POINTS * POINT) - in_from))
            put(told, tabs)

    def table(self, block: Table) -> None:
        """A ruled table as wide as the type area, its header repeated on every page."""
        if block.caption:
            caption = self.paragraph(FLUSH, Run(block.caption, Typeface.HEITI))
            caption.alignment, caption.paragraph_format.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, True
        table = self.word.add_table(rows=0, cols=len(block.columns))
        table.autofit = False
        properties, borders = table._tbl.tblPr, element("tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            borders.append(element(side, **BORDER))
        properties.append(borders)
        properties.append(element("tblLayout", type="fixed"))
        total = sum(column.width for column in block.columns)
        heads = [tuple(column.label for column in block.columns)]
        for at, row in enumerate([*heads, *block.rows]):
            cells = table.add_row().cells
            for cell, text, column in zip(cells, row, block.columns, strict=True):
                cell.width = Mm(column.width / total * grid.AREA_WIDTH)
                _fill(
                    cell, text, Typeface.HEITI if at == 0 else Typeface.FANGSONG, "center" if at == 0 else column.align
                )
        put(table.rows[0]._tr.get_or_add_trPr(), element("tblHeader"))
        if len(block.rows) > 1:  # a total is never alone on a page
            for cell in table.rows[-2].cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True

    def block(self, block: Block) -> None:
        """One block. Raises TypeError for a block that has no words for a word processor."""
        match block:
            case Title(lines):
                self.title(lines)
                self.empty()
            case Subtitle(lines):
                self.title(lines, word_sheet.SUBTITLE)
                self.empty()
            case Paragraph():
                for runs in block.lines:
                    self.paragraph(BODY, *runs)
            case Heading():
                self.heading(block)
            case Addressee(text):
                self.paragraph(FLUSH, Run(text))
            case Note(text):
                self.paragraph(BODY, Run(f"（{text}）"))
            case Names(entries):
                self.paragraph(FLUSH, Run("　".join(name + behind for name, behind in entries)))
            case Blank(lines):
                self.empty(lines)
            case NewPage():
                self.fresh = True
            case _:
                self._special(block)

    def _special(self, block: Block) -> None:
        match block:
            case Masthead():
                self.masthead(block)
            case Signature():
                self.signature(block)
            case Attachments(names):
                self.attachments(names)
            case AttachmentHead():
                self.attached(block)
            case Imprint():
                self.imprint(block)
            case Table():
                self.table(block)
            case Chart():
                at = len(self.word.element.body) - 1
                self.table(block.table)
                caption = WordParagraph(self.word.element.body[at], self.word._body)
                _anchor(caption, CHARTS + at, f"{CHART}{at}")
            case Code():
                return  # a camera reads it off the paper
            case _:
                raise TypeError(f"not a block: {block!r}")


def _fill(cell: _Cell, text: object, face: Typeface, align: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = word_sheet.CELL.name
    Writer.run(paragraph, Run(str(text), face), word_sheet.CELL)
    if align != "center":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if align == "left" else WD_ALIGN_PARAGRAPH.RIGHT


def _anchor(paragraph: WordParagraph, number: int, name: str) -> None:
    """A bookmark round the words of a paragraph: by it a stretch of the text is known again when the file comes back."""
    first = 1 if paragraph._p.pPr is not None else 0
    paragraph._p.insert(first, element("bookmarkStart", id=number, name=name))
    paragraph._p.append(element("bookmarkEnd", id=number))


def write(
    blocks: Sequence[Block],
    *,
    title: str,
    author: str = "",
    anchors: Mapping[int, str] | None = None,
    mark: str = word_sheet.NOT_ISSUED,
) -> bytes:
    """The blocks as a docx, with `mark` above every page. `anchors` are names of bookmarks by the place of the block whose
    first paragraph bears them."""
    word = docx.Document()
    word_sheet.prepare(word, mark)
    writer = Writer(word)
    for at, block in enumerate(blocks):
        before = len(word.element.body)
        writer.block(block)
        if anchors and at in anchors:
            _anchor(WordParagraph(word.element.body[before - 1], word._body), at, anchors[at])
    told = word.core_properties
    told.title, told.author, told.language, told.comments = title, author, "zh-CN", mark
    told.created = told.modified = MADE
    told.last_modified_by, told.revision, told.keywords = "", 1, ""
    word_sheet.finish(word)
    made = io.BytesIO()
    word.save(made)
    return _steady(made.getvalue())


def _steady(packed: bytes) -> bytes:
    """The same package without the hour it was packed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()
