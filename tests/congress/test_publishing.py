"""Documents on the public pages: put there by the office, read by anybody, taken off again."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from congress import clock, publishing
from congress.documents import kit
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import Document, Publication, StoredFile
from tests.architecture.samples import DAY, FILL, sample_pdf

pytestmark = pytest.mark.usefixtures("sampled")

TODAY = date(2022, 3, 10)


@pytest.fixture
def document(world, samples) -> Document:
    """An issued report that nobody has published yet."""
    with world.in_township(), action(FILL, actor=None):
        Publication.objects.filter(document=samples[0]["document"]).update(withdrawn_at=clock.now())
    return samples[0]["document"]


@pytest.fixture(autouse=True)
def today():
    with clock.frozen(TODAY):
        yield


def at(world, name: str, *args) -> str:
    return reverse(name, args=[world.township.code, *args])


def test_the_office_puts_a_document_up_and_anybody_reads_it(world, browse, document):
    client = browse(world.clerk)
    page = at(world, "document", document.pk)
    form = at(world, "document-publish", document.pk)
    assert form in client.get(page).content.decode()
    assert "先核对里面没有不该公开的内容" in client.get(form).content.decode()
    assert client.post(form, {"published_on": "2022-03-05"}).status_code == 302
    html = client.get(page).content.decode()
    assert "2022年3月5日公布" in html
    client.logout()
    with world.in_township():
        put = Publication.objects.kept().get(document=document)
    entrance = client.get(at(world, "public")).content.decode()
    notice = at(world, "public-notice", put.pk)
    assert notice in entrance
    assert "2022年3月5日" in entrance
    html = client.get(notice).content.decode()
    assert document.title in html
    assert at(world, "public-notice-file", put.pk) in html
    file = client.get(at(world, "public-notice-file", put.pk))
    assert (file.content, file["Content-Type"]) == (sample_pdf(), "application/pdf")
    assert file["Content-Disposition"].startswith("inline")


def test_taken_down_it_is_gone_for_everybody_and_still_issued(world, browse, document):
    with world.in_township():
        put = publishing.publish(world.clerk, document, TODAY)
    client = browse(world.clerk)
    form = at(world, "publication-withdraw", put.pk)
    assert form in client.get(at(world, "document", document.pk)).content.decode()
    assert client.post(form, {"reason": "公布错了", "version": "0"}).status_code == 302
    assert client.get(at(world, "document", document.pk)).status_code == 200
    client.logout()
    for name in ("public-notice", "public-notice-file"):
        assert client.get(at(world, name, put.pk)).status_code == 404
    assert document.title not in client.get(at(world, "public")).content.decode()
    with world.in_township():
        assert publishing.publish(world.clerk, document, TODAY).pk != put.pk  # it may be put up again


@pytest.mark.parametrize(
    ("on", "words"), [(date(2022, 3, 11), "不能晚于今天"), (date(2022, 3, 1), "2022年3月2日才印发")]
)
def test_no_day_to_come_and_none_before_it_was_issued(world, browse, document, on, words):
    answer = browse(world.clerk).post(at(world, "document-publish", document.pk), {"published_on": on.isoformat()})
    assert words in str(answer.context["form"].errors["published_on"])


def test_nothing_is_put_up_twice_nor_what_is_not_meant_for_everybody(world, document, monkeypatch):
    with world.in_township():
        publishing.publish(world.clerk, document, TODAY)
        with pytest.raises(Refused, match="已经在公开页面上"):
            publishing.publish(world.clerk, document, TODAY)
        monkeypatch.setitem(kit._kinds, document.kind, replace(kit.kind_of(document.kind), public=False))
        with pytest.raises(Refused, match="不是向社会公布的文件"):
            publishing.publish(world.clerk, document, TODAY)


def test_the_button_stands_only_where_it_may_be_pressed(world, browse, document, monkeypatch):
    page, form = at(world, "document", document.pk), at(world, "document-publish", document.pk)
    assert form not in browse(world.county_viewer).get(page).content.decode()
    monkeypatch.setitem(kit._kinds, document.kind, replace(kit.kind_of(document.kind), public=False))
    assert form not in browse(world.clerk).get(page).content.decode()


def test_the_public_reads_of_documents_and_files_those_that_were_published(world, document):
    with scope.public(world.township):
        assert not Document.objects.exists()
        assert not StoredFile.objects.exists()
    with world.in_township():
        assert StoredFile.objects.exclude(pk=document.file_id).exists()
        publishing.publish(world.clerk, document, TODAY)
    with scope.public(world.township):
        assert list(Document.objects.all()) == [document]
        assert list(StoredFile.objects.values_list("pk", flat=True)) == [document.file_id]


def test_a_corrected_document_leads_to_its_correction_once_that_is_up(world, client, document):
    with world.in_township(), action(FILL, actor=None):
        correction = Document.objects.create(
            township=world.township,
            kind=document.kind,
            title="更正后的报告",
            number="样本〔2022〕2号",
            year=2022,
            serial=2,
            context={},
            file=document.file,
            corrects=document,
            issued_on=DAY,
        )
        put = publishing.publish(world.clerk, document, TODAY)
    notice = at(world, "public-notice", put.pk)
    assert "已经更正" not in client.get(notice).content.decode()
    with world.in_township():
        new = publishing.publish(world.clerk, correction, TODAY)
    assert at(world, "public-notice", new.pk) in client.get(notice).content.decode()
