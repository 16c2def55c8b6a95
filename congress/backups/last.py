"""When the last backup was: its event in the system's chain tells."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from congress import clock
from congress.guard import scope
from congress.guard.action import verb
from congress.models import AuditEvent

BACKED_UP = verb("congress.backup", "备份了数据库")


@dataclass(frozen=True)
class Standing:
    """The moment of the last backup (None: never), after how many days it is overdue, and whether it is."""

    at: datetime | None
    days: int
    overdue: bool


def standing() -> Standing:
    """How backups stand now; one query. `settings.BACKUP_DAYS` 0 is never overdue."""
    with scope.audit():
        event = AuditEvent.objects.filter(chain=0, verb=BACKED_UP.key).order_by("-at").values_list("at").first()
    at, days = event[0] if event else None, settings.BACKUP_DAYS
    overdue = bool(days) and (at is None or at < clock.now() - timedelta(days=days))
    return Standing(at, days, overdue)
