"""Files of suggestions and matters: who may read one may not therefore add one, and a wrong one can be taken back."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congress.guard import scope
from congress.guard.action import action
from congress.models import Attachment, AuditEvent
from deputies.models import Deputy
from proposals.life import SUGGESTION
from proposals.models import Matter
from tests.cast import SET_UP
from tests.proposals.helpers import a_matter, assigned, at, day, log, new_matter, rated, submit, text_of
from tests.uploads.samples import photo_with_position


def attach_url(world, row) -> str:
    return reverse("attach", args=[world.township.code, row._meta.label_lower, row.pk])


def put(client, world, row):
    return client.post(attach_url(world, row), {"file": [note()], "caption": "现场说明"})


def note(name: str = "说明.txt", words: str = "现场情况说明") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode())


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("现场.jpg", photo_with_position(), "image/jpeg")


@pytest.fixture
def suggestion(world):
    """One of the first deputy's, in the hands of the water station."""
    with world.in_township():
        return assigned(world)


@pytest.fixture
def another(world):
    """A deputy with an account who has nothing to do with it."""
    with world.in_township(), action(SET_UP, actor=None):
        Deputy.objects.filter(pk=world.deputies[0].pk).update(account=None)
        Deputy.objects.filter(pk=world.deputies[1].pk).update(account=world.deputy_user)
    return world.deputy_user


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("clerk", 302),
        ("chair", 302),
        ("deputy_user", 302),
        ("handler", 302),
        ("other_handler", 404),
        ("county_viewer", 403),
    ],
)
def test_office_owner_and_unit_add_while_it_is_open(world, browse, suggestion, who, status):
    assert put(browse(getattr(world, who)), world, suggestion).status_code == status


def test_a_deputy_adds_nothing_to_anothers_suggestion(world, browse, suggestion, another):
    client = browse(another)
    assert client.get(at(world, "suggestion", suggestion.pk)).status_code == 200
    assert "添加附件" not in text_of(client.get(at(world, "suggestion", suggestion.pk)))
    assert put(client, world, suggestion).status_code == 403


@pytest.mark.parametrize("who", ["clerk", "deputy_user", "handler"])
def test_nobody_adds_to_a_closed_one(world, browse, who):
    with world.in_township():
        closed = rated(world)
        assert closed.closed_on or SUGGESTION.find(closed.pk).closed_on
    assert put(browse(getattr(world, who)), world, closed).status_code == 403


def test_a_unit_that_gave_its_share_back_adds_no_more(world, browse, suggestion):
    with world.in_township():
        SUGGESTION.take("return", world.handler, suggestion, reason="不属于水利站职责。", on=day(3, 22))
    assert put(browse(world.handler), world, suggestion).status_code in (403, 404)


def test_a_matter_takes_files_of_those_who_deal_with_it(world, browse, another):
    with world.in_township():
        matter = log(world, actor=world.clerk, matter=new_matter(world)).matters.get()
    assert put(browse(another), world, matter).status_code == 404
    assert put(browse(world.clerk), world, matter).status_code == 302
    with world.in_township(), action(SET_UP, actor=None):
        Matter.objects.filter(pk=matter.pk).update(resolved_on=day(4, 1))
    assert put(browse(world.clerk), world, matter).status_code == 403


def test_the_owner_of_a_matter_adds_to_it(world, browse):
    with world.in_township():
        matter = a_matter(world)
    assert put(browse(world.deputy_user), world, matter).status_code == 302


def test_a_wrong_file_is_taken_back_with_its_reason(world, browse, suggestion):
    client = browse(world.deputy_user)
    put(client, world, suggestion)
    with world.in_township():
        attachment = Attachment.objects.get()
    url = reverse("attachment-withdraw", args=[world.township.code, attachment.pk])
    assert url in text_of(client.get(at(world, "suggestion", suggestion.pk)))
    assert client.post(url, {"reason": ""}).status_code == 200
    assert client.post(url, {"reason": "照片上有人脸"}).status_code == 302
    assert client.get(reverse("attachment", args=[world.township.code, attachment.pk])).status_code == 404
    assert "现场说明" not in text_of(client.get(at(world, "suggestion", suggestion.pk)))
    assert client.post(url, {"reason": "再撤"}).status_code == 404
    with world.in_township():
        assert Attachment.objects.get().withdrawn_reason == "照片上有人脸"
    with scope.audit():
        assert AuditEvent.objects.filter(verb="congress.detach", subject_id=str(suggestion.pk)).count() == 1


@pytest.mark.parametrize(("who", "status"), [("other_handler", 404), ("county_viewer", 403), ("neighbour_clerk", 404)])
def test_who_may_not_add_takes_nothing_back(world, browse, suggestion, who, status):
    put(browse(world.clerk), world, suggestion)
    with world.in_township():
        url = reverse("attachment-withdraw", args=[world.township.code, Attachment.objects.get().pk])
    assert browse(getattr(world, who)).post(url, {"reason": "不要了"}).status_code == status


def test_a_submitted_suggestion_takes_its_deputys_files(world, browse):
    with world.in_township():
        row = submit(world)
    assert put(browse(world.deputy_user), world, row).status_code == 302


def test_several_files_come_at_once_and_a_refused_one_is_named(world, browse, suggestion):
    client, url = browse(world.clerk), attach_url(world, suggestion)
    page = text_of(client.get(url))
    assert " multiple" in page
    assert 'accept="image/*,' in page
    refused = client.post(url, {"file": [note(), note("坏.exe")], "caption": ""})
    assert "“坏.exe”" in text_of(refused)
    many = client.post(url, {"file": [note() for _ in range(10)], "caption": ""})
    assert "一次最多9个文件" in text_of(many)
    none = client.post(url, {"caption": ""})
    assert "请选择文件" in text_of(none)
    with world.in_township():
        assert not Attachment.objects.exists()
    key = str(uuid.uuid4())
    for _ in range(2):
        sent = client.post(url, {"file": [photo(), note(), note("附二.txt")], "caption": "现场", "key": key})
        assert sent.status_code == 302
    with world.in_township():
        rows = Attachment.objects.select_related("file")
        assert sorted(one.file.name for one in rows) == sorted(["现场.jpg", "说明.txt", "附二.txt"])
        kept = rows.get(file__name="现场.jpg").file
    assert b"SecretCamera" not in bytes(kept.content)


def test_photographs_come_with_the_reception_once(world, browse):
    client, key = browse(world.deputy_user), str(uuid.uuid4())
    typed = {"key": key, "held_on": "2022-03-15", "station": world.station.pk, "deputies": [world.deputies[0].pk]}
    typed |= {"people": 1, "words": "桥面坏了", "category": world.category.pk}
    for _ in range(2):
        answer = client.post(at(world, "reception-new"), typed | {"files": [photo(), note()]})
        assert answer.status_code == 302, answer.context["form"].errors
    with world.in_township():
        matter = Matter.objects.get(words="桥面坏了")
        assert Attachment.objects.filter(subject_type="proposals.matter", subject_id=matter.pk).count() == 2
    more = {"key": str(uuid.uuid4()), "words": "路灯坏了", "category": world.category.pk, "files": [photo()]}
    assert client.post(at(world, "reception-add", matter.reception_id), more).status_code == 302
    with world.in_township():
        other = Matter.objects.get(words="路灯坏了")
        assert Attachment.objects.get(subject_id=other.pk).file.content_type == "image/jpeg"
