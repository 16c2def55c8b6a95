"""Everything that changes the roster, terms, stations and activities."""

from deputies.actions.accounts import open_accounts
from deputies.actions.activities import save_activity, withdraw_activity
from deputies.actions.corrections import CORRECTABLE, answer_correction, ask_correction
from deputies.actions.roster import (
    add_mandate,
    approve,
    end_mandate,
    save_deputy,
    set_name_keys,
    withdraw_deputy,
)
from deputies.actions.terms import close_station, meet_item, save_district, save_group, save_station, save_term

__all__ = [
    "CORRECTABLE",
    "add_mandate",
    "answer_correction",
    "approve",
    "ask_correction",
    "close_station",
    "end_mandate",
    "meet_item",
    "open_accounts",
    "save_activity",
    "save_deputy",
    "save_district",
    "save_group",
    "save_station",
    "save_term",
    "set_name_keys",
    "withdraw_activity",
    "withdraw_deputy",
]
