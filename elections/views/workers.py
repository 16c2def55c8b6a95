"""Accounts of election staff, and the one page on which each of them finds their work."""

from congress import accounts, slips
from congress.models import User
from congress.web.codes import SENT_BEFORE, code_row, codes_page
from congress.web.pages import done, page, township_view
from congress.web.proof import proved
from congress.web.records import at, form_page, kept_or_404, url_of
from congress.work import jobs
from elections.actions.workers import open_account
from elections.forms.workers import StaffAccountForm, StaffAccountsForm
from elections.models import BallotBox, Campaign, PollStaff, RoomCheck
from elections.permissions import EDIT, OWN_WORK
from elections.queries import workers
from elections.queries.issue import ISSUING
from elections.tasks import OPEN_ACCOUNTS

LEAD = (
    f"账号只看投票日的安排，登记本人所在投票站的检查和票箱交接；投票结束{workers.AFTER.days}天后自动停用，变更选举日的跟着变，"
    "从名单上撤下、结束选举工作的当即停用。本乡镇已有账号的不另开，用原来的账号登录。"
)


@township_view(EDIT)
@proved
def staff_accounts(request, township, pk):
    """Open accounts for many of the staff at once, by a job that makes the slips with their codes."""
    campaign = kept_or_404(Campaign.objects.select_related("township__county"), pk)
    lines = workers.without_account(campaign)
    ready = [row.pk for row, told in lines if not told]
    rows = PollStaff.objects.filter(pk__in=ready).select_related("place", "mobile__district").order_by("name", "pk")
    form = StaffAccountsForm(request.POST or None, staff=rows)

    def begin():
        chosen = [str(one.pk) for one in form.cleaned_data["staff"]]
        title = f"开通{len(chosen)}名选举工作人员的账号"
        return slips.start(OPEN_ACCOUNTS, title, request.user, township, {"staff": chosen}, form.cleaned_data["key"])

    return form_page(
        request,
        form,
        begin,
        title="开通选举工作人员账号",
        lead=LEAD,
        submit="开通账号",
        said="已开始开通，完成后在本页下载登录凭条。",
        already=SENT_BEFORE,
        back=lambda job: at(township, "job", job.pk),
        cancel_url=at(township, "elections-staff-list", pk),
        template="elections/staff_accounts.html",
        number=len(ready),
        waiting=[(row, told, at(township, "elections-staff-account", row.pk)) for row, told in lines if told],
        batches=slips.SLIPS.of(request.user),
        under_way=jobs.under_way(OPEN_ACCOUNTS),
    )


@township_view(EDIT)
@proved
def staff_account(request, township, pk):
    """Open the account of one of the staff, where somebody has to say whose it is."""
    rows = PollStaff.objects.select_related("campaign", "nominee", "data_key", "account", "township__county")
    row = kept_or_404(rows, pk)
    back = url_of(row, township)
    same, unsure = workers.beside(row, workers.namesakes_of(row))
    known = workers.known_account(row, same)
    called = [] if known else workers.namesakes_with_account(row)
    candidate = known is None and workers.standing(row.campaign).filter(name=row.name).exists()
    form = StaffAccountForm(request.POST or None, called=called, candidate=candidate)

    def act() -> User | None:
        once = accounts.OneTime()
        coded = open_account(request.user, row, once, account=form.account_chosen, looked=True)
        return coded and (coded, once.code)

    def answer(made):
        if made:
            return codes_page(request, [code_row(*made)], back)
        return done(request, f"{row.name}用原有的账号登录，没有另发口令。", back)

    return form_page(
        request,
        form,
        act,
        title=f"开通{row.name}的账号",
        lead=LEAD,
        submit="开通账号",
        said="",
        answer=answer,
        back=back,
        template="elections/staff_account.html",
        against=[*workers.against(row), *workers.unsure_of(unsure)],
        findings=[] if known else workers.doubts(row, called, workers.standing(row.campaign)),
        known=known,
    )


def account_of(place, row: PollStaff) -> dict:
    """What the page of one of the staff says of their account."""
    line = workers.with_role(PollStaff.objects.filter(pk=row.pk)).select_related("account").get()
    last = workers.last_day_of(row) if line.open else None
    return {
        "account": line.account,
        "open": line.open,
        "last": last,
        "open_url": at(place, "elections-staff-account", row.pk),
    }


@township_view(OWN_WORK)
def own_work(request, township):
    """What somebody on the election staff has to do: where and when, with whom, what is recorded there."""
    rows = workers.own_rows(request.standing)
    own = list(
        rows.select_related("campaign", "place__district", "mobile__district").order_by(
            "campaign__election_day", "place__name", "role"
        )
    )
    context = {"works": [_work(request, township, row) for row in own]}
    return page(request, "elections/own_work.html", context)


def _work(request, township, row: PollStaff) -> dict:
    place, mobile = row.place, row.mobile
    there = {"place": place} if place else {"mobile": mobile} if mobile else None
    return {
        "row": row,
        "place_url": url_of(place, township) if place else "",
        "beside": PollStaff.objects.kept().filter(campaign=row.campaign, **there).exclude(pk=row.pk) if there else (),
        "check": RoomCheck.objects.kept().filter(place=place).first() if place else None,
        "room_new": at(township, "elections-room-new", row.campaign_id) if place else "",
        "boxes": BallotBox.objects.kept().filter(campaign=row.campaign, **there) if there else (),
        "last": row.voted + workers.AFTER,
        "counts": workers.counts(request.standing, row.campaign),
        "lists": [
            (word, at(township, name, row.campaign_id))
            for word, name in (
                ("投票站和选举大会", "elections-place-list"),
                *([("领票登记", "elections-issue-registers")] if mobile or row.role in ISSUING else []),
                ("票箱登记册", "elections-ballot-box-list"),
                ("投票场所检查", "elections-room-list"),
                ("表格发放和收回", "elections-handed-list"),
            )
        ],
    }
