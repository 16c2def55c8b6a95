"""Accounts of deputies, opened from the roster."""

import re
import unicodedata

from congress import accounts
from congress.guard.action import action, lock, verb
from congress.models import Role, User
from congress.names.pinyin import reading
from deputies.models import Deputy

OPEN = verb("deputies.open_account", "为代表开通了账号")


def _free_username(name: str) -> str:
    """The name in letters and two digits, so that namesakes and later accounts look alike: zengtian01."""
    plain = unicodedata.normalize("NFKD", reading(name).full)
    stem = re.sub("[^a-z]", "", plain.lower())[:30] or "deputy"
    taken = {u.lower() for u in User.objects.filter(username__istartswith=stem).values_list("username", flat=True)}
    return next(f"{stem}{number:02}" for number in range(1, 10_000) if f"{stem}{number:02}" not in taken)


def open_account(actor, deputy: Deputy, once: accounts.OneTime | None = None) -> User | None:
    """Open an account with a one-time code (one made before, if given) for an approved deputy; None for who has one.

    Raises Refused where the actor may not. Side effect: three events, of the account, its role and its deputy.
    """
    row = lock(deputy)  # another clerk may have been quicker
    if row.account_id is not None or row.state != Deputy.State.APPROVED or row.withdrawn_at:
        return None
    user, _ = accounts.create_account(actor, _free_username(row.name), row.name, once=once)
    accounts.grant(actor, user, Role.DEPUTY, township=row.township)
    with action(OPEN, actor=actor, subject=row):
        row.account = user
        row.save(update_fields=["account"])
    return user
