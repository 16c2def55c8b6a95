"""Whether the sentences of a structure can stand, and whether they praise only what figures bear out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from congress.figures import Kind
from reports.conditions import EXCLUDES, RULES, Condition
from reports.reading import Fault
from reports.sentences import Line, Part, lines_of
from reports.story import Value

# What only good figures bear out: a sentence that says so names the figure and how good it has to be.
PRAISE = ("件件", "全部", "监督到位", "落实到位", "圆满", "均已", "显著", "明显", "大幅", "成效突出", "高效办结")

_QUOTED = re.compile(r"“[^”]*”")
_TOGETHER = ("有其一", "达到", "未达到", "始于去年", "始于今年")  # these ask their figures together


def praises(text: str) -> str:
    """The first word of a text that praises; what stands between quotation marks is a name."""
    plain = _QUOTED.sub("", text)
    return next((word for word in PRAISE if word in plain), "")


def faults(parts: Sequence[Part], kinds: Mapping[str, str], called: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with the sentences of a structure whose words are right."""
    for part in parts:
        for conditions, line in lines_of(part):
            if why := contradiction(conditions, line, kinds, called):
                yield Fault(line.at, f"这一句永远不会写入：{why}。")
            if not part.ahead and (word := praises(line.text)):
                yield from _unproved(word, conditions, line, kinds, called)


def _unproved(
    word: str, conditions: Sequence[Condition], line: Line, kinds: Mapping[str, str], called: Mapping[str, str]
) -> Iterator[Fault]:
    proved = {key for condition in conditions if RULES[condition.word].judges for key in condition.keys}
    if not proved:
        yield Fault(line.at, f"“{word}”要有数据支持：请写明数据好到什么程度才写这一句，如【好 数据名称 90】。")
    for key in line.keys:
        if kinds[key] == Kind.SHARE and key not in proved:
            name = called.get(key, key)
            yield Fault(line.at, f"写“{word}”的句子用了“{name}”，要写明它好到什么程度，如【好 {name} 90】。")


def contradiction(
    conditions: Sequence[Condition], line: Line, kinds: Mapping[str, str], called: Mapping[str, str]
) -> str:
    """Why a line never stands whatever the figures are; empty when it may."""
    words = {(condition.word, condition.keys) for condition in conditions}
    for word, keys in words:
        if (EXCLUDES.get(word), keys) in words:
            return f"“{word}”和“{EXCLUDES[word]}”互相矛盾"
    asked = dict.fromkeys([key for condition in conditions for key in condition.keys] + line.keys)
    for key in asked:
        alone = [one for one in conditions if key in one.keys and one.word not in _TOGETHER]
        told = key in line.keys or any(one.word == "达到" and key in one.keys for one in conditions)
        if not any(_fits(now, before, alone, told) for now, before in corners(kinds[key], alone)):
            return f"“{called.get(key, key)}”的条件互相矛盾"
    return ""


def _fits(now: Value, before: Value, conditions: Sequence[Condition], told: bool) -> bool:
    return (now.told or not told) and all(RULES[one.word].holds([now], [before], one.number) for one in conditions)


def corners(kind: str, conditions: Sequence[Condition] = ()) -> Iterator[tuple[Value, Value]]:
    """The values of a figure at which anything may change, each beside those of the year before."""
    spring, autumn = date(2022, 3, 1), date(2022, 9, 1)
    bounds = {one.number for one in conditions if RULES[one.word].number}
    if kind == Kind.SHARE:
        pairs = {(0, 0), (0, 1), (1, 1), (0, 100), (1, 100), (1, 2), (99, 100), (100, 100), (199, 200)}
        pairs |= {(by, 100) for bound in bounds for by in (bound - 1, bound, bound + 1) if 0 <= by <= 100}
        values = [Value(kind, part, whole, spring, spring) for part, whole in sorted(pairs)]
    else:
        numbers = {0, 1, 2, 3, 10, 23} | {n for bound in bounds for n in (bound - 1, bound, bound + 1) if n >= 0}
        values = [Value(kind, number, 0, spring, last) for number in sorted(numbers) for last in (spring, autumn)]
    olds = [values[0], values[-1], *values[len(values) // 2 : len(values) // 2 + 2]]
    for value in values:
        yield from ((value, old) for old in (*olds, value))
