"""Forms of the issue register: opened, closed, a tick taken back."""

from uuid import UUID

from django import forms

from congress import clock
from congress.web.forms import KeyedForm, PlainForm, VersionForm
from elections.models import BallotIssue, IssueRegister, MobileBox, PollingPlace


class OpenRegisterForm(KeyedForm):
    """Whose register is opened, of those that may be."""

    makes = IssueRegister
    whose = forms.ChoiceField(label="投票站、流动票箱")

    def __init__(self, *args, places=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {str(one.pk): one for one in places}
        self.fields["whose"].choices = [(key, str(one)) for key, one in self.places.items()]

    @property
    def chosen(self) -> PollingPlace | MobileBox:
        """The place or mobile box."""
        return self.places[self.cleaned_data["whose"]]


class CloseRegisterForm(VersionForm):
    """When issuing ended, and whether a queue was served to its end."""

    on = forms.DateField(label="关闭日期", initial=clock.today)
    queued = forms.BooleanField(
        label="结束时间已到，门口已在排队的选民已经全部发完",
        required=False,
        help_text="关闭以后不能再发票；还有人在排队的先不要关闭",
    )


WHY = [("wrong", "登错了人"), ("left", "选民没有领票就离开"), ("twice", "重复点击")]


class UndoForm(PlainForm):
    """Why a tick is taken back."""

    why = forms.ChoiceField(label="原因", choices=WHY)


class KeysField(forms.Field):
    """Several keys of records."""

    widget = forms.MultipleHiddenInput

    def clean(self, value) -> list[UUID]:
        """The keys, each once."""
        try:
            return [UUID(str(one)) for one in dict.fromkeys(value or ())]
        except ValueError as error:
            raise forms.ValidationError("请从查到的选民里选择。") from error


class DeskForm(PlainForm):
    """Who at the desk gets which ballots: the voter's own (`way`), and of those who entrusted the voter; or whose ballot of which
    `vote` is exchanged."""

    voter = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": "请先查找选民。"})
    way = forms.ChoiceField(choices=[("", ""), *BallotIssue.Way.choices, ("replace", "")], required=False)
    principals = KeysField(required=False)
    vote = forms.UUIDField(widget=forms.HiddenInput, required=False)
