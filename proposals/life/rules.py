"""Who may take a step of a suggestion, and when: the order of its life."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from congress.law.finding import Finding, blocking
from congress.models import Role
from congress.steps import Attempt, who
from congress.wording import chinese_date
from proposals import queries, stages
from proposals.models import Assignment
from proposals.stages import ENDED, IN_HANDLING, Facts, Order, Stage

# -- the order of life: the word of each step, what it follows, which facts its day may not precede


def _after(**words: str):
    """Facts of the present round by the words for them, such as `signed_on="签收"`."""
    return lambda facts: [(word, getattr(facts.now, name)) for name, word in words.items()]


def _entered(facts: Facts):
    return [("提出", facts.submitted_on), ("登记", facts.registered_on)]


GIVEN = _after(held_since="交办")
CONFIRM = Order("确认联名", frozenset(Stage) - ENDED)
CORRECT = Order("修改", frozenset({Stage.SUBMITTED, Stage.REGISTERED}))
REGISTER = Order("登记", frozenset({Stage.SUBMITTED}), law="accepted_on")
DECLINE = Order("不予受理", frozenset({Stage.SUBMITTED, Stage.REGISTERED}), _entered)
ASSIGN = Order("交办", frozenset({Stage.REGISTERED}), law="assigned_on")
JOIN = Order("并案", frozenset({Stage.REGISTERED}), _entered)
PART = Order("解除并案", frozenset(Stage) - ENDED, lambda facts: [("提出", facts.submitted_on)])
DELIVER = Order("送达交办单", IN_HANDLING, GIVEN)
SIGN = Order("签收", frozenset({Stage.ASSIGNED}), GIVEN, "signed_on")
RETURN = Order("退办", IN_HANDLING, _after(held_since="交办", signed_on="签收"))
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


@who("这件建议不是交给您的单位主办或者分办的，不能代办。")
def answers(standing, suggestion):
    """The lead unit, or one that answers separately; the clerk for units that answer on paper."""
    return standing.has(Role.CLERK) or bool(queries.own_answering(standing, suggestion))


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


def may_close(attempt: Attempt) -> list[Finding]:
    """Not after a first 不满意: that is handled again."""
    facts = queries.facts_of(attempt.record)
    return [*stages.again_first(facts, attempt.on), *stages.may(CLOSE, facts, attempt.on)]


# -- together with another suggestion


def may_join(attempt: Attempt) -> list[Finding]:
    """Before the assigning; one that others are joined to, or that is joined itself, is joined no further."""
    row = attempt.record
    if main := queries.main_of(row):
        return [Finding("join.joined", f"已并入第{main.number}号。")]
    if row.joined.all():
        return [Finding("join.main", "已有建议并入这一件，不能再并入别件。")]
    return following(JOIN)(attempt)


def lacks_main(attempt: Attempt) -> Iterable[Finding]:
    """There has to be one it may be joined to."""
    if not queries.may_lead(attempt.record).exists():
        yield Finding("join.nothing", "没有可以并入的建议：要并入的那一件须已登记、还没有交办。")


def may_part(attempt: Attempt) -> list[Finding]:
    """It is joined, and not before it was."""
    row = attempt.record
    if queries.main_of(row) is None:
        return [Finding("join.not", "这件建议没有并案。")]
    early = attempt.on < row.joined_on
    late = [Finding("order.date", f"日期早于并案日期{chinese_date(row.joined_on)}。", field="on")] if early else []
    return [*following(PART)(attempt), *late]


def along_with_main(attempt: Attempt, share: Assignment | None = None) -> list[Finding]:
    """What is said on a joined suggestion as long as the step is taken with the main one."""
    main = None if attempt.beside else queries.handled_with(attempt.record, share)
    return [Finding("join.along", f"已并入第{main.number}号，随之办理，请在那一件上办。")] if main else []


def together(when: Callable[[Attempt], list[Finding]]) -> Callable[[Attempt], list[Finding]]:
    """Order and law of a step that a joined suggestion does not take by itself."""
    return lambda attempt: along_with_main(attempt) or when(attempt)


def joined(attempt: Attempt) -> list:
    """The suggestions that go along."""
    return queries.going_along(attempt.record)


def place(suggestion) -> str:
    """The page where its handling goes on: that of the main one while it goes along with it."""
    main = queries.handled_with(suggestion) or suggestion
    return reverse("proposals-suggestion", args=[suggestion.township.code, main.pk])


# -- for one unit's part


@dataclass(frozen=True)
class Turn:
    """A step taken for the part of one unit of several: whose it may be, and what stands against it there.

    `when`, `initial` and `options` are those of the step's row. The form asks for the unit where several wait and it is
    not clear whose word comes first; what is entered for the lead unit concerns nobody else.
    """

    order: Order
    shares: Callable[[Attempt], list[Assignment]]
    also: Callable[[Attempt, Assignment], Iterable[Finding]] = lambda attempt, share: ()
    instead: Callable[[Attempt, Assignment], list[Finding] | None] = lambda attempt, share: None
    joins: bool = True  # taken on the main one for those joined to it

    def against(self, attempt: Attempt, share: Assignment) -> list[Finding]:
        """What stands against it for one share."""
        if self.joins and (found := along_with_main(attempt, share)):
            return found
        found = self.instead(attempt, share)
        if found is None:
            facts = queries.facts_of(attempt.record).of(share.strand)
            found = [*stages.may(self.order, facts, attempt.on), *self.also(attempt, share)]
        return found

    def waiting(self, attempt: Attempt) -> list[Assignment]:
        """The shares for which it may be taken on some day."""
        return [
            share
            for share in self.shares(attempt)
            if not any(not found.field for found in blocking(self.against(attempt, share)))
        ]

    def when(self, attempt: Attempt) -> list[Finding]:
        """What stands against it for the unit that was chosen, before that for the first that waits."""
        shares, unit = self.shares(attempt), attempt.data.get("unit")
        if not shares:
            return following(self.order)(attempt)
        named = [share for share in shares if unit is not None and share.unit_id == unit.pk]
        if unit is not None and not named:
            return [Finding("not_own", f"这一步没有等{unit}办理的部分。")]
        return self.against(attempt, (named or self.waiting(attempt) or shares)[0])

    def along(self, attempt: Attempt) -> list:
        """The joined suggestions for which it is taken as well: those whose part of the same unit has come as far."""
        unit = attempt.data.get("unit")
        shares = [share for share in self.shares(attempt) if unit is None or share.unit_id == unit.pk]
        return queries.going_along(attempt.record, shares[0]) if shares else []

    def initial(self, attempt: Attempt) -> dict:
        """The unit it is for, where there is no choice or the lead unit comes first."""
        waiting = self.waiting(attempt)
        clear = len(waiting) == 1 or any(share.part == Assignment.Part.LEAD for share in waiting)
        first = min(waiting, key=lambda share: share.part != Assignment.Part.LEAD, default=None)
        return {"unit": first.unit} if first and clear else {}

    def options(self, attempt: Attempt) -> dict:
        """The units the form lets choose from."""
        return {"waiting": [share.unit_id for share in self.waiting(attempt)]}


def _own(attempt: Attempt) -> list[Assignment]:
    return queries.own_shares(attempt.standing, attempt.record)


def _own_answering(attempt: Attempt) -> list[Assignment]:
    return queries.own_answering(attempt.standing, attempt.record)


def _own_assisting(attempt: Attempt) -> list[Assignment]:
    return queries.own_assisting(attempt.standing, attempt.record)


def _returned(attempt: Attempt) -> list[Assignment]:
    return [share for share in queries.answering_shares(attempt.record) if share.returned_on]


def _held(attempt: Attempt) -> list[Assignment]:
    return [share for share in queries.answering_shares(attempt.record) if share.returned_on is None]


def _shares(attempt: Attempt) -> list[Assignment]:
    return queries.current_shares(attempt.record)


def _delivering(attempt: Attempt, share: Assignment) -> list[Finding]:
    """On paper once, and only as long as nobody has signed for it."""
    if share.delivered_on:
        return [Finding("order.done", f"交办单已于{chinese_date(share.delivered_on)}送达{share.unit}。")]
    return _signing(attempt, share) or following(DELIVER)(attempt)


def _signing(attempt: Attempt, share: Assignment) -> list[Finding] | None:
    """Who answers signs first thing; an assisting unit for its own part until the round is rated."""
    if share.signed_on:
        return [Finding("order.done", f"{share.unit}已于{chinese_date(share.signed_on)}签收。")]
    if share.part != Assignment.Part.ASSIST:
        return None
    order = Order("签收", IN_HANDLING | {Stage.RETURNED, Stage.REPLIED}, lambda facts: [("交办", share.assigned_on)])
    return following(order)(attempt)


def _advising(attempt: Attempt, share: Assignment) -> Iterable[Finding]:
    """Once, and before the reply."""
    if share.advice_on:
        yield Finding("order.done", f"已于{chinese_date(share.advice_on)}提出协办意见。")


def _asking(attempt: Attempt, share: Assignment) -> Iterable[Finding]:
    """One request at a time, and only where the law leaves a later day to ask for."""
    row = attempt.record
    if queries.asked_extension(row, share):
        yield Finding("order.waits", "已有一份延期申请等待主席团答复。")
        return
    due = queries.due_of(row, queries.facts_of(row).of(share.strand))
    if due.date >= queries.latest_due(row):
        message = f"答复期限{chinese_date(due.date)}已是允许的最晚日期，不能再申请延期。"
        yield Finding("extension.no_room", message, due.citation)


def _deciding(attempt: Attempt, share: Assignment) -> Iterable[Finding]:
    """A request waits, and is older than its answer."""
    row = queries.asked_extension(attempt.record, share)
    if row is None:
        yield Finding("order.nothing", "没有等待答复的延期申请。")
    elif attempt.on < row.asked_on:
        yield Finding("order.date", f"日期早于申请日期{chinese_date(row.asked_on)}。", field="on")


DELIVERING = Turn(DELIVER, _shares, instead=_delivering)
SIGNING = Turn(SIGN, _own, instead=_signing)
TALKING = Turn(TALK, _own_answering)
REPLYING = Turn(REPLY, _own_answering, joins=False)
RETURNING = Turn(RETURN, _own_answering)
ASKING = Turn(ASK, _own_answering, also=_asking)
ADVISING = Turn(ADVISE, _own_assisting, also=_advising)
REASSIGNING = Turn(REASSIGN, _returned)
DECIDING = Turn(ANSWER, _held, also=_deciding)


def may_advise(attempt: Attempt) -> list[Finding]:
    """There is an assisting unit, and its opinion is still to come."""
    nobody = [] if _own_assisting(attempt) else [Finding("order.nobody", "这件建议没有交给别的单位协办。")]
    return [*ADVISING.when(attempt), *nobody]
