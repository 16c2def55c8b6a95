"""Forms of voters handed over."""

from django import forms

from congress import clock
from congress.models import Township
from congress.people.forms import IdNumberField, NameField, PhoneField
from congress.web.forms import KeyedForm, RecordForm, VersionForm
from congress.web.only_with import Only, answered, not_answered
from elections.forms.voters import APART, GroupChoice, groups_of
from elections.models import Transfer, VoterGroup


class AskTransferForm(KeyedForm):
    """Where a voter of the roll is to be registered instead."""

    makes = Transfer
    only = {
        "other_township": Only(
            "reach", answered(Transfer.Reach.COUNTY), "转往县外的不选乡镇，写在“对方地点”；转往同县乡镇的，请改范围。"
        ),
        "other_place": Only(
            "reach", not_answered(Transfer.Reach.COUNTY), "转往同县乡镇的不写地点，选“对方乡镇”；转往县外的，请改范围。"
        ),
    }

    reach = forms.ChoiceField(label="范围", choices=Transfer.Reach.choices, widget=forms.RadioSelect)
    other_township = forms.ModelChoiceField(
        label="对方乡镇", queryset=Township.objects.none(), required=False, help_text="同县的选择乡镇，对方在系统内答复"
    )
    other_place = forms.CharField(
        label="对方地点", max_length=100, required=False, help_text="县外的填写县、乡镇和选区，凭纸质文书答复"
    )
    cause = forms.ChoiceField(label="原因", choices=[("", "请选择"), *Transfer.Cause.choices])
    sent_on = forms.DateField(label="提出日期", initial=clock.today)

    def __init__(self, *args, township, **kwargs):
        super().__init__(*args, **kwargs)
        near = Township.objects.beside(township).exclude(pk=township.pk)
        self.fields["other_township"].queryset = near


class ReceiveForm(RecordForm):
    """Somebody who comes from outside the county, with the papers that are here."""

    class Meta:
        model = Transfer
        fields = (
            "name gender ethnicity birth_date id_number phone address reach other_place cause sent_on certificate permit"
        ).split()
        field_classes = {"name": NameField, "id_number": IdNumberField, "phone": PhoneField}
        labels = {"sent_on": "收到日期"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        far = [choice for choice in Transfer.Reach.choices if choice[0] != Transfer.Reach.COUNTY]
        self.fields["reach"].choices = far
        self.fields["other_place"].required = True
        self.fields["birth_date"].required = self.fields["gender"].required = False
        self.fields["birth_date"].help_text = "公历；填写身份证号时可不填，自动带出"
        self.initial["sent_on"] = self.instance.sent_on or clock.today()


class AcceptTransferForm(VersionForm):
    """The group in which the voter is registered."""

    on = forms.DateField(label="登记日期", initial=clock.today)
    group = GroupChoice(label="选民小组", queryset=VoterGroup.objects.none())
    apart = forms.ChoiceField(**APART)

    def __init__(self, *args, campaign=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups_of(campaign)


class PapersForm(VersionForm):
    """The papers of somebody from outside the county."""

    certificate = forms.CharField(label="选民资格证明", max_length=60, required=False, help_text="出具的选区和文号")
    permit = forms.BooleanField(label="有居住证", required=False)


class RefuseTransferForm(VersionForm):
    """Why a voter is not taken over, or is asked for no longer."""

    on = forms.DateField(label="日期", initial=clock.today)
    answer = forms.CharField(label="理由", max_length=200, error_messages={"required": "请写明理由。"})


class AnsweredForm(VersionForm):
    """What the paper that came back says."""

    on = forms.DateField(label="对方登记日期", initial=clock.today)
    answer = forms.CharField(label="答复文书", max_length=200, help_text="如参选联系单回执的文号")
