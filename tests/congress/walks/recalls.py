"""The recall of a deputy, from the first signature to the announcement."""

from collections.abc import Iterator

from django.db.models import Model

from elections.life import RECALL
from tests.congress.walks.walking import ON, Walk
from tests.elections import recalls as told
from tests.elections.campaigns import campaign


def recalls(world) -> Iterator[tuple[str, Model]]:
    """Demanded, signed by enough, sent up, defended and given to the voters, voted, counted, passed, told; another that was stopped."""
    election = campaign(world, begun_on=ON, election_day=ON)
    row = told.demanded(world, told.seat(world, election))
    yield "demanded", row
    told.signed(world, row)
    yield "signed", row
    told.sent(world, row)
    yield "given to the voters", row
    row = told.take(world.clerk, row, "arrange", told.VOTED, **told.ARRANGE)
    yield "arranged", row
    told.counted(world, row, 21)
    yield "counted", row
    told.take(world.chair, row, "settle", told.VOTED)
    yield "passed", row
    told.take(world.clerk, row, "announce", told.VOTED, announced_by=told.COUNTY)
    yield "told", row


def _signer(world) -> dict:
    row = RECALL.read(RECALL.model.objects.all()).first()
    counting = [one for one in row.signed if one.counts] if row else []
    return {"which": str(counting[0].pk) if counting else "", "reason": "本人声明没有签名"}


RECALLS = Walk(
    recalls,
    {
        "sign": lambda world: {"lines": "\n".join(told.NAMES[30:35])},
        "strike": _signer,
        "submit": lambda world: {"submitted_to": told.COUNTY},
        "defend": lambda world: {"defended": "meeting", "defence": ""},
        "send": lambda world: {"copies": 40},
        "arrange": lambda world: told.ARRANGE,
        "count": lambda world: {"units": "一号票箱 40 40"},
        "settle": lambda world: {},
        "report": lambda world: {},
        "announce": lambda world: {"announced_by": told.COUNTY},
        "stop": lambda world: {"reason": "联名的选民撤回要求"},
    },
    ("clerk", "chair", "deputy_user", "county_viewer"),
)
