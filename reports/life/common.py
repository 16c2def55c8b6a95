"""What several steps of a report ask and say."""

from collections.abc import Callable, Mapping

from congress.law.finding import Finding
from congress.steps import Attempt
from congress.web.records import at
from reports.models import AnnualReport
from reports.queries import annual


def page_of(report: AnnualReport, name: str, *more) -> str:
    """The address of one of the report's pages, by its name after `reports-`."""
    return at(report.township, f"reports-{name}", report.pk, *more)


def page_from(name: str) -> Callable[[AnnualReport], str]:
    """The page of a report from which a step is taken."""
    return lambda report: page_of(report, name)


def at_section(section, report: AnnualReport) -> str:
    """The place of a section on the page where the report is written."""
    return f"{page_of(report, 'edit')}#section-{section.pk}"


def writable(attempt: Attempt) -> list[Finding]:
    """It is a draft that nobody has been asked to sign."""
    return annual.sealed(attempt.record)


def unissued(attempt: Attempt) -> list[Finding]:
    """It is a draft, be it with the chair or signed."""
    return annual.closed(attempt.record)


def of_the_report(attempt: Attempt) -> dict:
    """The form chooses among what belongs to the report."""
    return {"report": attempt.record}


def made_before(model) -> Callable:
    """The row of the key the form was sent with, where it was made before."""

    def found(data: Mapping):
        return model.objects.filter(pk=data["key"]).first() if data.get("key") else None

    return found
