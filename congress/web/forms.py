"""Bases of the forms: how they look, and how two people editing the same row find out about each other."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models

from congress import clock
from congress.keeping import version_of
from congress.models import (
    Category,
    Holiday,
    Unit,
    User,
)
from congress.people.forms import IdNumberField, NameField, PhoneField
from congress.people.scrub import refuse_personal
from congress.people.text import as_shown
from congress.spreadsheets.dates import EARLIEST, LATEST
from congress.web.choosers import find_by_letters
from congress.web.keyed import Keyed, KeyField
from congress.web.only_with import OnlyWith

FILL, PICK, TICK, UPLOAD = "请填写。", "请选择。", "请勾选。", "请选择文件。"
LONG = "最多%(limit_value)d个字，现在有%(show_value)d个字，请删短一些。"
SMALL, LARGE = "不能小于%(limit_value)s。", "不能大于%(limit_value)s。"
INVALID = {
    forms.DateField: "日期不对，请按“2026-11-23”的样子填写。",
    forms.TimeField: "时间不对，请按“8:00”的样子填写。",
    forms.IntegerField: "请填写整数。",
}


def _speak_plainly(form) -> None:
    """What Django says of a wrong entry, in everyday words; words a field brought itself stay."""
    for field in form.fields.values():
        said = {"required": PICK if hasattr(field, "choices") else FILL, "max_length": LONG}
        said |= {"min_value": SMALL, "max_value": LARGE, "invalid": INVALID.get(type(field))}
        if isinstance(field, forms.FileField):
            said = {"required": UPLOAD}
        elif isinstance(field, forms.BooleanField):
            said = {"required": TICK}
        _say_nothing_chosen(field)
        for code, message in said.items():
            if message and field.error_messages.get(code) == _default(type(field), code):
                field.error_messages[code] = message


def _say_nothing_chosen(field: forms.Field) -> None:
    """The entry for nothing, in words."""
    word = "请选择" if field.required else "不选"
    if isinstance(field, forms.ModelChoiceField):
        if str(field.empty_label or "").startswith("---"):
            field.empty_label = word
    elif isinstance(field, forms.ChoiceField):
        field.choices = [(key, word if str(label).startswith("---") else label) for key, label in field.choices]


def _default(kind: type[forms.Field], code: str):
    """Django's own message of a kind of field; None where the validator speaks for itself."""
    for base in kind.__mro__:
        if code in vars(base).get("default_error_messages", {}):
            return base.default_error_messages[code]
    return None


def _calendar() -> forms.DateInput:
    """The browser's own calendar; ISO is the only form it understands."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _refuse_impossible_year(day) -> None:
    """A calendar takes 0022 for 2022, and no law reckons from there."""
    if not EARLIEST <= day.year <= LATEST:
        raise forms.ValidationError(f"年份应在{EARLIEST}到{LATEST}之间，请检查。", code="year")


def _hours() -> forms.TimeInput:
    """The browser's own clock, to the minute."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def _refuse_file_name(upload) -> None:
    try:
        refuse_personal(upload.name or "")
    except forms.ValidationError:
        raise forms.ValidationError("文件名里有身份证号或手机号，请改名后再上传。", code="personal") from None


def _refuse_numbers_of_persons(form) -> None:
    """No free text and no file name holds an identity or mobile number: more people read it than may see one (个人信息
    保护法 第六条). A form says in `numbers_welcome` which of its fields are meant for them, and why."""
    welcome = getattr(form, "numbers_welcome", {})
    for name, field in form.fields.items():
        if name in welcome:
            continue
        refuse = _refuse_file_name if isinstance(field, forms.FileField) else refuse_personal
        if (is_free_text(field) or isinstance(field, forms.FileField)) and refuse not in field.validators:
            field.validators.append(refuse)


def _keep_off_the_device(form) -> None:
    """Mark what belongs to a person: a browser keeps no draft of it (个人信息保护法 第五十一条)."""
    held = getattr(getattr(getattr(form, "_meta", None), "model", None), "personal_fields", {})
    for name, field in form.fields.items():
        if name in held or isinstance(field, (IdNumberField, NameField, PhoneField)):
            field.widget.attrs["data-personal"] = ""


def is_free_text(field: forms.Field) -> bool:
    """Whether anything at all can be typed into a field; numbers, addresses of e-mail and passwords have their own form."""
    own_form = (forms.EmailField, forms.URLField, forms.RegexField, IdNumberField, PhoneField)
    hidden = (forms.HiddenInput, forms.PasswordInput)
    return (
        isinstance(field, forms.CharField) and not isinstance(field, own_form) and not isinstance(field.widget, hidden)
    )


def plain_helper(form) -> FormHelper:
    """Fields only: tag, token, error summary and buttons come from components/form.html. Days are picked in a calendar,
    times on a clock. No browser is told how much a field holds: it would cut what is pasted without a word; what is too
    long is said at the field, with nothing lost."""
    _speak_plainly(form)
    for each in form.fields.values():
        each.widget.attrs.pop("maxlength", None)
        if isinstance(each, forms.DateField) and _refuse_impossible_year not in each.validators:
            each.validators.append(_refuse_impossible_year)
        if isinstance(each, forms.DateField) and each.widget.input_type == "text":
            each.widget = _calendar()
        elif isinstance(each, forms.TimeField) and each.widget.input_type == "text":
            each.widget = _hours()

    find_by_letters(form)
    _refuse_numbers_of_persons(form)
    _keep_off_the_device(form)
    helper = FormHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class Leaving:
    """A form that leaves fields out; the helper made before would still name them."""

    def leave_out(self, *names: str) -> None:
        """Take fields off this form that do not concern what it is about."""
        for name in names:
            del self.fields[name]
        self.helper = plain_helper(self)


class AsShown:
    """A form that takes what was typed or pasted as the page shows it: a line break is one character, of which browsers send
    two, and what nobody sees makes no difference. A password stays as it came."""

    def _widget_data_value(self, widget, html_name):
        value = super()._widget_data_value(widget, html_name)
        return as_shown(value) if isinstance(value, str) and not isinstance(widget, forms.PasswordInput) else value


class PlainForm(Leaving, AsShown, OnlyWith, forms.Form):
    """A form whose tag, error summary and buttons come from components/form.html."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(self)


class KeyedForm(Keyed, PlainForm):
    """A plain form that makes a record."""

    key = KeyField()


class VersionForm(PlainForm):
    """A form about a record: carries the version that was shown, for `guard.action.lock`."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, row=None, **kwargs):
        super().__init__(*args, **kwargs)
        if row is not None:
            self.fields["version"].initial = version_of(row)


class ReasonForm(VersionForm):
    """Why something is taken back."""

    reason = forms.CharField(label="原因", max_length=200, error_messages={"required": "请写明原因。"})


class DayForm(VersionForm):
    """The day of a step that needs nothing else."""

    on = forms.DateField(label="日期", initial=clock.today)


class PublishForm(PlainForm):
    """The day on which something was published."""

    published_on = forms.DateField(label="公布日期", initial=clock.today)


class RecordForm(Leaving, AsShown, Keyed, OnlyWith, forms.ModelForm):
    """A form over a record: carries the version that was shown, for `congress.keeping`; a new one carries its key.

    Tables numbered by the database (places, days off) carry none: their own code or day is there once.
    """

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    key = KeyField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.fields["version"].initial = version_of(self.instance)
            del self.fields["key"]
        else:
            del self.fields["version"]
            if not isinstance(self.instance._meta.pk, models.UUIDField):
                del self.fields["key"]
        self.helper = plain_helper(self)

    @property
    def makes(self) -> type[models.Model]:
        """The kind of the record."""
        return self._meta.model

    def clean_key(self):
        """The new record's id."""
        self.instance.pk = super().clean_key()
        return self.instance.pk

    @property
    def values(self) -> dict:
        """What was written into the record's own fields, once the form holds."""
        return {name: self.cleaned_data[name] for name in self._meta.fields if name in self.cleaned_data}

    def _update_errors(self, errors):
        # What a constraint of the table forbids is said at the field it speaks of.
        if hasattr(errors, "error_dict"):
            whole = errors.error_dict.pop(NON_FIELD_ERRORS, [])
            for error in whole:
                errors.error_dict.setdefault(self._spoken_of(error) or NON_FIELD_ERRORS, []).append(error)
        super()._update_errors(errors)

    def _spoken_of(self, error: forms.ValidationError) -> str | None:
        """The field of the form by which a constraint's message can be mended: the last it is unique in, the first that is
        compared."""
        for constraint in self.instance._meta.constraints:
            if str(constraint.violation_error_message) != str(error.message):
                continue
            if isinstance(constraint, models.UniqueConstraint):
                names = list(reversed(constraint.fields))
            else:
                names = [str(one[0]).split("__")[0] for one in constraint.condition.children if isinstance(one, tuple)]
            return next((name for name in names if name in self.fields), None)
        return None

    def _get_validation_exclusions(self):
        # No fields of the form, but what must be unique in a township, or among the rows that stand, is checked before
        # the database says so. What was left open because of another field is not said to be missing.
        left_open = {name for name in self.fields if name not in self.cleaned_data} if self.errors else set()
        return super()._get_validation_exclusions() - {"township", "withdrawn_at"} | left_open


def number_field() -> forms.CharField:
    """The document number of a paper that was numbered outside this system; empty takes the next one."""
    return forms.CharField(
        label="发文字号", max_length=40, required=False, help_text="不填自动编号；已在系统外编了号的，照纸上的填写。"
    )


class FontSizeForm(forms.ModelForm):
    """Size of letters, and the address for e-mails."""

    class Meta:
        model = User
        fields = ("font_size", "email")
        help_texts = {"email": "填写后，消息的标题和链接会同时发到邮箱；不填不发"}
        widgets = {"font_size": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(self)


class UnitForm(RecordForm):
    """A handling unit."""

    class Meta:
        model = Unit
        fields = ("name", "level", "duties")


class CategoryForm(RecordForm):
    """An entry of a list the township keeps."""

    class Meta:
        model = Category
        fields = ("kind", "label", "position", "active", "used_from")

    since = forms.DateField(
        label="自哪天起改变",
        initial=clock.today,
        help_text="改名、停用、恢复自这一天起生效；这一天以前的统计和报告不变",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.initial["used_from"] = clock.today()
            self.leave_out("since")


class BeginSeriesForm(PlainForm):
    """The last number of a series that was used on paper."""

    series = forms.ChoiceField(label="编号")
    year = forms.IntegerField(label="年份", min_value=2000, max_value=2100)
    last = forms.IntegerField(label="已用到", min_value=1, max_value=9999, help_text="如纸上最后一件是第17号，填17。")

    def __init__(self, *args, series: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["series"].choices = series
        self.fields["year"].initial = clock.today().year


class HolidayForm(RecordForm):
    """A day off or a worked weekend day."""

    class Meta:
        model = Holiday
        fields = ("day", "is_workday", "name", "basis")
