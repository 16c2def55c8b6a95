"""Forms of the work of an election: beginning it, and its steps."""

from typing import Any

from django import forms

from congress import clock
from congress.web.forms import RecordForm, VersionForm, plain_helper
from deputies.models import Level, Term
from elections.actions.campaigns import term_findings
from elections.forms.elections import TermChoice
from elections.models import Campaign, Election
from elections.queries.campaigns import last_number, open_terms

NEW = "换届选举新的一届还没有登记的，填第几届；已经登记的选“已登记的届”。不选举这一级的都不填。"
ASKED = ("term", "number")
LEVELS = ((Level.TOWNSHIP, "乡镇级"), (Level.COUNTY, "县级"))


class CampaignForm(RecordForm):
    """The work as it begins, with the term that each level elects; later its day and its levels have steps of their own."""

    township_term = TermChoice(label="乡镇级：已登记的届", queryset=Term.objects.none(), required=False)
    township_number = forms.IntegerField(label="乡镇级：新的届次", required=False, min_value=1, max_value=999)
    county_term = TermChoice(label="县级：已登记的届", queryset=Term.objects.none(), required=False)
    county_number = forms.IntegerField(label="县级：新的届次", required=False, min_value=1, max_value=999)

    class Meta:
        model = Campaign
        fields = ("name", "how", "begun_on", "election_day", "day_decided_on", "day_paper", "last_day")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            for name in ("how", "election_day", *(f"{level}_{part}" for level, _ in LEVELS for part in ASKED)):
                del self.fields[name]
            self.helper = plain_helper(self)  # the one made before still names them
            return
        for level, _ in LEVELS:
            self.fields[f"{level}_term"].queryset = open_terms([level])
            last = last_number(self.instance.township, level)
            self.fields[f"{level}_number"].help_text = f"最近登记的是第{last}届。" if last else ""
        self.fields["township_number"].help_text += NEW
        self.fields["how"].help_text = "补选登记之后，在“补选选区”里逐个登记出缺的选区和名额。"

    def clean(self) -> dict[str, Any]:
        """One term a level, at least one level, each a term that can be elected."""
        values = super().clean()
        if self.errors or not self.instance._state.adding:
            return values
        values["terms"] = [term for level, _ in LEVELS if (term := self._term(level, values))]
        if not values["terms"] and not self.errors:
            self.add_error("township_number", "至少选举一级：选一届，或者填写新的届次。")
        return values

    def _term(self, level: Level, values: dict) -> Term | None:
        chosen, number = values[f"{level}_term"], values[f"{level}_number"]
        field = f"{level}_term" if chosen else f"{level}_number"
        if chosen and number:
            self.add_error(field, "已登记的届和新的届次，选填其中一项。")
        town = self.instance.township
        if not chosen and number and Term.objects.kept().filter(township=town, level=level, number=number).exists():
            self.add_error(field, "这一届已经登记过，请在已登记的届里选。")
        term = chosen or (Term(township=town, level=level, number=number) if number else None)
        for finding in term_findings(values["how"], term) if term else ():
            self.add_error(field, finding.message)
        return term


class CampaignStepForm(VersionForm):
    """A step of a campaign on a day."""

    on = forms.DateField(label="日期", initial=clock.today)


class OfElection(CampaignStepForm):
    """A step about one of the campaign's levels."""

    election = forms.ModelChoiceField(Election.objects.none(), label="哪一级选举")

    def __init__(self, *args, elections=(), **kwargs):
        super().__init__(*args, **kwargs)
        rows = Election.objects.kept().filter(pk__in=[one.pk for one in elections]).select_related("term")
        self.fields["election"].queryset = rows
        self.fields["election"].label_from_instance = level_and_term


def level_and_term(election: Election) -> str:
    """乡镇第十八届代表选举."""
    return f"{election.term.get_level_display()}{election}"


class MoveDayForm(CampaignStepForm):
    """Another election day, with the paper that decided it."""

    election_day = forms.DateField(label="新的选举日")
    day_paper = forms.CharField(label="确定选举日的文件", max_length=100, help_text="选举委员会决定的名称和文号")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "决定日期"


class AddLevelForm(CampaignStepForm):
    """A level that elects on the same day."""

    level = forms.ChoiceField(label="级别", choices=LEVELS, initial=Level.COUNTY)
    term = TermChoice(label="已登记的届", queryset=Term.objects.none(), required=False)
    number = forms.IntegerField(label="新的届次", required=False, min_value=1, max_value=999)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = open_terms()


class DropLevelForm(OfElection):
    """A level that is not elected after all."""

    reason = forms.CharField(label="原因", max_length=200)


class SeatsForm(OfElection):
    """The seats the county's standing committee decided."""

    seats = forms.IntegerField(label="代表名额", min_value=1, max_value=450)
    paper = forms.CharField(label="决定名额的文件", max_length=100, help_text="县级人大常委会决定的名称和文号")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "决定日期"


class CarryForm(OfElection):
    """The former term whose districts are carried over."""

    former = TermChoice(label="上届", queryset=Term.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["former"].queryset = Term.objects.kept().order_by("level", "-number")
