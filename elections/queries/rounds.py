"""The rounds of a district's vote with their ballots and their count: what is lacking, what the law says, what follows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

from django.db.models import Count as Number
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from congress.counting.actions import Result, result
from congress.counting.models import Count, CountTurn
from congress.counting.queries import rolls
from congress.guard.action import Refused
from congress.guard.record import kept
from congress.law import proxies as law_of_proxies
from congress.law import rounds as law
from congress.law.ballots import is_void
from congress.law.finding import PRACTICE, Finding
from congress.law.sources import cite
from congress.models import User
from congress.prepared import Around, Prepared
from congress.together import number_of
from deputies.models import Level
from elections.models import (
    DeclaredAbove,
    Election,
    LedgerLine,
    MobileBox,
    PollingPlace,
    PollStaff,
    Round,
    RoundName,
    Winner,
)
from elections.queries import issue
from elections.queries.breaches import winners
from elections.queries.lists import on_roll
from elections.queries.proxies import in_force
from elections.queries.staff import COUNTING
from elections.stages.rounds import Known, RoundStage, round_stage


def rounds() -> QuerySet:
    """Rounds that stand, with everything their pages and steps read."""
    return with_facts(Round.objects.kept())


def listed(election: Election) -> QuerySet:
    """Those of one level as their list shows them, with how many are `elected` and whether another vote follows (`goes_on`)."""
    return _with_ends(Round.objects.kept().filter(election=election))


def _with_ends(rows: QuerySet) -> QuerySet:
    rows = rows.select_related("district", "count", "election", "township")
    goes_on = Exists(Round.objects.kept().filter(follows=OuterRef("pk")))
    return rows.annotate(closed=closed_turn(), elected=number_of(Winner.objects.kept(), "round"), goes_on=goes_on)


_FIRST = ~Q(kind__in=law.FURTHER)


@dataclass(frozen=True)
class Waiting:
    """The rounds that wait for the office, by what is to be done."""

    ledger: QuerySet  # voted, and no ballot is counted: their ledger or the count
    declaration: QuerySet  # counted and closed
    consent: QuerySet  # asked to be declared, by whom is told by `asked_by`


def waiting(elections: QuerySet, on: date) -> Waiting:
    """Those of some elections on a day."""
    rows = _of(elections)
    counted = Q(count__isnull=False) & kept("count")
    undeclared = rows.filter(asked_by=None)
    closed = Q(closed=CountTurn.What.CLOSE)
    return Waiting(
        ledger=undeclared.filter(~counted, held_on__lt=on),
        declaration=undeclared.filter(counted, closed),
        consent=rows.filter(asked_by__isnull=False, confirmed_by=None),
    )


def following(elections: QuerySet) -> QuerySet:
    """Those of some elections that are declared with seats open, after which another vote has to be arranged."""
    going_on = [one.pk for one in further_following()]
    return _short(_of(elections)).filter(_FIRST | Q(pk__in=going_on))


def first_following(elections: QuerySet) -> QuerySet:
    """Of these the first votes and those held anew, which by law another one always follows (选举法四十五)."""
    return _short(_of(elections)).filter(_FIRST)


def further_following() -> list[Round]:
    """Of those of all open elections the further votes. The law mostly wants no other one after them: the few there are, are
    asked one by one whether they were void or level."""
    return [one for one in _further() if RoundFacts(one).follow is not None]


def _of(elections: QuerySet) -> QuerySet:
    return _with_ends(Round.objects.kept().filter(election__in=elections))


def _short(rows: QuerySet) -> QuerySet:
    return rows.filter(confirmed_by__isnull=False, goes_on=False, elected__lt=F("seats"), vacant_on=None)


def _further_votes() -> QuerySet:
    rows = Round.objects.kept().filter(election__campaign__closed_on=None, kind__in=law.FURTHER)
    return with_facts(_short(_with_ends(rows)))


# Further votes of open elections that left a seat open: each home page asks.
_further = Prepared(_further_votes)


def closed_turn() -> Subquery:
    """What two people did last with the count of a row."""
    made = CountTurn.objects.kept().filter(count=OuterRef("count"), second_by__isnull=False).order_by("-number")
    return Subquery(made.values("what")[:1])


@cache
def _around() -> tuple[Around, ...]:
    names = RoundName.objects.kept().select_related("nominee")
    lines = with_both_levels(LedgerLine.objects.kept().select_related("place", "mobile__district"))
    return (
        Around("names", names.order_by("position"), to_attr="listed"),
        Around("ledger", lines.order_by("place__name", "mobile__number", "pk"), to_attr="lines"),
        Around("above", DeclaredAbove.objects.kept().order_by("position"), to_attr="told_above"),
        Around("winners", winners().order_by("position"), to_attr="won"),
        Around("followed", Round.objects.kept(), to_attr="after"),
    )


def with_facts(rows: QuerySet) -> QuerySet:
    """The same of any rounds; `closed` tells whether two people closed the count."""
    return (
        rows.select_related(
            "township__county",
            "election__campaign",
            "election__term",
            "district__term",
            "count",
            "follows",
            "asked_by",
            "confirmed_by",
        )
        .prefetch_related(*_around())
        .annotate(closed=closed_turn())
    )


def with_both_levels(rows: QuerySet) -> QuerySet:
    """Lines of ledgers with those of the same places for the other level."""
    return rows.select_related("round__election__term").prefetch_related(*_other_lines())


@cache
def _other_lines() -> tuple[Around, ...]:
    others = LedgerLine.objects.kept().select_related("round__election__term")
    return Around("place__ledger", others), Around("mobile__ledger", others)


def rounds_of(election: Election) -> QuerySet:
    """Those of one level."""
    return rounds().filter(election=election).order_by("district__number", "number")


def where(row: Round) -> tuple[list[PollingPlace], list[MobileBox]]:
    """The places and mobile boxes at which the district of a round votes."""
    here = Q(district=row.district_id) | Q(county_district=row.district_id)
    campaign = row.election.campaign_id
    places = PollingPlace.objects.kept().filter(here, campaign=campaign).order_by("name")
    boxes = MobileBox.objects.kept().filter(here, campaign=campaign).select_related("district").order_by("number")
    return list(places), list(boxes)


def tellers_of(row: Round) -> list[User]:
    """Those of the staff with an account who watch or count where the district votes; nobody near to a candidate is among them,
    because such a one gets no account (选举法四十三)."""
    places, boxes = where(row)
    here = Q(place__in=places) | Q(mobile__in=boxes) | Q(place=None, mobile=None)
    rows = PollStaff.objects.kept().filter(here, campaign=row.election.campaign_id, role__in=COUNTING)
    return [one.account for one in rows.filter(account__isnull=False).select_related("account")]


class RoundFacts:
    """A round with what follows from its ledger and its count; the row comes from `rounds()` or `with_facts`."""

    def __init__(self, row: Round):
        self.row = row

    @cached_property
    def lacking(self) -> list[str]:
        """The places and boxes whose ledger was not entered yet."""
        places, boxes = where(self.row)
        there = {one.place_id or one.mobile_id for one in self.row.lines}
        return [str(one) for one in (*places, *boxes) if one.pk not in there]

    @property
    def issued(self) -> int:
        """How many ballots were handed out to be cast: so many took part."""
        return sum(one.issued for one in self.row.lines)

    @property
    def ledger(self) -> law.Ledger:
        """What became of the ballots that were printed."""
        row = self.row
        replaced = sum(one.replaced for one in row.lines)
        return law.Ledger(row.printed, self.issued, replaced, row.filed, row.destroyed, row.lost)

    @property
    def uncounted_findings(self) -> list[Finding]:
        """What is told of places that were entered when the ballots were being counted already: no unit stands for them."""
        if self.count is None or self.row.declared or not self.lacking:
            return []
        message = (
            f"开始计票以后才登记的{'、'.join(self.lacking)}没有票账，没有列入计票；这次投票用过的，请先查明，"
            "不要宣布结果"
        )
        return [Finding("round.uncounted", message, None, blocking=False, force=PRACTICE)]

    @property
    def left(self) -> list[RoundName]:
        """Whose names stand on the ballot and who left before the vote."""
        gone = [one for one in self.row.listed if one.nominee is not None and not one.nominee.stands]
        return [one for one in gone if one.nominee.left_on <= self.row.held_on]

    @property
    def left_findings(self) -> list[Finding]:
        """What is told of them: who left is elected by nobody, and no article says how the votes for such a name are counted."""
        if not self.left:
            return []
        told = "、".join(f"{one.name}（{one.nominee.get_left_how_display()}）" for one in self.left)
        message = (
            f"{told}在投票以前已经退出，选票上仍有姓名：还没有投票的，请撤回这次投票，公告变动、重新付印以后再安排；"
            "已经投票的，得票怎样计算条文没有规定，请报县级选举委员会指导后决定"
        )
        return [Finding("round.left", message, None, blocking=False, force=PRACTICE)]

    @property
    def ledger_findings(self) -> list[Finding]:
        """What stands against beginning to count: places without a ledger, ballots that are not accounted for."""
        row, found = self.row, []
        if not row.lines or self.lacking:
            named = "、".join(self.lacking) or "各投票站"
            found.append(Finding("ledger.lacking", f"还没有登记票账：{named}。"))
        if row.settled_on is None:
            found.append(Finding("ledger.open", "还没有登记剩余选票的处理。"))
        else:
            found += law.check_ledger(self.ledger, row.held_on)
        if still := "、".join(str(one.whose) for one in issue.still_open(row)):
            found.append(Finding("ledger.register_open", f"领票登记还没有关闭：{still}。"))
        if self.issued > row.voters:
            message = f"领票{self.issued}人，多于选民总数{row.voters}人，请核对各处票账。"
            found.append(Finding("ledger.above_voters", message))
        found += [*self._by_proxy, *self.left_findings]
        registered = issue.by_place(row)
        return found + [each for one in row.lines for each in line_findings(one, registered)]

    @property
    def _by_proxy(self) -> list[Finding]:
        """What is told of the votes by proxy as a whole: more than those who came can have taken on, more than were agreed to."""
        row = self.row
        given, came = sum(one.by_proxy for one in row.lines), sum(one.in_person for one in row.lines)
        found = list(law_of_proxies.check_total(given, came, row.held_on))
        here = in_force(row.election, row.held_on).filter(principal__district=row.district_id)
        agreed = here.count() if given else 0
        if agreed and given > agreed:
            message = f"受委托领票{given}张，登记同意的委托只有{agreed}份，请核对"
            found.append(Finding("ledger.proxies", message, cite("election_law", "proxy", row.held_on), blocking=False))
        return found

    @property
    def count(self) -> Count | None:
        """Its count; none where it was taken back before anybody read a ballot."""
        found: Count | None = self.row.count
        return found if found is not None and found.withdrawn_at is None else None

    @property
    def balanced(self) -> bool:
        """Whether the count may begin by the ledger."""
        return not any(one.blocking for one in self.ledger_findings)

    @cached_property
    def result(self) -> Result | None:
        """What was counted, once two people closed the count; nothing where what they closed reads otherwise."""
        if self.count is None or self.row.closed != CountTurn.What.CLOSE:
            return None
        try:
            found = result(self.count)
        except Refused:
            return None
        return found if found.outcome.tally is not None else None

    @property
    def holds(self) -> bool:
        """Whether what was declared is what is counted."""
        return self.result is not None and self.result.fingerprint == self.row.fingerprint

    @property
    def void(self) -> law.Void:
        """On which of the two grounds what was counted is void; nothing where it is not."""
        code = next((one.code for one in self.result.outcome.tally.findings if is_void((one,))), "")
        return {"": "", "tally.turnout": "turnout"}.get(code, "exceeded")

    @property
    def by_count(self) -> law.Follow | None:
        """The round the law wants after this one by what was counted here."""
        if self.result is None:
            return None
        found = self.result.outcome.tally
        return law.following(self.row.kind, self.void, found.tied, found.tied_seats, found.unfilled, self.row.held_on)

    @cached_property
    def follow(self) -> law.Follow | None:
        """The round the law wants after this one: by what was counted, and once the county declared others elected than the count has,
        for the seats its declaration leaves open."""
        row = self.row
        if self.result is None or not self.county or not row.declared:
            return self.by_count
        if {one.name for one in row.won} == {*self.result.outcome.tally.elected}:
            return self.by_count
        return law.following(row.kind, "", (), 0, row.seats - len(row.won), row.held_on)

    @property
    def county(self) -> bool:
        """Whether the county's committee declares (选举法九、四十六): the township's counts and sends up what it counted."""
        return self.row.election.term.level == Level.COUNTY  # type: ignore[no-any-return]

    @property
    def differences(self) -> list[str]:
        """In what the county's declaration differs from what was counted here; nothing while it is not entered."""
        if self.result is None or not self.row.declared_on or not self.county:
            return []
        totals, elected = self.result.totals, set(self.result.outcome.tally.elected)
        votes = {one.label: one.yes for one in (*totals.lines, *totals.write_ins)}
        told = {one.name: one.votes for one in (self.row.won if self.row.declared else self.row.told_above)}
        found = [f"县级宣布{name}当选，本地计票没有当选" for name in told if name not in elected]
        found += [f"本地计票{name}当选，县级没有宣布" for name in votes if name in elected and name not in told]
        return found + [
            f"{name}：县级宣布{number}票，本地计票{votes.get(name, 0)}票"
            for name, number in told.items()
            if number != votes.get(name, 0)
        ]

    @property
    def next(self) -> Round | None:
        """The round that was arranged after this one."""
        return next(iter(self.row.after), None)

    @cached_property
    def stage(self) -> RoundStage:
        """Where the round stands."""
        row = self.row
        counting = self.count is not None
        return round_stage(
            Known(
                balanced=not counting and bool(row.lines) and row.settled_on is not None and self.balanced,
                counting=counting,
                counted=row.closed == CountTurn.What.CLOSE,
                asked=row.asked_by_id is not None,
                declared=row.declared,
                follows=row.declared and self.next is None and self.follow is not None and row.vacant_on is None,
            )
        )


def line_findings(row: LedgerLine, registered: Mapping | None = None) -> list[Finding]:
    """What is told of one place: a difference, with its number, within it, from the issue register, and beside the other level's vote
    of that day there (W112); nothing where its reason is written: the paper is what counts. `registered` is what the registers
    of the vote say, where it was read."""
    on = row.round.held_on
    registered = issue.by_place(row.round) if registered is None else registered
    found = list(law.check_line(str(row.whose), row.received, row.issued, row.replaced, row.left_over, on))
    if row.whose.pk in registered:
        found += issue.against_ledger(row, registered[row.whose.pk])
    other = beside(row)
    if other is not None:
        found += law.check_levels(str(row.whose), _level(row), row.issued, _level(other), other.issued, on)
    return [replace(one, field="note") for one in found] if not row.note.strip() else []


def beside(row: LedgerLine) -> LedgerLine | None:
    """The ledger of the same place for the other level's vote of the same day."""
    lines = (row.place or row.mobile).ledger.all()  # prefetched where many are read
    same = (one for one in lines if one.withdrawn_at is None and one.round.withdrawn_at is None)
    mine = row.round
    return next(
        (one for one in same if one.round.election_id != mine.election_id and one.round.held_on == mine.held_on), None
    )


def _level(row: LedgerLine) -> str:
    return str(row.round.election.term.get_level_display())


def _on_lists(count: Count, names: Collection[str]) -> dict[str, str]:
    """How many voters bear each name, in the district of the vote and in others: numbers, and nobody is taken for one of them."""
    row = Round.objects.kept().select_related("election").get(pk=count.subject_id)
    rows = on_roll(row.election).filter(voter__name__in=names)
    here = Number("pk", filter=Q(district=row.district_id))
    found = {one["voter__name"]: one for one in rows.values("voter__name").annotate(here=here, all=Number("pk"))}
    return {name: _bearing(found.get(name)) for name in names}


def _bearing(numbers: dict | None) -> str:
    if numbers is None:
        return "选民册上没有这个姓名：看是不是别字、简称，或者不是选民"
    here, others = numbers["here"], numbers["all"] - numbers["here"]
    told = "，".join(words for words, there in ((f"本选区{here}人", here), (f"其他选区{others}人", others)) if there)
    return f"选民册上{told}叫这个姓名" + ("；同名，不能自动认定" if numbers["all"] > 1 else "")


rolls.register("elections.round", _on_lists)
