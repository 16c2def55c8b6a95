"""Typed text brought to one form, so that the same number typed in five ways is one number."""

import re
import unicodedata

# Every kind of dash and the invisible characters that come along when text is copied from web pages and PDFs.
DASHES = "-‐‑‒–—―−﹣－_"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_NOISE = re.compile(rf"[\s{re.escape(DASHES)}{INVISIBLE}]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# A joiner is part of a word in the writing of some nationalities: it stays behind a letter of theirs.
_JOINED = "\u0600-\u06ff\u0f00-\u0fff\u1800-\u18af"
_NEVER_SEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
    f"|(?<![{_JOINED}])[\u200c\u200d]"
)


def compact(text: str) -> str:
    """NFKC (full-width digits become plain), without blanks, dashes and invisible characters, upper case."""
    if text.isascii() and text.isalnum():
        return text.upper()
    before = None
    # Taking a blank away or raising a letter may leave something to compose: again until nothing changes.
    while text != before:
        before, text = text, _NOISE.sub("", unicodedata.normalize("NFKC", text).upper())
    return text


def visible(text: str) -> str:
    """NFKC, without invisible characters, blanks at the ends stripped."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


def as_shown(text: str) -> str:
    """A text of one or more lines as whoever typed or pasted it sees it: NFC, one character for a line break, blanks that are
    blanks, nothing invisible."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):  # nearly every text, many times a row
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return unicodedata.normalize("NFC", _NEVER_SEEN.sub("", text))
