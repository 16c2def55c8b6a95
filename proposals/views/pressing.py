"""The papers with which a unit was pressed."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from congress import files
from congress.spreadsheets.write import safe_filename
from congress.web.pages import township_view
from proposals import permissions as may
from proposals.documents import printed, slip_of_urging
from proposals.models import Urging
from proposals.views.common import visible_matter, visible_suggestion


@township_view(may.MATTERS)
def urging(request, township, pk):
    """The issued letter, or the slip of a message to be printed, for those who may see what it presses for."""
    found = get_object_or_404(Urging.objects.kept().select_related("unit", "document__file"), pk=pk)
    if found.suggestion_id:
        found.suggestion = visible_suggestion(request, found.suggestion_id)
    else:
        found.matter = visible_matter(request, found.matter_id)
    if found.document:
        return files.serve(found.document.file, inline=True)
    try:
        pdf = printed([slip_of_urging(found)])
    except LookupError as gone:  # the unit gave it back since
        raise Http404 from gone
    number = (found.suggestion or found.matter).number
    name = safe_filename(township.name, f"催办单{number}{found.unit}", found.urged_on, "pdf")
    return files.download(pdf, name=name, content_type="application/pdf", inline=True)
