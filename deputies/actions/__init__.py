"""Everything that changes the roster, terms, stations and activities."""

from deputies.actions.accounts import close_accounts, open_account
from deputies.actions.activities import ACTIVITIES, change_activity, record_activity
from deputies.actions.corrections import ANSWERED, CORRECTABLE, ask_correction, mark_seen
from deputies.actions.liaisons import name_liaison, release_liaison
from deputies.actions.own_activities import enter_activity
from deputies.actions.roster import (
    approve,
    back_to_review,
    entry_findings,
    save_deputy,
    set_name_keys,
    withdraw_deputy,
)
from deputies.actions.seats import add_mandate, check_end, end_ruling
from deputies.actions.terms import (
    DISTRICTS,
    GROUPS,
    STATIONS,
    TERMS,
    close_station,
    end_item,
    lose_item,
    meet_item,
    seats_findings,
)

__all__ = [
    "ACTIVITIES",
    "ANSWERED",
    "CORRECTABLE",
    "DISTRICTS",
    "GROUPS",
    "STATIONS",
    "TERMS",
    "add_mandate",
    "approve",
    "ask_correction",
    "back_to_review",
    "change_activity",
    "check_end",
    "close_accounts",
    "close_station",
    "end_item",
    "end_ruling",
    "enter_activity",
    "entry_findings",
    "lose_item",
    "mark_seen",
    "meet_item",
    "name_liaison",
    "open_account",
    "record_activity",
    "release_liaison",
    "save_deputy",
    "seats_findings",
    "set_name_keys",
    "withdraw_deputy",
]
