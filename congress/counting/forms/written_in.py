"""Forms by which written names are told apart."""

from django import forms

from congress.counting.models import WrittenIn
from congress.web.forms import VersionForm


class SayForm(VersionForm):
    """Whom written names mean."""

    names = forms.MultipleChoiceField(
        label="票上写的姓名",
        choices=(),
        widget=forms.CheckboxSelectMultiple,
        help_text="同一人的几种写法（别字、简称）一起选",
        error_messages={"required": "请至少选一个姓名。"},
    )
    votes = forms.IntegerField(
        label="只认定其中几票",
        required=False,
        min_value=1,
        help_text="全部是同一人的不填；一个姓名是两个人的，分两次认定，每次填票数",
    )
    person = forms.CharField(
        label="所指的人",
        max_length=60,
        help_text="照选民名单上的姓名；同名的注明住址或者单位",
        widget=forms.TextInput(attrs={"data-personal": ""}),
    )
    who = forms.ChoiceField(label="是不是选民", choices=WrittenIn.Who, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="认定的根据",
        max_length=300,
        error_messages={"required": "请写明根据。"},
        help_text="看了哪些票、名单上有没有同名的人、监票人怎样认定",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, names=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["names"].choices = [(name, f"{name}（{votes}票）") for name, votes in names]


class AgreeForm(VersionForm):
    """To which of them a second person agrees."""

    which = forms.ChoiceField(label="哪一项", choices=(), widget=forms.RadioSelect)

    def __init__(self, *args, rows=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = list(rows)


class UndoForm(AgreeForm):
    """Which of them holds no longer, and why."""

    reason = forms.CharField(label="原因", max_length=200, error_messages={"required": "请写明原因。"})
