"""Who leads an election: its committee with members, office and working groups, and what the committee decided."""

from django.db import models

from congress.guard.record import Record, once
from congress.people.fields import Personal

BASIS = "选举法第十条、第十一条"
KEEP = "长期，随选举文书存档"
NAMED = "公布选举委员会名单、办理选举工作"


class Committee(Record):
    """The committee that leads one level's election (选举法九、十).

    The township's own committee decides for the township's level alone. For the county's level the township works on behalf
    of the county's committee, or as its branch where the place has such; what that committee decided is entered with its paper.
    A by-election is led by who the province says (选举法五十七): in some the presidium and the county's standing committee.
    """

    class Kind(models.TextChoices):
        OWN = "own", "本级选举委员会"
        ENTRUSTED = "entrusted", "受县级选举委员会委托办理"
        BRANCH = "branch", "县级选举委员会分会"
        BY_LAW = "by_law", "补选的主持机关（机构）"

    url_name = "elections-committee"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="committees", verbose_name="选举"
    )
    kind = models.CharField("类别", max_length=10, choices=Kind, default=Kind.OWN)
    name = models.CharField("全称", max_length=60, help_text="公告落款用的名称")
    appointed_by = models.CharField(
        "任命（委托）机关",
        max_length=60,
        help_text="县级人大常委会，或者委托的选举委员会的全称；法规直接规定由谁主持补选的，填法规和条文",
    )
    appointed_on = models.DateField("任命（委托）日期", help_text="补选没有任命的，填决定补选的日期")
    paper = models.CharField("任命（委托）文件", max_length=100, blank=True)
    office_place = models.CharField("办公地点和公开电话", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "选举委员会"
        ordering = ("election", "appointed_on")
        constraints = [once(["township", "election"], "committee_once", "这一级选举的选举委员会已经登记。")]

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        return self.name


class CommitteeMember(Record):
    """A member of a committee. Who becomes a candidate resigns from it (选举法十); the successor is appointed by the county."""

    class Post(models.TextChoices):
        CHAIR = "chair", "主任"
        VICE = "vice", "副主任"
        MEMBER = "member", "委员"

    url_name = "elections-member"
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="members", verbose_name="选举委员会"
    )
    name = models.CharField("姓名", max_length=40)
    post = models.CharField("选委会职务", max_length=8, choices=Post, default=Post.MEMBER)
    employer_post = models.CharField("单位和职务", max_length=60, blank=True)
    appointed_on = models.DateField("任命日期", help_text="由县级人大常委会任命")
    candidate_on = models.DateField(
        "成为代表候选人的日期", null=True, blank=True, help_text="被推荐为代表候选人并列入名单的填写"
    )
    left_on = models.DateField("辞去（离开）选委会的日期", null=True, blank=True)
    left_paper = models.CharField("辞职（免职）文件", max_length=100, blank=True)
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name="补任的是谁的职务",
    )

    personal_fields = {
        "name": Personal(NAMED, BASIS, KEEP, "公开"),
        "post": Personal(NAMED, BASIS, KEEP, "公开"),
        "employer_post": Personal(NAMED, BASIS, KEEP, "公开"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "选举委员会成员"
        ordering = ("committee", "post", "created_at")

    def __str__(self):
        return f"{self.name}（{self.get_post_display()}）"

    @property
    def audit_label(self):
        return self.get_post_display()


class CommitteeDecision(Record):
    """What a committee decided, with its day and paper; of the county's committee what the township was told."""

    class Subject(models.TextChoices):
        DAY = "day", "确定选举日"
        DISTRICTS = "districts", "划分选区、分配名额"
        ROLL = "roll", "选民登记的时间和办法"
        STANDING = "standing", "选民资格的确认"
        LIST = "list", "公布选民名单"
        APPEAL = "appeal", "对名单申诉的处理"
        CANDIDATES = "candidates", "公布代表候选人"
        FINAL = "final", "确定并公布正式代表候选人"
        POLL = "poll", "投票的时间、地点和方式"
        DISTRICT_DAY = "district_day", "个别选区提前或者推迟选举日"
        PROXIES = "proxies", "授权选区工作组同意委托投票"
        RESULT = "result", "确认选举结果"
        OTHER = "other", "其他"

    url_name = "elections-decision"
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="decisions", verbose_name="选举委员会"
    )
    subject = models.CharField("事项", max_length=12, choices=Subject)
    decided_on = models.DateField("决定日期")
    paper = models.CharField("文件", max_length=100, help_text="决定、公告或者会议纪要的名称和文号")
    content = models.CharField("决定内容", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "选举委员会决定"
        ordering = ("-decided_on", "subject")

    def __str__(self):
        return self.get_subject_display()

    @property
    def audit_label(self):
        return self.get_subject_display()


class WorkTeam(Record):
    """The election office, a working group, or the people of an area (片区: a field of work, no electoral district)."""

    class Kind(models.TextChoices):
        OFFICE = "office", "选举办公室"
        TEAM = "team", "工作组"
        AREA = "area", "片区（选区）工作组"

    url_name = "elections-team"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="teams", verbose_name="选举工作"
    )
    kind = models.CharField("类别", max_length=8, choices=Kind)
    name = models.CharField("名称", max_length=40)
    leader = models.CharField("负责人", max_length=40)
    members = models.CharField("组成人员", max_length=300, blank=True, help_text="姓名，用顿号分开")
    duties = models.CharField("职责（负责的选区、村）", max_length=300, blank=True)

    personal_fields = {
        "name": Personal(NAMED, BASIS, KEEP, "公开"),
        "leader": Personal(NAMED, BASIS, KEEP, "公开"),
        "members": Personal(NAMED, BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "办事机构和工作组"
        ordering = ("kind", "name")
        constraints = [once(["township", "campaign", "name"], "work_team_once", "已有同名的办事机构或者工作组。")]

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        return self.get_kind_display()
