"""Which font file sets which character, and how wide it is.

The standard names five typefaces. Each has a stack: the office's own licensed font when somebody put it into the
``office`` folder, then the free stand-in, then a font that covers all of 通用规范汉字表. A character that no font of the
stack has is refused by name, because a renderer would otherwise draw an empty box without a word.
"""

from __future__ import annotations

import os
import statistics
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from congress.names.characters import is_private

GETA = "〓"
BASE_DIR = Path(__file__).resolve().parent.parent.parent
Box = tuple[float, float, float, float]  # left, bottom, right, top
SAMPLE = "国图圆围固困园因四回团田中王重量直真目日里黑事更是县区镇村民表乡会议"  # tall hanzi to find the em-box by


class Typeface(StrEnum):
    """The typefaces of GB/T 9704, and the one in which lists of names are set whole."""

    FANGSONG = "仿宋"
    KAITI = "楷体"
    HEITI = "黑体"
    SONGTI = "宋体"
    XIAOBIAOSONG = "小标宋"
    NAME = "姓名"


FAMILY = {
    Typeface.FANGSONG: "GWFangSong",
    Typeface.KAITI: "GWKaiTi",
    Typeface.HEITI: "GWHeiTi",
    Typeface.SONGTI: "GWSongTi",
    Typeface.XIAOBIAOSONG: "GWXiaoBiaoSong",
}
FREE = {
    Typeface.FANGSONG: "FandolFang-Regular.otf",
    Typeface.KAITI: "FandolKai-Regular.otf",
    Typeface.HEITI: "FandolHei-Regular.otf",
    Typeface.SONGTI: "FandolSong-Regular.otf",
    Typeface.XIAOBIAOSONG: "GWXiaoBiaoSong.otf",
}
OFFICE = {  # names (any language) under which offices hold the licensed fonts, best first
    Typeface.FANGSONG: ("仿宋_GB2312", "FangSong_GB2312", "方正仿宋_GBK", "仿宋", "FangSong"),
    Typeface.KAITI: ("楷体_GB2312", "KaiTi_GB2312", "方正楷体_GBK", "楷体", "KaiTi"),
    Typeface.HEITI: ("方正黑体_GBK", "黑体", "SimHei"),
    Typeface.SONGTI: ("宋体", "SimSun", "方正书宋_GBK"),
    Typeface.XIAOBIAOSONG: ("方正小标宋_GBK", "方正小标宋简体", "FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S"),
}
SERIF, SANS = ("GWSerifSC", "NotoSerifSC-Regular.otf"), ("GWSansSC", "NotoSansSC-Regular.otf")
FALLBACK = {
    Typeface.KAITI: (SERIF, SANS),
    Typeface.HEITI: (SANS, SERIF),
}


class MissingGlyph(ValueError):
    """No font holds a character. ``missing`` lists (character, where it stands)."""

    def __init__(self, missing: Iterable[tuple[str, str]]):
        self.missing = list(dict.fromkeys(missing))
        named = "、".join(
            f"U+{ord(c):04X}“{c}”（{where}）" if where else f"U+{ord(c):04X}" for c, where in self.missing
        )
        super().__init__(f"现有字体没有下列字符，不能印发：{named}。请改用通用规范汉字，或者安装含有该字的字体。")


class FontsMissing(RuntimeError):
    """The font folder does not hold a font the standard needs. ``args`` name the folder and the file."""


def folder() -> Path:
    """The font folder: CONGRESS_FONTS_DIR, or ``var/fonts`` beside the project."""
    return Path(os.environ.get("CONGRESS_FONTS_DIR") or BASE_DIR / "var" / "fonts")


def folders() -> list[Path]:
    """Every folder fonts may be read from, the office's own first."""
    base = folder()
    return [base / "office", base, base / "face", base.with_name(base.name + "-face")]


# fontTools reads a font piece by piece, whenever it is asked, and comes apart when two threads ask at once. So only the
# functions below touch an opened font, each alone; what leaves them are plain values.
_ALONE = threading.RLock()


@dataclass(frozen=True)
class _Program:
    """An opened font and what is asked of it for every character. Values in font units."""

    font: TTFont
    characters: dict[int, str]
    advances: dict[str, tuple[int, int]]
    units: int
    ascent: int
    descent: int


@lru_cache(maxsize=64)
def _opened(path: Path) -> _Program:
    font = TTFont(path, lazy=True, fontNumber=0)  # @font-face can load no other font of a collection
    header, metrics = font["hhea"], font["OS/2"]
    ascent, descent = header.ascent, abs(header.descent)
    if metrics.fsSelection & 0x80 or not (ascent or descent):  # USE_TYPO_METRICS
        ascent, descent = metrics.sTypoAscender, abs(metrics.sTypoDescender)
    characters, advances = font.getBestCmap(), font["hmtx"].metrics
    return _Program(font, characters, advances, font["head"].unitsPerEm, ascent, descent)


def _program(path: Path) -> _Program:
    with _ALONE:
        return _opened(path)


@lru_cache(maxsize=4096)
def _bounds(path: Path, glyph: str) -> Box | None:
    with _ALONE:
        glyphs = _opened(path).font.getGlyphSet()
        pen = BoundsPen(glyphs)
        glyphs[glyph].draw(pen)
        drawn: Box | None = pen.bounds
        return drawn


@dataclass(frozen=True)
class Face:
    """One font file under the CSS family name by which the documents call it. Safe between threads."""

    family: str
    path: Path

    @cached_property
    def characters(self) -> dict[int, str]:
        """Code point → glyph name."""
        return _program(self.path).characters

    @cached_property
    def _advances(self) -> dict[str, tuple[int, int]]:
        return _program(self.path).advances

    @cached_property
    def units(self) -> int:
        """Font units in one em."""
        return _program(self.path).units

    def has(self, character: str) -> bool:
        """True when the font draws the character."""
        return ord(character) in self.characters

    def advance(self, character: str) -> float:
        """Width of a character in em."""
        return self._advances[self.characters[ord(character)]][0] / self.units

    def ink(self, character: str) -> Box | None:
        """Bounds of the drawn shape in em, None when nothing is drawn."""
        bounds = _bounds(self.path, self.characters[ord(character)])
        if bounds is None:
            return None
        left, bottom, right, top = bounds
        return left / self.units, bottom / self.units, right / self.units, top / self.units

    @cached_property
    def centre(self) -> float:
        """Height of the middle of a hanzi above the baseline, in em: free fonts differ here by up to 0.08."""
        bounds = [self.ink(c) for c in SAMPLE if self.has(c)]
        middles = [(b[1] + b[3]) / 2 for b in bounds if b and b[3] - b[1] > 0.75]
        return statistics.median(middles) if middles else 0.38

    @cached_property
    def rise(self) -> float:
        """How far the baseline stands below the middle of a line box, in em: half of ascent less descent."""
        program = _program(self.path)
        return (program.ascent - program.descent) / 2 / self.units

    @property
    def drop(self) -> float:
        """How far a hanzi sits below the middle of its line box, in em."""
        return self.rise - self.centre


def _names(path: Path) -> set[str]:
    with TTFont(path, lazy=True, fontNumber=0) as font:  # of a collection, the first font is the one that can be used
        return {record.toUnicode() for record in font["name"].names if record.nameID in (1, 4, 6, 16)}


@lru_cache(maxsize=8)
def _office_fonts(directory: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    if directory.is_dir():
        for path in sorted(directory.iterdir()):
            if path.suffix.lower() in (".ttf", ".otf", ".ttc"):
                for name in _names(path) | {path.stem}:
                    found.setdefault(name, path)
    return found


def office_files(directory: Path) -> list[Path]:
    """The fonts an office has put into its folder."""
    return list(dict.fromkeys(_office_fonts(directory).values()))


def _locate(filename: str) -> Path:
    for directory in folders():
        if (directory / filename).is_file():
            return directory / filename
    raise FontsMissing(f"字体目录 {folder()} 中没有 {filename}，请先运行字体安装步骤。")


@lru_cache(maxsize=64)
def _stack(typeface: Typeface, base: Path) -> tuple[Face, ...]:
    faces: list[Face] = []
    if typeface != Typeface.NAME:
        office = _office_fonts(base / "office")
        own = next((office[name] for name in OFFICE[typeface] if name in office), None)
        if own:
            faces.append(Face(FAMILY[typeface] + "Office", own))
        faces.append(Face(FAMILY[typeface], _locate(FREE[typeface])))
    faces.extend(Face(family, _locate(filename)) for family, filename in FALLBACK.get(typeface, (SERIF, SANS)))
    return tuple(faces)


def stack(typeface: Typeface) -> tuple[Face, ...]:
    """The faces of a typeface, first choice first. Raises FontsMissing when the folder is incomplete."""
    return _stack(typeface, folder())


@lru_cache(maxsize=65536)
def _pick(faces: tuple[Face, ...], character: str) -> Face | None:
    return None if is_private(character) else next((face for face in faces if face.has(character)), None)


def lacks(typeface: Typeface, characters: Iterable[str]) -> list[str]:
    """Those of the characters that no font of a typeface's stack has."""
    faces = stack(typeface)
    return [character for character in characters if _pick(faces, character) is None]


def pick(typeface: Typeface, character: str, where: str = "") -> Face:
    """The face that sets a character. Raises MissingGlyph, naming ``where``, when there is none."""
    face = _pick(stack(typeface), character)
    if face is None:
        raise MissingGlyph([(character, where)])
    return face


def whole(typeface: Typeface, text: str, where: str = "") -> Face:
    """One face that has every character of a name, so that no name is set in two designs."""
    faces = stack(typeface)
    for face in faces:
        if all(face.has(c) and not is_private(c) for c in text):
            return face
    missing = [(c, where) for c in text if _pick(faces, c) is None]
    if missing:
        raise MissingGlyph(missing)
    return faces[-2]  # no single face has all: the widest one, the caller sets each character by pick()


def replaced(text: str, typeface: Typeface = Typeface.FANGSONG) -> tuple[str, list[str]]:
    """The text with 〓, the printers' mark for it, in place of every character no font has; and those characters."""
    faces = stack(typeface)
    missing = [c for c in dict.fromkeys(text) if c not in "\n\r" and _pick(faces, c) is None]
    return text.translate(dict.fromkeys(map(ord, missing), GETA)), missing


def width(text: str, typeface: Typeface) -> float:
    """Width of a text in em, each character in the face that would set it."""
    return sum(pick(typeface, c).advance(c) for c in text)
