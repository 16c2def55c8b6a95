"""A closed count as plain values: everything that was read and signed, what was corrected too, for whoever recomputes it.

People are told by the numbers of their accounts. Nothing is told of a count that is open: a second reading would no longer be blind.
"""

from typing import Any

from congress.counting.actions.results import Result, result
from congress.counting.models import CountEntry, CountReader, CountSignature, CountTurn, Recount, WrittenIn
from congress.counting.queries import CountFacts, UnitFacts, counts
from congress.counting.stages import CountStage


def told(found: Result) -> dict[str, Any]:
    """A count that two people closed: its ballot, units, readings, signatures, turns and fingerprint; and its recounts by lot."""
    return _count(found) | {"recounts": [_recount(one) for one in found.count.checked if one.second_by_id]}


def _recount(row: Recount) -> dict[str, Any]:
    """A recount that was drawn, with its count once two people closed it."""
    facts = CountFacts(counts().get(pk=row.again_id))
    return {
        "id": str(row.pk),
        "seed": row.seed,
        "size": row.size,
        "drawn": row.drawn,
        "drawn_on": row.drawn_on.isoformat(),
        "fingerprint": row.fingerprint,
        "first": row.first_by_id,
        "second": row.second_by_id,
        "count": _count(result(row.again)) if facts.stage == CountStage.CLOSED else None,
    }


def _count(found: Result) -> dict[str, Any]:
    count, facts = found.count, CountFacts(found.count)
    return {
        "id": str(count.pk),
        "title": count.title,
        "kind": count.kind,
        "measure": count.measure,
        "held_on": count.held_on.isoformat(),
        "seats": count.seats,
        "registered": count.registered,
        "present": count.present,
        "write_ins": count.write_ins,
        "rules": count.rules,
        "names": [{"key": one.key, "label": one.label} for one in facts.paper.names],
        "units": [_unit(one, facts) for one in facts.units],
        "written_in": [_written_in(one) for one in WrittenIn.objects.filter(count=count).order_by("number")],
        "turns": [_turn(one) for one in count.made],
        "signatures": [_signature(one) for one in count.signed],
        "fingerprint": found.fingerprint,
    }


def sums(found: Result) -> dict[str, Any]:
    """What was added up, and what the law makes of it."""
    totals, outcome = found.totals, found.outcome.tally
    votes = {line.label: line.yes for line in (*totals.lines, *totals.write_ins)}
    return {
        "issued": totals.issued,
        "took_part": totals.took_part,
        "collected": totals.collected,
        "valid": totals.valid,
        "blank": totals.blank,
        "disputed": totals.disputed,
        "void": dict(totals.void),
        "lines": [[one.label, one.yes, one.no, one.abstain, one.unclear] for one in totals.lines],
        "write_ins": [[one.label, one.yes] for one in totals.write_ins],
        "base": outcome.base,
        "needed": outcome.needed,
        "elected": [[name, votes[name]] for name in outcome.elected],
        "tied": list(outcome.tied),
        "tied_seats": outcome.tied_seats,
        "unfilled": outcome.unfilled,
    }


def _unit(facts: UnitFacts, whole: CountFacts) -> dict[str, Any]:
    unit = facts.unit
    numbers = {one.unit.pk: one.unit.number for one in whole.units}
    return {
        "id": str(unit.pk),
        "number": unit.number,
        "name": unit.name,
        "kind": unit.kind,
        "issued": unit.issued,
        "took_part": unit.took_part,
        "mixed_into": numbers.get(unit.mixed_into_id),
        "source": str(unit.source_id or ""),
        "readers": [_reader(one) for one in unit.seated],
        "signatures": [_signature(one) for one in unit.signed],
    }


def _reader(row: CountReader) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "place": row.place,
        "user": row.user_id,
        "withdrawn": row.withdrawn_at is not None,
        "entries": [_entry(one) for one in row.typed],
    }


def _entry(row: CountEntry) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "number": row.number,
        "final": row.final,
        "corrects": _key(row.corrects_id),
        "sheet": row.sheet if row.final else {},
        "explanation": row.explanation if row.final else "",
        "sent_back_by": row.sent_back_by_id,
        "sent_back_why": row.sent_back_why,
        "look_at": row.look_at,
        "over_first": _key(row.over_first_id),
        "over_second": _key(row.over_second_id),
    }


def _signature(row: CountSignature) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "by": row.signed_by_id,
        "capacity": row.capacity,
        "on": row.signed_on.isoformat(),
        "note": row.note,
        "fingerprint": row.fingerprint,
    }


def _written_in(row: WrittenIn) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "number": row.number,
        "names": row.names,
        "votes": row.votes,
        "person": row.person,
        "who": row.who,
        "reason": row.reason,
        "first": row.first_by_id,
        "second": row.second_by_id,
        "withdrawn": row.withdrawn_at is not None,
    }


def _turn(row: CountTurn) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "number": row.number,
        "what": row.what,
        "reason": row.reason,
        "fingerprint": row.fingerprint,
        "first": row.first_by_id,
        "second": row.second_by_id,
    }


def _key(value) -> str | None:
    return str(value) if value else None
