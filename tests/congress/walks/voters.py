"""Voters handed over, and voters looked for."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Model

from elections import actions
from elections.life import POOL_ENTRY, TRANSFER
from elections.models import Election, PoolEntry, Transfer, VoterGroup
from tests.congress.walks.walking import Walk, steps_of
from tests.elections.campaigns import campaign, voters
from tests.proposals.helpers import day


def _election(world) -> Election:
    return campaign(world, begun_on=day(1, 4), election_day=date(2022, 8, 20))


def _group(world) -> VoterGroup:
    return VoterGroup.objects.filter(township=world.township).latest("created_at")


def transfers(world) -> Iterator[tuple[str, Model]]:
    """Out: asked, accepted; asked, taken back. In: without papers, with them, accepted."""
    election = _election(world)
    standing = voters(election, "丁一", "于二")
    said = {"reach": "beyond", "cause": "work", "sent_on": day(5, 1), "other_place": "远山区城关镇"}
    for entry, key in zip(standing, ("confirmed", "take-back"), strict=True):
        row = actions.ask(world.clerk, entry.voter, election.campaign, **said)
        yield f"out for {key}", row
        steps_of(TRANSFER, row)(key, world.clerk, day(5, 2), answer="回执1号")
        yield f"out {key}", row
    person = {"name": "王远", "gender": "male", "birth_date": date(1980, 3, 4)}
    row = Transfer(township=world.township, campaign=election.campaign, **said, **person)
    row = actions.receive(world.clerk, row)
    yield "in without papers", row
    go = steps_of(TRANSFER, row)
    go("material", world.chair, day(5, 2), certificate="证明1号")
    yield "in with papers", row
    go("accept", world.clerk, day(5, 3), group=_group(world))
    yield "in accepted", row


TRANSFERS = Walk(
    transfers,
    {
        "accept": lambda world: {"group": _group(world), "apart": ""},
        "material": lambda world: {"certificate": "证明2号", "permit": True},
        "refuse": lambda world: {"answer": "没有居住"},
        "confirmed": lambda world: {"answer": "回执2号"},
        "declined": lambda world: {"answer": "回执3号"},
        "take-back": lambda world: {"answer": "本人不去了"},
    },
)


def pool_entries(world) -> Iterator[tuple[str, Model]]:
    """Waiting, not found, looked for again, found."""
    election = _election(world)
    values = {"campaign": election.campaign, "name": "赵外", "owner": "程管", "due_on": day(7, 1)}
    row = actions.POOL.record(world.clerk, PoolEntry(township=world.township, **values))
    yield "waiting", row
    go = steps_of(POOL_ENTRY, row)
    go("unfound", world.clerk, day(5, 2), note="电话停机")
    yield "not found", row
    go("look-on", world.chair, day(5, 3), owner="程管", due_on=day(7, 2))
    yield "looked for again", row
    go("found", world.clerk, day(5, 4), outcome="here", note="")
    yield "found", row


POOL_ENTRIES = Walk(
    pool_entries,
    {
        "found": lambda world: {"outcome": "elsewhere", "note": ""},
        "unfound": lambda world: {"note": "邻居也不知道"},
        "look-on": lambda world: {"owner": "程管", "due_on": day(7, 3)},
    },
)
