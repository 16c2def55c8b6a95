"""A mandate registered for a deputy; its further steps have the pages of `life`."""

from congress import clock
from congress.web.pages import township_view
from congress.web.records import at, form_page, kept_or_404
from deputies import actions
from deputies.forms import MandateForm
from deputies.models import Deputy
from deputies.permissions import EDIT
from deputies.queries import current_term


@township_view(EDIT)
def mandate_new(request, township, pk):
    """Register a seat of a deputy."""
    deputy = kept_or_404(Deputy.objects.select_related("data_key"), pk)
    term = current_term(clock.today())
    form = MandateForm(request.POST or None, initial={"term": term, "elected_on": term.started_on if term else None})
    return form_page(
        request,
        form,
        lambda: actions.add_mandate(request.user, deputy, **form.cleaned_data),
        title=f"登记{deputy}的代表资格",
        lead="一位代表在每一届登记一次，终止后又补选上的再登记一次；同时担任县级代表的，另外登记县级的届次。",
        said="已登记代表资格。",
        back=at(township, "deputies-detail", pk),
    )
