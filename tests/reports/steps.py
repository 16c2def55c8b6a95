"""Taking a step of a report and looking at what came of it."""

from congress.steps import Attempt, standing_of
from reports.life import ANNUAL


def taken(key: str, actor, report, *, on=None, version=None, **data) -> Attempt:
    """The step as it was taken: its outcome, what it made, the record as it stands then."""
    return ANNUAL.door(key, standing_of(actor, report.township), report.pk, data, on=on, version=version)
