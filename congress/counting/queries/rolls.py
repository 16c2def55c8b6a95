"""Who is on a list of voters knows whoever has something counted: asked here by name when written names are told apart."""

from collections.abc import Callable, Collection

from congress.counting.models import Count

Ask = Callable[[Count, Collection[str]], dict[str, str]]
_asked: dict[str, Ask] = {}


def register(subject_type: str, ask: Ask) -> None:
    """Say who is asked of counts for such a subject: (count, names) → for each name what its lists say, in one sentence."""
    _asked[subject_type] = ask


def known(count: Count, names: Collection[str]) -> dict[str, str]:
    """What the lists say of these names; nothing where nobody was registered."""
    ask = _asked.get(count.subject_type)
    return ask(count, names) if ask and names else {}
