"""Who is named for the deputies of a district, by whom, and what became of each (选举法三十至三十五)."""

from django.db import models
from django.db.models import Q

from congress.guard.record import Record, kept, once
from congress.people.erased import ERASED
from congress.people.fields import BlindIndexField, EncryptedTextField, Personal
from deputies.models import Deputy
from elections.models.voters import SORTING, YEAR_OF_BIRTH, Voter

BASIS = "选举法第三十条、第三十二条、第三十五条"
KEEP = "当选的随代表档案保存；其他的选举工作结束后五年"
KNOWN = "向选民介绍代表候选人的基本情况"
CHECK = "核对被推荐人的资格、防止重复登记"
NAMING = "核对联名推荐的选民"


class Nominee(Record):
    """Somebody named for the deputies of one district at one election. Every nominee who is lawfully named stands on the first
    list; off it leads a declaration of one's own, foreign funding, or death, each on record, and nothing else (若干规定十)."""

    class Consent(models.TextChoices):
        """Whether the person accepts the nomination."""

        WAITING = "waiting", "还没有答复"
        AGREED = "agreed", "接受推荐"
        DECLINED = "declined", "不接受推荐"

    class Answer(models.TextChoices):
        """An answer to a question of the declaration."""

        NO = "no", "没有"
        YES = "yes", "有"

    class Left(models.TextChoices):
        """What took somebody off: the law knows no other way."""

        DECLINED = "declined", "本人不接受推荐"
        WITHDREW = "withdrew", "本人书面退出"
        FUNDED = "funded", "接受境外资助，不列入名单或者从名单中除名"
        DIED = "died", "死亡"

    url_name = "elections-nominee"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="nominees", verbose_name="选举"
    )
    district = models.ForeignKey(
        "deputies.District", on_delete=models.PROTECT, related_name="nominees", verbose_name="选区"
    )
    name = models.CharField("姓名", max_length=40)
    name_beside = models.CharField(
        "姓名（当地文字）", max_length=80, blank=True, help_text="当地通用的民族文字，印在名单和选票的汉字姓名下面"
    )
    gender = models.CharField("性别", max_length=6, choices=Voter.Gender)
    birth_date = models.DateField("出生日期")
    ethnicity = models.CharField("民族", max_length=20, default="汉族")
    native_place = models.CharField("籍贯", max_length=40, blank=True)
    party = models.CharField("政治面貌", max_length=12, choices=Deputy.Party, default=Deputy.Party.MASSES)
    education = models.CharField("文化程度", max_length=10, choices=Deputy.Education, blank=True)
    occupation = models.CharField("身份类别", max_length=12, choices=Deputy.Occupation, default=Deputy.Occupation.OTHER)
    grassroots = models.BooleanField("基层人员", default=False)
    employer_post = models.CharField("单位和职务（职业）", max_length=80, help_text="如“东山村村民”“镇中心小学教师”")
    resume = models.TextField(
        "简历和主要表现", max_length=2000, blank=True, help_text="由本人如实提供（选举法第三十条）"
    )
    data_key = models.ForeignKey("congress.DataKey", on_delete=models.PROTECT, editable=False, verbose_name="数据密钥")
    id_number = EncryptedTextField(
        "身份证号",
        max_length=18,
        null=True,
        blank=True,
        mask="id_number",
        personal=Personal(CHECK, BASIS, KEEP, "敏感个人信息"),
    )
    id_index = BlindIndexField("身份证号索引", label="id_number")
    phone = EncryptedTextField(
        "手机", max_length=20, null=True, blank=True, mask="phone", personal=Personal("联系本人", BASIS, KEEP, "内部")
    )
    consent = models.CharField("本人意见", max_length=8, choices=Consent, default=Consent.WAITING, editable=False)
    consent_on = models.DateField("本人答复日期", null=True, blank=True, editable=False)
    # What the person declares under date and signature; empty while not asked.
    mandates = models.CharField(
        "是否担任其他行政区域的人大代表", max_length=3, choices=Answer, blank=True, editable=False
    )
    mandates_where = models.CharField("在哪里担任", max_length=60, blank=True, editable=False)
    mandates_related = models.BooleanField("与本行政区域有隶属关系", null=True, blank=True, editable=False)
    residence = models.CharField(
        "是否取得国（境）外长期居留许可", max_length=3, choices=Answer, blank=True, editable=False
    )
    funding = models.CharField("是否接受境外与选举有关的资助", max_length=3, choices=Answer, blank=True, editable=False)
    declared_on = models.DateField("声明签字日期", null=True, blank=True, editable=False)
    left_how = models.CharField("退出的情形", max_length=8, choices=Left, blank=True, editable=False)
    left_on = models.DateField("退出日期", null=True, blank=True, editable=False)
    left_paper = models.CharField("退出的文书", max_length=100, blank=True, editable=False)
    # 上海细则二十九: who named a person that does not accept is told.
    told_on = models.DateField("告知推荐者日期", null=True, blank=True, editable=False)
    # What was untrue in the particulars, and how the voters were told: told, not deleted (选举法三十).
    untrue = models.CharField("不实的基本情况", max_length=200, blank=True, editable=False)
    untrue_told_on = models.DateField("向选民通报日期", null=True, blank=True, editable=False)
    untrue_told_how = models.CharField("通报的方式", max_length=100, blank=True, editable=False)
    search_text = models.TextField("检索用的拼音", blank=True, editable=False)
    pinyin_key = models.CharField("拼音顺序", max_length=200, blank=True, editable=False)
    stroke_key = models.CharField("笔画顺序", max_length=400, blank=True, editable=False)

    erasable = True
    named_in_texts = False
    erased = {
        "name": str(ERASED),
        "name_beside": "",
        "birth_date": YEAR_OF_BIRTH,
        "native_place": "",
        "employer_post": "",
        "resume": "",
        "mandates": "",
        "mandates_where": "",
        "residence": "",
        "funding": "",
        "left_paper": "",
        "untrue": "",
        "untrue_told_how": "",
        "search_text": "",
        "pinyin_key": "",
        "stroke_key": "",
    }
    personal_fields = {
        "name": Personal(KNOWN, BASIS, KEEP, "公开"),
        "name_beside": Personal(KNOWN, BASIS, KEEP, "公开"),
        "gender": Personal(KNOWN, BASIS, KEEP, "公开"),
        "birth_date": Personal(KNOWN, BASIS, KEEP, "公开"),
        "ethnicity": Personal(KNOWN, BASIS, KEEP, "公开"),
        "native_place": Personal(KNOWN, BASIS, KEEP, "公开"),
        "party": Personal(KNOWN, BASIS, KEEP, "公开"),
        "education": Personal(KNOWN, BASIS, KEEP, "公开"),
        "occupation": Personal("选举统计", BASIS, KEEP, "内部"),
        "employer_post": Personal(KNOWN, BASIS, KEEP, "公开"),
        "resume": Personal(KNOWN, BASIS, KEEP, "公开"),
        "mandates": Personal(CHECK, BASIS, KEEP, "内部"),
        "mandates_where": Personal(CHECK, BASIS, KEEP, "内部"),
        "residence": Personal(CHECK, BASIS, KEEP, "内部"),
        "funding": Personal(CHECK, BASIS, KEEP, "内部"),
        "untrue": Personal(KNOWN, BASIS, KEEP, "公开"),
        "search_text": Personal(SORTING, BASIS, KEEP, "内部"),
        "pinyin_key": Personal(SORTING, BASIS, KEEP, "内部"),
        "stroke_key": Personal(SORTING, BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "代表候选人"
        ordering = ("district", "stroke_key", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["township", "election", "district", "name", "birth_date"],
                condition=kept() & ~Q(name=str(ERASED)),
                name="nominee_once",
                violation_error_message="这个选区已有同名同日出生的被推荐人，请在原记录上登记推荐表。",
            )
        ]
        indexes = [models.Index(fields=["township", "election", "district", "stroke_key"], name="nominee_by_strokes")]

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        return str(self.district)

    @property
    def stands(self) -> bool:
        """Whether nothing has taken the person off."""
        return self.left_on is None


class NominatingBody(Record):
    """A party or people's organisation that names candidates, alone or with others (选举法三十)."""

    class Kind(models.TextChoices):
        PARTY = "party", "政党"
        PEOPLE = "people", "人民团体"

    class Rank(models.TextChoices):
        """Where the body stands: for the township's seats the township's bodies name, and those inside the district."""

        COUNTY = "county", "县级"
        TOWNSHIP = "township", "乡级"
        DISTRICT = "district", "选区内"

    url_name = "elections-body"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="bodies", verbose_name="选举工作"
    )
    name = models.CharField("名称", max_length=60, help_text="如“中共云溪镇委员会”“云溪镇总工会”")
    kind = models.CharField("类别", max_length=6, choices=Kind)
    rank = models.CharField("级别", max_length=8, choices=Rank, default=Rank.TOWNSHIP)

    class Meta:
        verbose_name = verbose_name_plural = "推荐的政党、人民团体"
        ordering = ("kind", "name")
        constraints = [once(["township", "campaign", "name"], "nominating_body_once", "已有同名的政党、人民团体。")]

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        return self.name


class Nomination(Record):
    """One form by which somebody is named: by parties and people's organisations, or by voters who sign together.

    A form is taken in as it is; what is unlawful in it keeps it from being accepted, not from being entered.
    """

    class Kind(models.TextChoices):
        BODIES = "bodies", "政党、人民团体推荐"
        VOTERS = "voters", "选民联名推荐"

    class State(models.TextChoices):
        RECEIVED = "received", "待核对"
        ACCEPTED = "accepted", "有效"
        REFUSED = "refused", "不符合法定条件"

    url_name = "elections-nomination"
    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="nominations", verbose_name="被推荐人")
    kind = models.CharField("推荐方式", max_length=6, choices=Kind)
    number = models.CharField("推荐表编号", max_length=20, blank=True)
    submitted_on = models.DateField("提出日期")
    reason = models.CharField("推荐理由", max_length=300, blank=True)
    # Checked one by one on paper, as before this system was there: the signatures themselves are not entered.
    paper_signers = models.PositiveSmallIntegerField(
        "纸面核对的联名人数", null=True, blank=True, help_text="已在纸面上逐人核对过的填人数；逐行录入签名的不填"
    )
    state = models.CharField("状态", max_length=8, choices=State, default=State.RECEIVED, editable=False)
    settled_on = models.DateField("核对日期", null=True, blank=True, editable=False)
    refusal = models.CharField("不符合的情形", max_length=300, blank=True, editable=False)

    erased = {"reason": ""}
    personal_fields = {"reason": Personal(KNOWN, BASIS, KEEP, "内部")}

    class Meta:
        verbose_name = verbose_name_plural = "推荐表"
        ordering = ("submitted_on", "created_at")
        indexes = [models.Index(fields=["township", "state", "submitted_on"], name="nomination_by_state")]

    def __str__(self):
        return f"{self.nominee.name}（{self.get_kind_display()}{self.number}）"

    @property
    def audit_label(self):
        return self.get_kind_display()


class NominationBody(Record):
    """A body that stands on a form; several name somebody jointly."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="named_by", verbose_name="推荐表")
    body = models.ForeignKey(
        NominatingBody, on_delete=models.PROTECT, related_name="names", verbose_name="政党、人民团体"
    )

    class Meta:
        verbose_name = verbose_name_plural = "推荐者"
        ordering = ("nomination", "body")
        constraints = [once(["township", "nomination", "body"], "nomination_body_once", "同一推荐表上已有这个团体。")]

    def __str__(self):
        return str(self.body)


class NominationSigner(Record):
    """A voter who signed a form: as it is written there, and which entry of the district's list it is. A name that is on no
    list, or on several lines of it, stays as written until somebody says whose it is."""

    url_name = "elections-signer"
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="signers", verbose_name="推荐表")
    line = models.PositiveSmallIntegerField("行号")
    written = models.CharField("签名", max_length=40)
    card_no = models.PositiveIntegerField("选民证号", null=True, blank=True)
    registration = models.ForeignKey(
        "elections.Registration",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signatures",
        verbose_name="名单上的选民",
    )
    struck = models.CharField("不计的原因", max_length=100, blank=True)

    erased = {"written": str(ERASED), "struck": ""}
    personal_fields = {
        "written": Personal(NAMING, BASIS, "选举工作结束后一年", "内部"),
        "card_no": Personal(NAMING, BASIS, "选举工作结束后一年", "内部"),
        "struck": Personal(NAMING, BASIS, "选举工作结束后一年", "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "联名选民"
        ordering = ("nomination", "line")
        constraints = [
            once(["township", "nomination", "line"], "nomination_line_once", "这一行已经登记。"),
            once(
                ["township", "nomination", "registration"], "nomination_signer_once", "同一推荐表上这位选民已经签名。"
            ),
        ]

    def __str__(self):
        return f"第{self.line}行"


class VettingUnit(Record):
    """A unit the township asks what it knows of the nominees, and in how many days it is to answer. No law asks for it."""

    url_name = "elections-vetting-unit"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="vetting_units", verbose_name="选举工作"
    )
    name = models.CharField("单位", max_length=60, help_text="如纪检监察、公安、组织等部门")
    days = models.PositiveSmallIntegerField("几日内答复", default=3)

    class Meta:
        verbose_name = verbose_name_plural = "联审单位"
        ordering = ("name",)
        constraints = [once(["township", "campaign", "name"], "vetting_unit_once", "已有同名的联审单位。")]

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        return self.name


class Vetting(Record):
    """What one unit says of one nominee. A ground of the law is asked of the paper that proves it; everything else is advice,
    which is shown and takes nobody off the list."""

    class Opinion(models.TextChoices):
        WAITING = "waiting", "待答复"
        CLEAR = "clear", "没有不同意见"
        ADVICE = "advice", "地方建议"
        LEGAL = "legal", "法定情形"

    class Ground(models.TextChoices):
        """What the law itself asks of who is elected: the closed list."""

        NATIONALITY = "nationality", "不是中华人民共和国公民"
        DEPRIVED = "deprived", "依照法律被剥夺政治权利"
        FUNDED = "funded", "接受境外机构、组织、个人与选举有关的资助"

    url_name = "elections-vetting"
    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="vettings", verbose_name="被推荐人")
    unit = models.ForeignKey(VettingUnit, on_delete=models.PROTECT, related_name="vettings", verbose_name="联审单位")
    asked_on = models.DateField("送审日期")
    due_on = models.DateField("答复期限")
    opinion = models.CharField("意见", max_length=8, choices=Opinion, default=Opinion.WAITING)
    ground = models.CharField("法定情形", max_length=12, choices=Ground, blank=True)
    words = models.CharField("意见内容", max_length=300, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    paper = models.CharField("答复文件", max_length=100, blank=True, help_text="复函的名称和文号")

    erased = {"words": "", "paper": ""}
    personal_fields = {
        "opinion": Personal(CHECK, BASIS, KEEP, "内部"),
        "ground": Personal(CHECK, BASIS, KEEP, "内部"),
        "words": Personal(CHECK, BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "联审意见"
        ordering = ("nominee", "unit")
        constraints = [once(["township", "nominee", "unit"], "vetting_once", "这个单位的联审意见已经登记。")]

    def __str__(self):
        return f"{self.unit}对{self.nominee.name}的意见"

    @property
    def audit_label(self):
        return str(self.unit)
