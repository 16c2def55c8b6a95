"""Where a round of a district's vote stands, derived from what was done."""

from dataclasses import dataclass

from congress.staged import Staged


class RoundStage(Staged):
    """The order of a round's work."""

    VOTING = "voting", "投票", "info", "投票结束后登记各处票账"
    BALANCED = "balanced", "票账已登记", "info", "开始计票"
    COUNTING = "counting", "计票", "info", "两人结束计票"
    COUNTED = "counted", "待宣布", "warning", "一人提出宣布结果"
    ASKED = "asked", "等待确认宣布", "warning", "另一人确认宣布"
    OPEN = "open", "已宣布，须接着投票", "warning", "安排下一次投票"
    DECLARED = "declared", "已宣布", "good"


@dataclass(frozen=True)
class Known:
    """What is known of a round."""

    balanced: bool = False  # every place has its ledger, and what was left over is settled
    counting: bool = False  # there is a count
    counted: bool = False  # which two people closed
    asked: bool = False
    declared: bool = False
    follows: bool = False  # the law wants another round, and it was not arranged yet


def round_stage(known: Known) -> RoundStage:
    """The stage of a round."""
    steps = (
        (RoundStage.OPEN, known.declared and known.follows),
        (RoundStage.DECLARED, known.declared),
        (RoundStage.ASKED, known.asked),
        (RoundStage.COUNTED, known.counted),
        (RoundStage.COUNTING, known.counting),
        (RoundStage.BALANCED, known.balanced),
    )
    return next((stage for stage, there in steps if there), RoundStage.VOTING)
