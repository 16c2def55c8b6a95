"""Once a week the county's people are told what fires by their rules and what is on the red list, township by township."""

from collections.abc import Sequence
from datetime import date

from congress import clock
from congress.guard import scope
from congress.models import County, Membership, Role, Township, User
from congress.work import outbox
from congress.work.outbox import Note
from reports.queries import cockpit, own
from reports.queries import county as queries

KIND = "reports.county_week"


def send(county: County) -> int:
    """Send the digest of the week that today is in; returns how many messages are new. Sent again it sends nothing twice.

    Each township's part is a message of that township: nobody there reads what concerns another.
    """
    today = clock.today()
    townships = county.real_townships
    with scope.accounts():
        viewers = _viewers(county)
    if not viewers or not townships:
        return 0
    with scope.county(county, townships):
        told = _told(county, townships, today)
    sent = 0
    for township, words in told.items():
        with scope.township(township):
            sent += outbox.send(township, [_note(township, viewer, words, today) for viewer in viewers])
    return sent


def _viewers(county: County) -> list[User]:
    rows = Membership.objects.filter(county=county, role=Role.COUNTY, ended_at__isnull=True, user__is_active=True)
    return list({row.user_id: row.user for row in rows.select_related("user")}.values())


def _told(county: County, townships: Sequence[Township], today: date) -> dict[Township, list[str]]:
    lines, _ = queries.overview(county, today.year, today)
    found: dict[Township, list[str]] = {}
    for one in cockpit.attention(lines, cockpit.over(today).missed):
        found.setdefault(one.township, []).extend(reason.words for reason in one.reasons)
    for fired in own.fired(own.rules(county), lines, today):
        found.setdefault(fired.township, []).append(f"{fired.rule}（现在是{fired.told.shown}）")
    return found


def _note(township: Township, viewer: User, words: Sequence[str], today: date) -> Note:
    year, week, _ = today.isocalendar()
    return Note(
        viewer,
        f"{KIND}:{township.pk}:{year}-{week}",
        KIND,
        f"{township}本周有{len(words)}项需要关注",
        "；".join(words) + "。",
        f"/t/{township.code}/",
    )
