"""The annual report's PDF against the layout engine alone on the same finished HTML; and whether its bytes repeat."""

import hashlib
import io
import os
import subprocess
import sys
from types import SimpleNamespace

import pikepdf
from django.conf import settings

from bench.timing import by_turns, ratio
from congress.documents import render
from congress.documents.kit import kind_of
from congress.guard import scope
from congress.models import Document

KIND = "annual_report"
OTHER_SEED = "20220518"  # of Python's hashes: sets must not order what is printed


def issued() -> Document:
    """The issued annual report of the demonstration. Raises Document.DoesNotExist."""
    with scope.everywhere("finding an issued annual report"):
        return Document.objects.select_related("file", "township").filter(kind=KIND).earliest("issued_on", "number")


class Finished:
    """The HTML and the style sheet the product hands to the engine, caught on the way."""

    def __init__(self, context: dict):
        self.engine = render._engine()
        self.html = self.css = ""
        make_html, make_css = self.engine.html, self.engine.css
        self.plain = SimpleNamespace(html=make_html, css=make_css)
        self.engine.html = lambda string, **more: make_html(string=self._keep("html", string), **more)
        self.engine.css = lambda string, **more: make_css(string=self._keep("css", string), **more)
        kind_of(KIND).compose(context, False)
        self.engine.html, self.engine.css = make_html, make_css

    def _keep(self, name: str, string: str) -> str:
        setattr(self, name, string)
        return string

    def typeset(self) -> bytes:
        """What the engine alone makes of it."""
        fonts, fetcher = self.engine.fonts, self.engine.fetcher
        rules = self.plain.css(string=self.css, font_config=fonts, url_fetcher=fetcher)
        html = self.plain.html(string=self.html, url_fetcher=fetcher)
        options = {"pdf_variant": "pdf/a-2b", "pdf_tags": True}
        return html.render(stylesheets=[rules], font_config=fonts, **options).write_pdf(**options)


def fingerprint() -> str:
    """SHA-256 of the report composed anew in this process."""
    return hashlib.sha256(kind_of(KIND).compose(issued().context, False)).hexdigest()


def elsewhere() -> str:
    """The same in another process with another order of hashes."""
    code = "import django; django.setup(); from bench.pdf import fingerprint; print(fingerprint())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=os.environ | {"PYTHONHASHSEED": OTHER_SEED, "DJANGO_SETTINGS_MODULE": "congress.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()[-1]


def measure(seconds: float) -> dict:
    """Seconds of product and engine, size and pages, and whether stored, repeated and elsewhere made bytes agree."""
    document = issued()
    finished = Finished(document.context)
    pdf = kind_of(KIND).compose(document.context, False)
    times, bare = by_turns(
        lambda: kind_of(KIND).compose(document.context, False), finished.typeset, seconds=seconds / 4, least=2, most=6
    )
    prints = {"stored": document.file.sha256, "repeated": hashlib.sha256(pdf).hexdigest(), "elsewhere": elsewhere()}
    return {
        "title": document.title,
        "pages": _pages(pdf),
        "kilobytes": round(len(pdf) / 1024, 1),
        "product_s": round(times.p50, 2),
        "engine_s": round(bare.p50, 2),
        "ratio": ratio(times.p50, bare.p50),
        "same_bytes": len(set(prints.values())) == 1,
        "sha256": prints,
        "times": len(times.seconds),
    }


def _pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)
