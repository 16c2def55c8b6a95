"""Where a count and its units stand, derived from what was done. Pure: plain values in, words out."""

from dataclasses import dataclass

from congress.staged import Staged

SIGNERS = 2  # people who sign a unit, and the whole


class UnitStage(Staged):
    """Where the reading of a unit stands. Of a reading under way nothing is told but that it is."""

    MIXED = "mixed", "已并入混合单元", "neutral"
    SMALL = "small", "票数太少", "warning", "先与别的单元混合"
    WAITING = "waiting", "未录入", "neutral", "第一人看纸录入"
    TYPING = "typing", "正在录入", "info", "录入人录完"
    ONE_FINAL = "one_final", "一份已录完", "info", "另一人看纸录入"
    DIFFERENT = "different", "两份不一致", "warning", "第三人看纸确定"
    RETURNED = "returned", "退回更正", "warning", "录入人看纸更正"
    READ = "read", "已确定", "info", "两人签认"
    SIGNED = "signed", "已签认", "good"


@dataclass(frozen=True)
class Readings:
    """What is known of a unit's readings."""

    mixed: bool = False
    small: bool = False
    begun: int = 0  # places at which somebody sits
    final: int = 0  # readings that are final and were not sent back
    returned: bool = False
    agree: bool = False  # both final and equal, or decided by a third
    signatures: int = 0  # that hold


def unit_stage(known: Readings) -> UnitStage:
    """The stage of a unit."""
    steps = (
        (UnitStage.MIXED, known.mixed),
        (UnitStage.SIGNED, known.agree and known.signatures >= SIGNERS),
        (UnitStage.READ, known.agree),
        (UnitStage.RETURNED, known.returned),
        (UnitStage.DIFFERENT, known.final == 2),
        (UnitStage.ONE_FINAL, known.final == 1),
        (UnitStage.TYPING, known.begun > 0),
        (UnitStage.SMALL, known.small),
    )
    return next((stage for stage, there in steps if there), UnitStage.WAITING)


class CountStage(Staged):
    """Where a count stands."""

    PREPARED = "prepared", "未开启", "neutral", "投票截止、票收齐后，一人提出开启"
    OPENING = "opening", "等待开启", "warning", "另一人确认开启"
    OPEN = "open", "正在计票", "info", "各单元录入、确定、签认"
    COUNTED = "counted", "各单元已签认", "info", "两人签认全部结果，一人提出结束"
    CLOSING = "closing", "等待结束", "warning", "另一人确认结束"
    CLOSED = "closed", "已结束", "good"


def count_stage(done: str, asked: str, units: list[UnitStage]) -> CountStage:
    """The stage of a count: `done` is the last turn that two people made (open, close or nothing), `asked` one that waits for
    its second person, `units` the stages of the units that are read."""
    if asked:
        return CountStage.OPENING if asked == "open" else CountStage.CLOSING
    if done == "close":
        return CountStage.CLOSED
    if done != "open":
        return CountStage.PREPARED
    return CountStage.COUNTED if units and all(one == UnitStage.SIGNED for one in units) else CountStage.OPEN
