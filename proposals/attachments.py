"""Files that belong to records of this app: who may see them and who may add some."""

from django.urls import reverse

from congress.permissions import Standing
from congress.web.attachments import Holder, register
from proposals import permissions as may
from proposals import queries
from proposals.models import Matter, Suggestion


def _sees_suggestion(standing: Standing, row: Suggestion) -> bool:
    return standing.allows(may.SUGGESTIONS) and queries.visible_suggestions(standing).filter(pk=row.pk).exists()


def _sees_matter(standing: Standing, row: Matter) -> bool:
    return standing.allows(may.MATTERS) and queries.visible_matters(standing).filter(pk=row.pk).exists()


def _adds(sees):
    return lambda standing, row: standing.writes and sees(standing, row)


register(
    "proposals.suggestion",
    Holder(
        see=_sees_suggestion,
        add=_adds(_sees_suggestion),
        page=lambda row: reverse("proposals-suggestion", args=[row.township.code, row.pk]),
    ),
)
register(
    "proposals.matter",
    Holder(
        see=_sees_matter,
        add=_adds(_sees_matter),
        page=lambda row: reverse("proposals-matter", args=[row.township.code, row.pk]),
    ),
)
