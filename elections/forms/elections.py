"""Forms of elections."""

from django import forms

from congress.web.forms import RecordForm
from deputies.models import Level, Term
from elections.models import DistrictTurnout, Election
from elections.queries import judged


class TermChoice(forms.ModelChoiceField):
    """Terms of both levels, told apart by their level."""

    def label_from_instance(self, obj):
        """第十七届（乡镇）."""
        return f"{obj}（{obj.get_level_display()}）"


class ElectionForm(RecordForm):
    """The certified totals of an election."""

    term = TermChoice(label="届", queryset=Term.objects.none())

    class Meta:
        model = Election
        fields = (
            "term",
            "how",
            "begun_on",
            "election_day",
            "districts",
            "seats",
            "registered",
            "took_part",
            "meetings",
            "rules",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        levels = (Level.TOWNSHIP, Level.COUNTY)
        terms = Term.objects.kept().filter(level__in=levels)
        self.fields["term"].queryset = terms.order_by("-started_on", "level")
        self.fields["took_part"].help_text = "含委托投票和流动票箱投票的选民。"


class TurnoutForm(RecordForm):
    """The certified numbers of one district; what the law says of those that stand is told at the field."""

    class Meta:
        model = DistrictTurnout
        fields = ("number", "registered", "took_part", "recovered")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["took_part"].help_text = "含委托投票和流动票箱投票的选民。"
        self.fields["recovered"].help_text = "没有统计的不填。"
        if not self.instance._state.adding:
            for finding in judged(self.instance):
                self.fields[finding.field].help_text += str(finding)
