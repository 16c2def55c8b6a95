"""Proxies: asked for and agreed to, handed out, cancelled; refused; over the three; with the ballot out."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Model

from congress.guard.action import action
from elections.actions import proxies as acts
from elections.life import PROXY
from elections.models import ProxyVote
from tests.cast import SET_UP
from tests.congress.walks.walking import Walk, steps_of
from tests.elections.campaigns import campaign, voters
from tests.proposals.helpers import day

AGREED = {"by": "committee", "approver": "程主任"}


def proxies(world) -> Iterator[tuple[str, Model]]:
    """Asked, agreed, with its slip, with the ballot out; agreed and cancelled; refused; a fourth, which cannot be agreed to."""
    election = campaign(world, begun_on=day(1, 4), election_day=date(2022, 8, 20))
    people = [one.voter for one in voters(election, "丁一", "于二", "王三", "张四", "李五")]
    said = acts.Authority(came_on=day(5, 1))
    agent = acts.Agent(voter=people[4])
    rows = [acts.enter(world.clerk, one, agent, [election], said)[0] for one in people[:4]]
    yield "asked", rows[0]
    go = steps_of(PROXY, rows[0])
    go("agree", world.clerk, day(5, 2), **AGREED)
    yield "agreed", rows[0]
    go("slip", world.chair, day(5, 3))
    yield "with slip", rows[0]
    with action(SET_UP, actor=None):
        ProxyVote.objects.filter(pk=rows[0].pk).update(ballot_on=day(5, 4))
    yield "ballot out", rows[0]
    yield "a fourth", rows[3]
    go = steps_of(PROXY, rows[1])
    go("agree", world.clerk, day(5, 2), **AGREED)
    go("cancel", world.clerk, day(5, 3), cancelled="came")
    yield "cancelled", rows[1]
    steps_of(PROXY, rows[2])("refuse", world.clerk, day(5, 2), refusal="不是本人签名")
    yield "refused", rows[2]


PROXIES = Walk(
    proxies,
    {
        "agree": lambda world: AGREED,
        "refuse": lambda world: {"refusal": "不是本人签名"},
        "slip": lambda world: {},
        "cancel": lambda world: {"cancelled": "came"},
        "correct": lambda world: {"reason": "away", "form": "letter", "came_on": day(5, 1)},
        "take-back": lambda world: {"reason": "登错了人"},
    },
)
