"""The office's own periods a township begins with, and the last task of its first day."""

from datetime import date

from congress import clock
from congress.law.suggestions import OFFICE_MONTHS
from congress.models import Role, Township
from congress.web.first_day import Default, Task, default, task
from proposals.actions import set_period
from proposals.models import OfficePeriod, Reception
from proposals.queries.matters import FOLLOW_UP_DAYS

PERIODS = {OfficePeriod.Kind.FOLLOW_UP: FOLLOW_UP_DAYS, OfficePeriod.Kind.SECOND_HANDLING: OFFICE_MONTHS}


def _make_periods(actor, township: Township, ground: str) -> None:
    since = date(clock.today().year, 1, 1)  # what the office decides today is not refused for being of the same day
    for kind, value in PERIODS.items():
        set_period(actor, township, kind=kind, value=value, effective_from=since, basis=ground)


default(
    Default(
        "内部时限",
        "启用时的默认值，不是法定期限；可由主席团另行确定",
        "proposals-periods",
        lambda township: OfficePeriod.objects.filter(township=township),
        _make_periods,
    )
)
task(
    Task(
        "reception",
        "登记第一次接待",
        "前面各步都是为了它：选民说了什么、谁去办、哪天答复，从这里开始。",
        300,
        Role.CLERK,
        lambda township: Reception.objects.kept(),
        "proposals-reception-new",
    )
)
