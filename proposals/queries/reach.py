"""Whom a hand-over reached: the accounts of a unit, whether they have opened it, and what went nowhere yet.

A unit for which nobody reads here is told on paper (交办单); until that was noted, nobody has told it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from congress.models import Channel, Membership, Message, Role, Unit
from congress.wording import chinese_date
from proposals.models import Assignment, Matter, MatterSummary, Suggestion
from proposals.queries.facts import current_shares, owed
from proposals.queries.joined import handled_with


def readers_now() -> QuerySet:
    """The memberships by which somebody reads for a unit."""
    return Membership.objects.filter(role=Role.UNIT, ended_at__isnull=True, user__is_active=True)


def readers(units: Iterable) -> dict:
    """Of each unit (its key) the users who can read here for it; units without any are left out. One query."""
    rows = readers_now().filter(unit_id__in=list(units))
    found: dict = {}
    for unit_id, user_id in rows.values_list("unit_id", "user_id"):
        found.setdefault(unit_id, set()).add(user_id)
    return found


def channelled(units: Iterable) -> set:
    """The units (keys) that are told in a group or by a text message, whether or not anybody reads here. One query."""
    rows = Channel.objects.kept().filter(unit_id__in=list(units))
    return set(rows.values_list("unit_id", flat=True))


def reached(units: Collection[Unit], paper: str = "交办单") -> str:
    """What became of telling these units, in words: to how many accounts it went, and to whom the paper has to be brought."""
    accounts, groups = readers(unit.pk for unit in units), channelled(unit.pk for unit in units)
    told = [f"{unit}（{len(accounts[unit.pk])}个账号）" for unit in units if unit.pk in accounts]
    told += [f"{unit}（群机器人或者短信）" for unit in units if unit.pk in groups - accounts.keys()]
    unheard = [str(unit) for unit in units if unit.pk not in accounts.keys() | groups]
    said = [f"已通知{'、'.join(told)}"] if told else []
    said += [f"{'、'.join(unheard)}没有账号，请打印{paper}送达"] if unheard else []
    return "；".join(said) + "。"


def unsigned(suggestion: Suggestion) -> list[Assignment]:
    """The shares nobody has signed for yet, while a reply is owed."""
    if not owed(suggestion):
        return []
    shares = current_shares(suggestion)
    return [one for one in shares if one.signed_on is None and handled_with(suggestion, one) is None]


def opened(url: str, since, users: Collection) -> bool:
    """Whether one of the users has read what told them of the page since then."""
    rows = Message.objects.filter(recipient_id__in=users, url=url, created_at__gte=since, read_at__isnull=False)
    return rows.exists()


def deaf_units() -> QuerySet:
    """The units (keys) for which nobody reads here and which have no group that is told."""
    heard = Q(pk__in=readers_now().values("unit_id")) | Q(pk__in=Channel.objects.kept().values("unit"))
    return Unit.objects.exclude(heard).order_by().values("pk")


def unread() -> QuerySet:
    """The summaries of open matters with a unit for which nobody reads here and that was not told on paper yet."""
    return MatterSummary.objects.filter(unheard=True, with_unit__in=deaf_units())


def not_delivered() -> dict[str, Q]:
    """Which summaries are of suggestions of which a unit was told in no way (unheard: without a reader, a group and paper),
    has not opened it (unopened), or has not signed for it (unsigned)."""
    return {
        "unsigned": ~Q(unsigned_units=[]),
        "unopened": Q(suggestion__in=_unopened().values("suggestion")),
        "unheard": Q(unheard_units__overlap=ArraySubquery(deaf_units())),
    }


def _unopened() -> QuerySet:
    """The shares whose units have readers none of whom has opened what told of it."""
    shares = Assignment.objects.kept().filter(
        signed_on__isnull=True,
        returned_on__isnull=True,
        delivered_on__isnull=True,
        suggestion__summary__round=F("round"),
    )
    shares = shares.exclude(suggestion__summary__unsigned_units=[])
    mine = readers_now().filter(unit=OuterRef("unit"))
    read = Message.objects.filter(
        url__endswith=Concat(Cast(OuterRef("suggestion"), TextField()), Value("/")),
        recipient__in=readers_now().filter(unit=OuterRef(OuterRef("unit"))).values("user"),
        created_at__gte=OuterRef("created_at"),
        read_at__isnull=False,
    )
    return shares.filter(Exists(mine), ~Exists(read))


@dataclass(frozen=True)
class Reach:
    """How far a hand-over to one unit came: the words, their tone, and whether paper is still wanted."""

    unit: Unit
    words: str
    tone: str
    paper: bool = False


def reach_of_share(share: Assignment, url: str, accounts: dict) -> Reach:
    """Of a unit's share of a suggestion whose page has this address; `accounts` are the readers of the units."""
    if share.signed_on:
        by = f"（{share.signed_by}）" if share.signed_by else ""
        return Reach(share.unit, f"{chinese_date(share.signed_on)}签收{by}", "good")
    found = _reach(share.unit, url, share.created_at, share.delivered_on, accounts)
    return Reach(found.unit, f"{found.words}，未签收", found.tone, found.paper)


def reach_of_matter(matter: Matter, url: str, accounts: dict) -> Reach:
    """Of a matter in the hands of a unit."""
    return _reach(matter.unit, url, matter.created_at, matter.delivered_on, accounts)


def _reach(unit: Unit, url: str, since, delivered_on, accounts: dict) -> Reach:
    users = accounts.get(unit.pk, set())
    if users and opened(url, since, users):
        return Reach(unit, f"已通知{len(users)}个账号，已读", "info")
    if delivered_on:
        return Reach(unit, f"{chinese_date(delivered_on)}书面送达", "info")
    if users:
        return Reach(unit, f"已通知{len(users)}个账号，未读", "warning")
    if channelled([unit.pk]):
        return Reach(unit, "没有账号，已发群机器人或者短信", "info")
    return Reach(unit, "没有账号，交办单未送达", "bad", paper=True)
