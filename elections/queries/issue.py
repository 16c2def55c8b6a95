"""The issue register as its desk asks it: whom a number or a name means, what may be handed to them, to whom in their place; and the
totals of a place."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from congress.guard.record import kept
from congress.law.finding import Finding
from congress.law.proxies import check_away
from congress.permissions import Standing
from elections.models import (
    BallotIssue,
    Campaign,
    IssueHour,
    IssueRegister,
    LedgerLine,
    MobileBox,
    PollingPlace,
    PollStaff,
    ProxyVote,
    Registration,
    Round,
    Voter,
    VoterCard,
)
from elections.models.proxies import LIVE
from elections.queries import desk, workers
from elections.queries.desk import open_rounds

State = ProxyVote.State
ISSUING = (PollStaff.Role.HOST, PollStaff.Role.VERIFIER, PollStaff.Role.ISSUER, PollStaff.Role.SECRETARY)
READS = ("township__county", "campaign", "place__district__term", "mobile__district__term")
FEWEST_LETTERS, MOST_FOUND = 2, 20  # of a name that is searched for, and how many are shown


def registers(campaign: Campaign | None = None) -> QuerySet:
    """Registers with the places and districts they are for."""
    rows = IssueRegister.objects.kept()
    rows = rows.filter(campaign=campaign) if campaign else rows
    return rows.select_related(*READS)


def own_registers(reader: Standing, rows: QuerySet) -> QuerySet:
    """Of these registers those at which somebody may work: of the staff who issue ballots at a place or go with a box."""
    if not workers.is_worker(reader):
        return rows
    own = workers.own_rows(reader)
    here = own.filter(role__in=ISSUING)
    there = Q(place__in=here.filter(place__isnull=False).values("place"))
    there |= Q(mobile__in=own.filter(mobile__isnull=False).values("mobile"))
    return rows.filter(there | Q(campaign__in=here.filter(place=None, mobile=None).values("campaign")))


def of_desk(reader: Standing, pk: UUID) -> IssueRegister | None:
    """The register at whose desk somebody works, with no more than the desk asks: its place or box."""
    found = next(iter(desk.REGISTER(pk=pk)), None)
    if found is None or not at_desk(reader, found):
        return None
    found.township = reader.township
    return found


def at_desk(reader: Standing, register: IssueRegister) -> bool:
    """Whether somebody issues ballots at a register: of the staff those whom `own_registers` gives it to."""
    if not workers.is_worker(reader):
        return True
    lines = workers.own_lines(reader.township.pk, reader.user.pk) if reader.township else []
    return any(_sits_at(one, register) for one in lines)


def _sits_at(line: PollStaff, register: IssueRegister) -> bool:
    if line.mobile_id is not None:
        return bool(line.mobile_id == register.mobile_id)
    there = line.campaign_id == register.campaign_id if line.place_id is None else line.place_id == register.place_id
    return line.role in ISSUING and there


def counted_at(register: IssueRegister) -> QuerySet:
    """The votes of a register's day whose ballots are being counted, or were."""
    districts = [register.whose.district_id, register.whose.county_district_id]
    rows = Round.objects.kept().filter(election__campaign=register.campaign_id, held_on=register.held_on)
    return rows.filter(kept("count"), count__isnull=False, district__in=districts)


def to_open(reader: Standing, campaign: Campaign, on) -> list[PollingPlace | MobileBox]:
    """The places and boxes of a day's votes that have no register yet, of those at which somebody may work."""
    districts = set(open_rounds(campaign).filter(held_on=on).values_list("district", flat=True))
    here = Q(district__in=districts) | Q(county_district__in=districts)
    there = IssueRegister.objects.kept().filter(held_on=on)
    places = PollingPlace.objects.kept().filter(here, campaign=campaign)
    boxes = MobileBox.objects.kept().filter(here, campaign=campaign).select_related("district")
    places = places.exclude(pk__in=there.filter(place__isnull=False).values("place")).order_by("name")
    boxes = boxes.exclude(pk__in=there.filter(mobile__isnull=False).values("mobile")).order_by("number")
    if workers.is_worker(reader):
        own = workers.own_rows(reader).filter(campaign=campaign)
        here = own.filter(role__in=ISSUING)
        if not here.filter(place=None, mobile=None).exists():
            places = places.filter(pk__in=here.filter(place__isnull=False).values("place"))
            boxes = boxes.filter(pk__in=own.filter(mobile__isnull=False).values("mobile"))
    return [*places, *boxes]


@dataclass(frozen=True)
class Paper:
    """What stands between one voter and the ballot of one vote: `against` says why it is not issued here, empty where it is."""

    round: Round
    registration: Registration | None
    issued: BallotIssue | None
    proxy: ProxyVote | None
    against: str
    unlisted: str = ""  # why not in person at a mobile box; who votes for them may have it there

    @property
    def level(self) -> str:
        """Whose ballot it is."""
        return self.round.election.term.get_level_display()

    @property
    def against_agent(self) -> str:
        """Why it is not handed to the agent of the voter; empty where it may be."""
        proxy = self.proxy
        if self.against or proxy is None:
            return self.against or "没有委托他人投票，或者委托没有同意、已经取消。"
        if proxy.state != State.AGREED:
            return "委托还没有同意，不能发给受托人。"
        away = check_away(proxy.since, proxy.until, self.round.held_on)
        return "".join(f"委托书写的{one.message}；仍在外的，请取消以后重新委托。" for one in away)

    @property
    def to_agent(self) -> bool:
        """Whether it may be handed to the agent of the voter."""
        return not self.against_agent


@dataclass(frozen=True)
class Person:
    """A voter at the desk, with the ballots of the day and whom they vote for."""

    voter: Voter
    number: int | None
    papers: tuple[Paper, ...]
    box: MobileBox | None = None
    principals: tuple["Person", ...] = field(default=())

    @property
    def called(self) -> str:
        """As the desk says it aloud: 12号丁一."""
        return f"{self.number}号{self.voter.name}" if self.number else str(self.voter.name)

    @property
    def open(self) -> list[Paper]:
        """The ballots that may be issued in person."""
        return [one for one in self.papers if not one.against and not one.unlisted]

    @property
    def issued(self) -> list[Paper]:
        """Those that were."""
        return [one for one in self.papers if one.issued]

    @property
    def to_agent(self) -> list[Paper]:
        """Those that may be handed to the agent."""
        return [one for one in self.papers if one.to_agent]

    @property
    def may_fetch(self) -> bool:
        """Whether there are ballots of others to be handed to this voter."""
        return any(one.to_agent for one in self.principals)

    @property
    def against_agent(self) -> list[str]:
        """Why there is no ballot of theirs for an agent, each reason once."""
        return list(dict.fromkeys(one.against_agent for one in self.papers if one.against_agent))

    @property
    def proxies(self) -> list[ProxyVote]:
        """What was entered of the voter's own authority, one for each level."""
        return [one.proxy for one in self.papers if one.proxy is not None]

    @property
    def against(self) -> list[str]:
        """Why there is no ballot for them, each reason once."""
        found = (one.against or one.unlisted for one in self.papers)
        return list(dict.fromkeys(one for one in found if one))


class Desk:
    """A register with the votes of its day."""

    def __init__(self, register: IssueRegister, rounds: Iterable[Round] | None = None):
        """`rounds` are the votes of the day where they are known."""
        self.register = register
        if rounds is not None:
            self.rounds = list(rounds)

    @cached_property
    def rounds(self) -> list[Round]:
        """The votes for which ballots are issued here, the township's first; of one district the latest."""
        register, whose = self.register, self.register.whose
        districts = {
            f"district{at}": one for at, one in enumerate([whose.district_id, whose.county_district_id]) if one
        }
        rows = desk.votes(*districts)(campaign=register.campaign_id, day=register.held_on, **districts)
        return list({row.district_id: row for row in rows}.values())

    @cached_property
    def totals(self) -> dict[UUID, Counter]:
        """By vote, what was issued here by way."""
        return totals(IssueHour.objects.filter(register=self.register))

    def find(self, text: str) -> list[Person]:
        """Whom a number of a card or the list means here, or those whose names begin so. A card that is void tells its voter
        all the same."""
        text = "".join(text.split())
        if text.isascii() and text.isdecimal():
            return self.people(self._numbered(int(text)) if len(text) <= 9 else ())
        if len(text) < FEWEST_LETTERS:
            return []
        rows = Registration.objects.kept().filter(self.here(), voter__name__startswith=text)
        return self.people(
            dict.fromkeys(rows.order_by("voter__stroke_key", "pk").values_list("voter", flat=True)[:MOST_FOUND])
        )

    def here(self) -> Q:
        """Registrations of the districts that vote here."""
        here = Q(pk__in=[])
        for row in self.rounds:
            here |= Q(election=row.election_id, district=row.district_id)
        return here

    def _numbered(self, number: int) -> list[UUID]:
        """By the number of the township's vote; of the county's only where nobody has it there."""
        for row in self.rounds:
            found = desk.NUMBERED(number=number, election=row.election_id, district=row.district_id)
            if found:
                return list(dict.fromkeys(found))
        return []

    def person(self, pk) -> Person | None:
        """A voter by their key."""
        return next(iter(self.people([pk])), None)

    def people(self, voters: Iterable, deeper: bool = True) -> list[Person]:
        """Voters with what may be issued to them, in the order given; `deeper` with those who entrusted them."""
        wanted = list(voters)
        if not wanted:
            return []
        standing = self._standing(wanted)
        facts = _Facts(self, [row for one in standing.values() for row in one.values()])
        held = self._held(facts.entrusted) if deeper else {}
        return [self._person(standing[pk], facts, held.get(pk, ())) for pk in wanted if pk in standing]

    def _person(self, mine: dict, facts: "_Facts", principals: Iterable[Person]) -> Person:
        rows = list(mine.values())
        number = next((facts.numbers[row.pk] for row in rows if row.pk in facts.numbers), None)
        number = number or next((row.card_no for row in rows if row.card_no), None)
        papers = tuple(facts.paper(row, mine.get(row.election_id)) for row in self.rounds)
        return Person(rows[0].voter, number, papers, facts.boxes.get(rows[0].voter_id), tuple(principals))

    def _standing(self, voters: Sequence) -> dict:
        """By voter and level the registration that stands, or else the one that did last; each with whether there is anything
        else to be read of it."""
        elections = list(dict.fromkeys(row.election_id for row in self.rounds))
        rounds, campaign = [row.pk for row in self.rounds], self.register.campaign_id
        if len(voters) == 1 and rounds:
            of = {f"election{at}": one for at, one in enumerate(elections)}
            of |= {f"round{at}": one for at, one in enumerate(rounds)}
            rows = desk.line(len(elections), len(rounds))(voter=voters[0], campaign=campaign, **of)
        else:
            rows = desk.lines(Q(voter__in=voters), elections, rounds, campaign)
        found: dict = defaultdict(dict)
        for row in rows:
            found[row.voter_id][row.election_id] = row
        return found

    def issues(self) -> QuerySet:
        """The ballots of the day's votes that were handed out, at whatever place."""
        return desk.issues([one.pk for one in self.rounds])

    def boxed(self) -> QuerySet:
        """Whom a mobile box of the campaign goes to."""
        return desk.boxed(self.register.campaign_id)

    def _held(self, entrusted: Iterable[ProxyVote]) -> dict:
        """By agent those whose authority was agreed to."""
        mine: dict = defaultdict(dict)
        for one in entrusted:
            mine[one.agent.voter_id][one.principal.voter_id] = None
        if not mine:
            return {}
        known = {one.voter.pk: one for one in self.people({pk for one in mine.values() for pk in one}, deeper=False)}
        return {agent: [known[pk] for pk in principals if pk in known] for agent, principals in mine.items()}


class _Facts:
    """What is known of some registrations, read in a constant number of statements: of most voters there is nothing but the line
    of the roll, and what hangs on the rest is read where there is some."""

    def __init__(self, desk: Desk, rows: Collection[Registration]):
        self.desk = desk
        self.issued, self.numbers, self.boxes = {}, {}, {}
        if keys := _with(rows, "issues"):
            issues = desk.issues().filter(registration_key__in=keys).order_by()
            issues = issues.select_related("register__place", "register__mobile__district")
            self.issued = {(one.round_id, one.registration_key): one for one in issues}
        if keys := _with(rows, "cards"):
            cards = VoterCard.objects.kept().filter(registration__in=keys, voided_on=None).order_by()
            self.numbers = dict(cards.values_list("registration", "number"))
        keys = _with(rows, "proxies")
        proxies = _proxies(keys) if keys else []
        # Of several of one principal what was agreed to stands last, and tells.
        self.given = {one.principal_id: one for one in proxies if one.principal_id in keys}
        self.entrusted = [one for one in proxies if one.agent_id in keys and one.state == State.AGREED]
        if voters := {one.voter_id for one in rows if one.has_boxes}:
            named = desk.boxed().filter(registration__voter__in=voters).select_related("registration", "box__district")
            self.boxes = {one.registration.voter_id: one.box for one in named.order_by()}

    def paper(self, row: Round, mine: Registration | None) -> Paper:
        """What is between a voter and the ballot of one vote."""
        issued = self.issued.get((row.pk, mine.pk)) if mine else None
        proxy = self.given.get(mine.pk) if mine else None
        return Paper(row, mine, issued, proxy, self._against(row, mine, issued), self._unlisted(mine))

    def _unlisted(self, mine: Registration | None) -> str:
        """A mobile box goes to those of its list (选举法三十八)."""
        box = self.desk.register.mobile
        if box is None or mine is None or self.boxes.get(mine.voter_id) == box:
            return ""
        return f"不在{box}的选民册上，请到投票站领票。"

    def _against(self, row: Round, mine: Registration | None, issued: BallotIssue | None) -> str:
        level = row.election.term.get_level_display()
        if mine is None:
            return f"不在{level}选民名单上。"
        if issued is not None:
            return (
                f"已经领过{level}选票（{issued.get_way_display()}，{issued.register.whose}），每一选民只有一个投票权。"
            )
        if not mine.on_roll:
            return f"已从{level}选民名单上除去，不能领票；有疑问请问选举委员会。"
        if mine.district_id != row.district_id:
            return f"登记在{mine.district}，不在这里领{level}选票，请到本选区的投票站。"
        return ""


def _with(rows: Iterable[Registration], what: str) -> set[UUID]:
    """The keys of those of which there is such a thing."""
    return {one.pk for one in rows if getattr(one, f"has_{what}")}


def _proxies(keys: Collection[UUID]) -> list[ProxyVote]:
    """What was asked for and agreed to of principals or agents among these registrations."""
    rows = ProxyVote.objects.kept().filter(Q(principal__in=keys) | Q(agent__in=keys), state__in=LIVE)
    return list(rows.select_related("agent__voter", "principal").order_by("-state", "place"))


def summed(rows: QuerySet, *whose: str) -> dict[Any, Counter]:
    """By a column, or by several together, what was issued by way; what was taken back is subtracted from its way."""
    named = rows.order_by().annotate(**{f"by_{at}": F(one) for at, one in enumerate(whose)})
    columns = [f"by_{at}" for at in range(len(whose))]
    return added(named.values_list(*columns, "way").annotate(number=Sum("number")))


def added(rows: Iterable[tuple]) -> dict[Any, Counter]:
    """The same of rows that were read: (what they are of …, way, number)."""
    found: dict[Any, Counter] = defaultdict(Counter)
    for *key, way, number in rows:
        back = way.endswith("_back")
        found[tuple(key) if len(key) > 1 else key[0]][way.removesuffix("_back")] += -number if back else number
    return found


def totals(rows: QuerySet) -> dict[UUID, Counter]:
    """By vote, what was issued in these hours."""
    return summed(rows, "round")


def by_place(vote: Round) -> dict[UUID, Counter]:
    """What the registers of one vote say, by the key of the place or mobile box; places on paper alone are not among them."""
    rows = IssueHour.objects.filter(kept("register"), round=vote)
    found = summed(rows.filter(register__place__isnull=False), "register__place")
    return found | summed(rows.filter(register__mobile__isnull=False), "register__mobile")


def still_open(vote: Round) -> QuerySet:
    """The registers at which ballots of a vote were issued and that were not closed."""
    used = IssueHour.objects.filter(round=vote).values("register")
    return registers().filter(pk__in=used, closed_on=None)


COMPARED = (
    ("in_person", "person", "本人领票"),
    ("by_proxy", "proxy", "受委托领票"),
    ("replaced", "replaced", "换发作废"),
)


def against_ledger(row: LedgerLine, said: Mapping) -> list[Finding]:
    """Where the ledger, which is the paper's, has other figures than the issue register."""
    differing = [
        (word, getattr(row, name), said[way]) for name, way, word in COMPARED if getattr(row, name) != said[way]
    ]
    if not differing:
        return []
    told = "；".join(f"{word}票账{mine}、领票登记{other}" for word, mine, other in differing)
    message = f"{row.whose}票账与领票登记不一致：{told}。以纸质登记为准的，在“差数的原因”里写明"
    return [Finding("ledger.register", message, blocking=False)]
