"""What a character of a name is: a Chinese character, a part of one, or a code that only one machine can read."""

import unicodedata
from typing import Final

# GB 18030 gave these characters private code points before Unicode had them; Python's codec still maps 14 of the
# 80 codes FE50-FEA0 that way, and older systems hand over the rest (U+E863 for 䶮 is the one seen in names).
_LATE: Final = {
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE831: 0x215D7,
    0xE832: 0x9FB8,
    0xE83B: 0x2298F,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE855: 0x241FE,
    0xE864: 0x9FBB,
    0xE7C7: 0x1E3F,
    0xE7C8: 0x01F9,
}


def _private_map() -> dict[int, int]:
    table = dict(_LATE)
    trail = [low for low in range(0x50, 0xA1) if low != 0x7F]
    for offset, low in enumerate(trail):
        character = bytes((0xFE, low)).decode("gb18030")
        table.setdefault(0xE815 + offset, ord(character))
    for offset, vertical in enumerate((0xFE10, 0xFE12, 0xFE11, *range(0xFE13, 0xFE1A))):
        table[0xE78D + offset] = vertical
    return table


PRIVATE: Final = _private_map()
# Radicals that look exactly like a whole character: text copied out of a PDF is full of them. Unicode folds those of the
# Kangxi block itself (NFKC), of the supplement only two. What is left (⺮ ⺡ ⻌) is a part of a character and no name.
_RADICALS = "⺁⺒⺓⺛⺝⺠⺬⺴⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰"
_CHARACTERS = "厂巳幺旡月民示网虎西见角贝车长门青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齿龙"
RADICALS: Final = {ord(part): ord(whole) for part, whole in zip(_RADICALS, _CHARACTERS, strict=True)}
# Planes 2 and 3 are kept for Chinese characters: asking by range knows extensions newer than Python's own tables.
_HAN = ((0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FFFD), (0x30000, 0x3FFFD))
_INVISIBLE = (  # fillers and selectors that Unicode counts as letters or marks
    *((0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x3164, 0x3164)),
    *((0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xE0000, 0xE0FFF)),
)


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def is_han(char: str) -> bool:
    """Say whether one character is a Chinese character, of the newest extensions too."""
    return "\u4e00" <= char <= "\u9fff" or _within(ord(char), _HAN)


def is_letter(char: str) -> bool:
    """Say whether one character is a Chinese character, a letter of another script, or a mark over one."""
    return is_han(char) or char.isalpha() or unicodedata.category(char) in ("Mn", "Mc")


def is_private(char: str) -> bool:
    """True for a private-use code point, whose meaning depends on the machine that wrote it."""
    code = ord(char)
    return 0xE000 <= code <= 0xF8FF or 0xF0000 <= code <= 0x10FFFD


def is_radical(char: str) -> bool:
    """True for a radical or stroke that stands for a part of a character."""
    return 0x2E80 <= ord(char) <= 0x2FD5 or 0x31C0 <= ord(char) <= 0x31EF


def is_invisible(char: str) -> bool:
    """True for what nobody sees: blanks, controls, marks of direction, selectors of a glyph's variant."""
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf") or _within(ord(char), _INVISIBLE)


def standard(text: str) -> str:
    """Replace the private code points of GB 18030 by the Unicode characters they stand for; leave any other."""
    return text.translate(PRIVATE)


def named(char: str) -> str:
    """A character as a message can show it: itself in quotation marks, or its number where a screen may not draw it."""
    drawn = char.isprintable() and not is_private(char)
    return f"“{char}”" if drawn else f"U+{ord(char):04X}"
