"""The part of the style sheet that follows from the fonts: faces, page margins, page numbers.

Fonts differ in where a hanzi sits in its line box. The margins are therefore computed from the font files, so that the
characters, not their line boxes, touch the edges of the type area whatever font an office installs.
"""

from __future__ import annotations

from collections.abc import Iterable

from . import grid
from .fonts import Face, Typeface, stack

SLACK = 0.05  # mm of page height kept free so that rounding never pushes line 22 over


def em(points: float) -> float:
    """Millimetres of one em at a size in points."""
    return points / grid.POINTS


def above(face: Face, size: float, line: float = grid.PITCH) -> float:
    """Distance (mm) from the top of a line box to the top of the hanzi in it."""
    return line / 2 + (face.drop - 0.5) * em(size)


def font_faces(faces: Iterable[Face]) -> str:
    """@font-face rules for the faces a document uses."""
    rule = '@font-face {{ font-family: {}; src: url("{}"); font-weight: 400 }}\n'
    return "".join(rule.format(face.family, face.path.resolve().as_uri()) for face in sorted(set(faces), key=str))


def number_padding(page_bottom: float, area_bottom: float) -> float:
    """Padding (mm) above the page number that puts its dash 7 mm below the type area (7.5)."""
    face = stack(Typeface.SONGTI)[0]
    ink = face.ink("—") or (0, 0, 0, 0)
    dash = (ink[1] + ink[3]) / 2
    below_top = em(grid.SMALL) * (0.5 + face.rise - dash)
    return area_bottom + grid.PAGE_NUMBER_DROP - page_bottom - below_top


def _numbers(name: str, padding: float) -> str:
    family = stack(Typeface.SONGTI)[0].family
    text = f'content: "—" counter(page) "—"; font: {grid.SMALL}pt/{grid.SMALL}pt {family}; vertical-align: top; white-space: nowrap'
    rule = "@page {0}:{1} {{ @bottom-{1} {{ {2}; text-align: {1}; padding: {3:.4f}mm {4} }} }}\n"
    inset = f"{grid.SMALL}pt"
    return rule.format(name, "right", text, padding, f"{inset} 0 0") + rule.format(
        name, "left", text, padding, f"0 0 {inset}"
    )


def page_rule(
    name: str = "",
    *,
    width: float = grid.PAGE_WIDTH,
    height: float = grid.PAGE_HEIGHT,
    top: float = grid.TOP,
    left: float = grid.LEFT,
    area: tuple[float, float] = (grid.AREA_WIDTH, grid.AREA_HEIGHT),
    shift: float = 0.0,
    extra: float = 0.0,
) -> str:
    """An @page rule whose text touches the type area ``area`` at (left, top). Lengths mm.

    ``shift`` is how far characters stand below the page box, ``extra`` how much taller than the area the box is.
    """
    upper = top - shift
    content = area[1] + extra
    lower = height - upper - content
    padding = number_padding(upper + content, top + area[1])
    footnote = f"@footnote {{ margin: 0 0 {upper + content - top - area[1]:.4f}mm 0; border: none; padding: 0 }}"
    margins = f"{upper:.4f}mm {width - left - area[0]:.4f}mm {lower:.4f}mm {left:.4f}mm"
    return f"@page {name} {{ size: {width}mm {height}mm; margin: {margins}; {footnote} }}\n" + _numbers(name, padding)


def official_page(name: str = "") -> str:
    """The portrait page of 22 lines: 22 line boxes are one interlinear space taller than the 22 lines themselves."""
    face = stack(Typeface.FANGSONG)[0]
    boxes = grid.LINES * grid.PITCH
    return page_rule(name, shift=above(face, grid.BODY), extra=boxes - grid.AREA_HEIGHT + SLACK)


def wide_page(name: str = "wide") -> str:
    """The turned page for wide tables: the same type area on its side (clause 8)."""
    return page_rule(
        name,
        width=grid.PAGE_HEIGHT,
        height=grid.PAGE_WIDTH,
        top=grid.LEFT,
        left=grid.TOP,
        area=(grid.AREA_HEIGHT, grid.AREA_WIDTH),
    )
