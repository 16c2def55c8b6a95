"""A document of many pages, made of pieces that are typeset one after the other: the memory it takes is that of one piece."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from contextlib import ExitStack

import pikepdf


def join(
    pieces: Iterable[Callable[[int], bytes]], progress: Callable | None = None, pages: int = 0, note: str = ""
) -> bytes:
    """The pages of all pieces in one PDF/A; what the file says of itself is what its first piece says. Each piece is a function of
    the number of its first page, and made when the former ones are. The same pieces give the same bytes.

    `progress` is told before each piece how many of about so many `pages` are there, and what is being done (`note`).
    Raises ValueError when there is no piece.
    """
    with ExitStack() as opened:
        whole = None
        for piece in pieces:
            done = len(whole.pages) if whole else 0
            if progress is not None:
                progress(done, max(pages, done + 1), note)
            made = piece(done + 1)
            pdf = opened.enter_context(pikepdf.open(io.BytesIO(made)))
            if whole is None:
                whole = pdf
            else:
                whole.pages.extend(pdf.pages)
        if whole is None:
            raise ValueError("a document has at least one piece")
        target = io.BytesIO()
        whole.save(target, deterministic_id=True)
        return target.getvalue()


def pages_in(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)
