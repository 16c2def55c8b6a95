"""Accounts of election staff, opened from the list of staff and ended with the election."""

from collections.abc import Collection

from django.db import transaction

from congress import accounts
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse, refuse_blocking
from congress.models import Membership, Role, Township, User
from elections.models import PollStaff
from elections.queries import workers

OPEN = verb("elections.open_account", "为选举工作人员开通了账号")
OVER = "选举工作结束"


@transaction.atomic
def open_account(
    actor,
    member: PollStaff,
    once: accounts.OneTime | None = None,
    *,
    account: User | None = None,
    looked: bool = False,
) -> User | None:
    """Give somebody on the list of election staff an account for the election; one for all the lines they stand on.

    Who has an account in the township gets the role added to it: the one that is known to be theirs, or `account`, which
    somebody has chosen. `looked` says that somebody has made sure of namesakes. Returns the user with a new one-time code;
    None where there is none to hand over. Raises Refused for who gets none, and where it has to be looked first. Side
    effect: events of account, role and lines.
    """
    lock(member)  # another clerk may have been quicker
    row = PollStaff.objects.select_related("campaign", "nominee", "data_key", "account", "township__county").get(
        pk=member.pk
    )
    refuse_blocking(workers.against(row))
    same, unsure = workers.beside(row, workers.namesakes_of(row))
    refuse_blocking(workers.unsure_of(unsure))
    user = account or workers.known_account(row, same)
    if user is None and not looked:
        _refuse_unseen(row)
    coded = user is None or not user.is_active
    if user is None:
        user, _ = accounts.create_account(actor, accounts.free_username(row.name), row.name, once=once)
    if not _roles(row.township).filter(user=user).exists():
        accounts.grant(actor, user, Role.POLL, township=row.township)
    if not user.is_active:
        accounts.reopen(actor, user, once or accounts.OneTime())
    for line in (row, *same):
        if line.account_id != user.pk:
            with action(OPEN, actor=actor, subject=line):
                line.account = user
                line.save(update_fields=["account"])
    return user if coded else None


def _refuse_unseen(row: PollStaff) -> None:
    found = workers.doubts(row, workers.namesakes_with_account(row), workers.standing(row.campaign))
    if found:
        refuse("；".join(one.message for one in found) + "。到本人的页面开通。")


def _roles(township: Township):
    rows = Membership.objects.filter(township=township, role=Role.POLL, ended_at=None)
    return rows.select_related("user", "township")


def close_accounts(actor, township: Township, users: Collection[User | None] | None = None) -> int:
    """End the role of everybody (of these, or of the whole township) whom no list of a campaign under way gives it any
    more, and switch off accounts that have no other role; returns how many. The system itself (None) does so every night.
    Side effect: events of each."""
    rows = _roles(township)
    if users is not None:
        rows = rows.filter(user__in=[one for one in users if one is not None])
    over = [one for one in rows if not workers.lasts(one)]
    for one in over:
        accounts.end_with_office(actor, one, OVER)
    return len(over)
