"""Accounts of a township: who may log in as what; one-time codes are shown once and kept nowhere."""

from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404

from congress import accounts, clock, delegations
from congress.models import Delegation, Membership, Role, Unit
from congress.permissions import ACCOUNTS, DELEGATE
from congress.views import listings
from congress.web import second_factor
from congress.web.codes import CODE_GONE, code_row, codes_page
from congress.web.forms_people import AccountForm, DelegationForm
from congress.web.pages import done, page, township_view
from congress.web.proof import proved
from congress.web.records import at, form_page
from congress.web.table import show


def _members(township):
    # The unit's row is read through its own policy; the name comes along in one query.
    return Membership.objects.filter(township=township).select_related("user").annotate(unit_name=F("unit__name"))


@township_view(ACCOUNTS)
def members(request, township):
    """Everybody with a role here."""
    actions = [
        ("开通账号", at(township, "member-new"), "person-plus"),
        ("批量重发口令", at(township, "member-codes"), "key"),
    ]
    return show(request, township, listings.MEMBERS, _members(township), actions=actions)


@township_view(ACCOUNTS)
@proved
def member_new(request, township):
    """A new account for staff or a unit, with its one-time code."""
    form = AccountForm(request.POST or None)
    form.fields["unit"].queryset = Unit.objects.kept()
    back = at(township, "members")
    return form_page(
        request,
        form,
        lambda: _make(request.user, township, form.cleaned_data),
        title="开通账号",
        submit="开通",
        said="",
        answer=lambda row: codes_page(request, [row], back),
        back=lambda user: at(township, "member", Membership.objects.get(user=user, township=township).pk),
        already=CODE_GONE,
        cancel_url=back,
    )


def _make(actor, township, values: dict) -> dict:
    user, code = accounts.create_account(
        actor, values["username"], values["display_name"], email=values["email"], key=values["key"]
    )
    accounts.grant(actor, user, values["role"], township=township, unit=values["unit"])
    return code_row(user, code)


@township_view(ACCOUNTS)
@proved
def member(request, township, pk):
    """One account: a new code, or the end of the role."""
    found = get_object_or_404(_members(township), pk=pk)
    back = at(township, "members")
    if request.method == "POST" and "reset" in request.POST and found.ended_at is None:
        row = code_row(found.user, accounts.reset_code(request.user, found.user))
        return codes_page(request, [row], back)
    if request.method == "POST" and "clear" in request.POST and found.ended_at is None:
        accounts.clear_factor(request.user, found.user)
        return done(request, f"已清除{found.user.display_name}的两步验证。", request.path)
    if request.method == "POST" and "end" in request.POST and found.ended_at is None:
        accounts.end_membership(request.user, Membership.objects.get(pk=found.pk))
        return done(request, f"已停用{found.user.display_name}的{found.get_role_display()}角色。", back)
    context = {
        "member": found,
        "back": back,
        "own": found.user_id == request.user.pk,
        "factor": second_factor.has_one(found.user),
        "delegations": _delegations(found, township) if found.role == Role.VICE else None,
        "may_delegate": request.allows(DELEGATE) and found.ended_at is None,
    }
    return page(request, "congress/member.html", context)


def _delegations(member: Membership, township) -> list[dict]:
    """What was handed over to a vice-chair, and whether it holds, is still to come or is over."""
    today = clock.today()
    return [
        {
            "row": row,
            "labels": [one.label for one in delegations.labels(row.rights)],
            "holds": row.holds_on(today),
            "over": bool(row.ended_on) or row.until < today,
        }
        for row in delegations.of(member.user, township)
    ]


@township_view(DELEGATE)
@proved
def delegation_new(request, township, pk):
    """Rights handed over to a vice-chair for dated days."""
    found = get_object_or_404(_members(township).filter(role=Role.VICE, ended_at__isnull=True), pk=pk)
    form = DelegationForm(request.POST or None)

    def act():
        values = form.cleaned_data
        return delegations.delegate(
            request.user,
            found.user,
            values["rights"],
            since=values["since"],
            until=values["until"],
            township=township,
            key=values["key"],
        )

    return form_page(
        request,
        form,
        act,
        title=f"委托{found.user.display_name}代行权限",
        lead="受托人在这些天里以自己的名义办理所勾选的事项，操作记录写明是谁办的。账号、销毁个人信息和委托本身不能委托。",
        submit="委托",
        said="已委托，受托人会收到消息。",
        back=at(township, "member", pk),
    )


@township_view(DELEGATE)
def delegation_end(request, township, pk):
    """A delegation taken back before its last day."""
    row = get_object_or_404(Delegation.objects.select_related("township__county"), pk=pk)
    member = get_object_or_404(_members(township).filter(user=row.holder, role=Role.VICE).order_by("ended_at")[:1])
    back = at(township, "member", member.pk)
    if request.method == "POST":
        delegations.take_back(request.user, row)
        return done(request, "已收回委托的权限，即时生效。", back)
    raise Http404
