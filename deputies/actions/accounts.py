"""Accounts of deputies, opened from the roster."""

from collections.abc import Iterable

from congress import accounts, clock
from congress.guard.action import action, lock, verb
from congress.models import Membership, Role, User
from deputies.models import Deputy
from deputies.queries import with_account_only

OPEN = verb("deputies.open_account", "为代表开通了账号")


def open_account(actor, deputy: Deputy, once: accounts.OneTime | None = None) -> User | None:
    """Open an account with a one-time code (one made before, if given) for an approved deputy; the old one again for who
    left office and is back. None for who has one.

    Raises Refused where the actor may not. Side effect: three events, of the account, its role and its deputy.
    """
    row = lock(deputy)  # another clerk may have been quicker
    if row.state != Deputy.State.APPROVED or row.withdrawn_at or _role_of(row):
        return None
    if row.account is not None:
        accounts.grant(actor, row.account, Role.DEPUTY, township=row.township)
        if row.account.is_active:
            return None  # logs in as before
        accounts.reopen(actor, row.account, once or accounts.OneTime())
        return row.account
    user, _ = accounts.create_account(actor, accounts.free_username(row.name), row.name, once=once)
    accounts.grant(actor, user, Role.DEPUTY, township=row.township)
    with action(OPEN, actor=actor, subject=row):
        row.account = user
        row.save(update_fields=["account"])
    return user


def _role_of(deputy: Deputy) -> Membership | None:
    held = Membership.objects.filter(user=deputy.account_id, role=Role.DEPUTY, township=deputy.township_id)
    return held.filter(ended_at__isnull=True).select_related("user", "township").first()


def close_accounts(actor, deputies: Iterable[Deputy] | None = None) -> int:
    """End the roles of deputies whose mandates have all ended (of these, or of the whole township), and switch off accounts
    that have no other role; returns how many. The system itself (None) does so every night. Side effect: events of each."""
    rows = with_account_only(clock.today())
    roles = [_role_of(one) for one in (rows if deputies is None else rows.filter(pk__in=[one.pk for one in deputies]))]
    for role in roles:
        accounts.end_with_office(actor, role, "代表资格终止")
    return len(roles)
