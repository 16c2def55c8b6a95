"""What each page says to somebody, compared with what is written in `said/`: every word and number of a page's body, what its
fields take and offer, where its links lead and what it looks like, what is answered to what is sent to it, what papers say.

A page is made of hundreds of small decisions that no test names one by one. Whoever changes one sees here which words
change for whom, and says so by writing it anew: SAID=write pytest
tests/architecture/test_urls.py tests/architecture/test_said.py
"""

import hashlib
import os
import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from pathlib import Path

from django.urls import Resolver404

from tests.architecture.faults import led_to

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
    (
        re.compile(r"\b[A-Z0-9]{5} [A-Z0-9]{5}\b|(?<![A-Z0-9-])(?=[0-9-]*[A-Z])[A-Z0-9]{4}-[A-Z0-9]{4}(?![A-Z0-9-])"),
        "…",
    ),
    (re.compile(r"[一二三四五六七八九][加减][一二三四五六七八九]等于几？"), "提问"),
    (re.compile(r"(202[6-9]|20[3-9]\d)(年\d{1,2}月\d{1,2}日|-\d\d-\d\d)"), "近日"),
)
_FIELD = re.compile(r"<(input|select|textarea|button|option)\b([^>]*)>([^<]*)")
_GIVEN = re.compile(r'\s([\w-]+)(?:="([^"]*)")?')
_OPENED = re.compile(r"<[a-z][^>]*>")
_KEYED = re.compile(r'(\s(?:href|value|id|for|name|action|src|(?:data|aria|hx)-[\w-]+)=")([^"]*)"')
_DRAWN = re.compile(r'name="csrfmiddlewaretoken"|\snonce="')  # each time anew, and of no page in particular
_UNSAID = re.compile(r"id|class|name|type|aria-.*|autocomplete")
_LONGEST = 60  # of what a hidden field holds: what is longer is sealed
composed: list[str] = []  # what was handed to the engine of papers since somebody asked


def words(html: str) -> str:
    """The words between the tags of a page's <main>, without what passes."""
    return spoken(_SILENT.sub("", body(html)))


def body(html: str) -> str:
    """What stands in a page's <main>."""
    found = _MAIN.search(html)
    return found[1] if found else ""


def spoken(html: str) -> str:
    """The words between tags."""
    pieces = (" ".join(unescape(piece).split()) for piece in _TAG.split(html))
    return without_what_passes(" | ".join(piece for piece in pieces if piece))


def without_what_passes(text: str) -> str:
    """The text without what differs from run to run."""
    for pattern, instead in PASSING:
        text = pattern.sub(instead, text)
    return text


def held(html: str) -> str:
    """What people can enter and choose on a page, and a digest of what its tags say beside: where links lead, what stands
    out by its colour."""
    main = body(html)
    fields = "; ".join(filter(None, (_field(*found) for found in _FIELD.findall(main))))
    return f"{without_what_passes(fields)} = {looks(main)}"


def _field(tag: str, attributes: str, after: str) -> str:
    given = {name: unescape(value) for name, value in _GIVEN.findall(attributes)}
    if tag == "option":
        return f"{'*' if 'selected' in given else '-'}{' '.join(unescape(after).split())}"
    name, kind = given.get("name", ""), given.get("type", tag)
    if tag == "textarea" and after.strip():
        given["value"] = " ".join(unescape(after).split())
    if not name or name == "csrfmiddlewaretoken":
        return ""
    if len(given.get("value", "")) > _LONGEST or (
        kind in ("hidden", "checkbox", "radio") and given.get("value", "").isdigit()
    ):
        given["value"] = "…"
    told = [f"{key}={value}" if value else key for key, value in given.items() if not _UNSAID.fullmatch(key)]
    return " ".join([re.sub(r"\d{2,}", "…", without_what_passes(name)), kind, *told])


def looks(html: str) -> str:
    """A digest of the tags, in whichever order they stand."""
    tags = sorted(filter(None, map(_tag, _OPENED.findall(html))))
    return hashlib.sha256("".join(tags).encode()).hexdigest()[:8]


@lru_cache(maxsize=20_000)
def _tag(tag: str) -> str:
    """A tag without what differs from run to run; none where it holds nothing else."""
    if _DRAWN.search(tag):
        return ""
    return _KEYED.sub(lambda found: f'{found[1]}{_keyless(found[2])}"', without_what_passes(tag))


def _keyless(value: str) -> str:
    return "" if len(value) > 2 * _LONGEST else re.sub(r"\d+", "0", value)


def where(url: str) -> str:
    """The name of the page an answer leads to, with what is asked of it."""
    path, _, query = url.partition("#")[0].partition("?")
    try:
        name = led_to(path).url_name
    except Resolver404:
        name = path
    return f"{name} {without_what_passes(query)}".strip()


def reply(answer) -> str:
    """What is answered to what was sent: where it leads, what it says, and what is said of each field."""
    target = answer.get("Location") or answer.get("HX-Redirect")
    messages = getattr(getattr(answer.wsgi_request, "_messages", None), "_queued_messages", ())
    context = answer.context or {}
    errors = getattr(context.get("form"), "_errors", None) or {}
    told = [f"{name}: {' '.join(map(str, said))}" for name, said in errors.items()]
    told += [f"{one}" for one in context.get("findings") or ()]
    led = [f"→ {where(target)}"] if target and target.startswith("/") else []
    return without_what_passes(" | ".join([str(answer.status_code), *led, *(f"{one}" for one in messages), *told]))


def workbook(book) -> str:
    """What stands in the cells of a workbook, how wide its columns are and how it is printed."""
    told = []
    for sheet in book:
        widths = [f"{key}={one.width:g}" for key, one in sorted(sheet.column_dimensions.items())]
        told.append(
            " ".join(
                [sheet.title, *widths, f"{sheet.freeze_panes} {sheet.print_title_rows} {sheet.page_setup.orientation}"]
            )
        )
        for row in sheet.iter_rows():
            cells = (
                f"{cell.value}" if cell.number_format == "General" else f"{cell.value} ({cell.number_format})"
                for cell in row
            )
            told.append(" | ".join(cells))
    return without_what_passes(" / ".join(told).replace("\n", " "))


def printed() -> str:
    """What the papers say that were composed since this was asked, and a digest of how."""
    told = [f"{spoken(each)} = {looks(each)}" for each in composed]
    composed.clear()
    return " || ".join(told)


def in_order(piece: str) -> str:
    """What is counted up, in whichever order rows made at one moment stand."""
    return "、".join(sorted(piece.split("、")))


def pieces(answer, known: set[str]) -> str:
    """How much a page says, and what of it was not said before."""
    if answer.status_code != 200:
        return str(answer.status_code)
    told = [in_order(piece) for piece in words(answer.content.decode()).split(" | ")]
    fresh = [piece for piece in told if piece not in known]
    known.update(told)
    return " | ".join([str(len(told)), *sorted(fresh)])


def differing(page: Path, lines: Iterable[str], start: str = "", write: str = "SAID") -> list[str]:
    """The lines that are not as they are written among those of a page that begin so; written anew where that is asked for."""
    now = sorted(lines)
    written = page.read_text(encoding="utf-8").splitlines() if page.exists() else []
    if os.environ.get(write) == "write":
        others = [line for line in written if not line.startswith(start)]
        page.write_text("\n".join([*sorted([*others, *now]), ""]), encoding="utf-8")
        return []
    return sorted({*now} ^ {line for line in written if line.startswith(start)})


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
        return differing(HERE / f"{self.who}.txt", (f"{name}: {said}" for name, said in self.shown.items()))
