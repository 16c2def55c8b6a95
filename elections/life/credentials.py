"""The steps of a review of credentials and of each one it examines (选举法四十七、五十七; 组织法三十七)."""

from congress import order
from congress.guard.action import verb
from congress.law.finding import Finding
from congress.steps import Attempt, Consequences, Life, Step, Words, register
from congress.web.forms import DayForm
from congress.web.records import at
from congress.wording import cdatew
from elections import permissions as may
from elections.actions import credentials as acts
from elections.forms import credentials as forms
from elections.forms.candidate_lists import BackForm
from elections.models import CredentialsReview, ReviewedWinner
from elections.queries import credentials as queries
from elections.queries.credentials import ReviewFacts, body_of, entries, of_county, with_facts
from elections.stages.reviews import ReviewStage

CLEAR = verb("elections.clear_review", "登记了没有争议的当选人的审查意见")
REPORT = verb("elections.report_review", "提出了代表资格审查报告")
ASK = verb("elections.ask_credentials", "登记了代表资格的确认")
CONFIRM = verb("elections.confirm_credentials", "核对了代表资格的确认")
REVOKE = verb("elections.revoke_credentials", "撤销了代表资格确认的登记")
PUBLISH = verb("elections.publish_deputies", "公布了代表名单")
DISCARD = verb("elections.discard_review", "撤回了误开的代表资格审查")
JUDGE = verb("elections.judge_winner", "登记了当选人的审查意见")
WHO = verb("elections.winner_is", "登记了当选人是谁")
LEAVE_OUT = verb("elections.leave_winner", "把当选人留待下一次审查")


_at = order.at(lambda attempt: attempt.once(ReviewFacts).stage)


def _to_clear(attempt: Attempt) -> list[Finding]:
    found = _at(ReviewStage.OPENED)(attempt)
    if not attempt.once(ReviewFacts).open:
        found.append(Finding("review.all_judged", "每位当选人都有了审查意见。"))
    return [*found, *order.not_before(attempt, attempt.record.opened_on, "开始审查日期")]


def _clearing(attempt: Attempt) -> Consequences:
    facts = attempt.once(ReviewFacts)
    clear = [one.name for one in facts.open if one not in facts.disputed]
    rows = [("没有争议的", f"{len(clear)}名：{'、'.join(clear)}" if clear else "没有")]
    for entry, found in facts.disputed.items():
        rows.append((entry.name, "；".join(str(one) for one in found)))
    return Consequences(tuple(rows), (), title="要查明的情况（列出的不在这一步登记）")


def _to_report(attempt: Attempt) -> list[Finding]:
    found = _at(ReviewStage.OPENED)(attempt)
    if of_county(attempt.record):
        return [Finding("review.county", "县级代表由县级人大常委会的代表资格审查委员会审查，这里只登记县级的确认。")]
    return [*found, *order.not_before(attempt, attempt.record.opened_on, "开始审查日期")]


def _no_report(attempt: Attempt) -> list[Finding]:
    facts = attempt.once(ReviewFacts)
    found = queries.against_committee(attempt.record.election, attempt.on)
    if not attempt.record.listed:
        found.append(Finding("review.nobody", "这次审查没有当选人（都留待下一次），没有可以报告的，请撤回。"))
    if facts.open:
        names = "、".join(one.name for one in facts.open)
        found.append(Finding("review.open", f"还没有审查意见：{names}。"))
    return found


def _composition(attempt: Attempt) -> list[Finding]:
    return [one for one in queries.against_committee(attempt.record.election, attempt.on) if not one.blocking]


def _outcome(attempt: Attempt) -> Consequences:
    facts = attempt.once(ReviewFacts)
    rows = [("当选有效", f"{len(facts.valid)}名：{'、'.join(one.name for one in facts.valid)}")]
    for one in facts.void:
        articles = "；".join(str(each) for each in acts.ground_findings(one))
        rows.append((f"当选无效：{one.name}", f"{one.get_ground_display()}。{one.words}{articles}"))
    rows += [(f"本人不接受当选：{one.name}", one.words) for one in facts.declined]
    if attempt.record.decided_on:
        row = attempt.record
        rows += [("确认", f"{cdatew(row.decided_on)}，{row.decided_by}，{row.paper}"), ("登记的人", str(row.asked_by))]
    return Consequences(tuple(rows), (), title="审查意见")


def _to_ask(attempt: Attempt) -> list[Finding]:
    found = _at(ReviewStage.REPORTED)(attempt)
    row = attempt.record
    return [*found, *order.not_before(attempt, row.reported_on or row.opened_on, "审查")]


def _decider(attempt: Attempt) -> dict:
    return {"decided_by": body_of(attempt.record.election)}


_other = order.another("确认代表资格由两个不同的人办理，您是登记的人，请另一人核对。", lambda row: row.asked_by_id)


def _to_publish(attempt: Attempt) -> list[Finding]:
    found = _at(ReviewStage.CONFIRMED)(attempt)
    facts = attempt.once(ReviewFacts)
    return [*found, *order.not_before(attempt, attempt.record.decided_on, "确认日期"), *facts.publication(attempt.on)]


def _unsettled(attempt: Attempt) -> list[Finding]:
    facts = attempt.once(ReviewFacts)
    found = ((one, queries.lacking(one, facts.beside)) for one in facts.valid)
    return [Finding(each.code, f"{one.name}：{each.message}") for one, told in found for each in told]


def _seating(attempt: Attempt) -> Consequences:
    facts, row = attempt.once(ReviewFacts), attempt.record
    known = sum(one.deputy_id is not None for one in facts.valid)
    rows = (
        ("取得代表资格", f"{len(facts.valid)}名"),
        ("花名册上已有", f"{known}名"),
        ("新登记到花名册", f"{len(facts.valid) - known}名"),
        ("当选无效", f"{len(facts.void)}名"),
        *([("不接受当选", f"{len(facts.declined)}名")] if facts.declined else []),
        ("届", str(row.election.term)),
    )
    follows = ("保存后一次登记全部代表资格；有一名不能登记的，全部不登记。", "新登记的代表由主席在花名册审核。")
    return Consequences(rows, follows)


def _published(attempt: Attempt) -> str:
    seated, made = attempt.outcome
    return f"已公布，{seated}名代表的资格已登记" + (f"，其中新登记{made}名，请在花名册审核。" if made else "。")


def _checked(attempt: Attempt) -> str:
    stands = attempt.once(ReviewFacts).valid
    return "已核对，请公布代表名单。" if stands else "已核对，没有当选有效的代表，这次审查已经办结。"


def _cleared(attempt: Attempt) -> str:
    done, rest = attempt.outcome
    return f"已登记{done}名当选有效" + (f"，另{rest}名须逐一审查。" if rest else "。")


def _untouched(attempt: Attempt) -> list[Finding]:
    return _at(ReviewStage.OPENED, ReviewStage.REPORTED)(attempt)


REVIEW = register(
    Life(
        name="elections-review",
        kind="elections.review",
        model=CredentialsReview,
        read=with_facts,
        visible=lambda standing: CredentialsReview.objects.kept(),
        steps=(
            Step(
                "clear",
                Words("登记无争议的意见", "没有争议的登记为当选有效", "登记", "check-circle"),
                said=_cleared,
                verb=CLEAR,
                form=DayForm,
                permission=may.EDIT,
                act=acts.clear,
                when=_to_clear,
                shows=_clearing,
                lead="没有需要查明的情况的，一次登记为当选有效；有的逐一登记。",
            ),
            Step(
                "report",
                Words("提出审查报告", "登记代表资格审查委员会的报告", "保存", "file-earmark-text"),
                said="已登记审查报告，请登记主席团的确认。",
                verb=REPORT,
                form=forms.ReportForm,
                permission=may.EDIT,
                act=acts.report,
                when=_to_report,
                lacks=_no_report,
                check=acts.check_report,
                hints=_composition,
                shows=_outcome,
            ),
            Step(
                "decide",
                Words("登记确认", "登记代表资格的确认", "登记", "check-circle"),
                said="已登记确认，请另一人核对。",
                verb=ASK,
                form=forms.DecideForm,
                permission=may.ISSUE,
                act=acts.ask,
                when=_to_ask,
                shows=_outcome,
                initial=_decider,
                proved=True,
            ),
            Step(
                "confirm",
                Words("核对确认", "核对代表资格的确认", "核对无误", "check-circle"),
                said=_checked,
                verb=CONFIRM,
                form=DayForm,
                permission=may.ISSUE,
                act=acts.confirm,
                who=_other,
                when=_at(ReviewStage.ASKED),
                shows=_outcome,
                proved=True,
            ),
            Step(
                "revoke",
                Words("撤销登记", "撤销确认的登记", "撤销"),
                said="已撤销。",
                verb=REVOKE,
                form=BackForm,
                permission=may.ISSUE,
                act=acts.revoke,
                when=_at(ReviewStage.ASKED),
                main=False,
                apart=True,
            ),
            Step(
                "publish",
                Words("公布代表名单", "公布代表名单并登记代表资格", "公布", "megaphone"),
                said=_published,
                verb=PUBLISH,
                form=forms.PublicationForm,
                permission=may.ISSUE,
                act=acts.publish,
                when=_to_publish,
                lacks=_unsettled,
                confirm=_seating,
                proved=True,
            ),
            Step(
                "discard",
                Words("撤回误开", "撤回误开的代表资格审查", "撤回"),
                said="已撤回。",
                verb=DISCARD,
                form=BackForm,
                permission=may.EDIT,
                act=acts.discard,
                when=_untouched,
                then=lambda attempt: at(attempt.record.township, "elections-reviews", attempt.record.election_id),
                main=False,
                apart=True,
            ),
        ),
    )
)


def _under_way(attempt: Attempt) -> list[Finding]:
    review = CredentialsReview.objects.get(pk=attempt.record.review_id)
    if review.reported_on or review.asked_by_id:
        return [Finding("order.stage", "审查报告已经提出，不能再改审查意见。")]
    return []


def _to_judge(attempt: Attempt) -> list[Finding]:
    return [*_under_way(attempt), *order.not_before(attempt, attempt.record.review.opened_on, "开始审查日期")]


def _unseated(attempt: Attempt) -> list[Finding]:
    if attempt.record.mandate_id:
        return [Finding("order.seated", "代表资格已经登记，请在花名册上更正。")]
    return []


def _disputed(attempt: Attempt) -> list[Finding]:
    return [Finding(one.code, one.message, one.citation, False) for one in queries.disputes(attempt.record)]


def _as_it_stands(*names: str):
    return lambda attempt: {name: getattr(attempt.record, name) or None for name in names}


ENTRY = register(
    Life(
        name="elections-reviewed",
        kind="elections.reviewed",
        model=ReviewedWinner,
        read=entries,
        visible=lambda standing: ReviewedWinner.objects.kept(),
        about=lambda row: row.review,
        inside="review",
        steps=(
            Step(
                "judge",
                Words("登记审查意见", "登记当选人的审查意见", "保存", "clipboard-check"),
                said="已登记审查意见。",
                verb=JUDGE,
                form=forms.OpinionForm,
                permission=may.EDIT,
                act=acts.judge,
                when=_to_judge,
                check=acts.check_opinion,
                hints=_disputed,
                initial=_as_it_stands("opinion", "ground", "words"),
            ),
            Step(
                "who",
                Words("登记当选人情况", "登记当选人是谁", "保存", "person"),
                said="已登记。",
                verb=WHO,
                form=forms.WhoForm,
                permission=may.EDIT,
                act=acts.particulars,
                when=_unseated,
                check=acts.check_particulars,
                options=lambda attempt: {
                    "name": attempt.record.name,
                    "written_in": attempt.record.winner.nominee_id is None,
                },
                initial=_as_it_stands("deputy", "newcomer", *acts.TYPED),
                main=False,
            ),
            Step(
                "leave",
                Words("留待下一次审查", "这一次不提出意见", "留待下一次"),
                said="已留待下一次审查。",
                verb=LEAVE_OUT,
                form=BackForm,
                permission=may.EDIT,
                act=acts.leave_out,
                when=_under_way,
                then=lambda attempt: at(attempt.record.township, "elections-review", attempt.record.review_id),
                lead="问题线索还没有查清的，由有关机关继续调查，查清以后在下一次审查里提出意见。",
                main=False,
                apart=True,
            ),
        ),
    )
)
