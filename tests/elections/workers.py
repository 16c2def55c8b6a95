"""Accounts of election staff, for the tests: opened as the office has it, with a password chosen."""

from datetime import date

from congress.accounts import OneTime
from congress.guard import scope
from congress.guard.action import action
from congress.models import Membership, Role, User
from congress.permissions import standing_in_township
from elections.actions.workers import open_account
from elections.models import PollStaff
from tests.cast import SET_UP

BEFORE, PHONE = date(2026, 12, 1), "13800138000"


def opened(world, row: PollStaff, **said) -> User:
    """The account of somebody on the list, who has chosen a password."""
    open_account(world.clerk, row, OneTime(), **said)
    row.refresh_from_db()
    user = row.account
    with action(SET_UP, actor=None):
        user.must_change_password, user.code_expires_at = False, None
        user.save()
    return user


def holds(user, world) -> bool:
    """Whether somebody has the role of the staff today."""
    return standing_in_township(user, world.township).has_role(Role.POLL)


def role(user) -> Membership:
    """The role, held or ended."""
    with scope.accounts():
        return Membership.objects.get(user=user, role=Role.POLL)
