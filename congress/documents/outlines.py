"""Outlines of the fonts embedded in a PDF: where the ink of a glyph is."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from fontTools.cffLib import CFFFontSet
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

Box = tuple[float, float, float, float]
# Ours have no subroutines: what a glyph draws is said by its own program, the same in every paper that has the glyph.
_NO_SUBROUTINES = SimpleNamespace(nominalWidthX=0, defaultWidthX=0)
_KEPT = 8192  # glyphs, of half a kilobyte each: the hanzi of several years' papers in three faces


@dataclass(frozen=True)
class Outlines:
    """Glyphs by name, names by glyph number, units in one em, and whether each glyph is drawn by its own program alone."""

    glyphs: Any
    order: list[str]
    units: int
    alone: bool


def load(data: bytes) -> Outlines:
    """Read an embedded font program, OpenType or bare CFF."""
    if data[:4] not in (b"OTTO", b"\0\1\0\0", b"true"):
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(data), None)
        return _compact(fonts, 1000)
    font = TTFont(io.BytesIO(data))
    units = font["head"].unitsPerEm
    if "CFF " in font:
        return _compact(font["CFF "].cff, units)
    return Outlines(font.getGlyphSet(), font.getGlyphOrder(), units, False)


def _compact(fonts: CFFFontSet, units: int) -> Outlines:
    top = fonts[0]
    parts = getattr(top, "FDArray", None) or [top]
    called = len(fonts.GlobalSubrs) + sum(len(getattr(one.Private, "Subrs", ())) for one in parts)
    return Outlines(top.CharStrings, top.charset, units, not called)


def ink(outlines: Outlines, code: int) -> Box | None:
    """Bounds of a glyph in em (left, bottom, right, top), None when nothing is drawn."""
    glyphs, order = outlines.glyphs, outlines.order
    name = f"cid{code:05d}" if f"cid{code:05d}" in glyphs else order[code] if code < len(order) else None
    if name is None:
        return None
    glyph = glyphs[name]
    bounds = _drawn_alone(glyph.bytecode) if outlines.alone and glyph.bytecode else _drawn(glyph, glyphs)
    if not bounds:
        return None
    left, bottom, right, top = (edge / outlines.units for edge in bounds)
    return left, bottom, right, top


@lru_cache(maxsize=_KEPT)
def _drawn_alone(program: bytes) -> Box | None:
    return _drawn(T2CharString(bytecode=program, private=_NO_SUBROUTINES, globalSubrs=()), {})


def _drawn(glyph: Any, glyphs: Any) -> Box | None:
    pen = BoundsPen(glyphs)
    glyph.draw(pen)
    bounds: Box | None = pen.bounds
    return bounds
