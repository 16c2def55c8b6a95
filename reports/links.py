"""Which page shows a record that stands behind a figure."""

from django.urls import reverse

from congress.models import Township

PAGES = {
    "deputies.deputy": "deputies-detail",
    "deputies.station": "deputies-station",
    "deputies.activity": "deputies-activity",
    "assembly.session": "assembly-session",
    "assembly.presidiummeeting": "assembly-meeting",
    "elections.election": "elections-election",
    "proposals.reception": "proposals-reception",
    "proposals.matter": "proposals-matter",
    "proposals.suggestion": "proposals-suggestion",
    "congress.category": "category-edit",
}


def page_of(township: Township, subject: str, pk: str) -> str:
    """The address of a record's page; empty for a kind of record that has none."""
    name = PAGES.get(subject)
    return reverse(name, args=[township.code, pk]) if name else ""
