"""Short ways to get a reception, a matter or a suggestion to some point of its life. Call in the township's scope."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from congress.guard.action import Refused, verb
from proposals import actions
from proposals.life import SUGGESTION


def refused(call, says: str = ""):
    """The findings of a refusal whose words contain `says`."""
    with pytest.raises(Refused) as caught:
        call()
    assert says in str(caught.value)
    return caught.value.findings


SET_UP = verb("tests.set_up", "布置测试")
MEMBERS = ("clerk", "chair", "deputy_user", "handler", "other_handler", "county_viewer")
STRANGERS = ("neighbour_clerk", "neighbour_handler", "far_viewer", "system", "security", "auditor")


def at(world, name, *rest) -> str:
    """Address of a page of the app in the township."""
    return reverse(f"proposals-{name}", args=[world.township.code, *rest])


def text_of(response) -> str:
    """The page as text."""
    return response.content.decode()


def day(month: int, number: int, year: int = 2022) -> date:
    """A day of 2022 unless another year is said."""
    return date(year, month, number)


def new_matter(world, **values) -> actions.NewMatter:
    """A matter in a voter's words."""
    values.setdefault("words", "村里的灌溉渠塌了一段，浇不上地。")
    values.setdefault("category", world.category)
    return actions.NewMatter(**values)


def log(world, *, actor=None, key=None, held_on=None, matter=None, deputies=None, people=3, **more):
    """A reception of the first deputy."""
    return actions.log_reception(
        actor or world.deputy_user,
        world.township,
        key=key or uuid.uuid4(),
        held_on=held_on or day(3, 15),
        station=more.pop("station", world.station),
        deputies=deputies or [world.deputies[0]],
        people=people,
        matter=matter,
        **more,
    )


def a_matter(world, **values):
    """A matter raised on 2022-03-15; what went to a unit at once was written down by the clerk, who hands over."""
    actor = world.clerk if values.get("channel") == "unit" else None
    return log(world, actor=actor, matter=new_matter(world, **values)).matters.get()


def submit(world, *, actor=None, on=None, **values):
    """A suggestion of the first deputy."""
    values.setdefault("title", "关于维修云溪村灌溉渠的建议")
    values.setdefault("situation", "云溪村三组灌溉渠塌方三十米，两百亩地浇不上水。")
    values.setdefault("proposal", "建议水利站在春灌前修复塌方渠段。")
    values.setdefault("lead", world.deputies[0])
    values.setdefault("category", world.category)
    return actions.submit_suggestion(actor or world.deputy_user, world.township, on=on or day(3, 16), **values)


def registered(world, **values):
    """Registered on 03-17."""
    return SUGGESTION.take("register", world.clerk, submit(world, **values), on=day(3, 17))


def assigned(world, *, assisting=(), difficult=False, on=None, **values):
    """Assigned to the water station on 03-20 (due 06-20)."""
    row = registered(world, **values)
    return SUGGESTION.take(
        "assign", world.chair, row, lead=world.unit, assisting=assisting, difficult=difficult, on=on or day(3, 20)
    )


def signed(world, **values):
    """Signed for on 03-21."""
    return SUGGESTION.take("sign", world.handler, assigned(world, **values), on=day(3, 21))


def replied(world, *, on=None, grade="A", **values):
    """Talked about on 04-10 and replied to on 05-10."""
    row = signed(world, **values)
    SUGGESTION.take("talk", world.handler, row, way="visit", summary="到村里看了现场。", on=day(4, 10))
    SUGGESTION.take("reply", world.handler, row, text="渠段已经修复，恢复通水。", grade=grade, on=on or day(5, 10))
    return row


def rated(world, attitude="good", result="good", reason="", **values):
    """Rated by the lead deputy on 05-15."""
    row = replied(world, **values)
    SUGGESTION.take("rate", world.deputy_user, row, attitude=attitude, result=result, reason=reason, on=day(5, 15))
    return row


def dissatisfied(world, **values):
    """Rated 不满意 for its result."""
    return rated(world, attitude="fair", result="bad", reason="水还是到不了地头。", **values)


def apart(world, *, on=None, **values):
    """Assigned on 03-20 to the water station and the education office, each to answer for itself (due 06-20)."""
    units = [world.unit, world.other_unit]
    return SUGGESTION.take(
        "assign", world.chair, registered(world, **values), way="separate", separate=units, on=on or day(3, 20)
    )


def answer(world, row, user, *, on, grade="A", unit=None):
    """One unit signs for its part and replies to it on the same day."""
    named = {"unit": unit} if unit else {}
    SUGGESTION.take("sign", user, row, on=on, **named)
    SUGGESTION.take("reply", user, row, text="我单位负责的部分已经办理。", grade=grade, on=on, **named)
