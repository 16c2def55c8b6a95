"""A name in the writing of a nationality, beneath the Chinese one (选举法二十三): what can be set, in which font, which way.

The layout engine joins and stacks letters by itself where it is given a whole text in one font; so a name is never set
character by character here, and one font has to have all of it. Traditional Mongolian stands upright, which no line of ours does.
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from congress.names.characters import is_invisible, is_private, named

from .fonts import Face, Typeface, folder, office_files, stack

if TYPE_CHECKING:
    from .markup import Setter

UPRIGHT = (0x1800, 0x18AF)
HAN = "CJK "
BREAKS = ";white-space:normal;overflow-wrap:anywhere"
BLANK = 0.3  # em


@lru_cache(maxsize=8)
def _faces(base: Path) -> tuple[Face, ...]:
    own = sorted(set(office_files(base / "office")))
    return (*stack(Typeface.NAME), *(Face(f"GWWriting{at}", path) for at, path in enumerate(own)))


def face_of(text: str) -> Face | None:
    """The font that sets a whole name: one of the house's, else one the office has put beside them."""
    letters = set(text) - {" "}
    return next((face for face in _faces(folder()) if all(map(face.has, letters))), None)


def from_right(text: str) -> bool:
    """Whether a text is read from the right."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def problem(text: str) -> str:
    """Why a name in another writing cannot be set, as a sentence that names the character; "" where it can."""
    odd = next((char for char in text if char != " " and (is_invisible(char) or is_private(char))), "")
    if odd:
        return f"“{text}”中有看不见的或者不是标准编码的字符（U+{ord(odd):04X}），请重新录入。"
    if any(unicodedata.name(char, "").startswith(HAN) for char in text):
        return "这里填当地文字的姓名，汉字的姓名填在“姓名”里。"
    if not any(char.isalpha() for char in text):
        return "当地文字的姓名里没有文字。"
    if any(UPRIGHT[0] <= ord(char) <= UPRIGHT[1] for char in text):
        return "传统蒙古文竖写，现在的名单和选票横排，不能印制；请另行印制蒙古文选票。"
    if face_of(text) is None:
        lacking = [
            char for char in dict.fromkeys(text) if char != " " and not any(f.has(char) for f in _faces(folder()))
        ]
        which = "、".join(f"{named(char)}（U+{ord(char):04X}）" for char in lacking) or "整个姓名"
        return f"“{text}”中的{which}现有字体没有，名单和选票不能印制；请把这种文字的字体放入字体目录的office文件夹。"
    return ""


def set_whole(setter: Setter, text: str, size: float, *, breaks: bool = False) -> str:
    """A name as an element in its own direction, whole in one font, in several lines where it `breaks`; what no font has is
    noted as missing."""
    face = face_of(text)
    if face is None:
        setter.missing.append((next(char for char in text if char != " "), text))
        return ""
    setter.faces.add(face)
    way = "rtl" if from_right(text) else "ltr"
    style = f"font-family:{face.family};font-size:{size}pt{BREAKS * breaks}"
    return f'<span style="{style}" dir="{way}">{escape(text)}</span>'


def lines(text: str, room: float) -> int:
    """In how many lines of so many em the engine breaks a name: letters that join are no wider than they stand alone."""
    face = face_of(text) if text else None
    if face is None:
        return 0
    number, used = 1, 0.0
    for word in text.split():
        wide = sum(face.advance(char) for char in word)
        if used and used + BLANK + wide > room:
            number, used = number + 1, 0.0
        over = max(0, math.ceil(wide / room) - 1)
        number, used = number + over, (used + BLANK * bool(used) + wide) - over * room
    return number
