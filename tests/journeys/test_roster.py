"""The roster's thread: a workbook comes in, the chair approves, accounts are opened, a deputy has their entry corrected."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pdfminer.high_level import extract_text

from congress import audit
from congress.guard import scope
from congress.guard.action import action
from congress.models import AuditEvent, ImportBatch, Job, Membership, User
from congress.work import jobs
from deputies.models import Correction, Deputy
from tests.architecture.faults import MOBILE
from tests.cast import SET_UP
from tests.imports.books import person, roster

CHOSEN = "Chosen-2022-by-me"


@pytest.fixture
def at(world):
    """Addresses of the township."""
    return lambda name, *args: reverse(name, args=[world.township.code, *args])


def take_in(world, browse, at) -> None:
    """The clerk imports two people."""
    people = [person(1, "王大川", 联系电话="13800138001"), person(2, "欧阳木", 联系电话="13800138002")]
    form = {"term": str(world.term.pk), "elected_on": "2021-10-20"}
    file = SimpleUploadedFile("名册.xlsx", roster(*people))
    client = browse(world.clerk)
    assert client.post(at("import-new", "deputies.roster"), {**form, "file": file}).status_code == 302
    with world.in_township():
        batch = ImportBatch.objects.get()
    client.post(at("import-take", batch.pk), follow=True)


def deputy(world, name: str) -> Deputy:
    with world.in_township():
        return Deputy.objects.select_related("account").get(name=name)


def open_account(world, browse, at, name: str) -> tuple[str, str]:
    """The clerk asks for an account, the worker opens it; the code stands on the slip."""
    row = deputy(world, name)
    client = browse(world.clerk)
    assert client.post(at("deputies-accounts"), {"deputies": [str(row.pk)]}).status_code == 302
    with world.in_township():
        job = Job.objects.get(kind="deputies.accounts")
    jobs.run(job.pk, world.township)
    slip = "".join(extract_text(io.BytesIO(client.get(at("slips-file", job.pk)).content)).split())
    username = deputy(world, name).account.username
    return username, slip.split(username)[1].split("一次性口令")[1][:14]


def test_from_the_workbook_to_the_deputys_own_correction(world, browse, at, client):
    take_in(world, browse, at)
    assert deputy(world, "王大川").state == Deputy.State.PENDING
    assert browse(world.clerk).post(at("deputies-approve-all")).status_code == 403
    assert browse(world.chair).post(at("deputies-approve-all")).status_code in (200, 302)
    assert deputy(world, "王大川").state == Deputy.State.APPROVED

    username, code = open_account(world, browse, at, "王大川")
    client.logout()
    client.post(reverse("account_login"), {"login": username, "password": code})
    assert client.get(at("deputies-me")).url == reverse("account_change_password")
    change = {"oldpassword": code, "password1": CHOSEN, "password2": CHOSEN}
    assert client.post(reverse("account_change_password"), change).status_code == 302
    client.logout()
    assert client.post(reverse("account_login"), {"login": username, "password": CHOSEN}).status_code == 302
    assert "王大川" in client.get(at("deputies-me")).content.decode()

    wish = {"field": "phone", "value": "13900139009", "reason": "换了号码"}
    assert client.post(at("deputies-correct"), wish).status_code == 302
    with world.in_township():
        asked = Correction.objects.get()
    assert browse(world.clerk).post(at("deputies-correction-accept", asked.pk), {"answer": ""}).status_code == 302
    with world.in_township():
        assert Deputy.objects.get(name="王大川").phone == "13900139009"
    hidden_from_others(world, browse, at)
    nothing_in_the_trail(world)


def hidden_from_others(world, browse, at) -> None:
    """Another deputy sees the name and no number; the office sees it masked; the list has none."""
    row = deputy(world, "王大川")
    pages = {
        "another deputy": browse(world.deputy_user).get(at("deputies-detail", row.pk)),
        "the clerk": browse(world.clerk).get(at("deputies-detail", row.pk)),
        "the roster": browse(world.clerk).get(at("deputies-list")),
    }
    for who, answer in pages.items():
        assert answer.status_code in (200, 403), who
        assert "13900139009" not in answer.content.decode(), who
    assert "139****9009" in pages["the clerk"].content.decode()


def nothing_in_the_trail(world) -> None:
    """Neither numbers nor codes stand in any event; the chain holds."""
    with scope.audit():
        told = " ".join(str(detail) for detail in AuditEvent.objects.values_list("detail", flat=True))
        assert list(audit.verify()) == []
    assert MOBILE.findall(told) == []
    assert CHOSEN not in told


def test_a_deputy_who_has_left_sees_no_more(world, browse, at, client):
    take_in(world, browse, at)
    browse(world.chair).post(at("deputies-approve-all"))
    open_account(world, browse, at, "欧阳木")
    row = deputy(world, "欧阳木")
    with world.in_township():
        mandate = row.mandates.get()
        role = Membership.objects.get(user=row.account)
        with action(SET_UP, actor=None):
            User.objects.filter(pk=row.account_id).update(must_change_password=False)
    assert browse(row.account).get(at("deputies-list")).status_code == 200
    form = {"ended_on": "2022-06-01", "reason": "moved", "version": str(mandate.version)}
    shown = browse(world.clerk).post(at("deputies-mandate-end", mandate.pk), form)
    assert "代表角色和登录账号随即停用" in shown.content.decode()
    assert (
        browse(world.clerk).post(at("deputies-mandate-end", mandate.pk), form | {"confirmed": "on"}).status_code == 302
    )
    with world.in_township():
        role.refresh_from_db()
    assert role.ended_at is not None
    assert browse(row.account).get(at("deputies-list")).status_code == 302
    with world.in_township():
        assert row.mandates.get().ended_on is not None
        assert not Membership.objects.filter(user=row.account, ended_at__isnull=True).exists()
