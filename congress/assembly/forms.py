"""Forms of sessions, officers and presidium meetings."""

from django import forms

from congress.assembly.models import Officer, PresidiumMeeting, Session
from congress.people.forms import NameField
from congress.web.forms import PlainForm, RecordForm
from deputies.models import Level, Term


def _day() -> forms.DateInput:
    # The browser's own calendar; ISO is the only form it understands.
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SessionForm(RecordForm):
    """A session of the township's congress."""

    class Meta:
        model = Session
        fields = ("term", "number", "opened_on", "closed_on", "place", "entitled", "present")
        widgets = {"opened_on": _day(), "closed_on": _day()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        terms = Term.objects.kept().filter(level=Level.TOWNSHIP).order_by("-number")
        self.fields["term"].queryset = terms
        self.fields["number"].help_text = "第几次会议，填数字。"


class OfficerForm(PlainForm):
    """Somebody the session elected."""

    post = forms.ChoiceField(label="职务", choices=Officer.Post.choices)
    name = NameField(label="姓名", max_length=40)
    elected_on = forms.DateField(label="当选日期", required=False, widget=_day(), help_text="不填时为会议最后一天。")


class EndForm(PlainForm):
    """The day somebody left the office."""

    ended_on = forms.DateField(label="离任日期", widget=_day())


class MeetingForm(RecordForm):
    """A meeting of the presidium."""

    class Meta:
        model = PresidiumMeeting
        fields = ("held_on", "topics", "entitled", "present", "decisions")
        widgets = {
            "held_on": _day(),
            "topics": forms.Textarea(attrs={"rows": 4}),
            "decisions": forms.Textarea(attrs={"rows": 5}),
        }


class ReasonForm(PlainForm):
    """Why an entry is taken back."""

    reason = forms.CharField(label="撤回原因", max_length=200)
