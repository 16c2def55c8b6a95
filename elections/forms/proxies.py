"""Forms of proxies: one voter's authority, the steps, the note of a district's share, and how the detained vote."""

from django import forms
from django.db.models import QuerySet

from congress import clock
from congress.people.forms import NameField
from congress.web.forms import KeyedForm, PlainForm, RecordForm, VersionForm, plain_helper
from congress.web.only_with import Only, not_answered
from elections.actions.proxies import Agent, Authority
from elections.forms.appeals import RegistrationChoice
from elections.models import DetainedVoting, Election, ProxyNote, ProxyVote, Registration
from elections.queries import proxies as queries

AWAY = ("reason", "where", "since", "until", "form", "came_on")
NOBODY = "名单上没有这个姓名，请核对。"
SEVERAL = "名单上有几位同名的选民，请选择是哪一位。"


class LevelTicks(forms.ModelMultipleChoiceField):
    """The levels one paper is for."""

    def label_from_instance(self, obj):
        """乡镇 or 县级, with the term."""
        return f"{obj.term.get_level_display()}（{obj.term}）"


class FindsOne:
    """A form in which somebody of the list is named: found by name, and asked for where several bear it."""

    named, picked = "name", "registration"  # the field with the name, and the one in which is chosen

    def offer(self, election: Election | None) -> None:
        """Offer those of the list who bear the name that was sent; ask nothing while nothing was."""
        name = (self.data.get(self.add_prefix(self.named)) or "").strip() if self.is_bound else ""
        rows = queries.named(election, name) if name and election else Registration.objects.none()
        self.fields[self.picked].queryset = rows
        if not name:
            del self.fields[self.picked]

    def found(self, values: dict) -> Registration | None:
        """Who is meant; says at the field what is wrong where that is nobody, or one of several."""
        if self.picked not in self.fields or values.get(self.picked):
            return values.get(self.picked)
        rows = list(self.fields[self.picked].queryset[:2])
        if len(rows) == 1:
            return rows[0]
        self.add_error(self.picked if rows else self.named, SEVERAL if rows else NOBODY)
        return None


def proxy_field(name: str, **said) -> forms.Field:
    """The field of a form as the model says it."""
    made: forms.Field = ProxyVote._meta.get_field(name).formfield(**said)
    return made


class AuthorityForm(PlainForm):
    """What an authority says beside the two persons."""

    reason = proxy_field("reason")
    where = proxy_field("where", help_text="如“杭州务工”；只写办理需要的")
    since = proxy_field("since")
    until = proxy_field("until")
    form = proxy_field("form", help_text="传真的原件寄到以后，可以更正为书面")
    came_on = proxy_field("came_on", initial=clock.today)


class ForLevels(KeyedForm):
    """A form of authorities for one level's election, or for both at once."""

    makes = ProxyVote

    levels = LevelTicks(Election.objects.none(), label="委托哪一级的投票", widget=forms.CheckboxSelectMultiple)

    def tick(self, levels: QuerySet) -> None:
        """Offer these levels, all ticked."""
        self.fields["levels"].queryset = levels
        self.fields["levels"].initial = list(levels)

    def first_ticked(self) -> Election | None:
        """The first level that is ticked: on its list names are looked for."""
        ticked = self.data.getlist("levels") if hasattr(self.data, "getlist") else []
        return next((one for one in self.fields["levels"].queryset if str(one.pk) in ticked), None)


class ProxyForm(FindsOne, ForLevels, AuthorityForm):
    """One voter's authority, as it came."""

    named, picked = "agent", "agent_entry"
    only = {
        "agent_place": Only(
            "agent_is",
            not_answered(ProxyVote.AgentIs.LISTED),
            "受托人在本次名单上的，地点以名单为准，这一项不填；不在名单上的，请改“受托人是”。",
        )
    }

    agent_is = forms.ChoiceField(label="受托人是", choices=ProxyVote.AgentIs.choices, widget=forms.RadioSelect)
    agent = NameField(label="受托人", help_text="每人最多接受三份委托，不能转委托")
    agent_entry = RegistrationChoice(label="名单上的哪一位", queryset=Registration.objects.none(), required=False)
    agent_place = forms.CharField(
        label="受托人登记为选民的地点", max_length=60, required=False, help_text="受托人不在本次名单上的填写"
    )
    field_order = ("levels", "agent_is", "agent", "agent_entry", "agent_place", *AWAY)

    def __init__(self, *args, voter, levels, **kwargs):
        super().__init__(*args, **kwargs)
        self.voter = voter
        self.tick(levels)
        self.fields["agent_is"].initial = ProxyVote.AgentIs.LISTED
        listed = self.data.get("agent_is", "listed") == ProxyVote.AgentIs.LISTED
        self.offer(self.first_ticked() if listed else None)
        self.helper = plain_helper(self)

    def clean(self):
        """Who the agent is."""
        values = super().clean() or self.cleaned_data
        listed = values.get("agent_is") == ProxyVote.AgentIs.LISTED
        entry = self.found(values) if listed and values.get("agent") else None
        values["agent_entry"] = entry
        return values

    @property
    def who(self) -> Agent:
        """The agent as the action takes it."""
        said = self.cleaned_data
        if said["agent_entry"] is not None:
            return Agent(voter=said["agent_entry"].voter)
        relative = said["agent_is"] == ProxyVote.AgentIs.RELATIVE
        return Agent(name=said["agent"], place=said["agent_place"].strip(), relative=relative)

    @property
    def authority(self) -> Authority:
        """What the paper says."""
        return Authority(**{name: self.cleaned_data[name] for name in AWAY})


class AgreeForm(VersionForm):
    """Who consented, and when."""

    on = forms.DateField(label="同意日期", initial=clock.today)
    by = forms.ChoiceField(
        label="由谁同意",
        choices=ProxyVote.Consent.choices,
        initial=ProxyVote.Consent.COMMITTEE,
        widget=forms.RadioSelect,
        help_text="由选区工作组同意的，先在“选举委员会决定”里登记授权",
    )
    approver = NameField(label="审批人", required=False)


class RefuseProxyForm(VersionForm):
    """Why it is not agreed to."""

    on = forms.DateField(label="日期", initial=clock.today)
    refusal = forms.CharField(label="不同意的理由", max_length=200, error_messages={"required": "请写明不同意的理由。"})


class SlipForm(VersionForm):
    """The day a slip was made out."""

    on = forms.DateField(label="制发日期", initial=clock.today)


class CancelProxyForm(VersionForm):
    """Why it holds no longer."""

    on = forms.DateField(label="取消日期", initial=clock.today)
    cancelled = forms.ChoiceField(label="取消原因", choices=[("", "请选择"), *ProxyVote.Cancelled.choices])


class CorrectProxyForm(VersionForm, AuthorityForm):
    """What was read wrongly from the paper, or came after it."""

    agent_place = forms.CharField(label="受托人登记为选民的地点", max_length=60, required=False)
    field_order = (*AWAY, "agent_place")


class ProxyNoteForm(RecordForm):
    """Why so many of a district vote by proxy."""

    class Meta:
        model = ProxyNote
        fields = ("district", "noted_on", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, election: Election, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = queries.districts(election)
        self.initial.setdefault("noted_on", clock.today())


class DetainedForm(FindsOne, RecordForm):
    """How somebody who serves a sentence, is held or detained votes."""

    name = NameField(label="选民", help_text="名单上的姓名")
    registration = RegistrationChoice(label="名单上的哪一位", queryset=Registration.objects.none(), required=False)

    class Meta:
        model = DetainedVoting
        fields = ("registration", "situation", "organ", "way", "agreed_on", "paper")

    field_order = ("name", "registration", "situation", "organ", "way", "agreed_on", "paper")

    def __init__(self, *args, election: Election, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial.setdefault("name", self.instance.registration.voter.name)
        self.offer(election)
        self.helper = plain_helper(self)

    def clean(self):
        """Who is meant."""
        values = super().clean() or self.cleaned_data
        if values.get("name"):
            values["registration"] = self.found(values)
            if values["registration"] is not None:
                self.instance.registration = values["registration"]
        return values
