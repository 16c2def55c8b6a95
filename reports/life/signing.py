"""The way of a draft to its issue: handed in, signed by the chair, sent back to be written on, issued."""

from collections.abc import Iterable

from congress import order
from congress.law.finding import Finding
from congress.models import Document, Role
from congress.steps import Attempt, Consequences, Notice, Step, Words
from congress.web.forms import DayForm, ReasonForm
from congress.web.records import url_of
from congress.wording import chinese_date
from proposals.actions.common import staff_of
from reports import forms
from reports import permissions as may
from reports.actions import issuing, signing, verbs
from reports.life.common import made_before, page_from, page_of, unissued
from reports.queries import annual
from reports.queries.missing import look_over
from reports.stages import ReportStage

_at = order.at(lambda attempt: annual.stage(attempt.record))


def _while(*stages: ReportStage, since: str = "") -> order.When:
    """Of a draft at one of these stages."""
    ask = _at(*stages, since=since)
    return lambda attempt: unissued(attempt) or ask(attempt)


def _to_hand_in(attempt: Attempt) -> list[Finding]:
    return [*annual.sealed(attempt.record), *order.not_before(attempt, attempt.record.cut_off, "数据截止日")]


def _to_sign(attempt: Attempt) -> list[Finding]:
    """The chair signs what was handed in, and what they wrote themselves without handing it in."""
    row = attempt.record
    since, words = (row.submitted_on, "送签日期") if row.submitted_on else (row.cut_off, "数据截止日")
    return [*_while(ReportStage.DRAFT, ReportStage.SUBMITTED)(attempt), *order.not_before(attempt, since, words)]


def _complete(attempt: Attempt) -> list[Finding]:
    """Nothing is missing any more."""
    return attempt.once(look_over)[0]


def _as_handed_in(attempt: Attempt) -> list[Finding]:
    """Nothing is missing, and it still says what was handed in or signed."""
    found, content = attempt.once(look_over)
    known = attempt.record.signed_text
    if content and known and signing.digest(content) != known:
        found = [Finding("order.changed", "送签以后内容有变动，请退回修改，核对以后重新送签。"), *found]
    return found


def _reading(attempt: Attempt) -> Consequences:
    """What is signed, with the ways to read it first: on the screen, and as it will be printed."""
    row = attempt.record
    handed = f"{row.submitted_by}，{chinese_date(row.submitted_on)}" if row.submitted_on else "没有送签，直接签发"
    rows = (
        ("标题", row),
        ("报告全文", "打开阅读", url_of(row)),
        ("印发的样子", "打开草稿 PDF", page_of(row, "pdf")),
        ("数据截止日", row.cut_off),
        ("送签", handed),
    )
    return Consequences(rows, ())


def _issuing(attempt: Attempt) -> Consequences:
    row = attempt.record
    rows = (
        ("标题", row),
        ("数据截止日", row.cut_off),
        ("签发", row.signed_by),
        ("更正", row.correction_reason or "否"),
    )
    follows = (
        "正文和数据定稿，不能再改。",
        "编定文号（简报编定期号），生成 PDF 并封存原件。",
        "如有错误，只能另行更正重发。",
    )
    return Consequences(rows, follows)


def _to_the_chair(attempt: Attempt) -> Iterable[Notice]:
    row = attempt.record
    yield Notice(
        f"submitted:{row.version}", staff_of(row.township_id, Role.CHAIR), f"{row.audit_label}等待签发", url=url_of(row)
    )


def _to_whom_handed_in(attempt: Attempt) -> Iterable[Notice]:
    told = attempt.outcome
    if told is not None and told != attempt.actor:
        yield Notice(
            f"reopened:{attempt.record.version}",
            [told],
            f"{attempt.record.audit_label}退回修改",
            attempt.data["reason"],
            page_of(attempt.record, "edit"),
        )


SUBMIT = Step(
    "submit",
    Words("送签", "送主席签发", icon="file-earmark-arrow-up"),
    said="已送签，等待主席签发。",
    verb=verbs.SUBMIT,
    form=DayForm,
    permission=may.EDIT,
    act=signing.submit,
    when=_to_hand_in,
    lacks=_complete,
    hints=_complete,
    notices=_to_the_chair,
    lead="送签以后正文和数据不能再改；要改的，退回修改以后重新送签。",
    back=page_from("check"),
    then=lambda attempt: url_of(attempt.record),
)
SIGN = Step(
    "sign",
    Words("签发", "签发报告", icon="pencil"),
    said="已签发，可以印发。",
    verb=verbs.SIGN,
    form=DayForm,
    permission=may.SIGN,
    act=signing.sign,
    when=_to_sign,
    lacks=_as_handed_in,
    hints=_complete,
    shows=_reading,
    proved=True,
    back=url_of,
)
REOPEN = Step(
    "reopen",
    Words("退回修改"),
    said="已退回，可以继续修改。",
    verb=verbs.REOPEN,
    form=ReasonForm,
    permission=may.EDIT,
    act=signing.reopen,
    when=_while(ReportStage.SUBMITTED, ReportStage.SIGNED),
    notices=_to_whom_handed_in,
    lead="送签、签发随即失效，操作记录中保留；改好以后重新送签。",
    back=url_of,
    then=lambda attempt: page_of(attempt.record, "edit"),
    main=False,
    apart=True,
)
ISSUE = Step(
    "issue",
    Words("印发", "印发报告", "确认印发", icon="send"),
    said=lambda attempt: f"已印发：{attempt.made.number}。",
    verb=verbs.ISSUE,
    form=forms.IssueForm,
    permission=may.ISSUE,
    act=issuing.issue,
    when=_while(ReportStage.SIGNED, since="signed_on"),
    lacks=_as_handed_in,
    shows=_issuing,
    before=made_before(Document),
    proved=True,
    day="issued_on",
    back=page_from("check"),
    then=lambda attempt: url_of(attempt.record),
)
SIGNING = (SUBMIT, SIGN, ISSUE, REOPEN)
