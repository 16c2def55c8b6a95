"""Accounts of deputies, opened in bulk from the roster with printed one-time codes."""

import re
import unicodedata
from collections.abc import Iterable

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


def open_accounts(actor, deputies: Iterable[Deputy]) -> list[dict[str, str]]:
    """Open accounts for approved deputies who have none; returns name, login name and one-time code of each.

    The codes are kept nowhere: show and print them at once.
    """
    rows = []
    for deputy in deputies:
        row = lock(deputy)  # another clerk may have been quicker
        if row.account_id is not None or row.state != Deputy.State.APPROVED or row.withdrawn_at:
            continue
        user, code = accounts.create_account(actor, _free_username(row.name), row.name)
        accounts.grant(actor, user, Role.DEPUTY, township=row.township)
        with action(OPEN, actor=actor, subject=row):
            row.account = user
            row.save(update_fields=["account"])
        rows.append({"name": row.name, "username": user.username, "code": code})
    return rows
