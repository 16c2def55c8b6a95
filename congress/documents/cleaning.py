"""Repair what offices paste: stray spaces, half-width marks, private code points. Every change is reported.

Only characters that are wrong beyond doubt are changed; doubtful places (placeholders) are reported and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from congress.documents.weekdays import wrong_weekdays
from congress.names.characters import PRIVATE, is_private, standard

HANZI = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
AFTER = rf"(?<=[{HANZI}”’）》〕」』])"


@dataclass(frozen=True)
class Note:
    """One kind of change or doubt: how often, and the first places, for the person who reads the draft."""

    code: str
    message: str
    count: int
    samples: tuple[str, ...] = ()
    changed: bool = True

    def __str__(self) -> str:
        shown = "：" + "、".join(f"“{s}”" for s in self.samples) if self.samples else ""
        return f"{self.message}（{self.count}处）{shown}"


def _sample(text: str, start: int, end: int) -> str:
    return re.sub(r"\s", "␣", text[max(0, start - 4) : end + 4])


def _pair_quotes(text: str) -> str:
    """Turn straight quotes into “ ” line by line, only where they come in pairs."""
    return "\n".join(
        re.sub(r'"([^"\n]*)"', r"“\1”", line) if line.count('"') % 2 == 0 else line for line in text.split("\n")
    )


Change = tuple[str, str, str, str | Callable[[re.Match[str]], str]]
CHANGES: tuple[Change, ...] = (
    ("invisible", "删去不可见字符", "[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b-\x1f]", ""),
    (
        "fullwidth",
        "全角字母、数字改为半角",
        "[０-９Ａ-Ｚａ-ｚ]|(?<=[0-9０-９])．",
        lambda m: chr(ord(m.group()) - 0xFEE0),
    ),
    (
        "space",
        "删去汉字间的空格",
        rf"(?<=[{HANZI}，。、；：？！”’）》〕])[ \t\u3000\xa0]+(?=[{HANZI}，。、；：？！“‘（《〔])",
        "",
    ),
    (
        "number-space",
        "删去汉字与数字间的空格",
        rf"(?<=[{HANZI}])[ \u3000\xa0]+(?=[0-9])|(?<=[0-9%])[ \u3000\xa0]+(?=[{HANZI}])",
        "",
    ),
    ("comma", "半角逗号改为全角", AFTER + r",[ ]*", "，"),
    ("semicolon", "半角分号改为全角", AFTER + r";[ ]*", "；"),
    ("colon", "半角冒号改为全角", AFTER + r":[ ]*", "："),
    ("question", "半角问号改为全角", AFTER + r"\?[ ]*", "？"),
    ("exclamation", "半角叹号改为全角", AFTER + r"![ ]*", "！"),
    ("stop", "半角句点改为句号", AFTER + rf"\.(?=$|[{HANZI}])", "。"),
    ("brackets", "半角括号改为全角", rf"\(([^()\n]*[{HANZI}][^()\n]*)\)", r"（\1）"),
    (
        "level-brackets",
        "层次序号的半角括号改为全角",
        r"(?m)^([ \t\u3000]*)\(([0-9一二三四五六七八九十]+)\)",
        r"\1（\2）",
    ),
    ("dots", "点号改为省略号", rf"(?<=[{HANZI}，”）》])(?:\.{{3,6}}|。{{3,}}|…)(?!…)", "……"),
    ("dash", "连字符改为破折号", rf"(?<=[{HANZI}”）])(?:--+|—)(?=[{HANZI}“（])", "——"),
)
DOUBTS = (
    ("placeholder", "文中留有占位符，请补全", r"\*+|[×X]{2,}(?=[年月日人名件条])|[_＿]{2,}"),
    ("straight-quote", "引号不成对", r'"'),
)


def clean(text: str, year: int | None = None) -> tuple[str, list[Note]]:
    """Return the repaired text and what was changed or looks doubtful. Line breaks are kept.

    `year` is that of days written without one, whose weekday is then looked at as well.
    """
    notes: list[Note] = []
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    known = [c for c in text if ord(c) in PRIVATE]
    if known:
        notes.append(
            Note("private", "自造区字符改为标准字符", len(known), tuple(standard(c) for c in dict.fromkeys(known))[:3])
        )
        text = standard(text)
    before = None
    while text != before:  # one repair can reveal another: (1): becomes （1）: and then （1）：
        before = text
        for code, message, pattern, replacement in CHANGES:
            if found := list(re.finditer(pattern, text)):
                samples = tuple(_sample(text, *m.span()) for m in found[:3])
                notes.append(Note(code, message, len(found), samples))
                text = re.sub(pattern, replacement, text)
    paired = _pair_quotes(text)
    if paired != text:
        notes.append(Note("quotes", "直引号改为弯引号", sum(a != b for a, b in zip(text, paired, strict=True))))
        text = paired
    for code, message, pattern in DOUBTS:
        if found := list(re.finditer(pattern, text)):
            samples = tuple(_sample(text, *m.span()) for m in found[:3])
            notes.append(Note(code, message, len(found), samples, changed=False))
    notes += [Note("weekday", said, 1, changed=False) for said in wrong_weekdays(text, year)]
    if unknown := [c for c in text if is_private(c)]:
        samples = tuple(f"U+{ord(c):04X}" for c in dict.fromkeys(unknown))[:3]
        notes.append(Note("unknown-private", "无法识别的自造字，印发前须改正", len(unknown), samples, changed=False))
    return text, notes
