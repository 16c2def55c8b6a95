"""Who may take a step of a suggestion, and when: the order of its life."""

from congress.law.finding import Finding
from congress.models import Role
from congress.steps import Attempt, who
from congress.wording import chinese_date
from proposals import queries, stages
from proposals.stages import ENDED, IN_HANDLING, Facts, Order, Stage

# -- the order of life: the word of each step, what it follows, which facts its day may not precede


def _after(**words: str):
    """Facts of the present round by the words for them, such as `signed_on="签收"`."""
    return lambda facts: [(word, getattr(facts.now, name)) for name, word in words.items()]


def _entered(facts: Facts):
    return [("提出", facts.submitted_on), ("登记", facts.registered_on)]


CONFIRM = Order("确认联名", frozenset(Stage) - ENDED)
CORRECT = Order("修改", frozenset({Stage.SUBMITTED, Stage.REGISTERED}))
REGISTER = Order("登记", frozenset({Stage.SUBMITTED}), law="accepted_on")
DECLINE = Order("不予受理", frozenset({Stage.SUBMITTED, Stage.REGISTERED}), _entered)
ASSIGN = Order("交办", frozenset({Stage.REGISTERED}), law="assigned_on")
SIGN = Order("签收", frozenset({Stage.ASSIGNED}), _after(lead_since="交办"), "signed_on")
RETURN = Order("退办", IN_HANDLING, _after(lead_since="交办", signed_on="签收"))
REASSIGN = Order("重新确定承办单位", frozenset({Stage.RETURNED}), _after(returned_on="退办"))
TALK = Order("面商", frozenset({Stage.SIGNED, Stage.TALKED}), _after(assigned_on="交办", signed_on="签收"))
ADVISE = Order("协办意见", IN_HANDLING, _after(assigned_on="交办"))
ASK = Order("申请延期", IN_HANDLING, _after(assigned_on="交办"))
ANSWER = Order("答复延期申请", IN_HANDLING, _after(assigned_on="交办"))
REPLY = Order("答复", frozenset({Stage.SIGNED, Stage.TALKED}), _after(signed_on="签收"), "replied_on")
RATE = Order("评价", frozenset({Stage.REPLIED}), _after(replied_on="答复"), "rated_on")
REOPEN = Order("重新交办", frozenset({Stage.REOPENED}), _after(rated_on="评价"), "redo_assigned_on")
CLOSE = Order("办结", frozenset({Stage.REPLIED, Stage.REOPENED}), _after(replied_on="答复", rated_on="评价"))
WITHDRAW = Order("撤回", frozenset(Stage) - ENDED, law="withdrawn_on")


# -- who may


@who("这件建议不是交给您的单位主办的，不能代办。")
def leads(standing, suggestion):
    """The lead unit; the clerk for units that answer on paper."""
    return standing.has(Role.CLERK) or queries.own_lead(standing, suggestion) is not None


@who("这件建议不是交给您的单位办理的，不能代办。")
def has_share(standing, suggestion):
    """Any unit of the present round."""
    return standing.has(Role.CLERK) or bool(queries.own_shares(standing, suggestion))


@who("这件建议不是交给您的单位协办的。")
def assists(standing, suggestion):
    """An assisting unit of the present round."""
    return standing.has(Role.CLERK) or bool(queries.own_assisting(standing, suggestion))


@who("评价只能由领衔代表本人作出。")
def own(standing, suggestion):
    """The lead deputy."""
    return suggestion.lead.account_id == standing.user.pk


@who("只有领衔代表可以修改、撤回（书面提出的由办事员录入）。")
def own_or_on_paper(standing, suggestion):
    """The lead deputy; the clerk enters what came as a letter."""
    return standing.has(Role.CLERK) or own.test(standing, suggestion)


@who("这件建议没有列您为联名代表。")
def cosigns(standing, suggestion):
    """A cosigner; the clerk enters signatures on paper."""
    return standing.has(Role.CLERK) or bool(queries.own_cosignings(standing, suggestion))


# -- when


def following(order: Order):
    """Order and dates of the step by the facts."""
    return lambda attempt: stages.may(order, queries.facts_of(attempt.record), attempt.on)


def may_confirm(attempt: Attempt) -> list[Finding]:
    """A cosigning that waits, at any time of the life."""
    if found := stages.may(CONFIRM, queries.facts_of(attempt.record), attempt.on):
        return found
    if not queries.unconfirmed(attempt.standing, attempt.record):
        return [Finding("order.done", "没有等待确认的联名，或者已经确认。")]
    return []


def may_sign(attempt: Attempt) -> list[Finding]:
    """The lead unit signs first thing; an assisting unit for its own part until the round is rated."""
    share = queries.unsigned_share(attempt.standing, attempt.record)
    signed = queries.own_shares(attempt.standing, attempt.record)
    if share is None and signed:
        return [Finding("order.done", f"{signed[-1].unit}已于{chinese_date(signed[-1].signed_on)}签收。")]
    if share is None or share.part == share.Part.LEAD:
        return following(SIGN)(attempt)
    order = Order("签收", IN_HANDLING | {Stage.RETURNED, Stage.REPLIED}, lambda facts: [("交办", share.assigned_on)])
    return following(order)(attempt)


def may_advise(attempt: Attempt) -> list[Finding]:
    """Once, and before the reply."""
    share = queries.unadvised_share(attempt.standing, attempt.record)
    advised = queries.own_assisting(attempt.standing, attempt.record)
    if share is None and advised:
        return [Finding("order.done", f"已于{chinese_date(advised[-1].advice_on)}提出协办意见。")]
    nobody = [] if share else [Finding("order.nobody", "这件建议没有交给别的单位协办。")]
    return [*following(ADVISE)(attempt), *nobody]


def may_ask(attempt: Attempt) -> list[Finding]:
    """One request at a time, and only where the law leaves a later day to ask for."""
    row = attempt.record
    found = following(ASK)(attempt)
    if queries.asked_extension(row):
        return [*found, Finding("order.waits", "已有一份延期申请等待主席团答复。")]
    due = queries.due_of(row)
    if due and due.date >= queries.latest_due(row):
        message = f"答复期限{chinese_date(due.date)}已是允许的最晚日期，不能再申请延期。"
        found.append(Finding("extension.no_room", message, due.citation))
    return found


def may_answer(attempt: Attempt) -> list[Finding]:
    """A request waits, and is older than its answer."""
    row = queries.asked_extension(attempt.record)
    found = following(ANSWER)(attempt)
    if row is None:
        return [*found, Finding("order.nothing", "没有等待答复的延期申请。")]
    if attempt.on < row.asked_on:
        found.append(Finding("order.date", f"日期早于申请日期{chinese_date(row.asked_on)}。", field="on"))
    return found


def may_close(attempt: Attempt) -> list[Finding]:
    """Not after a first 不满意: that is handled again."""
    facts = queries.facts_of(attempt.record)
    return [*stages.again_first(facts, attempt.on), *stages.may(CLOSE, facts, attempt.on)]
