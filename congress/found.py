"""What of the kernel's own records the search over all finds."""

from congress.models import Document, Unit
from congress.permissions import CATEGORIES, DOCUMENTS
from congress.views import listings
from congress.web.overall import Kind, register

register(
    Kind(
        "印发文件",
        "documents",
        DOCUMENTS,
        lambda standing: Document.objects.all(),
        lambda standing: listings.DOCUMENTS,
        subject="title",
        number="number",
        day="issued_on",
        rank=60,
    )
)
register(
    Kind(
        "承办单位",
        "units",
        CATEGORIES,
        lambda standing: Unit.objects.kept(),
        lambda standing: listings.UNITS,
        subject="name",
        state="level",
        order=("name",),
        rank=80,
    )
)
