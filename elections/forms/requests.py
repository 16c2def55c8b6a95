"""Forms of what is sent from the public pages, and of staff who settle it."""

from django import forms

from congress import clock
from congress.people import idnumber
from congress.people.forms import IdNumberField, NameField, PhoneField
from congress.web.forms import VersionForm
from congress.web.question import QuestionForm
from elections.forms.voters import GroupChoice
from elections.models import Election, Registration, RegistrationRequest, Voter, VoterGroup


class OnlineForm(VersionForm):
    """From when until when registration may be asked for from the public pages."""

    since = forms.DateField(label="开始日期", required=False, help_text="两个日期都不填的，不开放网上登记")
    until = forms.DateField(label="结束日期", required=False)
    contact = forms.CharField(label="咨询电话", max_length=60, required=False, help_text="写办公电话，印在公开页面上")

    # The office's telephone is meant for everybody.
    numbers_welcome = {"contact": "the telephone of the office"}


class AskForm(QuestionForm):
    """What somebody sends who wants to be registered."""

    name = NameField(label="姓名", max_length=40)
    id_number = IdNumberField(label="身份证号", required=False, help_text="没有身份证的可以不填，核对时请带户口簿")
    gender = forms.ChoiceField(label="性别", choices=[("", "请选择"), *Voter.Gender.choices])
    birth_date = forms.DateField(label="出生日期", help_text="公历，按身份证或者户口簿填写")
    household = forms.ChoiceField(label="户籍所在地", choices=[("", "请选择"), *Voter.Household.choices])
    village = forms.CharField(label="现住村（社区）、小组", max_length=60, help_text="如东山村三组")
    phone = PhoneField(label="手机", help_text="工作人员打这个电话核对")
    note = forms.CharField(label="说明", max_length=200, required=False)

    def clean(self):
        values = super().clean()
        number = values.get("id_number")
        if number and "birth_date" in values and "gender" in values:
            parsed = idnumber.parse(number, clock.today())
            sex = dict(Voter.Gender.choices)[values["gender"]]
            for one in idnumber.disagreements(parsed, birth_date=values["birth_date"], sex=sex):
                self.add_error("birth_date" if one.code == "id.birth_date_differs" else "gender", one.message)
        return values

    def made(self, campaign) -> RegistrationRequest:
        """The request that was entered, not saved."""
        names = ("name", "gender", "birth_date", "household", "village", "phone", "note")
        values = {name: self.cleaned_data[name] for name in names}
        number = self.cleaned_data["id_number"] or None
        return RegistrationRequest(township=campaign.township, campaign=campaign, id_number=number, **values)


class LookUpForm(QuestionForm):
    """By what somebody finds their own entry."""

    name = NameField(label="姓名", max_length=40)
    tail = forms.RegexField(
        r"^\s*\d{3}[\dXx]\s*$",
        label="身份证号后四位",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "请填写身份证号的最后四位，末位可以是X。"},
    )


class AcceptRequestForm(VersionForm):
    """Where and on which ground somebody who asked is registered, as staff have checked it with them."""

    on = forms.DateField(label="登记日期", initial=clock.today)
    group = GroupChoice(label="选民小组", queryset=VoterGroup.objects.none())
    ground = forms.ChoiceField(label="登记事由", choices=[("", "请选择"), *Registration.Ground.choices])
    certificate = forms.CharField(
        label="选民资格证明", max_length=100, required=False, help_text="外来人员填写出具的单位和文号"
    )
    permit = forms.BooleanField(label="已查验居住证", required=False, help_text="外来人员，按本省规定")
    paper = forms.CharField(label="依据材料", max_length=100, required=False, help_text="文书名称和文号")
    apart = forms.CharField(
        label="与同名人的区别",
        max_length=100,
        required=False,
        help_text="已有姓名、出生日期相同的选民时，写明按什么核对为两个人",
    )

    def __init__(self, *args, campaign=None, **kwargs):
        super().__init__(*args, **kwargs)
        if campaign is not None:
            terms = Election.objects.kept().filter(campaign=campaign).values("term")
            groups = VoterGroup.objects.kept().filter(district__term__in=terms)
            self.fields["group"].queryset = groups.select_related("district")


class RefuseRequestForm(VersionForm):
    """Why a request is not taken."""

    on = forms.DateField(label="办理日期", initial=clock.today)
    refusal = forms.ChoiceField(label="原因", choices=[("", "请选择"), *RegistrationRequest.Refusal.choices])
