"""The conditions under which a sentence stands: a small closed set of questions to figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reports import growth
from reports.story import Story, Value


@dataclass(frozen=True)
class Rule:
    """What a condition asks: of how many figures (all alike), whether with a number, and in which words it is explained."""

    holds: Callable[[Sequence[Value], Sequence[Value | None], int], bool]
    means: str
    least: int = 1
    most: int = 9
    number: bool = False
    share: bool = False
    judges: bool = False  # it says that the figure is good
    falls: bool = False  # it says that the figure is good where more of it is worse
    beside: bool = False  # it asks the year before

    @property
    def wanted(self) -> str:
        """How many figures have to be written with it, in words."""
        if not self.most:
            return "不写数据"
        if self.least == self.most:
            return f"要写{self.least}项数据"
        return f"至少要写{self.least}项数据" if self.least > 1 else "要写数据"


def _days(value: Value) -> bool:
    return value.told and value.first is not None and value.last is not None


def _compared(holds: Callable[[int], bool]):
    def every(now: Sequence[Value], before: Sequence[Value | None], number: int) -> bool:
        grown = [growth.by(value, old) for value, old in zip(now, before, strict=True)]
        return all(by is not None and holds(by) for by in grown)

    return every


def _by_rate(sign: int):
    def every(now: Sequence[Value], before: Sequence[Value | None], number: int) -> bool:
        rates = [growth.rate(value, old) for value, old in zip(now, before, strict=True)]
        return all(rate is not None and sign * rate >= number > 0 for rate in rates)

    return every


def _earliest(now: Sequence[Value]) -> int | None:
    return min((value.first.year for value in now if value.first), default=None)


RULES: Mapping[str, Rule] = {
    "有": Rule(lambda now, before, n: all(v.told for v in now), "这些数据都有（不是零）"),
    "没有": Rule(lambda now, before, n: not any(v.told for v in now), "这些数据都没有（都是零）"),
    "有其一": Rule(lambda now, before, n: any(v.told for v in now), "这些数据至少有一项", least=2),
    "一个": Rule(lambda now, before, n: all(v.value == 1 for v in now), "正好是一（一件、一次、一人）"),
    "多个": Rule(lambda now, before, n: all(v.value > 1 for v in now), "是二以上"),
    "全部": Rule(lambda now, before, n: all(v.whole for v in now), "达到百分之百", share=True, judges=True),
    "不全": Rule(lambda now, before, n: all(v.based and not v.whole for v in now), "不到百分之百", share=True),
    "好": Rule(
        lambda now, before, n: all(v.reaches(n) for v in now), "不低于百分之几", number=True, share=True, judges=True
    ),
    "差": Rule(
        lambda now, before, n: all(v.based and not v.reaches(n) for v in now), "低于百分之几", number=True, share=True
    ),
    "达到": Rule(
        lambda now, before, n: 0 < now[1].value == now[0].value,
        "前一项数据等于后一项，后一项不是零",
        least=2,
        most=2,
        judges=True,
    ),
    "未达到": Rule(lambda now, before, n: now[0].value < now[1].value, "前一项数据小于后一项", least=2, most=2),
    "不少于": Rule(lambda now, before, n: all(v.value >= n for v in now), "不少于几", number=True, judges=True),
    "少于": Rule(lambda now, before, n: all(0 < v.value < n for v in now), "有，但是少于几", number=True),
    "增加": Rule(_compared(lambda by: by > 0), "比上年同期增加", beside=True),
    "减少": Rule(_compared(lambda by: by < 0), "比上年同期减少", beside=True),
    "持平": Rule(_compared(lambda by: by == 0), "同上年同期持平", beside=True),
    "增幅": Rule(
        _by_rate(1),
        f"比上年同期增长不低于百分之几（上年不到{growth.BASE}的不算百分比）",
        number=True,
        judges=True,
        beside=True,
    ),
    "降幅": Rule(
        _by_rate(-1),
        f"比上年同期下降不低于百分之几（上年不到{growth.BASE}的不算百分比）",
        number=True,
        falls=True,
        beside=True,
    ),
    "始于去年": Rule(lambda now, before, n: False, "最早一条记录在上年"),
    "始于今年": Rule(lambda now, before, n: False, "最早一条记录在本年"),
    "都在上半年": Rule(
        lambda now, before, n: all(_days(v) and v.last.month <= 6 for v in now),  # type: ignore[union-attr]
        "记录都在上半年",
    ),
    "不都在上半年": Rule(
        lambda now, before, n: all(_days(v) and v.last.month > 6 for v in now),  # type: ignore[union-attr]
        "记录有在下半年的",
    ),
    "明年换届": Rule(
        lambda now, before, n: False,
        "本届任期在下一年或再下一年第一季度届满，或者换届的选举日在这期间",
        least=0,
        most=0,
    ),
    "届中": Rule(lambda now, before, n: False, "不是“明年换届”", least=0, most=0),
}
# What excludes each other whatever the figures are.
EXCLUDES = {"始于去年": "始于今年", "明年换届": "届中"}


@dataclass(frozen=True)
class Condition:
    """A condition as it is written: its word, the figures it asks, the number where it has one."""

    word: str
    keys: tuple[str, ...] = ()
    number: int = 0

    def holds(self, story: Story) -> bool:
        """Whether it holds for what is told."""
        if self.word in ("明年换届", "届中"):
            return story.renewal == (self.word == "明年换届")
        now = [story.value(key) for key in self.keys]
        if self.word in ("始于去年", "始于今年"):
            year = _earliest(now)
            return year is not None and (year < story.year) == (self.word == "始于去年")
        return RULES[self.word].holds(now, [story.before.get(key) for key in self.keys], self.number)
