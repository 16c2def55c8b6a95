"""Everything that changes the roster, terms, stations and activities."""

from deputies.actions.accounts import open_accounts
from deputies.actions.activities import save_activity, withdraw_activity
from deputies.actions.corrections import ANSWERED, CORRECTABLE, ask_correction, mark_seen
from deputies.actions.roster import (
    approve,
    back_to_review,
    entry_findings,
    fill_from_number,
    save_deputy,
    set_name_keys,
    withdraw_deputy,
)
from deputies.actions.seats import GROUNDS, add_mandate, check_end, end_ruling
from deputies.actions.terms import (
    close_station,
    end_item,
    lose_item,
    meet_item,
    save_district,
    save_group,
    save_station,
    save_term,
    seats_findings,
    withdraw_place,
)

__all__ = [
    "ANSWERED",
    "CORRECTABLE",
    "GROUNDS",
    "add_mandate",
    "approve",
    "ask_correction",
    "back_to_review",
    "check_end",
    "close_station",
    "end_item",
    "end_ruling",
    "entry_findings",
    "fill_from_number",
    "lose_item",
    "mark_seen",
    "meet_item",
    "open_accounts",
    "save_activity",
    "save_deputy",
    "save_district",
    "save_group",
    "save_station",
    "save_term",
    "seats_findings",
    "set_name_keys",
    "withdraw_activity",
    "withdraw_deputy",
    "withdraw_place",
]
