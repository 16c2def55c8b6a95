"""What the public pages show of the lists of voters; all but `renew`'s questions may be asked in the public scope."""

import hashlib

from django.db.models import QuerySet

from congress.guard.record import kept
from congress.models import Publication, Township
from congress.names.parts import tidy
from deputies.models import Level
from elections.models import PublishedPage, Supplement, Voter, VoterList


def published_lists() -> QuerySet:
    """Lists that anybody may read, the newest first."""
    rows = VoterList.objects.kept().filter(published_on__isnull=False, online=True)
    rows = rows.filter(kept("election"), election__campaign__closed_on__isnull=True)
    return rows.select_related("election__term", "election__campaign").order_by(
        "-published_on", "election__term__level"
    )


def title_of(voter_list: VoterList, township: Township) -> str:
    """What a list is called in public: whose deputies are elected."""
    term = voter_list.election.term
    place = township.county.name if term.level == Level.COUNTY else township.name
    return f"{place}{term}人民代表大会代表选举选民名单"


def last_supplement(voter_list: VoterList) -> Supplement | None:
    """The supplement by which the list stands as it is shown; None before the first."""
    found: Supplement | None = Supplement.objects.kept().filter(voter_list=voter_list).order_by("-number").first()
    return found


def papers_of(voter_list: VoterList) -> QuerySet:
    """The issued list and its supplements as far as they stand on the public pages, the newest first."""
    about = [voter_list.pk, *voter_list.supplements.kept().values_list("pk", flat=True)]
    return Publication.objects.kept().filter(document__subject_id__in=about).select_related("document")


def entry_of(name: str, tail_index: bytes) -> str:
    """What an entry is found by: of the name and the keyed index of the last four digits, so that nobody who reads the
    table can try digits without the key."""
    return hashlib.sha256(tidy(name).encode() + b"\0" + bytes(tail_index)).hexdigest()


def stands_on(voter_list: VoterList, name: str, tail: str) -> bool:
    """Whether somebody of this name, whose identity number ends in these four characters, stands on a published list."""
    indexes = Voter._meta.get_field("tail_index").digests(tail)
    entries = [entry_of(name, index) for index in indexes]
    return PublishedPage.objects.kept().filter(voter_list=voter_list, entries__overlap=entries).exists()
