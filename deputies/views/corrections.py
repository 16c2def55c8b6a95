"""What deputies ask to be corrected, and the answer."""

from congress.people import masks
from congress.people.fields import masked
from congress.web.pages import page, township_view
from congress.web.steps import buttons, found_or_404
from congress.web.table import show
from deputies.life import CORRECTION
from deputies.listings import CORRECTIONS
from deputies.models import Correction, Deputy
from deputies.permissions import EDIT
from deputies.queries import told_apart


@township_view(EDIT)
def correction_list(request, township):
    """All requests, those that wait first."""
    rows = told_apart(Correction.objects.kept().select_related("deputy"), "deputy")
    return show(request, township, CORRECTIONS, rows)


@township_view(EDIT)
def correction(request, township, pk):
    """One request: what stands there, what the deputy asks for, the answer."""
    found = found_or_404(CORRECTION, request, pk)
    field = Deputy._meta.get_field(found.field)
    context = {
        "correction": found,
        "label": field.verbose_name,
        "now": present_value(found.deputy, found.field),
        "asked": asked_value(found),
        "buttons": buttons(CORRECTION, request.standing, found),
    }
    return page(request, "deputies/correction.html", context)


def present_value(deputy: Deputy, name: str) -> str:
    """What stands in the entry, masked where it is stored encrypted."""
    if name in ("phone", "address", "id_number"):
        return masked(deputy, name)
    field = Deputy._meta.get_field(name)
    value = getattr(deputy, name)
    return str(dict(field.flatchoices).get(value, value) or "")


def asked_value(found: Correction) -> str:
    """What the deputy typed: whole while it waits to be judged, afterwards its mask is enough."""
    if found.state == Correction.State.ASKED or found.field not in masks.MASKS or found.field == "name":
        return found.value
    return masks.mask(found.field, found.value)
