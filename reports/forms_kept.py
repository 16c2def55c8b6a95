"""Forms of what a township keeps for its reports."""

from django import forms

from congress import figures
from congress.web.forms import PlainForm, RecordForm
from congress.web.only_with import Only, answered
from reports import naming
from reports.forms import SectionField
from reports.models import AnnualReport, Guiding, PlanItem, Section, Template
from reports.queries import annual


class TemplateForm(RecordForm):
    """A structure of the township's own; its figures stand in it by their names."""

    class Meta:
        model = Template
        fields = ("name", "kind", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 32})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["text"] = naming.in_names(self.initial.get("text") or "")
        self.fields["kind"].required = False  # of a copy it is that of its original

    def clean_kind(self):
        """The kind of report it is for; what was sent without one stays with its own."""
        return self.cleaned_data["kind"] or self.instance.kind

    def clean_text(self):
        """The text as it is kept: its figures by their keys."""
        return naming.in_keys(self.cleaned_data["text"])


class GuidingForm(RecordForm):
    """Words of the year, with their days."""

    class Meta:
        model = Guiding
        fields = ("kind", "words", "from_on", "until_on", "basis")
        help_texts = {
            "words": "按写进报告的样子填，如“党的二十大”（不写“精神”）；口号连同引号一起填",
            "from_on": "从哪一天起写进报告",
            "until_on": "到哪一天为止；不填的一直用到有新的提法",
            "basis": "文件或者会议，如“党委全会报告”",
        }


class PlanItemForm(RecordForm):
    """Something planned for a year, and what became of it."""

    only = {
        "outcome": Only("figure", answered(""), "选了数据的，落实情况按数据说明，这里不选；要说的写在落实情况说明里。")
    }
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)

    class Meta:
        model = PlanItem
        fields = (
            "year",
            "words",
            "source",
            "due_on",
            "basis",
            "figure",
            "target",
            "outcome",
            "outcome_words",
        )
        help_texts = {
            "words": "一件事一条，如“举办代表学习培训”；数量填在下面的目标数里",
            "due_on": "到哪一天完成，须在年度之内",
            "figure": "选了数据的，到年底按这项数据说明落实情况",
            "target": "如培训2期填2",
            "outcome": "没有数据的事项，年底由您选填",
            "outcome_words": "如“已硬化2.3公里”；写进下一年的报告",
        }
        error_messages = {"due_on": {"required": "请填写完成时限；没有时限的事项不能列入计划。"}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        counts = [(key, one.label) for key, one in figures.registered().items() if one.kind == figures.Kind.COUNT]
        self.fields["figure"] = forms.ChoiceField(
            label="数据",
            choices=[("", "不用数据，由我说明"), *counts],
            required=False,
            help_text=self.Meta.help_texts["figure"],
        )


class TakeUpForm(PlainForm):
    """Which of what is offered is planned."""

    chosen = forms.MultipleChoiceField(
        label="事项", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请至少选一项。"}
    )

    def __init__(self, *args, offers, **kwargs):
        super().__init__(*args, **kwargs)
        self.offers = {one.key: one for one in offers}
        self.fields["chosen"].choices = [(key, f"{one.words}（{one.basis}）") for key, one in self.offers.items()]

    @property
    def picked(self):
        """The offers that were chosen."""
        return [self.offers[key] for key in self.cleaned_data["chosen"]]


class ProblemsForm(PlainForm):
    """Which problems are told, and in which section."""

    chosen = forms.MultipleChoiceField(
        label="问题", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请至少选一项。"}
    )
    section = SectionField(Section.objects.none(), label="写入哪一段")

    def __init__(self, *args, report: AnnualReport, found, **kwargs):
        super().__init__(*args, **kwargs)
        self.found = {one.key: one for one in found if not one.written}
        self.fields["chosen"].choices = [
            (one.key, f"{one.reads}（{'；'.join(f'{label}{value}' for _, label, value in one.evidence)}）")
            for one in self.found.values()
        ]
        sections = annual.sections(report)
        self.fields["section"].queryset = report.sections.kept()
        self.fields["section"].initial = next((row.pk for row in sections if _tells_problems(row)), None)

    @property
    def sentences(self) -> list[str]:
        """The sentences that were chosen, as they are kept."""
        return [self.found[key].sentence for key in self.cleaned_data["chosen"]]


def _tells_problems(section: Section) -> bool:
    return any(word in section.heading + section.text for word in ("存在的问题", "还有差距", "还有不足", "存在不足"))


class CasesForm(PlainForm):
    """Which cases are told, and in which section."""

    chosen = forms.MultipleChoiceField(
        label="事例", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请至少选一项。"}
    )
    section = SectionField(Section.objects.none(), label="写入哪一段的后面")

    def __init__(self, *args, report: AnnualReport, cases, **kwargs):
        super().__init__(*args, **kwargs)
        self.cases = {one.key: one for one in cases}
        self.fields["chosen"].choices = [(one.key, one.text) for one in cases]
        self.fields["section"].queryset = report.sections.kept()

    @property
    def picked(self):
        """The cases that were chosen."""
        return [self.cases[key] for key in self.cleaned_data["chosen"]]
