"""The committee that examines whether elected deputies are qualified (代表资格审查委员会, 组织法三十七)."""

from django.db import models

from congress.guard.record import Record


class CredentialsMember(Record):
    """A deputy in the credentials committee of a term: passed by its first session, in office until the term is over, so that
    the outgoing congress's committee examines those elected to the next."""

    class Post(models.TextChoices):
        HEAD = "head", "主任委员"
        VICE = "vice", "副主任委员"
        MEMBER = "member", "委员"

    url_name = "assembly-credentials-member"
    session = models.ForeignKey(
        "assembly.Session", on_delete=models.PROTECT, related_name="credentials", verbose_name="通过的会议"
    )
    deputy = models.ForeignKey("deputies.Deputy", on_delete=models.PROTECT, related_name="+", verbose_name="代表")
    post = models.CharField("职务", max_length=8, choices=Post, default=Post.MEMBER)
    left_on = models.DateField("退出日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "代表资格审查委员会成员"
        ordering = ("session", "post", "created_at")

    def __str__(self):
        return f"代表资格审查委员会{self.get_post_display()} {self.deputy.name}"

    @property
    def audit_label(self):
        return self.get_post_display()
