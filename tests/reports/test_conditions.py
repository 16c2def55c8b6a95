"""When a sentence stands: what its conditions say of the numbers they are asked about."""

import re

import pytest

from congress import figures
from congress.figures import Kind
from reports.conditions import RULES
from reports.story import Value


@pytest.mark.parametrize(
    ("condition", "now", "before", "holds"),
    [
        ("有", [1], [0], True),
        ("没有", [0], [0], True),
        ("有其一", [0, 1], [0, 0], True),
        ("一个", [1], [0], True),
        ("多个", [1], [0], False),
        ("不少于", [5], [0], True),
        ("少于", [0], [0], False),
        ("增加", [3], [2], True),
        ("增加", [3], [0], False),  # nothing to compare with
        ("减少", [1], [2], True),
        ("持平", [2], [2], True),
        ("达到", [2, 2], [0, 0], True),
        ("达到", [0, 0], [0, 0], False),
        ("未达到", [1, 2], [0, 0], True),
    ],
)
def test_conditions_over_counts(condition, now, before, holds):
    values = [Value(Kind.COUNT, number) for number in now]
    assert RULES[condition].holds(values, [Value(Kind.COUNT, number) for number in before], 5) is holds


@pytest.mark.parametrize(
    ("condition", "share", "before", "holds"),
    [
        ("全部", (3, 3), (0, 0), True),
        ("全部", (0, 0), (0, 0), False),
        ("不全", (199, 200), (0, 0), True),
        ("好", (9, 10), (0, 0), True),
        ("好", (89, 100), (0, 0), False),
        ("好", (0, 0), (0, 0), False),
        ("差", (0, 0), (0, 0), False),
        ("差", (0, 5), (0, 0), True),
        ("增加", (10, 20), (10, 30), True),
        ("减少", (10, 30), (10, 20), True),
        ("持平", (914, 1000), (906, 1000), True),  # both are read out as 91%
        ("增加", (1, 2), (1, 3), False),  # a share of so few is not held against another
        ("增加", (1, 2), (0, 0), False),
    ],
)
def test_conditions_over_shares(condition, share, before, holds):
    assert RULES[condition].holds([Value(Kind.SHARE, *share)], [Value(Kind.SHARE, *before)], 90) is holds


def test_every_condition_is_explained_and_none_is_a_name_of_a_figure():
    assert all(rule.means for rule in RULES.values())
    assert all(not re.search(r"[\s【】{}|]", name) for name in figures.names().values())
