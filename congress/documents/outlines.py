"""Outlines of the fonts embedded in a PDF: where the ink of a glyph is."""

from __future__ import annotations

import io
from typing import Any

from fontTools.cffLib import CFFFontSet
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

Outlines = tuple[Any, list[str], int]  # glyphs by name, names by glyph number, units in one em
Box = tuple[float, float, float, float]


def load(data: bytes) -> Outlines:
    """Read an embedded font program, OpenType or bare CFF."""
    if data[:4] in (b"OTTO", b"\0\1\0\0", b"true"):
        font = TTFont(io.BytesIO(data))
        return font.getGlyphSet(), font.getGlyphOrder(), font["head"].unitsPerEm
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    return fonts[0].CharStrings, fonts[0].charset, 1000


def ink(outlines: Outlines, code: int) -> Box | None:
    """Bounds of a glyph in em (left, bottom, right, top), None when nothing is drawn."""
    glyphs, order, units = outlines
    name = f"cid{code:05d}" if f"cid{code:05d}" in glyphs else order[code] if code < len(order) else None
    if name is None:
        return None
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    return pen.bounds and tuple(v / units for v in pen.bounds)
