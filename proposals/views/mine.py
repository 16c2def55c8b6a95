"""What waits for a unit, and for a deputy: their own first pages of this app."""

from collections.abc import Iterable

from congress.web.pages import page, township_view
from proposals import permissions as may
from proposals import queries, stages
from proposals.life import SUGGESTION
from proposals.listings.receptions import matter_due
from proposals.listings.suggestions import days_left, stage_badge
from proposals.models import Assignment, Cosigner, Matter, MatterSummary, Suggestion, SuggestionSummary

SHOWN, ENDED = 50, 20  # of what is open, of what is over; all of it is in the ledgers


def _lines(standing, rows) -> list[dict]:
    return [_line(row, queries.facts_for(standing, row)) for row in rows]


def _line(row: Suggestion, facts: stages.Facts) -> dict:
    return {
        "row": row,
        "stage": stage_badge(row, facts),
        "left": days_left(row, facts),
        "due": queries.due_of(row, facts),
    }


@township_view(may.HANDLING)
def handling(request, township):
    """Our unit's suggestions: to sign for, to reply to with the days left, to advise on; and the matters handed to us."""
    standing, units = request.standing, request.standing.unit_ids
    given = Assignment.objects.kept().filter(unit_id__in=units).values("suggestion_id")
    urgent = SuggestionSummary.objects.filter(is_open=True, suggestion__in=given).order_by("due_on", "suggestion_id")
    keys = list(urgent.values_list("suggestion_id", flat=True)[: SHOWN + 1])
    handed = MatterSummary.objects.filter(with_unit__in=units).order_by("due_on", "number")
    matters = list(handed.values_list("matter_id", flat=True)[: SHOWN + 1])
    open_rows = queries.open_suggestions(queries.with_joined).filter(pk__in=keys[:SHOWN])
    rows = [row for row in open_rows if _own_shares(row, units)]
    rows.sort(key=lambda row: queries.due_of(row, queries.facts_for(standing, row)).date)
    buttons = {row.pk: {step.key for step in SUGGESTION.offered(standing, row)} for row in rows}
    owed = [row for row in rows if "reply" in buttons[row.pk]]
    context = {
        "to_sign": _lines(standing, (row for row in rows if "sign" in buttons[row.pk])),
        "to_reply": _lines(standing, owed),
        "to_advise": _lines(standing, (row for row in rows if "advise" in buttons[row.pk] and row not in owed)),
        "replied": _lines(standing, (row for row in rows if _replied(standing, row))),
        "matters": [
            {"row": one, "left": matter_due(one), "due": queries.follow_up_due(one)}
            for one in _in_order(queries.with_matter(Matter.objects.filter(pk__in=matters[:SHOWN])), matters)
        ],
        "shown": SHOWN,
        "more": len(keys) > SHOWN,
        "more_matters": len(matters) > SHOWN,
    }
    return page(request, "proposals/handling.html", context)


def _in_order(rows: Iterable, keys: list) -> list:
    return sorted(rows, key=lambda row: keys.index(row.pk))


def _replied(standing, row: Suggestion) -> bool:
    return stages.stage(queries.facts_for(standing, row)) is stages.Stage.REPLIED


def _own_shares(suggestion: Suggestion, units) -> list[Assignment]:
    return [share for share in queries.current_shares(suggestion) if share.unit_id in units]


@township_view(may.MINE)
def mine(request, township):
    """The deputy's own: to confirm, to rate, in handling, and the matters whose voters wait to be told."""
    deputy = queries.deputy_of(request.user)
    own = Suggestion.objects.kept().filter(lead=deputy) if deputy else Suggestion.objects.none()
    running = list(own.filter(summary__is_open=True).values_list("pk", flat=True)[: SHOWN + 1])
    over = list(own.filter(summary__is_open=False).values_list("pk", flat=True)[:ENDED])
    asked = Cosigner.objects.kept().filter(deputy=deputy, confirmed_on__isnull=True)
    cosigned = queries.open_suggestions().filter(pk__in=asked.values("suggestion_id")) if deputy else []
    rows = list(queries.with_facts(Suggestion.objects.filter(pk__in=[*running[:SHOWN], *over])))
    context = {
        "deputy": deputy,
        "to_confirm": _lines(request.standing, cosigned),
        "to_rate": _lines(request.standing, (row for row in rows if queries.stage_of(row) is stages.Stage.REPLIED)),
        "open": _lines(
            request.standing,
            (row for row in rows if queries.stage_of(row) not in stages.ENDED | {stages.Stage.REPLIED}),
        ),
        "ended": _lines(request.standing, (row for row in rows if queries.stage_of(row) in stages.ENDED)),
        "to_tell": queries.untold_by(deputy)[:SHOWN] if deputy else [],
        "shown": SHOWN,
        "more": len(running) > SHOWN,
    }
    return page(request, "proposals/mine.html", context)
