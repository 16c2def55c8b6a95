"""Forms of those who are named: the person, what he or she answers and declares, how one leaves the list."""

import unicodedata

from django import forms

from congress import clock
from congress.people.forms import IdNumberField, NameField, PhoneField
from congress.web.forms import RecordForm, VersionForm
from elections.models import NominatingBody, Nominee, VettingUnit
from elections.queries.candidates import districts_of
from elections.queries.languages import second_writing

Consent, Answer, Left = Nominee.Consent, Nominee.Answer, Nominee.Left
# The other ways of leaving have a step of their own (不接受推荐).
LEAVING = [(one.value, one.label) for one in (Left.WITHDREW, Left.FUNDED, Left.DIED)]
RELATED = [("", "请选择"), ("yes", "有隶属关系（上下级）"), ("no", "没有隶属关系")]


class NomineeForm(RecordForm):
    """The person as the form names him or her; birth date and sex are read from the number where it is there."""

    class Meta:
        model = Nominee
        fields = (
            "district",
            "name",
            "name_beside",
            "id_number",
            "gender",
            "birth_date",
            "ethnicity",
            "native_place",
            "party",
            "education",
            "employer_post",
            "occupation",
            "grassroots",
            "phone",
            "resume",
        )
        field_classes = {"name": NameField, "id_number": IdNumberField, "phone": PhoneField}
        widgets = {"resume": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = districts_of(self.instance.election)
        if not (second_writing(self.instance.township) or self.instance.name_beside):
            self.leave_out("name_beside")

    def clean_name_beside(self):
        """One blank between the parts of a name."""
        return unicodedata.normalize("NFC", " ".join(self.cleaned_data["name_beside"].split()))


class BodyForm(RecordForm):
    """A party or people's organisation that names candidates."""

    class Meta:
        model = NominatingBody
        fields = ("name", "kind", "rank")


class VettingUnitForm(RecordForm):
    """A unit that is asked."""

    class Meta:
        model = VettingUnit
        fields = ("name", "days")


class ConsentForm(VersionForm):
    """Whether the person accepts."""

    on = forms.DateField(label="答复日期", initial=clock.today)
    consent = forms.ChoiceField(
        label="本人意见",
        choices=[(one.value, one.label) for one in (Consent.AGREED, Consent.DECLINED)],
        widget=forms.RadioSelect,
    )
    paper = forms.CharField(
        label="本人的书面材料", max_length=100, required=False, help_text="不接受推荐的必须填写；接受的可以不填"
    )


class DeclareForm(VersionForm):
    """What the person declares under date and signature."""

    on = forms.DateField(label="签字日期", initial=clock.today)
    mandates = forms.ChoiceField(
        label="是否担任其他行政区域的人大代表", choices=Answer.choices, widget=forms.RadioSelect
    )
    mandates_where = forms.CharField(label="在哪里担任", max_length=60, required=False)
    mandates_related = forms.TypedChoiceField(
        label="与本行政区域的关系",
        choices=RELATED,
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )
    residence = forms.ChoiceField(
        label="是否取得国（境）外长期居留许可", choices=Answer.choices, widget=forms.RadioSelect
    )
    funding = forms.ChoiceField(label="是否接受境外与选举有关的资助", choices=Answer.choices, widget=forms.RadioSelect)


class LeaveForm(VersionForm):
    """How somebody leaves the list, by which paper."""

    on = forms.DateField(label="日期", initial=clock.today)
    how = forms.ChoiceField(label="情形", choices=LEAVING, widget=forms.RadioSelect)
    paper = forms.CharField(
        label="文书", max_length=100, help_text="本人的书面声明、选举委员会除名的决定或者死亡证明的名称和文号"
    )


class TellForm(VersionForm):
    """The day on which those who had named the person, or the voters, were told."""

    on = forms.DateField(label="告知日期", initial=clock.today)


class UntrueForm(VersionForm):
    """What was untrue, and how the voters were told of it."""

    on = forms.DateField(label="通报日期", initial=clock.today)
    untrue = forms.CharField(label="不实的内容", max_length=200)
    how = forms.CharField(label="怎样通报", max_length=100, help_text="如在选区张贴通报、在选民小组会议上说明")


class ReturnForm(VersionForm):
    """Why the entry was a mistake."""

    reason = forms.CharField(label="说明", max_length=200, error_messages={"required": "请写明误登的情况。"})
