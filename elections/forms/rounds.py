"""Forms of the rounds of a vote: its ballots at each place, what was left over, its declaration, the next one."""

from django import forms

from congress import clock
from congress.web.forms import KeyedForm, RecordForm, VersionForm
from elections.models import LedgerLine, Round
from elections.queries.rounds import where


class BeginForm(KeyedForm):
    """That the first vote of every district is arranged."""

    makes = Round


class LedgerForm(RecordForm):
    """The ballots of a round at one place or mobile box."""

    class Meta:
        model = LedgerLine
        fields = ("place", "mobile", "received", "in_person", "by_proxy", "replaced", "left_over", "note")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        places, boxes = where(self.instance.round)
        for name, rows in (("place", places), ("mobile", boxes)):
            choice = self.fields[name]
            choice.queryset = choice.queryset.filter(pk__in=[one.pk for one in rows])
        self.fields["mobile"].help_text = "流动票箱单独登记；投票站和流动票箱只选一个"
        self.fields["by_proxy"].help_text = "受委托的人替委托人领的票"
        self.fields["note"].help_text = "领取＝本人领票＋受委托领票＋换发作废＋剩余；对不上的写明原因"


class SettleForm(VersionForm):
    """What became of the ballots that were left over."""

    on = forms.DateField(label="处理日期", initial=clock.today)
    filed = forms.IntegerField(label="存档空白票", min_value=0, max_value=1_000_000, initial=0)
    destroyed = forms.IntegerField(label="销毁", min_value=0, max_value=1_000_000, initial=0)
    lost = forms.IntegerField(label="遗失", min_value=0, max_value=1_000_000, initial=0)
    witnesses = forms.CharField(
        label="监督销毁的人",
        max_length=60,
        required=False,
        help_text="两人姓名，用顿号分开",
        widget=forms.TextInput(attrs={"data-personal": ""}),
    )
    settled_note = forms.CharField(label="说明", max_length=200, required=False, help_text="有遗失的写明情况")


class DeclareForm(VersionForm):
    """What the committee declares and when."""

    on = forms.DateField(label="宣布日期", initial=clock.today)
    declared_by = forms.CharField(label="宣布的选举委员会", max_length=60)
    paper = forms.CharField(label="宣布的文件", max_length=100, required=False, help_text="公告或者决定的名称和文号")


class SendForm(VersionForm):
    """When the record of a vote for the county's deputies went up."""

    on = forms.DateField(label="上报日期", initial=clock.today)
    sent_paper = forms.CharField(
        label="上报的文件", max_length=100, help_text="签字的投票结果报告单、投票情况报告的名称和文号"
    )


class AboveForm(VersionForm):
    """What the county's committee declared, as its paper has it."""

    on = forms.DateField(label="县级宣布日期", initial=clock.today)
    declared_by = forms.CharField(label="宣布的选举委员会", max_length=60)
    paper = forms.CharField(label="宣布的文件", max_length=100, help_text="县级选举结果公告的名称和文号")
    elected = forms.CharField(
        label="宣布的当选人",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-personal": "", "placeholder": "丁一 480"}),
        help_text="每行一人：姓名、空格、得票数，照县级公告填写，不照本地计票填写",
    )
    nobody = forms.BooleanField(label="没有人当选", required=False)


class VacantForm(VersionForm):
    """Who decided, when and why, that no other vote is held for the seats that are open."""

    on = forms.DateField(label="决定日期", initial=clock.today)
    vacant_paper = forms.CharField(
        label="决定的文件", max_length=100, help_text="选举委员会的决定、县级选举委员会的批复等，名称和文号"
    )
    vacant_why = forms.CharField(
        label="不再投票的原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="如没有人可以列为候选人",
    )


class FollowForm(VersionForm):
    """When the next round is held, between whom, with how many ballots."""

    on = forms.DateField(label="投票日期", initial=clock.today)
    names = forms.MultipleChoiceField(label="候选人", widget=forms.CheckboxSelectMultiple)
    beside = forms.CharField(
        label="另选人的姓名（当地文字）",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-personal": ""}),
    )
    printed = forms.IntegerField(label="印制选票", min_value=1, max_value=1_000_000)

    def __init__(self, *args, offered=(), written_in=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["names"].choices = [(name, told) for name, told in offered]
        self.fields[
            "beside"
        ].help_text = f"印在选票的汉字姓名下面。每行一人：姓名、空格、当地文字姓名；候选人的已经登记，只填另选的{'、'.join(written_in)}"
        if not written_in:
            self.leave_out("beside")
