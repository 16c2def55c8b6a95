"""Messages to users, and their deliveries outside."""

from django.db import models

from congress import clock
from congress.guard.install import OWN, WRITE_TOWNSHIP
from congress.guard.record import Record


class Message(Record):
    """A line in somebody's in-box, or for a unit's group. `key` makes it exactly one, however often the sweep runs."""

    recipient = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="messages", verbose_name="收件人"
    )
    unit = models.ForeignKey(
        "congress.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办单位"
    )
    key = models.CharField("唯一键", max_length=160)
    kind = models.CharField("类别", max_length=40)
    title = models.CharField("标题", max_length=120)
    body = models.TextField("正文", blank=True)
    url = models.CharField("链接", max_length=200, blank=True)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    guard_action = False  # reminders come by the thousand; each is its own evidence
    guard_own = "recipient_id"
    guard_check = f"{WRITE_TOWNSHIP.format(column='township_id')} OR {OWN.format(column='recipient_id')}"

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering = ("-created_at",)
        constraints = [
            models.UniqueConstraint(fields=["township", "recipient", "key"], name="message_once"),
            models.UniqueConstraint(
                fields=["township", "unit", "key"], condition=models.Q(unit__isnull=False), name="message_of_unit_once"
            ),
            models.CheckConstraint(
                name="message_to_one",
                condition=models.Q(recipient__isnull=False, unit__isnull=True)
                | models.Q(recipient__isnull=True, unit__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["recipient", "read_at"], name="message_unread")]

    def __str__(self):
        return self.title

    @property
    def whose(self) -> str:
        """Whom it is for, in words."""
        return str(self.recipient or self.unit)


class Delivery(Record):
    """One delivery of a message outside the application: claimed, sent, marked; a lost answer shows as 待核实."""

    class Kind(models.TextChoices):
        EMAIL = "email", "邮件"
        WEBHOOK = "webhook", "群机器人"
        SMS = "sms", "短信"

    class State(models.TextChoices):
        QUEUED = "queued", "待发送"
        CLAIMED = "claimed", "发送中"
        SENT = "sent", "已发送"
        UNKNOWN = "unknown", "待核实"
        FAILED = "failed", "未送达"
        NEEDLESS = "needless", "已无须发送"

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="deliveries", verbose_name="消息")
    channel = models.CharField("渠道", max_length=10, choices=Kind, default=Kind.EMAIL)
    to = models.ForeignKey(
        "congress.Channel", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="通知方式"
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    mail_id = models.CharField("邮件标识", max_length=120)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    claimed_at = models.DateTimeField("领取时间", null=True, blank=True)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    error = models.CharField("错误", max_length=200, blank=True)
    due_at = models.DateTimeField("不早于", default=clock.now)

    guard_action = False

    class Meta:
        verbose_name = verbose_name_plural = "外发"
        constraints = [models.UniqueConstraint(fields=["message", "channel"], name="delivery_once")]
        indexes = [models.Index(fields=["state", "due_at"], name="delivery_queue")]

    def __str__(self):
        return f"{self.message} {self.channel}"
