"""Forms of a secret vote of the hall: what is asked, the code one drew, the answers."""

from django import forms

from congress import clock
from congress.counting.models import HallVote
from congress.counting.queries.halls import SILENT, HallFacts
from congress.web.forms import KeyedForm, PlainForm, plain_helper


class HallForm(KeyedForm):
    """What is voted on, by how many."""

    makes = HallVote

    title = forms.CharField(label="表决事项", max_length=100, help_text="如：2026年工作报告；代表建议办理情况测评")
    scale = forms.ChoiceField(label="方式", choices=HallVote.Scale, widget=forms.RadioSelect)
    questions = forms.CharField(
        label="逐项内容",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="一行一项：一件决议、一个单位或者一个人。只有一项的写一行。",
    )
    held_on = forms.DateField(label="表决日期", initial=clock.today)
    deputies = forms.IntegerField(
        label="全体代表",
        min_value=1,
        max_value=5000,
        help_text="决议以全体代表的过半数通过；不是代表大会的，填全体组成人员",
    )
    present = forms.IntegerField(
        label="出席人数", min_value=1, max_value=5000, help_text="按这个数印制表决码，一人一张"
    )

    def clean_questions(self):
        """The lines, without empty ones."""
        return [line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip()]


class CodesForm(PlainForm):
    """That the stack is printed: nothing is entered."""


class CodeForm(PlainForm):
    """The code on the slip somebody drew."""

    code = forms.CharField(
        label="表决码",
        max_length=20,
        help_text="纸条上的10位字母和数字，不分大小写",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "请输入纸条上的表决码。"},
    )


class AnswersForm(PlainForm):
    """The answers of one vote; what is left open is an abstention, once that was asked back (`again`): a vote cannot be mended."""

    code = forms.CharField(max_length=20, widget=forms.HiddenInput)
    cast = forms.CharField(widget=forms.HiddenInput, initial="1")

    def __init__(self, *args, facts: HallFacts, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = {f"q{one.position}": one for one in facts.row.asked}
        for name, one in self.questions.items():
            self.fields[name] = forms.ChoiceField(
                label=one.label, choices=list(facts.marks.items()), widget=forms.RadioSelect, required=False
            )
        self.helper = plain_helper(self)

    def clean(self):
        """What is open, while nobody has said that it is meant so."""
        entered = super().clean()
        if "again" not in self.data:
            for name in self.questions:
                if entered.get(name) == "":
                    self.add_error(name, "这一项还没有选。")
        return entered

    @property
    def answers(self) -> dict:
        """Question → answer."""
        return {one.pk: self.cleaned_data[name] or SILENT for name, one in self.questions.items()}
