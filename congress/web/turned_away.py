"""Refused log-ins and pages in the trail: counted as they happen, told as one event a chain every ten minutes.

An event for each would let anybody without a password fill a trail that is never emptied (等保 安全审计 wants failures,
and wants the trail to stay usable).
"""

from collections import Counter
from datetime import datetime, timedelta

from celery import shared_task
from django.db import connection

from congress import clock
from congress.guard import scope
from congress.guard.action import action, verb
from congress.models import Township, TurnedAway, User
from congress.web.login import client_address, name_index
from congress.wording import clock_time

TELL = verb("congress.turned_away", "汇总了被拒绝的登录和访问")
WINDOW = timedelta(minutes=10)
MOST_LINES = 500  # of a window; who tries more names than that is told as a number
NAMED = 5  # names, addresses and pages told of each kind, the most frequent first
KEPT = timedelta(days=7)

_LINES = 'SELECT count(*) FROM congress_turnedaway WHERE "window" = %s'
_COUNT = """
INSERT INTO congress_turnedaway ("window", chain, kind, actor_id, name_index, address, route, times, told)
VALUES (%s, %s, %s, %s, %s, %s, %s, 1, false)
ON CONFLICT ON CONSTRAINT turned_away_once DO UPDATE SET times = congress_turnedaway.times + 1
"""


def _window(moment: datetime) -> datetime:
    return moment - timedelta(
        minutes=moment.minute % (WINDOW.seconds // 60), seconds=moment.second, microseconds=moment.microsecond
    )


def count(request, kind: str, *, typed: str = "", township: Township | None = None) -> None:
    """Count one refusal. `typed` is the login name somebody gave; only its index is kept. It is told in the chain of the
    township, where none is given that of whoever asks. Side effect: one row."""
    user = request.user if request.user.is_authenticated else None
    township = township or getattr(getattr(request, "standing", None), "township", None)
    window = _window(clock.now())
    line = [user.pk if user else None, name_index(typed) if typed else "", client_address(request)]
    line.append((request.resolver_match.url_name or "") if request.resolver_match else "")
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [window])
        if cursor.fetchone()[0] >= MOST_LINES:
            line = [None, "", "", ""]
        cursor.execute(_COUNT, [window, township.pk if township else 0, kind, *line])


@shared_task
def tell() -> int:
    """Leave one event for each chain and window that is over, and forget old lines; returns the number of events."""
    now = clock.now()
    TurnedAway.objects.filter(told=True, window__lt=now - KEPT).delete()
    open_lines = TurnedAway.objects.filter(told=False, window__lt=_window(now))
    batches = list(open_lines.values_list("window", "chain").distinct().order_by("window", "chain"))
    for window, chain in batches:
        _tell(window, chain)
    return len(batches)


def _tell(window: datetime, chain: int) -> None:
    township = Township.objects.filter(pk=chain).first()
    with scope.accounts(), action(TELL, actor=None, township=township) as act:
        lines = list(TurnedAway.objects.select_for_update().filter(window=window, chain=chain, told=False))
        names = _names(lines)
        act.detail = {"时段": f"{clock_time(window)}起{WINDOW.seconds // 60}分钟"}
        for kind, label in TurnedAway.Kind.choices:
            of_kind = [line for line in lines if line.kind == kind]
            if of_kind:
                act.detail[label] = _said(of_kind, names)
        TurnedAway.objects.filter(pk__in=[line.pk for line in lines]).update(told=True)


def _said(lines: list[TurnedAway], names: dict) -> str:
    whose = Counter()
    where, what = Counter(), Counter()
    for line in lines:
        whose[names.get(line.actor_id) or names.get(line.name_index) or line.name_index[:8]] += line.times
        where[line.address] += line.times
        what[line.route] += line.times
    told = [f"共{sum(line.times for line in lines)}次"]
    for word, counted in (("账号", whose), ("地址", where), ("页面", what)):
        del counted[""]
        most = "、".join(f"{one}（{times}次）" for one, times in counted.most_common(NAMED))
        if most:
            told.append(f"{word} {most}{'等' if len(counted) > NAMED else ''}")
    return "，".join(told)


def _names(lines: list[TurnedAway]) -> dict:
    """Login names by the number of the user and by their index; what else was typed as a name has none."""
    users = User.objects.values_list("pk", "username")
    if not any(line.name_index for line in lines):
        return dict(users.filter(pk__in=[line.actor_id for line in lines]))
    found = dict(users)
    return found | {name_index(username): username for username in found.values()}
