"""What each page says to somebody, compared with what is written in `said/`: every word and number of a page's body.

A page is made of hundreds of small decisions that no test names one by one. Whoever changes one sees here which words
change for whom, and says so by writing it anew: SAID=write pytest tests/architecture/test_urls.py
"""

import os
import re
from html.parser import HTMLParser
from pathlib import Path

HERE = Path(__file__).with_name("said")
SILENT = ("script", "style", "svg", "option", "textarea", "title", "nav")
# Lists of rows alike in what they are sorted by (an hour, where the clock stands): those stand in the order of their keys.
UNORDERED = ("administration-audit", "categories", "reports-county-overdue")
# What differs from run to run: keys of rows, digests, secrets, hours, and days of the real calendar.
PASSING = (
    (re.compile(r"\b[A-Z2-7]{32}\b"), "…"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{18,}|\b[0-9a-f]{16,64}\b"), "…"),
    (re.compile(r"\b\d{1,2}:\d{2}(:\d{2})?\b"), "时刻"),
    (re.compile(r"(202[6-9]|20[3-9]\d)(年\d{1,2}月\d{1,2}日|-\d\d-\d\d)"), "近日"),
)


class _Body(HTMLParser):
    """The words between the tags of a page's <main>."""

    def __init__(self):
        super().__init__()
        self.inside, self.silent, self.words = False, 0, []

    def handle_starttag(self, tag, attrs):
        self.inside |= tag == "main"
        self.silent += tag in SILENT

    def handle_endtag(self, tag):
        self.inside &= tag != "main"
        self.silent -= tag in SILENT

    def handle_data(self, data):
        if self.inside and not self.silent and data.strip():
            self.words.append(" ".join(data.split()))


def words(html: str) -> str:
    """The words of a page, without what passes."""
    body = _Body()
    body.feed(html)
    return without_what_passes(" | ".join(body.words))


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
