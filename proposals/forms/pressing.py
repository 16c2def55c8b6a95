"""Forms of pressing a unit that owes."""

from django import forms

from congress.web.forms import PlainForm, number_field
from proposals.forms.base import asks, day_field, words_field
from proposals.forms.suggestions import UnitStepForm

DEMAND = "请高度重视，明确专人负责，抓紧办理；暂时不能解决的，向代表说明情况和计划。"


class UrgeForm(PlainForm):
    """Pressing by a message: nothing to enter."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)


class SuperviseForm(UnitStepForm):
    """A letter of the presidium to one unit."""

    day_label = "成文日期"
    field_order = ("version", "unit", "demand", "answer_by", "on", "number")

    demand = words_field("督办要求", rows=3, max_length=500, initial=DEMAND, error_messages=asks("请写明督办的要求。"))
    answer_by = day_field("请于何日前答复", past=False, initial=None, error_messages=asks("请填写要求答复的日期。"))
    number = number_field()
