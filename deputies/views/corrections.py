"""What deputies ask to be corrected, and the answer."""

from django.urls import reverse

from congress.people import masks
from congress.people.fields import masked
from congress.web.pages import page, township_view
from congress.web.table import show
from deputies import actions
from deputies.forms import AnswerForm
from deputies.listings import CORRECTIONS
from deputies.models import Correction, Deputy
from deputies.permissions import EDIT
from deputies.queries import told_apart
from deputies.views.common import ask, kept_or_404


@township_view(EDIT)
def correction_list(request, township):
    """All wishes, those that wait first."""
    rows = told_apart(Correction.objects.kept().select_related("deputy"), "deputy")
    return show(request, township, CORRECTIONS, rows)


@township_view(EDIT)
def correction(request, township, pk):
    """One wish: what stands there, what the deputy asks for, the answer."""
    rows = Correction.objects.select_related("deputy__data_key", "data_key")
    found = kept_or_404(rows, pk)
    field = Deputy._meta.get_field(found.field)
    context = {
        "correction": found,
        "label": field.verbose_name,
        "now": present_value(found.deputy, found.field),
        "asked": asked_value(found),
    }
    if found.state != Correction.State.ASKED:
        return page(request, "deputies/correction.html", context)
    form = AnswerForm(request.POST or None)
    return ask(
        request,
        form,
        lambda: actions.answer_correction(request.user, found, **form.cleaned_data),
        title=f"更正申请：{field.verbose_name}",
        said="已处理更正申请，代表会收到消息。",
        submit="确定",
        back=reverse("deputies-corrections", args=[township.code]),
        template="deputies/correction.html",
        **context,
    )


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
