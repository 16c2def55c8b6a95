"""The audit trail of a township."""

from congress import history
from congress.permissions import TRAIL
from congress.views import listings
from congress.web.pages import township_view
from congress.web.table import show


@township_view(TRAIL)
def trail(request, township):
    """The township's part of the audit trail, as sentences."""
    return show(request, township, listings.TRAIL, history.events().filter(chain=township.pk))
