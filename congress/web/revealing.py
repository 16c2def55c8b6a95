"""The page on which a masked value is seen whole: for a reason, once, and on record."""

from django.http import HttpResponse

from congress.guard.record import Record
from congress.people.reveal import SHOWN_SECONDS, reveal
from congress.permissions import Standing
from congress.web.forms_people import RevealForm
from congress.web.offered import offered
from congress.web.pages import page
from congress.web.records import form_page, url_of


def may_reveal(standing: Standing, row: Record) -> bool:
    """Whether a standing, whatever its role, may ask for values of this record at all: as the record says (`revealable_by`), else
    whoever its page opens to. What has neither is shown whole to nobody."""
    said = getattr(row, "revealable_by", None)
    if said is not None:
        return said(standing)
    return bool(offered(standing, url_of(row, standing.township)))


def reveal_page(request, row: Record, field: str, *, label: str, back: str) -> HttpResponse:
    """Ask for the reason, leave the event, show the value once; for htmx in place. `label` is what the value is called."""
    form = RevealForm(request.POST or None)

    def shown(value: str) -> HttpResponse:
        values = {"value": value, "seconds": SHOWN_SECONDS, "label": label, "back": back}
        return page(request, "congress/revealed.html", values, fragment="components/revealed.html")

    return form_page(
        request,
        form,
        lambda: reveal(request.user, row, field, form.cleaned_data["reason"]),
        title=f"查看{label}",
        submit="查看",
        said="",
        answer=shown,
        back=back,
        fragment="congress/_reveal_form.html",
        label=label,
    )
