"""Files that lie sealed between the job that made them and whoever asked for them: what they say is dropped soon."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from congress.guard.record import Record


class SealedFile(Record):
    """A file for the one who asked for it; what it says is encrypted under a key of its own, and dropped when its time is over."""

    owner = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="办理人")
    data_key = models.ForeignKey("congress.DataKey", on_delete=models.PROTECT, verbose_name="数据密钥")
    content = models.BinaryField("内容（加密）", null=True)
    expires_at = models.DateTimeField("保存至")
    fetched_at = models.DateTimeField("最近下载时间", null=True, blank=True)

    guard_history = False  # holds the sealed content, dropped once it has served

    class Meta:
        abstract = True

    @property
    def audit_label(self):
        """What the trail calls it."""
        return str(self)


class SlipBatch(SealedFile):
    """The slips with login names and one-time codes of one job."""

    users = ArrayField(models.IntegerField(), verbose_name="账号", default=list)
    refused = models.JSONField("未办理", default=dict)  # number of the user → why

    class Meta:
        verbose_name = verbose_name_plural = "登录凭条"
        ordering = ("-created_at",)

    def __str__(self):
        return f"{len(self.users)}份登录凭条"


class PrintedPaper(SealedFile):
    """A paper of daily work that a job has made, because it was too large to be made while somebody waits."""

    kind = models.CharField("类别", max_length=60)
    title = models.CharField("名称", max_length=100)
    pages = models.PositiveIntegerField("页数")
    size = models.PositiveIntegerField("字节数")

    class Meta:
        verbose_name = verbose_name_plural = "待取印件"
        ordering = ("-created_at",)

    def __str__(self):
        return self.title
