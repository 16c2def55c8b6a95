"""What of an election is on file: lists, notices, reports, ballots sealed by district; and what was destroyed, when and before whom."""

from django.db import models
from django.db.models import Q

from congress.guard.record import Record, once
from congress.law.archives import PAPERS
from congress.people.fields import Personal

PURPOSE = "监督选举文件的封存、启封和销毁"
KEEP = "长期，随选举文书存档"


class ArchiveItem(Record):
    """A bag, bundle or volume of papers of one level's election, of one district where each has its own.

    Scans of what is in it are its attachments, each with its hash. What was destroyed stays on record.
    """

    KINDS = [(one.key, one.label) for one in PAPERS.values()]

    url_name = "elections-archive"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="archive", verbose_name="选举"
    )
    kind = models.CharField("类别", max_length=20, choices=KINDS)
    district = models.ForeignKey(
        "deputies.District",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="archive",
        verbose_name="选区",
    )
    number = models.CharField("袋（册）号", max_length=20)
    title = models.CharField("题名", max_length=100)
    amount = models.PositiveIntegerField("份（张）数")
    filed_on = models.DateField("归档日期")
    keeper = models.CharField("保管单位", max_length=60)
    note = models.CharField("备注", max_length=200, blank=True)
    sealed_on = models.DateField("封存日期", null=True, blank=True)
    seals = models.CharField("封签号", max_length=40, blank=True)
    sealed_by = models.CharField("监封的人", max_length=60, blank=True)
    opened_on = models.DateField("最近启封日期", null=True, blank=True)
    opened_by = models.CharField("监督启封的人", max_length=60, blank=True)
    opened_why = models.CharField("启封的原因", max_length=200, blank=True)
    destroyed_on = models.DateField("销毁日期", null=True, blank=True)
    destroyed_by = models.CharField("监销的人", max_length=60, blank=True)
    destroyed_paper = models.CharField("批准销毁的文件", max_length=100, blank=True)

    personal_fields = {
        "sealed_by": Personal(PURPOSE, "保管责任", KEEP, "内部"),
        "opened_by": Personal(PURPOSE, "保管责任", KEEP, "内部"),
        "destroyed_by": Personal(PURPOSE, "保管责任", KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "归档文件"
        ordering = ("election", "number")
        constraints = [
            once(["township", "election", "number"], "archive_item_once", "已有这个编号的袋（册）。"),
            models.CheckConstraint(
                name="archive_destroyed_before_witnesses",
                condition=Q(destroyed_on__isnull=True) | ~Q(destroyed_by=""),
                violation_error_message="销毁应有两人监督。",
            ),
        ]

    def __str__(self):
        return f"{self.number}　{self.title}"

    @property
    def audit_label(self):
        return f"{self.number}号归档文件"

    @property
    def paper(self):
        """What the law's data say of its kind."""
        return PAPERS[self.kind]
