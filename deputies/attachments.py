"""Photographs and papers that came with an activity a deputy entered."""

from congress.models import Role
from congress.permissions import Standing
from congress.web.attachments import Holder, register
from congress.web.records import url_of
from deputies import permissions as may
from deputies.models import OwnActivity
from deputies.queries import own_activities


def _sees(standing: Standing, row: OwnActivity) -> bool:
    return standing.allows(may.OWN_ACTIVITIES) and own_activities(standing).filter(pk=row.pk).exists()


def _adds(standing: Standing, row: OwnActivity) -> bool:
    """Whose it is, until it is confirmed."""
    own = standing.has(Role.DEPUTY) and row.deputy.account_id == standing.user.pk
    return own and row.state != OwnActivity.State.CONFIRMED and row.withdrawn_at is None


register("deputies.ownactivity", Holder(see=_sees, add=_adds, page=url_of))
