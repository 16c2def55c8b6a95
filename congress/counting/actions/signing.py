"""Signatures over what stands: they hold as long as it reads the same, and nobody takes them away."""

from congress.counting.actions.findings import for_charge, to_settle
from congress.counting.models import CountSignature
from congress.counting.queries import CountFacts, UnitFacts
from congress.law.finding import Finding
from congress.steps import Attempt


def sign_unit(attempt: Attempt) -> dict:
    """Sign the reading of a unit."""
    return _signed(attempt, attempt.record.count, attempt.record, attempt.once(UnitFacts).fingerprint)


def sign_whole(attempt: Attempt) -> dict:
    """Sign the whole."""
    return _signed(attempt, attempt.record, None, attempt.once(CountFacts).fingerprint)


def _signed(attempt: Attempt, count, unit, fingerprint: str) -> dict:
    made = CountSignature(
        township=count.township,
        count=count,
        unit=unit,
        signed_by=attempt.actor,
        capacity=attempt.data["capacity"],
        signed_on=attempt.on,
        note=attempt.data["note"],
        fingerprint=fingerprint,
    )
    made.save(force_insert=True)
    return {"身份": made.get_capacity_display(), "计票指纹": fingerprint}


def check_unit(attempt: Attempt) -> list[Finding]:
    """What the paper of a unit really says is told with the signature: who looked into it, and what came of it."""
    facts = attempt.once(UnitFacts)
    wanted = to_settle(facts.check(facts.settled)) if facts.settled else []
    return _noted(attempt, wanted, facts.whole)


def check_whole(attempt: Attempt) -> list[Finding]:
    """The same of the whole, of everything that is unusual in it."""
    facts = attempt.once(CountFacts)
    return _noted(attempt, facts.notices, facts)


def _noted(attempt: Attempt, wanted, facts: CountFacts) -> list[Finding]:
    if not wanted or attempt.data["note"]:
        return []
    said = "；".join(f"{one.code} {one.message}" for one in wanted)
    return [Finding("unsettled", f"请写明怎样查明：{said}。", field="note")]


def said_of_unit(attempt: Attempt) -> list[Finding]:
    """What who signs a unit has before his eyes."""
    facts = attempt.once(UnitFacts)
    return for_charge(facts.check(facts.settled) if facts.settled else [], facts.whole)
