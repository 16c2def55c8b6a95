"""Who sees what inside a township. Rows of other townships are kept away by the database already."""

from django.db.models import Q, QuerySet

from congress.models import Role
from congress.permissions import Standing
from deputies.models import Deputy
from deputies.queries import stations_kept_by
from proposals.models import Assignment, Cosigner, Matter, Reception, ReceptionDeputy, Suggestion

READS_ALL = (Role.CHAIR, Role.CLERK, Role.COUNTY)


def deputy_of(user) -> Deputy | None:
    """The deputy whose account this is, in the current scope."""
    return Deputy.objects.kept().filter(account=user).first()


def visible_suggestions(standing: Standing) -> QuerySet:
    """Office and county see all; a deputy their own and those that are not confidential; a unit those given to it."""
    rows = Suggestion.objects.all()
    if standing.has(*READS_ALL):
        return rows
    allowed = Q(pk__in=Assignment.objects.filter(unit_id__in=standing.unit_ids).values("suggestion_id"))
    if standing.has(Role.DEPUTY):
        signed = Cosigner.objects.filter(deputy__account=standing.user).values("suggestion_id")
        allowed |= Q(confidential=False) | Q(lead__account=standing.user) | Q(pk__in=signed)
    return rows.filter(allowed)


def visible_receptions(standing: Standing) -> QuerySet:
    """Office and county see all receptions; a deputy those where their name stands or which the deputy wrote down; a
    liaison those of the own station."""
    rows = Reception.objects.kept()
    if standing.has(*READS_ALL):
        return rows
    allowed = Q(pk__in=[])
    if standing.has(Role.DEPUTY):
        allowed |= Q(pk__in=_received_by(standing.user)) | Q(recorded_by=standing.user)
    if standing.has(Role.LIAISON):
        allowed |= Q(station__in=stations_kept_by(standing.user))
    return rows.filter(allowed)


def visible_matters(standing: Standing) -> QuerySet:
    """Like receptions, with which their matters are withdrawn; a unit sees those handed to it."""
    rows = Matter.objects.kept()
    if standing.has(*READS_ALL):
        return rows
    allowed = Q(unit_id__in=standing.unit_ids, channel=Matter.Channel.UNIT)
    if standing.has(Role.DEPUTY):
        allowed |= Q(reception__in=_received_by(standing.user)) | Q(reception__recorded_by=standing.user)
    if standing.has(Role.LIAISON):
        allowed |= Q(reception__station__in=stations_kept_by(standing.user))
    return rows.filter(allowed)


def _received_by(user) -> QuerySet:
    mine = ReceptionDeputy.objects.kept().filter(deputy__account=user)
    return mine.values("reception_id")


def sees_names(standing: Standing, suggestion: Suggestion) -> bool:
    """Whether the deputies' names of a suggestion may be shown: confidential ones hide them from the handling units.

    `suggestion` brings its lead and cosigners.
    """
    if not suggestion.confidential or standing.has(*READS_ALL):
        return True
    signers = [suggestion.lead, *(row.deputy for row in suggestion.cosigners.all())]
    return standing.user.pk in {deputy.account_id for deputy in signers}


def sees_visitor(standing: Standing, matter: Matter) -> bool:
    """Whether the voter behind a matter may be shown (masked): clerk and receiving deputies always, the chair unless
    the voter asked for confidence. `matter` brings its reception's receivers."""
    received = standing.user.pk in {row.deputy.account_id for row in matter.reception.receivers.all()}
    return standing.has(Role.CLERK) or received or (standing.has(Role.CHAIR) and not matter.confidential)


def may_reveal(standing: Standing, matter: Matter) -> bool:
    """Whether the voter's data may be shown whole, for a reason and on record: clerk and receiving deputies only."""
    received = standing.user.pk in {row.deputy.account_id for row in matter.reception.receivers.all()}
    return standing.has(Role.CLERK) or received
