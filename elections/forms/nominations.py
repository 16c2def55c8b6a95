"""Forms of the papers of nomination: who names, whose signature is whose, whether it holds; what units say."""

from django import forms

from congress import clock
from congress.models import Job
from congress.web.forms import KeyedForm, PlainForm, RecordForm, VersionForm
from congress.web.only_with import Only, answered
from deputies.models import District
from elections.actions import nominations as acts
from elections.forms.appeals import RegistrationChoice
from elections.models import NominatingBody, Nomination, NominationSigner, Vetting, VettingUnit

Kind = Nomination.Kind
HOW_LINES = "每行一位，姓名后面可以写选民证号（同名的据此分清），如“王芳 23”；可以从表格里整列粘贴"


def lines_field(required: bool) -> forms.CharField:
    """The signatures of a form, one a line."""
    return forms.CharField(
        label="签名的选民", required=required, help_text=HOW_LINES, widget=forms.Textarea(attrs={"rows": 10})
    )


class _Signed:
    """Mixed in before the base of a form that takes signatures."""

    def clean(self):
        """The signatures read from the lines; what is none is said there."""
        values = super().clean() or self.cleaned_data
        values["signatures"], wrong = acts.read_lines(values.get("lines") or "")
        if wrong:
            shown = "、".join(f"“{one[:20]}”" for one in wrong[:3])
            self.add_error("lines", f"有{len(wrong)}行不是“姓名 选民证号”的样子：{shown}，请改正。")
        return values


class NominationForm(_Signed, RecordForm):
    """A form as it was handed in; the signatures are typed with it or later."""

    class Meta:
        model = Nomination
        fields = ("kind", "number", "submitted_on", "reason", "paper_signers")
        widgets = {"kind": forms.RadioSelect}

    only = {
        "lines": Only(
            "kind",
            answered(Kind.VOTERS),
            "政党、人民团体推荐的没有选民签名；有签名的，推荐方式选“选民联名推荐”。",
        ),
        "paper_signers": Only("kind", answered(Kind.VOTERS), "政党、人民团体推荐的没有联名人数。"),
        "bodies": Only(
            "kind",
            answered(Kind.BODIES),
            "选民联名推荐的不选政党、人民团体；两种方式都推荐的，登记两份推荐表。",
        ),
    }
    bodies = forms.ModelMultipleChoiceField(
        label="推荐的政党、人民团体",
        queryset=NominatingBody.objects.none(),
        required=False,
        help_text="政党、人民团体推荐的选；几个联合推荐的都选",
        widget=forms.CheckboxSelectMultiple,
    )
    lines = lines_field(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = NominatingBody.objects.kept().filter(campaign=self.instance.nominee.election.campaign_id)
        self.fields["bodies"].queryset = rows
        self.fields["kind"].choices = Kind.choices
        if self.instance._state.adding:
            self.initial["submitted_on"] = clock.today()
        else:
            self.initial["bodies"] = list(self.instance.named_by.kept().values_list("body", flat=True))
            self.leave_out("lines")


class BlankForm(KeyedForm):
    """Which empty forms are printed."""

    makes = Job

    kind = forms.ChoiceField(label="推荐方式", choices=Kind.choices, widget=forms.RadioSelect)
    district = forms.ModelChoiceField(
        label="选区", queryset=District.objects.none(), required=False, empty_label="全部选区"
    )

    def __init__(self, *args, districts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = districts
        self.initial.setdefault("kind", Kind.VOTERS)


class SignersForm(_Signed, PlainForm):
    """More signatures of a form."""

    lines = lines_field(required=True)


class SignerForm(RecordForm):
    """Whose signature it is, or why it does not count."""

    class Meta:
        model = NominationSigner
        fields = ("written", "card_no", "registration", "struck")
        field_classes = {"registration": RegistrationChoice}
        help_texts = {
            "registration": "名单上同名的选民；不在本选区名单上的不选",
            "struck": "如本人声明没有签名；不计的原因写在这里，签名本身保留",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        row = self.instance
        if self.is_bound and self.data.get("written"):
            row.written = self.data["written"][:40]
        self.fields["registration"].queryset = acts.may_be(row)


class SettleForm(VersionForm):
    """The day on which a form was checked."""

    on = forms.DateField(label="核对日期", initial=clock.today)


class ReopenForm(VersionForm):
    """Why a form is checked once more."""

    reason = forms.CharField(label="原因", max_length=200, error_messages={"required": "请写明重新核对的原因。"})


class VettingForm(RecordForm):
    """What a unit says of a nominee."""

    class Meta:
        model = Vetting
        fields = ("unit", "asked_on", "due_on", "opinion", "answered_on", "ground", "words", "paper")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        row = self.instance
        if row._state.adding:
            rows = VettingUnit.objects.kept().filter(campaign=row.nominee.election.campaign_id)
            self.fields["unit"].queryset = rows.exclude(vettings__in=Vetting.objects.kept().filter(nominee=row.nominee))
        else:
            self.leave_out("unit")


class AskForm(PlainForm):
    """Which units are asked, and since when."""

    on = forms.DateField(label="送审日期", initial=clock.today)
    units = forms.ModelMultipleChoiceField(
        label="送给哪些单位", queryset=VettingUnit.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = units
        self.initial["units"] = list(units)
