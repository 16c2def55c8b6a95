"""Forms of the papers of an election: the day and number of each, and what single ones ask for beside."""

from django import forms

from congress.documents.weekdays import wrong_weekdays
from congress.models import Document, Job
from congress.web.forms import KeyedForm
from deputies.models import District
from elections.documents.cards import ROOM
from elections.documents.common import typed_findings
from elections.documents.notices import RegistrationPlan
from elections.forms.voters import GroupChoice
from elections.models import VoterGroup
from elections.queries.languages import autonomous

OF_MANY_PAGES = "只排第一个选区，每页标“草稿”，什么都不保存"
STATIONS = "一行一处：选区（村），地点，时间和电话"


class PaperForm(KeyedForm):
    """When a paper is issued, under which number. A button of its own looks at it and issues nothing; `sample` says what is
    seen then."""

    makes = Document

    issued_on = forms.DateField(label="印发日期")
    number = forms.CharField(
        label="编号",
        max_length=40,
        required=False,
        help_text="不填自动编号；已在纸上编了号的、县里编号的，照纸上的填写。",
    )
    second_language = forms.BooleanField(
        label="当地通用的民族文字文本已经备好", required=False, help_text="选举法第二十三条：自治地方的选举文件同时使用"
    )
    again = forms.BooleanField(label="再印发一份", required=False, help_text="当天已经印发过时才勾选，会另取一个编号")
    sample = "每页标“草稿”，什么都不保存"
    texts: tuple[str, ...] = ()  # entries that are printed as they are typed

    def __init__(self, *args, township, numbered: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not numbered:
            self.leave_out("number")
        if not (autonomous(township) or township.kind == "民族乡"):
            self.leave_out("second_language")

    def clean(self):
        """Typed words cite the articles in force, and no day with another's weekday."""
        values = super().clean()
        day = values.get("issued_on")
        for name in self.texts:
            text = values.get(name) or ""
            if not day or not text:
                continue
            for said in wrong_weekdays(text, day.year):
                self.add_error(name, said)
            for finding in typed_findings(text, day):
                self.add_error(name, str(finding))
        return values

    @property
    def entered(self) -> dict:
        """What the paper itself asks for."""
        return {}


class RegistrationNoticeForm(PaperForm):
    """When and where voters register."""

    since = forms.DateField(label="登记开始")
    until = forms.DateField(label="登记结束")
    stations = forms.CharField(
        label="登记地点", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 5}), help_text=STATIONS
    )
    phone = forms.CharField(label="咨询电话", max_length=40, help_text="写固定电话，印在公告上")
    more = forms.CharField(
        label="其他事项",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一段",
    )
    texts = ("stations", "more")
    field_order = ("issued_on", "number", "since", "until", "stations", "phone", "more")

    def clean_stations(self):
        """Rows of three cells; commas and tabs between them, and a colon behind the first."""
        rows = []
        for line in self.cleaned_data["stations"].splitlines():
            line = line.replace("\t", "，").replace(",", "，")
            if "：" in line.partition("，")[0]:  # 东山村：村委会一楼，8时至17时
                line = line.replace("：", "，", 1)
            cells = [cell.strip() for cell in line.split("，", 2)]
            if any(cells):
                rows.append((*cells, "", "")[:3])
        self.rows = tuple(rows)
        return self.cleaned_data["stations"]

    def clean(self):
        """The registration ends after it began."""
        values = super().clean()
        if values.get("since") and values.get("until") and values["until"] < values["since"]:
            self.add_error("until", "登记结束的日期不能早于开始的日期。")
        return values

    @property
    def entered(self) -> dict:
        """The plan of the registration."""
        said = self.cleaned_data
        plan = RegistrationPlan(said["since"], said["until"], self.rows, said["phone"], said["more"])
        return {"plan": plan}


class PlacesNoticeForm(PaperForm):
    """What else voters are told of polling day."""

    more = forms.CharField(
        label="其他事项",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一段，如咨询电话、接送安排",
    )
    texts = ("more",)

    @property
    def entered(self) -> dict:
        """Only what was typed."""
        return {"more": self.cleaned_data["more"]}


class AbsentLetterForm(PaperForm):
    """Until when and where to an authority is sent, as the letter says it."""

    return_by = forms.DateField(label="请寄回的日期", help_text="只是便于安排；迟到的委托书，投票以前仍要办理")
    to = forms.CharField(label="寄送地点和电话", max_length=100)
    texts = ("to",)
    field_order = ("issued_on", "return_by", "to")

    @property
    def entered(self) -> dict:
        """The day and the place."""
        return {name: self.cleaned_data[name] for name in ("return_by", "to")}


class RollForm(PaperForm):
    """Where appeals are received, as the posters say it."""

    makes = Job

    appeal_place = forms.CharField(
        label="申诉受理地点和电话", max_length=100, required=False, help_text="登记公布时填过的不必再填"
    )
    sample = OF_MANY_PAGES
    texts = ("appeal_place",)

    @property
    def entered(self) -> dict:
        """Only what was typed."""
        return {"appeal_place": self.cleaned_data["appeal_place"]}


class CardsForm(PaperForm):
    """When and where one votes, as the cards say it."""

    makes = Job

    poll = forms.CharField(
        label="投票时间、地点",
        max_length=ROOM,
        required=False,
        help_text="填了的，每张卡都印这一句；不填的，只有一处投票的选区印登记的那一处，其余留空，由各投票站填写",
    )
    sample = OF_MANY_PAGES
    texts = ("poll",)

    @property
    def entered(self) -> dict:
        """Only what was typed."""
        return {"poll": self.cleaned_data["poll"]}


class SupplementPaperForm(PaperForm):
    """Whether those are named who lost the right to vote: a question the law leaves open, which the committee answers."""

    named = forms.BooleanField(
        label="列出停止行使、被剥夺或者不能行使选举权利人员的姓名",
        required=False,
        help_text=(
            "做法不一，由选举委员会决定：选举法第二十八条只规定公布选民名单，没有规定除名怎样公告，有的地方逐人列名供核对；"
            "个人信息保护法第二十五条规定不得公开其处理的个人信息，有的地方只公布人数。不勾选只公布人数。"
        ),
    )

    @property
    def entered(self) -> dict:
        """What the committee decided."""
        return {"named": self.cleaned_data["named"]}


class WhoseFormsForm(KeyedForm):
    """Whose registration forms are printed: a group's or a whole district's."""

    makes = Job

    group = GroupChoice(VoterGroup.objects.none(), label="选民小组", required=False)
    district = forms.ModelChoiceField(
        District.objects.none(), label="或者整个选区", required=False, help_text="只选一项；整个选区的按小组、户号排列"
    )

    def __init__(self, *args, groups, districts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups
        self.fields["district"].queryset = districts

    def clean(self):
        """One of the two is said."""
        values = super().clean()
        chosen = [name for name in ("group", "district") if values.get(name)]
        if not self.errors and len(chosen) != 1:
            self.add_error("group", "小组和选区只选一项。" if chosen else "请选一个选民小组，或者选一个选区。")
        return values

    @property
    def asked(self) -> dict:
        """Whose, as the paper is told."""
        return {name: str(row.pk) for name in ("group", "district") if (row := self.cleaned_data.get(name))}
