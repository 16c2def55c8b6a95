"""Who is named, and the forms that name."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Model

from elections.actions import candidates as acts
from elections.actions import nominations
from elections.life import NOMINATION, NOMINEE
from elections.models import Nomination, Nominee
from tests.congress.walks.walking import Walk, steps_of
from tests.elections.campaigns import campaign, districts, voters
from tests.proposals.helpers import day

NAMES = "丁一", "于二", "王三", "张四", "李五", "赵六", "孙七", "周八", "吴九", "郑十"


def _nominee(world) -> Nominee:
    election = campaign(world, begun_on=day(1, 4), election_day=date(2022, 8, 20))
    voters(election, *NAMES)
    row = Nominee(
        township=world.township,
        election=election,
        district=districts(election)[0],
        name="欧阳明",
        gender="male",
        birth_date=date(1980, 1, 2),
        employer_post="教师",
    )
    return acts.NOMINEES.record(world.clerk, row)


def nominees(world) -> Iterator[tuple[str, Model]]:
    """Named, agreed, declared; declined and told; taken off and brought back."""
    row = _nominee(world)
    yield "named", row
    go = steps_of(NOMINEE, row)
    go("declare", world.clerk, day(5, 2), mandates="no", residence="no", funding="no")
    yield "declared", row
    go("untrue", world.clerk, day(5, 3), untrue="学历", how="张贴通报")
    yield "told untrue", row
    go("answer", world.clerk, day(5, 3), consent="declined", paper="本人声明")
    yield "declined", row
    go("tell", world.clerk, day(5, 4))
    yield "told", row
    go("return", world.clerk, day(5, 5), reason="登错了人")
    yield "back", row
    go("answer", world.clerk, day(5, 6), consent="agreed")
    yield "agreed", row
    go("leave", world.clerk, day(5, 7), how="withdrew", paper="本人声明")
    yield "left", row


def forms(world) -> Iterator[tuple[str, Model]]:
    """Received without signatures, refused, opened again, signed by ten, accepted."""
    row = Nomination(
        township=world.township, nominee=_nominee(world), kind=Nomination.Kind.VOTERS, submitted_on=day(5, 1)
    )
    nominations.NOMINATIONS.record(world.clerk, row)
    yield "received", row
    go = steps_of(NOMINATION, row)
    go("refuse", world.clerk, day(5, 2))
    yield "refused", row
    go("reopen", world.clerk, day(5, 2), reason="补签了名")
    nominations.enter_signers(world.clerk, row, [nominations.Signature(name) for name in NAMES])
    yield "signed", row
    go("accept", world.clerk, day(5, 3))
    yield "accepted", row


NOMINEES = Walk(
    nominees,
    {
        "answer": lambda world: {"consent": "agreed"},
        "declare": lambda world: {"mandates": "no", "residence": "no", "funding": "no"},
        "tell": lambda world: {},
        "untrue": lambda world: {"untrue": "学历", "how": "张贴通报"},
        "leave": lambda world: {"how": "withdrew", "paper": "本人声明"},
        "return": lambda world: {"reason": "登错了人"},
    },
)
NOMINATIONS = Walk(
    forms,
    {"accept": lambda world: {}, "refuse": lambda world: {}, "reopen": lambda world: {"reason": "补签了名"}},
)
