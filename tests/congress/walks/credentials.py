"""A review of credentials and those it examines, from the declaration to the seats."""

from collections.abc import Iterator

from django.db.models import Model

from elections.life import REVIEW
from elections.models import CredentialsReview, ReviewedWinner
from tests.congress.walks.rounds import USERS, counted_and_declared
from tests.congress.walks.walking import ON, Walk
from tests.elections import credentials as reviews

OF_REPORT = {"present": 2, "report_paper": "审查报告"}


def _opened(world) -> CredentialsReview:
    """Of a district declared by two, everybody waits."""
    election = counted_and_declared(world)
    reviews.committee(world)
    return reviews.opened(world, election, ON)


def walk(world) -> Iterator[tuple[str, Model]]:
    """Opened, all judged, reported, entered by one, confirmed, made public."""
    row = _opened(world)
    yield "opened", row
    REVIEW.take("clear", world.clerk, row, on=ON)
    for one in reviews.facts(row).open:
        reviews.judge(world.clerk, one, on=ON)
    yield "all judged", row
    REVIEW.take("report", world.clerk, row, on=ON, **OF_REPORT)
    yield "reported", row
    REVIEW.take("decide", world.clerk, row, on=ON, **reviews.DECIDE)
    yield "entered by one", row
    REVIEW.take("confirm", world.chair, row, on=ON)
    yield "confirmed", row
    REVIEW.take("publish", world.clerk, row, on=ON, publication="主席团公告")
    yield "made public", row


def walk_of_one(world) -> Iterator[tuple[str, Model]]:
    """Not judged yet, judged, reported, seated."""
    row = _opened(world)
    (first,) = reviews.facts(row).row.listed[:1]
    yield "not judged yet", first
    for one in reviews.facts(row).open:
        reviews.judge(world.clerk, one, on=ON)
    yield "judged", first
    REVIEW.take("report", world.clerk, row, on=ON, **OF_REPORT)
    yield "reported", first
    REVIEW.take("decide", world.clerk, row, on=ON, **reviews.DECIDE)
    REVIEW.take("confirm", world.chair, row, on=ON)
    REVIEW.take("publish", world.clerk, row, on=ON, publication="主席团公告")
    yield "seated", ReviewedWinner.objects.get(pk=first.pk)


REVIEWS = Walk(
    walk,
    {
        "clear": lambda world: {},
        "report": lambda world: OF_REPORT,
        "decide": lambda world: reviews.DECIDE,
        "confirm": lambda world: {},
        "revoke": lambda world: {"reason": "登错"},
        "publish": lambda world: {"publication": "主席团公告"},
        "discard": lambda world: {"reason": "开错"},
    },
    USERS,
)
REVIEWED_ONES = Walk(
    walk_of_one,
    {
        "judge": lambda world: {"opinion": "invalid", "ground": "procedure", "words": "唱票没有公开"},
        "who": lambda world: {"newcomer": True},
        "leave": lambda world: {"reason": "还没有查清"},
    },
    USERS,
)
