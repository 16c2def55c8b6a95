"""Forms of promises: kept, or explained and put off; and of asking a higher body again."""

from django import forms

from proposals.forms.base import StepForm, asks, day_field, words_field
from proposals.forms.suggestions import UnitStepForm


class FulfilForm(UnitStepForm):
    """Done as promised."""

    day_label = "反馈日期"

    note = words_field("落实情况", rows=4, max_length=1000, error_messages=asks("请写明落实的情况。"))


class ExplainForm(UnitStepForm):
    """Not done, and why."""

    day_label = "说明日期"

    note = words_field("未能落实的原因", rows=4, max_length=1000, error_messages=asks("请写明未能落实的原因。"))
    new_due = day_field(
        "改到何日前完成", past=False, required=False, initial=None, help_text="还要继续办理的填写，到期前再提醒"
    )


class AskForm(StepForm):
    """The higher body was asked what became of it."""

    day_label = "询问日期"

    note = forms.CharField(label="上级答复的情况", max_length=200, error_messages=asks("请写明上级答复的情况。"))
    ask_on = day_field("下次何日再问", past=False, initial=None, error_messages=asks("请填写下次询问的日期。"))
