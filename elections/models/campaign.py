"""The election work of a township: one campaign, in which one or two levels elect on the same day."""

from django.db import models

from congress.guard.record import Record, once
from deputies.models import Mandate


class Campaign(Record):
    """The work on one election day (选举工作): a general election of the township's congress and, held together, of the
    districts for the county's, or a by-election of single districts. Each level is an `Election` in it."""

    url_name = "elections-campaign"
    name = models.CharField("名称", max_length=60, help_text="如“2026年换届选举”")
    how = models.CharField("类别", max_length=12, choices=Mandate.How, default=Mandate.How.GENERAL)
    begun_on = models.DateField("工作开始日期")
    election_day = models.DateField("选举日", help_text="还没有确定的先填计划的日子")
    day_decided_on = models.DateField("选举日确定日期", null=True, blank=True)
    day_paper = models.CharField("确定选举日的文件", max_length=100, blank=True)
    # 选举法二十七: who has come of age since then registers anew; the day is that of the last general registration.
    last_day = models.DateField("上届选举日", null=True, blank=True, help_text="新满十八周岁的选民自这一天起算")
    # When anybody may ask for registration from the public pages; nobody while it is empty.
    online_from = models.DateField("网上登记开始日期", null=True, blank=True, editable=False)
    online_until = models.DateField("网上登记结束日期", null=True, blank=True, editable=False)
    online_contact = models.CharField("网上登记咨询电话", max_length=60, blank=True, editable=False)
    closed_on = models.DateField("工作结束日期", null=True, blank=True, editable=False)
    # When the personal data of its roll were destroyed: its numbers stay, and it is opened no more.
    roll_destroyed_on = models.DateField("选民册销毁日期", null=True, blank=True, editable=False)

    guard_public = "withdrawn_at IS NULL AND closed_on IS NULL"

    class Meta:
        verbose_name = verbose_name_plural = "选举工作"
        ordering = ("-begun_on", "-created_at")
        constraints = [once(["township", "name"], "campaign_name_once", "已有同名的选举工作。")]

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        return self.name
