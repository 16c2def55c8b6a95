"""A refusal says everything that is wrong at once, each at the field it concerns."""

import pytest

from congress.guard import refusal
from congress.guard.action import Conflict, Refused
from congress.law.finding import Citation, Finding

RULE = Citation("deputies_law", 42, "2025")


def found(call) -> list[tuple]:
    with pytest.raises(Refused) as caught:
        call()
    return [(one.code, one.message, one.field, one.citation) for one in caught.value.findings]


def test_one_sentence_at_its_field_with_its_article():
    assert found(lambda: refusal.refuse("不行。")) == [("refused", "不行。", "", None)]
    said = found(lambda: refusal.refuse("太晚了。", "held_on", "late", RULE))
    assert said == [("late", "太晚了。", "held_on", RULE)]


def test_all_that_is_wrong_is_said_at_once_and_what_is_right_is_not():
    checks = [(True, "甲错。", "a"), (False, "乙错。", "b"), (True, "丙错。", "")]
    assert found(lambda: refusal.refuse_where(checks)) == [
        ("refused", "甲错。", "a", None),
        ("refused", "丙错。", "", None),
    ]
    assert refusal.refuse_where([(False, "乙错。", "b")]) is None


def test_what_only_warns_forbids_nothing():
    warning, fault = Finding("w", "请注意。", None, blocking=False), Finding("f", "不行。", None)
    assert refusal.refuse_blocking(iter([warning])) == [warning]
    assert found(lambda: refusal.refuse_blocking([warning, fault])) == [("f", "不行。", "", None)]


def test_a_refusal_reads_as_its_sentences():
    assert str(Refused([Finding("a", "甲"), Finding("b", "乙")])) == "甲；乙"
    assert str(Conflict(None)) == "内容已被他人修改"
