"""What is said once for a whole roster: the term it belongs to, registered already or to be registered with it."""

from django import forms

from congress import clock
from congress.imports import UploadForm
from deputies.models import District, Level, Term
from deputies.queries import current_term

DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "required": False}
NEW = "new"


def standing_terms():
    """The terms that may be chosen, the newest first."""
    return Term.objects.kept().order_by("-started_on")


class RosterForm(UploadForm):
    """Which term the deputies of the table were elected to."""

    term = forms.ChoiceField(label="登记到哪一届", required=False)
    elected_on = forms.DateField(label="当选日期", help_text="表格里另有当选日期的，以表格为准", **DAY)
    number = forms.IntegerField(
        label="新的一届是第几届",
        required=False,
        min_value=1,
        max_value=99,
        help_text="不填则从文件标题里读取，如“第十七届”",
    )
    started_on = forms.DateField(label="新的一届第一次会议日期", **DAY)
    seats = forms.IntegerField(label="新的一届代表名额", required=False, min_value=1, max_value=999)
    create = forms.BooleanField(
        label="文件里有而还没有登记的选区、代表小组、联络站，随导入一并登记",
        required=False,
        help_text="新建的会在确认前列出，撤销导入时一并撤回",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        terms = list(standing_terms())
        known = [(str(term.pk), f"{term.get_level_display()}{term}") for term in terms]
        none = [("", "不登记代表资格，只导入基本信息")]
        self.fields["term"].choices = (
            [*known, (NEW, "登记新的一届（乡镇）"), *none]
            if known
            else [
                (NEW, "登记新的一届（乡镇）"),
                *none,
            ]
        )
        now = current_term(clock.today()) or (terms[0] if terms else None)
        self.fields["term"].initial = str(now.pk) if now else NEW
        self.fields["elected_on"].initial = now.started_on if now else None
        self.fields["create"].initial = not District.objects.kept().exists()

    def clean(self):
        values = super().clean()
        term, elected, started = (values.get(name) for name in ("term", "elected_on", "started_on"))
        if term and not elected and "elected_on" not in self.errors:
            self.add_error("elected_on", "登记代表资格要填当选日期。")
        if elected and elected > clock.today():
            self.add_error("elected_on", "当选日期不能晚于今天。")
        if term == NEW:
            self._check_new(values, elected, started)
        return values

    def _check_new(self, values, elected, started) -> None:
        values["create"] = True  # a term that is new has no districts yet
        number = values.get("number")
        if not started and "started_on" not in self.errors:
            self.add_error("started_on", "登记新的一届要填第一次会议日期。")
        if started and elected and started < elected:
            self.add_error("started_on", "第一次会议日期不能早于当选日期。")
        if number and Term.objects.kept().filter(level=Level.TOWNSHIP, number=number).exists():
            self.add_error("number", "这一届已经登记过，请在“登记到哪一届”中选择。")
