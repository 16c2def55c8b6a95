"""What each page says to somebody, compared with what is written in `said/`: every word and number of a page's body.

A page is made of hundreds of small decisions that no test names one by one. Whoever changes one sees here which words
change for whom, and says so by writing it anew: SAID=write pytest
tests/architecture/test_urls.py tests/architecture/test_said.py
"""

import os
import re
from html import unescape
from pathlib import Path

HERE = Path(__file__).with_name("said")
# Not a parser, which takes as long as the page itself: our own templates close every element and escape what they quote.
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.S)
_SILENT = re.compile(r"<(script|style|svg|option|textarea|title|nav)\b.*?</\1>", re.S)
_TAG = re.compile(r"<[^>]*>")
# Lists of rows alike in what they are sorted by (an hour, where the clock stands): those stand in the order of their keys.
UNORDERED = (
    "administration-audit",
    "county-deadlines",
    "reports-county-open",
    "reports-county-overdue",
    "reports-county-questions",
)
# What differs from run to run: keys of rows, digests, secrets, hours, and days of the real calendar.
PASSING = (
    (re.compile(r"\b[A-Z2-7]{32}\b"), "…"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{18,}|\b[0-9a-f]{16,64}\b"), "…"),
    (re.compile(r"\b\d{1,2}:\d{2}(:\d{2})?\b"), "时刻"),
    (re.compile(r"[一二三四五六七八九][加减][一二三四五六七八九]等于几？"), "提问"),
    (re.compile(r"(202[6-9]|20[3-9]\d)(年\d{1,2}月\d{1,2}日|-\d\d-\d\d)"), "近日"),
)


def words(html: str) -> str:
    """The words between the tags of a page's <main>, without what passes."""
    body = _SILENT.sub("", _MAIN.search(html)[1]) if _MAIN.search(html) else ""
    pieces = (" ".join(unescape(piece).split()) for piece in _TAG.split(body))
    return without_what_passes(" | ".join(piece for piece in pieces if piece))


def without_what_passes(text: str) -> str:
    """The text without what differs from run to run."""
    for pattern, instead in PASSING:
        text = pattern.sub(instead, text)
    return text


class Pages:
    """What a reader was shown on a walk, page by page."""

    def __init__(self, who: str):
        self.who, self.shown = who, {}

    def note(self, name: str, answer) -> None:
        """Remember what a page that opened says."""
        opened = answer.status_code == 200 and answer.request["REQUEST_METHOD"] == "GET"
        if opened and "text/html" in answer["Content-Type"]:
            text = words(answer.content.decode())
            self.shown[name] = " | ".join(sorted(text.split(" | "))) if name in UNORDERED else text

    def differing(self) -> list[str]:
        """Lines that are not as they are written for this reader; written anew where that is asked for."""
        page = HERE / f"{self.who}.txt"
        now = [f"{name}: {self.shown[name]}" for name in sorted(self.shown)]
        if os.environ.get("SAID") == "write":
            page.write_text("\n".join([*now, ""]), encoding="utf-8")
        written = page.read_text(encoding="utf-8").splitlines()
        return sorted({*now} ^ {*written})
