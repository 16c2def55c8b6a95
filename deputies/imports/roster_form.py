"""What is said once for a whole roster: the term it belongs to, registered already or to be registered with it."""

from django import forms

from congress import clock
from congress.imports import UploadForm
from congress.web.only_with import Only, answered
from deputies.models import District, Level, Term
from deputies.queries import current_term

NEW = "new"


def kept_terms():
    """The terms that may be chosen, the newest first."""
    return Term.objects.kept().order_by("-started_on")


class TermForm(UploadForm):
    """Which term a table belongs to: one that is registered, or one that is registered with the table."""

    only = {
        name: Only("term", answered(NEW), "只有登记新的一届才填；登记到已有的届的，请清空，或者选“登记新的一届”。")
        for name in ("number", "started_on", "seats")
    }

    term = forms.ChoiceField(label="登记到哪一届")
    number = forms.IntegerField(
        label="新的一届是第几届",
        required=False,
        min_value=1,
        max_value=99,
        help_text="不填则从文件标题里读取，如“第十七届”",
    )
    started_on = forms.DateField(label="新的一届第一次会议日期", help_text="登记新的一届的要填", required=False)
    seats = forms.IntegerField(label="新的一届代表名额", required=False, min_value=1, max_value=999)

    without: tuple[tuple[str, str], ...] = ()  # the choice of no term

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.terms = list(kept_terms())
        known = [(str(term.pk), f"{term.get_level_display()}{term}") for term in self.terms]
        self.fields["term"].choices = [*known, (NEW, "登记新的一届（乡镇）"), *self.without]
        self.now = current_term(clock.today()) or next(iter(self.terms), None)
        self.fields["term"].initial = str(self.now.pk) if self.now else NEW

    def clean(self):
        values = super().clean()
        if values.get("term") == NEW:
            self._check_new(values)
        return values

    def _check_new(self, values) -> None:
        number, started = values.get("number"), values.get("started_on")
        if not started and "started_on" not in self.errors:
            self.add_error("started_on", "登记新的一届要填第一次会议日期。")
        if number and Term.objects.kept().filter(level=Level.TOWNSHIP, number=number).exists():
            self.add_error("number", "这一届已经登记过，请在“登记到哪一届”中选择。")


class RosterForm(TermForm):
    """Which term the deputies of the table were elected to."""

    elected_on = forms.DateField(
        label="当选日期", help_text="登记代表资格的要填；表格里另有当选日期的，以表格为准", required=False
    )
    create = forms.BooleanField(
        label="文件里有而还没有登记的选区、代表小组、联络站，随导入一并登记",
        required=False,
        help_text="新建的会在确认前列出，撤销导入时一并撤回",
    )

    only = TermForm.only | {
        "elected_on": Only("term", bool, "不登记代表资格的不填当选日期；请清空，或者选登记到哪一届。")
    }
    field_order = ("file", "text", "term", "elected_on", "number", "started_on", "seats", "create")
    without = (("", "不登记代表资格，只导入基本信息"),)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].required = False
        self.fields["elected_on"].initial = self.now.started_on if self.now else None
        self.fields["create"].initial = not District.objects.kept().exists()

    def clean(self):
        values = super().clean()
        term, elected, started = (values.get(name) for name in ("term", "elected_on", "started_on"))
        if term and not elected and "elected_on" not in self.errors:
            self.add_error("elected_on", "登记代表资格要填当选日期。")
        if elected and elected > clock.today():
            self.add_error("elected_on", "当选日期不能晚于今天。")
        if term == NEW and started and elected and started < elected:
            self.add_error("started_on", "第一次会议日期不能早于当选日期。")
        return values
