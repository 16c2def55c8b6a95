"""What the pages of a campaign share: the campaign above a record, and how its levels are called."""

from congress.guard.record import Record
from deputies.models import District
from elections.models import Campaign, Election, Nomination

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
