"""A figure beside that of the year before: whether the two compare, and how the difference is said. Pure.

The words carry their direction (增加3件, 下降5个百分点, 持平), so that no text can say the one while the figures say the other.
"""

from congress.figures import ELECTION, Figure, Kind
from congress.wording import NOTHING, whole_percent
from reports.story import Value

BASE = 50  # of fewer, one more or less is over two per cent: there the difference is counted
LEAST = 10  # a share of fewer moves by over ten points with each one: it is not held against another
SAME = "持平"


def compares(figure: Figure) -> bool:
    """Whether a figure can be held against a year before: words have no more or less, and two years overlap."""
    return figure.kind is not Kind.WORDS and figure.period is not ELECTION


def by(now: Value, before: Value | None) -> int | None:
    """By how much it grew: in its unit, of a share in whole per cents as they are read out. None without anything to compare."""
    if before is None or now.kind == Kind.WORDS or not before.based:
        return None
    if now.kind != Kind.SHARE:
        return now.value - before.value
    return in_hundred(now) - in_hundred(before) if min(now.denominator, before.denominator) >= LEAST else None


def rate(now: Value, before: Value | None) -> int | None:
    """By how many per cent a number grew, half up; None of a share, and where the year before is too small to say so."""
    grown = by(now, before)
    if grown is None or before is None or now.kind == Kind.SHARE or before.value < BASE:
        return None
    rounded = (abs(grown) * 200 + before.value) // (2 * before.value)
    return rounded if grown > 0 else -rounded


def forms(unit: str, now: Value, before: Value | None) -> dict[str, str]:
    """What stands in a text for the figure in its forms that compare."""
    grown, more = by(now, before), rate(now, before)
    if grown is None or before is None:
        return dict.fromkeys(("上年", "增减", "增幅"), NOTHING)
    if now.kind == Kind.SHARE:
        step, was = f"{'提高' if grown > 0 else '下降'}{abs(grown)}个百分点", f"{in_hundred(before)}%"
    else:
        step, was = f"{'增加' if grown > 0 else '减少'}{abs(grown)}{unit}", str(before.value)
    step = step if grown else SAME
    return {"上年": was, "增减": step, "增幅": f"{'增长' if more > 0 else '下降'}{abs(more)}%" if more else step}


def in_hundred(share: Value) -> int:
    """A share of something in whole per cents, as it is read out."""
    return int(whole_percent(share.value, share.denominator).removesuffix("%"))
