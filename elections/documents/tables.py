"""Papers of daily work that are tables: one for each place, box or campaign, frozen as JSON-able values."""

from collections.abc import Callable, Iterable, Sequence

from django.db.models import QuerySet

from congress.documents.kit import DocumentKind, register, silent
from congress.documents.render import render_tables
from congress.documents.text import Column, TableDoc
from congress.guard.refusal import refuse
from congress.printing import WorkingPaper
from congress.printing import register as offer
from elections.documents.common import ELECTION_COMMITTEE, committee_name, metadata
from elections.models import Campaign
from elections.permissions import ISSUE
from elections.queries.campaigns import elections_of

ROWS = 14  # of one line and a little more that a page holds


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


def pages_of(context: dict) -> int:
    """About how many pages these tables take."""
    return sum(1 + (len(one["rows"]) - 1) // ROWS for one in context["sheets"])


def compose_tables(context: dict, draft: bool, progress: Callable = silent) -> bytes:
    """The PDF of tables, each on pages of its own. Raises MissingGlyph naming characters no font has."""
    found = [_table(context, one) for one in context["sheets"]]
    return render_tables(found, draft=draft, metadata=metadata(context), progress=progress, note="正在排版")


def _table(context: dict, one: dict) -> TableDoc:
    return TableDoc(
        title=one["title"],
        subtitle=one["subtitle"],
        columns=tuple(Column(*column) for column in one["columns"]),
        rows=one["rows"],
        notes=tuple(one["notes"]),
        foot=(context["office"], context["foot"]),
        landscape=one["landscape"],
        size=10.5,
    )


def table_kind(key: str, title: str) -> DocumentKind:
    """A paper of tables, of the election committee and without a number."""
    return register(
        DocumentKind(
            f"elections.{key}",
            title,
            compose_tables,
            profile="table",
            issuer=ELECTION_COMMITTEE,
            numbering=None,
            told=True,
        )
    )


def campaigns() -> QuerySet:
    """The campaigns a paper may be about, with whose paper it is."""
    return Campaign.objects.select_related("township__county")


def of_campaign(kind: DocumentKind, gather: Callable[[Campaign], dict]) -> WorkingPaper:
    """A paper of tables about a whole campaign, made of what `gather` finds (raises Refused while there is nothing)."""
    return offer(WorkingPaper(kind, campaigns, lambda found, _: gather(found), pages_of, ISSUE))
