"""Voters who were not found yet."""

from congress.people.fields import masked
from congress.web.pages import township_view
from congress.web.records import at, detail_page, keep_page, kept_or_404, withdraw_page
from congress.web.steps import buttons, found_or_404
from congress.web.table import show
from congress.wording import chinese_date
from elections.actions import POOL as KEEPING
from elections.forms.pool import PoolForm
from elections.life import POOL_ENTRY
from elections.listings.roll import POOL
from elections.models import Campaign, PoolEntry
from elections.permissions import VOTERS, VOTERS_EDIT
from elections.queries import roll as queries


@township_view(VOTERS)
def pool_list(request, township):
    """Everybody who was not found yet, and who was."""
    campaign = queries.open_campaigns().first()
    head = []
    if campaign and request.allows(VOTERS_EDIT):
        head = [("登记未取得联系的选民", at(township, "elections-pool-new", campaign.pk), "plus-lg")]
    return show(request, township, POOL, PoolEntry.objects.kept(), actions=head)


@township_view(VOTERS)
def pool_entry(request, township, pk):
    """One of them."""
    found = found_or_404(POOL_ENTRY, request, pk)
    settled = f"{found.get_state_display()}" + (f"，{chinese_date(found.settled_on)}" if found.settled_on else "")
    rows = [
        ("选举工作", str(found.campaign)),
        ("村（社区）", found.village),
        ("原来的电话", masked(found, "phone")),
        ("线索", found.clue),
        ("责任人", found.owner),
        ("办结日期", f"{chinese_date(found.due_on)}（本乡镇自定）"),
        ("状态", settled),
        ("结果", found.get_outcome_display()),
        ("说明", found.note),
    ]
    return detail_page(
        request,
        KEEPING,
        found,
        rows=rows,
        edit=VOTERS_EDIT,
        template="elections/pool_entry.html",
        buttons=buttons(POOL_ENTRY, request.standing, found),
        breadcrumbs=[("未取得联系的选民", at(township, "elections-pool")), (str(found), "")],
    )


@township_view(VOTERS_EDIT)
def pool_new(request, township, pk):
    """Put somebody into the pool, with an owner and a day."""
    campaign = kept_or_404(Campaign, pk)
    return _keep(request, township, PoolEntry(township=township, campaign=campaign))


@township_view(VOTERS_EDIT)
def pool_edit(request, township, pk):
    """Correct an entry of the pool."""
    return _keep(request, township, kept_or_404(PoolEntry.objects.select_related("data_key", "campaign"), pk))


def _keep(request, township, row: PoolEntry):
    form = PoolForm(request.POST or None, instance=row)
    return keep_page(request, KEEPING, form, listed=at(township, "elections-pool"))


@township_view(VOTERS_EDIT)
def pool_withdraw(request, township, pk):
    """Take back an entry made by mistake."""
    found = kept_or_404(PoolEntry.objects.select_related("data_key"), pk)
    return withdraw_page(request, KEEPING, found, at(township, "elections-pool"))
