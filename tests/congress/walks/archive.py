"""A bag of ballots on file: sealed, opened, and destroyed when its time is over."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Model

from congress.guard.action import action
from elections.life import ARCHIVE
from elections.models import ArchiveItem, Campaign
from tests.cast import SET_UP
from tests.congress.walks.walking import ON, Walk
from tests.elections.campaigns import campaign
from tests.proposals.helpers import day

USERS = ("clerk", "chair", "deputy_user", "county_viewer")
SEAL = {"seals": "0012", "witnesses": "甲、乙"}
UNSEAL = {"reason": "抽查复核", "witnesses": "甲、乙"}
DESTROY = {"paper": "决定第1号", "witnesses": "甲、乙"}


def items(world) -> Iterator[tuple[str, Model]]:
    """Registration forms of a work that is under way, and of one that has been over for years: on file, sealed, destroyed."""
    election = campaign(world, begun_on=day(1, 4), election_day=date(2022, 8, 20))
    with action(SET_UP, actor=None):
        row = ArchiveItem.objects.create(
            township=world.township,
            election=election,
            kind="forms",
            number="表-01",
            title="选民登记表",
            amount=24,
            filed_on=day(5, 1),
            keeper="镇人大主席团",
        )
    yield "on file", row
    ARCHIVE.take("seal", world.clerk, row, on=ON, **SEAL)
    yield "sealed", row
    with action(SET_UP, actor=None):
        Campaign.objects.filter(pk=election.campaign_id).update(closed_on=date(2017, 1, 10))
    yield "its time is over", row
    ARCHIVE.take("destroy", world.clerk, row, on=ON, **DESTROY)
    yield "destroyed", row


ARCHIVES = Walk(
    items,
    {"seal": lambda world: SEAL, "unseal": lambda world: UNSEAL, "destroy": lambda world: DESTROY},
    USERS,
)
