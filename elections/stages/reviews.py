"""Where a review of credentials stands, derived from what was done."""

from dataclasses import dataclass

from congress.staged import Staged


class ReviewStage(Staged):
    """The order of a review's work."""

    OPENED = "opened", "审查", "info", "登记每位当选人的审查意见，提出审查报告"
    REPORTED = "reported", "待确认", "warning", "登记确认"
    ASKED = "asked", "等待核对确认", "warning", "另一人核对确认"
    CONFIRMED = "confirmed", "已确认，待公布", "warning", "公布代表名单"
    PUBLISHED = "published", "已公布", "good"
    NOBODY = "nobody", "已确认，没有当选有效的", "good"


@dataclass(frozen=True)
class Known:
    """What is known of a review."""

    reported: bool = False  # or the county's, whose report goes elsewhere
    asked: bool = False
    confirmed: bool = False
    published: bool = False
    nobody: bool = False  # of its people holds a seat: there is no list to make public


def review_stage(known: Known) -> ReviewStage:
    """The stage of a review."""
    steps = (
        (ReviewStage.PUBLISHED, known.published),
        (ReviewStage.NOBODY, known.confirmed and known.nobody),
        (ReviewStage.CONFIRMED, known.confirmed),
        (ReviewStage.ASKED, known.asked),
        (ReviewStage.REPORTED, known.reported),
    )
    return next((stage for stage, there in steps if there), ReviewStage.OPENED)
