"""Reads of the work of an election: campaigns with their levels, what is known of each, where it stands."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.db.models import Case, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.lookups import IsNull

from congress import clock
from congress.guard.record import kept
from congress.law import campaigns as law
from congress.law import polling
from congress.law.elections import born_by
from congress.law.finding import Finding
from congress.models import Township
from congress.prepared import Around
from congress.wording import cdatew
from deputies.models import District, Level, Mandate, Term
from elections.models import (
    Campaign,
    CampaignTask,
    Committee,
    DistrictDay,
    Election,
    Registration,
    Round,
    Vacancy,
    Voter,
    VoterList,
)
from elections.queries.announced import day_of_lists, lists_of
from elections.queries.days import days_of
from elections.stages import Facts, Stage, least, stage


def campaigns() -> QuerySet:
    """Campaigns that stand, with the facts of their levels, in a constant number of queries."""
    return with_levels(Campaign.objects.kept())


def with_levels(rows: QuerySet) -> QuerySet:
    """The same of any campaigns."""
    return rows.select_related("township__county").prefetch_related(_held())


@cache
def _held() -> Around:
    held = Election.objects.kept().select_related("term").annotate(**_facts())
    return Around("elections", held, to_attr="held")


def under_way(townships: Iterable[Township]) -> list[Campaign]:
    """The campaigns of these townships that are not over, as `campaigns` reads them. Call in the scope of these townships."""
    rows = campaigns().filter(township__in=list(townships), closed_on=None)
    return list(rows.order_by("township__code", "-election_day"))


def voted(campaign: Campaign) -> Round | None:
    """A vote of a campaign that was held: its day is over, or its ballots are being counted, or its result was declared."""
    held = Q(held_on__lt=clock.today()) | kept("count") & Q(count__isnull=False) | Q(confirmed_by__isnull=False)
    rows = Round.objects.kept().filter(held, kept("election"), election__campaign=campaign)
    first: Round | None = rows.select_related("district").order_by("held_on", "district__number", "number").first()
    return first


def last_general() -> date | None:
    """The election day of the last general election of the township whose work is over."""
    over = Campaign.objects.kept().filter(how=Mandate.How.GENERAL, closed_on__isnull=False)
    return over.order_by("-election_day").values_list("election_day", flat=True).first()


@cache  # made once: whoever asks by an expression gets a copy of it
def _facts() -> dict:
    of_election = {"election": OuterRef("pk")}
    lists = VoterList.objects.kept().filter(**of_election).values("election")
    return {
        "has_committee": Exists(Committee.objects.kept().filter(**of_election)),
        "has_vacancy": Exists(Vacancy.objects.kept().filter(**of_election)),
        "has_districts": Exists(District.objects.kept().filter(term=OuterRef("term"))),
        "has_registrations": _has_registrations(),
        "nominated_on": _announced("first", "publish_candidates"),
        "final_on": _announced("formal", "publish_final_candidates"),
        "first_own": _own_day("day"),
        "last_own": _own_day("-day"),
        "listed_on": Subquery(lists.annotate(day=Min("published_on")).values("day")[:1]),
    }


def _has_registrations() -> IsNull:
    """Whether a level's roll has anybody. The first one is looked for in its township's part of an index, because for "is there
    one" the database reads the rolls of a whole county: a million rows."""
    rows = Registration.objects.kept().filter(township=OuterRef("township"), election=OuterRef("pk"))
    return IsNull(Subquery(rows.order_by().values("pk")[:1]), False)


def _done(key: str) -> Subquery:
    """When the step of a level the law sets a day for was done."""
    rows = CampaignTask.objects.kept().filter(election=OuterRef("pk"), key=key)
    return Subquery(rows.values("done_on")[:1])


def _announced(kind: str, key: str) -> Case:
    """When candidates were made public: by the lists of the districts, as entered in the calendar where none are kept."""
    return Case(When(Exists(lists_of(kind)), then=day_of_lists(kind)), default=_done(key))


def _own_day(order: str) -> Subquery:
    """The first or last day of a level's districts that vote on a day of their own."""
    rows = DistrictDay.objects.kept().filter(election=OuterRef("pk"))
    return Subquery(rows.order_by(order).values("day")[:1])


def last_day(campaign: Campaign) -> date:
    """When the last district of a campaign votes."""
    own = DistrictDay.objects.kept().filter(kept("election"), election__campaign=campaign)
    last: date | None = own.aggregate(last=Max("day"))["last"]
    return max(campaign.election_day, last or campaign.election_day)


def last_vote(campaign: Campaign) -> date:
    """When the last vote of a campaign is held: of districts whose first vote was not the last, that of a further one."""
    votes = Round.objects.kept().filter(kept("election"), election__campaign=campaign)
    last: date | None = votes.aggregate(last=Max("held_on"))["last"]
    return max(last_day(campaign), last or campaign.election_day)


def levels(campaign: Campaign) -> list[Election]:
    """The elections of a campaign that was read with them, the township's first."""
    return sorted(campaign.held, key=lambda one: one.term.level != Level.TOWNSHIP)


def elections_of(campaign: Campaign) -> list[Election]:
    """The elections of a campaign that was read without them, the township's first."""
    rows = Election.objects.kept().filter(campaign=campaign).select_related("term", "township")
    return sorted(rows, key=lambda one: one.term.level != Level.TOWNSHIP)


def facts_of(election: Election, campaign: Campaign) -> Facts:
    """What is known of one level, read with `with_levels`."""
    divided = election.has_vacancy if campaign.how != Mandate.How.GENERAL else election.has_districts
    return Facts(
        election_day=max(campaign.election_day, election.last_own or campaign.election_day),
        committee=election.has_committee,
        districts=int(divided),
        registered=election.has_registrations,
        listed_on=election.listed_on,
        nominated_on=election.nominated_on,
        final_on=election.final_on,
        closed_on=campaign.closed_on,
    )


def stage_of(campaign: Campaign, today: date | None = None) -> Stage:
    """Where a campaign stands: where the least advanced of its levels does."""
    today = today or clock.today()
    return least([stage(facts_of(one, campaign), today) for one in campaign.held])


def open_terms(levels: Iterable[Level] = (Level.TOWNSHIP, Level.COUNTY)) -> QuerySet:
    """Terms that can be elected, the newest first."""
    return Term.objects.kept().filter(level__in=levels, ended_on__isnull=True).order_by("level", "-number")


def last_number(township: Township, level: Level) -> int:
    """The number of the newest term of a level; 0 for none."""
    return Term.objects.kept().filter(township=township, level=level).aggregate(Max("number"))["number__max"] or 0


def turning_eighteen(campaign: Campaign, new_day: date) -> tuple[int, int]:
    """(voters of the roll who are eighteen on a new day and were not on the old one; voters registered who will not be)."""
    before, after = born_by(campaign.election_day), born_by(new_day)
    voters = Voter.objects.kept().filter(township=campaign.township)
    standing = Registration.objects.kept().filter(kept("voter"), election__campaign=campaign, on_roll=True)
    own = DistrictDay.objects.kept().filter(election=OuterRef("election"), district=OuterRef("district"))
    standing = standing.exclude(Exists(own))  # who votes on another day is not moved
    young = standing.filter(voter__birth_date__gt=after)
    return voters.filter(birth_date__gt=before, birth_date__lte=after).count(), young.values("voter").distinct().count()


def moved_findings(campaign: Campaign, new_day: date) -> list[Finding]:
    """What moving the day means for the roll and the days already announced."""
    found: list[Finding] = []
    pack, voters = campaign.township.pack, Registration.objects.kept().filter(election__campaign=campaign)
    if voters.exists():
        found += polling.check_postponement(campaign.election_day, new_day, False, new_day, pack)
        older, younger = turning_eighteen(campaign, new_day)
        if older:
            found.append(
                Finding("moved.older", f"选民库中有{older}人在新的选举日前新满十八周岁，请补登。", None, False)
            )
        if younger:
            message = f"已登记的选民有{younger}人到新的选举日还不满十八周岁，应从名单除名。"
            found.append(Finding("moved.younger", message, None, False))
    own = [one for one in map(days_of, levels(campaign)) if one.own]
    if own:
        told = "；".join(f"{places}为{cdatew(day)}" for one in own for day, places in one.groups())
        message = f"另有选举日的选区不随之改变（{told}），请核对。"
        found.append(Finding("moved.own_days", message, None, False))
    for election in levels(campaign):
        found += announced_late(election, new_day, pack, campaign.how != Mandate.How.GENERAL)
    return found


def announced_late(election: Election, day: date, pack: str, by_election: bool) -> list[Finding]:
    """What is to be said of the days of what a level, read with `with_levels`, announced already, against an election day or
    the earlier one of a district."""
    day = min(day, election.first_own or day)
    announced = (
        ("publish_roll", election.listed_on),
        ("publish_candidates", election.nominated_on),
        ("publish_final_candidates", election.final_on),
    )
    found = [one for key, on in announced if on for one in law.check_step(key, on, day, pack, by_election)]
    if election.nominated_on:  # who is published has been nominated by then
        found += polling.check_nomination_time(election.nominated_on, election.listed_on, day, pack)
    return found
