"""Forms of the steps beside the sheet."""

from django import forms

from congress import clock
from congress.counting.forms.sheet import ChosenField
from congress.counting.models import CountSignature
from congress.web.forms import VersionForm

WHY = {"required": "请写明原因。"}


class TurnForm(VersionForm):
    """The first of two asks; there may be something to say."""

    reason = forms.CharField(label="说明", max_length=200, required=False, help_text="可以不写")


class ReopenForm(VersionForm):
    """Why a closed count is opened again."""

    reason = forms.CharField(
        label="重新开启的原因", max_length=200, error_messages=WHY, help_text="如：复核发现某一单元有误"
    )


class LetForm(VersionForm):
    """The second of two: nothing is entered but one's word."""


class DecideForm(VersionForm):
    """What the paper says where two readings differ."""

    chosen = ChosenField(label="不一致的栏")
    reason = forms.CharField(
        label="根据",
        max_length=300,
        error_messages={"required": "请写明看了哪一张计票单、怎样确定的。"},
        help_text="看了哪一张计票单、重数了哪些票",
    )

    def __init__(self, *args, facts=None, words=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].widget.facts = facts
        self.fields["chosen"].widget.words = words or {}


class SendBackForm(VersionForm):
    """Which reading goes back, what its typist looks at on the paper, and why."""

    which = forms.ChoiceField(label="退回哪一份", choices=())
    look_at = forms.MultipleChoiceField(
        label="请录入人核对的栏",
        choices=(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只告诉录入人核对哪些栏，不告诉他另一份的数字",
    )
    reason = forms.CharField(
        label="退回原因", max_length=200, error_messages=WHY, help_text="录入人会看到；不要写另一份的数字"
    )

    def __init__(self, *args, seats=(), cells=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = list(seats)
        self.fields["look_at"].choices = list(cells)


class ReleaseForm(VersionForm):
    """Who gives up a place, and why."""

    which = forms.ChoiceField(label="席位", choices=())
    reason = forms.CharField(
        label="原因", max_length=200, error_messages=WHY, help_text="换下的人不能再录入这一单元，他录的仍留存"
    )

    def __init__(self, *args, seats=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = list(seats)


class MixForm(VersionForm):
    """With which other units the ballots are mixed."""

    others = forms.TypedMultipleChoiceField(label="混合进来的单元", choices=(), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, others=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["others"].choices = [(str(one.pk), f"{one.name}（发出{one.issued}张）") for one in others]
        self.fields["others"].coerce = {str(one.pk): one.pk for one in others}.get


class SignForm(VersionForm):
    """In which capacity somebody signs, and what was found."""

    on = forms.DateField(label="签认日期", initial=clock.today)
    capacity = forms.ChoiceField(label="身份", choices=CountSignature.Capacity)
    note = forms.CharField(
        label="查明情况",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="上面有提示的，写明谁查的、查明什么；没有提示的不用写",
    )
