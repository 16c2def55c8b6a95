"""What of an election has to be on file and is not, and which files of it are kept with which hash."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from congress.assembly.models import Session
from congress.law.archives import PAPERS, hand_over
from congress.law.finding import PRACTICE, Finding
from congress.models import Attachment, Document, SignedCopy
from congress.wording import as_date
from deputies.models import Level
from elections.models import (
    Appeal,
    ArchiveItem,
    CandidateNotice,
    CredentialsReview,
    Election,
    PreliminaryVote,
    Round,
    Supplement,
    VoterList,
)
from elections.stages.archive import ArchiveStage, archive_stage


def items_of(election: Election) -> QuerySet:
    """What is on file of one level."""
    return ArchiveItem.objects.kept().filter(election=election).select_related("district").order_by("number")


def stage_of(row: ArchiveItem) -> ArchiveStage:
    """Where it stands."""
    return archive_stage(sealed=row.sealed_on is not None, destroyed=row.destroyed_on is not None)


def lacking(election: Election) -> list[Finding]:
    """What has to be on file once votes were held and is not: of each kind, of each district that voted; and to whom it goes."""
    voted = dict(
        Round.objects.kept().filter(election=election, count__isnull=False).values_list("district", "district__number")
    )
    found = []
    if voted:
        there = {(one.kind, one.district_id) for one in items_of(election)}
        kinds = {kind for kind, _ in there}
        for paper in PAPERS.values():
            short = [
                number for pk, number in sorted(voted.items(), key=lambda one: one[1]) if (paper.key, pk) not in there
            ]
            if paper.wanted and paper.by_district and short:
                which = "、".join(f"第{number}选区" for number in short)
                found.append(_told("archive.lacking", f"{paper.label}还没有归档：{which}"))
            elif paper.wanted and not paper.by_district and paper.key not in kinds:
                found.append(_told("archive.lacking", f"{paper.label}还没有归档"))
    to = hand_over(election.election_day, election.township.pack)
    if to.value:
        found.append(Finding("archive.hand_over", f"{to.label}：{to.value}", to.citation, False, force=to.force))
    return found


def _told(code: str, message: str) -> Finding:
    return Finding(code, message, None, blocking=False, force=PRACTICE)


def session_closed(election: Election) -> date | None:
    """The last day of the first session of the congress that was elected; of the county's nothing is known here."""
    if election.term.level != Level.TOWNSHIP:
        return None
    first = Session.objects.kept().filter(term=election.term_id).order_by("opened_on").first()
    return first.closed_on if first else None


@dataclass(frozen=True)
class Kept:
    """A stored file: of what it is, its day, its SHA-256."""

    what: str
    on: date
    sha256: str


def files_of(election: Election) -> list[Kept]:
    """Every stored file of one level's election: documents issued about it, their signed scans, scans of what is on file."""
    about = papers_about(election)
    documents = Document.objects.filter(kind__startswith="elections.", subject_id__in=about).select_related("file")
    issued = list(documents.defer("context", "file__content").order_by("issued_on", "year", "serial", "pk"))
    copies = (
        SignedCopy.objects.kept().filter(document__in=[one.pk for one in issued]).select_related("file", "document")
    )
    scans = Attachment.objects.kept().filter(subject_type=ArchiveItem._meta.label_lower)
    scans = scans.filter(subject_id__in=[one.pk for one in items_of(election)]).select_related("file")
    names = {one.pk: str(one) for one in items_of(election)}
    found = [Kept(str(one), one.issued_on, one.file.sha256) for one in issued]
    found += [
        Kept(f"{one.document}的签章扫描件", as_date(one.created_at), one.file.sha256)
        for one in copies.defer("file__content", "document__context").order_by("created_at", "pk")
    ]
    found += [
        Kept(f"{names[one.subject_id]}：{one.caption or '扫描件'}", as_date(one.created_at), one.file.sha256)
        for one in scans.defer("file__content").order_by("created_at", "pk")
    ]
    return found


def papers_about(election: Election) -> list[UUID]:
    """The records of an election about which papers are issued: itself, and what hangs on it."""
    rows: Iterable[QuerySet] = (
        VoterList.objects.filter(election=election),
        Supplement.objects.filter(voter_list__election=election),
        Appeal.objects.filter(voter_list__election=election),
        PreliminaryVote.objects.filter(election=election),
        CandidateNotice.objects.filter(candidate_list__election=election),
        CredentialsReview.objects.filter(election=election),
    )
    return [election.pk, *(pk for found in rows for pk in found.values_list("pk", flat=True))]
