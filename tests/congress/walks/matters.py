"""Matters and receptions."""

import uuid
from collections.abc import Iterator

from django.db.models import Model

from proposals.life import MATTER, RECEPTION, SUGGESTION
from tests.congress.walks.suggestions import text_of_suggestion
from tests.congress.walks.walking import Walk
from tests.proposals.helpers import a_matter, day, log, new_matter


def matters(world) -> Iterator[tuple[str, Model]]:
    """Each of the five ways, and what becomes of it."""
    row = a_matter(world)
    yield "no way yet", row
    MATTER.take("answer", world.deputy_user, row, on=day(3, 16), answer="已经清淤。")
    yield "answered on the spot", row
    row = a_matter(world)
    MATTER.take("unit", world.chair, row, on=day(3, 16), unit=world.unit)
    yield "handed to a unit", row
    MATTER.take("resolve", world.handler, row, on=day(3, 20), answer="修好了。")
    yield "resolved", row
    MATTER.take("tell", world.deputy_user, row, on=day(3, 22), how="电话", opinion="good")
    yield "told", row
    row = log(world, matter=new_matter(world, channel="unit", unit=world.third_unit)).matters.get()
    yield "its deputy proposed a unit", row
    MATTER.take("agree", world.clerk, row, on=day(3, 16))
    yield "handed over as proposed", row
    MATTER.take("deliver", world.clerk, row, on=day(3, 17))
    yield "its slip was delivered", row
    row = a_matter(world)
    MATTER.take("upward", world.clerk, row, on=day(3, 16), passed_to="县人大常委会")
    yield "passed upward", row
    row = a_matter(world)
    MATTER.take("decline", world.clerk, row, on=day(3, 16), proper_channel="向法院起诉")
    yield "declined", row
    row = a_matter(world)
    made = MATTER.take("suggestion", world.deputy_user, row, on=day(3, 17), **_of_a_matter(world))
    yield "became a suggestion", row
    SUGGESTION.take("withdraw", world.deputy_user, made, on=day(3, 18), reason="已经解决")
    yield "its suggestion was withdrawn", row
    MATTER.take("withdraw", world.clerk, row, reason="误录")
    yield "withdrawn", row


def receptions(world) -> Iterator[tuple[str, Model]]:
    """As it was written down, with what came of it, and taken back."""
    row = log(world, actor=world.clerk)
    yield "written down by the clerk", row
    row = log(world, actor=world.deputy2, deputies=world.deputies, matter=new_matter(world))
    yield "written down by one of two who received", row
    made = MATTER.take("suggestion", world.clerk, row.matters.get(), on=day(3, 17), **_of_a_matter(world))
    yield "a suggestion came of it", row
    SUGGESTION.take("decline", world.clerk, made, on=day(3, 18), grounds=["personal"])
    yield "the suggestion was declined", row
    RECEPTION.take("withdraw", world.clerk, row, reason="误录")
    yield "withdrawn", row


def _of_a_matter(world) -> dict:
    return {**text_of_suggestion(world), "lead": world.deputies[0], "situation": "渠塌了。"}


MATTERS = Walk(
    matters,
    {
        "answer": lambda world: {"answer": "已经清淤。", "opinion": "good"},
        "unit": lambda world: {"unit": world.unit, "note": ""},
        "propose": lambda world: {"unit": world.unit, "note": "请水利站看看"},
        "agree": lambda world: {},
        "deliver": lambda world: {},
        "urge": lambda world: {},
        "ask": lambda world: {"note": "正在研究", "ask_on": day(8, 1)},
        "suggestion": lambda world: {**_of_a_matter(world), "key": uuid.uuid4()},
        "upward": lambda world: {"passed_to": "县人大常委会"},
        "decline": lambda world: {"proper_channel": "向法院起诉"},
        "resolve": lambda world: {"answer": "修好了。"},
        "return": lambda world: {"reason": "不属于本单位职责"},
        "redirect": lambda world: {"unit": world.other_unit, "note": ""},
        "tell": lambda world: {"how": "电话", "opinion": "good"},
        "correct": lambda world: {"words": "渠塌了两段。", "category": world.category, "confidential": True},
        "withdraw": lambda world: {"reason": "误录"},
    },
)
RECEPTIONS = Walk(
    receptions,
    {
        "correct": lambda world: {"held_on": day(3, 14), "people": 5, "batches": 2, "note": ""},
        "withdraw": lambda world: {"reason": "误录"},
    },
)
