"""Which elections, and which voters, the search over all finds."""

from dataclasses import replace

from congress.web.overall import Kind, register
from elections.listings.candidates import NOMINATIONS
from elections.listings.requests import REQUESTS
from elections.listings.roll import VOTERS as EVERYBODY
from elections.models import RegistrationRequest, Voter
from elections.permissions import EDIT, VIEW, VOTERS
from elections.queries import elections
from elections.queries.campaigns import campaigns
from elections.queries.candidates import open_nominations
from elections.views.campaigns import CAMPAIGNS
from elections.views.elections import ELECTIONS

# Found by the person and the number: the districts would be one more table to read for every search.
FORMS = replace(
    NOMINATIONS,
    columns=[one for one in NOMINATIONS.columns if one.key != "district"],
    default="-submitted_on",
    _by_key={},
)

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
        "换届选举",
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
