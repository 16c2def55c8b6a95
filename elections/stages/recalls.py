"""Where the recall of a deputy stands, derived from what was done."""

from dataclasses import dataclass

from congress.staged import Staged


class RecallStage(Staged):
    """The order of a recall (选举法五十至五十三)."""

    SIGNING = "signing", "登记联名", "info", "核对签名，呈报县级人大常委会"
    SUBMITTED = "submitted", "已呈报", "info", "登记申辩，把罢免要求和申辩意见印发选民"
    SENT = "sent", "已印发选民", "info", "安排表决"
    ARRANGED = "arranged", "已安排表决", "info", "表决后开始计票"
    COUNTING = "counting", "计票", "info", "两人结束计票"
    COUNTED = "counted", "待登记结果", "warning", "登记表决结果"
    PASSED = "passed", "罢免通过", "bad", "公告；县级人大常委会要求备案的，登记备案"
    FAILED = "failed", "罢免没有通过", "good", "公告结果"
    TOLD = "told", "已公告", "good"
    STOPPED = "stopped", "已停止", "neutral"


@dataclass(frozen=True)
class Known:
    """What is known of a recall."""

    submitted: bool = False
    sent: bool = False
    arranged: bool = False
    counting: bool = False
    counted: bool = False
    passed: bool | None = None
    announced: bool = False
    stopped: bool = False


def recall_stage(known: Known) -> RecallStage:
    """The stage of a recall."""
    steps = (
        (RecallStage.STOPPED, known.stopped),
        (RecallStage.TOLD, known.announced),
        (RecallStage.PASSED, known.passed is True),
        (RecallStage.FAILED, known.passed is False),
        (RecallStage.COUNTED, known.counted),
        (RecallStage.COUNTING, known.counting),
        (RecallStage.ARRANGED, known.arranged),
        (RecallStage.SENT, known.sent),
        (RecallStage.SUBMITTED, known.submitted),
    )
    return next((stage for stage, there in steps if there), RecallStage.SIGNING)
