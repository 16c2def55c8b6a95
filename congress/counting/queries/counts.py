"""What is known of a count and its units, read in a constant number of queries; nothing here tells a reader of another reading
before both are final."""

from dataclasses import dataclass, fields, replace
from functools import cache, cached_property

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from congress.counting import tally
from congress.counting.models import (
    Count,
    CountEntry,
    CountName,
    CountReader,
    CountSignature,
    CountTurn,
    CountUnit,
    Recount,
    WrittenIn,
)
from congress.counting.permissions import VIEW
from congress.counting.stages import SIGNERS, CountStage, Readings, UnitStage, count_stage, unit_stage
from congress.crypto.sm3 import sm3
from congress.law.ballots import BallotRules, Box, check_boxes, write_in
from congress.law.finding import Finding
from congress.law.sources import cite
from congress.models import Role, User
from congress.permissions import Standing
from congress.prepared import Around

Place = CountReader.Place
OFFICE = VIEW.roles - {str(Role.POLL)}  # who sees every count; of the election staff those who are named
STATES = ("prepared", "open", "close")  # what the list tells: what two people did last


def counts() -> QuerySet:
    """Counts that stand, with all that their pages and steps read."""
    return with_facts(Count.objects.kept())


def named(standing: Standing, count: Count) -> bool:
    """Whether a count is somebody's to see and to read: of the election staff only those named for it."""
    return standing.user is None or bool(standing.roles & OFFICE) or standing.user.pk in count.tellers


def visible(standing: Standing, rows: QuerySet, path: str = "") -> QuerySet:
    """Those rows whose count a standing may see; `path` leads from a row to its count."""
    if standing.user is None or standing.roles & OFFICE:
        return rows
    return rows.filter(**{f"{path}tellers__contains": [standing.user.pk]})


def listed(standing: Standing) -> QuerySet:
    """Counts that stand and may be seen, each with what two people did last, for the list."""
    made = CountTurn.objects.kept().filter(count=OuterRef("pk"), second_by__isnull=False).order_by("-number")
    return visible(standing, Count.objects.kept()).annotate(
        state=Coalesce(Subquery(made.values("what")[:1]), Value("prepared"))
    )


def with_facts(rows: QuerySet) -> QuerySet:
    """The same of any counts."""
    return rows.select_related("township__county").prefetch_related(*_around())


@cache
def _around() -> tuple[Around, ...]:
    return (
        Around("names", CountName.objects.kept().order_by("position"), to_attr="listed"),
        Around("turns", _by_two(CountTurn), to_attr="made"),
        Around("units", _readings(CountUnit.objects.kept()), to_attr="emptied"),
        Around("written_in", _by_two(WrittenIn), to_attr="identified"),
        Around("recounts", _by_two(Recount, "again"), to_attr="checked"),
        Around("signatures", _signatures().filter(unit=None), to_attr="signed"),
    )


def _signatures() -> QuerySet:
    """In the order in which they were made: several sign on one day, and a bundle says the same whenever it is made."""
    return CountSignature.objects.select_related("signed_by").order_by("signed_on", "created_at", "pk")


def _by_two(model, *further: str) -> QuerySet:
    return model.objects.kept().select_related("first_by", "second_by", *further).order_by("number")


def _readings(rows: QuerySet) -> QuerySet:
    entries = CountEntry.objects.select_related("sent_back_by").order_by("number")
    readers = CountReader.objects.select_related("user").order_by("place", "created_at")
    return rows.prefetch_related(
        Around("readers", readers.prefetch_related(Around("entries", entries, to_attr="typed")), to_attr="seated"),
        Around("signatures", _signatures(), to_attr="signed"),
    ).order_by("number")


def units_with_facts(rows: QuerySet) -> QuerySet:
    """Units each with its whole count."""
    return rows.select_related("township__county").prefetch_related(_whole_count())


@cache
def _whole_count() -> Around:
    return Around("count", with_facts(Count.objects.all()))


def entries_with_facts(rows: QuerySet) -> QuerySet:
    """Entries each with their unit and its whole count."""
    return rows.select_related("township__county").prefetch_related(_whole_unit())


@cache
def _whole_unit() -> Around:
    units = units_with_facts(CountUnit.objects.all())
    return Around("reader", CountReader.objects.select_related("user").prefetch_related(Around("unit", units)))


def rules_of(count: Count) -> BallotRules:
    """The rules fixed before the vote, as the law's functions read them."""
    known = {one.name for one in fields(BallotRules)} - {"fixed_on"}
    return BallotRules(**{key: value for key, value in count.rules.items() if key in known})


class CountFacts:
    """A count with its ballot, turns and units; the row comes from `counts()` or `with_facts`."""

    def __init__(self, count: Count):
        self.count = count

    @cached_property
    def paper(self) -> tally.Paper:
        """The ballot as the pure functions read it."""
        names = tuple(tally.Name(str(one.pk), one.label) for one in self.count.listed)
        kind, measure = tally.Kind(self.count.kind), tally.Measure(self.count.measure)
        return tally.Paper(kind, names, self.count.seats, measure, rules_of(self.count), self.count.write_ins)

    @cached_property
    def units(self) -> list["UnitFacts"]:
        """Every unit, those that were mixed into another too."""
        return [UnitFacts(one, self) for one in self.count.emptied]

    @cached_property
    def read(self) -> list["UnitFacts"]:
        """The units whose ballots are read."""
        return [one for one in self.units if one.unit.mixed_into_id is None]

    @property
    def alone(self) -> bool:
        """Whether one unit only is read, with nothing left to mix it with."""
        return len(self.read) == 1

    @property
    def asked(self) -> CountTurn | None:
        """A turn that waits for its second person."""
        return next((one for one in self.count.made if one.second_by_id is None), None)

    @property
    def last(self) -> CountTurn | None:
        """The last turn that two people made."""
        return next((one for one in reversed(self.count.made) if one.second_by_id), None)

    @cached_property
    def stage(self) -> CountStage:
        """Where the count stands."""
        done, asked = self.last.what if self.last else "", self.asked.what if self.asked else ""
        return count_stage(done, asked, [one.stage for one in self.read])

    @property
    def open(self) -> bool:
        """Whether sheets may be entered: two people opened it, and nobody asks to close it."""
        return self.stage in (CountStage.OPEN, CountStage.COUNTED)

    @cached_property
    def typed(self) -> tally.Counted | None:
        """The sums as they were typed, once every unit is settled; sums of some units would tell what single boxes hold."""
        units = [one.told for one in self.read]
        if not units or not all(units):
            return None
        return tally.count(self.paper, [one for one in units if one])

    @property
    def identities(self) -> list[tally.Identity]:
        """Whom two people say that written names mean."""
        rules, on = self.paper.rules, self.count.held_on
        return [
            tally.Identity(one.person, tuple(one.names), not write_in(one.who, on, rules), one.votes)
            for one in self.count.identified
            if one.second_by_id
        ]

    @cached_property
    def meant(self) -> tally.Meant | None:
        """The written names as two people say whom they mean."""
        return tally.meant(self.typed.totals.write_ins, self.identities) if self.typed else None

    @cached_property
    def counted(self) -> tally.Counted | None:
        """The sums with every written name added to whom it means."""
        if self.typed is None or self.meant is None:
            return None
        return replace(self.typed, totals=replace(self.typed.totals, write_ins=self.meant.lines))

    @property
    def unidentified(self) -> list[Finding]:
        """What stands against closing: said and not agreed to, or no longer true; names that could still turn the outcome."""
        found = []
        waiting = [one for one in self.count.identified if not one.second_by_id]
        if waiting:
            found.append(Finding("written_in.asked", f"还有{len(waiting)}项另选人的认定等待另一人确认。"))
        if self.meant is None or not self.paper.direct or self.outcome is None or self.outcome.tally is None:
            return found
        if not self.outcome.tally.valid:
            return found
        ground = cite("election_law", "vote_choices", self.count.held_on)
        for one in self.meant.misfits:
            said = f"对{'、'.join(one.names)}的认定与现在的票数不符，请撤销后重新认定。"
            found.append(Finding("written_in.misfit", said))
        if self.meant.open_votes and self.meant.most >= self._enough:
            names = "、".join(f"{name}{votes}票" for name, votes in self.meant.open_names)
            said = f"另选的人还没有认定是谁（{names}），可能影响当选；先由两人认定是不是同一人、是不是选民"
            found.append(Finding("written_in.open", said, ground))
        return found

    @property
    def _enough(self) -> int:
        """With how many votes somebody may be elected, or come between those who are."""
        return max(self.outcome.tally.needed, 1)

    @cached_property
    def outcome(self) -> tally.Outcome | None:
        """What the law makes of the sums."""
        if self.counted is None:
            return None
        people = tally.Electorate(self.count.registered, self.count.present)
        pack = self.count.township.pack
        return tally.outcome(self.paper, self.counted.totals, people, self.count.held_on, pack)

    @property
    def boxes(self) -> list[Finding]:
        """What the law says of single units: one with too many ballots is looked into, and voids nothing by itself."""
        if self.counted is None or not self.paper.direct:
            return []
        units = tuple(Box(one.unit.name, one.unit.took_part, one.settled.get("collected")) for one in self.read)
        totals = self.counted.totals
        return list(check_boxes(units, totals.took_part, totals.collected, self.count.held_on))

    @property
    def notices(self) -> list[tally.Notice]:
        """What is to be looked at before anything is told."""
        return [*self.counted.notices, *self.outcome.notices] if self.counted and self.outcome else []

    def print_of(self, units: list["UnitFacts"], more: str = "") -> str:
        """The SM3 over the readings of these units, and what was said of them; empty while one of them is not settled."""
        told = [one.told for one in units]
        if not told or not all(told):
            return ""
        head = f"{self.count.title}\t{self.count.held_on}\t{self.count.registered}\t{self.count.present}\n"
        return sm3((head + tally.written(self.paper, [one for one in told if one]) + more).encode()).hex()

    @cached_property
    def fingerprint(self) -> str:
        """The SM3 over the whole count."""
        text = tally.written_identities(self.identities)
        return self.print_of(self.read, text)

    @property
    def holding(self) -> list[CountSignature]:
        """Signatures under the whole that hold."""
        return [one for one in self.count.signed if self.fingerprint and one.fingerprint == self.fingerprint]

    @property
    def signed(self) -> bool:
        """Whether enough people signed the whole as it stands."""
        return len(self.holding) >= SIGNERS


@dataclass(frozen=True)
class Seat:
    """A place at a unit, who holds it, and the reading that counts there."""

    reader: CountReader
    entry: CountEntry | None

    @property
    def final(self) -> bool:
        """Whether its reading is final and stands."""
        return self.entry is not None and self.entry.final and self.entry.sent_back_by_id is None


class UnitFacts:
    """A unit with its readings: whether they agree, what stands, who signed."""

    def __init__(self, unit: CountUnit, whole: CountFacts | None = None):
        self.unit = unit
        self.whole = whole or CountFacts(unit.count)
        if whole is None:
            self.unit = next((one for one in unit.count.emptied if one.pk == unit.pk), unit)

    @cached_property
    def seats(self) -> dict[int, Seat]:
        """The places that are held."""
        kept = [one for one in self.unit.seated if one.withdrawn_at is None]
        return {one.place: Seat(one, one.typed[-1] if one.typed else None) for one in kept}

    @property
    def pair(self) -> tuple[CountEntry, CountEntry] | None:
        """The two readings, once both are final; not before."""
        first, second = self.seats.get(Place.FIRST), self.seats.get(Place.SECOND)
        if not (first and second and first.final and second.final):
            return None
        return first.entry, second.entry

    @cached_property
    def sheets(self) -> tuple[tally.Sheet, tally.Sheet] | None:
        """The same as values."""
        return tuple(tally.Sheet.of(one.sheet) for one in self.pair) if self.pair else None

    @cached_property
    def differing(self) -> list[str]:
        """The cells in which both readings differ; nothing while one of them is not final."""
        return tally.differing(self.whole.paper, *self.sheets) if self.sheets else []

    @cached_property
    def decision(self) -> CountEntry | None:
        """The third person's decision over these very readings."""
        seat = self.seats.get(Place.THIRD)
        if not (self.pair and seat and seat.final):
            return None
        seen = (seat.entry.over_first_id, seat.entry.over_second_id)
        return seat.entry if seen == tuple(one.pk for one in self.pair) else None

    @cached_property
    def settled(self) -> tally.Sheet | None:
        """The reading that stands: what two people read alike, or a third decided."""
        if self.sheets and not self.differing:
            return self.sheets[0]
        return tally.Sheet.of(self.decision.sheet) if self.decision else None

    @cached_property
    def told(self) -> tally.Unit | None:
        """The unit as it is added up."""
        if self.settled is None:
            return None
        return tally.Unit(self.unit.number, self.unit.name, self.unit.issued, self.unit.took_part, self.settled)

    @cached_property
    def fingerprint(self) -> str:
        """The SM3 over the reading that stands."""
        return self.whole.print_of([self])

    @property
    def holding(self) -> list[CountSignature]:
        """Signatures that hold."""
        return [one for one in self.unit.signed if self.fingerprint and one.fingerprint == self.fingerprint]

    @property
    def fallen(self) -> list[CountSignature]:
        """Signatures given for what reads otherwise now."""
        return [one for one in self.unit.signed if one.fingerprint != self.fingerprint]

    @property
    def begun(self) -> bool:
        """Whether anybody ever sat down at it."""
        return bool(self.unit.seated)

    @property
    def small(self) -> bool:
        """Whether it has to be mixed first: by the ledger, before a single ballot is looked at."""
        return tally.is_small(min(self.unit.issued, self.unit.took_part), self.whole.alone)

    @cached_property
    def stage(self) -> UnitStage:
        """Where the unit stands."""
        pair = [seat for place, seat in self.seats.items() if place != Place.THIRD]
        # A correction is under way where the last reading of a place names one that was sent back.
        returned = any(seat.entry and seat.entry.corrects_id and not seat.entry.final for seat in pair)
        return unit_stage(
            Readings(
                mixed=self.unit.mixed_into_id is not None,
                small=self.small,
                begun=len(pair),
                final=sum(seat.final for seat in pair),
                returned=returned,
                agree=self.settled is not None,
                signatures=len(self.holding),
            )
        )

    def held_by(self, user: User) -> CountReader | None:
        """The place somebody held here at any time."""
        return next((one for one in self.unit.seated if one.user_id == user.pk), None)

    def check(self, sheet: tally.Sheet, seconds: float | None = None) -> tuple[tally.Notice, ...]:
        """What is to be said of a reading of this unit."""
        unit = self.unit
        return tally.check(
            self.whole.paper, sheet, unit.issued, unit.took_part, alone=self.whole.alone, seconds=seconds
        )


def words_of(paper: tally.Paper) -> dict[str, str]:
    """Cell → what it is called."""
    named = {cell.key: f"{cell.group}：{cell.label}" if cell.group else cell.label for cell in paper.cells}
    return named | {tally.WRITE_INS: "另选他人"}


def meant_lines(facts: CountFacts) -> list[str]:
    """Of what the sums of people written in are made, and what counts for nobody, as papers tell it."""
    if facts.meant is None:
        return []
    uncounted = {one.label for one in facts.meant.uncounted}
    return [
        f"另选人的认定：{'、'.join(f'{name}{votes}票' for name, votes in own)}是{person}"
        + ("，不计票。" if person in uncounted else "。")
        for person, own in facts.meant.parts
    ]
