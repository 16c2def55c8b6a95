"""Papers of daily work that are tables: one for each place, box or campaign, frozen as JSON-able values."""

from collections.abc import Iterable, Sequence
from functools import partial

from congress.documents.joined import join
from congress.documents.kit import DocumentKind, register
from congress.documents.render import render
from congress.documents.text import Column, TableDoc
from congress.guard.refusal import refuse
from elections.documents.common import ELECTION_COMMITTEE, committee_name, metadata
from elections.models import Campaign
from elections.queries.campaigns import elections_of


def office_of(campaign: Campaign) -> str:
    """The committee in whose name papers of a whole campaign are made: the township's, where it elects."""
    levels = elections_of(campaign)
    if not levels:
        refuse("这次选举工作还没有任何一级选举。")
    return committee_name(campaign.township, levels[0])


def sheet(
    title: str,
    columns: Sequence[tuple],
    rows: Iterable[Sequence],
    *,
    subtitle: str = "",
    notes: Sequence[str] = (),
    landscape: bool = True,
) -> dict:
    """One table: columns are (label, width) or (label, width, alignment)."""
    return {
        "title": title,
        "subtitle": subtitle,
        "columns": [list(one) for one in columns],
        "rows": [[str(cell) for cell in row] for row in rows],
        "notes": list(notes),
        "landscape": landscape,
    }


def tables(campaign: Campaign, sheets: Sequence[dict], foot: str = "") -> dict:
    """The context of a paper of these tables; `foot` stands at the right below each."""
    return {"office": office_of(campaign), "foot": foot, "sheets": list(sheets)}


def compose_tables(context: dict, draft: bool) -> bytes:
    """The PDF of tables, each on pages of its own. Raises MissingGlyph naming characters no font has."""
    return join(partial(_sheet, context, one, draft) for one in context["sheets"])


def _sheet(context: dict, one: dict, draft: bool, first_page: int) -> bytes:
    table = TableDoc(
        title=one["title"],
        subtitle=one["subtitle"],
        columns=tuple(Column(*column) for column in one["columns"]),
        rows=one["rows"],
        notes=tuple(one["notes"]),
        foot=(context["office"], context["foot"]),
        landscape=one["landscape"],
        size=10.5,
    )
    return render(table, profile="table", draft=draft, metadata=metadata(context), first_page=first_page)


def table_kind(key: str, title: str) -> DocumentKind:
    """A paper of tables, of the election committee and without a number."""
    return register(
        DocumentKind(
            f"elections.{key}", title, compose_tables, profile="table", issuer=ELECTION_COMMITTEE, numbering=None
        )
    )
