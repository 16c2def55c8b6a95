"""The candidates of each district: who is lawfully named, the two lists, what the groups said, the preliminary vote, the ballots;
read for all districts of a level in a constant number of queries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from congress.crypto.sm3 import sm3
from congress.guard.record import kept
from congress.law import campaigns as law_of_campaigns
from congress.law.candidates import Cut, after_leaving, preliminary_cut
from congress.law.elections import CandidateNumbers, candidate_numbers
from congress.law.finding import Finding
from congress.law.numerals import between
from congress.law.polling import NameOrder, name_order
from congress.names.strokes import stroke_key
from congress.people.erased import ERASED
from congress.together import number_of
from deputies.models import District, Mandate
from elections.models import (
    BallotPrint,
    CandidateEntry,
    CandidateList,
    Consultation,
    Election,
    Nomination,
    Nominee,
    PreliminaryVote,
    VoterGroup,
)
from elections.queries import candidate_rows
from elections.queries.candidates import districts_of
from elections.queries.days import days_of

NAME = 100  # characters of a name of a ballot, with what tells it from another

Kind = CandidateList.Kind


@dataclass(frozen=True)
class Changes:
    """What is otherwise than on a closed list: who left it, who reads otherwise, and who has to be put on it."""

    gone: tuple[CandidateEntry, ...] = ()
    mended: tuple[CandidateEntry, ...] = ()
    lacking: tuple[Nominee, ...] = ()

    def __bool__(self):
        return bool(self.gone or self.mended or self.lacking)

    @property
    def names(self) -> list[str]:
        """Whom it concerns."""
        return [*(one.nominee.name for one in (*self.gone, *self.mended)), *(one.name for one in self.lacking)]


@dataclass
class Facts:
    """What is known of the candidates of one district; `entries` are those who stand on a list now, by kind of list, and
    `off` those whom a notice took off it."""

    election: Election
    district: District
    seats: int
    day: date  # the district's own election day
    nominees: list[Nominee] = field(default_factory=list)
    lists: dict[str, CandidateList] = field(default_factory=dict)
    entries: dict[str, list[CandidateEntry]] = field(default_factory=dict)
    off: dict[str, list[CandidateEntry]] = field(default_factory=dict)
    groups: int = 0
    consultations: list[Consultation] = field(default_factory=list)  # the last round of each group
    preliminary: PreliminaryVote | None = None
    printed: BallotPrint | None = None

    @property
    def by_election(self) -> bool:
        """Whether only seats that fell vacant are filled."""
        return self.election.how != Mandate.How.GENERAL

    @property
    def limit(self) -> CandidateNumbers:
        """How many formal candidates the law wants."""
        return candidate_numbers(self.seats, self.day)

    @property
    def wanted(self) -> str:
        """How many formal candidates there are to be, in words."""
        return f"不少于{self.seats}名" if self.by_election else f"{between(self.limit.minimum, self.limit.maximum)}名"

    @property
    def first(self) -> CandidateList | None:
        """The first list, if it was drawn up."""
        return self.lists.get(Kind.FIRST)

    @property
    def formal(self) -> CandidateList | None:
        """The formal list, if it was drawn up."""
        return self.lists.get(Kind.FORMAL)

    @property
    def lawful(self) -> list[Nominee]:
        """Who is to stand on the first list, nobody exchanged, added or left out (若干规定十): named by a form that holds, and left
        by no way the law knows; whatever anybody advised changes nothing. In the order of names by strokes."""
        accepted = Nomination.State.ACCEPTED
        return [one for one in self.nominees if one.stands and any(form.state == accepted for form in one.forms)]

    @property
    def unchecked(self) -> int:
        """Forms nobody has settled yet."""
        received = Nomination.State.RECEIVED
        return sum(form.state == received for one in self.nominees if one.stands for form in one.forms)

    @property
    def asks_first(self) -> bool:
        """Whether a first list is published here: a by-election in some provinces knows the formal list alone."""
        asked = law_of_campaigns.step_due("publish_candidates", self.day, self.election.township.pack, self.by_election)
        return asked is not None

    @property
    def eligible(self) -> list[Nominee]:
        """From whom the formal candidates are taken, in the order of the first list: those of it who still stand; all who are
        lawfully named where no first list is asked for."""
        if self.first is None and not self.asks_first:
            return self.lawful
        return [one.nominee for one in self.entries.get(Kind.FIRST, ()) if one.nominee.stands]

    @property
    def votes(self) -> dict[UUID, int]:
        """The votes of the preliminary vote, by nominee."""
        found = self.preliminary.results if self.preliminary else {}
        return {UUID(key): number for key, number in found.items()}

    @property
    def opinions(self) -> dict[UUID, int]:
        """The opinions of the groups' last rounds in sum, by nominee."""
        found: dict[UUID, int] = {}
        for one in self.consultations:
            for key, number in one.opinions.items():
                found[UUID(key)] = found.get(UUID(key), 0) + number
        return found

    @property
    def settled(self) -> bool:
        """Whether the formal list is closed."""
        return self.formal is not None and self.formal.locked_at is not None

    def changes(self, kind: str) -> Changes:
        """What is otherwise since the list of this kind was closed, with no notice that tells it."""
        row = self.lists.get(kind)
        if row is None or row.locked_at is None:
            return Changes()
        entries = self.entries[kind]
        return Changes(tuple(left(entries)), tuple(corrected(entries)), tuple(self._lacking(kind)))

    def _lacking(self, kind: str) -> list[Nominee]:
        """Who is lawfully named and stands on the closed first list by no line (若干规定十); on the formal one, whom a notice took
        off for something that was entered by mistake."""
        wanted = self.lawful if kind == Kind.FIRST else [one.nominee for one in self.off[kind] if one.nominee.stands]
        listed = {one.nominee_id for one in self.entries[kind]}
        return [one for one in {one.pk: one for one in wanted}.values() if one.pk not in listed]

    @property
    def passed_over(self) -> list[Nominee]:
        """Who came on the first list by a notice after the formal one was closed: no group could speak of them."""
        if not self.settled:
            return []
        listed = {one.nominee_id for one in self.entries[Kind.FORMAL]}
        late = [one for one in self.entries.get(Kind.FIRST, ()) if one.added_by_id and one.nominee.stands]
        after = [one for one in late if one.added_by.created_at > self.formal.locked_at]
        return [one.nominee for one in after if one.nominee_id not in listed]

    def holds(self, kind: str) -> bool:
        """Whether the list of this kind reads as when it was closed or last changed by notice. Where somebody's particulars were
        erased since, the lines of the others are compared alone."""
        row = self.lists[kind]
        people = [one.nominee for one in self.entries[kind]]
        if any(map(is_erased, people)):
            return bool(row.locked_at) and not corrected(self.entries[kind])
        return bool(row.locked_at) and fingerprint(people) == (row.told or row.fingerprint)

    @property
    def changed(self) -> bool:
        """Whether anybody of a closed list left or reads otherwise since, with no notice that tells it."""
        return any(self.changes(kind) for kind in self.lists)

    @property
    def standing(self) -> list[Nominee]:
        """Those of the formal list who still stand."""
        return [one.nominee for one in self.entries.get(Kind.FORMAL, ()) if one.nominee.stands]

    def leaving(self, remaining: int) -> list[Finding]:
        """The alarm where so few are left on the formal list, with the ways the law leaves."""
        pack = self.election.township.pack
        return list(after_leaving(self.seats, remaining, self.day, self.by_election, pack))

    @property
    def short(self) -> bool:
        """Whether fewer stand on the formal list than the law wants."""
        return bool(self.leaving(len(self.standing)))

    def order(self, kind: str) -> NameOrder:
        """How names stand on a list: by strokes, or after a preliminary vote by votes."""
        after = kind == Kind.FORMAL and bool(self.votes)
        return name_order(after, self.day, self.election.township.pack)

    def ordered(self, nominees: Iterable[Nominee], kind: str, convention: str) -> list[Nominee]:
        """Nominees in the order of a list."""
        return sorted(nominees, key=self._place(kind, convention))

    def _place(self, kind: str, convention: str) -> Callable[[Nominee], tuple]:
        votes = self.votes if self.order(kind).by_votes else {}
        return lambda one: (-votes.get(one.pk, 0), stroke_key(one.name, convention), one.birth_date, str(one.pk))

    def put_in(self, people: Sequence[Nominee], more: Iterable[Nominee], row: CandidateList) -> list[Nominee]:
        """These people in the order they have on a list, with `more` in the places that are theirs: an order that somebody set
        by hand stays."""
        place, found = self._place(row.kind, row.convention), list(people)
        for one in more:
            at = next((at for at, other in enumerate(found) if place(other) > place(one)), len(found))
            found.insert(at, one)
        return found

    def cut(self, size: int, numbers: Mapping[UUID, int] | None = None) -> Cut:
        """Whom the preliminary vote (or these numbers) puts on a list of this length: by the nominees' keys, in the note by name."""
        counted = self.votes if numbers is None else numbers
        names = {str(one.pk): one.name for one in self.eligible}
        found = preliminary_cut(tuple(names), tuple(counted.get(UUID(key), 0) for key in names), size, self.day)
        return replace(found, note=by_name(found.note, names))

    def proposed(self, kind: str) -> list[Nominee]:
        """Who stands on a list that is drawn up: on the first all who are lawfully named; on the formal one all where they fit
        the margin, else the first by the preliminary vote or by the groups' opinions. Who is level at the cut is left for
        people to decide."""
        if kind == Kind.FIRST:
            return self.lawful
        eligible, most = self.eligible, self.limit.maximum
        numbers = self.votes or self.opinions
        if len(eligible) <= most or not numbers:
            return eligible if len(eligible) <= most else []
        fixed = self.cut(most, numbers).fixed
        return [one for one in eligible if str(one.pk) in fixed]


def facts_of(election: Election, only: Iterable[UUID] | None = None) -> dict[UUID, Facts]:
    """What is known of each district of a level that elects, in the order of their numbers; `only` restricts them."""
    electing, days = districts_of(election).select_related("term"), days_of(election)
    electing = electing if only is None else electing.filter(pk__in=list(only))
    found = {one.pk: Facts(election, one, one.to_elect, days.of(one.pk)) for one in electing}
    if not found:  # such as of a level whose districts are not drawn yet
        return found
    _nominees(election, found)
    _lists(election, found)
    _talks(election, found)
    for vote in candidate_rows.VOTES(election=election.pk, districts=list(found)):
        found[vote.district_id].preliminary = vote
    for one in candidate_rows.PRINTS(election=election.pk, districts=list(found)):
        found[one.candidate_list.district_id].printed = one
    return found


def _nominees(election: Election, found: dict[UUID, Facts]) -> None:
    for one in candidate_rows.NOMINEES(election=election.pk, districts=list(found)):
        found[one.district_id].nominees.append(one)


def _lists(election: Election, found: dict[UUID, Facts]) -> None:
    lists = {one.pk: one for one in candidate_rows.LISTS(election=election.pk, districts=list(found))}
    for one in lists.values():
        found[one.district_id].lists[one.kind] = one
        found[one.district_id].entries[one.kind], found[one.district_id].off[one.kind] = [], []
    for entry in candidate_rows.ENTRIES(lists=list(lists)):
        entry.candidate_list = row = lists[entry.candidate_list_id]
        facts = found[row.district_id]
        (facts.entries if entry.left_by_id is None else facts.off)[row.kind].append(entry)


def _talks(election: Election, found: dict[UUID, Facts]) -> None:
    counted = candidate_rows.GROUPS[place_of(election)]
    for district, number in counted(term=election.term_id, districts=list(found)):
        found[district].groups = number
    last: dict[UUID, Consultation] = {}
    for one in candidate_rows.CONSULTATIONS(election=election.pk):
        last[one.group_id] = one
    for one in last.values():
        if (district := getattr(one.group, f"{place_of(election)}_id")) in found:
            found[district].consultations.append(one)


def place_of(election: Election) -> str:
    """The field of a voters' group that names its district at this level."""
    return "district" if election.term.level == "township" else "county_district"


def groups_of(election: Election):
    """The voters' groups of a level's districts."""
    return VoterGroup.objects.kept().filter(**{f"{place_of(election)}__term": election.term_id})


# -- people of one district told apart


def called(nominee: Nominee, people: Iterable[Nominee]) -> str:
    """A name as it is typed: with the year of birth where two of these people bear it."""
    twice = sum(one.name == nominee.name for one in people) > 1
    return f"{nominee.name}（{nominee.birth_date.year}）" if twice else nominee.name


def by_name(message: str, names: Mapping[str, str]) -> str:
    """What the law said of people by their keys, with their names."""
    for key, name in names.items():
        message = message.replace(key, name)
    return message


# -- how a list reads, and whether it still does


def written(nominee: Nominee) -> str:
    """A line as its fingerprint reads it: what is published of a candidate."""
    told = (nominee.name, nominee.gender, nominee.birth_date, nominee.ethnicity, nominee.party, nominee.education)
    beside = (nominee.name_beside,) if nominee.name_beside else ()
    return "\t".join(map(str, (*told, nominee.employer_post, *beside)))


def mark_of(nominee: Nominee) -> str:
    """The SM3 of a line."""
    return sm3(written(nominee).encode()).hex()


def fingerprint(nominees: Sequence[Nominee]) -> str:
    """The SM3 over the lines of a list in their order."""
    return sm3("".join(f"{at}\t{written(one)}\n" for at, one in enumerate(nominees, start=1)).encode()).hex()


def left(entries: Iterable[CandidateEntry]) -> list[CandidateEntry]:
    """Entries of people who left since: no notice has told it yet."""
    return [one for one in entries if not one.nominee.stands]


def corrected(entries: Iterable[CandidateEntry]) -> list[CandidateEntry]:
    """Entries that read otherwise than when the list was locked: no notice has told it yet. Whose particulars were erased when
    their time was over reads otherwise for ever, and nobody is told."""
    standing = [one for one in entries if one.nominee.stands and not is_erased(one.nominee)]
    return [one for one in standing if one.mark and one.mark != mark_of(one.nominee)]


def is_erased(nominee: Nominee) -> bool:
    """Whether a nominee's name is gone."""
    return nominee.name == str(ERASED)


def ballot_print(facts: Facts) -> str:
    """The SM3 over what a ballot shows: the seats, and the names in their order with what tells people of one name apart."""
    lines = "".join("\t".join(one if one[2] else one[:2]) + "\n" for one in ballot_names(facts))
    return sm3(f"{facts.seats}\n{lines}".encode()).hex()


def ballot_names(facts: Facts) -> list[tuple[str, str, str]]:
    """The names of a ballot in their order; two of one name each with post or occupation; the name in another writing."""
    names = [one.name for one in facts.standing]
    return [
        (one.name, one.employer_post if names.count(one.name) > 1 else "", one.name_beside) for one in facts.standing
    ]


def called_on_ballot(people: Sequence[Nominee]) -> list[str]:
    """What a ballot calls each of these people: two of one name each with post or occupation."""
    names = [one.name for one in people]
    return [
        f"{one.name}（{one.employer_post}）"[:NAME] if one.employer_post and names.count(one.name) > 1 else one.name
        for one in people
    ]


def ballots_hold(facts: Facts) -> bool:
    """Whether the ballots that were printed still show the list as it stands."""
    gone = any(is_erased(one.nominee) for one in facts.entries.get(Kind.FORMAL, ()))
    return facts.printed is not None and (gone or facts.printed.fingerprint == ballot_print(facts))


def candidate_lists() -> QuerySet:
    """Lists that stand, with what their pages show and how many stand on each."""
    return with_numbers(CandidateList.objects.kept())


def lacking() -> QuerySet:
    """Who is lawfully named, in the works that are under way, and stands on no line of the district's closed first list."""
    lines = CandidateEntry.objects.kept().filter(nominee=OuterRef("pk"), left_by__isnull=True)
    closed = CandidateList.objects.kept().filter(kind=Kind.FIRST, locked_at__isnull=False)
    accepted = Nomination.objects.kept().filter(nominee=OuterRef("pk"), state=Nomination.State.ACCEPTED)
    rows = Nominee.objects.kept().filter(left_on__isnull=True, election__campaign__closed_on__isnull=True)
    return rows.filter(
        Exists(accepted),
        Exists(closed.filter(election=OuterRef("election"), district=OuterRef("district"))),
        ~Exists(lines.filter(kept("candidate_list"), candidate_list__kind=Kind.FIRST)),
    )


def with_numbers(rows: QuerySet) -> QuerySet:
    """The same of any lists."""
    standing = CandidateEntry.objects.kept().filter(left_by__isnull=True)
    read = rows.select_related("election__campaign", "election__term", "district__term", "township__county")
    return read.annotate(standing=number_of(standing, "candidate_list"))
