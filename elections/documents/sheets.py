"""Sheets of daily work, many in one file: forms that are filled in by hand, each with a title of its own."""

from collections.abc import Callable
from functools import partial
from itertools import groupby

from django.db.models import QuerySet

from congress.documents.joined import join
from congress.documents.kit import DocumentKind, register, silent
from congress.documents.render import render
from congress.documents.text import NewPage
from elections.documents.common import ELECTION_COMMITTEE, block_of, metadata
from elections.models import Election

PIECE = 16  # sheets that are typeset at once
NEW_PAGE = "new page"


def levels() -> QuerySet:
    """The elections a sheet may be about, with whose paper it is."""
    return Election.objects.select_related("campaign", "term", "township__county")


def _split(parts: list[dict]) -> list[list[dict]]:
    """The parts of each sheet."""
    return [list(found) for new, found in groupby(parts, key=lambda part: part["is"] == NEW_PAGE) if not new]


def sheets_in(context: dict) -> int:
    """About how many pages these sheets take."""
    return len(_split(context["parts"]))


def compose_sheets(context: dict, draft: bool, progress: Callable = silent) -> bytes:
    """The PDF of the sheets; nobody signs them as a whole. Raises MissingGlyph naming characters no font has."""
    sheets = _split(context["parts"])

    def piece(found: list[list[dict]], first_page: int) -> bytes:
        blocks = []
        for sheet in found:
            blocks += [*([NewPage()] if blocks else []), *(block_of(part) for part in sheet)]
        return render(blocks, title=context["title"], draft=draft, metadata=metadata(context), first_page=first_page)

    pieces = (partial(piece, sheets[at : at + PIECE]) for at in range(0, len(sheets), PIECE))
    return join(pieces, progress, len(sheets), "正在排版")


def sheet_kind(key: str, title: str) -> DocumentKind:
    """A paper of sheets, of the election committee and without a number."""
    return register(DocumentKind(key, title, compose_sheets, issuer=ELECTION_COMMITTEE, numbering=None, told=True))
