"""Inspection of what only some documents have: masthead, signature, imprint, tables (clauses 7.2, 7.3.5, 7.4, 8)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from . import grid
from .findings import Check, few
from .inspection_text import Text
from .measure import Glyph, Page, Rule, shade
from .text import DATE


def masthead(page: Page) -> list[Check]:
    """Rows about 版头: mark, number, red rule and the title below it."""
    rules = [r for r in page.rules if shade(r.colour) == "red" and r.x1 - r.x0 > 100]
    if not rules:
        return [_mark(page), Check("7.2.7", "红色分隔线", False, "没有红色分隔线", "与版心等宽")]
    return [_mark(page), *_number(page, rules[0])]


def _mark(page: Page) -> Check:
    red = [g for g in page.visible if shade(g.colour) == "red" and g.size > 20]
    if not red:
        return Check("7.2.4", "发文机关标志", False, "没有红色标志", "红色小标宋")
    top = min(g.top for g in red) - grid.TOP
    centre = (min(g.x for g in red) + max(g.right for g in red)) / 2
    ok = abs(top - grid.MARK_TOP) <= 1 and abs(centre - grid.LEFT - grid.AREA_WIDTH / 2) < 0.8
    shown = f"{top:.2f}毫米，中心{centre:.2f}"
    return Check("7.2.4", "发文机关标志距版心上边35毫米、居中、红色", ok, shown, "35±1毫米，106")


def _number(page: Page, rule: Rule) -> list[Check]:
    numbers = [x for x in page.lines if "〔" in x.text and x.y < rule.y0]
    text = numbers[-1].text if numbers else ""
    form = bool(re.search(r"〔\d{4}〕(?:[1-9]\d*号|第[1-9]\d*期)", text)) and ("第" not in text or text.endswith("期"))
    gap = rule.y0 - max(g.bottom for g in numbers[-1].glyphs) if numbers else -1.0
    width = rule.x1 - rule.x0
    near = abs(gap - grid.RULE_GAP) < 0.6 and abs(width - grid.AREA_WIDTH) < 0.6
    checks = [
        Check("7.2.5", "发文字号", form, text or "没有发文字号", "×〔年份〕序号，不编虚位"),
        Check(
            "7.2.7", "分隔线在发文字号下4毫米、与版心等宽", near, f"相距{gap:.2f}，宽{width:.2f}毫米", "4毫米，156毫米"
        ),
    ]
    titles = [x for x in page.lines if abs(x.size - grid.TITLE) < 0.3 and x.y > rule.y1]
    if titles:
        space = min(g.top for g in titles[0].glyphs) - rule.y1
        ok = abs(space - 2 * grid.PITCH) < 4
        checks.append(Check("7.3.1", "标题在分隔线下空二行", ok, f"{space:.2f}毫米", "约20.9毫米"))
    return checks


def closing(pages: list[Page], text: Text) -> list[Check]:
    """Rows about 落款 and 版记, as far as there are any."""
    checks = []
    dates = [x for x in text.lines if DATE.fullmatch(x.text) and text.inset(x) > 8]
    loose = [x for x in text.lines if re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", x.text) and text.inset(x) > 8]
    if loose:
        line = loose[-1]
        gap = (grid.LEFT + grid.AREA_WIDTH - line.right) / grid.CELL
        above = any(
            bottom < line.y for _, bottom in pages[line.page - 1].tables
        )  # the rows of a table are text of its page
        beside = above or any(x.y < line.y and x.right > grid.LEFT and text.inset(x) < 6 for x in text.free[line.page])
        checks.append(Check("7.3.5", "成文日期用阿拉伯数字、不编虚位", bool(dates), line.text, "如2023年1月5日"))
        checks.append(Check("7.3.5", "成文日期右空", gap > -0.1, f"{gap:.2f}字", "盖章4字；不盖章按署名"))
        checks.append(Check("7.3.5", "落款与正文同页", beside, "有正文" if beside else "落款单独成页", "不得单独成页"))
    return [*checks, *_imprint(pages[-1])]


def _imprint(page: Page) -> list[Check]:
    """版记: rules on the foot of the type area, 4号仿宋."""
    long = [r for r in page.rules if r.horizontal and r.x1 - r.x0 > 150 and shade(r.colour) == "black"]
    if page.tables or not long:
        return []
    bars = sorted(long, key=lambda r: r.y0)
    inside = [g for g in page.body if g.y > bars[0].y0]
    good = bool(inside) and all(abs(g.size - grid.SMALL) < 0.1 and g.role in ("仿宋", "宋体") for g in inside)
    thick = [r.y1 - r.y0 for r in bars]
    shown = "、".join(f"{t:.2f}" for t in thick)
    edge = abs(bars[-1].y1 - page.edges[3]) < 1
    return [
        Check("7.4.1", "版记末条分隔线与版心下边重合", edge, f"{bars[-1].y1:.2f}毫米", "262±1毫米"),
        Check("7.4.1", "版记分隔线粗细", _thickness(thick), shown, "首末0.35，中间0.25毫米"),
        Check("7.4.2", "版记4号仿宋", good, f"{len(inside)}字", "14磅仿宋"),
    ]


def _thickness(values: list[float]) -> bool:
    outer = all(abs(v - 0.35) < 0.06 for v in (values[0], values[-1]))
    return len(values) >= 2 and outer and all(abs(v - 0.25) < 0.06 for v in values[1:-1])


def _cells(page: Page) -> Iterable[Glyph]:
    """Glyphs that cross a vertical rule of their table."""
    columns = [r for r in page.rules if r.vertical]
    for glyph in page.body:
        crossed = (r for r in columns if r.y0 < glyph.y < r.y1 and glyph.x + 0.2 < r.x0 < glyph.right - 0.2)
        if next(crossed, None):
            yield glyph


def _single_rows(page: Page) -> list[float]:
    """Heights of the rows that hold one line of text."""
    bars = sorted({round(r.y0, 2) for r in page.rules if r.horizontal})
    heights = []
    for top, bottom in pairwise(bars):
        if sum(top < line.y < bottom for line in page.lines) == 1:
            heights.append(bottom - top)
    return heights


def table(pages: list[Page]) -> list[Check]:
    """Rows about a document that is one table: header on every page, nothing over the rules, even rows."""
    heads, crossing, heights = [], [], []
    for page in pages:
        inside = [x for x in page.lines if page.in_table(x)]
        bars = sorted({round(r.y0, 2) for r in page.rules if r.horizontal})
        heads.append("".join(x.text for x in inside if len(bars) > 1 and x.y < bars[1]))
        crossing += [f"第{page.number}页“{g.char}”" for g in _cells(page)]
        heights += _single_rows(page)
    same = bool(heads) and bool(heads[0]) and len(set(heads)) == 1
    even = bool(heights) and max(heights) - min(heights) < 0.3 and min(heights) >= 6
    return [
        Check("8", "每页都有相同表头", same, f"{len(heads)}页：{heads[0][:20] if heads else '无'}", "逐页重复"),
        Check("表格", "文字不出格", not crossing, few(crossing) or "无", "不压线"),
        Check(
            "表格",
            "单行的行高一致",
            even,
            f"{min(heights):.1f}—{max(heights):.1f}毫米" if heights else "无",
            "等高，不小于6毫米",
        ),
    ]
