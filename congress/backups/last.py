"""When the last backup was: its event in the system's chain tells."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache

from congress import clock
from congress.guard import scope
from congress.guard.action import action, verb
from congress.models import AuditEvent

BACKED_UP = verb("congress.backup", "备份了数据库")


@dataclass(frozen=True)
class Standing:
    """The moment of the last backup (None: never), after how many days it is overdue, and whether it is."""

    at: datetime | None
    days: int
    overdue: bool


LAST = "backup:last"  # asked on every first page: kept for a minute
KEEP = 60


def standing() -> Standing:
    """How backups stand now. `settings.BACKUP_DAYS` 0 is never overdue."""
    kept = cache.get(LAST)
    if kept is None:
        last = _last()
        kept = last.isoformat() if last else ""
        cache.set(LAST, kept, KEEP)
    at, days = datetime.fromisoformat(kept) if kept else None, settings.BACKUP_DAYS
    overdue = bool(days) and (at is None or at < clock.now() - timedelta(days=days))
    return Standing(at, days, overdue)


def _last() -> datetime | None:
    with scope.audit():
        return (
            AuditEvent.objects.filter(chain=0, verb=BACKED_UP.key).order_by("-at").values_list("at", flat=True).first()
        )


def told(detail: dict) -> None:
    """Leave the event of a backup that was made; the first pages know it at once."""
    with scope.audit(), action(BACKED_UP, actor=None, detail=detail):
        pass
    cache.delete(LAST)
