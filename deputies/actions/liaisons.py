"""Who keeps the records of a station."""

import uuid

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse, refuse_where
from congress.models import Membership, Role, User
from deputies.models import Station, StationLiaison

NAME = verb("deputies.liaison", "指定了联络站的联络员")
RELEASE = verb("deputies.liaison_end", "解除了联络站的联络员")


def name_liaison(actor, station: Station, account: User, *, key: uuid.UUID | None = None) -> StationLiaison:
    """Entrust a station to somebody from today on; `key` becomes the row's id.

    Raises Refused for whoever is no liaison here, keeps a station already, and for a station that is closed. One event.
    """
    held = Membership.objects.filter(user=account, township=station.township_id, role=Role.LIAISON)
    busy = StationLiaison.objects.kept().filter(account=account, until__isnull=True)
    refuse_where(
        [
            (not held.filter(ended_at__isnull=True).exists(), "只能指定有“联络员”角色的用户。", "account"),
            (busy.exists(), "该联络员已经负责一个联络站，请先解除。", "account"),
            (station.closed_on is not None, "联络站已停用，不能再指定联络员。", "account"),
        ]
    )
    with action(NAME, actor=actor, subject=station, detail={"联络员": account.username}):
        return StationLiaison.objects.create(
            id=key or uuid.uuid4(), township=station.township, station=station, account=account, since=clock.today()
        )


def release_liaison(actor, liaison: StationLiaison) -> None:
    """From today on the station is another's to keep. Raises Refused when it is so already. One event."""
    with action(RELEASE, actor=actor, subject=liaison.station, detail={"联络员": liaison.account.username}):
        row = lock(liaison)
        if row.until is not None:
            refuse("该联络员的职责已经解除。")
        row.until = clock.today()
        row.save()
