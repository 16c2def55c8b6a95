"""Reads of committees and what the law says of them."""

from django.db.models import Case, QuerySet, Value, When

from congress.law import elections as law
from congress.law import polling
from congress.law.campaigns import Leading, by_election_led_by
from congress.law.finding import PRACTICE, Finding
from deputies.models import Level, Mandate
from elections.models import Committee, CommitteeMember, Election

# As papers name them: 主任, 副主任, 委员. The column keeps a code, whose letters are no order.
POST_RANK = Case(*(When(post=post, then=Value(rank)) for rank, post in enumerate(CommitteeMember.Post)))


def committees() -> QuerySet:
    """Committees that stand, with their election."""
    return Committee.objects.kept().select_related("election__term", "election__campaign", "township__county")


def members(committee: Committee) -> QuerySet:
    """Everybody who is or was a member, the chair first."""
    return CommitteeMember.objects.kept().filter(committee=committee).order_by("left_on", POST_RANK, "created_at")


def led_by(election: Election) -> Leading | None:
    """Who leads a by-election by the province's rules; None for a general election, and where the province says nothing."""
    if election.how == Mandate.How.GENERAL:
        return None
    return by_election_led_by(election.term.level == Level.COUNTY, election.election_day, election.township.pack)


def leading_name(election: Election) -> str:
    """The name of who leads an election while none is entered: an election committee, or who leads by-elections there."""
    place, of_county = election.township, election.term.level == Level.COUNTY
    leading, here = led_by(election), place.county.name if of_county else place.name
    if leading is None:
        return f"{here}选举委员会"
    if leading.appointed:
        return f"{here}补选机构"
    return place.county.standing_committee if of_county else place.presidium_name


def committee_findings(committee: Committee, found: list[CommitteeMember]) -> list[Finding]:
    """What the law says of a committee and its members; `found` are all that are or were in it."""
    present = [one for one in found if one.left_on is None]
    day, pack = committee.election.election_day, committee.township.pack
    said: list[Finding] = []
    if committee.kind == Committee.Kind.OWN and present:
        said += polling.check_committee(len(present), day, pack)
        if not any(one.post == CommitteeMember.Post.CHAIR for one in present):
            said.append(Finding("committee.chair", "选举委员会还没有登记主任。", None, False, force=PRACTICE))
    leading = led_by(committee.election)
    if leading and committee.kind != Committee.Kind.BY_LAW:
        said.append(Finding("committee.by_election", f"本地的补选{leading.words}", leading.citation, False))
    for one in found:
        said += member_findings(one)
    return said


def member_findings(member: CommitteeMember) -> list[Finding]:
    """A member who became a candidate leaves the committee (选举法十), by that day."""
    if member.candidate_on is None:
        return []
    left = member.left_on is not None
    return list(law.check_committee_member(True, left, member.candidate_on))
