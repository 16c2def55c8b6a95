"""Whether the sentences of a structure can stand, and whether they praise only what figures bear out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from congress import figures
from congress.figures import Kind
from reports import growth
from reports.conditions import EXCLUDES, RULES, Condition
from reports.placeholders import BESIDE
from reports.reading import Fault
from reports.sentences import FIGURE, Line, Part, lines_of
from reports.story import Value

# What only good figures bear out: a sentence that says so names the figure and how good it has to be.
PRAISE = ("件件", "全部", "监督到位", "落实到位", "圆满", "均已", "显著", "明显", "大幅", "成效突出", "高效办结")

_AGAINST = re.compile(r"(?<!连)[比同与较](?:上年|去年)|同比")
_UP, _DOWN = ("增加", "增长", "提高", "上升"), ("减少", "下降", "降低")
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
            if why := twice(line.text) or unmeasured(conditions, line):
                yield Fault(line.at, f"{why}。")
            if not part.ahead and (word := praises(line.text)):
                yield from _unproved(word, conditions, line, kinds, called)


def twice(text: str) -> str:
    """What a text says again that its comparison with the year before says already; empty where nothing is said twice."""
    for match in FIGURE.finditer(text):
        if match[2][1:] not in BESIDE or match[2] == "|上年":
            continue
        figure = figures.registered().get(match[1])
        before = next((word for word in (*_UP, *_DOWN) if text[: match.start()].removesuffix("了").endswith(word)), "")
        if before:
            return f"“{match[2][1:]}”自己写明增加还是减少，前面不要再写“{before}”"
        if figure and figure.suffix and text[match.end() :].startswith(figure.suffix):
            return f"“{match[2][1:]}”自己带单位，后面不要再写“{figure.suffix}”"
    return ""


def unmeasured(conditions: Sequence[Condition], line: Line) -> str:
    """Why a sentence that speaks of the year before says more than its figures; empty where they bear it out."""
    plain = _QUOTED.sub("", line.text)
    asked = {condition.word for condition in conditions if RULES[condition.word].beside}
    if not _AGAINST.search(plain) or any(match[2][1:] in BESIDE for match in FIGURE.finditer(plain)):
        return ""
    for words, proofs in ((_UP, {"增加", "增幅"}), (_DOWN, {"减少", "降幅"})):
        word = next((word for word in words if word in plain), "")
        if word and not asked & proofs:
            return f"写“{word}”要有数据支持：用数据的“增减”，或者写明条件，如【{min(proofs)} 数据名称】"
    return "" if asked else "同上年比较要有数据支持：用数据的“增减”，或者写明条件，如【增加 数据名称】"


def _unproved(
    word: str, conditions: Sequence[Condition], line: Line, kinds: Mapping[str, str], called: Mapping[str, str]
) -> Iterator[Fault]:
    proved = {key for condition in conditions for key in condition.keys if _bears_out(condition, key)}
    if not proved:
        yield Fault(line.at, f"“{word}”要有数据支持：请写明数据好到什么程度才写这一句，如【好 数据名称 90】。")
    for key in line.keys:
        if kinds[key] == Kind.SHARE and key not in proved:
            name = called.get(key, key)
            yield Fault(line.at, f"写“{word}”的句子用了“{name}”，要写明它好到什么程度，如【好 {name} 90】。")


def _bears_out(condition: Condition, key: str) -> bool:
    """Whether a condition says that a figure is good: that much of it is, or where more is worse that it fell."""
    rule, figure = RULES[condition.word], figures.registered().get(key)
    return rule.falls if figure and figure.bad else rule.judges


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
        beside = key in line.beside or any(RULES[one.word].beside and key in one.keys for one in conditions)
        figure = figures.registered().get(key)
        if beside and figure and not growth.compares(figure):
            return f"“{called.get(key, key)}”不能同上年比较"
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
    rates = {one.number for one in conditions if RULES[one.word].beside and RULES[one.word].number}
    if kind == Kind.SHARE:
        pairs = {(0, 0), (0, 1), (1, 1), (0, 100), (1, 100), (1, 2), (99, 100), (100, 100), (199, 200)}
        pairs |= {(by, 100) for bound in bounds for by in (bound - 1, bound, bound + 1) if 0 <= by <= 100}
        values = [Value(kind, part, whole, spring, spring) for part, whole in sorted(pairs)]
    else:
        numbers = {0, 1, 2, 3, 10, 23} | {n for bound in bounds for n in (bound - 1, bound, bound + 1) if n >= 0}
        numbers |= {number for by in rates for number in (growth.BASE - 1, 100, 100 + by, max(0, 100 - by))}
        values = [Value(kind, number, 0, spring, last) for number in sorted(numbers) for last in (spring, autumn)]
    olds = [values[0], values[-1], *values[len(values) // 2 : len(values) // 2 + 2]]
    olds += [Value(kind, 100, 0, spring, spring)] if rates else []
    for value in values:
        yield from ((value, old) for old in (*olds, value))
