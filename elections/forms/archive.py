"""Forms of the papers on file."""

from django import forms

from congress import clock
from congress.web.forms import RecordForm, VersionForm
from elections.models import ArchiveItem


def _witnesses(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=60,
        help_text="两人姓名，用顿号分开",
        widget=forms.TextInput(attrs={"data-personal": ""}),
    )


class ArchiveForm(RecordForm):
    """A bag, bundle or volume of papers."""

    class Meta:
        model = ArchiveItem
        fields = ("kind", "district", "number", "title", "amount", "filed_on", "keeper", "note")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        districts = self.fields["district"]
        districts.queryset = districts.queryset.filter(term=self.instance.election.term_id)
        self.fields["district"].help_text = "选票、报告单、候选人名单、票账按选区分装"
        self.fields["number"].help_text = "袋上、册上的编号，如“票-01”"


class SealForm(VersionForm):
    """With which seal, before whom."""

    on = forms.DateField(label="封存日期", initial=clock.today)
    seals = forms.CharField(label="封签号", max_length=40, help_text="起止号，如“0012—0013”")
    witnesses = _witnesses("监封的人")


class UnsealForm(VersionForm):
    """Why it is opened, before whom."""

    on = forms.DateField(label="启封日期", initial=clock.today)
    reason = forms.CharField(label="启封的原因", max_length=200, help_text="如“抽查复核第一选区的选票”")
    witnesses = _witnesses("监督启封的人")


class DestroyForm(VersionForm):
    """By whose decision it is destroyed, before whom."""

    on = forms.DateField(label="销毁日期", initial=clock.today)
    paper = forms.CharField(label="批准销毁的文件", max_length=100, help_text="决定的名称和文号")
    witnesses = _witnesses("监销的人")
