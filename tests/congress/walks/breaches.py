"""A report that an election was disturbed, and an election that is void, through all their states."""

from collections.abc import Iterator

from django.db.models import Model

from deputies.actions import add_mandate
from elections.life import ANNULMENT, BREACH
from tests.congress.walks.walking import ON, Walk
from tests.elections import breaches as told
from tests.elections.campaigns import campaign

USERS = ("clerk", "chair", "deputy_user", "county_viewer")
LOOK = {"looked_by": "甲某、乙某"}
UPHELD = {"upheld": "yes", "finding": "问了三户，都收到两条烟"}
HAND = {"handed_to": "县公安局", "handed_paper": "移送函第1号"}
CLOSE = {"outcome": "公安机关给予治安管理处罚"}


def breaches(world) -> Iterator[tuple[str, Model]]:
    """Received, looked into, upheld, handed on, closed, looked into once more, not upheld."""
    row = told.reported(world, campaign(world, begun_on=ON, election_day=ON))
    yield "received", row
    BREACH.take("look", world.clerk, row, on=ON, **LOOK)
    yield "looked into", row
    BREACH.take("settle", world.clerk, row, on=ON, **UPHELD)
    yield "upheld", row
    BREACH.take("hand", world.chair, row, on=ON, **HAND)
    yield "handed on", row
    BREACH.take("close", world.clerk, row, on=ON, **CLOSE)
    yield "closed", row
    BREACH.take("reopen", world.chair, row, on=ON, reason="有新的证据")
    BREACH.take("settle", world.clerk, row, on=ON, upheld="no", finding="没有其事")
    yield "not upheld", row


BREACHES = Walk(
    breaches,
    {
        "look": lambda world: LOOK,
        "settle": lambda world: UPHELD,
        "hand": lambda world: HAND,
        "close": lambda world: CLOSE,
        "reopen": lambda world: {"reason": "有新的证据"},
    },
    USERS,
)
VOID = {"void": "yes", "decided_by": "云溪镇人民代表大会主席团", "paper": "主席团决定第2号"}


def annulments(world) -> Iterator[tuple[str, Model]]:
    """Said by the committee, determined, told."""
    election = campaign(world, later=2, begun_on=ON, election_day=ON)
    mandate = add_mandate(world.clerk, world.deputies[0], election.term, elected_on=ON)
    one = told.opinion(world, election, mandate, ON)
    yield "said", one
    ANNULMENT.take("decide", world.chair, one, on=ON, **VOID)
    yield "void", one
    ANNULMENT.take("announce", world.clerk, one, on=ON)
    yield "told", one


ANNULMENTS = Walk(annulments, {"decide": lambda world: VOID, "announce": lambda world: {}}, USERS)
