"""Who is kept off the roll and why: an internal list, never public."""

from congress import history
from congress.law.roll import due_again, ground_citation, suspension_due
from congress.web.pages import page, township_view
from congress.web.records import at, form_page, kept_or_404
from congress.web.table import show
from congress.wording import chinese_date
from elections import actions
from elections.forms.voters import EndExclusionForm, ExcludeForm
from elections.listings.roll import EXCLUSIONS
from elections.models import Campaign, Exclusion, RollChange, Voter
from elections.permissions import VOTERS, VOTERS_EDIT
from elections.queries import roll as queries
from elections.views.roll import basis

ROWS = Exclusion.objects.select_related("voter", "township__county")


@township_view(VOTERS)
def exclusion_list(request, township):
    """Everybody who is kept off, and was."""
    return show(request, township, EXCLUSIONS, ROWS.kept())


def _reaching(found: Exclusion, campaign: Campaign | None) -> str:
    """By when a decision to suspend must have come to the committee, where the province sets a day."""
    suspended = campaign is not None and found.ground == RollChange.Kind.SUSPENDED
    limit = suspension_due(campaign.election_day, found.township.pack) if suspended else None
    if limit is None:
        return ""
    return (
        f"决定应当在选举日的{limit.days}日以前送达选举委员会：最迟{chinese_date(limit.lenient)}，"
        f"按满整日计算{chinese_date(limit.strict)}（{limit.citation}）"
    )


@township_view(VOTERS)
def exclusion(request, township, pk):
    """One exclusion, and what is due on the next election day."""
    found = kept_or_404(ROWS, pk)
    campaign = queries.open_campaigns().first()
    due = due_again(found.until, campaign.election_day) if campaign and not found.intermittent else None
    rows = [
        ("选民", found.voter.name, at(township, "elections-voter", found.voter_id)),
        ("事由", found.get_ground_display()),
        ("依据", str(ground_citation(found.ground, found.since))),
        ("决定机关", found.get_body_display()),
        ("决定文书", found.paper),
        ("开始日期", chinese_date(found.since)),
        ("期满日期", chinese_date(found.until) if found.until else ""),
        ("选举委员会确认", chinese_date(found.confirmed_on) if found.confirmed_on else ""),
        ("间歇性", "是，仍列入名单" if found.intermittent else ""),
        ("送达期限", _reaching(found, campaign)),
        ("恢复的依据", found.ended_paper),
        ("这次选举", due.message if due else ""),
    ]
    context = {
        "title": f"{found}：{found.voter.name}",
        "rows": rows,
        "actions": [("登记期满", at(township, "elections-exclusion-end", pk), "check-lg")]
        if request.allows(VOTERS_EDIT)
        else [],
        "history": history.of(found),
        "breadcrumbs": [("不列入名单", at(township, "elections-exclusions")), (str(found), "")],
    }
    return page(request, "congress/detail.html", context)


@township_view(VOTERS_EDIT)
def exclusion_new(request, township, pk, campaign):
    """Keep off a voter who need not be on the roll."""
    voter, work = kept_or_404(Voter, pk), kept_or_404(Campaign, campaign)
    form = ExcludeForm(request.POST or None)

    def act():
        said = form.cleaned_data
        return actions.exclude(request.user, voter, work, said["kind"], said["happened_on"], basis(form))

    return form_page(
        request,
        form,
        act,
        title=f"{voter.name}：不列入名单",
        lead="只用于依法被剥夺、停止行使和经选举委员会确认不能行使选举权利的人；内部掌握，不对外公布。",
        said="已登记。",
        submit="登记",
        back=at(township, "elections-voter", pk),
    )


@township_view(VOTERS_EDIT)
def exclusion_end(request, township, pk):
    """Say on which day an exclusion ends."""
    found = kept_or_404(ROWS, pk)
    form = EndExclusionForm(request.POST or None, row=found, initial={"until": found.until})

    def act():
        said = form.cleaned_data
        return actions.end_exclusion(request.user, found, said["until"], said["paper"], said["version"])

    return form_page(
        request,
        form,
        act,
        title=f"登记期满：{found.voter.name}",
        lead="选举日以前期满的，自次日起应予登记；期满以后在选民页面登记，事由选“恢复政治权利”。",
        said="已登记。",
        back=at(township, "elections-exclusion", pk),
    )
