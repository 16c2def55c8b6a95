"""Photographs and papers of an activity, as a deputy entered it and as the office keeps it."""

from congress.models import Role
from congress.permissions import Standing
from congress.web.attachments import Holder, register
from congress.web.records import url_of
from deputies import permissions as may
from deputies.models import Activity, OwnActivity
from deputies.queries import own_activities


def _sees(standing: Standing, row: OwnActivity) -> bool:
    return standing.allows(may.OWN_ACTIVITIES) and own_activities(standing).filter(pk=row.pk).exists()


def _adds(standing: Standing, row: OwnActivity) -> bool:
    """Whose it is, until it is confirmed."""
    own = standing.has(Role.DEPUTY) and row.deputy.account_id == standing.user.pk
    return own and row.state != OwnActivity.State.CONFIRMED and row.withdrawn_at is None


def _sees_of_office(standing: Standing, row: Activity) -> bool:
    """The office and the deputies; a register of those present is nothing for the county."""
    return standing.allows(may.OWN_ACTIVITIES) and row.township_id == standing.township.pk


def _adds_to_office(standing: Standing, row: Activity) -> bool:
    return standing.allows(may.RECORD_ACTIVITY) and row.withdrawn_at is None


register(
    "deputies.activity",
    Holder(see=_sees_of_office, add=_adds_to_office, page=url_of, what="方案、签到表、照片、报告等"),
)
register("deputies.ownactivity", Holder(see=_sees, add=_adds, page=url_of))
