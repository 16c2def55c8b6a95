"""What is entered in the forms that bring a table in."""

from datetime import date

from elections.models import Election
from tests.architecture.sending_case import DAY, Case, no_seat_of_the_county

TABLE = "甲\t乙\n东\t西"  # its columns are to be named by hand


def _a_roll_not_frozen(samples):
    """The other level of the campaign, whose list is not made yet."""
    term = no_seat_of_the_county(samples)
    days = {"begun_on": date(2026, 9, 1), "election_day": date(2026, 12, 20)}
    return Election.objects.create(township=samples.town, campaign=samples["campaign"], term=term, **days)


IMPORTS: dict[str, Case] = {
    "congress.imports.kinds.UploadForm": Case("import-new", {"text": TABLE}, args={"kind": "congress.units"}),
    "congress.imports.ledgers.LedgerForm": Case("import-new", {"text": TABLE}, args={"kind": "proposals.receptions"}),
    "deputies.imports.roster_form.TermForm": Case("import-new", {"text": TABLE}, args={"kind": "deputies.districts"}),
    "deputies.imports.roster_form.RosterForm": Case("import-new", {"text": TABLE}),
    "elections.imports.turnouts.ElectionForm": Case("import-new", {"text": TABLE}, args={"kind": "elections.turnouts"}),
    "elections.imports.roll_form.LevelForm": Case("import-new", {"text": TABLE}, args={"kind": "elections.groups"}),
    "elections.imports.lists.ListForm": Case(
        "import-new", {"text": TABLE, "paper": "派出所名单3号"}, args={"kind": "elections.police"}
    ),
    "elections.imports.proxies.ProxyListForm": Case("import-new", {"text": TABLE}, args={"kind": "elections.proxies"}),
    "elections.imports.roll_form.RollForm": Case(
        "import-new",
        {"text": TABLE, "source": "village", "registered_on": DAY, "election": _a_roll_not_frozen},
        args={"kind": "elections.roll"},
    ),
}
