"""Forms of voters, their registration, and the changes of the roll."""

from django import forms

from congress import clock
from congress.law.roll import BODIES, GROUNDS, SITUATIONS
from congress.people.forms import IdNumberField, NameField, PhoneField
from congress.web.forms import PlainForm, RecordForm, VersionForm, plain_helper
from congress.web.forms_sealed import KeepsSealed
from congress.web.only_with import Only, answered
from elections.models import Campaign, Likeness, Registration, Voter, VoterGroup

APART = {
    "label": "与同名同日的选民区分的依据",
    "choices": [("", "没有同名同日的"), *Likeness.Told.choices],
    "required": False,
    "help_text": "选民册中已有姓名、出生日期相同的选民时才选；系统不按姓名合并",
}
SITUATION_CHOICES = [("", "无"), *SITUATIONS.items()]


class GroupChoice(forms.ModelChoiceField):
    """A voters' group of an election work, with its district."""

    def label_from_instance(self, obj):
        """第1选区（东村）第1小组（一组）."""
        return f"{obj.district}{obj}"


def groups_of(campaign: Campaign | None):
    """The groups in whose districts a work elects."""
    rows = VoterGroup.objects.kept().select_related("district", "county_district")
    if campaign is None:
        return rows.none()
    return rows.filter(district__term__elections__campaign=campaign).distinct().order_by("district__number", "number")


class RegisteredForm(PlainForm):
    """What a registration says beside the person."""

    only = {
        "card_no": Only(
            "county_only", answered(False), "选民证号随乡镇级登记编，只参加县级选举的没有；请清空，或者不勾选。"
        )
    }
    group = GroupChoice(label="选民小组", queryset=VoterGroup.objects.none())
    ground = forms.ChoiceField(label="登记事由", choices=[("", "请选择"), *Registration.Ground.choices])
    way = forms.ChoiceField(
        label="登记方式",
        choices=[one for one in Registration.Way.choices if one[0] not in ("import", "carried")],
        initial=Registration.Way.DOOR,
    )
    registered_on = forms.DateField(label="登记日期", initial=clock.today)
    situation = forms.ChoiceField(label="特殊情形", choices=SITUATION_CHOICES, required=False)
    county_only = forms.BooleanField(
        label="只参加县级选举", required=False, help_text="只用于驻本地的上级单位职工（若干规定第七条）"
    )
    card_no = forms.IntegerField(label="选民证号", min_value=1, max_value=9_999_999, required=False)
    certificate = forms.CharField(
        label="选民资格证明", max_length=60, required=False, help_text="外来人员填写出具的选区和文号"
    )
    permit = forms.BooleanField(label="有居住证", required=False)
    apart = forms.ChoiceField(**APART)

    def set_campaign(self, campaign: Campaign) -> None:
        """Let choose among the groups of an election work."""
        self.fields["group"].queryset = groups_of(campaign)


REGISTERED = tuple(RegisteredForm.base_fields)


class VoterForm(KeepsSealed, RecordForm, RegisteredForm):
    """A voter entered by hand, with the registration; of one kept already the person alone."""

    class Meta:
        model = Voter
        fields = (
            "name gender ethnicity birth_date evidence id_number village household_no household employer phone address"
            " remark"
        ).split()
        field_classes = {"name": NameField, "id_number": IdNumberField, "phone": PhoneField}

    def __init__(self, *args, campaign: Campaign | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if campaign is not None:
            self.set_campaign(campaign)
        else:
            for name in REGISTERED:
                del self.fields[name]
            self.helper = plain_helper(self)
        self.fields["birth_date"].required = self.fields["gender"].required = False
        self.fields["birth_date"].help_text = "公历；填写身份证号时可不填，自动带出。户口簿上写农历的，请换算成公历"
        if not self.fields["id_number"].help_text:
            self.fields["id_number"].help_text = "没有的可以不填，以户口簿等证明出生日期；旧式15位会换成18位"


class EnterForm(RegisteredForm):
    """A voter kept from before, entered in the roll of an election work."""

    def __init__(self, *args, campaign: Campaign, **kwargs):
        super().__init__(*args, **kwargs)
        self.set_campaign(campaign)


class RemovalForm(VersionForm):
    """A ground of the closed list, and what the law asks of it."""

    only = {
        "until": Only(
            "kind", lambda kind: bool(kind) and GROUNDS[kind].excludes, "这个事由没有期满日期；请改事由，或者清空。"
        ),
        "confirmed_on": Only("kind", answered("unable"), "只用于不能行使选举权利；请改事由，或者清空。"),
        "proof": Only("kind", answered("unable"), "只用于不能行使选举权利；请改事由，或者不勾选。"),
    }
    kind = forms.ChoiceField(label="事由", choices=[])
    happened_on = forms.DateField(label="发生日期", initial=clock.today)
    body = forms.ChoiceField(
        label="决定机关",
        choices=[("", "不需要"), *BODIES.items()],
        required=False,
        help_text="剥夺政治权利由法院判决；停止行使由检察院或者法院决定；不能行使由选举委员会确认",
    )
    paper = forms.CharField(
        label="依据材料", max_length=100, required=False, help_text="文书名称和文号，如死亡证明、刑事判决书"
    )
    until = forms.DateField(label="期满日期", required=False, help_text="剥夺、停止行使的最后一日；没有确定的不填")
    confirmed_on = forms.DateField(label="选举委员会确认日期", required=False, help_text="只用于不能行使选举权利")
    proof = forms.BooleanField(label="有医院证明或者监护人同意", required=False)
    intermittent = forms.BooleanField(label="间歇性", required=False, help_text="仍列入名单，只在病发时经确认不行使")
    reason = forms.CharField(label="说明", max_length=200, required=False)

    offered = ("moved_out", "died", "deprived", "suspended", "unable", "underage", "mistaken")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(key, GROUNDS[key].label) for key in self.offered]
        self.fields["kind"].choices = [("", "请选择"), *choices]


class ExcludeForm(RemovalForm):
    """The grounds that keep somebody off the roll for a time."""

    offered = ("deprived", "suspended", "unable")


class MoveForm(VersionForm):
    """The group a voter goes to."""

    group = GroupChoice(label="转到", queryset=VoterGroup.objects.none())
    happened_on = forms.DateField(label="日期", initial=clock.today)
    paper = forms.CharField(
        label="依据材料", max_length=100, required=False, help_text="选区不同的必填，如居住核实记录"
    )

    def __init__(self, *args, campaign: Campaign, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups_of(campaign)


class EndExclusionForm(VersionForm):
    """The day on which an exclusion ends."""

    until = forms.DateField(label="期满日期", help_text="最后一日；自次日起恢复")
    paper = forms.CharField(label="恢复的依据", max_length=100, help_text="文书名称和文号，如释放证明、裁定书")


class HouseholdForm(PlainForm):
    """Who of a household was looked at and signed for."""

    voters = forms.ModelMultipleChoiceField(
        label="已核对", queryset=Voter.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    confirmed_on = forms.DateField(label="核对日期", initial=clock.today)
    by = forms.ChoiceField(label="核对方式", choices=Registration.Confirmed.choices, widget=forms.RadioSelect)

    def __init__(self, *args, voters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["voters"].queryset = voters
        self.fields["voters"].initial = [one.pk for one in voters]
        self.fields["by"].initial = Registration.Confirmed.SELF


class FindForm(PlainForm):
    """An identity number, by which one voter is found."""

    number = IdNumberField(label="身份证号")


class TellApartForm(PlainForm):
    """Whether two are one person, and by what that is known."""

    same = forms.TypedChoiceField(
        label="结论",
        choices=[("", "请选择"), ("no", "不是同一人"), ("yes", "是同一人，另一条作为重复登记除名")],
        coerce=lambda said: said == "yes",
    )
    told_by = forms.ChoiceField(label="依据", choices=[("", "请选择"), *Likeness.Told.choices])
