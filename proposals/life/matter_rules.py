"""Who may take a step of a matter, and when."""

from collections.abc import Iterator
from datetime import date

from congress.law.finding import Finding
from congress.models import Role
from congress.steps import Attempt, who
from congress.wording import chinese_date
from proposals import queries
from proposals.models import Matter

# -- who may


def _near(standing, matter) -> bool:
    return standing.has(Role.CHAIR) or queries.may_reveal(standing, matter)


@who("只有办事员、主席或者接待代表可以办理这件事项。")
def near(standing, matter):
    """The office and the deputies who received."""
    return _near(standing, matter)


@who("本乡镇规定代表转办经办事员：您可以提出转办意见，由办事员确认。")
def hands_over(standing, matter):
    """The office; the deputies who received where the township lets them."""
    if standing.has(Role.CHAIR, Role.CLERK):
        return near.test(standing, matter)
    return _near(standing, matter) and not matter.township.clerk_hands_over


@who("转办意见由接待代表提出；您可以直接转办。")
def proposes(standing, matter):
    """The deputies who received, where the clerk hands over."""
    return _near(standing, matter) and not hands_over.test(standing, matter)


@who("转办由办事员或者主席确认。")
def office(standing, matter):
    """The clerk and the chair."""
    return standing.has(Role.CHAIR, Role.CLERK)


@who("这件事项不是交给您的单位办理的。")
def near_or_handed(standing, matter):
    """The unit it was handed to as well."""
    return _near(standing, matter) or matter.unit_id in standing.unit_ids


@who("这件事项没有转办给您的单位。")
def handed(standing, matter):
    """The unit it was handed to; the clerk for units that answer on paper."""
    return standing.has(Role.CLERK) or matter.unit_id in standing.unit_ids


# -- when


def kept(attempt: Attempt) -> Iterator[Finding]:
    """Nothing follows a withdrawal."""
    if attempt.record.withdrawn_at is not None:
        yield Finding("order.withdrawn", "该事项已撤回。")


def _not_before(attempt: Attempt, earlier: date | None, words: str) -> Iterator[Finding]:
    if earlier and attempt.on < earlier:
        message = f"日期{chinese_date(attempt.on)}早于{words}日期{chinese_date(earlier)}。"
        yield Finding("order.date", message, field="on")


def undecided(attempt: Attempt) -> Iterator[Finding]:
    """A matter goes one way only, and not before it was raised."""
    matter = attempt.record
    yield from kept(attempt)
    if matter.channel:
        gone = f"该事项已于{chinese_date(matter.channelled_on)}{matter.get_channel_display()}。"
        yield Finding("order.decided", gone)
    yield from _not_before(attempt, matter.reception.held_on, "接待")


def in_hands(attempt: Attempt) -> Iterator[Finding]:
    """Handed to a unit or passed upward, and not resolved."""
    matter = attempt.record
    yield from kept(attempt)
    if matter.channel not in (Matter.Channel.UNIT, Matter.Channel.UPWARD):
        yield Finding("order.not_handed", "只有转办或者报上级的事项在这里记录办理结果。")
    elif matter.resolved_on:
        yield Finding("order.done", f"该事项已于{chinese_date(matter.resolved_on)}办结。")
    yield from _not_before(attempt, matter.channelled_on, "分流")


def with_a_unit(attempt: Attempt) -> Iterator[Finding]:
    """A unit has it and has not resolved it."""
    if attempt.record.channel == Matter.Channel.UPWARD:
        yield Finding("order.not_handed", "报上级的事项没有转办给单位。")
    else:
        yield from in_hands(attempt)


def proposed(attempt: Attempt) -> Iterator[Finding]:
    """Its deputy has said to which unit it should go."""
    yield from undecided(attempt)
    if attempt.record.proposed_unit_id is None:
        yield Finding("order.nothing", "代表没有提出转办意见。")


def undelivered(attempt: Attempt) -> Iterator[Finding]:
    """A unit has it, and the slip was not given to it yet."""
    matter = attempt.record
    yield from with_a_unit(attempt)
    if matter.delivered_on:
        yield Finding("order.done", f"交办单已于{chinese_date(matter.delivered_on)}送达。")


def passed_on(attempt: Attempt) -> Iterator[Finding]:
    """A higher body has it."""
    if attempt.record.channel != Matter.Channel.UPWARD:
        yield Finding("order.not_passed", "这件事项没有报上级。")
    else:
        yield from in_hands(attempt)


def untold(attempt: Attempt) -> Iterator[Finding]:
    """Resolved, and the voter does not know."""
    matter = attempt.record
    yield from kept(attempt)
    if matter.told_on:
        yield Finding("order.done", f"已于{chinese_date(matter.told_on)}反馈过。")
    elif matter.resolved_on is None:
        yield Finding("order.open", "事项还没有办结，办结后再向选民反馈。")
    yield from _not_before(attempt, matter.resolved_on, "办结")


def mistaken(attempt: Attempt) -> Iterator[Finding]:
    """No suggestion that stands came of it."""
    yield from kept(attempt)
    if queries.standing_suggestions(attempt.record):
        yield Finding("order.suggestion", "该事项已转为代表建议，请先撤回该建议。")
