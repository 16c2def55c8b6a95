"""Taking a step of a report and looking at what came of it."""

from datetime import date

from congress.guard import scope
from congress.models import Document
from congress.steps import Attempt, standing_of
from reports import actions
from reports.life import ANNUAL
from reports.models import AnnualReport
from tests.reports.year import CUT_OFF


def taken(key: str, actor, report, *, on=None, version=None, **data) -> Attempt:
    """The step as it was taken: its outcome, what it made, the record as it stands then."""
    return ANNUAL.door(key, standing_of(actor, report.township), report.pk, data, on=on, version=version)


def sign_and_issue(world, report, *, on, **data) -> Document:
    """The paper of a draft that was handed in, signed and issued on one day."""
    signed(world, report, on=on)
    return ANNUAL.take("issue", world.chair, report, on=on, **data)


def signed(world, report, *, on) -> None:
    """Hand a draft in and have it signed."""
    ANNUAL.take("submit", world.clerk, report, on=on)
    ANNUAL.take("sign", world.chair, report, on=on)


def begin_report(world) -> AnnualReport:
    """The report of the filled year, begun the day after its cut-off."""
    with scope.township(world.township):
        return actions.start(world.clerk, world.township, year=2022, cut_off=CUT_OFF, on=date(2022, 12, 21))
