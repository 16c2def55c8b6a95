"""What was refused, counted until it is told: a technical table, so that nobody can flood the trail with refusals."""

from django.db import models


class TurnedAway(models.Model):
    """How often somebody was refused the same thing within one window of time."""

    class Kind(models.TextChoices):
        """What was asked for."""

        LOGIN = "login", "登录失败"
        PASSWORD = "password", "改密失败"
        SECOND = "second", "两步验证失败"
        FORBIDDEN = "forbidden", "无权操作"
        NOT_FOUND = "not_found", "访问不存在或他处的页面"
        PUBLIC = "public", "公开页面访问过于频繁"

    window = models.DateTimeField("时段")
    chain = models.IntegerField("链")
    kind = models.CharField("类别", max_length=10, choices=Kind)
    actor_id = models.IntegerField("操作人", null=True)
    name_index = models.CharField("登录名索引", max_length=32, blank=True)
    address = models.CharField("地址", max_length=45, blank=True)
    route = models.CharField("页面", max_length=60, blank=True)
    times = models.PositiveIntegerField("次数", default=1)
    told = models.BooleanField("已记入操作记录", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "被拒绝的访问"
        constraints = [
            models.UniqueConstraint(
                fields=["window", "chain", "kind", "actor_id", "name_index", "address", "route"],
                nulls_distinct=False,
                name="turned_away_once",
            )
        ]
        indexes = [models.Index(fields=["told", "window"], name="turned_away_open")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.times}"
