"""Matters raised by voters: which are open, which wait for what, and the office's own period for them."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from django.db.models import OuterRef, QuerySet, Subquery

from congress.guard.record import kept
from congress.prepared import Around
from congress.wording import chinese_date
from congress.work.deadlines import OFFICE_ONLY, OfficeDue
from deputies.models import Deputy
from proposals.models import Handing, Matter, MatterSummary, OfficePeriod, ReceptionDeputy, Suggestion, Urging

FOLLOW_UP_DAYS = 30


def office_days() -> QuerySet:
    """The office's own periods for the matters of an outer query's township, the newest first."""
    rows = OfficePeriod.objects.kept().filter(township=OuterRef("township"), kind=OfficePeriod.Kind.FOLLOW_UP)
    return rows.order_by("-effective_from")


@cache
def _around_matters() -> tuple[Around, ...]:
    receivers = ReceptionDeputy.objects.kept().select_related("deputy")
    return (
        Around("reception__receivers", receivers.order_by("deputy__stroke_key")),
        _suggestions(),
        Around("urgings", Urging.objects.kept().select_related("unit", "document")),
        Around("handings", Handing.objects.kept().select_related("unit")),
    )


@cache
def _suggestions() -> Around:
    return Around("suggestions", Suggestion.objects.order_by("submitted_on"))


@cache
def _around_receptions() -> tuple[Around, ...]:
    matters = Matter.objects.order_by("number").prefetch_related(_suggestions())
    receivers = ReceptionDeputy.objects.kept().select_related("deputy")
    return Around("receivers", receivers), Around("matters", matters)


def with_matter(matters: QuerySet) -> QuerySet:
    """The matters with reception, receivers, unit, category and suggestions; five more queries however many there are."""
    days = office_days().filter(effective_from__lte=OuterRef("reception__held_on"))
    return (
        matters.select_related("township", "reception__station", "category", "unit", "proposed_unit")
        .annotate(office_days=Subquery(days.values("value")[:1]))
        .prefetch_related(*_around_matters())
    )


def with_reception(receptions: QuerySet) -> QuerySet:
    """The receptions with station, writer, receivers and matters; four more queries however many there are."""
    rows = receptions.select_related("township", "station", "recorded_by")
    return rows.prefetch_related(*_around_receptions())


def standing_suggestions(matter: Matter) -> list[Suggestion]:
    """The suggestions that came of it and were neither withdrawn nor declined; read with their matter."""
    return [row for row in matter.suggestions.all() if row.withdrawn_at is None and row.declined_on is None]


def follow_up_due(matter: Matter) -> OfficeDue:
    """The last day by the office's own practice, counted from the reception; of one a higher body has the day on which that
    is asked. `matter` comes from `with_matter`."""
    if matter.channel == Matter.Channel.UPWARD and matter.ask_on:
        start, last = matter.channelled_on, matter.ask_on
        asked = f"{chinese_date(start)}报送{matter.passed_to}，{chinese_date(last)}询问结果（{OFFICE_ONLY}）"
        return OfficeDue(last, asked, start)
    days = matter.office_days or FOLLOW_UP_DAYS
    start = matter.reception.held_on
    last = start + timedelta(days=days)
    formula = f"{chinese_date(start)}接待 + {days}日 = {chinese_date(last)}（{OFFICE_ONLY}）"
    return OfficeDue(last, formula, start)


def matter_is_open(matter: Matter) -> bool:
    """Whether somebody still has to deal with it."""
    return matter.resolved_on is None and matter.channel != Matter.Channel.DECLINED and matter.withdrawn_at is None


def without_channel() -> QuerySet:
    """Matters for which nobody has decided yet where they go."""
    return Matter.objects.filter(summary__state=MatterSummary.State.WAITING)


def untold_by(deputy: Deputy) -> QuerySet:
    """Resolved matters raised before a deputy whose voter has not been told yet."""
    received = ReceptionDeputy.objects.filter(deputy=deputy).values("reception")
    return Matter.objects.filter(summary__state=MatterSummary.State.UNTOLD, reception__in=received)


def same_matters(words: str, held_on: date, deputies: Iterable[Deputy]) -> QuerySet:
    """Matters that stand and were raised in the same words, on the same day, before one of the same deputies."""
    receivers = ReceptionDeputy.objects.kept().filter(deputy__in=deputies)
    return (
        Matter.objects.filter(kept() & kept("reception"), words=words, reception__held_on=held_on)
        .filter(reception__receivers__in=receivers)
        .select_related("reception__station", "township")
        .order_by("created_at")
    )
