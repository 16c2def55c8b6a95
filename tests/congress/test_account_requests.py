"""No administrator alone opens a township's data to anybody: one asks, another decides, the chair and the auditor are told."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from congress import account_requests, accounts, clock
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import ADMINISTRATORS, AccountRequest, AuditEvent, Membership, Message, Role, User
from tests.cast import PASSWORD, SET_UP

ROLES = [
    (Role.CLERK, "township"),
    (Role.CHAIR, "township"),
    (Role.COUNTY, "county"),
    (Role.SYSTEM, ""),
    (Role.SECURITY, ""),
    (Role.AUDIT, ""),
]
# Whose code the system administrator cannot renew alone: everybody who sees anything, and the administrators.
HOLDERS = ["clerk", "chair", "deputy_user", "handler", "county_viewer", "security", "auditor"]


@pytest.fixture
def newcomer(world) -> User:
    """A user without a role, as the system administrator makes one."""
    with scope.accounts():
        return accounts.create_account(world.system, "newcomer", "新来者")[0]


@pytest.fixture
def second_system(world) -> User:
    """Another system administrator."""
    with scope.accounts():
        user = accounts.create_account(None, "system2", "第二位")[0]
        accounts.grant(None, user, Role.SYSTEM)
        with action(SET_UP, actor=user):
            user.must_change_password = False
            user.save()
    return user


def at(user) -> str:
    return reverse("administration-user", args=[user.pk])


def place(world, kind: str) -> dict:
    return {kind: getattr(world, kind)} if kind else {}


def ask(world, browse, user, role=Role.CLERK, kind="township"):
    form = {"role": str(role)} | {name: str(value.pk) for name, value in place(world, kind).items()}
    return browse(world.system).post(at(user), form)


def only() -> AccountRequest:
    with scope.accounts():
        return AccountRequest.objects.get()


def decide(browse, who, what="agree", **values):
    return browse(who).post(reverse("administration-request", args=[only().pk]), {"what": what, **values})


def roles_of(user) -> list[str]:
    with scope.accounts():
        return list(Membership.objects.filter(user=user, ended_at__isnull=True).values_list("role", flat=True))


def decider(world, role) -> User:
    return world.auditor if role == Role.SECURITY else world.security


def told(world) -> dict[str, Message]:
    with scope.everywhere("whom the messages reach"):
        rows = Message.objects.filter(kind="account").select_related("recipient")
        return {row.recipient.username: row for row in rows}


def verbs() -> list[tuple[str, int]]:
    with scope.audit():
        wanted = ("accounts.ask", "accounts.agree", "accounts.decline", "accounts.grant", "accounts.reset")
        return list(AuditEvent.objects.filter(verb__in=wanted).order_by("at").values_list("verb", "actor_id"))


def test_a_system_administrator_alone_does_not_come_to_a_townships_data(world, browse, client):
    """New user, made a clerk, whose code is known: the roster stays closed until somebody else has agreed."""
    made = browse(world.system).post(
        reverse("administration-user-new"), {"username": "newcomer", "display_name": "新来者"}
    )
    code = made.context["rows"][0]["code"]
    user = User.objects.get(username="newcomer")
    answer = ask(world, browse, user)
    assert answer.status_code == 302
    assert roles_of(user) == []
    assert decide(browse, world.system).status_code == 200
    assert roles_of(user) == []
    client.logout()
    client.post(reverse("account_login"), {"login": "newcomer", "password": code})
    change = {"oldpassword": code, "password1": "Changed-2022-x", "password2": "Changed-2022-x"}
    assert client.post(reverse("account_change_password"), change).status_code == 302
    roster = reverse("deputies-list", args=[world.township.code])
    assert client.get(roster).status_code == 404
    assert decide(browse, world.security).status_code == 302
    assert browse(User.objects.get(pk=user.pk)).get(roster).status_code == 200


@pytest.mark.parametrize(("role", "kind"), ROLES)
def test_every_role_is_given_by_two(world, browse, newcomer, role, kind):
    with scope.accounts(), pytest.raises(Refused, match="另一名管理员"):
        accounts.grant(world.system, newcomer, role, **place(world, kind))
    assert ask(world, browse, newcomer, role, kind).status_code == 302
    assert roles_of(newcomer) == []
    other = world.security if role == Role.SECURITY else world.auditor
    assert decide(browse, other).status_code == 200, "it is not theirs to decide"
    assert roles_of(newcomer) == []
    assert decide(browse, decider(world, role)).status_code == 302
    assert roles_of(newcomer) == [str(role)]


@pytest.mark.parametrize("who", HOLDERS)
def test_every_code_that_opens_anything_is_renewed_by_two(world, browse, who):
    user = getattr(world, who)
    with scope.accounts(), pytest.raises(Refused, match="另一名管理员"):
        accounts.reset_code(world.system, user)
    answer = browse(world.system).post(at(user), {"reset": "1"})
    assert answer.status_code == 302, "no page with a code"
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    second = world.auditor if who == "security" else world.security
    shown = decide(browse, second)
    code = shown.context["rows"][0]["code"]
    assert User.objects.get(pk=user.pk).check_password(code)
    assert code not in browse(world.system).get(at(user)).content.decode()


def test_who_has_no_role_gets_a_code_at_once(world, browse, newcomer):
    answer = browse(world.system).post(at(newcomer), {"reset": "1"})
    assert User.objects.get(pk=newcomer.pk).check_password(answer.context["rows"][0]["code"])
    with scope.accounts():
        assert not AccountRequest.objects.exists()


def test_nobody_decides_what_concerns_the_own_account(world, browse):
    for who in ("security", "auditor"):
        browse(world.system).post(at(getattr(world, who)), {"reset": "1"})
        with scope.accounts():
            request = AccountRequest.objects.get(user=getattr(world, who))
            with pytest.raises(Refused, match="另一名管理员"):
                account_requests.agree(getattr(world, who), request)
    with scope.accounts():
        assert set(AccountRequest.objects.values_list("state", flat=True)) == {"open"}


def test_who_asked_does_not_decide_even_as_security_administrator(world, newcomer):
    with scope.accounts():
        request = account_requests.ask_grant(world.system, newcomer, Role.CLERK, township=world.township)
        with action(SET_UP, actor=None):
            Membership.objects.filter(user=world.system).update(role=Role.SECURITY)
        for decision in (
            lambda: account_requests.agree(world.system, request),
            lambda: account_requests.decline(world.system, request, "不行"),
        ):
            with pytest.raises(Refused, match="另一名管理员"):
                decision()


@pytest.mark.parametrize("who", ["asked_by", "user"])
def test_the_database_itself_asks_for_two(world, newcomer, who):
    with scope.accounts():
        request = account_requests.ask_grant(world.system, newcomer, Role.CLERK, township=world.township)
        change = {"state": "done", "settled_at": clock.now(), "settled_by": getattr(request, who)}
        with (
            pytest.raises(IntegrityError, match="account_request_by_two"),
            transaction.atomic(),
            action(SET_UP, actor=None),
        ):
            AccountRequest.objects.filter(pk=request.pk).update(**change)


def test_no_request_is_seen_or_made_outside_the_administration(world, newcomer):
    with scope.accounts():
        account_requests.ask_grant(world.system, newcomer, Role.CLERK, township=world.township)
    with world.in_township():
        assert not AccountRequest.objects.exists()
        with (
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
            action(SET_UP, actor=None),
        ):
            AccountRequest.objects.create(kind="reset", user=newcomer, asked_by=world.system)


def test_the_townships_chair_the_auditors_and_the_one_concerned_are_told(world, browse, newcomer):
    ask(world, browse, newcomer)
    assert told(world) == {}
    decide(browse, world.security)
    assert set(told(world)) == {"chair", "auditor", "newcomer"}
    words = told(world)["chair"].body
    assert "新来者（newcomer）：授予角色 办事员 云溪镇。系统管理员申请，安全管理员同意。" in words
    inbox = browse(world.auditor).get(reverse("inbox")).content.decode()
    assert "有账号被授予角色、重发口令或清除两步验证" in inbox


def test_a_county_role_is_told_to_every_chair_whose_township_it_opens(world, browse, newcomer):
    with scope.accounts():
        accounts.grant(
            None, chair := accounts.create_account(None, "chair2", "邻镇主席")[0], Role.CHAIR, township=world.neighbour
        )
    ask(world, browse, newcomer, Role.COUNTY, "county")
    decide(browse, world.security)
    assert set(told(world)) == {"chair", chair.username, "auditor", "newcomer"}
    with scope.everywhere("one each"):
        assert Message.objects.filter(kind="account").count() == 4


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("chair", {"chair", "auditor"}),
        ("clerk", {"chair", "auditor", "clerk"}),
        ("county_viewer", {"chair", "auditor", "county"}),
        ("security", {"auditor", "security"}),
        ("auditor", {"auditor"}),
    ],
)
def test_a_renewed_code_is_told(world, browse, who, expected):
    browse(world.system).post(at(getattr(world, who)), {"reset": "1"})
    decide(browse, world.auditor if who == "security" else world.security)
    assert set(told(world)) == expected


def test_every_step_leaves_its_event(world, browse, newcomer):
    ask(world, browse, newcomer)
    decide(browse, world.security, "decline", reason="没有任命文件")
    with scope.accounts():
        again = account_requests.ask_grant(world.system, newcomer, Role.CLERK, township=world.township)
        account_requests.agree(world.security, again)
    system, security = world.system.pk, world.security.pk
    assert verbs() == [
        ("accounts.ask", system),
        ("accounts.decline", security),
        ("accounts.ask", system),
        ("accounts.grant", security),
        ("accounts.agree", security),
    ]


def test_who_does_not_agree_says_why_and_nothing_changes(world, browse, newcomer):
    ask(world, browse, newcomer)
    assert "请写明不同意的原因" in decide(browse, world.security, "decline").content.decode()
    assert decide(browse, world.security, "decline", reason="没有任命文件").status_code == 302
    assert (roles_of(newcomer), told(world)) == ([], {})
    shown = browse(world.system).get(reverse("administration-request", args=[only().pk])).content.decode()
    assert "没有任命文件" in shown
    for again in (
        lambda: account_requests.agree(world.security, only()),
        lambda: account_requests.decline(world.security, only(), "再想一想"),
    ):
        with scope.accounts(), pytest.raises(Refused, match="这份申请已经办结。"):
            again()
    assert (only().declined_reason, roles_of(newcomer)) == ("没有任命文件", [])


def test_what_waits_stands_on_the_page_of_who_decides_and_of_nobody_else(world, browse, newcomer):
    ask(world, browse, newcomer)
    home = reverse("administration")
    assert "账号申请待决定" in browse(world.security).get(home).content.decode()
    for other in (world.system, world.auditor):
        assert "账号申请待决定" not in browse(other).get(home).content.decode()
    assert "newcomer" in browse(world.security).get(reverse("administration-requests")).content.decode()
    form = browse(world.security).get(reverse("administration-request", args=[only().pk])).content.decode()
    assert "不同意的，请写明原因" in form
    assert (
        "不同意的，请写明原因"
        not in browse(world.system).get(reverse("administration-request", args=[only().pk])).content.decode()
    )
    assert "等待同意的申请" in browse(world.system).get(at(newcomer)).content.decode()


def test_what_became_impossible_is_said_when_it_is_decided(world, browse, newcomer):
    ask(world, browse, newcomer)
    with scope.accounts():
        accounts.grant(None, newcomer, Role.AUDIT)
    answer = decide(browse, world.security)
    assert answer.status_code == 200
    assert "互斥" in answer.content.decode()
    assert only().state == "open"


def test_a_role_that_is_held_is_not_asked_for(world, browse):
    assert "已有这个角色" in ask(world, browse, world.clerk).content.decode()


@pytest.mark.parametrize(
    ("role", "field", "words"),
    [
        *((role, "township", "请选择乡镇。") for role in (Role.CHAIR, Role.VICE, Role.CLERK)),
        (Role.COUNTY, "county", "请选择县级行政区。"),
    ],
)
def test_a_role_that_has_a_place_is_asked_for_with_that_place(world, browse, newcomer, role, field, words):
    """The place of the other kind does not help, and is not dropped either."""
    other = "county" if field == "township" else "township"
    errors = ask(world, browse, newcomer, role, other).context["form"].errors
    assert set(errors) == {field, other}
    assert errors[field] == [words]
    with scope.accounts():
        assert not AccountRequest.objects.exists()


def test_nothing_is_asked_for_where_nobody_could_decide(world, browse, newcomer):
    with scope.accounts(), action(SET_UP, actor=None):
        Membership.objects.filter(user=world.security).update(ended_at=clock.now())
    assert "create_first_admin" in ask(world, browse, newcomer).content.decode()
    with scope.accounts():
        assert not AccountRequest.objects.exists()


def test_a_second_system_administrator_is_no_second_person(world, browse, newcomer, second_system):
    ask(world, browse, newcomer)
    assert decide(browse, second_system).status_code == 200
    assert roles_of(newcomer) == []


@pytest.mark.parametrize("role", [Role.CHAIR, Role.CLERK])
def test_a_clerk_makes_neither_chair_nor_clerk(world, newcomer, role):
    with world.in_township(), pytest.raises(Refused, match="系统管理员"):
        accounts.grant(world.clerk, newcomer, role, township=world.township)


def test_the_command_sets_up_the_three_and_afterwards_only_who_is_missing(nobody, db, capsys):
    call_command("create_first_admin", "eins")
    said = capsys.readouterr().out
    assert [said.count(word) for word in ("系统管理员", "安全管理员", "审计管理员", "一次性口令：")] == [1, 1, 1, 3]
    with scope.accounts():
        assert set(Membership.objects.values_list("role", flat=True)) == {str(role) for role in ADMINISTRATORS}
        with action(SET_UP, actor=None):
            Membership.objects.filter(role=Role.SECURITY).update(ended_at=clock.now())
    with pytest.raises(CommandError, match="登录名已有人使用：secadmin"):
        call_command("create_first_admin")
    call_command("create_first_admin", "--security", "secadmin2")
    with scope.accounts():
        assert Membership.objects.filter(user__username="secadmin2", role=Role.SECURITY).exists()
        assert Membership.objects.filter(role=Role.SYSTEM).count() == 1
    with pytest.raises(CommandError, match="三类管理员都已有人"):
        call_command("create_first_admin")


@pytest.mark.parametrize("name", ["李明", "li ming", "li.ming", "li@ming", "李-ming", "-_"])
def test_what_cannot_be_typed_everywhere_is_no_name_to_log_in_with(world, browse, name):
    sent = {"username": name, "display_name": "新来者"}
    page = browse(world.system).post(reverse("administration-user-new"), sent).content.decode()
    assert "登录名只能用字母、数字、下划线和短横线。" in page
    assert not User.objects.filter(display_name="新来者").exists()


def test_letters_digits_and_strokes_are_one(world, browse):
    browse(world.system).post(reverse("administration-user-new"), {"username": "Li-ming_01", "display_name": "新来者"})
    assert User.objects.get(display_name="新来者").username == "Li-ming_01"
