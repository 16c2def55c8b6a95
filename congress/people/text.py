"""Typed text brought to one form, so that the same number typed in five ways is one number."""

import re
import unicodedata

# Every kind of dash and the invisible characters that come along when text is copied from web pages and PDFs.
DASHES = "-‐‑‒–—―−﹣－_"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_NOISE = re.compile(rf"[\s{re.escape(DASHES)}{INVISIBLE}]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")


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
