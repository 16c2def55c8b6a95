"""Slips with login names and one-time codes, sealed until they are printed and their people have come in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from congress.guard.record import Record


class SlipBatch(Record):
    """The slips of one job, for the clerk who asked for them; what they say is encrypted, and dropped soon."""

    owner = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="办理人")
    users = ArrayField(models.IntegerField(), verbose_name="账号", default=list)
    refused = models.JSONField("未办理", default=dict)  # number of the user → why
    data_key = models.ForeignKey("congress.DataKey", on_delete=models.PROTECT, verbose_name="数据密钥")
    content = models.BinaryField("凭条（加密）", null=True)
    expires_at = models.DateTimeField("保存至")
    fetched_at = models.DateTimeField("最近下载时间", null=True, blank=True)

    guard_history = False  # holds the sealed codes, dropped once they have served

    class Meta:
        verbose_name = verbose_name_plural = "登录凭条"
        ordering = ("-created_at",)

    def __str__(self):
        return f"{len(self.users)}份登录凭条"

    @property
    def audit_label(self):
        return str(self)
