"""What the pages of a campaign share: the campaign above a record, and how its levels are called."""

from urllib.parse import urlencode

from congress.guard.record import Record, kept
from congress.web.records import at, url_of
from deputies.models import District, Mandate
from elections.models import Campaign, Election, Nomination, Vacancy

# A level's election in a campaign, with what its pages show.
LEVELS = Election.objects.filter(campaign__isnull=False).select_related("campaign", "term", "township__county")


def campaign_of(above: Record) -> Campaign:
    """The campaign of a record that belongs to one: itself, its level's, its committee's."""
    return above if isinstance(above, Campaign) else election_of(above).campaign


def election_of(above: Record) -> Election:
    """The election of a record that belongs to one: itself, or that of what it stands under."""
    if isinstance(above, Election):
        return above
    found: Election = above.nominee.election if isinstance(above, Nomination) else above.election
    return found


def level_of(district: District) -> Election:
    """The election of a campaign in which a district elects, the newest where there are several."""
    held = Election.objects.kept().filter(term=district.term_id, campaign__isnull=False)
    return held.select_related("campaign", "term").order_by("-election_day", "-created_at")[0]


def name_of(election: Election) -> str:
    """乡镇 or 县级: how a level is called beside the other."""
    return election.term.get_level_display()


def refilled(place, mandate: Mandate) -> list[tuple]:
    """How the seat of an ended mandate is filled anew (选举法五十七), as facts of a page: the by-elections that have its district,
    else those under way where it can be entered, else where one begins."""
    if mandate.ended_on is None or mandate.district_id is None:
        return []
    later = LEVELS.filter(kept(), kept("campaign"), how=Mandate.How.BY_ELECTION, term=mandate.term_id)
    later = later.filter(election_day__gte=mandate.ended_on).order_by("election_day")
    entered = Vacancy.objects.kept().filter(election__in=later, district=mandate.district_id).select_related("district")
    if found := [("补选", f"{one}，已登记", url_of(one, place)) for one in entered]:
        return found
    given = {"district": mandate.district_id, "seats": 1, "reason": mandate.get_end_reason_display()}
    return [
        ("补选", f"还没有登记到“{one}”", f"{at(place, 'elections-vacancy-new', one.pk)}?{urlencode(given)}")
        for one in later.filter(campaign__closed_on__isnull=True)
    ] or [("补选", "还没有开始这一届的补选工作", at(place, "elections-campaign-new"))]
