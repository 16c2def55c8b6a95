"""Liaison stations (代表联络站) and the local check-list they are built up by."""

from django.db import models

from congress.guard.record import Record, kept, once


class Station(Record):
    """A place where deputies receive voters; names and sizes differ by place, so the kind is words."""

    url_name = "deputies-station"
    short_table = True
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=10, default="联络站", help_text="联络站、联络点、代表之家等")
    address = models.CharField("地址", max_length=100, blank=True)
    reception_days = models.CharField("接待日", max_length=60, blank=True, help_text="如“每月15日，遇节假日顺延”")
    opened_on = models.DateField("启用日期", null=True, blank=True)
    closed_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "代表联络站"
        ordering = ("name",)
        constraints = [once(["township", "name"], "station_once", "已有同名的联络站。")]

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        return self.name


class StationLiaison(Record):
    """Who keeps the records of a station, from a day until another: sees and logs what is received there, and no more."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="liaisons", verbose_name="联络站")
    account = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="联络员")
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "联络站联络员"
        ordering = ("-since",)
        constraints = [
            models.UniqueConstraint(
                fields=["township", "account"],
                condition=kept() & models.Q(until__isnull=True),
                name="liaison_of_one_station",
                violation_error_message="该联络员已经负责一个联络站。",
            )
        ]

    def __str__(self):
        return f"{self.station} {self.account}"

    @property
    def audit_label(self):
        return self.station.audit_label


class StationCheck(Record):
    """One item of the local check-list (such as 十有) found to be there, with what shows it."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="checks", verbose_name="联络站")
    item = models.ForeignKey("congress.Category", on_delete=models.PROTECT, verbose_name="项目")
    met_on = models.DateField("达到日期")
    evidence = models.CharField("佐证", max_length=200)
    lost_on = models.DateField("不再达到日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "联络站建设项目"
        ordering = ("station", "item__position")
        constraints = [
            models.UniqueConstraint(
                fields=["township", "station", "item"],
                condition=kept() & models.Q(lost_on__isnull=True),
                name="station_item_once",
                violation_error_message="该项目已经登记过。",
            )
        ]

    def __str__(self):
        return f"{self.station} {self.item}"
