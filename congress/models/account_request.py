"""Requests about accounts: the system administrator asks, another administrator agrees or does not."""

from django.db import models

from congress import clock
from congress.models.people import Role


class AccountRequest(models.Model):
    """A role to be given, or a code to be renewed; nothing comes of it until a second person has agreed.

    That it is two persons, and never the one whom it concerns, is the database's own rule.
    """

    class Kind(models.TextChoices):
        """What is asked for."""

        GRANT = "grant", "授予角色"
        RESET = "reset", "重发一次性口令"
        FACTOR = "factor", "清除两步验证"

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", "待同意"
        DONE = "done", "已同意"
        DECLINED = "declined", "不同意"

    kind = models.CharField("申请事项", max_length=10, choices=Kind)
    user = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="用户")
    role = models.CharField("角色", max_length=10, choices=Role, blank=True)
    township = models.ForeignKey(
        "congress.Township", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="乡镇"
    )
    county = models.ForeignKey(
        "congress.County", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="县级"
    )
    asked_by = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间", default=clock.now, editable=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    settled_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    settled_at = models.DateTimeField("决定时间", null=True, blank=True)
    declined_reason = models.CharField("不同意的原因", max_length=200, blank=True)
    form_key = models.UUIDField("表单编号", null=True, unique=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "账号申请"
        ordering = ("-asked_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "role", "township", "county"],
                condition=models.Q(state="open"),
                nulls_distinct=False,
                name="account_request_once",
            ),
            models.CheckConstraint(
                name="account_request_by_two",
                condition=models.Q(state="open", settled_by__isnull=True, settled_at__isnull=True)
                | ~models.Q(state="open")
                & models.Q(settled_by__isnull=False, settled_at__isnull=False)
                & ~models.Q(settled_by=models.F("asked_by"))
                & ~models.Q(settled_by=models.F("user")),
            ),
        ]

    def __str__(self):
        return f"{self.what}（{self.user.username}）"

    @property
    def what(self) -> str:
        """What is asked for, in words."""
        role = self.get_role_display() if self.role else ""
        return f"{self.get_kind_display()} {role} {self.township or self.county or ''}".strip()

    @property
    def audit_label(self) -> str:
        """By which the trail names it."""
        return str(self)
