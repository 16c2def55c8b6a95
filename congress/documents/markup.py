"""Turn blocks into the HTML a layout engine only has to place: lines are already broken, widths already known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

from congress.names.characters import is_private, standard

from . import grid, style
from .codes import drawn
from .flow import CLOSING, Char, Line, flow, title_lines
from .fonts import Face, MissingGlyph, Typeface, pick, stack, whole
from .grid import OFFICIAL, Measure
from .insets import inset
from .text import (
    Addressee,
    AttachmentHead,
    Attachments,
    Blank,
    Block,
    Chart,
    Code,
    Heading,
    Imprint,
    Masthead,
    Names,
    NewPage,
    Note,
    Paragraph,
    Run,
    Signature,
    Subtitle,
    Table,
    Title,
)

MOST_SHIFTED = 0.02  # em: a fallback hanzi is lowered by at most 0.11 mm, so that its line stays on the grid
MOST_CENTRED = 18.5  # em of 28: the widest centred line
SEAL_LINES = 2  # blank lines that leave a 42 mm seal within one line of the text (7.3.5.1)
_LISTED_NAME = re.compile(
    r"(?<![\u3400-\u9fff\U00020000-\U0003ffff])[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}(?![\u3400-\u9fff\U00020000-\U0003ffff])"
)
UNBROKEN = 4  # characters of a name that stand on one line; the white a longer one would leave is worse than a break
IMPRINT = Measure(29, grid.AREA_WIDTH * grid.POINTS - 2 * grid.SMALL, grid.SMALL)


def blank(lines: float = 1, kind: str = "") -> str:
    """Empty lines, never parted from what follows."""
    return f'<div class="blank {kind}" style="height:{lines * grid.PITCH:.4f}mm"></div>'


def bookmark(level: int, label: str) -> str:
    """The declarations that put a text into the outline of the PDF."""
    written = "".join(f"\\{ord(char):x} " if char in "\\'\"&<>\n;{}" else char for char in label.rstrip("。"))
    return f"bookmark-level:{level};bookmark-label:'{written}'"


def _space(block: Blank | Code | NewPage) -> str:
    if isinstance(block, Code):
        return f'<div class="code">{drawn(block.text)}</div>'
    return blank(block.lines) if isinstance(block, Blank) else '<div class="new"></div>'


class Setter:
    """Sets blocks one after another; remembers the faces used and the characters no font has."""

    def __init__(self) -> None:
        self.body = stack(Typeface.FANGSONG)[0]
        self.faces: set[Face] = {self.body, stack(Typeface.SONGTI)[0]}
        self.missing: list[tuple[str, str]] = []
        self._by_family: dict[str, Face] = {self.body.family: self.body}
        self._known: dict[tuple[Typeface, str], Char] = {}

    # --- characters -------------------------------------------------------------------------------------------------

    def face(self, typeface: Typeface) -> Face:
        """The first face of a typeface, noted as used."""
        return self._use(stack(typeface)[0])

    def _use(self, face: Face) -> Face:
        self.faces.add(face)
        self._by_family[face.family] = face
        return face

    def _char(self, typeface: Typeface, text: str, at: int, name: Face | None) -> Char:
        character = text[at]
        if name is not None and name.has(character):
            return Char(character, self._use(name).family, name.advance(character))
        known = self._known.get((typeface, character))
        if known is None:
            try:
                face = self._use(pick(typeface, character))
            except MissingGlyph:
                self.missing.append((character, text[max(0, at - 6) : at + 7]))
                return Char(character, self.body.family)
            known = self._known[typeface, character] = Char(character, face.family, face.advance(character))
        return known

    def _names(self, run: Run, text: str) -> dict[int, Face]:
        """Positions of names that need a second face, and that face: a name is never set in two designs."""
        first = stack(run.typeface)[0]
        spans = [(0, len(text))] if run.name else [m.span() for m in _LISTED_NAME.finditer(text)]
        found: dict[int, Face] = {}
        for start, end in spans:
            part = text[start:end]
            if part and not all(first.has(c) for c in part) and not any(is_private(c) for c in part):
                try:
                    found.update(dict.fromkeys(range(start, end), whole(run.typeface, part)))
                except MissingGlyph:
                    continue  # reported with its place when the characters are set
        return found

    def dress(self, runs: Iterable[Run]) -> list[Char]:
        """Give every character its face and width."""
        chars: list[Char] = []
        for run in runs:
            text = standard(run.text)
            names = self._names(run, text)
            glued = run.name and len(text) <= UNBROKEN
            found = (self._char(run.typeface, text, at, names.get(at)) for at in range(len(text)))
            chars += [replace(char, glued=True) if glued and at else char for at, char in enumerate(found)]
        return chars

    def width(
        self,
        text: str,
        typeface: Typeface = Typeface.FANGSONG,
        size: float = grid.BODY,
        spacing: float = OFFICIAL.spacing,
    ) -> float:
        """Width in points of a text set in one line."""
        chars = self.dress([Run(text, typeface)])
        return sum(c.advance for c in chars) * size + spacing * max(0, len(chars) - 1)

    # --- lines ------------------------------------------------------------------------------------------------------

    def _shift(self, family: str, base: Face) -> str:
        """Lower a face whose hanzi sit higher than the base's, by so little that the line stays on its grid."""
        lift = self._by_family[family].centre - base.centre
        shift = min(MOST_SHIFTED, abs(lift)) * (1 if lift > 0 else -1)
        return f"vertical-align:{-shift:.4f}em" if abs(lift) > 0.02 else ""

    def _open(self, family: str, base: Face) -> str:
        shift = self._shift(family, base)
        return f'<span class="{family}" style="{shift}">' if shift else f'<span class="{family}">'

    def piece(self, chars: Sequence[Char], gap: float, spacing: float = 0.0) -> str:
        """A short text ``gap`` points after the last one, in as few elements as possible (the engine pays for each)."""
        families = {c.style for c in chars}
        place = f"margin-left:{gap:.3f}pt" + (f";letter-spacing:{spacing}pt" if spacing else "")
        if len(families) > 1:
            return f'<span style="{place}">{self.line(Line(tuple(chars), spacing))}</span>'
        family, text = families.pop(), escape("".join(c.text for c in chars))
        if family == self.body.family:
            return f'<span style="{place}">{text}</span>'
        return f'<span class="{family}" style="{place};{self._shift(family, self.body)}">{text}</span>'

    def line(self, line: Line, size: float = grid.BODY, base: Face | None = None) -> str:
        """One line; characters of another face than ``base`` stand in a span, squeezed marks too."""
        base = base or self.body
        parts: list[str] = []
        current = base.family
        for at, char in enumerate(line.chars):
            if char.style != current:
                parts.append("</span>" if current != base.family else "")
                parts.append(self._open(char.style, base) if char.style != base.family else "")
                current = char.style
            if at in line.squeeze:
                side = "right" if char.text in CLOSING else "left"
                parts.append(f'<span style="margin-{side}:{-line.squeeze[at] * size:.4f}pt">{escape(char.text)}</span>')
            else:
                parts.append(escape(char.text))
        parts.append("</span>" if current != base.family else "")
        text = "".join(parts)
        return f'<span style="letter-spacing:{line.spacing:.4f}pt">{text}</span>' if line.spacing else text

    def text(
        self,
        runs: Iterable[Run],
        indent: float = 2.0,
        hanging: float = 0.0,
        kind: str = "",
        measure: Measure = OFFICIAL,
        tag: str = "p",
        marked: str = "",
    ) -> str:
        """A paragraph of broken lines; `tag` is another element where it is a heading, `marked` its place in the outline."""
        lines = flow(self.dress(runs), measure, indent, hanging)
        pitch = measure.size + measure.spacing
        inset = f"padding-left:{hanging * pitch:.4f}pt;text-indent:{(indent - hanging) * pitch:.4f}pt"
        said = "<br>".join(self.line(each, measure.size) for each in lines)
        return f'<{tag} class="l {kind}" style="{inset}{marked}">{said}</{tag}>'

    def at(self, x: float, runs: Sequence[Run], kind: str = "") -> str:
        """One unbroken line whose first character stands ``x`` points from the left edge."""
        line = Line(tuple(self.dress(runs)), OFFICIAL.spacing)
        return f'<p class="l {kind}" style="padding-left:{x:.4f}pt">{self.line(line)}</p>'

    # --- blocks -----------------------------------------------------------------------------------------------------

    def title(self, lines: Sequence[str], kind: str = "") -> str:
        """2号小标宋, centred; lowered so that a title on line 1 does not stand above the type area."""
        face = self.face(Typeface.XIAOBIAOSONG)
        lower = style.above(self.body, grid.BODY) - style.above(face, grid.TITLE)
        box = (
            f"font-family:{face.family};font-size:{grid.TITLE}pt;padding-top:{lower:.4f}mm;margin-bottom:{-lower:.4f}mm"
        )
        set_lines = [Line(tuple(self.dress([Run(text, Typeface.XIAOBIAOSONG)])), 0.0) for text in lines]
        said = "".join(
            f'<p class="l title h {kind}" style="{box}">{self.line(line, grid.TITLE, face)}</p>' for line in set_lines
        )
        return f'<h1 style="{bookmark(1, "".join(lines))}">{said}</h1>'

    def heading(self, block: Heading) -> str:
        """A numbered heading with its place in the outline; one whose paragraph runs in is told there by its own words."""
        marked = ";" + bookmark(block.level + 1, block.text)
        if block.run_in:
            return self.text(block.runs, marked=marked)
        kind = "" if block.text.endswith("。") else "h"
        return self.text(block.runs, kind=kind, tag=f"h{block.level + 1}", marked=marked)

    def head(self, block: Title | Subtitle) -> str:
        """The lines of a title, or those under it."""
        if isinstance(block, Title):
            return self.title(block.lines)
        return "".join(self.centred(line) for line in block.lines)

    def centred(self, text: str) -> str:
        """A text of 楷体 in the middle of the measure, parted so that no line reaches to where a paragraph begins."""
        runs = [[Run(part, Typeface.KAITI)] for part in title_lines(text, MOST_CENTRED)]
        insets = [(OFFICIAL.width - self.width(run[0].text, Typeface.KAITI)) / 2 for run in runs]
        return "".join(self.at(inset, run, "keep") for inset, run in zip(insets, runs, strict=True))

    def masthead(self, block: Masthead) -> tuple[str, float]:
        """版头, exactly so high that the title starts two lines below the rule, and the lines to leave after the title."""
        face = self.face(Typeface.XIAOBIAOSONG)
        body = style.above(self.body, grid.BODY)
        natural = sum(c.advance for c in self.dress([Run(block.mark, Typeface.XIAOBIAOSONG)]))
        size = min(48.0, (OFFICIAL.width - 8) / max(natural, 1))
        top = [line for line in (block.copy_number, block.secrecy, block.urgency) if line]
        parts = [
            self.at(0, [Run(text, Typeface.FANGSONG if text == block.copy_number else Typeface.HEITI)]) for text in top
        ]
        lead = grid.MARK_TOP + body - face.drop * style.em(size) - len(top) * grid.PITCH
        mark = self.line(Line(tuple(self.dress([Run(block.mark, Typeface.XIAOBIAOSONG)])), 0.0), size, face)
        parts.append(
            f'<p class="l mark" style="font:{size:.2f}pt/{size:.2f}pt {face.family};padding-top:{lead:.4f}mm">{mark}</p>'
        )
        number = grid.MARK_TOP + style.em(size) + 2 * grid.PITCH
        gap = number - (grid.MARK_TOP + body - face.drop * style.em(size) + style.em(size))
        parts.append(f'<div style="height:{gap:.4f}mm"></div>')
        parts += self._number_lines(block)
        number += grid.PITCH * (max(1, -(-len(block.signers) // 2)) - 1)
        rule = number + style.em(grid.BODY) + grid.RULE_GAP
        parts.append(f'<div style="height:{rule + body - number - grid.PITCH:.4f}mm"></div><div class="rule"></div>')
        height, after = _snap(rule + 0.4 + 2 * grid.PITCH)
        return f'<div class="mast" style="height:{height:.4f}mm">{"".join(parts)}</div>', after

    def _number_lines(self, block: Masthead) -> list[str]:
        """发文字号 centred; with signers it goes to the left and they to the right (7.2.5, 7.2.6)."""
        cell = OFFICIAL.pitch
        if not block.signers:
            return [self.at((OFFICIAL.width - self.width(block.number)) / 2, [Run(block.number)])]
        rows = [block.signers[i : i + 2] for i in range(0, len(block.signers), 2)]
        start = OFFICIAL.width - cell - self.width("签发人：" + "　".join(rows[0])) if rows else 0
        names = start + 4 * cell
        parts = []
        for index, row in enumerate(rows):
            runs: list[Run] = [Run("签发人：")] if index == 0 else []
            runs += [Run("　".join(row), Typeface.KAITI)]
            x = start if index == 0 else names
            if index == len(rows) - 1:
                gap = x - cell - self.width(block.number)
                left = self.line(Line(tuple(self.dress([Run(block.number)])), OFFICIAL.spacing))
                right = self.line(Line(tuple(self.dress(runs)), OFFICIAL.spacing))
                spacer = f'<span style="padding-left:{gap:.4f}pt"></span>'
                parts.append(f'<p class="l" style="padding-left:{cell:.4f}pt">{left}{spacer}{right}</p>')
            else:
                parts.append(self.at(x, runs))
        return parts

    def signature(self, block: Signature) -> str:
        """署名 and 成文日期, never alone on a page (7.3.5)."""
        cell, width = OFFICIAL.pitch, OFFICIAL.width
        office, date = self.width(block.office), self.width(block.date)
        if block.sealed:
            right = max(4 * cell + date / 2, office / 2)  # middle of both, counted from the right edge
            x_office, x_date = width - right - office / 2, width - right - date / 2
        elif date > office:
            x_date = width - 2 * cell - date
            x_office = x_date - 2 * cell
        else:
            x_office = width - 2 * cell - office
            x_date = x_office + 2 * cell
        space = (SEAL_LINES if block.sealed else 1) * grid.PITCH
        lines = self.at(max(0.0, x_office), [Run(block.office)]) + self.at(x_date, [Run(block.date)])
        return f'<div class="whole"><div style="height:{space:.4f}mm"></div>{lines}</div>'

    def attachments(self, block: Attachments) -> str:
        """附件说明: one blank line, indent 2, later lines under the first character of the name (7.3.4)."""
        many = len(block.names) > 1
        parts = [blank(kind="keep")]  # the last lines of the text go with it: 附件说明 and 落款 never stand alone
        for number, name in enumerate(block.names, start=1):
            mark = f"{number}." if many else ""
            hanging = 5 + sum(c.advance for c in self.dress([Run(mark)]))
            lead = "附件：" if number == 1 else ""
            parts.append(self.text([Run(lead + mark + name)], 2 if lead else 5, hanging, "keep"))
        return "".join(parts)

    def imprint(self, block: Imprint) -> str:
        """版记: 4号仿宋, one character free on both sides; copies hang under the first office (7.4)."""
        parts = []
        if block.copies:
            text = "抄送：" + block.copies.removeprefix("抄送：").rstrip("。") + "。"
            parts.append(f'<div class="row">{self.text([Run(text)], 0, 3, "", IMPRINT)}</div><div class="thin"></div>')
        date = block.date.removesuffix("印发") + "印发"
        left, right = (Line(tuple(self.dress([Run(text)])), 0.0) for text in (block.office, date))
        used = sum(c.advance for c in (*left.chars, *right.chars)) * grid.SMALL
        gap = f'<span style="padding-left:{IMPRINT.width - used:.4f}pt"></span>'
        line = f'<p class="l">{self.line(left, grid.SMALL)}{gap}{self.line(right, grid.SMALL)}</p>'
        thick = '<div class="thick"></div>'
        foot = f'{thick}{"".join(parts)}<div class="row">{line}</div>{thick}'
        return f'<div class="imprint">{foot}</div>'

    def attachment_head(self, block: AttachmentHead) -> str:
        """New page: 附件1 in 3号黑体 on line 1, the title on line 3 (7.3.7)."""
        head = self.text([Run(block.label, Typeface.HEITI)], 0, 0, "h")
        if not block.title:
            return f'<div class="new"></div>{head}'
        return f'<div class="new"></div>{head}{blank()}{self.title(Title.of(block.title).lines)}{blank()}'

    def block(self, block: Block) -> str:
        """One block as HTML."""
        match block:
            case Title() | Subtitle():
                return self.head(block) + blank()
            case Paragraph():
                return "".join(self.text(runs) for runs in block.lines)
            case Heading():
                return self.heading(block)
            case Addressee(text):
                return self.text([Run(text)], 0)
            case Signature():
                return self.signature(block)
            case Attachments():
                return self.attachments(block)
            case AttachmentHead():
                return self.attachment_head(block)
            case Note(text):
                return self.text([Run(f"（{text}）")], kind="keep")
            case Imprint():
                return self.imprint(block)
            case Blank() | Code() | NewPage():
                return _space(block)
            case Table() | Names() | Chart():
                return inset(self, block)
        raise TypeError(f"not a block: {block!r}")

    def document(self, blocks: Sequence[Block]) -> str:
        """All blocks; after a masthead the title takes up what the grid leaves over."""
        parts: list[str] = []
        after, turned = 1.0, False
        for block in blocks:
            if turned and isinstance(block, Imprint):
                parts.append('<div class="new" style="page:auto;height:0.1mm"></div>')  # 版记 stands on an upright page
            turned = isinstance(block, Table) and block.landscape
            if isinstance(block, Masthead):
                html, after = self.masthead(block)
                parts.append(html)
            elif isinstance(block, Title) and after != 1.0:
                parts.append(self.title(block.lines) + blank(after))
                after = 1.0
            else:
                parts.append(self.block(block))
        return "".join(parts)


def _snap(height: float) -> tuple[float, float]:
    """Bring the first title line to the grid: at most 0.35 of a line above it, the rest below the title."""
    lines = height / grid.PITCH
    over = lines - round(lines)
    moved = max(-0.35, min(0.35, over))
    return (lines - moved) * grid.PITCH, 1.0 - (over - moved)
