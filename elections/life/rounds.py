"""The steps of a round (选举法四十三至四十六): its ballots settled, counted, declared by two people, followed by another."""

from congress import order
from congress.guard.action import verb
from congress.law.finding import Finding
from congress.law.numerals import between
from congress.law.sources import cite
from congress.steps import Attempt, Consequences, Life, Step, Words, register
from congress.web.forms import DayForm
from congress.web.records import at
from congress.wording import cdatew, chinese_date
from elections import permissions as may
from elections.actions import above, beside
from elections.actions import rounds as acts
from elections.documents.common import committee_name
from elections.forms import rounds as forms
from elections.forms.candidate_lists import BackForm
from elections.models import IssueHour, Round
from elections.queries.rounds import RoundFacts, with_facts
from elections.stages.rounds import RoundStage

SETTLE = verb("elections.settle_ballots", "登记了剩余选票的处理")
COUNT = verb("elections.count_round", "准备了选区的计票")
ASK = verb("elections.ask_declare", "提出宣布选举结果")
SEND = verb("elections.send_result", "登记了投票结果的上报")
ENTER = verb("elections.enter_declaration", "登记了县级宣布的选举结果")
CONFIRM = verb("elections.declare", "确认宣布了选举结果")
REVOKE = verb("elections.revoke_declare", "撤销了宣布选举结果的提出")
FOLLOW = verb("elections.follow_round", "安排了接续的投票")
LEAVE = verb("elections.leave_vacant", "登记了名额暂缺")
TAKE_UP = verb("elections.take_up_seats", "撤销了名额暂缺的登记")
DISCARD = verb("elections.discard_round", "撤回了误排的投票")


_at = order.at(lambda attempt: attempt.once(RoundFacts).stage)
VOTING = (RoundStage.VOTING, RoundStage.BALANCED)


def _after_the_vote(attempt: Attempt) -> list[Finding]:
    found = _at(*VOTING)(attempt)
    if attempt.on < attempt.record.held_on:
        held = chinese_date(attempt.record.held_on)
        found.append(Finding("order.before", f"投票日是{held}，投票结束以后才能登记。", field="on"))
    return found


def _unbalanced(attempt: Attempt) -> list[Finding]:
    return attempt.once(RoundFacts).ledger_findings


def _told(attempt: Attempt) -> list[Finding]:
    return [one for one in attempt.once(RoundFacts).ledger_findings if not one.blocking]


def _counted(attempt: Attempt) -> list[Finding]:
    return [*_at(RoundStage.COUNTED)(attempt), *acts.declared_late(attempt.on, attempt.record.held_on)]


def _to_declare(attempt: Attempt) -> list[Finding]:
    if attempt.once(RoundFacts).county:
        ground = cite("election_law", "announce_result", attempt.record.held_on)
        message = "县级代表的选举结果由县的选举委员会宣布，乡镇不宣布：请上报投票结果，再登记县级的宣布"
        return [Finding("declare.county", message, ground)]
    return _counted(attempt)


def _of_the_county(attempt: Attempt) -> list[Finding]:
    if not attempt.once(RoundFacts).county:
        return [Finding("declare.own", "本级代表的选举结果由本级选举委员会宣布，不用上报后宣布。")]
    return _counted(attempt)


def _to_enter(attempt: Attempt) -> list[Finding]:
    found, sent = _of_the_county(attempt), attempt.record.sent_on
    if sent is not None and attempt.on < sent:
        found.append(Finding("order.before", f"县级宣布日期不能早于上报日期{chinese_date(sent)}。", field="on"))
    return found


def _not_sent(attempt: Attempt) -> list[Finding]:
    if attempt.record.sent_on is None:
        return [Finding("above.not_sent", "还没有登记上报，请先登记投票结果的上报。"), *_no_result(attempt)]
    return _no_result(attempt)


def _no_result(attempt: Attempt) -> list[Finding]:
    if attempt.once(RoundFacts).result is not None:
        return []
    return [Finding("round.no_result", "计票结束以后内容与结束时不一致，请停止使用这一结果并查明。")]


def _same_result(attempt: Attempt) -> list[Finding]:
    if attempt.once(RoundFacts).county and attempt.record.sent_on is None:  # asked for here, as it once could be
        return [Finding("declare.county", "县级代表由县的选举委员会宣布，请撤销，上报以后登记县级的宣布。")]
    if attempt.once(RoundFacts).holds:
        return []
    return [Finding("round.changed", "提出宣布以后计票有变化，请撤销提出，核对后重新提出。")]


_other = order.another("宣布结果由两个不同的人办理，您是提出的人，请另一人确认。", lambda row: row.asked_by_id)


def outcome_rows(facts: RoundFacts) -> list[tuple[str, str]]:
    """What was counted and what follows, as (term, value)."""
    totals, found, votes = facts.result.totals, facts.result.outcome.tally, acts.votes_of(facts)
    rows = [
        ("选民总数", f"{facts.row.voters}人"),
        ("参加投票", f"{totals.took_part}人"),
        ("发出、收回选票", f"{totals.issued}张、{totals.collected}张"),
        ("有效票、废票", f"{totals.valid}张、{totals.void_in_all}张"),
        ("得票", "、".join(f"{name}{number}票" for name, number in votes.items())),
        ("选举是否有效", "有效" if found.valid else "无效"),
    ]
    if found.valid:
        rows.append(("当选须有", f"{found.needed}票"))
        rows.append(("当选", "、".join(f"{name}（{votes[name]}票）" for name in found.elected) or "没有人当选"))
    if facts.row.vacant_on:
        rows.append(("接着办理", "名额暂缺，不再投票，缺额依法补选"))
    elif facts.follow:
        rows.append(("接着办理", facts.follow.words))
    return rows


def _declaring(attempt: Attempt) -> Consequences:
    facts = attempt.once(RoundFacts)
    if facts.result is None:
        return Consequences((), ())
    found = facts.result.outcome.tally
    told = (*found.findings, *facts.left_findings, *facts.uncounted_findings)
    return Consequences(tuple(outcome_rows(facts)), (), told, title="计票结果")


def _confirming(attempt: Attempt) -> Consequences:
    shown, row, facts = _declaring(attempt), attempt.record, attempt.once(RoundFacts)
    asked = (
        ("提出人", str(row.asked_by)),
        ("宣布日期", cdatew(row.declared_on)),
        ("宣布的选举委员会", row.declared_by),
    )
    follows: tuple[str, ...] = ("宣布后不能取消；当选人登记在这次投票里。",)
    if facts.county:
        people = "、".join(f"{one.name}（{one.votes}票）" for one in row.told_above) or "没有人当选"
        compared = "；".join(facts.differences) or "与本地计票一致"
        asked += (("宣布的文件", row.paper), ("县级宣布当选", people), ("与本地计票比较", compared))
        follows = ("当选人按县级宣布登记；与本地计票不同的，一直显示。",)
    return Consequences((*shown.rows, *asked), follows, shown.findings, title="计票结果")


def _committee(attempt: Attempt) -> dict:
    return {"declared_by": committee_name(attempt.record.township, attempt.record.election)}


def _offered(attempt: Attempt) -> dict:
    facts = attempt.once(RoundFacts)
    votes = acts.votes_of(facts)
    names = acts.offered(facts)
    told = [(name, f"{name}（{votes[name]}票）") for name in names]
    return {"offered": told, "written_in": beside.asked_of(attempt.record, names)}


def _proposed(attempt: Attempt) -> dict:
    """Those whom the votes name; where two are level at the end, nobody chooses between them but people."""
    facts = attempt.once(RoundFacts)
    limit = acts.standing_again(facts)
    row, names = attempt.record, acts.offered(facts)
    written = beside.stood(row, beside.asked_of(row, names))
    return {"names": list(limit.names) if limit else names, "printed": row.printed, beside.FIELD: written}


def _why(attempt: Attempt) -> Consequences:
    facts = attempt.once(RoundFacts)
    limit = acts.standing_again(facts)
    rows = (("接着办理", facts.follow.words), ("依据", facts.follow.citation.text), ("应选", f"{facts.follow.seats}名"))
    more = (("候选人", f"{between(limit.minimum, limit.maximum)}名"),) if limit else ()
    return Consequences((*rows, *more), (), tuple(limit.findings) if limit else ())


def _to_leave(attempt: Attempt) -> list[Finding]:
    declared = attempt.record.declared_on
    found = _at(RoundStage.OPEN)(attempt)
    if declared is not None and attempt.on < declared:
        found.append(Finding("order.before", f"决定日期不能早于宣布日期{chinese_date(declared)}。", field="on"))
    return found


def _left_vacant(attempt: Attempt) -> list[Finding]:
    there = attempt.record.vacant_on is not None
    return [] if there else [Finding("vacant.none", "没有登记名额暂缺。")]


def _untouched(attempt: Attempt) -> list[Finding]:
    found = _at(*VOTING)(attempt)
    if attempt.record.lines:
        found.append(Finding("round.ledger", "已经登记票账，不能撤回；票账登错的先撤回票账。"))
    if IssueHour.objects.filter(round=attempt.record).exists():
        found.append(Finding("round.issued", "这次投票已经发过选票，不能撤回。"))
    return found


ROUND = register(
    Life(
        name="elections-round",
        kind="elections.round",
        model=Round,
        read=with_facts,
        visible=lambda standing: Round.objects.kept(),
        steps=(
            Step(
                "settle",
                Words("登记剩余选票", "登记剩余选票的处理", "保存", "archive"),
                said="已登记剩余选票的处理。",
                verb=SETTLE,
                form=forms.SettleForm,
                permission=may.EDIT,
                act=acts.settle,
                when=_after_the_vote,
                check=acts.check_settled,
                initial=lambda attempt: {
                    name: getattr(attempt.record, name)
                    for name in ("filed", "destroyed", "lost", "witnesses", "settled_note")
                },
                lead="印制的选票＝发出＋换发作废＋存档空白＋销毁＋遗失。",
            ),
            Step(
                "count",
                Words("开始计票", "准备这个选区的计票", "开始计票", "clipboard-data"),
                said="已准备计票，请两人开启，各票箱由两人分别录入。",
                verb=COUNT,
                form=DayForm,
                permission=may.EDIT,
                act=acts.count,
                when=_after_the_vote,
                lacks=lambda attempt: [one for one in _unbalanced(attempt) if one.blocking],
                hints=_told,
                lead="计票单元按票账的各处产生；发出的票和参加投票的人数以票账为准，开始以后票账不能再改。",
                then=lambda attempt: at(attempt.record.township, "counting-count", attempt.after.count_id),
            ),
            Step(
                "declare",
                Words("提出宣布", "提出宣布选举结果", "提出宣布", "megaphone"),
                said="已提出宣布，请另一人确认。",
                verb=ASK,
                form=forms.DeclareForm,
                permission=may.ISSUE,
                act=acts.ask,
                when=_to_declare,
                lacks=_no_result,
                shows=_declaring,
                initial=_committee,
                proved=True,
            ),
            Step(
                "send",
                Words("登记上报", "登记投票结果的上报", "保存", "send"),
                said="已登记上报，县级宣布以后请登记。",
                verb=SEND,
                form=forms.SendForm,
                permission=may.EDIT,
                act=above.send,
                when=_of_the_county,
                lacks=_no_result,
                shows=_declaring,
                initial=lambda attempt: {"sent_paper": attempt.record.sent_paper},
            ),
            Step(
                "enter",
                Words("登记县级宣布", "登记县级宣布的选举结果", "登记", "megaphone"),
                said="已登记县级的宣布，请另一人核对。",
                verb=ENTER,
                form=forms.AboveForm,
                permission=may.ISSUE,
                act=above.enter,
                when=_to_enter,
                lacks=_not_sent,
                check=above.check_entered,
                initial=_committee,
                lead="照县级公告填写，保存以后与本地计票比较。",
                proved=True,
            ),
            Step(
                "confirm",
                Words("确认宣布", "确认宣布选举结果", "确认宣布", "check-circle"),
                said="已宣布选举结果。",
                verb=CONFIRM,
                form=DayForm,
                permission=may.ISSUE,
                act=acts.confirm,
                who=_other,
                when=_at(RoundStage.ASKED),
                lacks=_same_result,
                shows=_confirming,
                proved=True,
            ),
            Step(
                "revoke",
                Words("不宣布", "撤销宣布的提出", "撤销"),
                said="已撤销提出。",
                verb=REVOKE,
                form=BackForm,
                permission=may.ISSUE,
                act=acts.revoke,
                when=_at(RoundStage.ASKED),
                main=False,
                apart=True,
            ),
            Step(
                "follow",
                Words("安排接续的投票", "安排接续的投票", "安排", "arrow-right"),
                said=lambda attempt: f"已安排{attempt.made.get_kind_display()}。",
                verb=FOLLOW,
                form=forms.FollowForm,
                permission=may.EDIT,
                act=acts.follow,
                when=_at(RoundStage.OPEN),
                check=acts.check_follow,
                shows=_why,
                options=_offered,
                initial=_proposed,
                then=lambda attempt: at(attempt.record.township, "elections-round", attempt.made.pk),
            ),
            Step(
                "vacate",
                Words("暂缺，不再投票", "登记名额暂缺，不再投票", "保存"),
                said="已登记名额暂缺，缺额以后依法补选。",
                verb=LEAVE,
                form=forms.VacantForm,
                permission=may.ISSUE,
                act=acts.leave_vacant,
                when=_to_leave,
                shows=_why,
                hints=acts.by_law,
                lead="没有人可以列为候选人，或者多次投票仍不能有效的，经决定以后登记；缺额依法补选（选举法五十七）。",
                main=False,
                proved=True,
            ),
            Step(
                "resume",
                Words("撤销暂缺", "撤销名额暂缺的登记", "撤销"),
                said="已撤销，可以安排接续的投票。",
                verb=TAKE_UP,
                form=BackForm,
                permission=may.ISSUE,
                act=acts.take_up,
                when=_left_vacant,
                main=False,
                apart=True,
            ),
            Step(
                "discard",
                Words("撤回误排", "撤回误排的投票", "撤回"),
                said="已撤回。",
                verb=DISCARD,
                form=BackForm,
                permission=may.EDIT,
                act=acts.discard,
                when=_untouched,
                then=lambda attempt: at(attempt.record.township, "elections-rounds", attempt.record.election_id),
                main=False,
                apart=True,
            ),
        ),
    )
)
