"""Figures of a township that its county reads, kept so that a page of many townships need not count the records anew."""

from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.lookups import IsNull

from congress.guard.record import Record, Rows
from congress.models import AuditEvent, ChainHead, Township


class Taken(Rows):
    """Kept figures."""

    def with_behind(self) -> "Taken":
        """Each with `behind`: whether an action has written records of the township since they were taken. The first such event
        is looked for in order, because for "is there one" the database reads the whole trail once for each of the rows."""
        since = AuditEvent.objects.that_wrote().filter(chain=OuterRef("township_id"), seq__gt=OuterRef("seq"))
        return self.annotate(behind=IsNull(Subquery(since.order_by("seq").values("seq")[:1]), False))


class KeptFigures(Record):
    """What was counted of a township at a moment: written by the action that tells it, and by nothing else."""

    taken_at = models.DateTimeField("汇总时间")
    seq = models.BigIntegerField("汇总到的操作序号")

    guard_history = False  # can be told again from the facts at any time
    guard_derived = True

    objects = Taken.as_manager()

    class Meta:
        abstract = True


def last_event(township: Township) -> int:
    """The number of the township's last event; asked before the records are read, so that what is written meanwhile counts as
    written since."""
    return ChainHead.objects.filter(chain=township.pk).values_list("seq", flat=True).first() or 0
