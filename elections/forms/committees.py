"""Forms of those who lead an election."""

from congress.people.forms import NameField
from congress.web.forms import RecordForm
from deputies.models import Level
from elections.models import Committee, CommitteeDecision, CommitteeMember, WorkTeam
from elections.queries.committees import leading_name, led_by


class CommitteeForm(RecordForm):
    """The committee of one level, with its appointment."""

    class Meta:
        model = Committee
        fields = ("kind", "name", "appointed_by", "appointed_on", "paper", "office_place")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        township = self.instance.township
        if self.instance._state.adding:
            own, leading = self.instance.election.term.level == Level.TOWNSHIP, led_by(self.instance.election)
            self.initial["kind"] = Committee.Kind.OWN if own else Committee.Kind.ENTRUSTED
            self.initial["name"] = leading_name(self.instance.election)
            body = township.county.standing_committee
            self.initial["appointed_by"] = body if own else ""
            if leading:
                self.initial["kind"] = Committee.Kind.BY_LAW
                self.initial["name"] = "" if leading.appointed else leading_name(self.instance.election)
                self.initial["appointed_by"] = body if leading.appointed else leading.citation.text
                self.fields["kind"].help_text = f"本地的补选{leading.words}（{leading.citation.text}）。"


class MemberForm(RecordForm):
    """A member; who became a candidate, and when the member left."""

    class Meta:
        model = CommitteeMember
        fields = (
            "name",
            "post",
            "employer_post",
            "appointed_on",
            "replaces",
            "candidate_on",
            "left_on",
            "left_paper",
        )
        field_classes = {"name": NameField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        committee = self.instance.committee
        gone = CommitteeMember.objects.kept().filter(committee=committee, left_on__isnull=False)
        self.fields["replaces"].queryset = gone.exclude(pk=self.instance.pk)
        self.fields["replaces"].help_text = "辞去职务的成员由县级人大常委会补任；不是补任的不选。"
        if self.instance._state.adding:
            self.initial["appointed_on"] = committee.appointed_on


class DecisionForm(RecordForm):
    """What the committee decided."""

    class Meta:
        model = CommitteeDecision
        fields = ("subject", "decided_on", "paper", "content")


class TeamForm(RecordForm):
    """The office, a working group, or the people of an area."""

    class Meta:
        model = WorkTeam
        fields = ("kind", "name", "leader", "members", "duties")
        field_classes = {"leader": NameField}
