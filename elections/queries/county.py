"""The election works of a county's townships side by side: facts read in a constant number of statements, voters as they were
counted last. No person is read."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet, Sum

from congress import together
from congress.guard.record import kept
from congress.models import Township
from deputies.models import District, Mandate
from elections.models import Campaign, Election, RollFigures, Transfer, Vacancy, VoterList
from elections.queries import campaigns, work
from elections.queries.campaigns import facts_of, levels
from elections.queries.polled import NOTHING, Polled, questions, told
from elections.stages import Stage, stage


@dataclass(frozen=True)
class Divided:
    """The districts of a level and the people in them; None where one district does not say how many."""

    districts: int = 0
    population: int | None = None


@dataclass(frozen=True)
class Roll:
    """The voters of a level as they were counted last, and whether records were written since."""

    voters: int
    taken_at: datetime
    behind: bool


@dataclass(frozen=True)
class Frozen:
    """The list of voters of a level since it is settled, with its appeals that wait for a decision and that have one."""

    key: str
    frozen_at: datetime
    appeals_open: int
    appeals_decided: int


@dataclass(frozen=True)
class Work:
    """Where one level of an election work under way stands and how far its vote is. What belongs to no level (tasks of the whole
    work) stands at the first one. `roll` is None where the voters have never been counted."""

    campaign: Campaign
    election: Election | None
    stage: Stage
    roll: Roll | None = None
    voter_list: Frozen | None = None
    polled: Polled = NOTHING
    missed: int = 0
    late: int = 0

    @property
    def pk(self) -> str:
        """What tells it apart in a list."""
        return str(self.election.pk if self.election else self.campaign.pk)

    @property
    def township(self) -> Township:
        """Whose it is."""
        return self.campaign.township

    @property
    def behind(self) -> bool:
        """Whether the voters have to be counted anew."""
        return self.election is not None and (self.roll is None or self.roll.behind)


@dataclass(frozen=True)
class Line(Work):
    """The same with its districts, and at the first level the transfers that wait."""

    divided: Divided = Divided()
    to_receive: int = 0


def under_way() -> QuerySet:
    """The elections of works that are not over."""
    rows = Election.objects.kept().filter(kept("campaign"), campaign__isnull=False, campaign__closed_on=None)
    return rows.select_related("term", "campaign")


def works(townships: Sequence[Township], today: date) -> list[Work]:
    """Where the works under way in these townships stand, an entry a level; a scope that reads them is open."""
    found = campaigns.under_way(townships)
    if not found:
        return []
    said = _SAID(elections=[election.pk for campaign in found for election in campaign.held])
    read = _Read(
        {row.pop("of"): Roll(taken_at=datetime.fromisoformat(row.pop("taken_at")), **row) for row in said["rolls"]},
        {row.pop("of"): Frozen(frozen_at=datetime.fromisoformat(row.pop("frozen_at")), **row) for row in said["lists"]},
        told(said),
        _steps(found, today),
    )
    return [work for campaign in found for work in _of(campaign, read, today)]


def lines(townships: Sequence[Township], today: date) -> list[Line]:
    """The same with all that their list tells."""
    found = works(townships, today)
    held = [one.election for one in found if one.election]
    divided = _divided(held)
    to_receive = Counter(_to_receive({one.campaign for one in found}).values_list("campaign", flat=True))
    return [
        Line(
            **vars(one),
            divided=divided.get(one.election.pk, Divided()) if one.election else Divided(),
            to_receive=to_receive.pop(one.campaign.pk, 0),  # at the first level alone
        )
        for one in found
    ]


@dataclass(frozen=True)
class _Read:
    rolls: dict
    lists: dict
    votes: dict
    steps: dict


def _of(campaign: Campaign, read: _Read, today: date) -> list[Work]:
    first, *others = levels(campaign) or [None]
    whole = read.steps.get((campaign.pk, None), Counter())
    return [
        _work(campaign, first, read, today, whole),
        *(_work(campaign, one, read, today, Counter()) for one in others),
    ]


def _work(campaign: Campaign, election: Election | None, read: _Read, today: date, steps: Counter) -> Work:
    if election is None:
        return Work(campaign, None, Stage.BEGUN, missed=steps["bad"], late=steps["warning"])
    mine = steps + read.steps.get((campaign.pk, election.pk), Counter())
    return Work(
        campaign,
        election,
        stage(facts_of(election, campaign), today),
        read.rolls.get(str(election.pk)),
        read.lists.get(str(election.pk)),
        read.votes.get(election.pk, NOTHING),
        mine["bad"],
        mine["warning"],
    )


_OPEN = {"election__campaign__closed_on": None, "election__campaign__isnull": False}


def _rolls() -> QuerySet:
    """The voters of works under way."""
    rows = RollFigures.objects.filter(**_OPEN).with_behind()
    return rows.values("voters", "taken_at", "behind", of=F("election"))


def _lists() -> QuerySet:
    """The frozen lists of works under way, each with how many appeals wait for a decision and how many were decided."""
    mine, decided = kept("appeals"), Q(appeals__decided_on__isnull=False)
    rows = VoterList.objects.kept().filter(**_OPEN, frozen_at__isnull=False).order_by()
    return rows.values("frozen_at", key=F("pk"), of=F("election")).annotate(
        appeals_open=Count("appeals", filter=mine & ~decided),
        appeals_decided=Count("appeals", filter=mine & decided),
    )


_SAID = together.Lists(lambda: {**questions(), "rolls": _rolls(), "lists": _lists()})


def _divided(held: Iterable[Election]) -> dict:
    """The districts that elect: all of the term, in a by-election those with a vacancy."""
    general = {one.term_id: one.pk for one in held if one.how == Mandate.How.GENERAL}
    rows = _summed(District.objects.kept().filter(term__in=general), "term", "")
    found = {general[row.pop("of")]: row for row in rows}
    filled = Vacancy.objects.kept().filter(
        kept("district"), election__in=[one for one in held if one.pk not in general.values()]
    )
    found |= {row.pop("of"): row for row in _summed(filled, "election", "district__")}
    return {
        pk: Divided(row["number"], row["people"] if row["known"] == row["number"] else None)
        for pk, row in found.items()
    }


def _summed(rows: QuerySet, of: str, path: str) -> QuerySet:
    numbers = {"number": Count("pk"), "known": Count(f"{path}population"), "people": Sum(f"{path}population")}
    return rows.order_by().annotate(of=F(of)).values("of").annotate(**numbers)


def _to_receive(found: Iterable[Campaign]) -> QuerySet:
    """Transfers that wait for this township's answer: each counts on one side."""
    waiting = {"direction": Transfer.Direction.IN, "state": Transfer.State.ASKED}
    return Transfer.objects.kept().filter(campaign__in=list(found), **waiting)


def _steps(found: Sequence[Campaign], today: date) -> dict:
    """By work and level, how many steps are not done though the law's day (bad) or the planned one (warning) is over."""
    counted: dict[tuple, Counter] = {}
    for task in work.open_steps(found) if found else ():
        if work.done_on(task) is None:
            counted.setdefault((task.campaign_id, task.election_id), Counter())[work.state_of(task, today)[1]] += 1
    return counted
