"""What the kernel tells at the public entrance: documents that were published."""

from collections.abc import Iterator

from django.urls import reverse

from congress.models import Publication, Township
from congress.web.public import Line, Published, register


def _notices(township: Township) -> Iterator[Line]:
    for row in Publication.objects.select_related("document").order_by("-published_on", "-created_at"):
        label = f"{row.document.title}（{row.document.number}）" if row.document.number else row.document.title
        yield Line(label, reverse("public-notice", args=[township.code, row.pk]), row.published_on)


register(Published("公告和文件", 10, _notices))
