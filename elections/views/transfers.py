"""Voters handed over: the lists of both sides, one of them, asking and receiving."""

from congress import history
from congress.people.fields import masked
from congress.permissions import REVEAL
from congress.web.pages import page, township_view
from congress.web.records import at, form_page, kept_or_404
from congress.web.steps import buttons, found_or_404
from congress.web.table import show
from congress.wording import chinese_date
from elections import actions
from elections.forms.transfers import AskTransferForm, ReceiveForm
from elections.life import TRANSFER
from elections.listings.roll import TRANSFERS, missing_papers
from elections.models import Campaign, Transfer, Voter
from elections.permissions import VOTERS, VOTERS_EDIT
from elections.queries import roll as queries

ROWS = Transfer.objects.select_related("campaign", "other_township", "township__county")


@township_view(VOTERS)
def transfer_list(request, township):
    """Every transfer, out and in."""
    campaign = queries.open_campaigns().first()
    head = []
    if campaign and request.allows(VOTERS_EDIT):
        head = [("登记转入的外来人员", at(township, "elections-transfer-receive", campaign.pk), "person-plus")]
    return show(request, township, TRANSFERS, ROWS.kept(), actions=head)


@township_view(VOTERS)
def transfer(request, township, pk):
    """One transfer: who, where from or to, and what was answered."""
    found = found_or_404(TRANSFER, request, pk)
    here = request.get_full_path()
    answered = f"{found.get_state_display()}" + (f"，{chinese_date(found.answered_on)}" if found.answered_on else "")
    rows = [
        ("方向", found.get_direction_display()),
        ("范围", found.get_reach_display()),
        ("对方", str(found.other_township or found.other_place)),
        ("原因", found.get_cause_display()),
        ("性别", found.get_gender_display()),
        ("出生日期", chinese_date(found.birth_date)),
        ("提出日期", chinese_date(found.sent_on)),
        ("选民资格证明", found.certificate),
        ("缺少材料", missing_papers(found)),
        ("状态", answered),
        ("答复意见", found.answer),
    ]
    context = {
        "transfer": found,
        "rows": rows,
        "voter_url": at(township, "elections-voter", found.voter_id) if found.voter_id else "",
        "hidden": [
            {
                "label": Transfer._meta.get_field(name).verbose_name,
                "value": masked(found, name),
                "url": f"{at(township, 'reveal', 'elections.transfer', pk, name)}?next={here}"
                if request.allows(REVEAL)
                else "",
            }
            for name in ("id_number", "phone", "address")
        ],
        "printed": at(township, "elections-transfer-papers", pk) if found.direction == Transfer.Direction.OUT else "",
        "buttons": buttons(TRANSFER, request.standing, found),
        "history": history.of(found),
        "breadcrumbs": [("选民转移", at(township, "elections-transfers")), (str(found), "")],
    }
    return page(request, "elections/transfer.html", context)


@township_view(VOTERS_EDIT)
def transfer_ask(request, township, pk, campaign):
    """Ask another place to take a voter over."""
    voter = kept_or_404(Voter.objects.select_related("data_key", "township"), pk)
    work = kept_or_404(Campaign.objects.select_related("township"), campaign)
    form = AskTransferForm(request.POST or None, township=township)

    def act():
        return actions.ask(request.user, voter, work, **form.cleaned_data)

    return form_page(
        request,
        form,
        act,
        title=f"转出{voter.name}",
        lead="对方接收以前，该选民一直在本地名单上。选民登记不是迁移户口的理由。",
        said="已提出，等待对方答复。",
        submit="提出转移",
        back=lambda made: at(township, "elections-transfer", made.pk),
        cancel_url=at(township, "elections-voter", pk),
    )


@township_view(VOTERS_EDIT)
def transfer_receive(request, township, pk):
    """Enter somebody who comes from outside the county with papers."""
    work = kept_or_404(Campaign.objects.select_related("township"), pk)
    form = ReceiveForm(request.POST or None, instance=Transfer(township=township, campaign=work))
    return form_page(
        request,
        form,
        lambda: actions.receive(request.user, form.instance),
        title="登记转入的外来人员",
        lead="材料齐全以后再接收登记；缺少的材料在列表中提示。没有取得选民资格证明的，在户籍所在地参加选举。",
        said="已登记。",
        back=lambda made: at(township, "elections-transfer", made.pk),
        cancel_url=at(township, "elections-transfers"),
    )
