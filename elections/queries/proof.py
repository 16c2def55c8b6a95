"""Everything about the votes of an election as plain values, file by file, for whoever recomputes them: rules, lists, districts, each
vote with its ledger, readings, outcome and declaration, and the part of the trail that tells of them.

No number of a person, no telephone and nothing of a voter is in it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from congress.audit.excerpt import excerpt
from congress.counting.actions import proof as counting
from congress.guard.refusal import refuse
from congress.law.ballots import BallotRules
from congress.law.provinces import pack as find_pack
from congress.law.sources import cite
from elections.models import (
    BallotPrint,
    CandidateEntry,
    CandidateList,
    DeclaredAbove,
    Election,
    Round,
    VoterList,
    VotingRules,
    Winner,
)
from elections.queries.rounds import RoundFacts, rounds_of

FACTS = (
    *("winning", "turnout", "ballots_exceed", "ballot_overfull", "count_check"),
    *("tie", "another_round", "another_round_third", "announce_result"),
)
KEYS = ("election.", "by_election.")
BEGUN = "elections.begin_rounds"  # its event is about the election, all others about the records themselves


def proof(election: Election) -> dict[str, Any]:
    """File → what it says. Raises Refused while no vote was arranged, and where a declared result reads otherwise now."""
    facts = [RoundFacts(row) for row in rounds_of(election)]
    if not facts:
        refuse("还没有安排投票，没有可以验证的结果。")
    for one in facts:
        if one.row.declared and not one.holds:
            refuse(f"{one.row}宣布以后计票重新开启或者有变化，查明并结束以后再制作。")
    votes = {f"rounds/{one.row.district.number:04}-{one.row.number}.json": _round(one) for one in facts}
    events, chain = excerpt(election.township_id, sorted({*_ids(votes)}), [BEGUN], str(election.pk))
    return {
        "election.json": _election(election),
        "rules.json": _rules(election),
        "lists.json": _lists(election),
        "districts.json": [_district(one.row) for one in facts if one.row.kind == Round.Kind.FIRST],
        **votes,
        "events.json": events,
        "chain.json": chain,
    }


def _ids(value: Any) -> Iterator[str]:
    """Every id that stands in it."""
    inside: Iterable = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict) and "id" in value:
        yield value["id"]
    for one in inside:
        yield from _ids(one)


def _election(election: Election) -> dict[str, Any]:
    return {
        "id": str(election.pk),
        "title": str(election),
        "township": election.township.name,
        "level": election.term.level,
        "how": election.how,
        "election_day": election.election_day.isoformat(),
    }


def _rules(election: Election) -> dict[str, Any]:
    """The articles by which the result is judged, what the office fixed before, and what the province sets."""
    on, pack = election.election_day, find_pack(election.township.pack).on(election.election_day)
    fixed = VotingRules.objects.kept().filter(election=election).first()
    ballot = {key: getattr(fixed or BallotRules(), key) for key in asdict(BallotRules())}
    values = [(key, one) for key, one in pack.values(on).items() if key.startswith(KEYS)]
    return {
        "on": on.isoformat(),
        "articles": {fact: cite("election_law", fact, on).text for fact in FACTS},
        "ballot": ballot | {"fixed_on": _day(ballot["fixed_on"])},
        "pack": {"name": pack.name, "label": pack.label},
        "values": [{"id": key, "label": one.label, "value": one.value, "says": one.text} for key, one in values],
    }


def _lists(election: Election) -> dict[str, Any]:
    """The lists that were closed: of the voters their number and fingerprint alone, of the candidates the names as published."""
    frozen = VoterList.objects.kept().filter(election=election, frozen_at__isnull=False)
    voters = frozen.prefetch_related("supplements")
    prints = BallotPrint.objects.kept().filter(election=election).select_related("candidate_list")
    return {
        "voters": [_voters(one) for one in voters],
        "candidates": [_candidates(one) for one in _closed(election)],
        "ballots": [
            {
                "id": str(one.pk),
                "district": str(one.candidate_list.district_id),
                "ordered_on": one.ordered_on.isoformat(),
                "copies": one.copies,
                "fingerprint": one.fingerprint,
                "void_on": _day(one.void_on),
            }
            for one in prints.order_by("candidate_list__district__number", "first_stub", "pk")
        ],
    }


def _voters(row: VoterList) -> dict[str, Any]:
    told = [one for one in row.supplements.all() if one.withdrawn_at is None]
    names = ("number", "before", "added", "removed", "after", "fingerprint")
    return {
        "id": str(row.pk),
        "voters": row.voters,
        "fingerprint": row.fingerprint,
        "asked_by": row.asked_by_id,
        "confirmed_by": row.confirmed_by_id,
        "published_on": _day(row.published_on),
        "supplements": [
            {"id": str(one.pk), "published_on": _day(one.published_on)} | {name: getattr(one, name) for name in names}
            for one in told
        ],
    }


def _closed(election: Election) -> list[CandidateList]:
    rows = CandidateList.objects.kept().filter(election=election, locked_at__isnull=False)
    return list(rows.select_related("district").prefetch_related("notices").order_by("district__number", "kind"))


def _candidates(row: CandidateList) -> dict[str, Any]:
    entries = CandidateEntry.objects.kept().filter(candidate_list=row).select_related("nominee")
    names = ("number", "before", "removed", "added", "corrected", "fingerprint")
    return {
        "id": str(row.pk),
        "district": str(row.district_id),
        "kind": row.kind,
        "fingerprint": row.fingerprint,
        "published_on": _day(row.published_on),
        "entries": [
            {"id": str(one.pk), "position": one.position, "name": one.nominee.name, "left": one.left_by_id is not None}
            for one in entries.order_by("position", "pk")
        ],
        "notices": [
            {"id": str(one.pk), "published_on": _day(one.published_on)} | {name: getattr(one, name) for name in names}
            for one in row.notices.all()
            if one.withdrawn_at is None
        ],
    }


def _district(row: Round) -> dict[str, Any]:
    return _named(row) | {"seats": row.seats, "voters": row.voters}


def _named(row: Round) -> dict[str, Any]:
    return {"id": str(row.district_id), "number": row.district.number, "name": str(row.district)}


def _round(facts: RoundFacts) -> dict[str, Any]:
    row, result = facts.row, facts.result
    return {
        "id": str(row.pk),
        "district": _named(row),
        "kind": row.kind,
        "number": row.number,
        "held_on": row.held_on.isoformat(),
        "seats": row.seats,
        "voters": row.voters,
        "printed": row.printed,
        "names": [one.name for one in row.listed],
        "follows": str(row.follows_id) if row.follows_id else None,
        "ledger": _ledger(row),
        "count": counting.told(result) if result else None,
        "outcome": _outcome(facts) if result else None,
        "declaration": _declaration(row) if row.declared else None,
        "above": _people(row.told_above),
        "winners": [one | {"void": who.void} for one, who in zip(_people(row.won), row.won, strict=True)],
    }


def _people(rows: Iterable[Winner | DeclaredAbove]) -> list[dict[str, Any]]:
    return [{"id": str(one.pk), "name": one.name, "votes": one.votes} for one in rows]


def _ledger(row: Round) -> dict[str, Any]:
    """Who watched the rest being destroyed is no part of it."""
    names = ("received", "in_person", "by_proxy", "replaced", "left_over", "note")
    lines = [
        {"id": str(one.pk), "whose": str(one.whose)} | {name: getattr(one, name) for name in names} for one in row.lines
    ]
    gone = {name: getattr(row, name) for name in ("filed", "destroyed", "lost")}
    return {"lines": lines, "settled_on": _day(row.settled_on), "note": row.settled_note, **gone}


def _outcome(facts: RoundFacts) -> dict[str, Any]:
    follow = facts.by_count
    told = {"kind": follow.kind, "seats": follow.seats, "names": list(follow.names)} if follow else None
    return counting.sums(facts.result) | {"void_by": facts.void, "follow": told}


def _declaration(row: Round) -> dict[str, Any]:
    return {
        "on": row.declared_on.isoformat(),
        "by": row.declared_by,
        "paper": row.paper,
        "asked_by": row.asked_by_id,
        "confirmed_by": row.confirmed_by_id,
        "fingerprint": row.fingerprint,
    }


def _day(value) -> str:
    return value.isoformat() if value else ""
