"""A count: the ballot that is counted, opened and closed by two people, and the units in which its ballots are read."""

from django.db import models
from django.db.models import F, Q

from congress.guard.record import Record, kept, once, two_people
from congress.people.personal import Personal


class Count(Record):
    """One thing counted from paper: a district's vote of one round, one ballot paper of the hall.

    Everything the counting needs is written here from outside before it begins, and nothing of it changes afterwards. Whether
    it is open follows from its turns. It holds a day and no minute.
    """

    class Kind(models.TextChoices):
        ELECTION = "election", "选举"
        PERSONS = "persons", "对人表决"
        PROPOSAL = "proposal", "对事项表决"

    class Measure(models.TextChoices):
        DIRECT = "direct", "选民直接选举"
        TIE = "tie", "再次投票"
        ANOTHER = "another", "另行选举"
        OFFICER = "officer", "代表大会选举"
        NONE = "none", "只计票数"

    url_name = "counting-count"
    title = models.CharField("计票事项", max_length=100)
    kind = models.CharField("表决种类", max_length=10, choices=Kind)
    measure = models.CharField("当选条件", max_length=10, choices=Measure, default=Measure.NONE)
    held_on = models.DateField("投票日期")
    seats = models.PositiveSmallIntegerField("应选名额", default=0)
    registered = models.PositiveIntegerField("选民总数（全体代表）", default=0)
    present = models.PositiveIntegerField("出席人数", default=0)
    write_ins = models.BooleanField("可以另选他人", default=False)
    rules = models.JSONField("选票认定办法", default=dict, editable=False)
    tellers = models.JSONField("列为计票人员的账号", default=list, editable=False)
    subject_type = models.CharField("所属记录的种类", max_length=60, blank=True, editable=False)
    subject_id = models.UUIDField("所属记录", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "计票"
        ordering = ("-held_on", "title")
        constraints = [
            models.CheckConstraint(
                name="count_election_has_seats",
                condition=Q(kind="election", seats__gte=1) | ~Q(kind="election") & Q(seats=0),
                violation_error_message="选举应当写明应选名额，表决没有应选名额。",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def audit_label(self):
        return self.title


class CountTurn(Record):
    """That a count was opened, closed or opened again: a first person asks for it, a second one lets it be so."""

    class What(models.TextChoices):
        OPEN = "open", "开启"
        CLOSE = "close", "结束"

    count = models.ForeignKey(Count, on_delete=models.PROTECT, related_name="turns", verbose_name="计票")
    what = models.CharField("事项", max_length=6, choices=What)
    number = models.PositiveSmallIntegerField("次序")
    reason = models.CharField("说明", max_length=200, blank=True)
    fingerprint = models.CharField("计票指纹", max_length=64, blank=True, editable=False)
    first_by = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="提出人")
    second_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "计票的开启和结束"
        ordering = ("count", "number")
        constraints = [
            once(["township", "count", "number"], "count_turn_once", "刚刚有人办理过，请刷新后查看。"),
            two_people("first_by", "second_by", "count_turn_two_people", "开启和结束计票由两个不同的人办理。"),
        ]

    def __str__(self):
        return f"第{self.number}次{self.get_what_display()}"

    @property
    def audit_label(self):
        return str(self)


class CountName(Record):
    """A name of the ballot in its place; `subject_id` is what it stands for outside, and tells nothing here."""

    count = models.ForeignKey(Count, on_delete=models.PROTECT, related_name="names", verbose_name="计票")
    position = models.PositiveSmallIntegerField("位次")
    label = models.CharField("票上的姓名或者事项", max_length=100)
    subject_id = models.UUIDField("所指记录", null=True, blank=True, editable=False)

    personal_fields = {
        "label": Personal("按选票计票", "选举法第四十三条、第四十六条", "长期，随选举文书存档", "公开"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "票上所列"
        ordering = ("count", "position")
        constraints = [
            once(["township", "count", "position"], "count_name_position_once", "票上的这一位已有姓名。"),
            once(["township", "count", "label"], "count_name_once", "票上有两个相同的姓名，请加以区分。"),
        ]

    def __str__(self):
        return f"第{self.position}位"

    @property
    def audit_label(self):
        return str(self)


class WrittenIn(Record):
    """Whom names that voters wrote in mean (选举法四十一): said by a first person with a reason, so once a second agrees, taken
    back at any time before the count is closed. What was typed stays typed; one name that two people bear takes two rows."""

    class Who(models.TextChoices):
        DISTRICT = "district", "本选区的选民"
        ELSEWHERE = "elsewhere", "其他选区的选民"
        OUTSIDE = "outside", "不是选民（选举日未满十八周岁的也是）"
        UNKNOWN = "unknown", "认不出是谁"

    count = models.ForeignKey(Count, on_delete=models.PROTECT, related_name="written_in", verbose_name="计票")
    number = models.PositiveSmallIntegerField("次序")
    names = models.JSONField("票上写的姓名", default=list)
    votes = models.PositiveIntegerField("其中的票数", null=True, blank=True)
    person = models.CharField("所指的人", max_length=60)
    who = models.CharField("是不是选民", max_length=10, choices=Who)
    reason = models.CharField("认定的根据", max_length=300)
    first_by = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="提出人")
    second_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )

    personal_fields = {
        "names": Personal("认定另选的人", "选举法第四十一条、第四十三条", "长期，随选举文书存档", "内部"),
        "person": Personal("认定另选的人", "选举法第四十一条、第四十三条", "长期，随选举文书存档", "公开"),
        "reason": Personal("认定另选的人", "选举法第四十一条、第四十三条", "长期，随选举文书存档", "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "另选人的认定"
        ordering = ("count", "number")
        constraints = [
            models.UniqueConstraint(
                fields=["township", "count", "number"],
                name="written_in_once",
                violation_error_message="刚刚有人办理过，请刷新后查看。",
            ),
            two_people("first_by", "second_by", "written_in_two_people", "另选人由两个不同的人认定。"),
        ]

    def __str__(self):
        return f"第{self.number}项认定"

    @property
    def audit_label(self):
        return str(self)


class CountUnit(Record):
    """What is emptied on one table and read as one: a box, several boxes mixed, a ballot of the hall.

    Issued ballots and those who took part come from the ledger of the day; what came back is counted. A unit that was
    mixed into another stays with its own ledger and is not read.
    """

    class Kind(models.TextChoices):
        BOX = "box", "票箱"
        MOBILE = "mobile", "流动票箱"
        MEETING = "meeting", "选举大会"
        HALL = "hall", "会场"
        MIXED = "mixed", "混合"

    url_name = "counting-unit"
    count = models.ForeignKey(Count, on_delete=models.PROTECT, related_name="units", verbose_name="计票")
    number = models.PositiveSmallIntegerField("序号")
    name = models.CharField("计票单元", max_length=60)
    kind = models.CharField("种类", max_length=8, choices=Kind, default=Kind.BOX)
    issued = models.PositiveIntegerField("发出的票")
    took_part = models.PositiveIntegerField("参加投票")
    mixed_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="parts",
        verbose_name="并入的单元",
    )
    source_id = models.UUIDField("来源记录", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "计票单元"
        ordering = ("count", "number")
        constraints = [
            once(["township", "count", "number"], "count_unit_once", "这个序号的单元已经有了。"),
            once(["township", "count", "name"], "count_unit_name_once", "这个名称的单元已经有了。"),
            models.UniqueConstraint(
                fields=["township", "count", "source_id"],
                condition=kept() & Q(source_id__isnull=False),
                name="count_unit_source_once",
            ),
            models.CheckConstraint(
                name="count_unit_not_into_itself", condition=~Q(mixed_into=F("id")) | Q(mixed_into__isnull=True)
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        return self.name
