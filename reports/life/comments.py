"""What is said about a draft's sections, and what came of it."""

from congress.steps import Step, Words
from reports import forms
from reports import permissions as may
from reports.actions import comments, verbs
from reports.life.common import at_section, made_before, of_the_report, page_from, unissued
from reports.models import SectionComment

COMMENTS = (
    Step(
        "comment",
        Words("提审改意见", "对一段提出审改意见", "提出", icon="chat-left-text"),
        said="已记下意见。",
        verb=verbs.COMMENT,
        form=forms.CommentForm,
        permission=may.EDIT,
        act=comments.say,
        when=unissued,
        options=of_the_report,
        before=made_before(SectionComment),
        prefilled=("section",),
        back=page_from("edit"),
        then=lambda attempt: at_section(attempt.made.section, attempt.record),
        main=False,
        guard=True,
    ),
    Step(
        "settle-comment",
        Words("处理意见", "登记意见的处理", "已处理", icon="check-lg"),
        said="已登记处理。",
        verb=verbs.SETTLE_COMMENT,
        form=forms.SettleCommentForm,
        permission=may.EDIT,
        act=comments.settle,
        when=unissued,
        check=comments.check_open,
        options=of_the_report,
        prefilled=("comment",),
        back=page_from("edit"),
        then=lambda attempt: at_section(attempt.data["comment"].section, attempt.record),
        main=False,
    ),
)
