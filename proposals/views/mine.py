"""What waits for a unit, and for a deputy: their own first pages of this app."""

from congress.web.pages import page, township_view
from proposals import permissions as may
from proposals import queries, stages
from proposals.life import SUGGESTION
from proposals.listings.receptions import matter_due
from proposals.listings.suggestions import days_left, stage_badge
from proposals.models import Assignment, Cosigner, Suggestion


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
    open_rows = queries.open_suggestions(queries.with_joined).filter(pk__in=given)
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
            for one in queries.open_matters().filter(unit_id__in=units)
        ],
    }
    return page(request, "proposals/handling.html", context)


def _replied(standing, row: Suggestion) -> bool:
    return stages.stage(queries.facts_for(standing, row)) is stages.Stage.REPLIED


def _own_shares(suggestion: Suggestion, units) -> list[Assignment]:
    return [share for share in queries.current_shares(suggestion) if share.unit_id in units]


@township_view(may.MINE)
def mine(request, township):
    """The deputy's own: to confirm, to rate, in handling, and the matters whose voters wait to be told."""
    deputy = queries.deputy_of(request.user)
    own = queries.with_facts(Suggestion.objects.kept().filter(lead=deputy)) if deputy else []
    asked = Cosigner.objects.kept().filter(deputy=deputy, confirmed_on__isnull=True)
    cosigned = queries.open_suggestions().filter(pk__in=asked.values("suggestion_id")) if deputy else []
    rows = list(own)
    context = {
        "deputy": deputy,
        "to_confirm": _lines(request.standing, cosigned),
        "to_rate": _lines(request.standing, (row for row in rows if queries.stage_of(row) is stages.Stage.REPLIED)),
        "open": _lines(
            request.standing,
            (row for row in rows if queries.stage_of(row) not in stages.ENDED | {stages.Stage.REPLIED}),
        ),
        "ended": _lines(request.standing, (row for row in rows if queries.stage_of(row) in stages.ENDED))[:20],
        "to_tell": queries.untold_matters().filter(reception__receivers__deputy=deputy).distinct() if deputy else [],
    }
    return page(request, "proposals/mine.html", context)
