"""Files that belong to records of this app: who may see them, and who may add some or take them back, while it is open.

The office, whose file it is, and who has to answer it: a deputy who may read another's suggestion adds nothing to it.
"""

from django.urls import reverse

from congress.models import Role
from congress.permissions import Standing
from congress.web.attachments import Holder, register
from proposals import permissions as may
from proposals import queries
from proposals.models import Assignment, Matter, ReceptionDeputy, Suggestion


def _sees_suggestion(standing: Standing, row: Suggestion) -> bool:
    return standing.allows(may.SUGGESTIONS) and queries.visible_suggestions(standing).filter(pk=row.pk).exists()


def _sees_matter(standing: Standing, row: Matter) -> bool:
    return standing.allows(may.MATTERS) and queries.visible_matters(standing).filter(pk=row.pk).exists()


def _adds_to_suggestion(standing: Standing, row: Suggestion) -> bool:
    if not queries.open_suggestions().filter(pk=row.pk).exists():
        return False
    shares = Assignment.objects.kept().filter(suggestion=row, unit_id__in=standing.unit_ids, returned_on__isnull=True)
    return _is_offices_or(standing, row.lead) or shares.exists()


def _adds_to_matter(standing: Standing, row: Matter) -> bool:
    if not queries.matter_is_open(row):
        return False
    received = ReceptionDeputy.objects.kept().filter(reception=row.reception, deputy__account=standing.user)
    given = row.channel == Matter.Channel.UNIT and row.unit_id in standing.unit_ids
    return _is_office(standing) or given or (standing.has(Role.DEPUTY) and received.exists())


def _is_offices_or(standing: Standing, deputy) -> bool:
    own = deputy.account_id is not None and deputy.account_id == standing.user.pk
    return _is_office(standing) or (standing.has(Role.DEPUTY) and own)


def _is_office(standing: Standing) -> bool:
    return standing.allows(may.CLOSE)


register(
    "proposals.suggestion",
    Holder(
        see=_sees_suggestion,
        add=_adds_to_suggestion,
        page=lambda row: reverse("proposals-suggestion", args=[row.township.code, row.pk]),
    ),
)
register(
    "proposals.matter",
    Holder(
        see=_sees_matter,
        add=_adds_to_matter,
        page=lambda row: reverse("proposals-matter", args=[row.township.code, row.pk]),
    ),
)
