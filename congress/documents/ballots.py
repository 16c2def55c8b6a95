"""Ballots: what a voter marks, with a stub above the cut that alone bears a number; and the sample that hangs in the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .cards import set_text
from .flow import title_lines
from .fonts import MissingGlyph, Typeface, lacks
from .markup import Setter
from .render import Metadata, html_to_pdf
from .writings import set_whole

SAMPLE = "样票"
MOST_RULES = 34  # characters of a line of the rules, beside the place of the seal
# Millimetres of what stands on a page from its top: all of it on one, because what is on a second is no part of the ballot.
PAGE, STUB, TITLE, BESIDE, DISTRICT, GAP, HEAD, RULE, SEAL, COLOUR = (
    277.0,
    32.0,
    10.5,
    9.0,
    13.0,
    5.0,
    9.0,
    5.2,
    44.0,
    5.0,
)
HIGHEST, LOWEST, TWO_LINES = 13.0, 8.0, 15.0  # of a row for a name; of one with a line that tells two of one name apart
WRITING_SIZE = 13.0
WRITTEN = 6.5  # of a name in another writing beneath the Chinese one, whose letters may stand high and low
_SHEET = f"""
@page {{ size: A4; margin: 10mm 20mm }}
html {{ line-height: 1 }}
span {{ line-height: inherit }}
.ballot {{ break-after: page; height: {PAGE - 0.5}mm; overflow: hidden }}
.ballot:last-child {{ break-after: auto }}
.stub {{ height: {STUB - GAP - 0.3}mm; border-bottom: 0.3mm dashed #000; margin-bottom: {GAP}mm }}
.stub .right {{ float: right; text-align: right }}
.stub .row {{ margin-bottom: 2mm }}
.title {{ height: {TITLE}mm; text-align: center }}
.under {{ height: {BESIDE}mm; text-align: center }}
.district {{ height: {DISTRICT - GAP}mm; padding-top: {GAP}mm; text-align: center }}
.names {{ width: 100%; border-collapse: collapse; margin-top: {GAP}mm }}
.names td, .names th {{ border: 0.3mm solid #000; text-align: center; vertical-align: middle; padding: 0 1mm; font-weight: 400 }}
.names th {{ height: {HEAD}mm }}
.names .mark {{ width: 32mm }}
.names .beside {{ margin-top: 1mm }}
.names .written {{ height: {WRITTEN}mm; line-height: {WRITTEN}mm; white-space: nowrap }}
.names .along {{ display: inline; margin-left: 6mm; white-space: nowrap }}
.foot {{ width: 100%; border-collapse: collapse; margin-top: {GAP}mm }}
.foot td {{ vertical-align: top; padding: 0 }}
.rule {{ height: {RULE}mm }}
.seal {{ width: 46mm; height: {SEAL}mm; border: 0.2mm dashed #444; text-align: center; box-sizing: border-box; padding-top: 17mm }}
.foot .right {{ width: 46mm }}
"""


@dataclass(frozen=True)
class Ballot:
    """One ballot: the lines of its title (the second language's beneath), the district with its seats, the names in their order
    (each with what tells two of one name apart, and the name in another writing), as many lines for others as there are
    seats (none where nobody else may be chosen), the rules, whose seal it bears, the colour of its paper, and what stands on the
    stub (nothing on a sample)."""

    title: tuple[str, ...]
    district: str
    seats: int
    names: tuple[tuple[str, str, str], ...]
    rules: tuple[str, ...]
    seal: str
    colour: str = ""
    beside: str = ""
    stub: tuple[str, ...] = ()
    number: str = ""
    others: bool = True

    @property
    def lines(self) -> int:
        """The lines for others."""
        return self.seats if self.others else 0


def ballots_pdf(
    ballots: Sequence[Ballot],
    *,
    title: str,
    sample: bool = False,
    draft: bool = False,
    metadata: Metadata | None = None,
) -> bytes:
    """The ballots, one to a page; a sample says so across the page and has no stub.

    No number stands on the ballot itself: whoever could read it there could tell whose vote it is (选举法四十). Raises
    MissingGlyph naming every character that no font has, and ValueError for a ballot that does not fit on a page.
    """
    setter = Setter()
    body = "".join(_ballot(setter, one, sample) for one in ballots)
    if setter.missing:
        raise MissingGlyph(setter.missing)
    word = SAMPLE if sample else ""
    return html_to_pdf(
        body, title=title, faces=setter.faces, css=_SHEET, draft=draft, stamp=word, metadata=metadata,
        offset=(20.0, 10.0, 210.0, 297.0),
    )  # fmt: skip


def _line(setter: Setter, text: str, typeface: Typeface, size: float, kind: str = "row", *, name: bool = False) -> str:
    return f'<div class="{kind}">{set_text(setter, text, typeface, size, name=name)}</div>'


def _stub(setter: Setter, ballot: Ballot) -> str:
    number = set_text(setter, f"№　{ballot.number or '　　　　'}", Typeface.HEITI, 14)
    told = "".join(_line(setter, text, Typeface.FANGSONG, 11) for text in ballot.stub)
    return (
        f'<div class="stub"><div class="right">{number}</div>{_line(setter, "存　根", Typeface.HEITI, 12)}{told}</div>'
    )


def _names(setter: Setter, ballot: Ballot, high: float, *, below: bool) -> str:
    """Two tables of rows as high as there is room for: the candidates, and as many lines for others as seats."""
    rows = "".join(_name(setter, name, high, below=below) for name in ballot.names)
    empty = f'<tr style="height:{high:.2f}mm"><td></td><td></td></tr>' * ballot.lines
    others = _table(setter, "另 选 他 人 姓 名", empty) if empty else ""
    return _table(setter, "代 表 候 选 人 姓 名", rows) + others


def _table(setter: Setter, label: str, rows: str) -> str:
    head = "".join(
        f"<th{kind}>{set_text(setter, text, Typeface.HEITI, 14)}</th>"
        for text, kind in (("符　号", ' class="mark"'), (label, ""))
    )
    return f'<table class="names"><tr>{head}</tr>{rows}</table>'


def _name(setter: Setter, told_of: tuple[str, str, str], high: float, *, below: bool) -> str:
    name, beside, written = told_of
    kind = "written" if below else "along"
    told = f'<div class="{kind}">{set_whole(setter, written, WRITING_SIZE)}</div>' if written else ""
    told += _line(setter, beside, Typeface.FANGSONG, 11, "beside") if beside else ""
    height = (max(high, TWO_LINES) if beside else high) + WRITTEN * bool(written and below)
    shown = set_text(setter, name, Typeface.NAME, 20, name=True)
    return f'<tr style="height:{height:.2f}mm"><td></td><td>{shown}{told}</td></tr>'


def _row_height(ballot: Ballot, titles: int, rules: int, sample: bool) -> tuple[float, bool]:
    """How high a row for a name is, in millimetres, so that the whole ballot stands on its page; and whether names in another
    writing stand below the Chinese ones, or beside them where there are too many. Raises ValueError where it cannot."""
    fixed = (0 if sample else STUB) + TITLE * titles + (BESIDE if ballot.beside else 0) + DISTRICT
    fixed += (1 + ballot.others) * (GAP + HEAD) + GAP + max(RULE * rules, SEAL + COLOUR) + 2
    written = WRITTEN * sum(bool(written) for _, _, written in ballot.names)
    two = sum(bool(beside) for _, beside, _ in ballot.names)
    rows = len(ballot.names) - two + ballot.lines or 1  # where each name has two lines there is no other row to be high
    free = PAGE - fixed - TWO_LINES * two
    below = (free - written) / rows >= LOWEST
    high = min(HIGHEST, (free - written * below) / rows)
    if high < LOWEST:
        raise ValueError(f"{ballot.district}：候选人{len(ballot.names)}名、认定办法{rules}行，一页排不下")
    return high, below


def _ballot(setter: Setter, ballot: Ballot, sample: bool) -> str:
    titles = [line for text in ballot.title for line in title_lines(text)]
    rules = [line for rule in ballot.rules for line in _broken(rule)]
    parts = [] if sample else [_stub(setter, ballot)]
    parts += [_line(setter, line, Typeface.XIAOBIAOSONG, 22, "title") for line in titles]
    if ballot.beside:
        parts.append(_under(setter, ballot.beside))
    parts.append(_line(setter, f"{ballot.district}　应选{ballot.seats}名", Typeface.KAITI, 16, "district"))
    high, below = _row_height(ballot, len(titles), len(rules), sample)
    parts.append(_names(setter, ballot, high, below=below))
    told = "".join(_line(setter, line, Typeface.FANGSONG, 10, "rule") for line in rules)
    seal = "".join(_line(setter, part, Typeface.FANGSONG, 10, "rule") for part in _seal(ballot.seal))
    colour = _line(setter, f"票纸：{ballot.colour}色", Typeface.FANGSONG, 9, "rule") if ballot.colour else ""
    parts.append(
        f'<table class="foot"><tr><td>{told}</td><td class="right"><div class="seal">{seal}</div>{colour}</td></tr></table>'
    )
    return f'<section class="ballot">{"".join(parts)}</section>'


def _under(setter: Setter, text: str) -> str:
    """The title in the second language: in the hand of the first where that has its letters."""
    if lacks(Typeface.FANGSONG, set(text)):
        return f'<div class="under">{set_whole(setter, text, 16)}</div>'
    return _line(setter, text, Typeface.FANGSONG, 16, "under")


def _broken(text: str) -> list[str]:
    """A rule in lines that fit beside the seal, those after the first drawn in; no line ends with what opens a quotation."""
    lines, room = [], MOST_RULES
    while len(text) > room:
        at = room - 1 if text[room - 1] in "“（《" else room
        lines.append(text[:at])
        text, room = text[at:], MOST_RULES - 2
    lines.append(text)
    return [lines[0], *("　　" + line for line in lines[1:])]


def _seal(office: str) -> list[str]:
    half = -(-len(office) // 2) if len(office) > 10 else len(office)
    return [part for part in (office[:half], office[half:], "（盖章处）") if part]
