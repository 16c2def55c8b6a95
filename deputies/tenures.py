"""How long the role of a deputy lasts: to the day the last mandate is over, whether or not the night has ended it."""

from congress import clock
from congress.models import Membership, Role
from congress.permissions import tenure
from congress.prepared import Prepared, given
from deputies.models import Deputy
from deputies.queries import without_seat

# Whatever a deputy asks, this is asked first (congress.prepared).
_SEATLESS = Prepared(
    lambda: without_seat(
        Deputy.objects.filter(account=given("account"), township=given("township")).only("pk"), given("on")
    )
)


def lasts(membership: Membership) -> bool:
    """Whether the role of a deputy holds today."""
    return not _SEATLESS(account=membership.user_id, township=membership.township_id, on=clock.today())


tenure(Role.DEPUTY, lasts)
