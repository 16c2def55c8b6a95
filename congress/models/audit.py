"""The trail: chained events, before-images and states of rows, anchors of the chains' heads. All are only ever added to."""

import hashlib
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from congress import clock

# `history` of an event whose action wrote no row with a history: a file taken along, what is derived told anew.
WROTE_NOTHING = hashlib.sha256(b"").digest()


class AuditEvents(models.QuerySet):
    """Events of the trail."""

    def that_wrote(self) -> "AuditEvents":
        """Those whose actions changed records."""
        return self.exclude(history=WROTE_NOTHING)


class AuditEvent(models.Model):
    """What somebody did. `seq`, `prev` and `hash` are set by the database; chain 0 is the system's, others a township's."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4)
    chain = models.IntegerField("链")
    seq = models.BigIntegerField("序号")
    at = models.DateTimeField("时间")
    actor_id = models.IntegerField("操作人", null=True)
    verb = models.CharField("动作", max_length=60)
    subject_type = models.CharField("对象类型", max_length=60, blank=True)
    subject_id = models.CharField("对象编号", max_length=40, blank=True)
    subject_label = models.CharField("对象", max_length=200, blank=True)
    detail = models.JSONField("详情", default=dict)
    outcome = models.CharField("结果", max_length=10, default="ok")
    history = models.BinaryField("行历史散列", null=True)  # set by the database; none before row history was sealed
    prev = models.BinaryField("前一散列")
    hash = models.BinaryField("散列")

    objects = AuditEvents.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="event_once_in_chain")]
        indexes = [
            models.Index(fields=["chain", "-at"], name="event_by_time"),
            models.Index(fields=["chain", "subject_id"], name="event_by_subject"),
            # Every home page asks for the newest of these, and there may never have been one.
            models.Index(fields=["-at"], condition=models.Q(verb="congress.backup"), name="event_of_backup"),
        ]

    def __str__(self):
        return f"{self.chain}/{self.seq} {self.verb}"


class ChainHead(models.Model):
    """The last link of each chain; written by the trigger alone."""

    chain = models.IntegerField("链", primary_key=True)
    seq = models.BigIntegerField("序号")
    hash = models.BinaryField("散列")

    class Meta:
        verbose_name = verbose_name_plural = "链首"

    def __str__(self):
        return f"{self.chain}/{self.seq}"


class AuditAnchor(models.Model):
    """The head of a chain at some moment, sealed by HMAC-SM3 under a key that is not in the database.

    Anchors are numbered and each is made over its predecessor's seal, so that none can be taken out. Those without a
    number are older than that.
    """

    number = models.BigIntegerField("编号", null=True, unique=True)
    chain = models.IntegerField("链")
    seq = models.BigIntegerField("序号")
    hash = models.BinaryField("散列")
    prev = models.BinaryField("前一锚点", default=b"")
    mac = models.BinaryField("HMAC-SM3")
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "审计锚点"
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="anchor_once")]

    def __str__(self):
        return f"{self.chain}/{self.seq}"


class RowHistory(models.Model):
    """A row as it was before an update, written by a trigger under the action that was open."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4)
    table_name = models.CharField("表", max_length=63)
    row_id = models.CharField("行", max_length=40)
    township_id = models.IntegerField("乡镇", null=True)
    action_id = models.UUIDField("动作", null=True)
    at = models.DateTimeField("时间")
    operation = models.CharField("操作", max_length=10)
    before = models.JSONField("此前内容")
    salt = models.UUIDField("盐", null=True)
    digest = models.BinaryField("散列", null=True)  # none before row history was sealed
    erased_by = models.ForeignKey(
        AuditEvent, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="销毁动作"
    )
    erased_digest = models.BinaryField("销毁后散列", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "行历史"
        indexes = [
            models.Index(fields=["table_name", "row_id", "at"], name="history_of_row"),
            models.Index(fields=["action_id"], name="history_of_action"),
        ]

    def __str__(self):
        return f"{self.table_name} {self.row_id} {self.at}"


class RowState(models.Model):
    """What the rows were that one statement wrote, as digests: by the last one of a row it is known whether it still is so.

    Written by a trigger under the action that was open; three arrays of the same length. A salt goes when the row is
    erased, so that nobody guesses back what it was.
    """

    id = models.BigAutoField("编号", primary_key=True)
    table_name = models.CharField("表", max_length=63)
    township_id = models.IntegerField("乡镇", null=True)
    action_id = models.UUIDField("动作", null=True)
    columns = models.TextField("列")  # name:type of those the digests are made over
    rows = ArrayField(models.TextField(), verbose_name="行")
    salts = ArrayField(models.UUIDField(null=True), verbose_name="盐")
    digests = ArrayField(models.BinaryField(), verbose_name="散列")

    class Meta:
        verbose_name = verbose_name_plural = "行状态"
        indexes = [
            models.Index(fields=["table_name", "township_id"], name="state_of_table"),
            models.Index(fields=["action_id"], name="state_of_action"),
        ]

    def __str__(self):
        return f"{self.table_name} {self.pk}"
