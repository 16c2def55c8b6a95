"""The scan of the signed and sealed paper stands beside the document; a better one replaces it with a reason."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from congress.guard.action import action
from congress.models import AuditEvent, SignedCopy
from tests.architecture.listed import copied
from tests.architecture.samples import sample_pdf
from tests.cast import SET_UP

pytestmark = pytest.mark.usefixtures("sampled")


@pytest.fixture
def document(samples):
    return samples[0]["document"]


def picture() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(target, "JPEG")
    return target.getvalue()


def send(client, world, document, content, name="盖章件.pdf", **values):
    url = reverse("document-signed", args=[world.township.code, document.pk])
    return client.post(url, {"file": SimpleUploadedFile(name, content), **values}, follow=True)


def standing(world, document):
    with world.in_township():
        return list(SignedCopy.objects.kept().filter(document=document).select_related("file", "kept_by"))


def test_a_scan_is_replaced_with_a_reason_and_both_stay_on_the_page(world, browse, document):
    clerk = browse(world.clerk)
    (first,) = standing(world, document)
    missing = send(clerk, world, document, picture(), "第二次.jpg")
    assert missing.context["form"].errors["reason"]
    answer = send(clerk, world, document, picture(), "第二次.jpg", reason="原来的印章不清")
    html = answer.content.decode()
    (second,) = standing(world, document)
    assert (second.file.name, second.kept_by) == ("第二次.jpg", world.clerk)
    assert "现用" in html
    assert "已更换：原来的印章不清" in html
    assert "云溪办事员于" in html
    for copy in (first, second):
        got = clerk.get(reverse("signed-copy", args=[world.township.code, copy.pk]))
        assert (got.status_code, got["Content-Security-Policy"]) == (200, "sandbox; default-src 'none'")
    with world.in_township():
        event = AuditEvent.objects.filter(verb="documents.signed_again").get()
    assert event.detail["原因"] == "原来的印章不清"
    assert event.subject_id == str(document.pk)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ("姓名,票数\n".encode(), "盖章件.csv", "这里只接收 JPG、PDF、PNG"),
        (b"%PDF-1.4 broken", "盖章件.pdf", "PDF"),
        (b"MZ\x90\x00", "盖章件.exe", "这里只接收"),
    ],
)
def test_what_is_no_scan_is_refused_at_its_field(world, browse, document, content, name, said):
    answer = send(browse(world.clerk), world, document, content, name, reason="更清楚")
    assert said in str(answer.context["form"].errors["file"])
    assert len(standing(world, document)) == 1


def test_the_first_scan_needs_no_reason(world, browse, document, settings):
    settings.CRISPY_FAIL_SILENTLY = False
    with world.in_township(), action(SET_UP, actor=None):
        unsigned = copied(document, 7)
    clerk = browse(world.clerk)
    page = clerk.get(reverse("document-signed", args=[world.township.code, unsigned.pk]))
    assert "更换原因" not in page.content.decode()
    assert send(clerk, world, unsigned, sample_pdf()).status_code == 200
    (copy,) = standing(world, unsigned)
    with world.in_township():
        assert AuditEvent.objects.filter(verb="documents.signed", subject_id=str(unsigned.pk)).count() == 1
    assert copy.file.content_type == "application/pdf"


def test_the_county_reads_scans_and_keeps_none(world, browse, document):
    county = browse(world.county_viewer)
    (copy,) = standing(world, document)
    assert county.get(reverse("signed-copy", args=[world.township.code, copy.pk])).status_code == 200
    assert send(county, world, document, sample_pdf(), reason="x").status_code == 403
    page = county.get(reverse("document", args=[world.township.code, document.pk])).content.decode()
    assert "更换签章扫描件" not in page
