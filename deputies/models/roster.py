"""The roster: deputies as persons, and the corrections they ask for."""

from django.db import models

from congress.guard.record import Record, once
from congress.people.erased import ERASED
from congress.people.fields import BlindIndexField, EncryptedTextField, Personal
from deputies.models.stations import Station
from deputies.models.terms import Group

ROSTER = "编制代表花名册、联系代表、代表资格审查"
BASIS = "选举法、代表法规定的代表名单公布与履职管理职责"
KEEP = "任期届满后五年"


# What says who somebody is; the chair approves these, and a change of work place or telephone needs no new approval.
IDENTITY = ("name", "gender", "ethnicity", "birth_date", "id_index")


class Deputy(Record):
    """A person who holds or held a mandate. One row a person in a township, however many mandates."""

    class Gender(models.TextChoices):
        MALE = "male", "男"
        FEMALE = "female", "女"

    class Party(models.TextChoices):
        CPC = "cpc", "中共党员"
        DEMOCRATIC = "democratic", "民主党派"
        NONE = "none", "无党派"
        MASSES = "masses", "群众"

    class Education(models.TextChoices):
        PRIMARY = "primary", "小学及以下"
        JUNIOR = "junior", "初中"
        SENIOR = "senior", "高中（中专）"
        COLLEGE = "college", "大专"
        BACHELOR = "bachelor", "本科"
        MASTER = "master", "研究生"

    class Occupation(models.TextChoices):
        WORKER = "worker", "工人"
        FARMER = "farmer", "农民"
        TECHNICIAN = "technician", "专业技术人员"
        CADRE = "cadre", "党政干部"
        VILLAGE = "village", "村（社区）干部"
        ENTERPRISE = "enterprise", "企业负责人"
        SELF = "self", "个体"
        OTHER = "other", "其他"

    class State(models.TextChoices):
        PENDING = "pending", "待审核"
        APPROVED = "approved", "已审核"

    # 政治面貌 by its full name (GB/T 4762), and the class of the roster it counts in.
    AFFILIATIONS = {
        **dict.fromkeys(("中共党员", "中共预备党员"), "cpc"),
        **dict.fromkeys(
            "民革党员 民盟盟员 民建会员 民进会员 农工党党员 致公党党员 九三学社社员 台盟盟员".split(), "democratic"
        ),
        "无党派人士": "none",
        **dict.fromkeys(("共青团员", "群众"), "masses"),
    }

    url_name = "deputies-detail"
    short_table = True
    name = models.CharField("姓名", max_length=40)
    gender = models.CharField("性别", max_length=6, choices=Gender)
    ethnicity = models.CharField("民族", max_length=20, default="汉族")
    birth_date = models.DateField("出生日期", null=True, blank=True)
    party = models.CharField("政治面貌", max_length=12, choices=Party, default=Party.MASSES)
    affiliation = models.CharField(
        "具体党派", max_length=10, blank=True, choices=[(word, word) for word in AFFILIATIONS], help_text="如民盟盟员"
    )
    education = models.CharField("文化程度", max_length=10, choices=Education, blank=True)
    employer_post = models.CharField("工作单位及职务", max_length=100, blank=True)
    occupation = models.CharField("身份类别", max_length=12, choices=Occupation, default=Occupation.OTHER)
    grassroots = models.BooleanField("基层代表", default=False)
    certificate_no = models.CharField("代表证号", max_length=30, blank=True)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, verbose_name="代表小组")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, null=True, blank=True, verbose_name="所属联络站")
    presidium_member = models.BooleanField("主席团成员", default=False)
    remark = models.CharField("备注", max_length=200, blank=True)
    account = models.ForeignKey("congress.User", on_delete=models.PROTECT, null=True, blank=True, verbose_name="账号")
    data_key = models.ForeignKey("congress.DataKey", on_delete=models.PROTECT, editable=False, verbose_name="数据密钥")
    id_number = EncryptedTextField(
        "身份证号",
        max_length=18,
        null=True,
        blank=True,
        mask="id_number",
        personal=Personal("代表资格审查、防止重复登记", BASIS, KEEP, "敏感个人信息"),
    )
    id_index = BlindIndexField("身份证号索引", label="id_number")
    phone = EncryptedTextField(
        "手机", max_length=20, null=True, blank=True, mask="phone", personal=Personal(ROSTER, BASIS, KEEP, "内部")
    )
    address = EncryptedTextField(
        "住址", max_length=100, null=True, blank=True, mask="address", personal=Personal(ROSTER, BASIS, KEEP, "内部")
    )
    state = models.CharField("审核状态", max_length=10, choices=State, default=State.PENDING, editable=False)
    approved_at = models.DateTimeField("审核时间", null=True, blank=True, editable=False)
    search_text = models.TextField("检索用的拼音", blank=True, editable=False)
    pinyin_key = models.CharField("拼音顺序", max_length=200, blank=True, editable=False)
    stroke_key = models.CharField("笔画顺序", max_length=400, blank=True, editable=False)
    surname_key = models.CharField("姓氏笔画顺序", max_length=400, blank=True, editable=False)

    erasable = True
    erased_with = ("corrections",)
    erased = {
        "name": str(ERASED),
        "birth_date": None,
        "employer_post": "",
        "certificate_no": "",
        "affiliation": "",
        "remark": "",
        "search_text": "",
        "pinyin_key": "",
        "stroke_key": "",
        "surname_key": "",
    }
    personal_fields = {
        "name": Personal(ROSTER, BASIS, KEEP, "公开"),
        "gender": Personal(ROSTER, BASIS, KEEP, "公开"),
        "ethnicity": Personal(ROSTER, BASIS, KEEP, "公开"),
        "birth_date": Personal("代表结构统计", BASIS, KEEP, "内部"),
        "party": Personal("代表结构统计", BASIS, KEEP, "公开"),
        "affiliation": Personal("代表结构统计", BASIS, KEEP, "公开"),
        "remark": Personal(ROSTER, BASIS, KEEP, "内部"),
        "education": Personal("代表结构统计", BASIS, KEEP, "公开"),
        "employer_post": Personal(ROSTER, BASIS, KEEP, "公开"),
        "occupation": Personal("代表结构统计", BASIS, KEEP, "公开"),
        "certificate_no": Personal(ROSTER, BASIS, KEEP, "公开"),
        "search_text": Personal("按拼音查找", BASIS, KEEP, "内部"),
        "pinyin_key": Personal("按拼音排序", BASIS, KEEP, "内部"),
        "stroke_key": Personal("按姓名笔画排序", BASIS, KEEP, "内部"),
        "surname_key": Personal("按姓氏笔画排序", BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "代表"
        ordering = ("stroke_key", "id")
        constraints = [
            once(["township", "id_index"], "deputy_id_once", "花名册中已有同一身份证号的代表。"),
            once(["township", "account"], "deputy_account_once", "该账号已属于另一位代表。"),
        ]
        indexes = [
            models.Index(fields=["township", "stroke_key"], name="deputy_by_strokes"),
            models.Index(fields=["township", "pinyin_key"], name="deputy_by_pinyin"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Writes the entry. The chair approved a person: an entry that comes to name another one waits for approval anew,
        by whatever way it was changed."""
        if not self._state.adding and self.state == self.State.APPROVED and self._names_somebody_else():
            self.state, self.approved_at = self.State.PENDING, None
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "state", "approved_at"}
        super().save(*args, **kwargs)

    def _names_somebody_else(self) -> bool:
        approved = type(self)._base_manager.filter(pk=self.pk, state=self.State.APPROVED).values(*IDENTITY).first()
        return approved is not None and any(approved[name] != getattr(self, name) for name in IDENTITY)


class Correction(Record):
    """A deputy's request to have their own entry corrected; the clerk or chair accepts or declines it with a reason."""

    class State(models.TextChoices):
        ASKED = "asked", "待处理"
        ACCEPTED = "accepted", "已采纳"
        DECLINED = "declined", "未采纳"

    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="corrections", verbose_name="代表")
    field = models.CharField("项目", max_length=30)
    data_key = models.ForeignKey("congress.DataKey", on_delete=models.PROTECT, editable=False, verbose_name="数据密钥")
    value = EncryptedTextField("更正为", max_length=100, personal=Personal(ROSTER, BASIS, KEEP, "内部"))
    reason = models.CharField("说明", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED)
    answer = models.CharField("处理意见", max_length=200, blank=True)
    answered_at = models.DateTimeField("处理时间", null=True, blank=True)

    erased = {"reason": "", "answer": ""}

    class Meta:
        verbose_name = verbose_name_plural = "更正申请"
        ordering = ("state", "-created_at")

    def __str__(self):
        return str(Deputy._meta.get_field(self.field).verbose_name)
