"""Forms of the county's pages, and the one by which a township answers."""

from django import forms

from congress.models import Township
from congress.web.forms import KeyedForm, PlainForm, plain_helper
from reports.models import AlertRule, CountyQuestion
from reports.queries.shown import to_choose


class AskForm(KeyedForm):
    """A question to a township, about a number or a row."""

    makes = CountyQuestion

    township = forms.ModelChoiceField(Township.objects.none(), label="乡镇", to_field_name="code")
    about = forms.CharField(label="事项", max_length=120, help_text="哪个数字、哪件事")
    text = forms.CharField(label="问题", max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    due_on = forms.DateField(label="希望答复日期", required=False, help_text="可以不填；过了日期没有答复的，在首页提示")
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args, townships, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["township"].queryset = townships


class AnswerForm(PlainForm):
    """What the township answers."""

    text = forms.CharField(label="答复", max_length=1000, widget=forms.Textarea(attrs={"rows": 5}))


class RuleForm(KeyedForm):
    """A figure of a township, compared with a threshold, until a day."""

    makes = AlertRule

    figure = forms.ChoiceField(label="数据")
    comparison = forms.ChoiceField(label="比较", choices=AlertRule.Comparison)
    threshold = forms.IntegerField(label="界限", min_value=0, max_value=10_000_000, help_text="比例填百分数，如90")
    until = forms.DateField(label="提醒到哪一天")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["figure"].choices = to_choose()


class TilesForm(PlainForm):
    """Row and column of every township on the map."""

    def __init__(self, *args, fields_, **kwargs):
        super().__init__(*args, **kwargs)
        self.laid = fields_
        for one in fields_:
            for name, label, value in (("row", "行", one.row), ("column", "列", one.column)):
                self.fields[f"{name}_{one.township.code}"] = forms.IntegerField(
                    label=f"{one.township.name}：{label}", min_value=1, max_value=20, initial=value
                )
        self.helper = plain_helper(self)

    @property
    def places(self) -> list[tuple[Township, int, int]]:
        """What was entered: (township, row, column)."""
        values = self.cleaned_data
        return [
            (one.township, values[f"row_{one.township.code}"], values[f"column_{one.township.code}"])
            for one in self.laid
        ]
