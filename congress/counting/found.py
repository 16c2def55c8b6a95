"""Which counts and secret votes the search over all finds."""

from congress.counting.listings import COUNTS, HALLS
from congress.counting.permissions import VIEW
from congress.counting.queries import listed
from congress.counting.queries.halls import halls
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
        rank=62,
    )
)
register(
    Kind(
        "会场表决",
        "counting-halls",
        VIEW,
        lambda standing: halls(),
        lambda standing: HALLS,
        subject="title",
        day="held_on",
        state="scale",
        rank=63,
    )
)
