"""Forms of the work of an election: tasks, requests and reports, coverage, inspections, progress."""

from django import forms

from congress import clock
from congress.people.forms import NameField
from congress.web.forms import RecordForm, plain_helper
from congress.wording import chinese_date
from deputies.forms import in_columns
from deputies.models import District
from elections.forms.campaigns import CampaignStepForm, level_and_term
from elections.models import (
    CampaignTask,
    Coverage,
    Election,
    Inspection,
    ProgressReport,
    Submission,
)
from elections.queries.work import districts_of


class TaskForm(RecordForm):
    """A task: who does it until when, and when it was done."""

    class Meta:
        model = CampaignTask
        fields = ("election", "label", "responsible", "planned_on", "done_on", "proof", "note")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["election"]
        field.queryset = Election.objects.kept().filter(campaign=self.instance.campaign).select_related("term")
        field.label_from_instance = level_and_term
        field.empty_label = "各级共同"
        if self.instance.statutory:
            for name in ("election", "label"):
                self.fields[name].disabled = True
            self.fields["label"].help_text = "法定步骤，名称和级别不改。"


class PlanForm(CampaignStepForm):
    """Whether the usual steps no law sets a day for come along."""

    local = forms.BooleanField(
        label="同时加入各地常用的工作步骤（非法定）",
        required=False,
        initial=True,
        help_text="加入后可以逐个修改或者撤回。",
    )


class DoneForm(CampaignStepForm):
    """Which steps were done, each on its planned day or all on one."""

    tasks = forms.ModelMultipleChoiceField(
        CampaignTask.objects.none(), label="已经完成的事项", widget=forms.CheckboxSelectMultiple
    )
    as_planned = forms.BooleanField(
        label="各按自己的计划日期登记",
        required=False,
        initial=True,
        help_text="不勾选的，都按上面的完成日期登记；日期不同的，再到事项里逐个修改。",
    )

    def __init__(self, *args, waiting=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "完成日期"
        field = self.fields["tasks"]
        field.queryset = CampaignTask.objects.filter(pk__in=[one.pk for one in waiting]).select_related(
            "election__term"
        )
        field.queryset = field.queryset.order_by("planned_on", "created_at")
        field.initial = [one.pk for one in waiting if one.planned_on < clock.today()]
        field.label_from_instance = _task_and_day


def _task_and_day(task: CampaignTask) -> str:
    level = task.election.term.get_level_display() if task.election else ""
    return f"{chinese_date(task.planned_on)}　{level}{task.label}"


class SubmissionForm(RecordForm):
    """A request or a report, and what was answered."""

    class Meta:
        model = Submission
        fields = ("kind", "node", "addressee", "submitted_on", "paper", "replied_on", "reply")


def choose_district(form: RecordForm, everywhere: str, name: str = "district") -> None:
    """Let a form choose one of the campaign's districts (or several, as the field has it), or none for all of them."""
    field = form.fields[name]
    field.queryset = districts_of(form.instance.campaign)
    field.label_from_instance = lambda one: f"{one.term.get_level_display()}{one}"
    field.empty_label = everywhere


class CoverageForm(RecordForm):
    """What was done to tell voters, or to train staff: a new one for several districts at once."""

    districts = forms.ModelMultipleChoiceField(
        District.objects.none(),
        label="选区",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不勾选为全部选区；勾选几个的，每个选区各登记一条",
    )

    class Meta:
        model = Coverage
        fields = ("kind", "district", "held_on", "what", "number")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        new = self.instance._state.adding
        choose_district(self, "全部选区", "districts" if new else "district")
        del self.fields["district" if new else "districts"]
        self.helper = plain_helper(self)
        if new:
            self.order_fields(("kind", "districts"))
            self.fields["number"].help_text = "勾选几个选区的，填每个选区的数量"
            self.helper = plain_helper(self)
            in_columns(self, "districts")

    def clean(self):
        """The first district is that of the row itself, the others get rows beside it."""
        values = super().clean()
        first, *self.others = [*values.get("districts", ())] or [None]
        if "districts" in self.fields:
            self.instance.district = first
        return values


class InspectionForm(RecordForm):
    """What an inspection found, and how it was mended."""

    class Meta:
        model = Inspection
        fields = ("district", "inspected_on", "inspector", "problem", "mend_by", "mended_on", "mending")
        field_classes = {"inspector": NameField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choose_district(self, "全镇")


class ProgressForm(RecordForm):
    """The progress of a day, or an emergency."""

    class Meta:
        model = ProgressReport
        fields = ("kind", "reported_on", "reported_to", "content", "handled")
