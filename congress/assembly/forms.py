"""Forms of sessions, officers and presidium meetings."""

from django import forms
from django.db.models import Max

from congress import clock
from congress.assembly.models import CredentialsMember, Officer, PresidiumMeeting, Session
from congress.guard.record import kept
from congress.people.forms import NameField
from congress.web.forms import RecordForm, VersionForm
from deputies.forms import DeputyField
from deputies.models import Deputy, Level, Term
from deputies.queries import current_term, seats_held

NUMBERS = ("on_leave", "reports", "projects")


class HeldOn:
    """A form of what is held on a day (`day`): who was present is known afterwards, and asked for from that day on."""

    day: str

    def ask_for_present(self) -> None:
        """Ask for it, and say of what lies ahead that it is not known yet."""
        self.fields["present"].required = False
        self.fields["present"].help_text = "还没有召开的不填，召开以后补上"

    def clean(self):
        """Nobody was present yet at what lies ahead; how many were is said of the rest."""
        values = super().clean()
        if "present" in values and values.get(self.day):
            ahead, there = values[self.day] > clock.today(), values["present"]
            if not ahead and there is None:
                self.add_error("present", "请填写实到人数。")
            elif ahead and there:
                self.add_error("present", "还没有召开，实到人数召开以后再填。")
            values["present"] = there or 0
        return values


class SessionForm(HeldOn, RecordForm):
    """A session of the township's congress."""

    day = "opened_on"

    class Meta:
        model = Session
        fields = ("term", "number", "opened_on", "closed_on", "place", "entitled", "present", *NUMBERS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        terms = Term.objects.kept().filter(level=Level.TOWNSHIP).order_by("-number")
        self.fields["term"].queryset = terms
        self.fields["number"].help_text = "第几次会议，填数字。"
        self.ask_for_present()
        if self.instance._state.adding:
            there = seats_held(clock.today(), Level.TOWNSHIP).values("deputy").distinct().count()
            self.initial |= {"entitled": there or None, "present": None} | self._next()

    def _next(self) -> dict:
        """The next session of the term of now."""
        term = current_term(clock.today())
        last = Session.objects.kept().filter(term=term).aggregate(last=Max("number"))["last"]
        return {"term": term.pk, "number": (last or 0) + 1} if term else {}

    def clean(self):
        """A number that was left empty is none."""
        values = super().clean()
        return values | {name: values[name] or 0 for name in NUMBERS if name in values}


class OfficerForm(RecordForm):
    """Somebody the session elected."""

    class Meta:
        model = Officer
        fields = ("post", "title", "name", "elected_on", "ended_on")
        field_classes = {"name": NameField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["elected_on"].required = False
        self.fields["elected_on"].help_text = "不填时为会议最后一天。"
        if self.instance._state.adding:
            self.leave_out("ended_on")

    def clean(self):
        """A title that was not touched goes with the post it was for."""
        values = super().clean()
        if "post" in self.changed_data and "title" not in self.changed_data:
            values["title"] = self.instance.title = ""
        return values

    def clean_elected_on(self):
        """The session's last day when none is given."""
        session = self.instance.session
        return self.cleaned_data["elected_on"] or session.closed_on or session.opened_on


class CredentialsMemberForm(RecordForm):
    """A deputy in the credentials committee that the session passed."""

    class Meta:
        model = CredentialsMember
        fields = ("deputy", "post", "left_on")
        field_classes = {"deputy": DeputyField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        term = self.instance.session.term_id
        sits = Deputy.objects.kept().filter(kept("mandates"), mandates__term=term).distinct()
        self.fields["deputy"].queryset = sits.order_by("stroke_key", "id")
        if self.instance._state.adding:
            self.leave_out("left_on")


class EndForm(VersionForm):
    """The day somebody left the office."""

    ended_on = forms.DateField(label="离任日期")


class MeetingForm(HeldOn, RecordForm):
    """A meeting of the presidium."""

    day = "held_on"

    class Meta:
        model = PresidiumMeeting
        fields = ("held_on", "topics", "entitled", "present", "decisions")
        widgets = {
            "topics": forms.Textarea(attrs={"rows": 4}),
            "decisions": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args, **kwargs):
        """As many are expected as the last time; nobody comes by default."""
        super().__init__(*args, **kwargs)
        self.ask_for_present()
        if self.instance._state.adding:
            last = (
                PresidiumMeeting.objects.kept().filter(township=self.instance.township_id).order_by("-held_on").first()
            )
            self.initial |= {"entitled": last.entitled if last else None, "present": None}
