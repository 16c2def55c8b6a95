"""The rows of which the facts of districts are made: read at every step towards the ballots, so put together once."""

from functools import partial

from django.db.models import Count, OuterRef, QuerySet, Subquery

from congress.guard.record import kept
from congress.prepared import AnyOf, Around, Prepared, given
from elections.models import (
    BallotPrint,
    CandidateEntry,
    CandidateList,
    CandidateNotice,
    Consultation,
    Nomination,
    Nominee,
    PreliminaryVote,
    VoterGroup,
)


def _of(rows: QuerySet, path: str = "district") -> QuerySet:
    return rows.filter(AnyOf(path, given("districts")), election=given("election"))


VOTES = Prepared(lambda: _of(PreliminaryVote.objects.kept()))
PRINTS = Prepared(
    lambda: _of(
        BallotPrint.objects.kept().filter(void_on__isnull=True).select_related("candidate_list"),
        "candidate_list__district",
    )
)
NOMINEES = Prepared(
    lambda: (
        _of(Nominee.objects.kept().select_related("district"))
        .prefetch_related(Around("nominations", Nomination.objects.kept(), to_attr="forms"))
        .order_by("stroke_key", "pk")
    )
)


def _told_lists() -> QuerySet:
    notices = CandidateNotice.objects.kept().filter(candidate_list=OuterRef("pk")).order_by("-number")
    return _of(CandidateList.objects.kept().annotate(told=Subquery(notices.values("fingerprint")[:1])))


LISTS = Prepared(_told_lists)
ENTRIES = Prepared(
    lambda: (
        CandidateEntry.objects.kept()
        .filter(AnyOf("candidate_list", given("lists")))
        .select_related("nominee__district", "added_by")
        .order_by("position")
    )
)


def _groups(place: str) -> QuerySet:
    rows = VoterGroup.objects.kept().filter(AnyOf(place, given("districts")), **{f"{place}__term": given("term")})
    return rows.order_by().values_list(place).annotate(n=Count("pk"))


# How many voters' groups a district of either level has.
GROUPS = {place: Prepared(partial(_groups, place)) for place in ("district", "county_district")}
CONSULTATIONS = Prepared(
    lambda: (
        Consultation.objects.kept()
        .filter(kept("group"), election=given("election"))
        .select_related("group")
        .order_by("round")
    )
)
