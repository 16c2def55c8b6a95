"""What all walks share: what is entered and sent, who looks on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from congress.counting.tally import Chosen, Sheet
from congress.guard import scope
from congress.guard.action import action
from congress.models import Role, Unit
from congress.steps import Life, Step
from proposals.forms.suggestions import UnitStepForm
from tests.cast import SET_UP, _user
from tests.proposals.helpers import day

ON = day(6, 5)  # after every fact of the walks, and before anything runs out


@dataclass(frozen=True)
class Walk:
    """`states` yields (name, record) after each step; `samples` is what is entered, by step; `users` who look on."""

    states: Callable[..., Iterator[tuple[str, Model]]]
    samples: dict[str, Callable[..., dict]]
    users: tuple[str, ...] = ("clerk", "chair", "deputy_user", "deputy2", "handler", "other_handler", "county_viewer")


def people(world) -> None:
    """A second deputy with an account, two tellers, and a unit nobody acts for."""
    with scope.accounts(), action(SET_UP, actor=None):
        for name in ("teller", "teller2"):
            world.users[name] = _user(name, Role.LIAISON, name=f"云溪{name}", township=world.township)
        world.users["deputy2"] = _user("deputy2", Role.DEPUTY, name="云溪代表二", township=world.township)
    with world.in_township(), action(SET_UP, actor=None):
        world.deputies[1].account = world.deputy2
        world.deputies[1].save()
        world.users["third_unit"] = Unit.objects.create(township=world.township, name="农业服务中心")


def entered(walk: Walk, step: Step, world, attempt) -> dict:
    """What is entered at a step, with the unit it is for where the form asks for one: the first it lets choose."""
    data = walk.samples[step.key](world)
    if issubclass(step.form, UnitStepForm) and not attempt.against():
        data["unit"] = Unit.objects.get(pk=step.options(attempt)["waiting"][0])
    return data


def sent(step: Step, record, data: dict) -> dict:
    """The same entries as a browser sends them."""

    def plain(value):
        if isinstance(value, Model):
            return str(value.pk)
        if isinstance(value, date):
            return value.isoformat()
        return [plain(one) for one in value] if isinstance(value, list) else str(value)

    values = {name: plain(value) for name, value in data.items() if value is not False and not _pieces(name, value)}
    for name, value in data.items():
        values |= _pieces(name, value)
    return {"version": str(record.version), step.day: ON.isoformat(), "confirmed": "on", **values}


def steps_of(life: Life, record) -> Callable:
    """Take a step of this record on a day: go("sign", user, day(3, 21), …)."""
    return lambda key, user, on, **data: life.take(key, user, record, on=on, **data)


def _pieces(name: str, value) -> dict[str, str]:
    """A sheet, or a choice between two, as the fields of which its form consists."""
    if isinstance(value, Chosen):
        return {f"{name}-{key}": side for key, side in value.how.items()}
    if not isinstance(value, Sheet):
        return {}
    cells = {f"{name}-{key}": str(number) for key, number in value.cells.items()}
    people = enumerate(value.write_ins)
    return cells | {
        f"{name}-w{at}-{part}": str(one)
        for at, pair in people
        for part, one in zip(("name", "votes"), pair, strict=True)
    }
