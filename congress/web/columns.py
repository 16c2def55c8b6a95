"""What a user wants to see of a list: its columns and how closely the rows stand, kept with the user, list by list.

What was kept may be older than the list: columns that are no more are passed over, and a choice of which nothing is left
counts as none.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from congress.web.search import Name

NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
MOST_LISTS, MOST_COLUMNS = 100, 60  # more than the program has; nobody fills a row of the table of users
SHORT = 12  # characters of a column that is never broken
WIDE = 30  # characters of a column that may take two lines
SUBJECT = 24  # characters from which on a column is what the record is about, and gets the room
BROAD = 150  # characters of all columns together that no usual screen shows beside each other
AMPLE = 100  # as many leave room enough to cut nothing short


@dataclass(frozen=True)
class View:
    """The columns shown, in the order of the list, and whether the rows stand apart (`roomy`) or close."""

    columns: Sequence[Any]
    roomy: bool = False
    chosen: bool = False  # by the user, or as the list is made

    @property
    def subject(self):
        """The column with what the record is about: the first that is wide, or else the first."""
        return next((column for column in self.columns if column.width >= SUBJECT), self.columns[0])

    @property
    def broad(self) -> bool:
        """Whether the table has to be moved sideways in a frame of its own."""
        return sum(max(column.width, 10) for column in self.columns) > BROAD

    @property
    def ample(self) -> bool:
        """Whether there is room for every column at its length."""
        return sum(max(column.width, 10) for column in self.columns) <= AMPLE

    @property
    def named_first(self) -> bool:
        """Whether the row is called by its first column, and not by what it is about: there the link is, or a person."""
        first = self.columns[0]
        return self.subject.url is None and (first.url is not None or any(isinstance(one, Name) for one in first.finds))

    def css(self, column) -> str:
        """How a column behaves where it is narrow: stays whole, is cut short, or takes what room there is."""
        return " ".join(filter(None, (self._room(column), "called" * (column is self.columns[0] and self.named_first))))

    def _room(self, column) -> str:
        if column is self.subject:
            return "subject"
        if column.numeric:
            return "num"
        return "short" if column.width <= SHORT else "cut wide" if column.width >= WIDE else "cut"


def view_of(user, listing) -> View:
    """What the user sees of the list; the first column names the row and is always there."""
    kept = _kept(user).get(listing.name)
    kept = kept if isinstance(kept, dict) else {}
    wanted = kept.get("columns")
    first, *others = listing.columns
    chosen = [column for column in others if column.offered and isinstance(wanted, list) and column.key in wanted]
    usual = [column for column in others if column.screen]
    return View([first, *(chosen or usual)], bool(kept.get("roomy")), bool(chosen))


def _kept(user) -> dict:
    kept = getattr(user, "list_views", None)
    return kept if isinstance(kept, dict) else {}


def changed(user, answers: Mapping[str, Any], columns: Sequence[str]) -> dict:
    """All that is kept of a user, with one list as it was answered (`list`, `density`, `usual`) and its ticked columns;
    an answer that names no list changes nothing."""
    name, kept = str(answers.get("list", "")), dict(_kept(user))
    if not NAME.fullmatch(name):
        return kept
    kept.pop(name, None)
    if "usual" in answers:
        return kept
    keys = [key for key in columns if NAME.fullmatch(key)][:MOST_COLUMNS]
    newest = {name: {"columns": keys, "roomy": answers.get("density") == "roomy"}}
    return dict(list(kept.items())[-(MOST_LISTS - 1) :]) | newest
