"""Forms of the activities deputies enter themselves: few fields, those of the kind, made for a telephone."""

from django import forms

from congress import clock
from congress.web.alike import AsksWhenAlike
from congress.web.attachments import UploadsField
from congress.web.forms import KeyedForm, PlainForm, VersionForm, plain_helper
from deputies.models import Activity, OwnActivity

Kind = Activity.Kind
# What is asked of a kind beside day, place and words, under the label it has there.
COUNTED = {
    Kind.VISIT: {"households": "走访了多少户", "deeds": "办成了几件实事"},
    Kind.DUTY_REPORT: {"people": "到会的选民有多少人"},
    Kind.GROUP: {"people": "代表以外有多少人参加"},
    Kind.PUBLICITY: {"people": "听讲、受众有多少人"},
    Kind.TOWN_TASK: {"people": "代表以外有多少人参加"},
    Kind.OTHER: {"people": "代表以外有多少人参加"},
}
TITLES = {
    Kind.TRAINING: "学了什么",
    Kind.INSPECTION: "视察了什么",
    Kind.INQUIRY: "调研了什么",
    Kind.LAW_CHECK: "检查了哪部法的实施",
    Kind.DUTY_REPORT: "向谁述职、怎样评议",
    Kind.APPRAISAL: "评议了哪个单位",
    Kind.VISIT: "走访了谁、为了什么",
    Kind.PUBLICITY: "宣传了什么",
    Kind.STUDY: "学了什么",
}
NUMBERS = ("people", "households", "deeds")


def _number() -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(min_value=0, max_value=9999, required=False, initial=0, widget=widget)


class _OfKind(PlainForm):
    """What is entered of an activity, by its kind."""

    held_on = forms.DateField(label="日期", initial=clock.today)
    title = forms.CharField(label="做了什么", max_length=100)
    place = forms.CharField(label="在哪里", max_length=60, required=False)
    people = _number()
    households = _number()
    deeds = _number()
    note = forms.CharField(
        label="情况",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="想多写的写在这里，可以不填",
    )

    def ask_for(self, kind: str) -> None:
        """Leave the fields of this kind, under its labels."""
        counted = COUNTED.get(Kind(kind), {})
        self.fields["title"].label = TITLES.get(Kind(kind), "做了什么")
        for name in NUMBERS:
            if name in counted:
                self.fields[name].label = counted[name]
            else:
                del self.fields[name]
        self.helper = plain_helper(self)

    def numbers(self) -> dict[str, int]:
        """The numbers of the kind; what was left empty is none."""
        return {name: self.cleaned_data[name] or 0 for name in NUMBERS if name in self.fields}


class OwnActivityForm(AsksWhenAlike, _OfKind, KeyedForm):
    """An activity the deputy took part in."""

    makes = OwnActivity

    kind = forms.ChoiceField(choices=Kind.choices, widget=forms.HiddenInput)
    files = UploadsField(label="照片", required=False)
    field_order = ("key", "kind", "held_on", "title", "place", *NUMBERS, "files", "note")

    def __init__(self, *args, kind: str, deputy, **kwargs):
        super().__init__(*args, **kwargs)
        self.deputy = deputy
        self.fields["kind"].initial = kind
        self.ask_for(kind)

    def alike(self, values):
        """Of the same kind, words and day, by the same deputy."""
        same = {name: values[name] for name in ("kind", "title", "held_on")}
        found = OwnActivity.objects.kept().filter(deputy=self.deputy, **same)
        return found.order_by("created_at"), values["held_on"]

    def entered(self) -> dict:
        """What was typed, as the record takes it."""
        data = self.cleaned_data
        words = {name: data[name] for name in ("kind", "held_on", "title", "place", "note")}
        return {"pk": data["key"], **words, **self.numbers()}


class OwnActivityStepForm(_OfKind, VersionForm):
    """The same, changed before it is confirmed."""

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask_for(kind)

    def clean(self):
        """A number left empty is none."""
        values = super().clean()
        values = self.cleaned_data if values is None else values
        return values | {name: values[name] or 0 for name in NUMBERS if name in values}


class ConfirmActivityForm(VersionForm):
    """As an activity of its own, or as one that is recorded already."""

    into = forms.ModelChoiceField(
        label="记入",
        queryset=None,
        required=False,
        empty_label="一项新的活动",
        help_text="同一天已经登记过这项活动的，选它，避免重复；别的代表在活动的“修改”里添加",
    )

    def __init__(self, *args, same_day, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = same_day


class SendBackForm(VersionForm):
    """Why it is not confirmed as it is."""

    reason = forms.CharField(
        label="理由", max_length=200, help_text="代表会看到", error_messages={"required": "退回时请写明理由。"}
    )


class TakeBackForm(VersionForm):
    """Taken back: nothing to enter."""
