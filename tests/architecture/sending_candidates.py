"""What the forms of candidates and ballots need beside the samples: levels that wait for what is sent."""

import uuid
from datetime import date

from congress import clock
from deputies.models import District
from elections.models import (
    BallotPrint,
    CandidateEntry,
    CandidateList,
    Election,
    Nomination,
    Nominee,
    Registration,
    Round,
    VoterGroup,
    Winner,
)
from elections.queries import candidate_lists as queries

WAITS = "待选片"


def _level(samples, people: int, **district) -> Election:
    """The other level of the campaign with one district and its nominees."""
    term = samples["next_term"]
    values = {column.attname: getattr(term, column.attname) for column in term._meta.concrete_fields}
    other = type(term).objects.create(**values | {"id": uuid.uuid4(), "level": "county", "number": 12})
    days = {"begun_on": date(2026, 9, 1), "election_day": date(2026, 12, 20)}
    election = Election.objects.create(township=samples.town, campaign=samples["campaign"], term=other, **days)
    place = District.objects.create(township=samples.town, term=other, number=5, name=WAITS, seats=1, **district)
    nominee = samples["nominee"]
    for number in range(people):
        held = {column.attname: getattr(nominee, column.attname) for column in Nominee._meta.concrete_fields}
        own = {
            "id": uuid.uuid4(),
            "election_id": election.pk,
            "district_id": place.pk,
            "name": "甲乙丙丁"[number] + "某",
        }
        one = Nominee.objects.create(**held | own)
        Nomination.objects.create(
            township=samples.town, nominee=one, kind="bodies", submitted_on=date(2026, 12, 1), state="accepted"
        )
    return election


def _listed(samples, election: Election, kind: str) -> None:
    """A closed list of the level's district with all its nominees."""
    people = list(Nominee.objects.filter(election=election).order_by("pk"))
    row = CandidateList.objects.create(
        township=samples.town,
        election=election,
        district=people[0].district,
        kind=kind,
        locked_at="2026-12-04T00:00:00Z",
        fingerprint=queries.fingerprint(people),
        published_on=date(2026, 12, 4),
    )
    for at, one in enumerate(people, start=1):
        CandidateEntry.objects.create(
            township=samples.town, candidate_list=row, nominee=one, position=at, mark=queries.mark_of(one)
        )


def to_draw(samples) -> Election:
    """A level whose first lists are not drawn up."""
    return _level(samples, 2)


def to_print(samples) -> Election:
    """A level whose formal list is closed, with a voter."""
    election = _level(samples, 2)
    _listed(samples, election, "formal")
    entry = samples["registration"]
    held = {column.attname: getattr(entry, column.attname) for column in Registration._meta.concrete_fields}
    place = District.objects.get(term=election.term, name=WAITS)
    own = {"id": uuid.uuid4(), "election_id": election.pk, "district_id": place.pk, "group_id": None}
    Registration.objects.create(**held | own)
    return election


def to_vote(samples) -> Election:
    """A level whose ballots are printed and whose vote is not arranged."""
    election = to_print(samples)
    (facts,) = (one for one in queries.facts_of(election).values() if one.formal)
    BallotPrint.objects.create(
        township=samples.town,
        election=election,
        candidate_list=facts.formal,
        ordered_on=date(2026, 12, 14),
        voters=1,
        spare=1,
        first_stub=1,
        colour="浅红",
        fingerprint=queries.ballot_print(facts),
    )
    return election


def without_ledger(samples) -> Round:
    """A further round of the same district, of whose ballots nothing is entered."""
    row = samples["round"]
    held = {column.attname: getattr(row, column.attname) for column in Round._meta.concrete_fields}
    return Round.objects.create(**held | {"id": uuid.uuid4(), "number": 3, "follows_id": None})


def to_examine(samples) -> Election:
    """The level, with somebody declared elected whom no review has."""
    held = {one.attname: getattr(samples["winner"], one.attname) for one in Winner._meta.concrete_fields}
    Winner.objects.create(**held | {"id": uuid.uuid4(), "position": 2, "name": "于二"})
    return samples["level"]


def to_issue(samples):
    """A campaign in which a vote of today is waiting for the register of its place."""
    row = without_ledger(samples)
    Round.objects.filter(pk=row.pk).update(held_on=clock.today(), number=4, count=None)
    return samples["campaign"]


def to_vote_beforehand(samples) -> Election:
    """A level with more nominees than the margin allows."""
    election = _level(samples, 4)
    _listed(samples, election, "first")
    return election


def to_settle(samples) -> Election:
    """A level for whose ballots no rules are fixed, with a voters' group."""
    election = _level(samples, 2)
    place = District.objects.get(term=election.term, name=WAITS)
    VoterGroup.objects.filter(pk=samples["voter_group"].pk).update(county_district=place)
    return election


def the_district(samples) -> District:
    """The district of that level."""
    return District.objects.get(name=WAITS)
