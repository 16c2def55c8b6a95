"""Which counts the search over all finds."""

from congress.counting.listings import COUNTS
from congress.counting.permissions import VIEW
from congress.counting.queries import listed
from congress.web.overall import Kind, register

register(
    Kind(
        "计票",
        "counting-counts",
        VIEW,
        listed,
        lambda standing: COUNTS,
        subject="title",
        day="held_on",
        state="kind",
        rank=52,
    )
)
