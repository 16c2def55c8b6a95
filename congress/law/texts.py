"""Reading the text of a law: which law it is, which edition, and its articles. Pure text in, values out."""

import hashlib
import re
import unicodedata
from datetime import date

from congress.law.catalogue import LAWS, Edition, Law
from congress.law.numerals import from_chinese

_ARTICLE = re.compile(r"^第([零一二三四五六七八九十百千]+)条[\s\u3000]+(.*)$")
_CLAUSE = re.compile(r"^([一二三四五六七八九十]+)、(.*)$")
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_END_OF_HEAD = "<!-- INFO END -->"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff"))


def articles_of(text: str, numbering: str = "条") -> dict[int, str]:
    """Splits the text of a law into articles: number → wording, paragraphs joined by line ends.

    Headings (lines beginning with #) end an article. With `numbering="款"` the text counts 一、二、三 without 条.
    A number met twice keeps its first wording.
    """
    pattern = _CLAUSE if numbering == "款" else _ARTICLE
    body = text.partition(_END_OF_HEAD)[2] or text
    found: dict[int, list[str]] = {}
    current: list[str] | None = None
    for line in body.translate(_INVISIBLE).splitlines():
        stripped = line.strip()
        if stripped.startswith("#"):
            current = None
            continue
        match = pattern.match(stripped)
        if match:
            current = []
            current.append(match.group(2).strip())
            found.setdefault(from_chinese(match.group(1)), current)
        elif stripped and current is not None:
            current.append(stripped)
    return {number: "\n".join(lines) for number, lines in found.items()}


def fingerprint(article: str) -> str:
    """SHA-256 (hex) of an article after normalising: widths unified (NFKC), white space and invisible signs out."""
    unified = unicodedata.normalize("NFKC", article.translate(_INVISIBLE))
    return hashlib.sha256("".join(unified.split()).encode()).hexdigest()


def head_dates(text: str) -> tuple[date, ...]:
    """Every date in the head of a text (adoption, amendments, effect), in the order written."""
    head = text.partition(_END_OF_HEAD)[0]
    return tuple(date(int(y), int(m), int(d)) for y, m, d in _DATE.findall(head))


def identify(text: str) -> tuple[Law, Edition] | None:
    """Which known law and edition a text is; None when it is neither. Reads the headings and dates of the head."""
    headings = [line.lstrip("# ").strip() for line in text.splitlines()[:8] if line.startswith("#")]
    if not headings:
        return None
    dates = head_dates(text)
    for law in LAWS.values():
        if law.title != headings[0] or (law.part and law.part not in headings):
            continue
        dated = [edition for edition in law.editions if edition.adopted and edition.adopted in dates]
        if dated:
            return law, max(dated, key=lambda edition: edition.effective)
        if not dates and len(law.editions) == 1 and law.editions[0].adopted is None:
            return law, law.editions[0]
    return None
