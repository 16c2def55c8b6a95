"""The roster: list, entries, approval, accounts."""

from django.http import Http404
from django.urls import reverse

from congress import clock, history, slips
from congress.accounts import reset_code
from congress.guard.record import kept
from congress.models import Membership, Role
from congress.names.characters import named
from congress.names.strokes import CHECK_BY_HAND, uncertain
from congress.people.fields import masked
from congress.permissions import REVEAL
from congress.web.codes import SENT_BEFORE, code_row, codes_page
from congress.web.forms import ReasonForm
from congress.web.pages import done, page, township_view
from congress.web.proof import proved
from congress.web.records import at, form_page, kept_or_404
from congress.web.steps import buttons
from congress.web.table import show
from congress.work import jobs
from deputies import actions
from deputies.forms import AccountsForm, DeputyForm
from deputies.life import MANDATE
from deputies.listings import PUBLIC_ROSTER, ROSTER, SORTS
from deputies.models import ActivityAttendance, Deputy, Mandate
from deputies.permissions import APPROVE, DETAIL, EDIT, ISSUE, READ
from deputies.queries import age_on, roster, seats_of, traces, with_account_only, without_account
from deputies.tasks import OPEN_ACCOUNTS

ENTRIES = Deputy.objects.select_related("data_key", "group", "station", "account")


@township_view(READ)
def deputy_list(request, township):
    """The roster; deputies themselves see its public columns only."""
    if not request.allows(DETAIL):
        return show(request, township, PUBLIC_ROSTER, roster().filter(state=Deputy.State.APPROVED))
    place = [township.code]
    heads = []
    if request.allows(EDIT):
        heads.append(("新增代表", reverse("deputies-new", args=place), "person-plus"))
        heads.append(("导入花名册", reverse("import-new", args=[township.code, "deputies.roster"]), "upload"))
    waiting = roster().filter(state=Deputy.State.PENDING).count() if request.allows(APPROVE) else 0
    context = {
        "sorts": SORTS,
        "waiting": waiting,
        "may_edit": request.allows(EDIT),
        "may_issue": request.allows(ISSUE),
    }
    return show(request, township, ROSTER, roster(), actions=heads, context=context, template="deputies/roster.html")


@township_view(DETAIL)
def deputy_detail(request, township, pk):
    """One entry: facts, mandates, activities, what else is recorded, history."""
    deputy = kept_or_404(ENTRIES.all(), pk)
    here = request.get_full_path()
    reveal = request.allows(REVEAL)
    hidden = [
        {
            "label": Deputy._meta.get_field(name).verbose_name,
            "value": masked(deputy, name),
            "url": f"{reverse('reveal', args=[township.code, 'deputies.deputy', pk, name])}?next={here}"
            if reveal
            else "",
        }
        for name in ("id_number", "phone", "address")
    ]
    attended = ActivityAttendance.objects.kept().filter(kept("activity"), deputy=deputy)
    today = clock.today()
    context = {
        "deputy": deputy,
        "facts": entry_facts(deputy),
        "hidden": hidden,
        "seats": [(seat, _steps_of(request, deputy, seat.mandate)) for seat in seats_of(deputy, today)],
        "attendances": attended.select_related("activity").order_by("-activity__held_on")[:20],
        "traces": traces(deputy),
        "account": _account_of(deputy) if request.allows(EDIT) else None,
        "still_open": bool(deputy.account_id) and with_account_only(today).filter(pk=pk).exists(),
        "may_edit": request.allows(EDIT),
        "may_approve": request.allows(APPROVE) and deputy.state == Deputy.State.PENDING,
        "history": history.of(deputy) if request.standing.has(Role.CHAIR, Role.CLERK) else [],
    }
    return page(request, "deputies/deputy.html", context)


def _steps_of(request, deputy: Deputy, mandate: Mandate) -> list:
    mandate.township, mandate.deputy = deputy.township, deputy
    return buttons(MANDATE, request.standing, mandate)


def entry_facts(deputy: Deputy) -> list[tuple]:
    """What an entry says in the open, as (term, value)."""
    born = deputy.birth_date
    rare = uncertain(deputy.name)
    by_hand = [("生僻字", f"{'、'.join(map(named, rare))}：{CHECK_BY_HAND}；印发前请在草稿上核对字形")] if rare else []
    return [
        *by_hand,
        ("性别", deputy.get_gender_display()),
        ("民族", deputy.ethnicity),
        ("出生年月", f"{born:%Y年%-m月}（{age_on(born, clock.today())}岁）" if born else ""),
        ("政治面貌", deputy.affiliation or deputy.get_party_display()),
        ("文化程度", deputy.get_education_display()),
        ("工作单位及职务", deputy.employer_post),
        ("身份类别", deputy.get_occupation_display() + ("（基层代表）" if deputy.grassroots else "")),
        ("代表证号", deputy.certificate_no),
        ("代表小组", deputy.group),
        ("所属联络站", deputy.station),
        ("主席团成员", "是" if deputy.presidium_member else "否"),
        ("备注", deputy.remark),
    ]


def _account_of(deputy: Deputy) -> Membership | None:
    if deputy.account_id is None:
        return None
    mine = Membership.objects.filter(user=deputy.account_id, role=Role.DEPUTY, township=deputy.township_id)
    return mine.select_related("user").order_by("ended_at").last()


@township_view(EDIT)
def deputy_new(request, township):
    """Add an entry; the chair approves it."""
    form = DeputyForm(request.POST or None, instance=Deputy(township=township))
    return form_page(
        request,
        form,
        lambda: actions.save_deputy(request.user, form.instance, form.cleaned_data.get("version")),
        title="新增代表",
        lead="保存后等待主席审核；再到代表页面登记代表资格（届次、选区）。",
        said="已保存，等待主席审核。",
        back=lambda saved: at(township, "deputies-detail", saved.pk),
        cancel_url=reverse("deputies-list", args=[township.code]),
        enter_next=True,
    )


@township_view(EDIT)
def deputy_edit(request, township, pk):
    """Change an entry."""
    deputy = kept_or_404(ENTRIES.all(), pk)
    form = DeputyForm(request.POST or None, instance=deputy)
    return form_page(
        request,
        form,
        lambda: actions.save_deputy(request.user, form.instance, form.cleaned_data.get("version")),
        title=f"修改{deputy.name}的信息",
        said="已保存。",
        back=at(township, "deputies-detail", pk),
    )


@township_view(APPROVE)
def deputy_approve(request, township, pk):
    """The chair approves one entry."""
    deputy = kept_or_404(ENTRIES.all(), pk)
    if request.method != "POST":
        raise Http404
    actions.approve(request.user, [deputy])
    return done(request, f"已审核通过{deputy.name}的信息。", at(township, "deputies-detail", pk))


@township_view(APPROVE)
def approve_all(request, township):
    """The chair approves every entry that waits."""
    waiting = list(roster().filter(state=Deputy.State.PENDING).order_by("stroke_key"))
    back = reverse("deputies-list", args=[township.code])
    if not waiting:
        return done(request, "没有待审核的代表信息。", back)
    if request.method == "POST":
        number = actions.approve(request.user, waiting)
        return done(request, f"已审核通过{number}位代表的信息。", back)
    context = {
        "title": f"审核通过全部{len(waiting)}位待审核代表",
        "rows": [("待审核", "、".join(deputy.name for deputy in waiting))],
        "consequences": ["这些代表的信息标为已审核，可以开通账号、列入花名册"],
        "submit": "全部审核通过",
        "cancel_url": f"{back}?state=pending",
    }
    return page(request, "congress/confirm.html", context)


@township_view(EDIT)
def deputy_withdraw(request, township, pk):
    """Take back an entry made by mistake."""
    deputy = kept_or_404(ENTRIES.all(), pk)
    form = ReasonForm(request.POST or None, row=deputy)
    return form_page(
        request,
        form,
        lambda: actions.withdraw_deputy(request.user, deputy, **form.cleaned_data),
        title=f"撤回{deputy.name}的信息",
        lead="只用于录入有误的人员；任期届满、辞职、调离等请登记资格终止，履职记录会保留。",
        said="已撤回。",
        submit="撤回",
        back=reverse("deputies-list", args=[township.code]),
        cancel_url=at(township, "deputies-detail", pk),
    )


@township_view(EDIT)
@proved
def accounts(request, township):
    """Open accounts for several deputies at once, by a job that makes the slips with their codes."""
    waiting = without_account(clock.today())
    form = AccountsForm(request.POST or None, deputies=waiting)

    def begin():
        chosen = [str(one.pk) for one in form.cleaned_data["deputies"]]
        title = f"开通{len(chosen)}位代表的账号"
        return slips.start(OPEN_ACCOUNTS, title, request.user, township, {"deputies": chosen}, form.cleaned_data["key"])

    return form_page(
        request,
        form,
        begin,
        title="开通代表账号",
        submit="开通账号",
        said="已开始开通，完成后在本页下载登录凭条。",
        already=SENT_BEFORE,
        back=lambda job: at(township, "job", job.pk),
        cancel_url=at(township, "deputies-list"),
        template="deputies/accounts.html",
        number=waiting.count(),
        batches=slips.SLIPS.of(request.user),
        under_way=jobs.under_way(OPEN_ACCOUNTS),
    )


@township_view(EDIT)
@proved
def deputy_code(request, township, pk):
    """A new one-time code for a deputy who forgot the password."""
    deputy = kept_or_404(ENTRIES.all(), pk)
    back = at(township, "deputies-detail", pk)
    if deputy.account is None:
        raise Http404
    if request.method == "POST":
        return codes_page(request, [code_row(deputy.account, reset_code(request.user, deputy.account))], back)
    context = {
        "title": f"重发{deputy.name}的一次性口令",
        "consequences": ["原密码立即失效", "新口令只显示一次，14天内有效，首次登录须设置自己的密码"],
        "submit": "重发",
        "cancel_url": back,
    }
    return page(request, "congress/confirm.html", context)
