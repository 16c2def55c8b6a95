"""Which elections the search over all finds."""

from congress.web.overall import Kind, register
from elections.permissions import VIEW
from elections.queries import elections
from elections.views.elections import ELECTIONS

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
