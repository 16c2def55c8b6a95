"""Accounts and codes in bulk: a job makes the slips, their clerk fetches them, nobody else does, and they go soon."""

import io
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.urls import reverse
from pdfminer.high_level import extract_text

from congress import accounts, clock, sealed, slips
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import AuditEvent, Job, Membership, Message, SlipBatch, User
from congress.permissions import standing_in_township
from congress.work import jobs
from deputies import actions
from deputies.models import Deputy
from deputies.tasks import OPEN_ACCOUNTS
from tests.cast import PASSWORD, SET_UP, make_deputy


@pytest.fixture
def at(world):
    return lambda name, *args: reverse(name, args=[world.township.code, *args])


@pytest.fixture
def newcomers(world):
    """Three deputies in office without accounts."""
    with world.in_township(), action(SET_UP, actor=None):
        return [make_deputy(world.township, name, term=world.term) for name in ("钱一", "孙二", "李三")]


def sent(client, url, **values):
    form = client.get(url).context["form"]
    return client.post(url, {"key": str(form["key"].value())} | values)


def worked(world) -> Job:
    """The newest job, run as the worker runs it."""
    with world.in_township():
        job = Job.objects.order_by("created_at").last()
    jobs.run(job.pk, world.township)
    with world.in_township():
        return Job.objects.get(pk=job.pk)


def words(pdf: bytes) -> str:
    return "".join(extract_text(io.BytesIO(pdf)).split())


def codes_in(text: str, users) -> list[str]:
    found = [text.split(user.username)[1] for user in users]
    return [one.split("一次性口令")[1][:14] for one in found]


def test_nobody_is_ticked_beforehand_and_nothing_ticked_is_said(world, browse, at, newcomers):
    client = browse(world.clerk)
    page = client.get(at("deputies-accounts"))
    assert not re.search(r"<input[^>]*\schecked", page.content.decode())
    answer = client.post(at("deputies-accounts"), {"everyone": ""})
    assert "请勾选要开通账号的代表" in str(answer.context["form"].errors["deputies"])
    with world.in_township():
        assert not Job.objects.exists()


def test_where_all_have_accounts_ticking_everybody_says_so(world, browse, at):
    with world.in_township(), action(SET_UP, actor=None):
        Deputy.objects.filter(account=None).update(state=Deputy.State.PENDING)
    answer = browse(world.clerk).post(at("deputies-accounts"), {"everyone": "on"})
    assert answer.context["form"].errors == {"everyone": ["在任且已审核的代表都已有账号。"]}
    with world.in_township():
        assert not Job.objects.exists()


def test_those_ticked_get_accounts_and_real_slips(world, browse, at, newcomers):
    client = browse(world.clerk)
    answer = sent(client, at("deputies-accounts"), deputies=[str(one.pk) for one in newcomers[:2]])
    job = worked(world)
    assert answer.url == at("job", job.pk)
    assert (job.state, job.note) == ("done", "2人的登录凭条已生成")
    assert job.result_url == at("slips", job.pk)
    with world.in_township():
        opened = [Deputy.objects.select_related("account").get(pk=one.pk).account for one in newcomers]
        assert opened[2] is None
        assert Message.objects.filter(recipient=world.clerk, url=at("slips", job.pk)).count() == 1
    page = client.get(at("slips", job.pk)).content.decode()
    assert "qianyi01" in page
    pdf = client.get(at("slips-file", job.pk))
    assert pdf["Content-Type"] == "application/pdf"
    text = words(pdf.content)
    for word in (
        "云溪镇登录凭条",
        "钱一",
        "孙二",
        "qianyi01",
        "suner01",
        settings.SITE_URL,
        "沿虚线裁开",
        "1.",
        "2.",
        "3.",
    ):
        assert word in text
    assert "李三" not in text
    for user, code in zip(opened[:2], codes_in(text, opened[:2]), strict=True):
        assert user.check_password(code), code
        assert user.must_change_password


def test_what_is_kept_and_told_shows_no_code(world, browse, at, newcomers):
    client = browse(world.clerk)
    sent(client, at("deputies-accounts"), everyone="on")
    job = worked(world)
    assert job.note == "4人的登录凭条已生成"
    text = words(client.get(at("slips-file", job.pk)).content)
    with world.in_township():
        user = Deputy.objects.select_related("account").get(pk=newcomers[0].pk).account
        [code] = codes_in(text, [user])
        batch = SlipBatch.objects.get()
        assert b"%PDF" not in bytes(batch.content)
        stored = f"{Job.objects.values()}{AuditEvent.objects.values()}{Message.objects.values()}"
    assert code not in stored
    assert batch.fetched_at is not None


def test_a_browser_that_gives_up_loses_nothing_and_the_same_form_again_leads_to_the_job(world, browse, at, newcomers):
    client = browse(world.clerk)
    form = {"key": str(client.get(at("deputies-accounts")).context["form"]["key"].value()), "everyone": "on"}
    first, second = (client.post(at("deputies-accounts"), form) for _ in range(2))
    assert first.url == second.url
    assert "刚才已经提交过" in str(list(get_messages(second.wsgi_request))[-1])
    worked(world)
    assert sent(client, at("deputies-accounts"), everyone="on").status_code == 200  # nobody is left
    for _ in range(2):  # a printer that jams is no reason to make new codes
        assert client.get(at("slips-file", first.url.split("/")[-2])).status_code == 200


def test_a_second_page_sent_meanwhile_says_that_the_first_is_under_way(world, browse, at, newcomers):
    client = browse(world.clerk)
    sent(client, at("deputies-accounts"), deputies=[str(newcomers[0].pk)])
    answer = sent(client, at("deputies-accounts"), deputies=[str(newcomers[0].pk)])
    assert "上一批还在办理" in str(answer.context["form"].errors)
    assert "正在办理" in answer.content.decode()


def test_who_got_an_account_meanwhile_keeps_it(world, newcomers):
    with world.in_township():
        actions.open_account(world.clerk, newcomers[0])
        hashed = Deputy.objects.get(pk=newcomers[0].pk).account.password
        arguments = {"deputies": [str(one.pk) for one in newcomers[:2]]}
        jobs.start(OPEN_ACCOUNTS, "开通", owner=world.clerk, township=world.township, arguments=arguments)
    assert worked(world).note == "1人的登录凭条已生成，1人用原有的账号"
    with world.in_township():
        assert Deputy.objects.get(pk=newcomers[0].pk).account.password == hashed


@pytest.fixture
def batch(world, browse, at, newcomers) -> SlipBatch:
    """Slips of two, made and not fetched."""
    sent(browse(world.clerk), at("deputies-accounts"), deputies=[str(one.pk) for one in newcomers[:2]])
    job = worked(world)
    with world.in_township():
        return SlipBatch.objects.get(pk=job.pk)


def test_nobody_but_the_clerk_who_asked_fetches_them(world, browse, at, batch):
    for who in ("chair", "deputy_user", "system"):
        for name in ("slips", "slips-file"):
            assert browse(getattr(world, who)).get(at(name, batch.pk)).status_code in (403, 404), (who, name)
    with world.in_township(), pytest.raises(Refused, match="这批凭条已经清除"):
        slips.SLIPS.fetch(world.chair, batch)


def kept(world, batch) -> bool:
    with world.in_township():
        return SlipBatch.objects.get(pk=batch.pk).content is not None


def test_slips_go_when_all_have_logged_in(world, batch):
    first, second = (User.objects.get(pk=pk) for pk in batch.users)
    for user, left in ((first, True), (second, False)):
        with scope.accounts(), action(accounts.PASSWORD, actor=user):
            user.must_change_password = False
            user.save()
        sealed.purge()
        assert kept(world, batch) == left


def test_slips_go_after_some_days_and_are_not_served_a_moment_longer(world, browse, at, batch):
    client = browse(world.clerk)
    with clock.frozen(batch.expires_at - timedelta(seconds=1)):
        assert sealed.purge() == 0
        assert client.get(at("slips-file", batch.pk)).status_code == 200
    with clock.frozen(batch.expires_at):
        assert client.get(at("slips-file", batch.pk)).status_code == 409
        assert sealed.purge() == 1
    assert not kept(world, batch)
    assert "凭条已经清除" in client.get(at("slips", batch.pk)).content.decode()


def test_the_clerk_clears_them_at_once(world, browse, at, batch):
    assert browse(world.clerk).post(at("slips", batch.pk)).status_code == 302
    assert not kept(world, batch)


def test_an_erased_persons_slip_goes_with_the_person(world, batch):
    with world.in_township():
        assert slips.drop_of(User.objects.get(pk=batch.users[0])) == 1
    assert not kept(world, batch)


def test_codes_are_given_again_to_all_who_never_came(world, browse, at, batch):
    client = browse(world.clerk)
    before = set(User.objects.filter(pk__in=batch.users).values_list("password", flat=True))
    sent(client, at("member-codes"), never="on")
    assert worked(world).note == "2人的登录凭条已生成"
    assert not before & set(User.objects.filter(pk__in=batch.users).values_list("password", flat=True))
    assert world.handler.check_password(PASSWORD)


def test_codes_for_nobody_are_not_asked_for(world, browse, at):
    """Nothing is ticked, or only those who never came where everybody came."""
    client = browse(world.clerk)
    for ticked in ({}, {"never": "on"}):
        answer = sent(client, at("member-codes"), **ticked)
        told = "请勾选要重发口令的人；没有人从未登录的，请逐个勾选。"
        assert answer.context["form"].errors == {"members": [told]}
    with world.in_township():
        assert not Job.objects.exists()


def test_a_unit_that_is_ticked_gets_a_slip_too(world, browse, at):
    with world.in_township():
        member = Membership.objects.get(user=world.handler)
    client = browse(world.clerk)
    page = client.get(at("member-codes")).content.decode()
    assert "many-choices" in page
    assert f"{world.handler.display_name}（{member.get_role_display()}" in page
    sent(client, at("member-codes"), members=[member.pk])
    assert worked(world).note == "1人的登录凭条已生成"
    world.handler.refresh_from_db()
    assert world.handler.must_change_password


def test_the_chairs_code_is_beyond_the_clerk(world, browse, at):
    with world.in_township():
        chair = Membership.objects.get(user=world.chair)
        offered = {one.user for one in slips.may_get_code(standing(world, world.clerk))}
        assert {one.user for one in slips.may_get_code(standing(world, world.chair))} - offered >= {world.clerk}
    assert world.chair not in offered
    answer = sent(browse(world.clerk), at("member-codes"), members=[chair.pk])
    assert answer.status_code == 200
    assert "members" in answer.context["form"].errors


def standing(world, user):
    return standing_in_township(user, world.township)


def test_who_has_a_role_elsewhere_is_left_as_he_is_and_named_with_the_reason(world, browse, at):
    with scope.accounts():
        accounts.give(None, world.handler, "deputy", township=world.neighbour)
    with world.in_township():
        members = [str(one.pk) for one in Membership.objects.filter(role="unit", township=world.township)]
    client = browse(world.clerk)
    sent(client, at("member-codes"), members=members)
    job = worked(world)
    assert job.note == "1人的登录凭条已生成，1人没有办理"
    page = client.get(at("slips", job.pk)).content.decode()
    assert "没有办理的1人" in page
    assert "在别处另有角色" in page
    world.handler.refresh_from_db()
    assert world.handler.check_password(PASSWORD)
