"""The one way to ask whether somebody stands on the roll of another township of the county: yes or no, and where.

Who asks learns nothing else, and every asking leaves an event in the own trail, without a number or a name.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from congress.guard import scope
from congress.guard.action import action, verb
from congress.models import Township
from elections.models import Campaign, Voter

ASKED = verb("elections.ask_duplicates", "查询了县内重复登记")


@dataclass(frozen=True)
class Elsewhere:
    """Where a voter (its key here, None where nobody here is meant) stands as well: the township and the district there."""

    voter: Any
    township: Township
    district: str


# Where the person of a blind index stands outside the own township, at the level the own entry is of, or any; of both levels
# the township's is told. `mine` and `whose` come from below. Each index is looked for once and by index (OFFSET keeps the
# planner from reading the county's rolls instead), before anything else is asked: most are found nowhere.
_FOUND = """
WITH met AS MATERIALIZED (
  SELECT {whose} AS whose, mine.level, there.township_id, placed.election_id, placed.district_id
  FROM {mine}
  CROSS JOIN LATERAL (SELECT voter.id, voter.township_id FROM elections_voter voter WHERE voter.id_index = mine.id_index
    AND voter.township_id <> %(town)s AND voter.withdrawn_at IS NULL OFFSET 0) AS there
  CROSS JOIN LATERAL (SELECT stands.election_id, stands.district_id FROM elections_registration stands
    WHERE stands.voter_id = there.id AND stands.on_roll AND stands.withdrawn_at IS NULL OFFSET 0) AS placed)
SELECT DISTINCT ON (met.whose, met.township_id) met.whose, met.township_id, district.number, district.name
FROM met
JOIN elections_election election ON election.id = met.election_id AND election.withdrawn_at IS NULL
JOIN elections_campaign campaign ON campaign.id = election.campaign_id AND campaign.closed_on IS NULL
  AND campaign.withdrawn_at IS NULL
JOIN deputies_term term ON term.id = election.term_id AND term.level = coalesce(met.level, term.level)
JOIN deputies_district district ON district.id = met.district_id
ORDER BY met.whose, met.township_id, term.level DESC, district.number
"""
_OF_THE_ROLL = """(SELECT own.id, own.id_index, level.level FROM elections_voter own
  JOIN elections_registration entry ON entry.voter_id = own.id AND entry.on_roll AND entry.withdrawn_at IS NULL
  JOIN elections_election work ON work.id = entry.election_id
  JOIN deputies_term level ON level.id = work.term_id
  WHERE own.township_id = %(town)s AND own.withdrawn_at IS NULL AND own.id_index IS NOT NULL
    AND work.campaign_id = %(campaign)s) AS mine"""
_OF_NUMBERS = "(SELECT unnest(%(indexes)s::bytea[]) AS id_index, NULL::text AS level) AS mine"


def elsewhere(
    actor, campaign: Campaign, number: str = "", *, indexes: Collection[bytes] | None = None
) -> list[Elsewhere]:
    """Whether and where a person stands on the roll of another township of the county: the one with an identity number,
    those with one of these blind indexes (a table that is to be entered; its `voter` is the index), or (none given) each
    voter of the own roll.

    Compares blind indexes inside a scope of the county's townships, in one statement. Leaves one event, which tells how
    many were asked after and found, and no number.
    """
    town = campaign.township
    places = {one.pk: one for one in Township.objects.beside(town)}
    if indexes is not None:
        asked, mine, whose, words = list(indexes), _OF_NUMBERS, "mine.id_index", "待登记的名册"
    elif number:
        asked, mine, whose, words = Voter._meta.get_field("id_index").digests(number), _OF_NUMBERS, "NULL::int", "一人"
    else:
        asked, mine, whose, words = [], _OF_THE_ROLL, "mine.id", "全部"
    with action(ASKED, actor=actor, subject=campaign) as act:
        with scope.reading(places.values()), connection.cursor() as cursor:
            values = {"town": town.pk, "campaign": campaign.pk, "indexes": asked}
            cursor.execute(_FOUND.format(mine=mine, whose=whose), values)
            rows = cursor.fetchall()
        found = [Elsewhere(key, places[place], f"第{at}选区（{name}）") for key, place, at, name in rows]
        act.detail = {"查询": words, "查到": len(found)}
    return found
