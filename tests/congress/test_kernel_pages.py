"""The kernel's pages: who gets in, what is written, what is shown once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress import accounts, clock
from congress.guard import scope
from congress.guard.action import action
from congress.models import AuditEvent, Category, Job, Membership, Role, Township, Unit, User
from congress.work import jobs, outbox
from tests.cast import PASSWORD, SET_UP

TOWNSHIP_PAGES = (
    "township_home deadlines deliveries units unit-new categories category-new township-words documents jobs trail"
    " members member-new"
).split()


@pytest.mark.parametrize("name", TOWNSHIP_PAGES)
def test_clerk_opens_and_others_do_not(world, browse, name):
    url = reverse(name, args=[world.township.code])
    assert browse(world.clerk).get(url).status_code == 200
    assert browse(world.neighbour_handler).get(url).status_code == 404
    assert browse(world.far_viewer).get(url).status_code == 404
    assert browse(world.system).get(url).status_code == 404
    if name != "township_home":
        assert browse(world.handler).get(url).status_code in (200, 403)


@pytest.mark.parametrize("name", "units categories documents jobs trail members deliveries deadlines".split())
def test_lists_are_taken_along_as_xlsx(world, browse, name):
    answer = browse(world.clerk).get(reverse(name, args=[world.township.code]) + "?format=xlsx")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"


def test_the_unit_that_two_edit_keeps_the_first_change(world, browse):
    url = reverse("unit-edit", args=[world.township.code, world.unit.pk])
    form = {"name": "水利站", "level": "township", "duties": "甲", "version": "0"}
    assert browse(world.clerk).post(url, form).status_code == 302
    second = browse(world.chair).post(url, {**form, "duties": "乙的长长的说明"})
    assert second.status_code == 409
    assert "乙的长长的说明" in second.content.decode()
    with world.in_township():
        assert Unit.objects.get(pk=world.unit.pk).duties == "甲"


def test_a_category_twice_is_said_at_the_form(world, browse):
    url = reverse("category-new", args=[world.township.code])
    answer = browse(world.clerk).post(url, {"kind": "matter", "label": "水利设施", "position": "1", "active": "on"})
    assert answer.status_code == 200
    assert "已有同名的类别" in str(answer.context["form"].errors)
    with world.in_township():
        assert Category.objects.filter(label="水利设施").count() == 1


def test_township_words_are_changed_through_an_action(world, browse):
    form = {"head_title": "镇长", "document_word": "云溪人发", "motto": "美丽云溪", "population": "31000"}
    client, address = browse(world.chair), reverse("township-words", args=[world.township.code])
    assert client.post(address, form).status_code == 409
    shown = client.get(address).context["form"]["version"].value()
    assert client.post(address, form | {"version": shown}).status_code == 302
    assert client.post(address, form | {"version": shown, "motto": "别的话"}).status_code == 409
    assert Township.objects.get(pk=world.township.pk).motto == "美丽云溪"


def test_an_account_gets_a_code_that_is_shown_once_and_must_be_changed(world, browse, client):
    form = {"username": "newunit", "display_name": "新站长", "role": "unit", "unit": str(world.unit.pk)}
    answer = browse(world.clerk).post(reverse("member-new", args=[world.township.code]), form)
    code = answer.context["rows"][0]["code"]
    assert code in answer.content.decode()
    with scope.audit():
        assert not AuditEvent.objects.filter(detail__icontains=code).exists()
    client.logout()
    assert client.post(reverse("account_login"), {"login": "newunit", "password": code}).status_code == 302
    assert client.get(reverse("home")).url == reverse("account_change_password")
    change = {"oldpassword": code, "password1": "Changed-2022-x", "password2": "Changed-2022-x"}
    assert client.post(reverse("account_change_password"), change).status_code == 302
    user = User.objects.get(username="newunit")
    assert not user.must_change_password
    assert user.check_password("Changed-2022-x")


def test_unit_account_needs_a_unit(world, browse):
    form = {"username": "nounit", "display_name": "无单位", "role": "unit"}
    answer = browse(world.clerk).post(reverse("member-new", args=[world.township.code]), form)
    assert "请选择承办单位" in answer.content.decode()
    assert not User.objects.filter(username="nounit").exists()


def test_the_clerk_ends_a_role_and_the_user_is_out(world, browse):
    with world.in_township():
        membership = Membership.objects.get(user=world.handler)
    url = reverse("member", args=[world.township.code, membership.pk])
    assert browse(world.clerk).post(url, {"end": "1"}).status_code == 302
    assert browse(world.handler).get(reverse("township_home", args=[world.township.code])).status_code == 404


ADMIN_PAGES = {
    "administration": ("system", "security", "auditor"),
    "administration-users": ("system",),
    "administration-user-new": ("system",),
    "administration-requests": ("system", "security", "auditor"),
    "administration-places": ("system",),
    "administration-counties": ("system",),
    "administration-township-new": ("system",),
    "administration-county-new": ("system",),
    "administration-holidays": ("system",),
    "administration-holiday-new": ("system",),
    "administration-lockouts": ("security",),
    "administration-audit": ("auditor",),
    "administration-verify": ("auditor",),
}


@pytest.mark.parametrize("name", ADMIN_PAGES)
def test_administrators_open_their_own_pages_only(world, browse, name):
    for who in ("system", "security", "auditor"):
        expected = 200 if who in ADMIN_PAGES[name] else 403
        assert browse(getattr(world, who)).get(reverse(name)).status_code == expected
    assert browse(world.clerk).get(reverse(name)).status_code == 404


def test_administrators_exclude_each_other(world, browse):
    url = reverse("administration-user", args=[world.security.pk])
    answer = browse(world.system).post(url, {"role": Role.AUDIT})
    assert "互斥" in answer.content.decode()
    with scope.accounts():
        assert Membership.objects.filter(user=world.security).count() == 1


def test_the_trail_reads_as_sentences(world, browse):
    with world.in_township():
        accounts_event = AuditEvent.objects.count()
        assert accounts_event
    browse(world.clerk).post(reverse("unit-new", args=[world.township.code]), {"name": "新站", "level": "township"})
    text = browse(world.chair).get(reverse("trail", args=[world.township.code])).content.decode()
    assert "登记了承办单位：新站" in text
    assert "云溪办事员" in text
    assert "MARK" not in text


def test_a_job_runs_shows_and_belongs_to_its_owner(world, browse, monkeypatch):
    kind = jobs.JobKind("tests.count", "数数", lambda job, progress: {"note": "数完了"}, lambda job: [])
    monkeypatch.setitem(jobs._kinds, kind.key, kind)
    with world.in_township(), action(SET_UP, actor=None):
        job = jobs.start("tests.count", "数一数", owner=world.clerk, township=world.township)
    jobs.run(job.pk, world.township)
    url = reverse("job", args=[world.township.code, job.pk])
    assert "数完了" in browse(world.clerk).get(url).content.decode()
    assert browse(world.clerk).get(url, headers={"HX-Request": "true"}).status_code == 286
    assert browse(world.handler).get(url).status_code == 404
    with world.in_township():
        assert Job.objects.get(pk=job.pk).state == Job.State.DONE


def test_an_expired_code_is_refused(world, client):
    with scope.accounts():
        user, code = accounts.create_account(None, "late", "迟到者")
        with action(SET_UP, actor=None):
            user.code_expires_at = user.code_expires_at.replace(year=2020)
            user.save()
    assert client.post(reverse("account_login"), {"login": "late", "password": code}).status_code == 200


def test_an_account_past_its_date_is_out(world, browse):
    client = browse(world.clerk)
    with action(SET_UP, actor=None):
        world.clerk.valid_until = date(2020, 1, 1)
        world.clerk.save()
    assert client.get(reverse("inbox")).url.startswith(reverse("account_login"))


def test_messages_come_in_pages_and_only_the_unread_are_marked(world, browse):
    with world.in_township():
        notes = [outbox.Note(world.clerk, f"n:{at}", "note", f"第{at}条", "说明", "/") for at in range(31)]
        outbox.send(world.township, notes)
    client = browse(world.clerk)
    first, second = (client.get(reverse("inbox"), {"page": number}) for number in (1, 2))
    assert [len(answer.context["page"].object_list) for answer in (first, second)] == [30, 1]
    assert "第30条" in first.content.decode()
    assert first.context["unread_count"] == 31
    client.post(reverse("read_all_messages"))
    assert client.get(reverse("inbox")).context["unread_count"] == 0
    assert 'class="status' not in client.get(reverse("inbox")).content.decode().split("<main")[1]


@pytest.mark.parametrize(("days", "status"), [(-1, 200), (0, 302), (1, 302)])
def test_an_account_is_let_in_up_to_its_last_day(world, client, days, status):
    with action(SET_UP, actor=None):
        world.clerk.valid_until = clock.today() + timedelta(days=days)
        world.clerk.save()
    answer = client.post(reverse("account_login"), {"login": "clerk", "password": PASSWORD})
    assert answer.status_code == status
    assert ("_auth_user_id" in client.session) == (status == 302)
    if days == 0:
        assert client.get(reverse("inbox")).status_code == 200


def test_a_clerk_neither_makes_nor_takes_over_a_chair(world, browse):
    """Whoever has the chair's code could approve their own work."""
    with world.in_township():
        chair = Membership.objects.get(user=world.chair)
        unit = Membership.objects.get(user=world.handler)
    at = lambda pk: reverse("member", args=[world.township.code, pk])  # noqa: E731
    for form in ({"reset": "1"}, {"end": "1"}):
        answer = browse(world.clerk).post(at(chair.pk), form)
        assert answer.status_code == 409
        assert "系统管理员" in answer.content.decode()
    new = {"username": "chair2", "display_name": "另一位", "role": "chair"}
    answer = browse(world.clerk).post(reverse("member-new", args=[world.township.code]), new)
    assert "系统管理员" in str(answer.context["form"].errors)
    assert not User.objects.filter(username="chair2").exists()
    assert browse(world.clerk).post(at(unit.pk), {"reset": "1"}).status_code == 200
    assert browse(world.chair).post(at(chair.pk), {"reset": "1"}).status_code == 200


def test_a_clerk_gives_no_code_to_somebody_who_is_more_elsewhere(world, browse):
    with scope.accounts(), action(SET_UP, actor=None):
        Membership.objects.create(user=world.handler, role=Role.COUNTY, county=world.county)
    with world.in_township():
        unit = Membership.objects.get(user=world.handler, role=Role.UNIT)
    answer = browse(world.clerk).post(reverse("member", args=[world.township.code, unit.pk]), {"reset": "1"})
    assert answer.status_code == 409
    assert world.handler.has_usable_password()


def test_the_list_of_users_tells_roles_and_places_and_finds_by_them(world, browse):
    client, url = browse(world.system), reverse("administration-users")
    assert "办事员 云溪镇" in client.get(url).content.decode()
    for asked, names in (
        ("?q=石桥", {"neighbour", "nhandler"}),
        ("?q=县级人大 远山", {"farcounty"}),
        ("?role=chair", {"chair"}),
        ("?role=none", set()),
    ):
        assert {user.username for user in client.get(url + asked).context["page"]} == names, asked


def test_the_trail_is_found_by_place_address_day_and_what_was_done(world, browse, client):
    client.post(reverse("account_login"), {"login": "clerk", "password": PASSWORD}, REMOTE_ADDR="192.0.2.77")
    client, url = browse(world.auditor), reverse("administration-audit")

    def verbs(asked):
        return {event.verb for event in client.get(url + asked).context["page"]}

    assert verbs("?q=登录") == {"accounts.login"}
    assert verbs("?q=192.0.2.77") == {"accounts.login"}
    assert "accounts.login" not in verbs(f"?place={world.township.pk}")
    assert "accounts.login" in verbs("?place=0&days=1")
    with clock.frozen(clock.now() + timedelta(days=8)):
        assert "accounts.login" not in verbs("?days=7")
    assert "192.0.2.77" in client.get(url).content.decode()


def test_a_new_county_is_listed_with_its_page(world, browse):
    shown = browse(world.system).get(reverse("administration-counties")).content.decode()
    for county in (world.county, world.far_county):
        assert county.name in shown
        assert reverse("administration-county", args=[county.pk]) in shown


def test_size_and_contrast_stay_with_the_browser_and_the_size_with_the_account_too(world, client, browse):
    login, display = reverse("account_login"), reverse("display")
    assert client.post(display, {"size": "large", "contrast": "high", "next": login}).url == login
    assert 'class="font-large contrast-high' in client.get(login).content.decode()
    assert client.post(display, {"size": "giant", "next": "https://elsewhere.invalid/"}).url == "/"
    assert 'class="font-large contrast-high' in client.get(login).content.decode()
    home = reverse("township_home", args=[world.township.code])
    browse(world.clerk).post(display, {"size": "huge", "contrast": "high", "next": home})
    elsewhere = browse(world.clerk).get(home).content.decode()
    assert "font-huge" in elsewhere
    assert "contrast-high" not in elsewhere


def test_what_stands_in_for_a_page_without_signal_is_there_for_anybody(client, db):
    page = client.get(reverse("offline"))
    assert page.status_code == 200
    assert "现在没有网络" in page.content.decode()
    assert client.get(reverse("service-worker")).status_code == 200


def moved(client, township, county) -> tuple[int, str]:
    url = reverse("administration-township", args=[township.pk])
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    answer = client.post(url, sent | {"county": county.pk})
    return answer.status_code, answer.content.decode()


def test_no_administrator_alone_opens_a_township_to_another_county(world, browse):
    status, said = moved(browse(world.system), world.township, world.far_county)
    assert status == 200
    assert "已经开通过账号，不能再改属别的县级" in said
    assert Township.objects.get(pk=world.township.pk).county == world.county
    assert browse(world.far_viewer).get(reverse("township_home", args=[world.township.code])).status_code == 404


def test_a_township_entered_under_the_wrong_county_is_put_right_before_anybody_is_there(world, browse):
    with action(SET_UP, actor=None):
        fresh = Township.objects.create(
            county=world.county, code="990101103000", name="新镇", document_word="新人发", population=9
        )
    status, _ = moved(browse(world.system), fresh, world.far_county)
    assert status == 302
    assert Township.objects.get(pk=fresh.pk).county == world.far_county
