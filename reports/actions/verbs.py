"""The verbs of this app, and what whoever writes a text of a draft asks first."""

from congress.guard.action import lock, verb
from congress.guard.refusal import refuse_blocking
from reports.models import AnnualReport
from reports.queries.annual import sealed

START = verb("reports.start", "开始起草工作报告")
EDIT = verb("reports.edit", "修改了报告正文")
BESIDE = verb("reports.keep_beside", "保存了并存稿")
SETTLE = verb("reports.settle", "处理了并存稿")
ADD = verb("reports.add_section", "增加了报告段落")
REMOVE = verb("reports.remove_section", "移除了报告段落")
MOVE = verb("reports.move_section", "调整了报告段落次序")
COMPUTE = verb("reports.compute", "重新计算了报告数据")
CUT_OFF = verb("reports.cut_off", "改了报告期间和数据截止日")
HEADING = verb("reports.heading", "改了报告标题")
DISCARD = verb("reports.discard", "放弃了报告草稿")
SUBMIT = verb("reports.submit", "把工作报告送签")
SIGN = verb("reports.sign", "签发了工作报告")
REOPEN = verb("reports.reopen", "退回修改工作报告")
COMMENT = verb("reports.comment", "对报告提出了审改意见")
SETTLE_COMMENT = verb("reports.settle_comment", "处理了审改意见")
ISSUE = verb("reports.issue", "印发了工作报告")
EDITION = verb("reports.edition", "制作了工作报告的公开稿")
CORRECT = verb("reports.correct", "开始更正工作报告")


def open_draft(report: AnnualReport) -> AnnualReport:
    """The report under a lock. Raises Refused when it has been issued, discarded or handed in for signature."""
    current = lock(report)
    refuse_blocking(sealed(current))
    return current
