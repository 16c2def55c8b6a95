"""Forms of voters who were not found yet."""

from django import forms

from congress import clock
from congress.people.forms import NameField, PhoneField
from congress.web.forms import RecordForm, VersionForm
from elections.models import PoolEntry


class PoolForm(RecordForm):
    """Who is looked for, by whom, until when."""

    class Meta:
        model = PoolEntry
        fields = ("name", "village", "phone", "clue", "owner", "due_on")
        field_classes = {"name": NameField, "phone": PhoneField, "owner": NameField}


class FoundForm(VersionForm):
    """What was found out."""

    on = forms.DateField(label="日期", initial=clock.today)
    outcome = forms.ChoiceField(label="结果", choices=[("", "请选择"), *PoolEntry.Outcome.choices])
    note = forms.CharField(label="说明", max_length=200, required=False)


class UnfoundForm(VersionForm):
    """Where was looked."""

    on = forms.DateField(label="日期", initial=clock.today)
    note = forms.CharField(label="查找经过", max_length=200, error_messages={"required": "请写明查找经过。"})


class LookOnForm(VersionForm):
    """Who looks on, until when."""

    owner = NameField(label="责任人", max_length=40)
    due_on = forms.DateField(label="办结日期")
