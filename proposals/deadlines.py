"""What of this app runs out on a day: replies, second handlings, ratings where a local rule says so, and matters by the
office's own practice."""

from collections.abc import Iterable

from django.urls import reverse

from congress.law.suggestions import step_due
from congress.models import Membership, Role, User
from congress.work.deadlines import Deadline, register
from proposals import queries, stages
from proposals.models import Matter, Suggestion

RATING_STEPS = (7, 1, 0, -7)
FOLLOW_UP_STEPS = (7, 1, 0, -7, -30)


def _accounts(rows: Iterable) -> dict[tuple, list[User]]:
    """Accounts by (township, role, unit) for all rows at once; unit is None for the office's own people."""
    townships = {row.township_id for row in rows}
    found: dict[tuple, list[User]] = {}
    memberships = Membership.objects.filter(
        township_id__in=townships, ended_at__isnull=True, user__is_active=True
    ).select_related("user")
    for membership in memberships:
        found.setdefault((membership.township_id, membership.role, membership.unit_id), []).append(membership.user)
    return found


def _remember(rows: list, recipients) -> list:
    """Keep with each row whom to remind, so that the sweep asks nothing more."""
    accounts = _accounts(rows)
    for row in rows:
        row.reminded = list({user.pk: user for user in recipients(row, accounts)}.values())
    return rows


def _handlers(suggestion: Suggestion, accounts: dict) -> list[User]:
    """The lead unit's accounts, the clerk and the chair."""
    town, share = suggestion.township_id, queries.lead_share(suggestion)
    unit = accounts.get((town, Role.UNIT, share.unit_id), []) if share and share.returned_on is None else []
    return [*unit, *accounts.get((town, Role.CLERK, None), []), *accounts.get((town, Role.CHAIR, None), [])]


def _unanswered(suggestion: Suggestion) -> bool:
    return queries.stage_of(suggestion) in stages.IN_HANDLING | {stages.Stage.RETURNED}


def _open_suggestions() -> list[Suggestion]:
    """Read once for the three kinds below, with whom to remind of a reply (`reminded`) and of a rating (`raters`)."""
    rows = _remember(list(queries.open_suggestions()), _handlers)
    replied = [row for row in rows if queries.stage_of(row) is stages.Stage.REPLIED]
    if replied:
        calendar = queries.work_calendar()
        leads = User.objects.in_bulk([row.lead.account_id for row in replied if row.lead.account_id])
        for row in replied:
            row.calendar = calendar
            row.raters = [leads[row.lead.account_id]] if row.lead.account_id in leads else []
    return rows


def _reply_due(suggestion: Suggestion):
    return queries.due_of(suggestion) if _unanswered(suggestion) and _round(suggestion) == 1 else None


def _second_due(suggestion: Suggestion):
    return queries.due_of(suggestion) if _unanswered(suggestion) and _round(suggestion) > 1 else None


def _round(suggestion: Suggestion) -> int:
    return queries.facts_of(suggestion).now.number


def rating_due(suggestion: Suggestion):
    """The last day for the deputy's rating, None where no local rule sets one; `calendar` may come with the row."""
    if queries.stage_of(suggestion) is not stages.Stage.REPLIED:
        return None
    replied_on = queries.facts_of(suggestion).now.replied_on
    return step_due("feedback", replied_on, suggestion.township.pack, getattr(suggestion, "calendar", None))


def _followers(matter: Matter, accounts: dict) -> list[User]:
    town = matter.township_id
    unit = accounts.get((town, Role.UNIT, matter.unit_id), []) if matter.unit_id else []
    receivers = {row.deputy.account_id for row in matter.reception.receivers.all()}
    deputies = [user for user in accounts.get((town, Role.DEPUTY, None), []) if user.pk in receivers]
    return [*unit, *accounts.get((town, Role.CLERK, None), []), *deputies]


def _open_matters() -> list[Matter]:
    # A matter that became a suggestion runs by the suggestion's own, statutory clock.
    rows = list(queries.open_matters().exclude(channel=Matter.Channel.SUGGESTION))
    return _remember(rows, _followers)


def _suggestion_url(suggestion: Suggestion) -> str:
    return reverse("proposals-suggestion", args=[suggestion.township.code, suggestion.pk])


def _matter_url(matter: Matter) -> str:
    return reverse("proposals-matter", args=[matter.township.code, matter.pk])


def _suggestion_deadline(key: str, label: str, due, **more) -> Deadline:
    more.setdefault("to", lambda row: row.reminded)
    return Deadline(key=key, label=label, open=_open_suggestions, due=due, title=str, url=_suggestion_url, **more)


register(_suggestion_deadline("suggestion.reply", "建议答复", _reply_due))
register(_suggestion_deadline("suggestion.second", "建议重新办理", _second_due))
register(
    _suggestion_deadline("suggestion.rating", "代表评价", rating_due, to=lambda row: row.raters, remind=RATING_STEPS)
)
register(
    Deadline(
        key="matter.follow_up",
        label="接待事项办理（内部时限，非法定）",
        open=_open_matters,
        due=queries.follow_up_due,
        to=lambda row: row.reminded,
        title=lambda row: f"反映事项{row.number}（{row.category}）",
        url=_matter_url,
        remind=FOLLOW_UP_STEPS,
    )
)
