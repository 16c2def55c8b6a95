"""Pages of the three administrators: accounts and places, lock-outs, the trail. None of them sees a record."""

from pathlib import Path

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import OuterRef, Prefetch, Subquery, Value
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress import account_requests, accounts, audit, backups, first_day, history, rehearsals
from congress.guard import scope
from congress.guard.action import action
from congress.law.holidays import missing
from congress.models import AccountRequest, AuditAnchor, County, Holiday, Membership, Township, User
from congress.people.personal import free_texts, inventory
from congress.permissions import ADMINISTRATION, AUDIT_TRAIL, PLACES, SECURITY, USERS
from congress.upkeep import COUNTIES, HOLIDAYS, TOWNSHIPS
from congress.views import listings
from congress.views.listings_accounts import USERS as USERS_LIST
from congress.web import second_factor, todo
from congress.web.codes import CODE_GONE, code_row, codes_page
from congress.web.forms import HolidayForm, PlainForm
from congress.web.forms_people import GrantForm, NewUserForm
from congress.web.forms_places import CountyForm, TownshipForm
from congress.web.login import name_index
from congress.web.pages import administration_view, done, page, row_or_404
from congress.web.proof import proved
from congress.web.records import form_page, keep_page
from congress.web.table import show


@administration_view(ADMINISTRATION)
def administration(request):
    """What this administrator may do, what waits to be decided, when the last backup was, how many laws are loaded."""
    texts = len(list(Path(settings.CONGRESS_LAW_DIR).glob("*.json")))
    context = {"todos": todo.waiting_for(request.standing), "backup": backups.standing(), "texts": texts}
    return page(request, "congress/administration.html", context)


@administration_view(USERS)
def users(request):
    """Every user of the deployment."""
    action_links = [("新建用户", reverse("administration-user-new"), "person-plus")]
    return show(request, "系统", USERS_LIST, _with_roles(), actions=action_links)


def _with_roles():
    """Every user with `held`, the roles that have not ended, and their places; one query more."""
    held = Membership.objects.filter(ended_at__isnull=True).select_related("township", "county").order_by("role", "pk")
    return User.objects.prefetch_related(Prefetch("memberships", held, to_attr="held"))


@administration_view(USERS)
@proved
def user_new(request):
    """A user without a place yet."""
    form = NewUserForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: accounts.create_account(request.user, **form.account()),
        title="新建用户",
        submit="新建",
        said="",
        answer=lambda made: codes_page(request, [code_row(*made)], _page_of(made[0])),
        back=_page_of,
        already=CODE_GONE,
        cancel_url=reverse("administration-users"),
    )


def _page_of(user: User) -> str:
    return reverse("administration-user", args=[user.pk])


@administration_view(USERS)
@proved
def user(request, pk):
    """One user: roles asked for and ended, a new code asked for (at once while the user has no role)."""
    found = get_object_or_404(User, pk=pk)
    form = GrantForm(request.POST if "role" in request.POST else None)
    two = accounts.needs_two(found)
    if request.method == "POST" and "reset" in request.POST and two:
        return done(request, _asked(account_requests.ask_reset(request.user, found)), request.path)
    if request.method == "POST" and "reset" in request.POST:
        return codes_page(request, [code_row(found, accounts.reset_code(request.user, found))], request.path)
    if request.method == "POST" and "clear" in request.POST and two:
        return done(request, _asked(account_requests.ask_clearing(request.user, found)), request.path)
    if request.method == "POST" and "end" in request.POST:
        membership = row_or_404(Membership.objects.filter(user=found, ended_at__isnull=True), request.POST["end"])
        accounts.end_membership(request.user, membership)
        return done(request, "已停用该角色。", request.path)
    memberships = Membership.objects.filter(user=found).select_related("township", "county").order_by("ended_at", "pk")
    waiting = account_requests.requests().filter(user=found, state=account_requests.OPEN)
    return form_page(
        request,
        form,
        lambda: account_requests.ask_grant(request.user, found, **form.cleaned_data),
        title=found.display_name,
        submit="提出申请",
        said=_asked,
        back=request.path,
        cancel_url=reverse("administration-users"),
        template="congress/administration_user.html",
        found=found,
        memberships=memberships,
        waiting=waiting,
        two=two,
        factor=two and second_factor.has_one(found),
    )


def _asked(made: AccountRequest) -> str:
    return f"已提出申请：{made.what}。另一名管理员同意后才生效。"


@administration_view(PLACES)
def places(request):
    """Townships with their counties."""
    links = [
        ("新增乡镇", reverse("administration-township-new"), "plus-lg"),
        ("县级", reverse("administration-counties"), "geo-alt"),
    ]
    return show(request, "系统", listings.PLACES, Township.objects.select_related("county"), actions=links)


FOUNDED = "已保存乡镇，并备好默认的类别、“十有”项目、内部时限和编号。接下来请为它的办事员和主席新建用户、申请角色。"


@administration_view(PLACES)
def counties(request):
    """Counties, each with its page."""
    links = [
        ("新增县级", reverse("administration-county-new"), "plus-lg"),
        ("乡镇", reverse("administration-places"), "geo-alt"),
    ]
    return show(request, "系统", listings.COUNTIES, County.objects.all(), actions=links)


@administration_view(PLACES)
def township(request, pk=None):
    """Add or change a township."""
    listed = reverse("administration-places")
    if pk:
        form = TownshipForm(request.POST or None, instance=get_object_or_404(Township, pk=pk))
        return keep_page(request, TOWNSHIPS, form, listed=listed, template="congress/administration_township.html")
    form = TownshipForm(request.POST or None, instance=Township())
    return keep_page(
        request, TOWNSHIPS, form, listed=listed, act=lambda: first_day.found(request.user, form.instance), said=FOUNDED
    )


@administration_view(PLACES)
def rehearsal(request, pk):
    """Open a rehearsal of a township, or take a rehearsal out of use; asked for before it is done."""
    row = get_object_or_404(Township, pk=pk)
    back = reverse("administration-township", args=[pk])
    if row.rehearsal:
        return form_page(
            request,
            PlainForm(request.POST if request.method == "POST" else None),
            lambda: rehearsals.close(request.user, row),
            title=f"停用{row}",
            lead="停用以后谁也不能再进入，里面的账号角色随之停用；记录不删除。停用后不能恢复，需要时可以再开一个。",
            submit="停用",
            said=lambda closed: f"已停用{closed}。",
            back=reverse("administration-places"),
            cancel_url=back,
        )
    return form_page(
        request,
        PlainForm(request.POST if request.method == "POST" else None),
        lambda: rehearsals.open_rehearsal(request.user, row),
        title=f"为{row}开一个演练乡镇",
        lead="演练乡镇同正式的完全分开，页面和纸上都标明“演练”，不计入县里的任何数字和名单。"
        f"{row}的主席、副主席和办事员可以直接进入。请只录入编造的人名和号码。",
        submit="开演练乡镇",
        said=lambda made: f"已开设{made}，区划代码{made.code}。",
        back=reverse("administration-places"),
        cancel_url=back,
    )


@administration_view(PLACES)
def county(request, pk=None):
    """Add or change a county."""
    row = get_object_or_404(County, pk=pk) if pk else County()
    form = CountyForm(request.POST or None, instance=row)
    return keep_page(request, COUNTIES, form, listed=reverse("administration-counties"))


@administration_view(PLACES)
def holidays(request):
    """Days off and worked weekends."""
    links = [("新增", reverse("administration-holiday-new"), "plus-lg")]
    return show(request, "系统", listings.HOLIDAYS, Holiday.objects.all(), actions=links)


@administration_view(PLACES)
def holiday(request, pk=None):
    """Add or change a day."""
    row = get_object_or_404(Holiday, pk=pk) if pk else Holiday()
    form = HolidayForm(request.POST or None, instance=row)
    listed = reverse("administration-holidays")
    return keep_page(request, HOLIDAYS, form, listed=listed, said=lambda day: f"已保存。{_still_missing(day.day.year)}")


def _still_missing(year: int) -> str:
    """What keeps the list of a year from being complete."""
    off = Holiday.objects.filter(day__year=year, is_workday=False).values_list("day", flat=True)
    days = "、".join(f"{day.month}月{day.day}日" for day in missing(year, off))
    return (
        f"{year}年还缺法定节日{days}；录全以前，涉及工作日的期限按暂定显示。" if days else f"{year}年的法定节日已录全。"
    )


@administration_view(SECURITY)
@proved
def lockouts(request):
    """Who is locked out from where after wrong passwords, and opening it again; accounts switched off and on."""
    if request.method == "POST" and request.POST.get("unlock"):
        attempt = row_or_404(AccessAttempt, request.POST["unlock"])
        with action(accounts.UNLOCK, actor=request.user):
            reset(username=attempt.username, ip=attempt.ip_address)
        return done(request, "已解除锁定。", request.path)
    if request.method == "POST" and request.POST.get("switch"):
        found = row_or_404(User, request.POST["switch"])
        accounts.switch(request.user, found)
        return done(request, f"账号已{'启用' if found.is_active else '停用'}。", request.path)
    text = request.GET.get("q", "").strip()
    found = User.objects.filter(username__icontains=text)[:20] if text else []
    context = {"attempts": _named(AccessAttempt.objects.order_by("-attempt_time")[:100]), "found": found, "q": text}
    return page(request, "congress/lockouts.html", context)


def _named(attempts) -> list[AccessAttempt]:
    """The attempts, each saying whose account it was aimed at; what else was typed as a name is kept nowhere."""
    attempts = list(attempts)
    names = User.objects.values_list("username", flat=True) if attempts else ()
    known = {name_index(name): name for name in names}
    for attempt in attempts:
        attempt.typed = known.get(attempt.username, "（没有这个账号）")
    return attempts


@administration_view(SECURITY)
def personal_inventory(request):
    """Every personal field with its purpose, basis and retention, as the models declare them."""
    rows = [{"held": held, "model": held.model._meta.verbose_name} for held in inventory()]
    texts = [{"held": held, "model": held.model._meta.verbose_name} for held in free_texts()]
    return page(request, "congress/inventory.html", {"rows": rows, "texts": texts})


@administration_view(AUDIT_TRAIL, scope.audit)
def audit_trail(request):
    """Every event of every chain, as sentences."""
    links = [
        ("核对审计链", reverse("administration-verify"), "shield-check"),
        ("审计锚点", reverse("administration-anchors"), "shield-lock"),
    ]
    return show(request, "系统", listings.AUDIT, history.events(), actions=links)


@administration_view(AUDIT_TRAIL)
def audit_anchors(request):
    """Every anchor, newest first: to be printed and kept, and compared with a mail or the copy."""
    name = Township.objects.filter(pk=OuterRef("chain")).values("name")[:1]
    rows = AuditAnchor.objects.filter(number__isnull=False).annotate(town=Coalesce(Subquery(name), Value("系统")))
    return show(request, "系统", listings.ANCHORS, rows)


@administration_view(AUDIT_TRAIL, scope.audit)
def audit_verify(request):
    """Recompute every chain and say what does not fit."""
    faults = list(audit.verify()) if request.method == "POST" else None
    return page(request, "congress/verify.html", {"faults": faults})
