"""Forms of the list of voters: its publication, its supplements, and taking the freeze back."""

from django import forms

from congress import clock
from congress.web.forms import VersionForm


class FreezeForm(VersionForm):
    """Nothing to enter: the page says what is frozen, for the first of two and for the second."""


class PublishForm(VersionForm):
    """Where and when the list hangs."""

    on = forms.DateField(label="公布日期", initial=clock.today, help_text="按纸质公告张贴的日期填写，可以是以前的日子")
    places = forms.CharField(label="张贴地点", max_length=200, help_text="如各选区公告栏、村务公开栏")
    appeal_place = forms.CharField(label="申诉受理地点和电话", max_length=100, help_text="写固定电话，印在公告上")
    shows_gender = forms.BooleanField(
        label="公布性别", required=False, initial=True, help_text="当地做法只公布姓名的不勾选"
    )
    online = forms.BooleanField(
        label="同时在公开页面公布",
        required=False,
        initial=True,
        help_text="任何人可以查看姓名；不公布身份证号、住址、出生日期",
    )


class SupplementForm(VersionForm):
    """The day of the notice."""

    on = forms.DateField(label="补正公告日期", initial=clock.today)


class UnfreezeForm(VersionForm):
    """Why the freeze is taken back."""

    reason = forms.CharField(label="原因", max_length=200, error_messages={"required": "请写明取消定稿的原因。"})
