"""Accounts of a township: who may log in as what; one-time codes are shown once and kept nowhere."""

from django.db.models import F
from django.shortcuts import get_object_or_404

from congress import accounts
from congress.models import Membership, Unit
from congress.permissions import ACCOUNTS
from congress.views import listings
from congress.web import second_factor
from congress.web.codes import CODE_GONE, code_row, codes_page
from congress.web.forms_people import AccountForm
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
    }
    return page(request, "congress/member.html", context)
