"""The sheet a text is set on for a word processor: styles, page, grid, page numbers, the mark that it is not the issued paper.

Numbers are those of GB/T 33476.2 (显现): what Word and WPS have to be told so that GB/T 9704 comes out. Fonts are named and not
embedded, each with what stands in where it is not installed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _Footer, _Header
from docx.shared import Mm, Twips
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

from . import grid
from .fonts import Typeface

FONTS = {
    Typeface.FANGSONG: "仿宋_GB2312",
    Typeface.KAITI: "楷体_GB2312",
    Typeface.HEITI: "黑体",
    Typeface.SONGTI: "宋体",
    Typeface.XIAOBIAOSONG: "方正小标宋简体",
    Typeface.NAME: "仿宋_GB2312",
}
STAND_INS = {  # what a machine takes that does not have the font
    "仿宋_GB2312": "仿宋,FangSong,STFangsong",
    "楷体_GB2312": "楷体,KaiTi,STKaiti",
    "黑体": "SimHei,Noto Sans CJK SC",
    "宋体": "SimSun,Noto Serif CJK SC",
    "方正小标宋简体": "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,宋体",
}
LINE = 592  # twentieths of a point: 10.44 mm, a line of the standard (33476.2: 10.39 mm)
TIGHTER = -5  # the same: 28 characters of 15.75 points fill 156 mm
INDENT = 640  # the same: two characters
LOOSE = ("autoSpaceDE", "autoSpaceDN")  # room beside numbers: without it lines break as in the PDF
MARGINS = {"top": 1960, "bottom": 1847, "left": 1588, "right": 1474}  # the same: 34.58, 32.58, 28, 26 mm (33476.2 6.2)
FOOTER, HEADER = Mm(35 - grid.PAGE_NUMBER_DROP - 2.8), Mm(15)
NOT_ISSUED = "编辑稿，以印发的PDF为准"
TO_BE_SIGNED = "起草稿，以签发的为准"  # of a paper that is written on in the word processor and signed there
ORDER = {  # of the children of an element, which the schema fixes and the library leaves to its callers
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs "
        "autoSpaceDE autoSpaceDN snapToGrid spacing ind jc "
        "textAlignment outlineLvl rPr sectPr"
    ).split(),
    "rPr": "rStyle rFonts b i color spacing w kern position sz szCs lang".split(),
}


@dataclass(frozen=True)
class Style:
    """A named style: what it is called, its typeface and size, how it stands."""

    name: str
    face: Typeface = Typeface.FANGSONG
    size: float = grid.BODY
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    indented: bool = False
    level: int = 0


TITLE = Style("公文标题", Typeface.XIAOBIAOSONG, grid.TITLE, WD_ALIGN_PARAGRAPH.CENTER)
SUBTITLE = Style("公文副题", Typeface.KAITI, align=WD_ALIGN_PARAGRAPH.CENTER)
BODY = Style("公文正文", indented=True)
FLUSH = Style("公文顶格", align=WD_ALIGN_PARAGRAPH.LEFT)
HEADINGS = (
    Style("公文一级标题", Typeface.HEITI, indented=True, level=1),
    Style("公文二级标题", Typeface.KAITI, indented=True, level=2),
    Style("公文三级标题", indented=True, level=3),
    Style("公文四级标题", indented=True, level=4),
)
ATTACHED = Style("公文附件", Typeface.HEITI, align=WD_ALIGN_PARAGRAPH.LEFT)
IMPRINT = Style("公文版记", size=grid.SMALL, align=WD_ALIGN_PARAGRAPH.LEFT)
CELL = Style("公文表格", size=12.0, align=WD_ALIGN_PARAGRAPH.CENTER)
NUMBER = Style("公文页码", Typeface.SONGTI, grid.SMALL, WD_ALIGN_PARAGRAPH.LEFT)
MARK = Style("公文编辑稿", Typeface.SONGTI, 10.5, WD_ALIGN_PARAGRAPH.CENTER)
STYLES = (TITLE, SUBTITLE, BODY, FLUSH, *HEADINGS, ATTACHED, IMPRINT, CELL, NUMBER, MARK)


def element(tag: str, **attributes: object) -> BaseOxmlElement:
    """A `w:` element with `w:` attributes."""
    made: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def put(parent: BaseOxmlElement, child: BaseOxmlElement) -> None:
    """Add a child in place of what stood there of its kind."""
    for old in parent.findall(child.tag):
        parent.remove(old)
    parent.append(child)


def write_in(properties: BaseOxmlElement, face: Typeface, size: float = 0.0) -> None:
    """The font of a run or a style, for hanzi and for everything else, and its size."""
    name = FONTS[face]
    put(properties, element("rFonts", ascii=name, hAnsi=name, cs=name, eastAsia=name, hint="eastAsia"))
    if size:
        put(properties, element("sz", val=int(size * 2)))
        put(properties, element("szCs", val=int(size * 2)))


def _style(word: Word, told: Style) -> None:
    style = word.styles.add_style(told.name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style = word.styles["Normal"]
    style.quick_style = True
    run, paragraph = style.element.get_or_add_rPr(), style.element.get_or_add_pPr()
    write_in(run, told.face, told.size)
    if told.size == grid.BODY:
        put(run, element("spacing", val=TIGHTER))
    high = (
        {"line": LINE, "lineRule": "exact"} if told not in (CELL, NUMBER, MARK) else {"line": 240, "lineRule": "auto"}
    )
    put(paragraph, element("spacing", before=0, after=0, **high))
    put(paragraph, element("snapToGrid", val=0))
    for loose in LOOSE:
        put(paragraph, element(loose, val=0))
    if told.indented:
        put(paragraph, element("ind", firstLineChars=200, firstLine=INDENT))
    style.paragraph_format.alignment = told.align
    style.paragraph_format.widow_control = False
    if told.level:
        put(paragraph, element("outlineLvl", val=told.level - 1))


def _plain(word: Word) -> None:
    """What the library's own template brings along, taken out: fonts of a theme, a picture of the template."""
    for fonts in word.styles.element.iter(qn("w:rFonts")):
        for name in [one for one in fonts.attrib if str(one).endswith("Theme")]:
            del fonts.attrib[name]
    normal = word.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    write_in(normal.element.get_or_add_rPr(), Typeface.FANGSONG, grid.BODY)
    put(normal.element.get_or_add_rPr(), element("lang", val="en-US", eastAsia="zh-CN"))
    package = word.part.package
    for key in [key for key, rel in package.rels.items() if rel.reltype.endswith("/thumbnail")]:
        del package.rels[key]


def _fonts(word: Word) -> None:
    """The table of fonts: with what each is replaced on a machine that has it not."""
    table = element("fonts")
    for name, others in STAND_INS.items():
        font = element("font", name=name)
        font.append(element("altName", val=others))
        font.append(element("charset", val="86"))
        font.append(element("family", val="auto"))
        font.append(element("pitch", val="variable"))
        table.append(font)
    part = next(part for part in word.part.package.iter_parts() if str(part.partname) == "/word/fontTable.xml")
    part._blob = serialize_part_xml(table)


def _page(word: Word, mark: str) -> None:
    section, told = word.sections[0], word.sections[0]._sectPr
    section.page_width, section.page_height = Mm(grid.PAGE_WIDTH), Mm(grid.PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Twips(MARGINS["top"]), Twips(MARGINS["bottom"])
    section.left_margin, section.right_margin = Twips(MARGINS["left"]), Twips(MARGINS["right"])
    section.gutter, section.header_distance, section.footer_distance = Mm(0), HEADER, FOOTER
    # Cells in both directions come out as half as many characters a line in LibreOffice: lines here, characters by TIGHTER.
    put(told, element("docGrid", type="lines", linePitch=LINE))
    word.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right")
    _number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left")
    for header in (section.header, section.even_page_header):
        first(header, MARK).add_run(mark)


def first(part: _Header | _Footer, style: Style) -> WordParagraph:
    """The first paragraph of a header or footer of its own, in a style."""
    part.is_linked_to_previous = False
    paragraph: WordParagraph = part.paragraphs[0]
    paragraph.style = style.name
    return paragraph


def _number(footer: _Footer, align: WD_ALIGN_PARAGRAPH, side: str) -> None:
    """—1— at the outer edge, one character in (7.5)."""
    paragraph = first(footer, NUMBER)
    paragraph.alignment = align
    put(paragraph._p.get_or_add_pPr(), element("ind", **{f"{side}Chars": 100, side: int(grid.SMALL * 20)}))
    paragraph.add_run("—")
    for kind in ("begin", "separate", "end"):
        if kind == "end":
            paragraph.add_run("1")
        run = paragraph.add_run()._r
        run.append(element("fldChar", fldCharType=kind))
        if kind == "begin":
            words = element("instrText")
            words.text = " PAGE "
            paragraph.add_run()._r.append(words)
    paragraph.add_run("—")


def _settings(word: Word) -> None:
    told = word.settings.element
    put(told, element("characterSpacingControl", val="compressPunctuation"))
    mode = element("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    compat = told.find(qn("w:compat"))
    if compat is None:
        compat = element("compat")
        told.append(compat)
    for old in compat.findall(qn("w:compatSetting")):
        compat.remove(old)
    compat.append(mode)
    _in_order(told, SETTINGS)


# Those of the settings that the template has, in the order of the schema; what is none of them keeps its place behind them.
SETTINGS = (
    "writeProtection view zoom removePersonalInformation embedTrueTypeFonts mirrorMargins bordersDoNotSurroundHeader "
    "bordersDoNotSurroundFooter proofState attachedTemplate stylePaneFormatFilter defaultTabStop evenAndOddHeaders "
    "drawingGridHorizontalSpacing drawingGridVerticalSpacing displayHorizontalDrawingGridEvery "
    "displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin characterSpacingControl savePreviewPicture "
    "footnotePr endnotePr compat docVars rsids mathPr attachedSchema themeFontLang clrSchemeMapping shapeDefaults "
    "decimalSymbol listSeparator"
).split()


def _in_order(parent: BaseOxmlElement, order: Sequence[str]) -> None:
    """The children as the schema wants them, by their names."""
    place = {name: at for at, name in enumerate(order)}
    parent[:] = sorted(parent, key=lambda child: place.get(str(child.tag).rpartition("}")[2], len(place)))


def prepare(word: Word, mark: str) -> None:
    """Set up the sheet, with what stands above every page: nothing of the library's own template is left that would be seen."""
    _plain(word)
    for told in STYLES:
        _style(word, told)
    _fonts(word)
    _page(word, mark)
    _settings(word)


def finish(word: Word) -> None:
    """Bring the properties of every paragraph and run into the order of the schema, or Word calls the file damaged."""
    section = word.sections[0]
    parts = (section.footer, section.even_page_footer, section.header, section.even_page_header)
    for root in (word.element, word.styles.element, *(part._element for part in parts)):
        for name, order in ORDER.items():
            for properties in root.iter(qn(f"w:{name}")):
                _in_order(properties, order)
