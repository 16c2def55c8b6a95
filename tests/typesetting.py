"""The same text is typeset once in a process. Equal input gives equal bytes, which `tests/documents` asks of the engine itself; many
other tests issue the same paper only to have it issued, and each would take a fifth of a second."""

from collections.abc import Iterable
from functools import lru_cache

from congress.documents import ballots, cards, render, slips
from congress.documents.fonts import Face
from congress.guard import scope

ASKING = (ballots, cards, render, slips)  # the modules that name the engine
_engine = render.html_to_pdf


@lru_cache(maxsize=200)
def _typeset(rehearsal: bool, body: str, faces: frozenset[Face], given: tuple) -> bytes:
    return _engine(body, faces=faces, **dict(given))


def once(body: str, *, faces: Iterable[Face] = (), **given) -> bytes:
    """What `html_to_pdf` makes of it, or made of it before. What it raises is not kept."""
    return _typeset(scope.in_rehearsal(), body, frozenset(faces), tuple(sorted(given.items())))
