"""The base of every record table: a township's row that is never deleted and never written without an action."""

import uuid

from django.apps import apps
from django.db import models
from django.db.models.base import ModelState

from congress import clock
from congress.guard import touched
from congress.guard.action import Conflict

INBOX = "insert"  # the `guard_public` of a table to which anybody may add


def kept(relation: str = "") -> models.Q:
    """The condition that a row is kept, that is: not withdrawn. `relation` names a related row instead (`reception`)."""
    path = f"{relation}__" if relation else ""
    return models.Q(**{f"{path}withdrawn_at__isnull": True})


def once(fields: list[str], name: str, message: str) -> models.UniqueConstraint:
    """Uniqueness among kept rows: what was withdrawn may be entered again. `message` is what a form says when broken."""
    return models.UniqueConstraint(fields=fields, condition=kept(), name=name, violation_error_message=message)


def two_people(first: str, second: str, name: str, message: str, *, begun: bool = True) -> models.CheckConstraint:
    """What one person asks for and a second lets be so: nobody is both. Without `begun` a row may stand that nobody asked anything
    of, and then nobody let it be so either. `message` is what a form says when broken."""
    asked = models.Q() if begun else models.Q(**{f"{first}__isnull": False})
    other = asked & ~models.Q(**{second: models.F(first)})
    nobody = models.Q(**{f"{second}__isnull": True})
    return models.CheckConstraint(name=name, condition=nobody | other, violation_error_message=message)


class Rows(models.QuerySet):
    """The rows of a record table."""

    def kept(self):
        """Only those that were not withdrawn."""
        return self.filter(kept())

    def update(self, **kwargs):
        """As ever; rows from which something is derived are noted."""
        if touched.watched(self.model):
            touched.note(self.model, list(self.values_list("pk", flat=True)))
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs, *args, **kwargs):
        """As ever; rows from which something is derived are noted."""
        made = super().bulk_create(objs, *args, **kwargs)
        touched.note(self.model, [row.pk for row in made])
        return made


class Record(models.Model):
    """A row of one township.

    `guard_action = False` marks technical tables (queues, progress) whose every step would drown the audit trail;
    `guard_history = False` those whose rows never change or are secret; `guard_final = True` those whose rows the database
    itself lets nobody change. `guard_uncounted` names fields whose change from outside disturbs no editor (a place in an
    order): written alone, and not by `save`, they leave the version as it is. `guard_derived = True` marks rows told from
    those they point at: they go with them and keep nobody from withdrawing.

    `guard_public` says what the public scope reaches of a table, nothing unless said: `INBOX` for a table to which anybody
    may add rows and of which nobody reads any there; else the SQL condition (over the table's columns) of the rows that were
    published. A condition that asks another table sees only what that one has published.

    `short_table = True` marks tables of which a township has a few dozen rows: a search asks them first (`web.search`).
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    township = models.ForeignKey("congress.Township", on_delete=models.PROTECT, verbose_name="乡镇", related_name="+")
    created_at = models.DateTimeField("录入时间", default=clock.now, editable=False)
    version = models.PositiveIntegerField("版本", default=0, editable=False)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField("撤回原因", max_length=200, blank=True, editable=False)

    # Name of the address of its page; empty where it is shown on another record's page only.
    url_name = ""
    guard_action = True
    guard_history = True
    guard_final = False
    guard_derived = False
    guard_uncounted: tuple[str, ...] = ()
    guard_public = ""
    short_table = False

    objects = Rows.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        """The row as Django makes it of what was read. Django assigns each column by itself, through whatever guards what somebody
        assigns, and tells all who listen to rows being made; what was read needs no guard, and nobody listens."""
        row = cls.__new__(cls)
        held = row.__dict__
        state = held["_state"] = ModelState()
        state.adding, state.db = False, db
        held.update(zip(field_names, values, strict=True))
        return row

    def save(self, *args, **kwargs):
        """Writes the row; an update counts the version up, and is refused when the row is no longer the one that was read.

        Raises Conflict, with the row as it stands now, when somebody else changed it since, wherever that was.
        """
        touched.note(type(self), [self.pk])
        if self._state.adding:
            return super().save(*args, **kwargs)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
        self.version += 1
        try:
            return super().save(*args, **kwargs)
        except BaseException:
            self.version -= 1  # nothing was written: this is still the row that was read
            raise

    def _do_update(self, base_qs, *args, **kwargs):
        """Django's single place where a row is updated by its primary key."""
        written = super()._do_update(base_qs.filter(version=self.version - 1), *args, **kwargs)
        if not written and not self._state.adding:
            raise Conflict(base_qs.filter(pk=self.pk).first())
        return written

    @property
    def audit_label(self) -> str:
        """Words by which the trail names this row; never a person's name or other personal data."""
        return ""


def record_models() -> list[type[Record]]:
    """Every concrete record model that is installed."""
    return [model for model in apps.get_models() if issubclass(model, Record)]
