"""Questions to the roll of an election: who stands, who is due to be entered, who may stand twice."""

from collections import Counter
from itertools import combinations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from congress.law import roll as grounds
from congress.law.elections import voting_age
from congress.people.erased import ERASED
from deputies.models import Level
from elections.models import Campaign, Election, Likeness, Registration, RollChange, Voter
from elections.queries.days import own_days

Kind = RollChange.Kind


def roll(election: Election) -> QuerySet:
    """The entries that stand, with what a list shows of each."""
    return entries(election).filter(on_roll=True)


def entries(election: Election) -> QuerySet:
    """Every entry of an election, those that ended too."""
    rows = Registration.objects.kept().filter(election=election)
    return rows.select_related("voter", "district", "group")


def open_campaigns() -> QuerySet:
    """The election works under way, the newest first."""
    return Campaign.objects.kept().filter(closed_on=None).order_by("-begun_on", "-created_at")


def entries_of(*voters: Voter) -> QuerySet:
    """Where voters are or were registered, the newest first, the township's before the county's."""
    rows = (
        Registration.objects.kept()
        .filter(voter__in=voters)
        .select_related("election__term", "election__campaign", "district", "group")
    )
    return rows.order_by("-on_roll", "-election__election_day", "-election__term__level")


def changes_of(voter: Voter) -> QuerySet:
    """What changed of a voter's entries, the newest first."""
    rows = RollChange.objects.kept().filter(registration__voter=voter)
    return rows.select_related("registration__district", "election__term", "supplement")


def household(voter: Voter) -> QuerySet:
    """The voters of one door: of the same village and number, or the voter alone where no number is known. Each village begins
    with its own number one, so that where none is named the voters' district stands for it."""
    rows = Voter.objects.kept().select_related("data_key").order_by("birth_date", "pk")
    if not voter.household_no:
        return rows.filter(pk=voter.pk)
    rows = rows.filter(village=voter.village, household_no=voter.household_no)
    if voter.village:
        return rows
    entered = Registration.objects.kept().annotate(place=Coalesce("group__district", "district"))
    beside = entered.filter(voter=OuterRef("pk"), place__in=entered.filter(voter=voter).values("place"))
    return rows.filter(Q(pk=voter.pk) | Exists(beside))


def levels(campaign: Campaign) -> list[Election]:
    """The elections of a work, the township's first."""
    return list(campaign.elections.kept().select_related("term").order_by("-term__level"))


def come_of_age(campaign: Campaign) -> list[Voter]:
    """Voters taken off as under age who are eighteen on their district's day as it is now: it was moved since (山东细则二十九)."""
    removed = RollChange.objects.kept().filter(registration__voter=OuterRef("pk"), kind=Kind.UNDERAGE)
    stands = Registration.objects.kept().filter(voter=OuterRef("pk"), on_roll=True, election__campaign=campaign)
    rows = list(Voter.objects.kept().filter(Exists(removed), ~Exists(stands)))
    taken_off = RollChange.objects.kept().filter(kind=Kind.UNDERAGE, registration__voter__in=rows)
    taken_off = taken_off.filter(election__campaign=campaign).order_by("created_at")
    district = dict(taken_off.values_list("registration__voter", "registration__district")) if rows else {}
    days = own_days(campaign) if rows else {}
    when = {one: days.get(district.get(one.pk), campaign.election_day) for one in rows}
    return [one for one in rows if voting_age(one.birth_date, when[one]).eligible]


def _standing(campaign: Campaign) -> QuerySet:
    stands = Registration.objects.kept().filter(voter=OuterRef("pk"), on_roll=True, election__campaign=campaign)
    return Voter.objects.kept().filter(Exists(stands))


def undecided(campaign: Campaign) -> list[tuple[Voter, Voter]]:
    """Pairs on the roll with one name and birth date of whom nobody has decided whether they are one person; two with
    numbers of their own are two. Three queries."""
    unknown = _standing(campaign).filter(id_index=None).exclude(name=str(ERASED))
    alone = unknown.values("name")  # a pair needs one of these: most rolls have few
    same = (
        _standing(campaign)
        .filter(name__in=alone)
        .values("name", "birth_date")
        .annotate(number=Count("pk"), unknown=Count("pk", filter=Q(id_index=None)))
    )
    named = {
        (name, born) for name, born, *_ in same.filter(number__gt=1, unknown__gt=0).values_list("name", "birth_date")
    }
    if not named:
        return []
    rows = _standing(campaign).filter(name__in={name for name, _ in named}).order_by("stroke_key", "pk")
    alike: dict[tuple, list[Voter]] = {}
    for one in rows:
        if (one.name, one.birth_date) in named:
            alike.setdefault((one.name, one.birth_date), []).append(one)
    told = {frozenset(pair) for pair in Likeness.objects.kept().values_list("one", "other")}
    pairs = (pair for group in alike.values() for pair in combinations(group, 2))
    return [
        (one, other)
        for one, other in pairs
        if not (one.id_index and other.id_index) and frozenset((one.pk, other.pk)) not in told
    ]


# How the grounds of entering and leaving stand in the equation of the roll; what is not named counts as another one.
_ENTERED = {"newly_18", "restored", "moved_in", "outside"}
_LEFT = {"moved_out", "transferred", "died", "deprived", "suspended", "unable"}


def equation(election: Election) -> grounds.Total:
    """How the roll came about, by the records: carried over + … − …; a move inside the township counts for nothing."""
    moves = RollChange.objects.kept().filter(kind=Kind.TRANSFERRED, instead__isnull=False, election=election)
    entered = entries(election).exclude(pk__in=moves.values("instead"))
    left = RollChange.objects.kept().filter(election=election, registration__in=entries(election).values("pk"))
    left = left.exclude(kind__in=[Kind.ADDED, Kind.CORRECTED]).exclude(pk__in=moves.values("pk"))
    counts: Counter[str] = Counter()
    for ground, number in entered.order_by().values_list("ground").annotate(number=Count("pk")):
        counts[ground if ground in _ENTERED else "previous" if ground == "carried" else "other_added"] += number
    for kind, number in left.order_by().values_list("kind").annotate(number=Count("pk")):
        counts[kind if kind in _LEFT else "other_removed"] += number
    return grounds.total(counts.pop("previous", 0), election.election_day, **counts)


def missing_in_township(campaign: Campaign) -> QuerySet:
    """Entries of the county's roll whose voters stand on the township's roll no longer without a reason of law: staff of
    higher units may vote at the county's level alone (若干规定七) and are not missing."""
    stands = Registration.objects.kept().filter(on_roll=True, election__campaign=campaign)
    town = stands.filter(election__term__level=Level.TOWNSHIP, voter=OuterRef("voter"))
    county = stands.filter(election__term__level=Level.COUNTY).exclude(situation="outside_unit")
    return county.filter(~Exists(town)).select_related("voter", "district")
