"""How somebody is told outside the application, besides e-mail: a group's robot, or a mobile phone."""

from django.db import models

from congress.guard.record import Record, once
from congress.people.fields import EncryptedTextField, Personal

PURPOSE, BASIS, KEEP = "向本人或者本单位发送办理提醒", "本人或者本单位为接收提醒所提供", "停用即销毁"


class Channel(Record):
    """A way to tell a user or, for a unit whoever acts for it, the unit. The address of a robot is a key to its group: it is
    kept like a person's number."""

    class Kind(models.TextChoices):
        WEBHOOK = "webhook", "群机器人（企业微信、钉钉）"
        SMS = "sms", "短信"

    data_key = models.ForeignKey("congress.DataKey", on_delete=models.PROTECT, editable=False, verbose_name="数据密钥")
    user = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="channels", verbose_name="用户"
    )
    unit = models.ForeignKey(
        "congress.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="channels",
        verbose_name="承办单位",
    )
    kind = models.CharField("方式", max_length=8, choices=Kind)
    address = EncryptedTextField(
        "地址或者手机号", max_length=400, mask="channel", personal=Personal(PURPOSE, BASIS, KEEP, "内部")
    )
    secret = EncryptedTextField(
        "加签密钥",
        max_length=200,
        null=True,
        blank=True,
        mask="text",
        personal=Personal(PURPOSE, BASIS, KEEP, "内部"),
    )

    class Meta:
        verbose_name = verbose_name_plural = "通知方式"
        ordering = ("kind", "created_at")
        constraints = [
            models.CheckConstraint(
                name="channel_of_one",
                condition=models.Q(user__isnull=False, unit__isnull=True)
                | models.Q(user__isnull=True, unit__isnull=False),
            ),
            once(["township", "user", "kind"], "channel_of_user_once", "这种方式已经设置过，请先停用原来的。"),
            once(
                ["township", "unit", "kind"], "channel_of_unit_once", "这个单位的这种方式已经设置过，请先停用原来的。"
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def audit_label(self):
        return self.get_kind_display()
