"""A new roll starts from the last one that stood: its entries are carried over where the same districts are there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from congress import clock
from congress.guard import touched
from congress.guard.action import action, verb
from congress.guard.refusal import refuse_blocking
from congress.law.finding import Finding
from congress.people.erased import ERASED
from deputies.models import District, Level
from elections.models import Election, Registration, VoterGroup
from elections.queries.days import day_of
from elections.queries.lists import frozen_list

CARRY = verb("elections.carry_roll", "结转了上次选民登记")

# Whoever stood at the end of the last election and is kept off by nothing on the new election day. What the new roll, or a
# change of it, says already is left alone, so that it may be done again.
_CARRY = """
INSERT INTO elections_registration (id, township_id, created_at, version, withdrawn_reason, voter_id, election_id,
  district_id, group_id, ground, way, registered_on, situation, paper, confirmed_by, on_roll, after_freeze)
SELECT gen_random_uuid(), last.township_id, %(now)s, 0, '', last.voter_id, %(election)s,
  %(district)s, groups.now, 'carried', 'carried', %(today)s, last.situation, '', '', true, false
FROM elections_registration last
JOIN elections_voter voter ON voter.id = last.voter_id AND voter.withdrawn_at IS NULL AND voter.name <> %(erased)s
LEFT JOIN unnest(%(old_groups)s::uuid[], %(new_groups)s::uuid[]) AS groups (old, now) ON groups.old = last.group_id
WHERE last.election_id = %(last)s AND last.district_id = %(old)s AND last.on_roll AND last.withdrawn_at IS NULL
  AND NOT EXISTS (SELECT FROM elections_registration there WHERE there.voter_id = last.voter_id
    AND there.election_id = %(election)s AND there.withdrawn_at IS NULL)
  AND NOT EXISTS (SELECT FROM elections_exclusion kept_off WHERE kept_off.voter_id = last.voter_id
    AND kept_off.withdrawn_at IS NULL AND NOT kept_off.intermittent AND kept_off.since <= %(election_day)s
    AND (kept_off.until IS NULL OR kept_off.until >= %(election_day)s))
RETURNING id
"""


@dataclass
class Carried:
    """How many entries came over, and the districts of the last roll that are no longer there."""

    entries: int = 0
    lost: list[str] = field(default_factory=list)


def last_roll(election: Election) -> Election | None:
    """The election of the same level before this one that has a roll, the latest of them."""
    rows = Election.objects.kept().filter(
        term__level=election.term.level, election_day__lt=election.election_day, registrations__isnull=False
    )
    return rows.exclude(pk=election.pk).order_by("-election_day", "-pk").first()


def against_carrying(election: Election) -> list[Finding]:
    """What stands against carrying a roll over into this election."""
    found = []
    if last_roll(election) is None:
        found.append(Finding("carry.none", "没有可以结转的上次选民登记，请导入名册。"))
    if frozen_list(election):
        found.append(Finding("carry.too_late", "选民名单已经定稿，不能再结转。"))
    return found


def carry(actor, election: Election, progress: Callable[[int, int], Any] | None = None) -> Carried:
    """Carry the last roll over into this election, district by district by number, groups by number within them; groups
    are made where a district has none yet. Done again it adds what is missing. Raises Refused where nothing can be carried.

    The database copies the rows: memory does not grow with them. One event.
    """
    refuse_blocking(against_carrying(election))
    done, last = Carried(), last_roll(election)
    with action(CARRY, actor=actor, subject=election) as act:
        Election.objects.select_for_update(of=("self",), no_key=True).get(pk=election.pk)
        old = {one.number: one for one in District.objects.kept().filter(term=last.term_id)}
        new = {one.number: one for one in District.objects.kept().filter(term=election.term_id)}
        groups = _groups(election, last)
        for at, (number, district) in enumerate(sorted(old.items()), start=1):
            if number in new:
                done.entries += _copy(election, last, district, new[number], groups)
            elif Registration.objects.kept().filter(election=last, district=district, on_roll=True).exists():
                done.lost.append(str(district))
            if progress:
                progress(at, len(old))
        act.detail = {"登记": done.entries, "没有对应的选区": len(done.lost)}
    return done


def _copy(election: Election, last: Election, old: District, new: District, groups: dict) -> int:
    values = {
        "now": clock.now(),
        "today": clock.today(),
        "election": election.pk,
        "election_day": day_of(election, new.pk),
        "last": last.pk,
        "old": old.pk,
        "erased": str(ERASED),
        "district": new.pk,
        "old_groups": list(groups),
        "new_groups": list(groups.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(_CARRY, values)
        if touched.watched(Registration):
            touched.note(Registration, {key for (key,) in cursor.fetchall()})
        return cursor.rowcount


def _groups(election: Election, last: Election) -> dict:
    """Each group of the last roll with the one it is now, by the numbers of district and group; where a district has no
    groups yet those of the last roll are made anew. The township's districts bear the groups of both levels."""
    now_term, old_term = (_township_term(one) for one in (election, last))
    if now_term is None or old_term is None:
        return {}
    old = list(VoterGroup.objects.kept().filter(district__term=old_term).select_related("district", "county_district"))
    rows = VoterGroup.objects.kept().filter(district__term=now_term).select_related("district")
    new = {(one.district.number, one.number): one for one in rows}
    grouped = {number for number, _ in new}
    districts = {one.number: one for one in District.objects.kept().filter(term=now_term)}
    for one in old:
        place = one.district.number
        if place in districts and place not in grouped:
            new[place, one.number] = _made_anew(one, districts[place], election)
    found = ((one, new.get((one.district.number, one.number))) for one in old)
    return {before.pk: after.pk for before, after in found if after is not None}


def _township_term(election: Election):
    if election.term.level == Level.TOWNSHIP:
        return election.term_id
    beside = Election.objects.kept().filter(campaign=election.campaign_id, term__level=Level.TOWNSHIP)
    return beside.values_list("term", flat=True).first() if election.campaign_id else None


def _made_anew(group: VoterGroup, district: District, election: Election) -> VoterGroup:
    county = None
    if group.county_district is not None:
        beside = Election.objects.kept().filter(campaign=election.campaign_id, term__level=Level.COUNTY)
        county = (
            District.objects.kept().filter(term__in=beside.values("term"), number=group.county_district.number).first()
        )
    made = VoterGroup(
        township=district.township, district=district, county_district=county, number=group.number, name=group.name
    )
    made.save(force_insert=True)
    return made
