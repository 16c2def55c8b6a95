"""Forms of appeals against the list: receiving one, deciding it, the suit and the judgement."""

from django import forms

from congress import clock
from congress.people.forms import NameField, PhoneField
from congress.web.forms import KeyedForm, VersionForm, plain_helper
from congress.web.only_with import Only, answered
from elections import queries
from elections.models import Appeal, Registration, RollChange, Voter

Kind = RollChange.Kind
# On what ground somebody who should not stand on the list is taken off it.
OFF_GROUNDS = (Kind.MISTAKEN, Kind.MOVED_OUT, Kind.DIED, Kind.UNDERAGE)


class RegistrationChoice(forms.ModelChoiceField):
    """Registrations of people of one name, told apart by where they are listed and the year of their birth."""

    def label_from_instance(self, obj):
        """王芳（第3选区，第2小组，1975年生）."""
        group = f"，{obj.group}" if obj.group else ""
        return f"{obj.voter.name}（{obj.district}{group}，{obj.voter.birth_date.year}年生）"


class AppealForm(KeyedForm):
    """An appeal as it came in; the person on the list is found by name, and asked for where several have it."""

    makes = Appeal

    received_on = forms.DateField(label="提出日期", initial=clock.today)
    kind = forms.ChoiceField(label="申诉事项", choices=Appeal.Kind.choices)
    appellant = NameField(label="申诉人", help_text="任何公民都可以提出；单位不能作申诉人")
    phone = PhoneField(label="申诉人电话", required=False)
    subject = NameField(label="被申诉人", help_text="为本人申诉的，填申诉人自己")
    registration = RegistrationChoice(label="名单上的哪一位", queryset=Registration.objects.none(), required=False)
    words = forms.CharField(label="申诉理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, voter_list, **kwargs):
        super().__init__(*args, **kwargs)
        self.voter_list = voter_list
        name = (self.data.get("subject") or "").strip()
        listed = queries.on_roll(voter_list.election).filter(voter__name=name) if name else Registration.objects.none()
        self.fields["registration"].queryset = listed.select_related("voter", "district", "group")
        if not self.is_bound:
            del self.fields["registration"]
            self.helper = plain_helper(self)

    def clean(self):
        """Who is meant, where somebody on the list is."""
        values = super().clean() or self.cleaned_data
        if values.get("kind") == Appeal.Kind.MISSING:
            values["registration"] = None
        elif not self.errors and not values.get("registration"):
            found = list(self.fields["registration"].queryset[:2])
            if not found:
                self.add_error("subject", "名单上没有这个姓名，请核对。")
            elif len(found) > 1:
                self.add_error("registration", "名单上有几位同名的选民，请选择是哪一位。")
            else:
                values["registration"] = found[0]
        return values


class _Change(VersionForm):
    """What is changed on the list where the appeal holds; only what applies to its kind is asked."""

    ground = forms.ChoiceField(
        label="除名事由", choices=[(kind.value, kind.label) for kind in OFF_GROUNDS], required=False
    )
    paper = forms.CharField(label="依据材料", max_length=100, required=False, help_text="文书名称和文号")
    name = NameField(label="姓名更正为", required=False)
    gender = forms.ChoiceField(label="性别更正为", choices=[("", "不变"), *Voter.Gender.choices], required=False)

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        wanted = {Appeal.Kind.LISTED: ("ground", "paper"), Appeal.Kind.WRONG: ("name", "gender", "paper")}
        for name in {"ground", "paper", "name", "gender"} - set(wanted.get(Appeal.Kind(kind), ())):
            del self.fields[name]
        self.helper = plain_helper(self)


def _only_where(holds: str, says: str) -> dict[str, Only]:
    """What is changed is entered where the appeal holds alone; the first of the grounds is chosen before anybody looks."""
    return {name: Only(holds, answered(True), says) for name in ("paper", "name", "gender")}


class DecideForm(_Change):
    """The committee's decision."""

    only = _only_where("upheld", "申诉不成立的，名单不变，这一项不填。")
    on = forms.DateField(label="决定日期", initial=clock.today)
    upheld = forms.TypedChoiceField(
        label="申诉是否成立",
        choices=[(True, "成立"), (False, "不成立")],
        coerce=lambda value: str(value) == "True",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    decision = forms.CharField(
        label="处理决定和理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), help_text="印在处理决定书上"
    )
    field_order = ("on", "upheld", "decision")


class DeliverForm(VersionForm):
    """The letter reached the appellant."""

    on = forms.DateField(label="送达日期", initial=clock.today)


class SueForm(VersionForm):
    """The appellant went to court."""

    on = forms.DateField(label="起诉日期", initial=clock.today)
    court = forms.CharField(label="受理法院", max_length=60)


class JudgeForm(_Change):
    """The court's judgement, which is final."""

    only = _only_where("judged_for", "驳回起诉的，名单不变，这一项不填。")
    on = forms.DateField(label="判决日期", initial=clock.today)
    judged_for = forms.TypedChoiceField(
        label="判决结果",
        choices=[(True, "支持起诉人"), (False, "驳回起诉")],
        coerce=lambda value: str(value) == "True",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    judgement = forms.CharField(label="判决书文号", max_length=100)
    field_order = ("on", "judged_for", "judgement")


class EnteredForm(VersionForm):
    """Which registration was entered in consequence."""

    entered = RegistrationChoice(label="补登的选民", queryset=Registration.objects.none())

    def __init__(self, *args, entered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entered"].queryset = entered


class TakeBackForm(VersionForm):
    """The appellant takes it back."""

    reason = forms.CharField(label="说明", max_length=200, error_messages={"required": "请写明撤回的情况。"})
