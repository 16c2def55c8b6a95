"""What asks for something that a job makes: its page, and what is entered there. However few pages a paper has, it is large
here."""

from congress.models import Membership
from tests.architecture.sending_case import Case


def _who_waits(samples):
    """The membership of somebody who may get another code."""
    return Membership.objects.filter(township=samples.town, role="unit").first()


def _the_district(samples):
    """Where the sample voter is registered."""
    return samples["registration"].district


JOBS: dict[str, Case] = {
    "congress.web.forms_people.CodesForm": Case("member-codes", {"never": "on", "members": _who_waits}),
    "congress.web.printing.PrintForm": Case("elections-room-checklist"),
    "elections.forms.nominations.BlankForm": Case("elections-nomination-forms"),
    "elections.forms.papers.WhoseFormsForm": Case("elections-registration-forms", {"district": _the_district}),
}
