"""Which sample an address of the program speaks of."""

from tests.architecture.samples import Samples

# Name of an address → the sample its `pk` stands for; a name not listed uses the longest prefix that is.
PK = {
    "unit": "unit",
    "category": "category",
    "channel": "channel",
    "document": "document",
    "job": "job",
    "delivery-resend": "delivery",
    "import": "batch",
    "member": "member",
    "slips": "slips",
    "delegation-new": "vice",
    "delegation-end": "delegation",
    "erasure": "erasure",
    "erasure-new": "deputy",
    "attachment": "attachment",
    "open_message": "message",
    "reveal": "deputy",
    "attach": "suggestion.replied",
    "proposals-reception": "reception",
    "proposals-matter": "matter",
    "proposals-matter-resolve": "matter.unit",
    "proposals-matter-deliver": "matter.unit",
    "proposals-matter-slip": "matter.unit",
    "proposals-matter-tell": "matter.done",
    "proposals-matter-urge": "matter.unit",
    "proposals-visitor": "matter",
    "proposals-urging": "urging",
    "proposals-suggestion": "suggestion.talked",
    "proposals-suggestion-correct": "suggestion.submitted",
    "proposals-suggestion-register": "suggestion.submitted",
    "proposals-suggestion-decline": "suggestion.registered",
    "proposals-suggestion-assign": "suggestion.registered",
    "proposals-suggestion-reassign": "suggestion.returned",
    "proposals-suggestion-reopen": "suggestion.dissatisfied",
    "proposals-suggestion-sign": "suggestion.assigned",
    "proposals-suggestion-deliver": "suggestion.assigned",
    "proposals-suggestion-return": "suggestion.assigned",
    "proposals-suggestion-talk": "suggestion.signed",
    "proposals-suggestion-advise": "suggestion.assigned",
    "proposals-suggestion-ask-extension": "suggestion.signed",
    "proposals-suggestion-extension": "suggestion.asked",
    "proposals-suggestion-rate": "suggestion.replied",
    "proposals-suggestion-close": "suggestion.replied",
    "proposals-suggestion-withdraw": "suggestion.submitted",
    "proposals-suggestion-confirm": "suggestion.cosigned",
    "reports": "report",
    "reports-correct": "report.issued",
    "reports-section": "section",
    "reports-draft": "draft",
    "assembly-session": "session",
    "assembly-officer-new": "session",
    "assembly-officer": "officer",
    "assembly-meeting": "meeting",
    "elections": "election",
    "elections-turnout": "turnout",
    "elections-turnout-new": "election",
    "deputies": "deputy",
    "deputies-term": "term",
    "deputies-districts": "term",
    "deputies-district-new": "term",
    "deputies-district": "district",
    "deputies-approve": "pending",
    "deputies-group": "group",
    "deputies-station": "station",
    "deputies-liaison-new": "station",
    "deputies-liaison-end": "liaison",
    "deputies-activity": "activity",
    "deputies-correction": "correction",
    "deputies-own-activity": "own_activity",
    "deputies-mandate": "mandate",
    "deputies-mandate-new": "deputy",
    "administration-user": "user",
    "administration-request": "account_request",
}
# Other arguments of addresses.
OTHER = {
    "import-new.kind": "deputies.roster",
    "import-template.kind": "deputies.roster",
    "first-day-later.key": "units",
    "erasure-new.model": "deputies.deputy",
    "reveal.model": "deputies.deputy",
    "reveal.field": "phone",
    "attach.model": "proposals.suggestion",
    "proposals-visitor.field": "phone",
    "reports-figure.key": "receptions.people",
    "reports-county-figure.key": "deputies.in_office",
    "law-article.source": "deputies_law",
    "law-article.edition": "2015",
    "law-article.article": 42,
    "trust-file.name": "address.svg",
}


def sample_name(url_name: str) -> str | None:
    """The sample an address's `pk` stands for."""
    fitting = [name for name in PK if url_name == name or url_name.startswith(name + "-")]
    return PK[max(fitting, key=len)] if fitting else None


def argument(url_name: str, name: str, samples: Samples, world):
    """The value of one argument of an address. Raises KeyError for one nobody gave a sample."""
    if f"{url_name}.{name}" in OTHER:
        return OTHER[f"{url_name}.{name}"]
    places = {
        "administration-township": samples.town.pk,
        "administration-county": world.county.pk,
        "administration-holiday": 1,
    }
    if name == "pk" and url_name in places:
        return places[url_name]
    found = sample_name(url_name) if name == "pk" else name if name in samples.rows else None
    if found is None:
        raise KeyError(f"no sample for {name} of {url_name}: add it to PK in tests/architecture/addressed.py")
    return samples[found].pk
