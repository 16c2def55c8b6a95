"""The steps of a list taken along and of what could not be merged of it: lost, decided."""

from congress.guard.action import verb
from congress.law.finding import Finding
from congress.steps import Attempt, Consequences, Life, Step, Words, register, who
from congress.web.records import at
from congress.wording import chinese_date
from elections import permissions as may
from elections.actions import tablets as acts
from elections.forms import tablets as forms
from elections.models import IssueConflict, Tablet
from elections.queries import issue
from elections.queries import tablets as queries

LOSE = verb("elections.lose_tablet", "登记了离线设备没有带回")
DECIDE = verb("elections.decide_issue_conflict", "处理了离线领票登记的冲突")


@who("离线名册由在这一处发票的工作人员办理。")
def _at_desk(standing, row) -> bool:
    return standing.user is None or issue.at_desk(standing, row.register)


def _out(attempt: Attempt) -> list[Finding]:
    row: Tablet = attempt.record
    if not row.out:
        return [Finding("tablet.settled", f"这台设备的名册{row.state}，不用登记。")]
    if attempt.on < row.taken_on:
        return [Finding("order.before", f"不能早于带走日期{chinese_date(row.taken_on)}。", field="on")]
    return []


def _lost(attempt: Attempt) -> Consequences:
    row: Tablet = attempt.record
    rows = (
        ("设备", row.name),
        ("带走", f"{row.taken_by}，{chinese_date(row.taken_on)}"),
        ("已并入", f"{row.merged}张"),
    )
    follows = (
        "设备上还没有并入的登记，照那里的纸质领票登记册在领票登记里逐个补登",
        "设备以后找到的，送来的登记不自动并入，都列为冲突，由登记选举的工作人员处理",
        "名册只有姓名和选民证号，在设备上加密保存，过期自动清除",
    )
    return Consequences(rows, follows, title="带走的名册")


TABLET = register(
    Life(
        name="elections-tablet",
        kind="elections.tablet",
        model=Tablet,
        read=queries.with_register,
        visible=queries.tablets,
        steps=(
            Step(
                "lose",
                Words("没有带回、损坏", "设备没有带回或者损坏", "登记"),
                said="已登记设备没有带回，请照纸质领票登记册补登。",
                verb=LOSE,
                form=forms.LostForm,
                permission=may.ISSUE_BALLOTS,
                act=acts.lose,
                who=_at_desk,
                when=_out,
                shows=_lost,
                main=False,
                apart=True,
            ),
        ),
    )
)


def _open(attempt: Attempt) -> list[Finding]:
    row: IssueConflict = attempt.record
    if row.decided_on is not None:
        return [Finding("conflict.decided", f"已于{chinese_date(row.decided_on)}处理。")]
    if attempt.on < row.issued_on:
        return [Finding("order.before", f"不能早于领票日期{chinese_date(row.issued_on)}。", field="on")]
    return []


def _facts(attempt: Attempt) -> Consequences:
    row: IssueConflict = attempt.record
    rows = (
        ("选民", queries.called([row]).get(row.registration_key, "选民名单上没有")),
        ("选票", f"{row.round.election.term.get_level_display()}选票，{row.get_way_display()}"),
        ("设备", row.tablet.audit_label),
        ("领票日期", chinese_date(row.issued_on)),
        ("没有并入的原因", row.against),
    )
    return Consequences(rows, ("冲突和处理都保留，写进领票登记的情况说明",), title="冲突")


CONFLICT = register(
    Life(
        name="elections-issue-conflict",
        kind="elections.issue_conflict",
        model=IssueConflict,
        read=queries.with_tablet,
        visible=queries.conflicts,
        page=lambda row: at(row.township, "elections-issue-tablets", row.tablet.register_id),
        about=lambda row: row.tablet,
        steps=(
            Step(
                "decide",
                Words("处理", "处理离线领票登记的冲突", "保存"),
                said="已处理。",
                verb=DECIDE,
                form=forms.DecideForm,
                permission=may.EDIT,
                act=acts.decide,
                when=_open,
                shows=_facts,
            ),
        ),
    )
)
