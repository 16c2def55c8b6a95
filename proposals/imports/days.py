"""The days a ledger tells of a suggestion, held against the same order of life that every step asks."""

from dataclasses import replace
from datetime import date
from typing import Any

from congress.law import suggestion_steps
from congress.law.finding import Finding, blocking
from proposals import stages
from proposals.life import rules
from proposals.models.suggestions import LAW_WORDS, Opinion
from proposals.stages import Facts, Order, Round, Stage, Strand

# Column of the day → the step it is the day of, in the order of life.
STEPS: dict[str, Order] = {
    "registered_on": rules.REGISTER,
    "assigned_on": rules.ASSIGN,
    "signed_on": rules.SIGN,
    "talked_on": rules.TALK,
    "replied_on": rules.REPLY,
    "rated_on": rules.RATE,
    "closed_on": rules.CLOSE,
}


def satisfied(values: dict[str, Any]) -> bool:
    """Whether neither mark is 不满意."""
    return Opinion.BAD.label not in (values.get("attitude"), values.get("result"))


def out_of_order(
    values: dict[str, Any], pack: str, session_closed_on: date | None = None, before: dict[str, Any] | None = None
) -> list[tuple[str, str]]:
    """What does not follow in the order of life: (column key, message). `before` is the handling that went before it."""
    facts = Facts(submitted_on=values["submitted_on"], pack=pack, session_closed_on=session_closed_on)
    facts = replace(facts, at_session=session_closed_on is not None)
    again = [] if before is None else _reopened(facts, before, values)
    wrong, _ = _walk(facts, values, again=before is not None)
    return again + wrong + _rating(values, pack)


def _reopened(facts: Facts, before: dict[str, Any], values: dict[str, Any]) -> list[tuple[str, str]]:
    """What stands against another handling after the one before."""
    _, rated = _walk(facts, before)
    found = stages.may(rules.REOPEN, rated, values["assigned_on"])
    return [("assigned_on", finding.message.rstrip("。")) for finding in blocking(found)]


def _walk(facts: Facts, values: dict[str, Any], again: bool = False) -> tuple[list[tuple[str, str]], Facts]:
    """The days one after another: what is wrong with each, and the facts at the end. After another handling it may be
    closed whatever the deputy thinks of it."""
    wrong = []
    for key, order in STEPS.items():
        day = values.get(key)
        if day is None:
            continue
        if key == "closed_on" and stages.stage(facts) is Stage.CLOSED:
            if day < values["rated_on"]:
                wrong.append((key, "办结日期早于评价日期"))
            continue
        found = list(stages.may(order, facts, day))
        if key == "closed_on" and not again:
            found = [*stages.again_first(facts, day), *found]
        wrong += [(key, finding.message.rstrip("。")) for finding in blocking(found)]
        facts = _with(facts, key, day, values)
    return wrong, facts


def _with(facts: Facts, key: str, day: date, values: dict[str, Any]) -> Facts:
    """The facts after a step."""
    if key in ("registered_on", "closed_on"):
        return replace(facts, **{key: day})
    if key == "assigned_on":
        return replace(facts, rounds=(Round(1, (Strand(day, day),)),))
    if facts.now is None:
        return facts
    if key == "rated_on":
        return replace(facts, rounds=(replace(facts.now, rated_on=day, satisfied=satisfied(values)),))
    strand = replace(facts.now.slowest, **{key: day})
    return replace(facts, rounds=(replace(facts.now, strands=(strand,)),))


def _rating(values: dict[str, Any], pack: str) -> list[tuple[str, str]]:
    marks = [values.get(name) for name in ("attitude", "result")]
    if not any(marks):
        return [("rated_on", "写了评价日期，没有写评价")] if values.get("rated_on") else []
    if values.get("rated_on") is None:
        return [("result", "写了评价，请补评价日期")]
    said = {label: LAW_WORDS[Opinion(value)] for value, label in Opinion.choices}
    attitude, result = (said[mark] for mark in marks)
    reason = values.get("reason") or ""
    found: list[Finding] = suggestion_steps.check_rating(attitude, result, reason, True, values["rated_on"], pack)
    return [("reason", finding.message.rstrip("。")) for finding in found]
