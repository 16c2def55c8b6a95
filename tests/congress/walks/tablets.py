"""A list taken along on a tablet, and what of it could not be merged."""

import uuid
from collections.abc import Iterator

from django.db.models import Model

from congress import clock
from elections.actions import issue, tablets
from elections.life import CONFLICT, TABLET
from elections.models import IssueConflict, IssueRegister, Registration
from elections.queries.issue import Desk
from tests.congress.walks.rounds import USERS, registers
from tests.congress.walks.walking import ON, Walk


def _open(world) -> IssueRegister:
    """The register as it is at first: open, 丁一 has her ballot."""
    _, row = next(registers(world))
    return row


def taken(world) -> Iterator[tuple[str, Model]]:
    """Out, handed back; and another that is lost."""
    register = _open(world)
    with clock.frozen(ON):
        lost, back = (tablets.take_along(world.clerk, register, name) for name in ("1号平板", "2号平板"))
    yield "out", lost
    TABLET.take("lose", world.clerk, lost, on=ON, reason="掉进河里")
    yield "lost", lost
    with clock.frozen(ON):
        tablets.merge(world.clerk, back, [], {}, back=True)
    yield "handed back", back


def conflicts(world) -> Iterator[tuple[str, Model]]:
    """Of a voter who had a ballot already: open, decided."""
    register = _open(world)
    with clock.frozen(ON):
        tablet = tablets.take_along(world.clerk, register, "1号平板")
        line = Registration.objects.get(voter__name="丁一", election__campaign=register.campaign).pk
        (vote,) = Desk(issue.locked(register)).rounds
        tablets.merge(world.clerk, tablet, [tablets.Entry(uuid.uuid4(), vote.pk, line, "person", ON)], {})
    row = IssueConflict.objects.get()
    yield "open", row
    CONFLICT.take("decide", world.clerk, row, on=ON, decision="mistake", note="误点")
    yield "decided", row


TABLETS = Walk(taken, {"lose": lambda world: {"reason": "掉进河里"}}, USERS)
CONFLICTS = Walk(conflicts, {"decide": lambda world: {"decision": "mistake", "note": "查了登记册"}}, USERS)
