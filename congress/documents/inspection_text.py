"""Inspection of running text: size, grid, line ends, headings and indents (clauses 5.2, 7.3.3 and 9)."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from itertools import pairwise

from . import grid
from .findings import Check, few, span
from .measure import MARKS, Line, Page, shade

NOT_FIRST = frozenset("，。、；：？！）》〉】〕〗」』”’·～％‰℃,.;:?!)]}－–-/")
NOT_LAST = frozenset("（《〈【〔〖「『“‘([{")
ENDS = frozenset("。！？：；…”）")
LEVEL = (
    (re.compile("[一二三四五六七八九十百]+、"), "黑体"),
    (re.compile("（[一二三四五六七八九十百]+）"), "楷体"),
    (re.compile(r"\d{1,2}[.．]"), "仿宋"),
    (re.compile(r"（\d{1,2}）"), "仿宋"),
)
FEW_LINES = 5


class Text:
    """The running text of a document: portrait pages, outside tables, in the body size."""

    def __init__(self, pages: list[Page]) -> None:
        self.all = pages
        self.pages = [page for page in pages if not page.wide]
        self.free = {page.number: self._running(page) for page in self.pages}
        glyphs = [g for lines in self.free.values() for line in lines for g in line.glyphs]
        sizes = Counter(round(g.size, 1) for g in glyphs if g.size < grid.TITLE - 1)
        self.size = sizes.most_common(1)[0][0] if sizes else 0.0
        self.role = (
            Counter(g.role for g in glyphs if abs(g.size - self.size) < 0.2).most_common(1)[0][0] if glyphs else ""
        )
        self.lines = [line for lines in self.free.values() for line in lines if abs(line.size - self.size) < 0.2]

    @staticmethod
    def _running(page: Page) -> list[Line]:
        """Lines outside tables, below the red rule of a masthead and above the rules of 版记."""
        red = [r.y1 for r in page.rules if r.horizontal and shade(r.colour) == "red"]
        start = max(red, default=0.0) if page.number == 1 else 0.0
        long = [r.y0 for r in page.rules if r.horizontal and r.x1 - r.x0 > 150 and shade(r.colour) == "black"]
        end = min(long, default=page.height) if not page.tables else page.height
        return [line for line in page.lines if start < line.y < end and not page.in_table(line)]

    def inset(self, line: Line) -> float:
        """Indent in characters."""
        return (line.x - grid.LEFT) / grid.CELL

    def full(self) -> list[Line]:
        """Lines that run on: the next one begins at the left edge and the sentence has not ended before it."""
        pairs = pairwise(self.lines)
        return [a for a, b in pairs if self.inset(b) < 0.3 and self.inset(a) < 2.3 and not self._ended(a)]

    def _ended(self, line: Line) -> bool:
        """True when a paragraph ends here: short of the edge, and after a mark that ends sentences."""
        short = line.right < grid.LEFT + grid.AREA_WIDTH - 2.2 * grid.CELL
        return short and line.text[-1] in ENDS

    def unindented(self) -> list[Line]:
        """Lines at the left edge that follow the end of a paragraph: the indent was forgotten."""
        found = []
        for before, line in pairwise(self.lines):
            ended = self._ended(before) or (before.page == line.page and line.y - before.y > 1.5 * grid.PITCH)
            allowed = line.text.endswith("：") or re.match(r"附件\d*$", line.text)
            if ended and self.inset(line) < 0.3 and not allowed:
                found.append(line)
        return found


def _body(text: Text) -> list[Check]:
    good = text.role == "仿宋" and 15.7 <= text.size <= 16.05
    strange = [f"第{x.page}页“{x.text[:8]}”{x.size}磅" for x in text.lines if abs(x.size - text.size) > 0.1]
    return [Check("5.2.2", "正文3号仿宋", good and not strange, f"{text.role}{text.size}磅", "仿宋15.75—16磅")]


def _slots(lines: list[Line]) -> int:
    return round((lines[-1].y - lines[0].y) / grid.PITCH) + 1 if lines else 0


def _may_be_short(after: Page, last: bool, count: int) -> bool:
    """A page may end early before a heading, an attachment, a table, or to give 落款 some text for company."""
    head = after.lines[0].text if after.lines else ""
    if after.wide or re.match(r"附件\d*$", head) or (after.tables and after.tables[0][0] < grid.TOP + 2 * grid.PITCH):
        return True
    heading = any(mark.match(head) for mark, _ in LEVEL)
    return (heading and count >= 20) or (last and count >= 14)


def _grid(text: Text) -> list[Check]:
    short, off, gaps, fills, full = [], [], [], [], 0
    for page, after in zip(text.all[1:], text.all[2:], strict=False):
        lines = text.free.get(page.number, [])
        if page.wide or page.tables or not lines:
            continue
        count = _slots(lines)
        full += count == grid.LINES
        if count > grid.LINES or (count < grid.LINES and not _may_be_short(after, after is text.all[-1], count)):
            short.append(f"第{page.number}页{count}行")
        if count == grid.LINES and abs(lines[0].size - text.size) < 0.2:
            fills.append(max(g.bottom for g in lines[-1].glyphs) - min(g.top for g in lines[0].glyphs))
    for lines in text.free.values():
        for a, b in pairwise(lines):
            if abs(a.size - text.size) < 0.2 and abs(b.size - text.size) < 0.2:
                units = (b.y - a.y) / grid.PITCH
                gaps += [b.y - a.y] if round(units) == 1 else []
                off += [f"第{b.page}页“{b.text[:6]}”{b.y - a.y:.2f}毫米"] if abs(units - round(units)) > 0.03 else []
    pitch = statistics.mean(gaps) if gaps else 0.0
    even = bool(gaps) and max(gaps) - min(gaps) < 0.5 and 10.2 <= pitch <= 10.5
    return [
        Check("5.2.3", "每面22行", not short, few(short) or f"整面{full}页均22行", "22行（标题、落款前可略少）"),
        Check("5.2.3", "行距", even, f"平均{pitch:.3f}毫米" if gaps else "不足两行", "10.23—10.45毫米"),
        Check("5.2.3", "各行在网格上", not off, few(off) or "全部对齐", "行距的整数倍"),
        Check("5.2.3", "22行撑满版心225毫米", all(abs(f - 225) < 1.2 for f in fills), span(fills), "225±1.2毫米"),
    ]


def _width(text: Text) -> list[Check]:
    lines = text.full()
    counts = [line.cells + round(text.inset(line)) for line in lines]
    mean = statistics.mean(counts) if counts else 0.0
    near = sum(27.4 < c < 28.6 for c in counts) >= 0.6 * len(counts)
    usual = len(counts) < FEW_LINES or (27.3 <= mean <= 28.5 and near)  # figures are narrower: few lines have no mean
    ok = not counts or (all(25.5 <= c <= 29.6 for c in counts) and usual)
    edge = grid.LEFT + grid.AREA_WIDTH
    ragged = []
    for line in lines:
        last = line.glyphs[-1]
        gap = line.right - edge
        if abs(gap) > 0.4 and not (last.char in MARKS and -0.4 <= gap <= last.width / 2 + 0.4):
            ragged.append(f"第{line.page}页“{line.text[-6:]}”{gap:+.2f}毫米")
    off = [
        f"第{x.page}页“{x.text[:6]}”{x.x:.2f}"
        for x in text.lines
        if 0.3 < abs(x.x - grid.LEFT) < 1.5 and x.text[0] not in NOT_LAST
    ]
    return [
        Check("5.2.3", "每行28字", ok, f"平均{mean:.2f}字（{len(counts)}行）" if counts else "没有满行", "28字"),
        Check("5.2.3", "满行右边对齐", not ragged, few(ragged) or f"{len(lines)}行全部对齐", "184±0.4毫米"),
        Check("5.2.3", "行首对齐", not off, few(off) or "全部对齐", "28±0.3毫米"),
    ]


def _kinsoku(text: Text) -> list[Check]:
    starts = [f"第{x.page}页“{x.text[:6]}”" for x in text.lines if x.text[0] in NOT_FIRST and text.inset(x) < 0.3]
    ends = [f"第{x.page}页“{x.text[-6:]}”" for x in text.lines if x.text[-1] in NOT_LAST]
    split = []
    for a, b in pairwise(text.lines):
        last, first = a.text[-1], b.text[0]
        numbers = last.isascii() and last.isdigit() and first.isascii() and first.isdigit()
        if text.inset(b) < 0.3 and (numbers or (last in "—…" and last == first)):
            split.append(f"第{a.page}页“{a.text[-4:]}|{b.text[:4]}”")
    return [
        Check("9", "行首没有点号和后标号", not starts, few(starts) or "无", "GB/T 15834 5.1"),
        Check("9", "行末没有前标号", not ends, few(ends) or "无", "GB/T 15834 5.1"),
        Check("9", "破折号、省略号和数字不拆行", not split, few(split) or "无", "GB/T 15834 5.1"),
    ]


def _structure(text: Text) -> list[Check]:
    wrong, indents = [], []
    for line in text.lines:
        inset = text.inset(line)
        if 0.27 < inset < 4.5 and not 1.85 < inset < 2.15 and line.text[0] not in NOT_LAST:
            indents.append(f"第{line.page}页“{line.text[:6]}”空{inset:.2f}字")
        if 1.7 < inset < 2.3:
            face = next((f for mark, f in LEVEL if mark.match(line.text)), None)
            lead = [g.role for g in line.glyphs[:4]]
            if face in ("仿宋", None) and Counter(lead).most_common(1)[0][0] not in ("仿宋", "宋体"):
                wrong.append(f"第{line.page}页“{line.text[:8]}”{lead[0]}")
            elif face in ("黑体", "楷体") and face not in lead and not _clause(text, line):
                wrong.append(f"第{line.page}页“{line.text[:8]}”{lead[0]}应为{face}")
    indents += [f"第{x.page}页“{x.text[:6]}”未空二字" for x in text.unindented()]
    first = [x for x in text.lines if x.page == 1]
    return [
        Check(
            "7.3.3",
            "层次标题字体",
            not wrong,
            few(wrong) or "一、黑体，（一）楷体，1.和（1）仿宋",
            "一、黑体（一）楷体",
        ),
        Check("7.3.3", "段首空二字", not indents, few(indents) or "全部空二字", "2字"),
        Check("7.3.3", "首页有正文", bool(first), f"首页正文{len(first)}行", "首页必须显示正文"),
    ]


def _clause(text: Text, line: Line) -> bool:
    """A numbered clause that is a paragraph of its own (resolutions) and no heading: it runs on in 仿宋."""
    at = text.lines.index(line)
    runs_on = at + 1 < len(text.lines) and text.inset(text.lines[at + 1]) < 0.3
    return line.role == "仿宋" and (runs_on or "。" in line.text[:-1])


def running_text(text: Text) -> list[Check]:
    """All rows about running text."""
    return [row for part in (_body, _grid, _width, _kinsoku, _structure) for row in part(text)]
