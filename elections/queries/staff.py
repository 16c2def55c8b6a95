"""Reads of those who work on polling day and what the law says of each."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from django.db.models import Case, QuerySet, Value, When

from congress.law import polling
from congress.law.finding import PRACTICE, Finding
from elections.models import Campaign, Nominee, PollingPlace, PollStaff
from elections.queries.gathered import gathered, some

Role, Relation = PollStaff.Role, PollStaff.Relation
WATCHING, TELLING = (Role.CHIEF_MONITOR, Role.MONITOR), (Role.CHIEF_TELLER, Role.TELLER)
COUNTING = (*WATCHING, *TELLING)
AT_A_PLACE = (Role.HOST, Role.MONITOR, Role.TELLER)  # without whom no place opens or counts
ROLE_RANK = Case(*(When(role=role, then=Value(rank)) for rank, role in enumerate(Role)))


def staff(campaign: Campaign) -> QuerySet:
    """Everybody who works on polling day, with place and candidate."""
    rows = PollStaff.objects.kept().filter(campaign=campaign)
    return rows.select_related(
        "campaign",
        "place__district",
        "place__county_district",
        "mobile__district",
        "mobile__county_district",
        "nominee__district",
        "data_key",
        "township__county",
    )


def standing(campaign: Campaign) -> QuerySet:
    """The candidates who stand in a campaign, with their districts."""
    rows = Nominee.objects.kept().filter(election__campaign=campaign, left_on__isnull=True)
    return rows.select_related("district__term").order_by("district__number", "stroke_key")


def role_of(role: str) -> polling.Role:
    """The law's word for a task."""
    if role in COUNTING or role == Role.CALLER:
        return "counting"
    return "host" if role == Role.HOST else "staff"


def relation_findings(row: PollStaff) -> list[Finding]:
    """What the law says of the declared relation to a candidate who stands, at the fields it speaks of."""
    if not row.relation or (row.nominee is not None and row.nominee.left_on is not None):
        return []
    day, pack = row.campaign.election_day, row.township.pack
    found = polling.check_staff(row.relation, role_of(row.role), day, pack, _elsewhere(row))
    if row.role == Role.CALLER and found and not polling.check_staff(row.relation, "staff", day, pack):
        # The text names 监票人 and 计票人; who calls the ballots out takes part in the counting.
        message = f"{row.get_relation_display()}唱票：唱票属于计票工作，条文只写了监票人、计票人，建议回避"
        return [Finding("staff.caller", message, found[0].citation, False, "role", PRACTICE)]
    return [replace(one, field="role") for one in found]


def _elsewhere(row: PollStaff) -> bool:
    """Whether somebody is known to work in another district than the one where the candidate stands."""
    there, nominee = row.mobile or row.place, row.nominee
    if there is None or nominee is None:
        return False
    here = [one for one in (there.district, there.county_district) if one and one.term_id == nominee.district.term_id]
    return bool(here) and nominee.district not in here


def staff_findings(row: PollStaff, candidates: Collection[Nominee] | None = None) -> list[Finding]:
    """What is to be said of somebody: the relation, one not declared, a candidate of the same name, who chose the tellers.

    `candidates` are those who stand, where they were read for many.
    """
    day = row.campaign.election_day
    found = relation_findings(row)
    candidates = standing(row.campaign) if candidates is None else candidates
    if not row.relation:
        message = "还没有声明与候选人的关系；候选人及其近亲属不得监票、计票，请本人声明"
        found.append(Finding("staff.undeclared", message, None, False, "relation", PRACTICE))
    if row.relation != Relation.SELF and (same := [one for one in candidates if one.name == row.name]):
        message = f"与{same[0].district}的代表候选人同名，请核对是不是本人"
        found.append(Finding("staff.namesake", message, None, False, "name"))
    if row.role in COUNTING:
        found += polling.check_tellers(row.chosen == PollStaff.Chosen.VOTERS, day)
    return found


def staff_told(campaign: Campaign) -> list[Finding]:
    """What has to be settled before polling day: relations that bar, what was not declared, places without staff."""
    candidates, rows = list(standing(campaign)), list(staff(campaign))
    grave: list[tuple[str, Finding]] = []
    undeclared = 0
    for row in rows:
        told = staff_findings(row, candidates)
        undeclared += any(one.code == "staff.undeclared" for one in told)
        grave += [(row.name, one) for one in told if one.code not in ("staff.undeclared", "staff.tellers")]
    found = gathered(grave, "人")
    if undeclared:
        message = f"有{undeclared}人还没有声明与候选人的关系"
        found.append(Finding("staff.undeclared", message, None, False, force=PRACTICE))
    return [*found, *_unmanned(campaign, rows)]


def _unmanned(campaign: Campaign, rows: list[PollStaff]) -> list[Finding]:
    """Places without somebody who presides, watches or counts."""
    there = defaultdict(set)
    for row in rows:
        there[row.place_id].add(row.role)
    names = PollingPlace.objects.kept().filter(campaign=campaign).values_list("pk", "name")
    found = []
    for role in AT_A_PLACE:
        lacking = [name for pk, name in names if role not in there[pk]]
        if lacking:
            message = f"还没有{Role(role).label}的投票站（选举大会）：{some(lacking)}"
            found.append(Finding(f"staff.lacking_{role}", message, None, False, force=PRACTICE))
    return found
