"""Reviews of credentials: who was elected and not examined yet, what is disputed of whom, how many seats each district has
filled."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from congress.assembly.models import CredentialsMember, Session
from congress.assembly.queries import committee_findings, credentials_committee
from congress.guard.record import kept
from congress.law.finding import Finding
from congress.law.nominations import check_nominee
from congress.law.polling import check_review
from congress.law.sources import cite
from congress.prepared import Around
from deputies.models import Deputy, District, Level, Mandate, Term
from elections.models import CredentialsReview, Election, ReviewedWinner, Round, Winner
from elections.queries import candidates
from elections.queries.breaches import void_entries
from elections.queries.candidates import districts_of
from elections.queries.lists import on_roll
from elections.stages.reviews import Known, ReviewStage, review_stage

Opinion = ReviewedWinner.Opinion
# What the law itself lets nobody sit with: as long as it is on record, the opinion cannot be that the election is valid.
AGAINST = frozenset({"nominee.age", "nominee.nationality", "nominee.deprived", "nominee.funded"})

# What the review of somebody comes to: a list of deputies that is public, or a confirmation that gives no seat.
PUBLIC = Q(review__published_on__isnull=False)
NOT_SEATED = Q(review__confirmed_by__isnull=False, opinion__in=(Opinion.INVALID, Opinion.DECLINED))


def reviews() -> QuerySet:
    """Reviews that stand, with everything their pages and steps read."""
    return with_facts(CredentialsReview.objects.kept())


def with_facts(rows: QuerySet) -> QuerySet:
    """The same of any reviews: their people in the order of districts."""
    return rows.select_related(
        "township__county", "election__term", "election__campaign", "asked_by", "confirmed_by"
    ).prefetch_related(_people())


@cache
def _people() -> Around:
    people = entries().order_by("winner__round__district__number", "winner__round__number", "winner__position")
    return Around("entries", people, to_attr="listed")


def entries(rows: QuerySet | None = None) -> QuerySet:
    """Those examined, with round, nominee and roster entry."""
    found = ReviewedWinner.objects.kept() if rows is None else rows
    return found.select_related(
        "review__election__term",
        "review__election__campaign",
        "review__township__county",
        "winner__round__district",
        "winner__round__election",
        "winner__nominee__township__county",
        "winner__nominee__election",
        "winner__nominee__data_key",
        "deputy",
        "mandate__district",
        "township",
    )


def waiting(elections: QuerySet | list[Election]) -> QuerySet:
    """Those whom a declaration of these elections names and no review has yet."""
    there = ReviewedWinner.objects.kept().filter(winner=OuterRef("pk"))
    rows = Winner.objects.kept().filter(kept("round"), round__election__in=elections, round__confirmed_by__isnull=False)
    return rows.filter(~Exists(there)).select_related("round__district", "nominee")


def unfinished(elections: QuerySet) -> QuerySet:
    """Reviews of these elections that somebody has to go on with: none whose confirmation leaves nobody to be made public."""
    valid = ReviewedWinner.objects.kept().filter(review=OuterRef("pk"), opinion=Opinion.VALID)
    rows = CredentialsReview.objects.kept().filter(election__in=elections, published_on=None)
    return rows.filter(Q(confirmed_by=None) | Exists(valid))


def to_publish() -> QuerySet:
    """General elections of a township's deputies of whom somebody is declared elected and not made public, with `voted_on`, their
    last vote that was declared, and `first_session_on`, when the first session is, where that is known."""
    over = ReviewedWinner.objects.kept().filter(kept("review"), PUBLIC | NOT_SEATED, winner=OuterRef("pk"))
    declared = Winner.objects.kept().filter(
        kept("round"), ~Exists(over), round__election=OuterRef("pk"), round__confirmed_by__isnull=False
    )
    first = Session.objects.kept().filter(term=OuterRef("term"), number=1).order_by("opened_on")
    voted = Q(rounds__confirmed_by__isnull=False) & kept("rounds")
    rows = Election.objects.kept().filter(
        Exists(declared),
        kept("campaign"),
        how=Mandate.How.GENERAL,
        term__level=Level.TOWNSHIP,
        campaign__closed_on__isnull=True,
    )
    return rows.select_related("term", "township__county").annotate(
        voted_on=Max("rounds__held_on", filter=voted), first_session_on=Subquery(first.values("opened_on")[:1])
    )


def of_county(review: CredentialsReview) -> bool:
    """Whether the county's standing committee confirms, and its own credentials committee examined."""
    return review.election.term.level == Level.COUNTY  # type: ignore[no-any-return]


def body_of(election: Election) -> str:
    """Which body confirms deputies, or determines that an election is void: the township's presidium, the county's standing
    committee for its own (选举法四十七)."""
    place = election.township
    return place.county.standing_committee if election.term.level == Level.COUNTY else place.presidium_name


def outgoing_term(election: Election) -> Term | None:
    """The congress whose committee examines: the one before a general election's, at a by-election the one in office
    (组织法三十七)."""
    if election.how == Mandate.How.BY_ELECTION:
        return election.term
    former = Term.objects.kept().filter(level=election.term.level, number__lt=election.term.number)
    return former.order_by("-number").first()


def committee(election: Election, on: date) -> list[CredentialsMember]:
    """Who sits in the committee that examines on a day."""
    term = outgoing_term(election)
    return credentials_committee(term, on) if term else []


def against_committee(election: Election, on: date) -> list[Finding]:
    """What law and province say of that committee; that there is none forbids the report."""
    return committee_findings(committee(election, on), on, election.township)


class ReviewFacts:
    """A review with what follows from its people; the row comes from `reviews()` or `with_facts`."""

    def __init__(self, row: CredentialsReview):
        self.row = row

    @property
    def open(self) -> list[ReviewedWinner]:
        """Of whom there is no opinion yet."""
        return [one for one in self.row.listed if not one.opinion]

    @property
    def valid(self) -> list[ReviewedWinner]:
        """Whose election is held valid."""
        return [one for one in self.row.listed if one.opinion == Opinion.VALID]

    @property
    def void(self) -> list[ReviewedWinner]:
        """Whose election is held void."""
        return [one for one in self.row.listed if one.opinion == Opinion.INVALID]

    @property
    def declined(self) -> list[ReviewedWinner]:
        """Who does not accept the election: neither valid nor void, the seat stays open."""
        return [one for one in self.row.listed if one.opinion == Opinion.DECLINED]

    @cached_property
    def beside(self) -> "Beside":
        """What the records say beside its people."""
        return Beside(self.row.listed)

    @cached_property
    def disputed(self) -> dict[ReviewedWinner, list[Finding]]:
        """What is disputed of those without an opinion: of whoever is not here nothing is."""
        found = {one: disputes(one, self.beside) for one in self.open}
        return {one: told for one, told in found.items() if told}

    @property
    def stage(self) -> ReviewStage:
        """Where the review stands."""
        row = self.row
        return review_stage(
            Known(
                reported=row.reported_on is not None or (of_county(row) and bool(row.listed) and not self.open),
                asked=row.asked_by_id is not None,
                confirmed=row.confirmed,
                published=row.published_on is not None,
                nobody=not self.valid,
            )
        )

    def publication(self, on: date) -> list[Finding]:
        """What the law says of making the list public on a day: at a general election before the first session."""
        row = self.row
        if row.election.how != Mandate.How.GENERAL or of_county(row):
            return []
        first = Session.objects.kept().filter(term=row.election.term, number=1).first()
        if first is None:
            return []
        return [replace(one, blocking=False) for one in check_review(True, on, first.opened_on, on)]


class Beside:
    """What is asked of the records about several of one review, each question in one statement for all of them."""

    def __init__(self, rows: Sequence[ReviewedWinner]):
        self.rows = rows

    @cached_property
    def nominees(self) -> candidates.Beside:
        """What stands beside those who were nominated."""
        return candidates.Beside([one.winner.nominee for one in self.rows if one.winner.nominee])

    @cached_property
    def roster(self) -> set[str]:
        """Those of their names that the roster has."""
        rows = Deputy.objects.kept().filter(name__in=[one.name for one in self.rows])
        return set(rows.order_by().values_list("name", flat=True))

    @cached_property
    def voters(self) -> Counter:
        """By name and district, how many on the roll are called as one whom voters wrote in."""
        names = [one.name for one in self.rows if one.winner.nominee is None]
        rows = on_roll(self.rows[0].winner.round.election).filter(voter__name__in=names)
        return Counter(rows.values_list("voter__name", "district"))


def disputes(entry: ReviewedWinner, beside: Beside | None = None) -> list[Finding]:
    """What the committee has to look into before it says that an election is valid: all that is said of the nominee, of whom
    voters wrote in whether the roll has that name, and who it may be in the roster. `beside` is what was read of several at once."""
    beside = beside or Beside([entry])
    nominee = entry.winner.nominee
    found = candidates.nominee_findings(nominee, beside.nominees) if nominee else _written_in(entry, beside)
    if nominee and not nominee.stands:
        words = f"已登记退出：{nominee.get_left_how_display()}，当选以前已经退出的请核对"
        found.append(Finding("reviewed.left", words, None, False))
    return [*found, *lacking(entry, beside)]


def conditions(entry: ReviewedWinner) -> list[Finding]:
    """What the law lets nobody sit with, as it is on record."""
    nominee = entry.winner.nominee
    if nominee:
        return [one for one in candidates.nominee_findings(nominee) if one.code in AGAINST]
    born, day = entry.birth_date, entry.winner.round.held_on
    return [one for one in check_nominee(born, day) if one.blocking] if born else []


def _written_in(entry: ReviewedWinner, beside: Beside) -> list[Finding]:
    """The voters may choose any voter (选举法四十一); who that is, nobody but people can say."""
    round_ = entry.winner.round
    number = sum(many for (name, _), many in beside.voters.items() if name == entry.name)
    here = beside.voters[entry.name, round_.district_id]
    ground = cite("election_law", "vote_choices", round_.held_on)
    if number == 0:
        return [Finding("reviewed.no_voter", "选民册上没有这个姓名，选民另选的应是选民，请核对", ground, False)]
    if number > 1:
        words = f"选民册上有{number}位同名的选民（本选区{here}位），请核对当选的是哪一位"
        return [Finding("reviewed.namesakes", words, ground, False)]
    return [] if here else [Finding("reviewed.elsewhere", "选民册上这个姓名在别的选区，请核对", ground, False)]


def lacking(entry: ReviewedWinner, beside: Beside | None = None) -> list[Finding]:
    """What has to be entered before somebody can be seated: the particulars of whom voters wrote in, and whether a namesake in
    the roster is the same person."""
    found = []
    if entry.winner.nominee is None and entry.deputy is None and not (entry.gender and entry.birth_date):
        words = "选民另选的，没有被推荐人的资料，请登记性别和出生日期"
        found.append(Finding("reviewed.particulars", words, None))
    if entry.deputy is None and not entry.newcomer and entry.name in (beside or Beside([entry])).roster:
        words = "花名册上有同名的代表，请选择是同一人，还是新登记的另一人"
        found.append(Finding("reviewed.who", words, None))
    return found


def known_as(winner: Winner) -> Deputy | None:
    """The roster's entry of a winner, by identity number, or by name and day of birth where one alone has them and no other number."""
    nominee = winner.nominee
    if nominee is None:
        return None
    same = Q(name=nominee.name, birth_date=nominee.birth_date)
    if nominee.id_index is not None:
        same = Q(id_index=nominee.id_index) | same & Q(id_index__isnull=True)
    found = list(Deputy.objects.kept().filter(same)[:2])
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class Filled:
    """The seats of one district at an election: to elect, won by declaration, held void, not accepted, seated."""

    district: District
    seats: int
    won: int
    void: int
    declined: int
    seated: int

    @property
    def short(self) -> int:
        """How many seats nobody holds or is about to: not won, or won by an election that is void or not accepted."""
        return max(self.seats - self.won + self.void + self.declined, 0)


def filled(election: Election) -> list[Filled]:
    """应选、当选、缺额 of every district that elects."""
    won = Winner.objects.kept().filter(kept("round"), round__election=election, round__confirmed_by__isnull=False)
    by_district = Counter(won.values_list("round__district", flat=True))
    examined = ReviewedWinner.objects.kept().filter(winner__round__election=election)
    decided = void_entries().filter(winner__round__election=election)
    void = Counter(decided.values_list("winner__round__district", flat=True))
    refused = examined.filter(review__confirmed_by__isnull=False, opinion=Opinion.DECLINED)
    declined = Counter(refused.values_list("winner__round__district", flat=True))
    holding = examined.filter(kept("mandate"), mandate__isnull=False).exclude(pk__in=decided.values("pk"))
    seated = Counter(holding.values_list("winner__round__district", flat=True))
    return [
        Filled(one, one.to_elect, by_district[one.pk], void[one.pk], declined[one.pk], seated[one.pk])
        for one in districts_of(election)
    ]


def undeclared(election: Election) -> list[District]:
    """The districts whose last vote was not declared, or that have not voted."""
    declared = Round.objects.kept().filter(election=election, confirmed_by__isnull=False)
    later = Round.objects.kept().filter(election=election, confirmed_by__isnull=True)
    done = set(declared.values_list("district", flat=True)) - set(later.values_list("district", flat=True))
    return [one for one in districts_of(election) if one.pk not in done]
