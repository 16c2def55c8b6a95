"""Forms of the roster."""

from django import forms

from congress.forms import PlainForm, RecordForm
from congress.people.forms import IdNumberField, PhoneField
from deputies.actions.corrections import CORRECTABLE
from deputies.models import Activity, Deputy, District, Group, Mandate, Station, Term

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DeputyForm(RecordForm):
    """An entry of the roster."""

    class Meta:
        model = Deputy
        fields = (
            "name gender ethnicity birth_date id_number party education employer_post occupation grassroots"
            " phone address certificate_no group station presidium_member"
        ).split()
        widgets = {"birth_date": DATE}
        field_classes = {"id_number": IdNumberField, "phone": PhoneField}


class MandateForm(PlainForm):
    """A seat of a deputy."""

    term = forms.ModelChoiceField(label="届次", queryset=Term.objects.none())
    district = forms.ModelChoiceField(label="选区", queryset=District.objects.none(), required=False)
    elected_on = forms.DateField(label="当选日期", widget=DATE)
    confirmed_on = forms.DateField(label="资格确认日期", widget=DATE, required=False)
    how = forms.ChoiceField(label="产生方式", choices=Mandate.How.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = Term.objects.all()
        self.fields["term"].label_from_instance = lambda term: f"{term.get_level_display()}{term}"
        self.fields["district"].queryset = District.objects.select_related("term")


class EndForm(PlainForm):
    """The end of a seat."""

    ended_on = forms.DateField(label="终止日期", widget=DATE)
    reason = forms.ChoiceField(label="终止原因", choices=Mandate.End.choices)
    is_chair_or_vice = forms.BooleanField(label="该代表担任人大主席或副主席", required=False)


class ReasonForm(PlainForm):
    """Why something is taken back."""

    reason = forms.CharField(label="原因", max_length=200)


class CorrectionForm(PlainForm):
    """A deputy's wish to have the own entry corrected."""

    field = forms.ChoiceField(
        label="项目", choices=[(name, Deputy._meta.get_field(name).verbose_name) for name in CORRECTABLE]
    )
    value = forms.CharField(label="更正为", max_length=100)
    reason = forms.CharField(label="说明", max_length=200, required=False)


class AnswerForm(PlainForm):
    """The answer to a correction."""

    accept = forms.TypedChoiceField(
        label="处理",
        choices=[("yes", "采纳并更正"), ("no", "不采纳")],
        widget=forms.RadioSelect,
        coerce=lambda v: v == "yes",
    )
    answer = forms.CharField(label="处理意见", max_length=200, required=False, help_text="不采纳时须写明理由")


class TermForm(RecordForm):
    """A term."""

    class Meta:
        model = Term
        fields = ("level", "number", "seats", "started_on", "ended_on")
        widgets = {"started_on": DATE, "ended_on": DATE}


class DistrictForm(RecordForm):
    """A district."""

    class Meta:
        model = District
        fields = ("term", "number", "name", "seats")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].label_from_instance = lambda term: f"{term.get_level_display()}{term}"


class GroupForm(RecordForm):
    """A group."""

    class Meta:
        model = Group
        fields = ("name",)


class StationForm(RecordForm):
    """A station."""

    class Meta:
        model = Station
        fields = ("name", "kind", "address", "reception_days", "opened_on")
        widgets = {"opened_on": DATE}


class CloseForm(PlainForm):
    """Since when a station is closed."""

    closed_on = forms.DateField(label="停用日期", widget=DATE)


class ItemForm(PlainForm):
    """A station meets an item of the check-list."""

    met_on = forms.DateField(label="达到日期", widget=DATE)
    evidence = forms.CharField(label="佐证", max_length=200, help_text="如制度清单、照片、台账的名称和存放处")


class ActivityForm(RecordForm):
    """An activity with the deputies who took part."""

    attended = forms.ModelMultipleChoiceField(
        label="参加代表", queryset=Deputy.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    reported = forms.ModelMultipleChoiceField(
        label="述职代表", queryset=Deputy.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Activity
        fields = "kind title held_on half_days place organiser people households deeds note".split()
        widgets = {"held_on": DATE, "note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, deputies=(), **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("attended", "reported"):
            self.fields[name].queryset = deputies

    def attendances(self) -> dict:
        """Deputy → part; who reported also attended."""
        chosen = dict.fromkeys(self.cleaned_data["attended"], "attended")
        return chosen | dict.fromkeys(self.cleaned_data["reported"], "reported")
