"""Forms of the lists of candidates and of the ballots printed from them."""

from django import forms

from congress import clock
from congress.web.forms import KeyedForm, RecordForm, VersionForm
from elections.models import BallotPrint, CandidateList, Nominee, VotingRules


class DrawForm(KeyedForm):
    """In which order the names of the lists stand."""

    makes = CandidateList

    convention = forms.ChoiceField(
        label="排列方法", choices=CandidateList.Convention, initial=CandidateList.Convention.XINGMING
    )


class NomineesField(forms.ModelMultipleChoiceField):
    """People of a district, each with what tells them apart."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj) -> str:
        """The name, and post or occupation."""
        return f"{obj.name}（{obj.employer_post}）"


class ChooseForm(VersionForm):
    """Who stands on a list."""

    on = forms.DateField(label="日期", initial=clock.today)
    nominees = NomineesField(Nominee.objects.none(), label="列入名单")

    def __init__(self, *args, nominees=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nominees"].queryset = Nominee.objects.kept().filter(pk__in=[one.pk for one in nominees])


class ArrangeForm(VersionForm):
    """The order, one name a line."""

    on = forms.DateField(label="日期", initial=clock.today)
    order = forms.CharField(
        label="次序",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="一行一名，从上到下就是名单的次序",
    )


class LockForm(VersionForm):
    """When the list was settled."""

    on = forms.DateField(label="确定日期", initial=clock.today)


class PublishCandidatesForm(VersionForm):
    """When and where the list hangs."""

    on = forms.DateField(label="公布日期", initial=clock.today, help_text="按纸质公告张贴的日期填写，可以是以前的日子")
    places = forms.CharField(label="张贴地点", max_length=200, help_text="如各选区公告栏、村务公开栏")


class NoticeForm(VersionForm):
    """The day of the notice."""

    on = forms.DateField(label="公告日期", initial=clock.today)


class BackForm(VersionForm):
    """Why something is taken back."""

    on = forms.DateField(label="日期", initial=clock.today)
    reason = forms.CharField(label="原因", max_length=200, error_messages={"required": "请写明原因。"})


class VotingRulesForm(RecordForm):
    """By what a ballot is judged."""

    class Meta:
        model = VotingRules
        fields = (
            "unreadable",
            "marks",
            "unmarked_write_in",
            "abstain_write_in",
            "write_in_from",
            "base",
            "fixed_on",
            "paper",
        )


class PrintForm(KeyedForm):
    """How many ballots are ordered beside one for each voter, on what paper, with which numbers on the stubs."""

    makes = BallotPrint

    ordered_on = forms.DateField(label="付印日期", initial=clock.today)
    spare = forms.IntegerField(label="每个选区备用张数", min_value=0, max_value=500, initial=20)
    first_stub = forms.IntegerField(
        label="存根起号", min_value=1, max_value=9_000_000, initial=1, help_text="号码只印在存根上，各选区依次相接"
    )
    colour = forms.CharField(
        label="票纸颜色", max_length=10, help_text="两级同日选举的，两级用不同颜色，如乡镇浅红、县级浅黄"
    )
    title_beside = forms.CharField(
        label="当地通用民族文字的标题",
        max_length=100,
        required=False,
        help_text="选举法第二十三条：自治地方的选票同时使用",
    )

    def clean_colour(self):
        """The colour without the word for it, which the papers add."""
        return self.cleaned_data["colour"].removesuffix("色")
