"""What asks for something that a job makes: its page, and what is entered there. However few pages a paper has, it is large
here."""

from congress.models import Membership


def _who_waits(samples):
    """The membership of somebody who may get another code."""
    return Membership.objects.filter(township=samples.town, role="unit").first()


def _the_district(samples):
    """Where the sample voter is registered."""
    return samples["registration"].district


JOBS: dict[str, tuple[str, dict]] = {
    "congress.web.forms_people.CodesForm": ("member-codes", {"never": "on", "members": _who_waits}),
    "congress.web.printing.PrintForm": ("elections-room-checklist", {}),
    "elections.forms.nominations.BlankForm": ("elections-nomination-forms", {}),
    "elections.forms.papers.WhoseFormsForm": ("elections-registration-forms", {"district": _the_district}),
}
