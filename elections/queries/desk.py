"""What is asked for every voter who stands at a desk where ballots are handed out: put together once (congress.prepared), because a
queue waits for each of these statements.
"""

from collections.abc import Iterable
from functools import cache

from django.db.models import Exists, OuterRef, Q, QuerySet

from congress.guard.record import kept
from congress.prepared import Prepared, given, one_of
from elections.models import (
    BallotIssue,
    IssueRegister,
    MobileVoter,
    ProxyVote,
    Registration,
    Round,
    VoterCard,
)
from elections.models.proxies import LIVE

AT_DESK = ("place", "mobile__district")  # of a register, for what is asked there
# Of the votes of the day and of the lines of the roll.
OF_A_VOTE = ("election", "district", "number", "held_on", "election__term__level")
OF_A_LINE = ("voter__name", "election", "district__number", "district__name", "card_no", "on_roll")


def open_rounds(campaign) -> QuerySet:
    """The votes of a campaign, told by row or key, whose ballots are not being counted yet."""
    counted = Q(count__isnull=False) & kept("count")
    rows = Round.objects.kept().filter(election__campaign=campaign, confirmed_by=None).exclude(counted)
    return rows.select_related("election__term")


REGISTER = Prepared(lambda: IssueRegister.objects.kept().select_related(*AT_DESK).filter(pk=given("pk")))
LOCKED = Prepared(
    lambda: (
        IssueRegister.objects.kept()
        .select_related(*AT_DESK)
        .select_for_update(of=("self",), no_key=True)
        .filter(pk=given("pk"))
    )
)


def locked(register: IssueRegister) -> IssueRegister:
    """The register read again under a lock, so that closing and issuing wait for each other. Raises DoesNotExist."""
    row = next(iter(LOCKED(pk=register.pk)), None)
    if row is None:
        raise IssueRegister.DoesNotExist
    row.township = register.township
    return row


@cache
def votes(*districts: str) -> Prepared:
    """The votes of a day in as many districts, of each the latest last."""

    def rows() -> QuerySet:
        here = open_rounds(given("campaign")).filter(one_of("district", map(given, districts)), held_on=given("day"))
        return here.only(*OF_A_VOTE).order_by("-election__term__level", "number")

    return Prepared(rows)


def _of_a_number() -> QuerySet:
    number, of = given("number"), {"election": given("election"), "district": given("district")}
    cards = VoterCard.objects.kept().filter(number=number, **of)
    rows = Registration.objects.kept().filter(Q(card_no=number) | Q(pk__in=cards.values("registration")), **of)
    return rows.order_by("on_roll", "pk").values_list("voter", flat=True)


NUMBERED = Prepared(_of_a_number)


def lines(whose: Q, elections: Iterable, rounds: Iterable, campaign) -> QuerySet:
    """The lines of the roll of some voters, those that stand last; each with whether there is anything else to be read of it: of
    most voters there is nothing, so that all of it is asked for in one statement."""
    mine = OuterRef("pk")
    more = {
        "issues": issues(rounds).filter(registration_key=mine),
        "cards": VoterCard.objects.kept().filter(registration=mine, voided_on=None),
        "proxies": ProxyVote.objects.kept().filter(Q(principal=mine) | Q(agent=mine), state__in=LIVE),
        "boxes": boxed(campaign).filter(registration__voter=OuterRef("voter")),
    }
    rows = Registration.objects.kept().filter(whose, one_of("election", elections))
    rows = rows.annotate(**{f"has_{name}": Exists(there) for name, there in more.items()})
    return rows.select_related("voter", "district").only(*OF_A_LINE).order_by("on_roll", "created_at")


def issues(rounds: Iterable) -> QuerySet:
    """The ballots of some votes that were handed out, at whatever place."""
    return BallotIssue.objects.kept().filter(one_of("round", rounds))


def boxed(campaign) -> QuerySet:
    """Whom a mobile box of a campaign goes to."""
    return MobileVoter.objects.kept().filter(box__campaign=campaign)


@cache
def line(elections: int, rounds: int) -> Prepared:
    """The lines of one voter, where so many votes are held."""
    levels = [given(f"election{at}") for at in range(elections)]
    votes = [given(f"round{at}") for at in range(rounds)]
    return Prepared(lambda: lines(Q(voter=given("voter")), levels, votes, given("campaign")))
