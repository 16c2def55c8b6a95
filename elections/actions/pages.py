"""The pages on which a published list is shown: told anew when it is published and by every supplement."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from congress import publishing
from congress.models import Publication
from congress.people.erased import ERASED
from elections import queries
from elections.models import Campaign, PublishedPage, Voter, VoterGroup, VoterList
from elections.queries.published import entry_of

GENDERS = dict(Voter.Gender.choices)
OVER = "选举工作结束"


def renew(voter_list: VoterList) -> int:
    """Tell the pages of a list as it stands after its last supplement; returns how many were written. Call in an action.

    A list that is not shown on the public pages has none. A page nobody stands on any more is left empty.
    """
    if not voter_list.online:
        return 0
    standing = {(row.district, row.group): row for row in PublishedPage.objects.kept().filter(voter_list=voter_list)}
    written = 0
    for told in _told(voter_list):
        row = standing.pop((told.district, told.group), None)
        if row is None:
            told.save(force_insert=True)
        elif (row.lines, row.entries) == (told.lines, told.entries):
            continue
        else:
            row.lines, row.entries = told.lines, told.entries
            row.save(update_fields=["lines", "entries"])
        written += 1
    clear_pages(standing.values())
    return written + len(standing)


def _told(voter_list: VoterList) -> Iterator[PublishedPage]:
    """The pages as they should be, a district in memory at a time."""
    election = voter_list.election
    districts = dict(election.term.districts.kept().values_list("number", "name"))
    groups = VoterGroup.objects.filter(district__term=election.term_id)
    names = {
        (district, number): name for district, number, name in groups.values_list("district__number", "number", "name")
    }
    lines = queries.lines(election, queries.last_number(voter_list))
    for district, of_district in groupby(lines, key=lambda line: line.district):
        of_groups: dict[int, list] = {}
        for line in of_district:
            of_groups.setdefault(line.group or 0, []).append(line)
        for group, found in sorted(of_groups.items()):
            yield PublishedPage(
                township=voter_list.township,
                voter_list=voter_list,
                district=district,
                district_name=districts.get(district, ""),
                group=group,
                group_name=names.get((district, group), ""),
                lines=[
                    [one.name, GENDERS[one.gender] if voter_list.shows_gender else ""]
                    for one in found
                    if one.name != ERASED
                ],
                entries=[entry_of(one.name, one.tail) for one in found if one.tail],
            )


def take_down_papers(actor, campaign: Campaign) -> int:
    """Take the issued lists of voters and their supplements off the public pages when the work is over, as the lists on them
    leave them too; returns how many. Each leaves an event."""
    lists = VoterList.objects.filter(election__campaign=campaign)
    about = [
        *lists.values_list("pk", flat=True),
        *lists.filter(supplements__isnull=False).values_list("supplements", flat=True),
    ]
    shown = list(Publication.objects.kept().filter(document__subject_id__in=about).select_related("township"))
    for one in shown:
        publishing.take_down(actor, one, OVER, one.version)
    return len(shown)


def clear_pages(pages: Iterable[PublishedPage]) -> int:
    """Take the names off pages on which nobody is to be shown any more; returns how many. Call in an action."""
    named = [page for page in pages if page.lines or page.entries]
    for page in named:
        page.lines, page.entries = [], []
        page.save(update_fields=["lines", "entries"])
    return len(named)
