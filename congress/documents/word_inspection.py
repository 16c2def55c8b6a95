"""The project's own inspection of a docx against GB/T 9704-2012, as a word processor will set it by its own numbers.

It reads the file as it lies (`word_file.py`), so that it judges what an office has edited as well. How lines come out is the word
processor's: what is judged is what it was told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import grid
from .findings import Check, few
from .inspection_text import LEVEL
from .measure import role
from .word_file import Told, W, WordFile

TWIPS = 20 * grid.POINTS  # twentieths of a point in one millimetre
NOT_ISSUED = re.compile("以(?:印发的PDF|签发的)为准")


def _mm(twips: str) -> float:
    """Millimetres of a length in twentieths of a point."""
    return float(twips or 0) / TWIPS


def _attributes(word: WordFile, name: str) -> dict[str, str]:
    found = word.section.find(f"{W}{name}")
    return {key.removeprefix(W): value for key, value in found.attrib.items()} if found is not None else {}


def _sheet(word: WordFile, line: float) -> list[Check]:
    """Paper, edges of the type area; the room above the first line is half of what a line is higher than its characters."""
    size, edges = _attributes(word, "pgSz"), _attributes(word, "pgMar")
    wide, tall = _mm(size.get("w", "")), _mm(size.get("h", ""))
    half = (line - grid.BODY / grid.POINTS) / 2
    has = {name: _mm(edges.get(name, "")) for name in ("top", "bottom", "left", "right")}
    top, bottom = has["top"] + half, has["bottom"] + half
    sides = abs(has["left"] - grid.LEFT) < 0.3 and abs(has["right"] - grid.RIGHT) < 0.3
    a4 = abs(wide - grid.PAGE_WIDTH) < 0.5 and abs(tall - grid.PAGE_HEIGHT) < 0.5
    return [
        Check("5.1", "纸张 A4", a4, f"{wide:.1f}×{tall:.1f}", "210×297毫米"),
        Check("5.2.1", "订口28、切口26毫米", sides, f"{has['left']:.2f}、{has['right']:.2f}毫米", "28、26毫米"),
        Check("5.2.1", "天头37毫米", abs(top - grid.TOP) < 1, f"{top:.2f}毫米", "37±1毫米"),
        Check("5.2.1", "地脚35毫米", abs(bottom - grid.BOTTOM) < 1, f"{bottom:.2f}毫米", "35±1毫米"),
    ]


def _grid(word: WordFile, body: Sequence[Told]) -> tuple[float, list[Check]]:
    """Lines and characters the page was told to hold; and the height of a line in millimetres."""
    size, edges = _attributes(word, "pgSz"), _attributes(word, "pgMar")
    room = float(size.get("h", 0)) - float(edges.get("top", 0)) - float(edges.get("bottom", 0))
    width = float(size.get("w", 0)) - float(edges.get("left", 0)) - float(edges.get("right", 0))
    highs = {told.of("spacing", "line") for told in body if told.of("spacing", "lineRule") == "exact"}
    loose = [
        told.text[:8]
        for told in body
        if told.of("spacing", "lineRule") != "exact" or told.of("spacing", "line") not in highs
    ]
    pitch = _attributes(word, "docGrid").get("linePitch", "")
    line = float(next(iter(highs))) if len(highs) == 1 else 0.0
    lines = int(room // line) if line else 0
    steps = {span.size * 20 + span.spacing for told in body for span in told.spans if abs(span.size - grid.BODY) < 0.1}
    cells = {int(width // step) for step in steps if step}
    told_lines = f"{lines}行，行距{line / 20:.2f}磅" if line else f"行距不一：{few(sorted(highs))}"
    gridded = bool(line) and pitch == str(int(line))
    return line / TWIPS, [
        Check("5.2.3", "每面22行", lines == grid.LINES and not loose, few(loose) or told_lines, "22行，固定行距"),
        Check("5.2.3", "文档网格与行距一致", gridded, f"网格{pitch or '无'}，行距{line:.0f}", "一致"),
        Check("5.2.3", "每行28字", cells == {grid.CELLS}, few(f"{cell}字" for cell in sorted(cells)), "28字"),
    ]


def _face_of(told: Told) -> str:
    """The typeface the beginning of a paragraph should have."""
    return next((face for mark, face in LEVEL if mark.match(told.text)), "仿宋")


def _unindented(told: Told) -> bool:
    """A paragraph at the left edge that is none of those which stand there (7.3.2, 7.3.7, and names in columns)."""
    stands = (
        told.text.endswith("：")
        or "　" in told.text
        or re.fullmatch(r"附件[0-9]*", told.text)
        or "pBdr" in told.properties
    )
    moved = told.of("ind", "firstLineChars") == "200" or float(told.of("ind", "left", "0")) > 0
    return not (stands or moved or told.of("jc", "val") == "center")


def _faces(body: Sequence[Told], titles: Sequence[Told]) -> list[Check]:
    heads = [told for told in body if any(mark.match(told.text) for mark, _ in LEVEL)]
    wrong = [
        f"“{told.text[:8]}”{role(told.spans[0].font)}" for told in heads if role(told.spans[0].font) != _face_of(told)
    ]
    strange = [
        f"“{span.text[:8]}”{span.font}{span.size:g}磅"
        for told in body
        for span in told.spans
        if abs(span.size - grid.BODY) > 0.1 or role(span.font) not in ("仿宋", "楷体", "黑体")
    ]
    title = bool(titles) and all(
        told.of("jc", "val") == "center" and role(span.font) == "小标宋" for told in titles for span in told.spans
    )
    shown = "".join(told.text for told in titles)[:24] or "没有2号字标题"
    unset = [f"“{told.text[:6]}”" for told in body if _unindented(told)]
    return [
        Check("5.2.2", "正文3号字", not strange and bool(body), few(strange) or f"{len(body)}段", "16磅仿宋"),
        Check("7.3.1", "标题2号小标宋居中", title, shown, "22磅小标宋，居中"),
        Check("7.3.3", "层次标题字体", not wrong, few(wrong) or f"{len(heads)}个标题", "一、黑体（一）楷体"),
        Check("7.3.3", "段首空二字", not unset, few(unset) or "全部空二字", "2字"),
    ]


def _edges(word: WordFile) -> list[Check]:
    """Page numbers at the outer edge; the mark of what is not the issued paper."""
    feet, heads = word.around("footer"), word.around("header")
    wants = {"default": ("right", "right"), "even": ("left", "left")}
    wrong = []
    for pages, (side, align) in wants.items():
        told = next(iter(word.paragraphs(feet[pages])), Told()) if pages in feet else Told()
        field = "".join(one.text or "" for one in feet[pages].iter(f"{W}instrText")) if pages in feet else ""
        dashed = re.fullmatch("—[0-9]*—", told.text) and "PAGE" in field
        faced = bool(told.spans) and all(role(span.font) == "宋体" and span.size == grid.SMALL for span in told.spans)
        if not (dashed and faced and told.of("jc", "val") == align and told.of("ind", f"{side}Chars") == "100"):
            wrong.append({"default": "单页", "even": "双页"}[pages])
    marked = [
        any(NOT_ISSUED.search(told.text) for told in word.paragraphs(heads[one])) for one in wants if one in heads
    ]
    ok = len(marked) == len(wants) and all(marked)
    return [
        Check("7.5", "页码—N—，4号宋体，单页居右双页居左空一字", not wrong, few(wrong) or "单双页都有", "14磅宋体"),
        Check("编辑稿", "注明不是印发的文件", ok, "页眉已注明" if ok else "页眉没有注明", "单双页都有"),
    ]


def _whole(word: WordFile) -> list[Check]:
    leads, used = word.outside(), {span.font for told in word.paragraphs() for span in told.spans if span.text.strip()}
    table = word.part("word/fontTable.xml") if "word/fontTable.xml" in word.names else None
    known = {
        font.get(f"{W}name", "")
        for font in (table if table is not None else ())
        if font.find(f"{W}altName") is not None
    }
    lacking = sorted(used - known)
    return [
        Check("文件", "没有宏和外部链接", not leads, few(leads) or "无", "无"),
        Check("字体", "每种字体都有替代", not lacking, few(lacking) or f"{len(used)}种字体", "没有安装时用相近字体"),
    ]


def check(data: bytes) -> list[Check]:
    """Inspect a docx. Raises NotWord for bytes that are none."""
    word = WordFile(data)
    written = [told for told in word.paragraphs() if told.text.strip() and not told.in_table]
    titles = [told for told in written if told.spans[0].size == grid.TITLE]
    framed = [told for told in written if "framePr" in told.properties or told.spans[0].colour == "FF0000"]
    apart = {id(told) for told in (*titles, *framed)}
    body = [told for told in written if id(told) not in apart]
    line, lines = _grid(word, body)
    return [*_whole(word), *_sheet(word, line), *lines, *_faces(body, titles), *_edges(word)]
