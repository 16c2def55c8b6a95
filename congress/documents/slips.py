"""Slips with which people log in for the first time: one for each person, large type, to be cut apart and handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import segno

from .cards import set_text
from .codes import drawn
from .fonts import Typeface
from .markup import Setter
from .render import html_to_pdf

A_PAGE = 3
_SHEET = """
@page { size: A4; margin: 8mm 16mm }
html { line-height: 1.25 }
span { line-height: inherit }
.slip { height: 87mm; padding-top: 5mm; font-size: 12pt; break-inside: avoid; border-bottom: 0.3mm dashed #000; position: relative }
.slip.last { break-after: page }
.slip .code { float: right; margin-left: 6mm }
.slip .code svg { width: 38mm; height: 38mm }
.slip .row { margin-top: 1.2mm }
.slip .cut { position: absolute; right: 0; bottom: 1mm; color: #444 }
"""


@dataclass(frozen=True)
class Slip:
    """What one person gets."""

    name: str
    username: str
    code: str


@dataclass(frozen=True)
class Heading:
    """What stands on every slip of a batch: the place, the address of the system, the last day of the codes, and where to
    learn to trust the system (empty where nothing needs to be installed)."""

    place: str
    address: str
    until: date
    trust: str = ""


def drawn_as_link(address: str) -> str:
    """The code of an address as something a page can show without a file."""
    return segno.make(address, error="m").svg_data_uri(scale=5, border=2, light="white")


def slips_pdf(slips: Sequence[Slip], heading: Heading) -> bytes:
    """The slips, three to a page, each with the address as text and as a code for a phone's camera.

    Raises MissingGlyph naming every character of a name that no font has.
    """
    setter = Setter()
    code = f'<div class="code">{drawn(heading.address)}</div>'
    body = "".join(
        _slip(setter, slip, heading, code, last=at % A_PAGE == A_PAGE - 1 and at + 1 < len(slips))
        for at, slip in enumerate(slips)
    )
    return html_to_pdf(body, title=f"{heading.place}登录凭条", faces=setter.faces, css=_SHEET)


def steps(heading: Heading) -> tuple[str, ...]:
    """What to do with a slip, in plain words."""
    trust = f"提示“不安全”的，先打开 {heading.trust} 照着做一次。" if heading.trust else ""
    return (
        f"打开上面的网址，或者用手机相机扫右边的码。{trust}",
        "输入登录名和一次性口令，点“登录”。",
        "照提示写一句自己记得住的话作密码，以后用它登录。",
    )


def _slip(setter: Setter, slip: Slip, heading: Heading, code: str, *, last: bool) -> str:
    until = f"口令只用一次，{heading.until:%Y年%-m月%-d日}前有效，请勿转给他人。"
    rows = [
        set_text(setter, f"{heading.place}　登录凭条", Typeface.HEITI, 15),
        set_text(setter, slip.name, Typeface.HEITI, 24, name=True),
        _pair(setter, "网　　址　", heading.address, 15),
        _pair(setter, "登 录 名　", slip.username, 20),
        _pair(setter, "一次性口令　", slip.code, 20),
        *(set_text(setter, f"{at}. {text}", Typeface.FANGSONG, 14) for at, text in enumerate(steps(heading), 1)),
        set_text(setter, until, Typeface.FANGSONG, 14),
    ]
    lines = "".join(f'<div class="row">{row}</div>' for row in rows)
    cut = f'<div class="cut">{set_text(setter, "沿虚线裁开", Typeface.FANGSONG, 8)}</div>'
    return f'<div class="slip{" last" if last else ""}">{code}{lines}{cut}</div>'


def _pair(setter: Setter, label: str, value: str, size: float) -> str:
    return set_text(setter, label, Typeface.FANGSONG, 14) + set_text(setter, value, Typeface.HEITI, size)
