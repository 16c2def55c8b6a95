"""The project's own inspection of a finished PDF against GB/T 9704-2012.

Every row names the clause, what was measured and what is expected, in words an office can read on the 版式检查 page.
It measures the drawn page and knows nothing of how it was made, so it also judges a PDF from elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter

from congress.names.characters import is_private

from . import grid
from .findings import Check, few, passed, span
from .inspection_special import closing, masthead, table
from .inspection_text import Text, running_text
from .measure import MARKS, Measured, Page, measure, shade

__all__ = ["Check", "check", "passed"]


def _file(pdf: Measured) -> list[Check]:
    bad = [f.name for f in pdf.fonts if not (f.embedded and f.subset and f.readable)]
    blind = [f.name for f in pdf.fonts if not f.identity]
    glyphs = [(page.number, g) for page in pdf.pages for g in page.glyphs]
    wrong = [f"第{n}页“{g.char}”" for n, g in glyphs if g.code == 0 or g.char in ("", "\ufffd") or "(cid:" in g.char]
    private = [f"第{n}页U+{ord(g.char):04X}" for n, g in glyphs if len(g.char) == 1 and is_private(g.char)]
    named = bool(pdf.title) and pdf.lang.startswith("zh")
    about = f"{pdf.title or '无标题'}，{pdf.lang or '无语言'}"
    faults = blind + wrong + private
    archive = f"PDF/A-{pdf.pdfa}" if pdf.pdfa else "无"
    return [
        Check("归档", "长期保存格式标识", pdf.pdfa.startswith("2"), archive, "PDF/A-2"),
        Check(
            "归档",
            "字体全部嵌入且文字可提取",
            not bad and bool(pdf.fonts),
            few(bad) or f"{len(pdf.fonts)}种字体",
            "全部嵌入",
        ),
        Check("归档", "文件标题与语言", named, about, "有标题，中文"),
        Check("文字", "没有缺字和自造字", not faults, few(faults) or f"{len(glyphs)}个字全部可见", "无缺字"),
    ]


def _paper(pages: list[Page]) -> list[Check]:
    def right(page: Page) -> bool:
        size = sorted((page.width, page.height))
        return abs(size[0] - grid.PAGE_WIDTH) < 0.5 and abs(size[1] - grid.PAGE_HEIGHT) < 0.5

    bad = [f"第{p.number}页{p.width:.1f}×{p.height:.1f}" for p in pages if not right(p)]
    sides, tops, bottoms, first = [], [], [], []
    for page in pages:
        left, top, edge, bottom = page.edges
        if not page.body:
            continue
        x0 = min(g.x for g in page.body) - left
        x1 = max(g.x + g.width * (0.5 if g.char in MARKS else 1) for g in page.body) - edge
        if x0 < -0.3 or x1 > 0.6:
            sides.append(f"第{page.number}页左{x0:+.2f}右{x1:+.2f}")
        highest, lowest = min(g.top for g in page.body) - top, max(g.bottom for g in page.body) - bottom
        # Of a paper with 版头 the first page may begin with the mark; where it has no other page nothing stands higher.
        begins = min(page.body, key=lambda g: g.top)
        mark = shade(begins.colour) == "red" and begins.size > 20
        first.append(highest - grid.MARK_TOP if mark else highest)
        if highest < -1:
            tops.append(f"第{page.number}页{highest + top:.2f}")
        if lowest > 1:
            bottoms.append(f"第{page.number}页{lowest + bottom:.2f}")
    head = bool(first) and abs(min(first)) <= 1 and not tops
    return [
        Check("5.1", "纸张 A4", not bad and bool(pages), few(bad) or f"{len(pages)}页", "210×297毫米"),
        Check("5.2.1", "版心左右（订口28、宽156毫米）", not sides, few(sides) or "均在版心内", "不超出版心"),
        Check(
            "5.2.1",
            "天头37毫米",
            head,
            few(tops) or (f"最高处偏差{min(first):+.2f}毫米" if first else "无文字"),
            "37±1毫米",
        ),
        Check("5.2.1", "版心下边", not bottoms, few(bottoms) or "未超出", "不超出版心"),
    ]


def _numbers(pages: list[Page]) -> list[Check]:
    bad, drops, insets, faces = [], [], [], []
    for page in pages:
        text = "".join(g.char for g in page.footer)
        if text != f"—{page.number}—":
            bad.append(f"第{page.number}页“{text}”")
            continue
        left, _, right, bottom = page.edges
        dash, last = page.footer[0], page.footer[-1]
        middle = (dash.ink[1] + dash.ink[3]) / 2 if dash.ink else dash.centre
        drops.append(dash.y - middle * dash.em - bottom)
        insets.append(right - last.right if page.number % 2 else dash.x - left)
        digits = [g for g in page.footer if g.char.isdigit()]
        faces += [f"第{page.number}页" for g in page.footer if abs(g.size - grid.SMALL) > 0.1 or g.role != "宋体"]
        faces += [f"第{page.number}页数字非半角" for g in digits if abs(g.width / g.em - 0.5) > 0.06]
    return [
        Check("7.5", "每页有页码—N—", not bad, few(bad) or f"{len(pages)}页", "一字线夹阿拉伯数字"),
        Check(
            "7.5", "页码在版心下7毫米", bool(drops) and all(abs(d - 7) <= 0.5 for d in drops), span(drops), "7±0.5毫米"
        ),
        Check(
            "7.5",
            "单页居右、双页居左空一字",
            bool(insets) and all(4.4 <= i <= 6.1 for i in insets),
            span(insets),
            "4.9—5.6毫米",
        ),
        Check("7.5", "页码4号半角宋体", bool(drops) and not faces, few(dict.fromkeys(faces)) or "4号宋体", "14磅宋体"),
    ]


def _colours(pages: list[Page], profile: str) -> Check:
    glyphs = [(page.number, g) for page in pages for g in page.visible]
    red = [n for n, g in glyphs if shade(g.colour) == "red"]
    other = [f"第{n}页“{g.char}”" for n, g in glyphs if shade(g.colour) not in ("black", "red")]
    ok = not other and (profile == "official" or not red)
    return Check("5.2.4", "文字黑色（版头可用红色）", ok, few(other) or f"红色{len(red)}字，其余黑色", "黑色")


def _marks(pages: list[Page], *, names: bool) -> Check:
    """A row about marks and spaces; in a list of names spaces part the columns."""
    text = "\n".join(line.text for page in pages for line in page.lines)
    spaced = "\n".join("".join(g.char for g in page.glyphs if not g.watermark) for page in pages)
    found = re.findall(r"[\u4e00-\u9fff][,;:?!][\u4e00-\u9fff]", text)
    if not names:
        found += re.findall(r"[\u4e00-\u9fff] +[\u4e00-\u9fff]", spaced)
    return Check("9", "汉字间没有半角标点和空格", not found, few(found) or "无", "GB/T 15834")


def _draft(pages: list[Page], draft: bool | None) -> list[Check]:
    marked = [page.number for page in pages if any(g.watermark for g in page.glyphs)]
    if draft is None:
        return []
    shown = f"{len(marked)}页有水印，共{len(pages)}页"
    ok = len(marked) == len(pages) if draft else not marked
    return [Check("印发", "草稿水印", ok, shown, "每页都有" if draft else "没有")]


def _title(page: Page, centre: float) -> Check:
    lines = [x for x in page.lines if abs(x.size - grid.TITLE) < 0.3 and shade(x.glyphs[0].colour) == "black"]
    middles = [(x.x + x.right) / 2 for x in lines]
    faces = Counter(g.role for x in lines for g in x.glyphs if g.char not in "×·")
    # a rare character may come from a 宋体 that has it; the title as a whole must be 小标宋
    set_right = set(faces) <= {"小标宋", "宋体"} and faces["小标宋"] >= 4 * faces["宋体"]
    ok = bool(lines) and all(abs(m - centre) < 0.8 for m in middles) and set_right
    shown = f"{''.join(x.text for x in lines)[:24]}，{'、'.join(sorted(faces))}" if lines else "没有2号字标题"
    return Check("7.3.1", "标题2号小标宋居中", ok, shown, "22磅小标宋，居中")


def check(data: bytes, profile: str = "report", draft: bool | None = None, most: int = 0) -> list[Check]:
    """Inspect a PDF. ``profile`` is report, official (with masthead), table or names (in columns); ``draft`` True demands the watermark on
    every page, False forbids it, None does not ask; ``most`` are the pages looked at, all where it is 0. Raises ValueError for an
    unknown profile."""
    if profile not in ("report", "official", "table", "names"):
        raise ValueError(f"unknown profile {profile!r}")
    pdf = measure(data, most)
    checks = _file(pdf)
    pages = pdf.pages
    if not pages:  # glyphs were missing, so nothing else can be read
        return checks
    checks += _paper(pages)
    first = pages[0]
    middle = (first.edges[0] + first.edges[2]) / 2
    if profile in ("table", "names"):
        checks += [_title(first, middle), *(table(pages) if profile == "table" else [])]
    else:
        text = Text(pages)
        checks += [*running_text(text), _title(first, middle)]
        if profile == "official":
            checks += masthead(first)
        checks += closing(pages, text)
    names = profile == "names"
    checks += [*_numbers(pages), _colours(pages, profile), _marks(pages, names=names)]
    return [*checks, *_draft(pages, draft)]
