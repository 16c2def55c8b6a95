"""Forms of the roster."""

from datetime import date

from crispy_forms.layout import Field
from django import forms
from django.db.models import Q

from congress import clock
from congress.models import Document, Job, Membership, Role, User
from congress.people.forms import IdNumberField, NameField, PhoneField
from congress.web.alike import AsksWhenAlike
from congress.web.forms import KeyedForm, RecordForm, VersionForm, number_field, plain_helper
from congress.web.forms_sealed import KeepsSealed
from congress.web.keyed import Keyed, KeyField
from congress.web.only_with import Only, answered
from deputies.actions import CORRECTABLE
from deputies.models import (
    Activity,
    ActivityAttendance,
    Correction,
    Deputy,
    District,
    Group,
    Mandate,
    Station,
    StationCheck,
    StationLiaison,
    Suspension,
    Term,
)
from deputies.queries import called, groups_in_order, term_label, told_apart, who_may_attend

NAME_ORDERS = (("xingming", "以姓名笔画为序"), ("xingshi", "以姓氏笔画为序（同姓的单名在前）"))

Part = ActivityAttendance.Part


class _ToldApart:
    """Namesakes are shown with what tells them apart, whatever the choices come from."""

    def _get_deputies(self):
        return self._queryset

    def _set_deputies(self, deputies):
        self._set_queryset(deputies if deputies is None else told_apart(deputies))

    queryset = property(_get_deputies, _set_deputies)

    def label_from_instance(self, deputy):
        return called(deputy)


class DeputyField(_ToldApart, forms.ModelChoiceField):
    """One deputy of several."""


class DeputiesField(_ToldApart, forms.ModelMultipleChoiceField):
    """Several deputies."""


class DeputyForm(KeepsSealed, RecordForm):
    """An entry of the roster."""

    class Meta:
        model = Deputy
        fields = (
            "name gender ethnicity birth_date id_number party affiliation education employer_post occupation grassroots"
            " phone address certificate_no group station presidium_member remark"
        ).split()
        field_classes = {"name": NameField, "id_number": IdNumberField, "phone": PhoneField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        standing_or_own = Q(dissolved_on__isnull=True) | Q(pk=self.instance.group_id)
        self.fields["group"].queryset = groups_in_order().filter(standing_or_own)
        open_or_own = Q(closed_on__isnull=True) | Q(pk=self.instance.station_id)
        self.fields["station"].queryset = Station.objects.kept().filter(open_or_own)
        self.fields["birth_date"].help_text = "填写身份证号时可不填，自动带出"


class MandateForm(KeyedForm):
    """A seat of a deputy."""

    makes = Mandate

    term = forms.ModelChoiceField(label="届次", queryset=Term.objects.none())
    district = forms.ModelChoiceField(label="选区", queryset=District.objects.none(), required=False)
    elected_on = forms.DateField(label="当选日期")
    confirmed_on = forms.DateField(
        label="资格确认日期",
        required=False,
        help_text="主席团（县级为常委会）确认代表资格的日期；补选的自这一天起在任，换届选举的可以不填",
    )
    how = forms.ChoiceField(label="产生方式", choices=Mandate.How.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = Term.objects.kept().order_by("-started_on")
        self.fields["term"].label_from_instance = term_label
        self.fields["district"].queryset = (
            District.objects.kept().select_related("term").order_by("-term__number", "number")
        )
        self.fields["district"].label_from_instance = lambda district: f"{district.term}{district}"


# 当选无效 is determined where the election stands, and is no end that is registered here.
ENDINGS = [one for one in Mandate.End.choices if one[0] != Mandate.End.VOID]


class EndForm(VersionForm):
    """The end of a seat; what the law says of it is shown before it binds."""

    ended_on = forms.DateField(label="终止日期", initial=clock.today)
    reason = forms.ChoiceField(label="终止原因", choices=[("", "请选择"), *ENDINGS])
    is_chair_or_vice = forms.BooleanField(label="该代表担任人大主席或副主席", required=False)


class ConfirmForm(VersionForm):
    """When the qualification was confirmed."""

    confirmed_on = forms.DateField(label="资格确认日期", initial=clock.today)


class SuspendForm(VersionForm):
    """Since when and why a deputy may not exercise the mandate."""

    ground = forms.ChoiceField(label="情形", choices=Suspension.Ground.choices, widget=forms.RadioSelect)
    since = forms.DateField(label="暂停起始日期", initial=clock.today)
    decision = forms.CharField(
        label="依据的文书",
        max_length=100,
        required=False,
        help_text="选填。有关机关的通知或者代表资格审查委员会报告的名称、文号。",
    )


class ResumeForm(VersionForm):
    """When the ground fell away."""

    until = forms.DateField(label="恢复日期", initial=clock.today)


def in_columns(form, *names: str) -> None:
    """Show long lists of check boxes in columns."""
    for name in names:
        form.helper[name].wrap(Field, wrapper_class="many-choices")


class AccountsForm(KeyedForm):
    """Deputies for whom accounts are opened: those ticked, or everybody."""

    makes = Job

    everyone = forms.BooleanField(
        required=False, widget=forms.CheckboxInput(attrs={"data-tick-all": "deputies"}), label="全选"
    )
    deputies = DeputiesField(label="代表", queryset=None, widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args, deputies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputies"].queryset = deputies
        in_columns(self, "deputies")

    def clean(self):
        """Everybody where that is ticked; somebody has to be."""
        values = super().clean()
        if values.get("everyone"):
            values["deputies"] = self.fields["deputies"].queryset
        if values.get("everyone") and not values["deputies"].exists():
            self.add_error("everyone", "在任且已审核的代表都已有账号。")
        elif not values.get("deputies") and "deputies" not in self.errors:
            self.add_error("deputies", "请勾选要开通账号的代表，或者勾选“全选”。")
        return values


class IssueForm(KeyedForm):
    """When the roster is issued, and in which order."""

    makes = Document

    issued_on = forms.DateField(label="印发日期")
    convention = forms.ChoiceField(label="排列次序", choices=NAME_ORDERS, initial="xingming", widget=forms.RadioSelect)
    number = number_field()
    again = forms.BooleanField(
        label="再印发一份", required=False, help_text="当天已经印发过时才勾选，会另取一个发文字号"
    )


class CorrectionForm(KeyedForm):
    """A deputy's request to have their own entry corrected."""

    makes = Correction

    field = forms.ChoiceField(
        label="项目", choices=[(name, Deputy._meta.get_field(name).verbose_name) for name in CORRECTABLE]
    )
    value = forms.CharField(label="更正为", max_length=100)
    numbers_welcome = {"value": "要更正的可能正是手机号；加密保存"}
    reason = forms.CharField(label="说明", max_length=200, required=False)


class AcceptForm(VersionForm):
    """A correction that is made."""

    answer = forms.CharField(label="处理意见", max_length=200, required=False)


class DeclineForm(VersionForm):
    """A correction that is not made, and why."""

    answer = forms.CharField(
        label="理由", max_length=200, help_text="代表会看到", error_messages={"required": "不采纳时请写明理由。"}
    )


class TermForm(RecordForm):
    """A term."""

    class Meta:
        model = Term
        fields = ("level", "number", "seats", "started_on", "ended_on")
        help_texts = {
            "started_on": "本届第一次会议开幕的日期，新一届代表自这一天起在任；还没有召开的先不填",
            "ended_on": "下一届第一次会议开幕的日期；登记了下一届的，以下一届的开始日期为准，可以不填",
        }


class DistrictForm(RecordForm):
    """A district."""

    class Meta:
        model = District
        fields = ("number", "name", "seats", "kind", "population", "villages")

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"term"}


class GroupForm(RecordForm):
    """A group."""

    class Meta:
        model = Group
        fields = ("name", "formed_on", "dissolved_on")


class StationForm(RecordForm):
    """A station."""

    class Meta:
        model = Station
        fields = ("name", "kind", "address", "reception_days", "opened_on")


class CloseForm(VersionForm):
    """Since when a station is closed."""

    closed_on = forms.DateField(label="停用日期")


class ItemForm(Keyed, VersionForm):
    """A station meets an item of the check-list."""

    makes = StationCheck

    key = KeyField()
    met_on = forms.DateField(label="达到日期")
    evidence = forms.CharField(
        label="佐证",
        max_length=200,
        help_text="如制度清单、照片、台账的名称和存放处",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LiaisonForm(KeyedForm):
    """Who keeps the records of a station."""

    makes = StationLiaison

    account = forms.ModelChoiceField(
        label="联络员", queryset=None, help_text="先在“账号”里开通角色为“联络员”的账号；一人只负责一个站"
    )

    def __init__(self, *args, township, **kwargs):
        super().__init__(*args, **kwargs)
        role = Membership.objects.filter(township=township, role=Role.LIAISON, ended_at__isnull=True)
        busy = StationLiaison.objects.kept().filter(until__isnull=True)
        free = User.objects.filter(pk__in=role.values("user")).exclude(pk__in=busy.values("account"))
        self.fields["account"].queryset = free.order_by("username")


class LostForm(VersionForm):
    """Since when a station does not meet an item any longer."""

    lost_on = forms.DateField(label="不再达到的日期")


# The numbers of an activity, the day beside what it is the day of.
COUNTED = [name for count in Activity.COUNTS for name in ((count, "mended_on") if count == "mended" else (count,))]
# Fields that only some kinds of activity have: the numbers, when what was asked for was put right, who reported.
OF_KINDS = {
    **Activity.COUNTS,
    "mended_on": Activity.COUNTS["mended"],
    "reported": (Activity.Kind.DUTY_REPORT,),
}


NOT_OF_KIND = "这一类活动没有这一项，请清空（填0）；要记的写在备注里，类别选错的请改类别。"


class ActivityForm(AsksWhenAlike, RecordForm):
    """An activity with the deputies who took part; shows what its kind has, and what is recorded all the same."""

    wants = ("attended",)
    only = {name: Only("kind", answered(*kinds), NOT_OF_KIND) for name, kinds in OF_KINDS.items()}

    everybody = forms.BooleanField(label="全体在任代表都参加", required=False)
    attended = DeputiesField(label="参加代表", queryset=None, required=False, widget=forms.CheckboxSelectMultiple)
    reported = DeputiesField(label="述职代表", queryset=None, required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Activity
        fields = (*"kind title held_on half_days place organiser people".split(), *COUNTED, "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["half_days"].help_text = "半天计1，一天计2"
        for name in Activity.COUNTS:
            self.fields[name].required = False
        for name in ("attended", "reported"):
            self.fields[name].queryset = who_may_attend(self.instance, self._day())
        self.parts = {}
        if not self.instance._state.adding:
            self.parts = dict(self.instance.attendances.kept().values_list("deputy_id", "part"))
            self.initial["attended"] = list(self.parts)
            self.initial["reported"] = [pk for pk, part in self.parts.items() if part == Part.REPORTED]
        else:
            self.fields["kind"].widget = forms.HiddenInput()
        self._leave_out()

    def _leave_out(self) -> None:
        kind = self.data.get("kind") or self.instance.kind
        for name, kinds in OF_KINDS.items():
            # What was typed before another kind was chosen stays on the page, and is said there.
            typed = self.data.get(name, "0") not in ("", "0")
            if kind not in kinds and not self.initial.get(name) and not typed:
                del self.fields[name]
        self.helper = plain_helper(self)
        in_columns(self, *(name for name in ("attended", "reported") if name in self.fields))

    def _day(self) -> date:
        """The day of the activity as it was sent, else as it is recorded: whoever was in office then can be chosen."""
        try:
            return self.fields["held_on"].clean(self.data["held_on"])
        except (KeyError, forms.ValidationError):
            return self.instance.held_on

    def alike(self, values):
        """Of the same kind, title and day; one that is only changed is no second one."""
        same = {name: values[name] for name in ("kind", "title", "held_on")}
        found = Activity.objects.kept().filter(**same) if self.instance._state.adding else Activity.objects.none()
        return found.order_by("created_at"), values["held_on"]

    def clean(self):
        """A number that was left empty is none."""
        values = super().clean()
        return values | {name: values[name] or 0 for name in Activity.COUNTS if name in values}

    def attendances(self) -> dict:
        """Deputy → part; who reported also attended, and who is known to have spoken still did."""
        present = self.fields["attended"].queryset if self.cleaned_data["everybody"] else self.cleaned_data["attended"]
        spoke = [pk for pk, part in self.parts.items() if part == Part.SPOKE]
        chosen = {deputy: Part.SPOKE if deputy.pk in spoke else Part.ATTENDED for deputy in present}
        return chosen | dict.fromkeys(self.cleaned_data.get("reported", ()), Part.REPORTED)
