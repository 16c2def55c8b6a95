"""Read a PDF back as glyphs, lines and rules with their places on the paper, in millimetres from the top left corner.

Only what was drawn counts: sizes come from the text matrices, heights from the outlines of the embedded fonts.
"""

from __future__ import annotations

import io
import re
import statistics
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import apply_matrix_pt

from . import grid, outlines

MM = 1 / grid.POINTS
HANZI = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
ROLES = (  # part of a font name → typeface; the first that fits
    (r"小标宋|xiaobiao", "小标宋"),
    (r"仿宋|fang", "仿宋"),
    (r"楷|kai", "楷体"),
    (r"黑|hei|sans", "黑体"),
    (r"宋|song|sun|serif|ming", "宋体"),
)
MARKS = frozenset("，。、；：？！）》〉】〕」』”’")  # their right half is blank and may hang over the edge
LEGIBLE = 100.0  # points: anything larger and grey is a watermark


def role(font: str) -> str:
    """The typeface a font name stands for, or the name itself."""
    name = font.split("+")[-1]
    for pattern, typeface in ROLES:
        if re.search(pattern, name, re.I):
            bold = typeface == "宋体" and re.search("bold|black|heavy", name, re.I)
            return "小标宋" if bold else typeface
    return name


@dataclass
class Glyph:
    """One drawn glyph. ``y`` is the baseline; ``top`` and ``bottom`` are the edges of the em-box."""

    char: str
    code: int
    font: str
    size: float
    x: float
    y: float
    width: float
    colour: Any
    upright: bool = True
    centre: float = 0.38
    ink: tuple[float, float, float, float] | None = None

    @property
    def em(self) -> float:
        """Millimetres of one em."""
        return self.size * MM

    @property
    def top(self) -> float:
        """Upper edge of the em-box."""
        return self.y - (self.centre + 0.5) * self.em

    @property
    def bottom(self) -> float:
        """Lower edge of the em-box."""
        return self.y + (0.5 - self.centre) * self.em

    @property
    def right(self) -> float:
        """Right edge of the advance."""
        return self.x + self.width

    @property
    def role(self) -> str:
        """Typeface."""
        return role(self.font)

    @property
    def watermark(self) -> bool:
        """Large, light and turned: the mark of a draft."""
        return self.size >= LEGIBLE and shade(self.colour) == "grey"


@dataclass(frozen=True)
class Rule:
    """A drawn line or thin box."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: Any

    @property
    def vertical(self) -> bool:
        """A vertical rule of a table."""
        return self.x1 - self.x0 < 1 and self.y1 - self.y0 > 5

    @property
    def horizontal(self) -> bool:
        """A horizontal rule."""
        return self.y1 - self.y0 < 1 and self.x1 - self.x0 > 5


@dataclass
class Line:
    """Glyphs on one baseline, from left to right."""

    page: int
    glyphs: list[Glyph]

    @cached_property
    def text(self) -> str:
        """Its characters."""
        return "".join(g.char for g in self.glyphs)

    @property
    def x(self) -> float:
        """Left edge."""
        return self.glyphs[0].x

    @property
    def right(self) -> float:
        """Right edge."""
        return self.glyphs[-1].right

    @property
    def y(self) -> float:
        """Baseline of the most common height."""
        return statistics.median(g.y for g in self.glyphs)

    @cached_property
    def size(self) -> float:
        """Size of most glyphs, in points."""
        return statistics.mode(round(g.size, 1) for g in self.glyphs)

    @cached_property
    def role(self) -> str:
        """Typeface of most glyphs."""
        return statistics.mode(g.role for g in self.glyphs)

    @property
    def cells(self) -> float:
        """Natural width in characters, without what squeezing and spreading did."""
        return sum(min(1.0, round(g.width / g.em, 2)) if g.width / g.em < 0.93 else 1.0 for g in self.glyphs)


@dataclass
class Page:
    """One page: everything drawn on it."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    @property
    def wide(self) -> bool:
        """Turned on its side."""
        return self.width > self.height

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the type area."""
        if self.wide:
            return grid.TOP, grid.LEFT, grid.TOP + grid.AREA_HEIGHT, grid.LEFT + grid.AREA_WIDTH
        return grid.LEFT, grid.TOP, grid.LEFT + grid.AREA_WIDTH, grid.TOP + grid.AREA_HEIGHT

    @cached_property
    def visible(self) -> list[Glyph]:
        """Glyphs that are no space and no watermark."""
        return [g for g in self.glyphs if g.char.strip() and not g.watermark]

    @cached_property
    def _last(self) -> float:
        """Baseline of what stands lowest, when that is below the type area: the page number."""
        lowest = max((g.y for g in self.visible), default=0.0)
        return lowest if lowest > self.edges[3] + 3 else self.height

    @cached_property
    def body(self) -> list[Glyph]:
        """Everything but the page number."""
        return [g for g in self.visible if g.y < self._last - 0.6]

    @cached_property
    def footer(self) -> list[Glyph]:
        """The page number, from left to right."""
        return sorted((g for g in self.visible if g.y >= self._last - 0.6), key=lambda g: g.x)

    @cached_property
    def lines(self) -> list[Line]:
        """Lines of the type area, from top to bottom."""
        rows: list[list[Glyph]] = []
        for glyph in sorted(self.body, key=lambda g: (g.y, g.x)):
            if rows and glyph.y - rows[-1][-1].y < 0.6:
                rows[-1].append(glyph)
            else:
                rows.append([glyph])
        return [Line(self.number, sorted(row, key=lambda g: g.x)) for row in rows]

    @cached_property
    def tables(self) -> list[tuple[float, float]]:
        """Heights between which vertical rules stand: text there is in cells."""
        zones: list[tuple[float, float]] = []
        for rule in sorted((r for r in self.rules if r.vertical), key=lambda r: r.y0):
            if zones and rule.y0 <= zones[-1][1] + 1:
                zones[-1] = (zones[-1][0], max(zones[-1][1], rule.y1))
            else:
                zones.append((rule.y0, rule.y1))
        return zones

    def in_table(self, line: Line) -> bool:
        """True when a line stands between the rules of a table."""
        return any(top < line.y < bottom for top, bottom in self.tables)


@dataclass(frozen=True)
class Font:
    """What the PDF holds of one font."""

    name: str
    embedded: bool
    subset: bool
    readable: bool
    identity: bool


@dataclass
class Measured:
    """A whole PDF."""

    pages: list[Page]
    fonts: list[Font]
    title: str
    lang: str
    pdfa: str


class _Reader(PDFLayoutAnalyzer):
    """Takes down every glyph and path as the interpreter meets them."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager, laparams=None)
        self.pages: list[Page] = []

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        """Start a page."""
        x0, y0, x1, y1 = page.mediabox
        self._top = y1
        self._left = x0
        self.pages.append(Page(len(self.pages) + 1, (x1 - x0) * MM, (y1 - y0) * MM))

    def end_page(self, page: PDFPage) -> None:
        """The analyser's own layout is never begun; the glyphs are taken down already."""

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Drawings are part of the page."""

    def end_figure(self, name: str) -> None:
        """Drawings are part of the page."""

    def render_image(self, name: str, stream: Any) -> None:
        """Pictures are not measured."""

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        """Take down one glyph and return its advance in points."""
        try:
            char = font.to_unichr(cid)
        except (KeyError, ValueError, LookupError):
            char = "\ufffd"
        advance: float = font.char_width(cid) * fontsize * scaling
        a, b, _, d, e, f = matrix
        name = font.fontname if isinstance(font.fontname, str) else font.fontname.decode()
        upright = abs(b) < 1e-6
        scale = abs(d) if upright else (a * a + b * b) ** 0.5
        place = {
            "x": (e - self._left) * MM,
            "y": (self._top - f) * MM,
            "width": advance * abs(a if upright else scale) * MM,
        }
        colour = graphicstate.ncolor
        self.pages[-1].glyphs.append(Glyph(char, cid, name, fontsize * scale, **place, colour=colour, upright=upright))
        return advance

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        """Note the box of every subpath: rules are drawn as lines or as thin rectangles."""
        subpaths: list[list[tuple[float, float]]] = []
        for command, *numbers in path:
            if command == "re":
                x, y, width, height = numbers
                subpaths.append([(x, y), (x + width, y + height)])
            elif command == "m" or not subpaths:
                subpaths.append([(numbers[0], numbers[1])])
            else:
                subpaths[-1] += [(numbers[i], numbers[i + 1]) for i in range(0, len(numbers) - 1, 2)]
        colour = gstate.ncolor if fill else gstate.scolor
        for points in subpaths:
            placed = [apply_matrix_pt(self.ctm, point) for point in points]
            xs = [(x - self._left) * MM for x, _ in placed]
            ys = [(self._top - y) * MM for _, y in placed]
            self.pages[-1].rules.append(Rule(min(xs), min(ys), max(xs), max(ys), colour))


def shade(colour: Any) -> str:
    """black, red, grey or other."""
    values = (colour,) if isinstance(colour, int | float) else tuple(colour or (0,))
    if len(values) == 4:
        c, m, y, k = values
        values = tuple((1 - v) * (1 - k) for v in (c, m, y))
    if all(v == 0 for v in values):
        return "black"
    if len(values) == 3 and values[0] > 0.7 and values[1] < 0.4 and values[2] < 0.4:
        return "red"
    return "grey" if max(values) - min(values) < 0.02 else "other"


def _measure_ink(pages: list[Page], programs: dict[str, bytes]) -> None:
    """Give every glyph its ink, and the height of the middle of a hanzi in its font."""
    used: dict[str, dict[int, list[Glyph]]] = defaultdict(lambda: defaultdict(list))
    for page in pages:
        for glyph in page.glyphs:
            used[glyph.font][glyph.code].append(glyph)
    for name, codes in used.items():
        data = programs.get(name)
        if not data:
            continue
        shapes = outlines.load(data)
        inks = {code: outlines.ink(shapes, code) for code in codes}
        tall = [i for c, i in inks.items() if i and i[3] - i[1] > 0.75 and HANZI.match(codes[c][0].char or " ")]
        centre = statistics.median((i[1] + i[3]) / 2 for i in tall) if len(tall) >= 3 else None
        for code, glyphs in codes.items():
            for glyph in glyphs:
                glyph.ink = inks[code]
                glyph.centre = (
                    centre if centre is not None else 0.30 if "GWSerif" not in name and "GWSans" not in name else 0.37
                )


def _fonts(pdf: pikepdf.Pdf) -> tuple[list[Font], dict[str, bytes]]:
    fonts: dict[tuple[int, int], Font] = {}
    programs: dict[str, bytes] = {}
    for page in pdf.pages:
        for font in (page.get("/Resources", {}).get("/Font", {}) or {}).values():
            if font.objgen in fonts:
                continue
            name = str(font.get("/BaseFont", "?"))[1:]
            holder = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
            descriptor = holder.get("/FontDescriptor", {})
            key = next((k for k in ("/FontFile3", "/FontFile2", "/FontFile") if k in descriptor), None)
            if key in ("/FontFile3", "/FontFile2"):
                programs[name] = bytes(descriptor[key].read_bytes())
            encoding = font.get("/Encoding")
            identity = isinstance(encoding, pikepdf.Name) and str(encoding) in ("/Identity-H", "/Identity-V")
            subset = bool(re.match(r"[A-Z]{6}\+", name))
            fonts[font.objgen] = Font(name, key is not None, subset, "/ToUnicode" in font, identity)
    return list(fonts.values()), programs


def measure(data: bytes, most: int = 0) -> Measured:
    """Measure a PDF, or its first pages where `most` is given. Raises pikepdf.PdfError when the bytes are not a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts, programs = _fonts(pdf)
        title = str(pdf.docinfo.get("/Title", "")) if "/Info" in pdf.trailer else ""
        lang = str(pdf.Root.get("/Lang", ""))
        with pdf.open_metadata() as meta:
            pdfa = meta.pdfa_status
    manager = PDFResourceManager()
    reader = _Reader(manager)
    interpreter = PDFPageInterpreter(manager, reader)
    if all(font.identity for font in fonts):  # otherwise glyphs were missing and codes mean nothing
        for page in PDFPage.get_pages(io.BytesIO(data), maxpages=most):
            interpreter.process_page(page)
        _measure_ink(reader.pages, programs)
    return Measured(reader.pages, fonts, title, lang, pdfa)
