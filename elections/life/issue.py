"""The steps of an issue register: closed when nobody waits any more, opened again where that was too early."""

from congress.guard.action import verb
from congress.law.finding import Finding
from congress.permissions import Standing
from congress.steps import Attempt, Consequences, Life, Step, Words, register, who
from congress.wording import chinese_date
from elections import permissions as may
from elections.actions import issue as acts
from elections.forms.candidate_lists import BackForm
from elections.forms.issue import CloseRegisterForm
from elections.queries import issue as queries
from elections.queries import tablets
from elections.queries.issue import Desk

CLOSE = verb("elections.close_register", "关闭了领票登记")
REOPEN = verb("elections.reopen_register", "重新打开了领票登记")


@who("领票登记由在这一处发票的工作人员办理。")
def _at_desk(standing: Standing, row) -> bool:
    return standing.user is None or queries.at_desk(standing, row)


def _open(attempt: Attempt) -> list[Finding]:
    if attempt.record.closed_on is not None:
        return [Finding("register.closed", f"已于{chinese_date(attempt.record.closed_on)}关闭。")]
    if attempt.on < attempt.record.held_on:
        held = chinese_date(attempt.record.held_on)
        return [Finding("order.before", f"不能早于投票日{held}。", field="on")]
    return []


def _closed(attempt: Attempt) -> list[Finding]:
    if attempt.record.closed_on is None:
        return [Finding("register.open", "领票登记还开着。")]
    return acts.to_reopen(attempt)


def _unsettled(attempt: Attempt) -> list[Finding]:
    """Lists that were taken along and did not come back, and what of them nobody has decided."""
    found = []
    if names := [str(one) for one in tablets.out(attempt.record)]:
        message = f"带走的离线名册还没有交回：{'、'.join(names)}。并入并交回以后再关闭；设备没有带回、损坏的，先在“离线名册”里登记。"
        found.append(Finding("register.taken_along", message))
    if number := tablets.undecided().filter(tablet__register=attempt.record).count():
        found.append(Finding("register.conflicts", f"离线领票登记还有{number}条冲突没有处理，见“离线名册”。"))
    return found


def figures(desk: Desk) -> list[tuple[str, str]]:
    """What was issued of each vote, as (term, value)."""
    rows = []
    for vote in desk.rounds:
        said = desk.totals[vote.pk]
        words = f"本人{said['person']}张，受委托{said['proxy']}张，共{said['person'] + said['proxy']}张"
        rows.append((f"{vote.election.term.get_level_display()}选票", f"{words}；换发{said['replaced']}张"))
    return rows


def _issued(attempt: Attempt) -> Consequences:
    follows = (
        "关闭后不能再发票；当天关早了的，可以重新打开。",
        "已发给受托人的委托记为已发票，委托人本人到场的委托记为取消。",
    )
    return Consequences(tuple(figures(Desk(attempt.record))), follows, title="发票情况")


REGISTER = register(
    Life(
        name="elections-issue-register",
        kind="elections.issue_register",
        model=queries.IssueRegister,
        read=lambda rows: rows.select_related(*queries.READS),
        visible=lambda standing: queries.own_registers(standing, queries.registers()),
        steps=(
            Step(
                "close",
                Words("关闭领票登记", "关闭领票登记", "关闭", "lock"),
                said="已关闭领票登记。",
                verb=CLOSE,
                form=CloseRegisterForm,
                permission=may.ISSUE_BALLOTS,
                act=acts.close,
                who=_at_desk,
                when=_open,
                lacks=_unsettled,
                shows=_issued,
                main=False,
            ),
            Step(
                "reopen",
                Words("重新打开", "重新打开领票登记", "打开"),
                said="已重新打开，可以继续发票。",
                verb=REOPEN,
                form=BackForm,
                permission=may.EDIT,
                act=acts.reopen,
                when=_closed,
                main=False,
                apart=True,
            ),
        ),
    )
)
