"""Forms of reports that an election was disturbed, and of elections that are void."""

from django import forms

from congress import clock
from congress.web.forms import RecordForm, VersionForm
from deputies.models import Mandate
from elections.forms.work import choose_district
from elections.models import Annulment, Breach

PERSONAL = {"data-personal": ""}
YES_NO = {"upheld": (("yes", "查实"), ("no", "不成立")), "void": (("yes", "当选无效"), ("no", "当选有效"))}


class BreachForm(RecordForm):
    """What was reported, or found."""

    class Meta:
        model = Breach
        fields = ("received_on", "how", "kind", "district", "reporter", "subject", "words")
        widgets = {
            "words": forms.Textarea(attrs={"rows": 4}),
            "reporter": forms.TextInput(attrs=PERSONAL),
            "subject": forms.TextInput(attrs=PERSONAL),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choose_district(self, "全镇")


class LookForm(VersionForm):
    """Who looks into it."""

    on = forms.DateField(label="开始调查日期", initial=clock.today)
    looked_by = forms.CharField(
        label="调查人", max_length=60, help_text="两人姓名，用顿号分开", widget=forms.TextInput(attrs=PERSONAL)
    )


class SettleBreachForm(VersionForm):
    """What was found."""

    on = forms.DateField(label="查明日期", initial=clock.today)
    upheld = forms.ChoiceField(label="是否查实", choices=YES_NO["upheld"], widget=forms.RadioSelect)
    finding = forms.CharField(
        label="调查情况",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写明查了什么、查明什么。"},
    )


class HandForm(VersionForm):
    """To whom it was handed."""

    on = forms.DateField(label="移送日期", initial=clock.today)
    handed_to = forms.CharField(label="移送的机关", max_length=60, help_text="如公安机关、监察机关")
    handed_paper = forms.CharField(label="移送的文书", max_length=100, help_text="名称和文号")


class CloseForm(VersionForm):
    """What came of it."""

    on = forms.DateField(label="办结日期", initial=clock.today)
    outcome = forms.CharField(
        label="处理结果",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="有关机关怎样处理、怎样答复举报人；不成立的写明怎样说明",
    )


class AnnulmentForm(RecordForm):
    """Of whose election the credentials committee says that it is void, and why."""

    class Meta:
        model = Annulment
        fields = ("mandate", "ground", "breach", "reviewed_on", "review")
        widgets = {"review": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        election, seats, proved = self.instance.election, self.fields["mandate"], self.fields["breach"]
        held = Mandate.objects.kept().filter(term=election.term_id).select_related("deputy__data_key", "district")
        seats.queryset = held.order_by("deputy__stroke_key")
        seats.label_from_instance = lambda one: f"{one.deputy.name}（{one.district or '没有选区'}）"
        proved.queryset = Breach.objects.kept().filter(campaign=election.campaign_id, upheld=True)
        proved.empty_label = "没有，或者由其他机关查明"


class DecideVoidForm(VersionForm):
    """What the presidium determined."""

    on = forms.DateField(label="确定日期", initial=clock.today)
    void = forms.ChoiceField(label="确定", choices=YES_NO["void"], widget=forms.RadioSelect)
    decided_by = forms.CharField(
        label="确定的机关", max_length=60, help_text="乡镇人大主席团；县级代表为县级人大常委会"
    )
    paper = forms.CharField(label="确定的文件", max_length=100, help_text="名称和文号")


class AnnounceForm(VersionForm):
    """The day on which it was told."""

    on = forms.DateField(label="公布日期", initial=clock.today)
