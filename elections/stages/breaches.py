"""Where a report of a disturbed election stands, and whether somebody's election is void, derived from what was done."""

from datetime import date

from congress.staged import Staged


class BreachStage(Staged):
    """The order of looking into a report."""

    RECEIVED = "received", "待调查", "warning", "确定调查人"
    LOOKING = "looking", "正在调查", "info", "登记查明的情况"
    UPHELD = "upheld", "查实", "warning", "移送有关机关，或者登记处理结果"
    HANDED = "handed", "已移送", "info", "登记处理结果"
    NOT_UPHELD = "not_upheld", "不成立", "info", "登记处理结果"
    CLOSED = "closed", "已办结", "good"


def breach_stage(
    looked_on: date | None, upheld: bool | None, handed_on: date | None, closed_on: date | None
) -> BreachStage:
    """The stage of a report."""
    steps = (
        (BreachStage.CLOSED, closed_on is not None),
        (BreachStage.HANDED, handed_on is not None),
        (BreachStage.UPHELD, upheld is True),
        (BreachStage.NOT_UPHELD, upheld is False),
        (BreachStage.LOOKING, looked_on is not None),
    )
    return next((stage for stage, there in steps if there), BreachStage.RECEIVED)


class AnnulmentStage(Staged):
    """Whether an election is void."""

    OPEN = "open", "待确定", "warning", "主席团（县级为常委会）确定"
    VOID = "void", "当选无效", "bad", "公布；名额出缺，由原选区补选"
    TOLD = "told", "当选无效，已公布", "bad", "名额出缺，由原选区补选"
    VALID = "valid", "当选有效", "good"


def annulment_stage(void: bool | None, announced_on: date | None) -> AnnulmentStage:
    """The stage of an opinion that somebody's election is void."""
    if void is None:
        return AnnulmentStage.OPEN
    if not void:
        return AnnulmentStage.VALID
    return AnnulmentStage.TOLD if announced_on else AnnulmentStage.VOID
