"""Who is named for the deputies, by whom, and what the law says of each (选举法三十至三十五)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from congress.guard.record import kept
from congress.law import elections as law
from congress.law import nominations as law_of_nominations
from congress.law import polling
from congress.law.deputies import two_congresses
from congress.law.finding import Finding
from congress.law.sources import cite
from congress.together import number_of
from deputies.models import District, Level, Mandate
from elections.models import (
    CommitteeMember,
    Election,
    NominatingBody,
    Nomination,
    NominationBody,
    NominationSigner,
    Nominee,
    Vacancy,
    Vetting,
)
from elections.queries.days import Days, day_of, days_of
from elections.queries.lists import frozen_list

State = Nomination.State
# Whoever did not accept was no candidate: who had named that person may name another.
COUNTING = kept("nomination__nominee") & ~Q(nomination__nominee__left_how=Nominee.Left.DECLINED)


def districts_of(election: Election) -> QuerySet:
    """The districts that elect: all of the term, or those whose seats a by-election fills; each with its `to_elect`."""
    rows = District.objects.kept().filter(term=election.term_id).order_by("number")
    if election.how == Mandate.How.GENERAL:
        return rows.annotate(to_elect=Coalesce("seats", Value(0)))
    filled = Vacancy.objects.kept().filter(election=election, district=OuterRef("pk"))
    return rows.filter(Exists(filled)).annotate(to_elect=Subquery(filled.values("seats")[:1]))


def seats_of(election: Election, district: District) -> int:
    """How many deputies a district elects this time; 0 where it does not."""
    found = districts_of(election).filter(pk=district.pk).values_list("to_elect", flat=True).first()
    return found or 0


def nominees(election: Election) -> QuerySet:
    """Everybody named in an election, those taken off too, with the forms of each kind that were accepted."""
    accepted = Nomination.objects.kept().filter(nominee=OuterRef("pk"), state=State.ACCEPTED)
    waiting = Nomination.objects.kept().filter(nominee=OuterRef("pk"), state=State.RECEIVED)
    vettings = Vetting.objects.kept()
    asked = vettings.filter(nominee=OuterRef("pk"))
    rows = Nominee.objects.kept().filter(election=election)
    return rows.select_related("district", "election__term", "township").annotate(
        by_bodies=Exists(accepted.filter(kind=Nomination.Kind.BODIES)),
        by_voters=Exists(accepted.filter(kind=Nomination.Kind.VOTERS)),
        unchecked=Exists(waiting),
        asked=number_of(vettings, "nominee"),
        unanswered=number_of(vettings.filter(opinion=Vetting.Opinion.WAITING), "nominee"),
        legal=Exists(asked.filter(opinion=Vetting.Opinion.LEGAL)),
        advised=Exists(asked.filter(opinion=Vetting.Opinion.ADVICE)),
    )


def nominations(rows: QuerySet) -> QuerySet:
    """Forms with the nominee and the election they belong to."""
    return rows.select_related(
        "nominee__district", "nominee__election__term", "nominee__election__campaign", "township__county"
    )


def open_nominations() -> QuerySet:
    """The forms of the election works that are under way."""
    rows = Nomination.objects.kept().filter(kept("nominee"), nominee__election__campaign__closed_on__isnull=True)
    return nominations(rows)


def signers(nomination: Nomination) -> QuerySet:
    """Who signed a form, in the order of its lines, each with whether the signature `counts` and how many people that voter
    has `named` in all forms of the election together."""
    nominee = nomination.nominee
    rows = NominationSigner.objects.kept().filter(nomination=nomination)
    signed = NominationSigner.objects.kept().filter(COUNTING, kept("nomination"), registration=OuterRef("registration"))
    signed = signed.filter(struck="").exclude(nomination__state=State.REFUSED)
    named = signed.order_by().values("registration").annotate(n=Count("nomination__nominee", distinct=True)).values("n")
    on_list = Q(
        struck="",
        registration__on_roll=True,
        registration__election=nominee.election_id,
        registration__district=nominee.district_id,
    )
    rows = rows.select_related("registration__voter", "registration__district", "registration__group")
    return rows.annotate(
        counts=Case(When(on_list, then=Value(True)), default=Value(False)),
        named=Coalesce(Subquery(named, output_field=IntegerField()), Value(0)),
    ).order_by("line", "created_at")


def named_by(body: NominatingBody, nominee: Nominee) -> int:
    """How many people a body names in the nominee's district, alone and jointly."""
    rows = NominationBody.objects.kept().filter(kept("nomination"), COUNTING, body=body)
    rows = rows.filter(
        nomination__nominee__district=nominee.district_id, nomination__nominee__election=nominee.election_id
    )
    rows = rows.exclude(nomination__state=State.REFUSED)
    found: int = rows.aggregate(n=Count("nomination__nominee", distinct=True))["n"]
    return found


def nomination_findings(nomination: Nomination) -> list[Finding]:
    """What the law says of one form, its nominee apart: when it came, who signed or which bodies stand on it."""
    nominee = nomination.nominee
    election, pack = nominee.election, nomination.township.pack
    day = day_of(election, nominee.district_id)
    voter_list = frozen_list(election)
    published = voter_list.published_on if voter_list else None
    found = list(polling.check_nomination_time(nomination.submitted_on, published, day, pack))
    seats = seats_of(election, nominee.district)
    if nomination.kind == Nomination.Kind.BODIES:
        return found + _of_bodies(nomination, seats, day)
    return found + _of_signers(nomination, seats, day)


def _of_bodies(nomination: Nomination, seats: int, day: date) -> list[Finding]:
    nominee = nomination.nominee
    level: Level = nominee.election.term.level
    bodies = bodies_of(nomination)
    if not bodies:
        words = "推荐表上还没有登记推荐的政党、人民团体"
        return [Finding("nomination.no_body", words, cite("election_law", "nomination", day))]
    found: list[Finding] = []
    for body in bodies:
        found += law.check_party_nomination(body.name, named_by(body, nominee), seats, day)
        found += law_of_nominations.check_body("county" if level == Level.COUNTY else "township", body.rank, day)
    return found


def _of_signers(nomination: Nomination, seats: int, day: date) -> list[Finding]:
    rows = list(signers(nomination))
    if not rows and nomination.paper_signers is not None:
        return _on_paper(nomination.paper_signers, seats, day)
    counting = [one for one in rows if one.counts]
    found = list(law.check_nomination(len(counting), seats, tuple(one.named for one in counting), day))
    if len(counting) < len(rows):
        words = f"表上签名{len(rows)}人，其中{len(rows) - len(counting)}人不在本选区选民名单上或者不计"
        found.append(Finding("nomination.not_counted", words, cite("election_law", "nomination", day), blocking=False))
    return found


def _on_paper(number: int, seats: int, day: date) -> list[Finding]:
    """What is said of signatures that were checked on paper: how many there are, and what nobody here has compared."""
    words = f"{number}个签名在纸面上核对，没有录入；每位选民在各份推荐表上推荐的人数没有逐人核对"
    told = Finding("nomination.on_paper", words, cite("election_law", "nomination_cap", day), blocking=False)
    return [*law.check_nomination(number, seats, (), day), told]


class Beside:
    """What is asked of the records about several people named for one level, each question in one statement for all of them."""

    def __init__(self, people: Sequence[Nominee]):
        self.people = people

    @cached_property
    def days(self) -> Days:
        """When their districts vote."""
        return days_of(self.people[0].election)

    @cached_property
    def grounds(self) -> set[tuple]:
        """(nominee, what the law has against that person by what was answered)."""
        rows = Vetting.objects.kept().filter(nominee__in=[one.pk for one in self.people])
        return set(rows.filter(opinion=Vetting.Opinion.LEGAL).values_list("nominee", "ground"))

    @cached_property
    def members(self) -> list[CommitteeMember]:
        """Those of the level's committees who have one of their names."""
        names = [one.name for one in self.people]
        return list(
            CommitteeMember.objects.kept().filter(committee__election=self.people[0].election_id, name__in=names)
        )

    @cached_property
    def standing(self) -> list[Nominee]:
        """Those who stand at the level with one of their names or numbers, they themselves too."""
        numbers = [one.id_index for one in self.people if one.id_index is not None]
        same = Q(name__in=[one.name for one in self.people]) | Q(id_index__in=numbers)
        rows = Nominee.objects.kept().filter(same, election=self.people[0].election_id, left_on__isnull=True)
        return list(rows.select_related("district"))


def nominee_findings(nominee: Nominee, beside: Beside | None = None) -> list[Finding]:
    """What the law says of a person named: the conditions of the law, the declaration, what the voters are to be told, and the
    seat in the committee that is to be given up. `beside` is what was read of several at once."""
    beside = beside or Beside([nominee])
    day, pack = beside.days.of(nominee.district_id), nominee.township.pack
    ground = Vetting.Ground
    against = {one for one in ground if (nominee.pk, one) in beside.grounds}
    funded = ground.FUNDED in against or nominee.funding == Nominee.Answer.YES
    found = list(
        law_of_nominations.check_nominee(
            nominee.birth_date,
            day,
            not_citizen=ground.NATIONALITY in against,
            deprived=ground.DEPRIVED in against,
            funded=funded and nominee.left_how != Nominee.Left.FUNDED,
        )
    )
    abroad = nominee.residence == Nominee.Answer.YES
    found += law_of_nominations.check_declaration(day, nominee.declared_on is not None, abroad)
    if nominee.mandates == Nominee.Answer.YES:
        # Being named is forbidden to nobody who sits elsewhere, holding both seats is.
        seats = two_congresses(nominee.mandates_related is not False, day)
        found += [replace(one, message=f"{one.message}；当选后应辞去其中一处", blocking=False) for one in seats]
    found += law_of_nominations.check_told(
        day,
        bool(nominee.untrue),
        nominee.left_how == Nominee.Left.DECLINED,
        _told(nominee),
        pack,
    )
    return found + _in_committee(nominee, day, beside) + _elsewhere(nominee, beside)


def _told(nominee: Nominee) -> bool:
    return nominee.untrue_told_on is not None if nominee.untrue else nominee.told_on is not None


def _in_committee(nominee: Nominee, day: date, beside: Beside) -> list[Finding]:
    """A member of the committee who is named leaves it (选举法十); found by name, which may be somebody else's."""
    if not nominee.stands:
        return []
    found = []
    for member in beside.members:
        if member.name == nominee.name:
            found += law.check_committee_member(True, member.left_on is not None, day)
    return [Finding(one.code, f"{one.message}（同名的请核对）", one.citation, blocking=False) for one in found]


def _elsewhere(nominee: Nominee, beside: Beside) -> list[Finding]:
    """Somebody of the same number, or name and day of birth, who stands in another district of the same level."""
    others = [one for one in beside.standing if one.pk != nominee.pk and _alike(one, nominee)]
    if not others:
        return []
    where = "、".join(str(one.district) for one in others)
    return [Finding("nominee.twice", f"同一级选举中，{where}也推荐了同名同日出生的人，请核对。", None, False)]


def _alike(one: Nominee, other: Nominee) -> bool:
    number = one.id_index is not None and one.id_index == other.id_index
    return number or (one.name, one.birth_date) == (other.name, other.birth_date)


def election_findings(election: Election) -> list[Finding]:
    """What is said of all nominees of a level together: the share of those whom bodies named, by the pack."""
    named = nominees(election).filter(by_bodies=True, left_on__isnull=True).count()
    seats = sum(districts_of(election).values_list("to_elect", flat=True))
    return list(polling.check_party_share(named, seats, election.election_day, election.township.pack))


def bodies_of(nomination: Nomination) -> list[NominatingBody]:
    """The parties and people's organisations on a form."""
    rows = NominationBody.objects.kept().filter(nomination=nomination).select_related("body")
    return [one.body for one in rows.order_by("body__kind", "body__name")]


def proposers(forms: QuerySet) -> dict:
    """By nominee, who put that person forward on these forms: bodies by name, voters by their number where it is known."""
    bodies: dict = {}
    for row in NominationBody.objects.kept().filter(nomination__in=forms).select_related("body"):
        bodies.setdefault(row.nomination_id, []).append(row.body.name)
    signed = NominationSigner.objects.kept().filter(nomination__in=forms, struck="")
    signers = Counter(signed.values_list("nomination", flat=True))
    told: dict = {}
    for form in forms.order_by("kind", "submitted_on", "created_at"):
        number = signers.get(form.pk) or form.paper_signers
        joint = f"选民{number}人联名" if number else "选民联名"
        words = "、".join(bodies.get(form.pk, ())) if form.kind == Nomination.Kind.BODIES else joint
        if words and words not in told.setdefault(form.nominee_id, []):
            told[form.nominee_id].append(words)
    return {key: "；".join(words) for key, words in told.items()}
