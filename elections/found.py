"""Which elections, and which voters, the search over all finds."""

from dataclasses import replace

from congress.web.overall import Kind, register
from congress.web.table import Listing
from elections.listings.boxes import BOXES
from elections.listings.candidates import NOMINATIONS
from elections.listings.mobile import BOXES as MOBILE_BOXES
from elections.listings.places import PLACES
from elections.listings.proxies import PROXIES
from elections.listings.requests import REQUESTS
from elections.listings.roll import VOTERS as EVERYBODY
from elections.listings.staff import STAFF
from elections.models import BallotBox, MobileBox, PollingPlace, PollStaff, ProxyVote, RegistrationRequest, Voter
from elections.permissions import EDIT, POLLING, VIEW, VOTERS
from elections.queries import elections
from elections.queries.campaigns import campaigns
from elections.queries.candidates import open_nominations
from elections.queries.workers import of_own_campaign
from elections.views.campaigns import CAMPAIGNS
from elections.views.elections import ELECTIONS


def _without(listing: Listing, *keys: str, **more) -> Listing:
    """A list without columns that would be one more short table to read for every search."""
    columns = [one for one in listing.columns if one.key not in keys]
    return replace(listing, columns=columns, _by_key={}, **more)


FORMS = _without(NOMINATIONS, "district", default="-submitted_on")
OF_PLACES = _without(BOXES, "whose", "mobile")  # found by the place, the seals and who carried them
CARRIED = _without(MOBILE_BOXES, "number", "district", search=("number", "district__name"))
IN_REGISTER = _without(PROXIES, "district", "group", search=(*PROXIES.search, "principal__district__name"))

register(
    Kind(
        "选举工作",
        "elections-campaigns",
        VIEW,
        lambda standing: campaigns(),
        lambda standing: CAMPAIGNS,
        subject="how",
        day="election_day",
        rank=51,
    )
)

register(
    Kind(
        "历次选举",
        "elections-list",
        VIEW,
        lambda standing: elections(),
        lambda standing: ELECTIONS,
        subject="how",
        day="election_day",
        rank=52,
    )
)

register(
    Kind(
        "推荐表",
        "elections-nominations",
        VIEW,
        lambda standing: open_nominations(),
        lambda standing: FORMS,
        subject="nominee__name",
        number="number",
        day="submitted_on",
        state="state",
        rank=55,
    )
)

register(
    Kind(
        "网上登记申请",
        "elections-requests",
        EDIT,
        lambda standing: RegistrationRequest.objects.kept(),
        lambda standing: REQUESTS,
        subject="name",
        number="receipt",
        state="state",
        rank=54,
    )
)

register(
    Kind(
        "选民",
        "elections-voter-list",
        VOTERS,
        lambda standing: Voter.objects.kept(),
        lambda standing: EVERYBODY,
        subject="name",
        number="village",
        order=("stroke_key",),
        rank=53,
    )
)

register(
    Kind(
        "投票站、选举大会",
        "elections-place-list",
        POLLING,
        lambda standing: of_own_campaign(standing, PollingPlace.objects.kept()),
        lambda standing: PLACES,
        subject="name",
        day="campaign__election_day",
        state="kind",
        under="campaign_id",
        rank=56,
    )
)

register(
    Kind(
        "选举工作人员",
        "elections-staff-list",
        VIEW,
        lambda standing: PollStaff.objects.kept(),
        lambda standing: STAFF,
        subject="name",
        day="campaign__election_day",
        state="role",
        under="campaign_id",
        rank=57,
    )
)

register(
    Kind(
        "流动票箱",
        "elections-mobile-box-list",
        VIEW,
        lambda standing: MobileBox.objects.kept(),
        lambda standing: CARRIED,
        subject="route",
        number="number",
        day="campaign__election_day",
        state="district__name",
        under="campaign_id",
        rank=58,
    )
)

register(
    Kind(
        "票箱",
        "elections-ballot-box-list",
        POLLING,
        lambda standing: of_own_campaign(standing, BallotBox.objects.kept()),
        lambda standing: OF_PLACES,
        number="number",
        day="campaign__election_day",
        state="place__name",
        under="campaign_id",
        rank=59,
    )
)

register(
    Kind(
        "委托投票",
        "elections-proxies",
        VOTERS,
        lambda standing: ProxyVote.objects.kept(),
        lambda standing: IN_REGISTER,
        subject="principal__voter__name",
        number="number",
        day="came_on",
        state="state",
        rank=61,
    )
)
