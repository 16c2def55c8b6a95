"""Somebody named in a district, and the lists drawn up from there, for the tests."""

from datetime import date

from congress.guard.action import action
from congress.names.strokes import stroke_key
from congress.people import keys
from elections.actions import candidate_lists as acts
from elections.actions.consultations import CONSULTATIONS, PRELIMINARIES
from elections.life import CANDIDATE_LIST
from elections.models import CandidateEntry, CandidateList, Consultation, Election, Nomination, Nominee, PreliminaryVote
from tests.cast import SET_UP
from tests.elections.campaigns import districts

FIRST_ON, TALKED_ON, FORMAL_ON = date(2026, 12, 4), date(2026, 12, 8), date(2026, 12, 12)
PLACES = {"places": "各村公告栏"}


def named(election: Election, *names: str, district: int = 1, form: str = "accepted", **values) -> list[Nominee]:
    """People of these names, named in a district by a form each (none where `form` is empty)."""
    place = districts(election)[district - 1]
    with action(SET_UP, actor=None):
        key = keys.new_data_key(election.township_id, "elections.nominee")
        key.save(force_insert=True)
        given = {"gender": "female", "birth_date": date(1980, 3, 4), "employer_post": "村民", "data_key": key} | values
        made = [
            Nominee.objects.create(
                township=election.township,
                election=election,
                district=place,
                name=name,
                stroke_key=stroke_key(name)[:400],
                **given,
            )
            for name in names
        ]
        if form:
            given = {"township": election.township, "kind": "bodies", "submitted_on": FIRST_ON, "state": form}
            Nomination.objects.bulk_create([Nomination(nominee=one, **given) for one in made])
    return made


def leave(nominee: Nominee, how: str = "withdrew") -> None:
    """Somebody leaves, as the page of nominees has it."""
    with action(SET_UP, actor=None):
        nominee.left_on, nominee.left_how = date(2026, 12, 17), how
        nominee.save()


def drawn(world, election: Election, kind: str) -> dict[int, CandidateList]:
    """The lists of one kind, drawn up, by the number of the district."""
    return {one.district.number: one for one in acts.draw(world.clerk, election, kind)}


def step(world, row, key: str, on: date = FORMAL_ON, **data):
    """A step of a list, taken by the clerk."""
    return CANDIDATE_LIST.take(key, world.clerk, row, on=on, **data)


def published(world, election: Election, kind: str, on: date) -> dict[int, CandidateList]:
    """The lists of one kind, drawn up, closed and published."""
    found = drawn(world, election, kind)
    for row in found.values():
        step(world, row, "lock", on)
        step(world, row, "publish", on, **PLACES)
    return found


def talk(world, election: Election, district: int = 1, *, agreed: bool = True, opinions=None, **values) -> Consultation:
    """What the group of a district said."""
    group = districts(election)[district - 1].voter_groups.first()
    row = Consultation(
        township=election.township,
        election=election,
        expected=30,
        agreed=agreed,
        opinions={str(one.pk): number for one, number in (opinions or {}).items()},
        recorder="记录员",
        **({"group": group, "held_on": TALKED_ON, "present": 26} | values),
    )
    return CONSULTATIONS.record(world.clerk, row)


def settled(world, election: Election, days=(FIRST_ON, TALKED_ON, FORMAL_ON)) -> dict[int, CandidateList]:
    """Two seats and three people in each district: first list, discussion and formal list closed, none of it printed yet."""
    first, talked, formal = days
    named(election, "丁一", "于二", "王三")
    named(election, "张四", "李五", "赵六", district=2)
    published(world, election, "first", first)
    talk(world, election, 1, held_on=talked)
    talk(world, election, 2, held_on=talked)
    found = drawn(world, election, "formal")
    for row in found.values():
        step(world, row, "lock", formal)
    return found


def names(row) -> list[str]:
    """Who stands on a list now, in its order."""
    rows = CandidateEntry.objects.kept().filter(candidate_list=row, left_by=None).select_related("nominee")
    return [one.nominee.name for one in rows.order_by("position")]


def facts(row):
    """What is known of the district of a list, read anew."""
    return acts.facts_of_list(CandidateList.objects.get(pk=row.pk))


def against(row) -> set[str]:
    """The codes of what keeps a list from being closed."""
    row = CandidateList.objects.get(pk=row.pk)
    return {one.code for one in acts.against_locking(row, acts.facts_of_list(row)) if one.blocking}


def preliminary(world, election, results, **values) -> PreliminaryVote:
    """What the first district voted beforehand."""
    row = PreliminaryVote(
        township=world.township,
        election=election,
        district=districts(election)[0],
        results={str(one.pk): number for one, number in results.items()},
        **({"held_on": date(2026, 12, 10), "registered": 900, "took_part": 600, "recovered": 600} | values),
    )
    return PRELIMINARIES.record(world.clerk, row)
