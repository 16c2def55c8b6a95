"""The page on which a masked value is seen whole: for a reason, once, and on record."""

from django.http import HttpResponse

from congress.guard.record import Record
from congress.people.reveal import SHOWN_SECONDS, reveal
from congress.web.forms_people import RevealForm
from congress.web.pages import page
from congress.web.records import form_page


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
