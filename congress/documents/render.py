"""Blocks or a table → PDF/A-2b bytes. The same input gives the same bytes, so a fingerprint can be printed on paper.

The layout engine is imported in one function and reads no file outside the font folders and the style sheets.
"""

from __future__ import annotations

import atexit
import gc
import re
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urlsplit

from congress.guard import scope
from congress.names.characters import standard

from . import grid, style
from .fonts import BASE_DIR, Face, MissingGlyph, Typeface, folders, stack
from .joined import join
from .markup import Setter
from .tables import TableSetter
from .text import Block, TableDoc

STYLES = BASE_DIR / "static" / "documents"
PROFILES = ("report", "official", "table", "names")
A_PIECE = 20  # pages that are typeset at once, where a document is made in pieces
DRAFT, REHEARSAL = "草稿", "演练"
_LOCK = threading.RLock()  # the font configuration is shared by the process and is not safe between threads


@dataclass(frozen=True)
class Metadata:
    """What the PDF says about itself. No date is written unless given: the clock would change the fingerprint."""

    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    created: date | datetime | None = None


def _readable(path: Path) -> bool:
    resolved = path.resolve()
    return any(resolved.is_relative_to(root.resolve()) for root in (*folders(), STYLES) if root.exists())


@lru_cache(maxsize=1)
def _engine() -> SimpleNamespace:
    """Load the layout engine once: half a second, and one font configuration that every document shares."""
    import weasyprint  # noqa: PLC0415  weight: half a second, which only who typesets pays
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  weight
    from weasyprint.urls import URLFetcher  # noqa: PLC0415  weight

    class LocalFiles(URLFetcher):
        """Serves the fonts and style sheets of this project and nothing else."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            """Read a file of ours; raise ValueError for anything else."""
            parts = urlsplit(url)
            if parts.scheme != "file" or parts.netloc or not _readable(Path(unquote(parts.path))):
                raise ValueError("documents may only use local fonts and style sheets")
            return super().fetch(url, headers)

    atexit.register(release)
    fetcher = LocalFiles(allowed_protocols={"file"}, allow_redirects=False, fail_on_errors=True)
    return SimpleNamespace(html=weasyprint.HTML, css=weasyprint.CSS, fetcher=fetcher, fonts=FontConfiguration())


def release() -> None:
    """Give up the engine and remove its temporary copies of the fonts; the next document loads it again.

    Runs by itself when a process ends in order. A worker that ends its children otherwise should call it.
    """
    with _LOCK:
        _engine.cache_clear()
        gc.collect()  # finished documents refer to the configuration in circles


def _refuse_undrawn(document: Any, families: set[str]) -> None:
    """Raise MissingGlyph for empty boxes, and for characters that some other font of the machine has drawn.

    The engine only logs the first (and logging may be switched off) and never mentions the second, though the file
    would then differ from machine to machine.
    """
    undrawn = [chr(code) for font in document.fonts.values() for code in font.missing]
    foreign = [font for font in document.fonts.values() if font.family not in families]
    undrawn += [c for font in foreign for text in font.to_unicode.values() for c in text]
    if undrawn:
        raise MissingGlyph((c, "") for c in undrawn)


def _meta(metadata: Metadata) -> str:
    values = [("author", metadata.author), ("description", metadata.subject), ("keywords", ",".join(metadata.keywords))]
    if metadata.created:
        moment = (
            metadata.created.isoformat(timespec="seconds")
            if isinstance(metadata.created, datetime)
            else metadata.created.isoformat()
        )
        values += [("dcterms.created", moment), ("dcterms.modified", moment)]
    return "".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in values if value)


def _watermark(word: str, faces: set[Face], offset: tuple[float, float, float, float]) -> str:
    """A word across the middle of every page, light grey, under the text."""
    left, top, width, height = offset
    face = stack(Typeface.HEITI)[0]
    faces.add(face)
    size = 150.0 if len(word) < 3 else 110.0
    wide, tall = style.em(size) * len(word), style.em(size)
    place = f"left:{(width - wide) / 2 - left:.2f}mm;top:{(height - tall) / 2 - top:.2f}mm;width:{wide:.2f}mm"
    return f'<div class="draft" style="font-family:{face.family};font-size:{size}pt;{place}">{word}</div>'


_STYLED = re.compile(r'<(p|span|div|h[1-5])(?: class="([^"]*)")? style="([^"]*)"')


def _shared(body: str) -> tuple[str, str]:
    """The body with a class in place of each ``style``, and the rules of these classes, which weigh more than any other rule.

    The engine computes the style of every element that has declarations of its own, though thousands have the same; what elements
    have from a rule it computes once.
    """
    names: dict[str, str] = {}

    def by_class(found: re.Match[str]) -> str:
        tag, classes, style = found.groups()
        name = names.setdefault(style, f"s{len(names)}")
        return f'<{tag} class="{classes} {name}"' if classes else f'<{tag} class="{name}"'

    shared = _STYLED.sub(by_class, body)
    return shared, "".join(f".{name}.{name}.{name} {{ {style} }}\n" for style, name in names.items())


def html_to_pdf(
    body: str,
    *,
    title: str,
    faces: Iterable[Face] = (),
    css: str = "",
    draft: bool = False,
    stamp: str = "",
    lang: str = "zh-CN",
    metadata: Metadata | None = None,
    offset: tuple[float, float, float, float] = (0.0, 0.0, grid.PAGE_WIDTH, grid.PAGE_HEIGHT),
    tagged: bool = False,
) -> bytes:
    """Typeset finished HTML (already escaped) with the house style sheet and the given faces.

    ``css`` follows the house style; ``stamp`` is a word across every page, as the mark of a draft is. ``offset`` is the
    page box for the watermark: left and top of the content box, page width and height in mm. ``tagged`` says in the file what is a
    heading, a paragraph, a table, for who has a text read aloud. What is set in the scope of a
    rehearsal says so on every page. Raises MissingGlyph when a character was not drawn.
    """
    used = set(faces) | {stack(Typeface.FANGSONG)[0], stack(Typeface.SONGTI)[0]}
    if word := (REHEARSAL if scope.in_rehearsal() else "") + (DRAFT if draft else stamp):
        body = _watermark(word, used, offset) + body
    families = "".join(f".{face.family} {{ font-family: {face.family} }}\n" for face in sorted(used, key=str))
    main = f"body {{ font-family: {stack(Typeface.FANGSONG)[0].family}; font-size: {grid.BODY}pt }}\n"
    sheet = (STYLES / "official.css").read_text(encoding="utf-8")
    body, shared_rules = _shared(body)
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>{_meta(metadata or Metadata())}'
    page = f'<!doctype html><html lang="{escape(lang)}"><head>{head}</head><body>{body}</body></html>'
    with _LOCK:
        engine = _engine()
        shared = {"font_config": engine.fonts, "url_fetcher": engine.fetcher}
        rules = engine.css(string=style.font_faces(used) + sheet + main + families + css + shared_rules, **shared)
        html = engine.html(string=page, url_fetcher=engine.fetcher)
        options = {"pdf_variant": "pdf/a-2b", "pdf_tags": tagged}
        document = html.render(stylesheets=[rules], font_config=engine.fonts, **options)
        pdf: bytes = document.write_pdf(**options)
        _refuse_undrawn(document, {face.family for face in used})
    return pdf


def _begun_at(page: int) -> str:
    """The rules of a piece of a longer document that begins with this page."""
    if page <= 1:
        return ""
    side = "right" if page % 2 else "left"
    return f"@page :first {{ counter-reset: page {page} }}\nhtml {{ break-before: {side} }}\n"


def _turned(landscape: bool) -> tuple[float, float, float, float]:
    """Corner and size of the page of a table, for what is laid across it."""
    if landscape:
        return (grid.TOP, grid.LEFT, grid.PAGE_HEIGHT, grid.PAGE_WIDTH)
    return (grid.LEFT, grid.TOP, grid.PAGE_WIDTH, grid.PAGE_HEIGHT)


def render_tables(
    tables: Sequence[TableDoc],
    *,
    draft: bool = False,
    metadata: Metadata | None = None,
    progress: Callable | None = None,
    note: str = "",
) -> bytes:
    """Many tables of one orientation as one PDF/A-2b, each on pages of its own, which are numbered on: typeset so many pages at
    once, whatever table they belong to, because every piece brings its fonts. `progress` and `note` are those of `join`.

    Raises as `render`.
    """
    setters = [TableSetter(table) for table in tables]
    pages = [section for setter in setters for section in setter.sections()]
    if missing := [one for setter in setters for one in setter.setter.missing]:
        raise MissingGlyph(missing)
    faces = set().union(*(setter.setter.faces for setter in setters))
    title, rule = standard(tables[0].title.replace("\n", "")), setters[0].page_rule()
    offset = _turned(tables[0].landscape)

    def piece(sections: list[str], first_page: int) -> bytes:
        return html_to_pdf(
            "".join(sections),
            title=title,
            faces=faces,
            css=rule + _begun_at(first_page),
            draft=draft,
            metadata=metadata,
            offset=offset,
        )

    parts = [pages[at : at + A_PIECE] for at in range(0, len(pages), A_PIECE)]
    return join((partial(piece, part) for part in parts), progress, len(pages), note)


def render(
    content: Sequence[Block] | TableDoc,
    *,
    title: str = "",
    profile: str = "report",
    draft: bool = False,
    lang: str = "zh-CN",
    metadata: Metadata | None = None,
    first_page: int = 0,
) -> bytes:
    """Typeset blocks (profiles report, official and names) or a TableDoc (profile table) to PDF/A-2b. ``first_page`` is the number
    of the first page, where it is a piece of a longer document. A whole text is tagged; pieces are not, because their tags do not
    survive being joined.

    ``title`` is the title of the PDF file; a TableDoc brings its own. Raises MissingGlyph naming every character that
    no font has, and ValueError for an unknown profile.
    """
    if profile not in PROFILES:
        raise ValueError(f"unknown profile {profile!r}")
    if isinstance(content, TableDoc):
        table = TableSetter(content)
        body, setter, css = table.html(), table.setter, table.page_rule()
        offset = _turned(content.landscape)
        title = title or content.title.replace("\n", "")
    else:
        setter = Setter()
        body = setter.document(content)
        css = style.official_page() + style.wide_page()
        offset = (grid.LEFT, grid.TOP - style.above(setter.body, grid.BODY), grid.PAGE_WIDTH, grid.PAGE_HEIGHT)
    if setter.missing:
        raise MissingGlyph(setter.missing)
    return html_to_pdf(
        body,
        title=standard(title),
        faces=setter.faces,
        css=css + _begun_at(first_page),
        draft=draft,
        lang=lang,
        metadata=metadata,
        offset=offset,
        tagged=first_page == 0 and profile in ("report", "official"),
    )
