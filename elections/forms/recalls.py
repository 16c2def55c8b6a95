"""Forms of the recall of a deputy."""

from django import forms

from congress import clock
from congress.web.forms import RecordForm, VersionForm
from elections.models import Recall
from elections.queries.recalls import seats

PERSONAL = {"data-personal": ""}


class RecallForm(RecordForm):
    """Whom voters demand to recall, since when and why."""

    class Meta:
        model = Recall
        fields = ("mandate", "demanded_on", "reason")
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choice = self.fields["mandate"]
        choice.queryset = seats(clock.today())
        choice.label_from_instance = lambda one: f"{one.deputy.name}（{one}，{one.district}）"


class RecallSignersForm(VersionForm):
    """Signatures of a demand."""

    lines = forms.CharField(
        label="签名",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="每行一个姓名；原选区有同名的，姓名后写选民证号",
        error_messages={"required": "请至少填写一行。"},
    )


class StrikeForm(VersionForm):
    """A signature that does not count, and why."""

    which = forms.ChoiceField(label="签名", choices=())
    reason = forms.CharField(label="不计的原因", max_length=100, error_messages={"required": "请写明原因。"})

    def __init__(self, *args, rows=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = [(str(one.pk), f"第{one.line}行 {one.written}") for one in rows]


class SubmitForm(VersionForm):
    """To whom the demand goes."""

    on = forms.DateField(label="呈报日期", initial=clock.today)
    submitted_to = forms.CharField(label="呈报的机关", max_length=60, help_text="县级人民代表大会常务委员会")


class DefendForm(VersionForm):
    """What the deputy says."""

    on = forms.DateField(label="申辩日期", initial=clock.today)
    defended = forms.ChoiceField(label="申辩方式", choices=Recall.Defence, widget=forms.RadioSelect)
    defence = forms.CharField(
        label="申辩意见",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="书面申辩照录全文，随罢免要求印发原选区选民",
    )


class SendForm(VersionForm):
    """That it was given to the voters."""

    on = forms.DateField(label="印发日期", initial=clock.today)
    copies = forms.IntegerField(label="印发份数", min_value=1, max_value=1_000_000)


class ArrangeForm(VersionForm):
    """When and where the district votes, and who leads it."""

    on = forms.DateField(label="表决日期", initial=clock.today)
    place = forms.CharField(label="表决地点", max_length=60)
    led_by = forms.CharField(label="主持人", max_length=60, widget=forms.TextInput(attrs=PERSONAL))
    by_county = forms.BooleanField(label="由县级人大常委会派来主持", required=False)


class CountForm(VersionForm):
    """The boxes of the vote."""

    units = forms.CharField(
        label="票箱",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="每行一个：名称 发出票数 参加人数，如“一号票箱 402 400”",
        error_messages={"required": "请填写票箱。"},
    )


class ResultForm(VersionForm):
    """The day of the result."""

    on = forms.DateField(label="结果日期", initial=clock.today)


class ReportForm(VersionForm):
    """The day of the report."""

    on = forms.DateField(label="报送日期", initial=clock.today)


class AnnounceRecallForm(VersionForm):
    """When it was announced, and by whom."""

    on = forms.DateField(label="公告日期", initial=clock.today)
    announced_by = forms.CharField(label="公告的机关", max_length=60)
