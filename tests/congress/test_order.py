"""What the order of things has against a step: the stage, the day before, the same person twice."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import pytest

from congress import order
from congress.models import Document
from congress.staged import Staged

DAY = date(2022, 3, 5)


class Stage(Staged):
    """Two stages."""

    OPEN = "open", "办理中", "info", "办结"
    OVER = "over", "已办结", "good"


@dataclass
class Attempt:
    record: Document
    on: date
    stage: Stage = Stage.OPEN


_at = order.at(lambda attempt: attempt.stage)


def codes(found) -> list[str]:
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("stages", "stage", "found"),
    [
        ((Stage.OPEN,), Stage.OPEN, []),
        ((Stage.OPEN, Stage.OVER), Stage.OVER, []),
        ((Stage.OPEN,), Stage.OVER, ["order.stage"]),
        ((), Stage.OPEN, ["order.stage"]),
    ],
)
def test_a_step_is_offered_at_its_stages(stages, stage, found):
    told = _at(*stages)(Attempt(Document(), DAY, stage))
    assert codes(told) == found
    assert all(stage.label in one.message for one in told)


@pytest.mark.parametrize(("on", "found"), [(date(2022, 3, 4), ["order.before"]), (DAY, []), (date(2022, 3, 6), [])])
def test_not_before_the_day_of_what_it_follows(on, found):
    row = Document(issued_on=DAY)
    told = _at(Stage.OPEN, since="issued_on")(Attempt(row, on))
    assert codes(told) == found
    assert [one.field for one in told] == ["on"] * len(found)
    words = str(Document._meta.get_field("issued_on").verbose_name)
    assert all(f"{words}2022年3月5日" in one.message for one in told)


def test_a_day_that_is_not_known_forbids_nothing():
    assert order.not_before(Attempt(Document(), DAY), None, "收到日期") == []


@pytest.mark.parametrize(("user", "first", "may"), [(1, 1, False), (2, 1, True), (1, None, True), (None, 1, True)])
def test_the_second_of_two_is_another(user, first, may):
    right = order.another("请另一人确认。", lambda row: row.first)
    standing = SimpleNamespace(user=None if user is None else SimpleNamespace(pk=user))
    assert right.test(standing, SimpleNamespace(first=first)) is may
    assert right.otherwise == "请另一人确认。"
