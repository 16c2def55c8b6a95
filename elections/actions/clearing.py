"""What the public pages showed and took is cleared when its time is over (个人信息保护法第十九条、第四十七条)."""

from datetime import date, timedelta

from django.db.models import QuerySet

from congress import clock
from congress.guard import scope
from congress.guard.action import action, verb
from congress.law.periods import add_months
from congress.models import Township
from congress.people.erase import ERASE
from congress.people.erase_many import erase_many
from elections.actions.pages import clear_pages
from elections.models import Campaign, PublishedPage, RegistrationRequest

CLEAR = verb("elections.clear_public", "清除了公开过的选民名单和网上登记申请")
PAGES_DAYS, REQUESTS_MONTHS = 30, 3  # after the work was closed
WHY = "选举工作结束满三个月"


def clear(township: Township) -> int:
    """Empty the pages of lists and erase the requests whose time is over; returns how many. One event where there were any."""
    with scope.township(township):
        pages, requests = list(_pages(clock.today())), _requests(clock.today())
        asked = requests.count()
        if not pages and not asked:
            return 0
        detail = {"名单页": len(pages), "网上登记申请": asked}
        with action(CLEAR, actor=None, township=township, detail=detail):
            clear_pages(pages)
            if asked:
                rows = {RegistrationRequest._meta.label_lower: asked}
                with action(ERASE, actor=None, township=township, detail={"reason": WHY, "rows": rows}):
                    erase_many(requests, WHY)
    return len(pages) + asked


def _pages(today: date) -> QuerySet:
    over = PublishedPage.objects.filter(
        voter_list__election__campaign__closed_on__lte=today - timedelta(days=PAGES_DAYS)
    )
    return over.exclude(lines=[])


def _requests(today: date) -> QuerySet:
    closed = Campaign.objects.filter(closed_on__isnull=False)
    over = [one for one in closed if add_months(one.closed_on, REQUESTS_MONTHS) <= today]
    return RegistrationRequest.objects.filter(campaign__in=over, data_key__destroyed_at__isnull=True)
