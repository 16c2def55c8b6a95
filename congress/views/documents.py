"""Documents a township issued: their list, their pages, their files, the scans of the signed papers, their layout measured."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from congress import files, publishing
from congress.documents import signed
from congress.documents.inspection import check
from congress.documents.issuers import issuer_of
from congress.documents.kit import kind_of, word_copy
from congress.documents.word_file import CONTENT_TYPE
from congress.documents.word_inspection import check as check_word
from congress.models import Document, Publication, SignedCopy
from congress.permissions import DOCUMENTS, PUBLISH, SIGNED_COPIES
from congress.views import listings
from congress.web.attachments import SignedCopyForm
from congress.web.forms import PublishForm, ReasonForm
from congress.web.pages import page, township_view
from congress.web.records import at, form_page, kept_or_404, url_of
from congress.web.table import show

# A document may be of many pages, and what it froze as long as its text.
MEASURED = 12  # pages of a document of many: a page takes a tenth of a second
LISTED = Document.objects.select_related("file").defer("context", "file__content")


@township_view(DOCUMENTS)
def documents(request, township):
    """Issued documents."""
    return show(request, township, listings.DOCUMENTS, LISTED.all())


@township_view(DOCUMENTS)
def document(request, township, pk):
    """One issued document: number, fingerprints, what it corrects and what corrects it, the scan of the signed paper, and
    whether it stands on the public pages."""
    found = get_object_or_404(LISTED.select_related("corrects", "whole"), pk=pk)
    context = {
        "document": found,
        "issuer": issuer_of(found.issuer).label,
        "editable": kind_of(found.kind).blocks is not None,
        "correction": Document.objects.filter(corrects=found).defer("context").first(),
        "editions": Document.objects.filter(whole=found).defer("context").order_by("-created_at"),
        "copies": signed.copies_of(found),
        "may_sign": request.allows(SIGNED_COPIES) and request.standing.writes,
        "publication": Publication.objects.kept().filter(document=found).first(),
        "may_publish": request.allows(PUBLISH) and request.standing.writes and publishing.may_be_published(found),
    }
    return page(request, "congress/document.html", context)


@township_view(DOCUMENTS)
def document_file(request, township, pk):
    """The stored bytes."""
    return files.serve(get_object_or_404(Document.objects.select_related("file"), pk=pk).file)


@township_view(SIGNED_COPIES)
def document_signed(request, township, pk):
    """Keep the scan of the signed and sealed paper, or replace it with a reason."""
    found = get_object_or_404(LISTED.all(), pk=pk)
    replaces = SignedCopy.objects.kept().filter(document=found).exists()
    form = SignedCopyForm(request.POST or None, request.FILES or None, replaces=replaces)

    def act():
        values = form.cleaned_data
        return signed.keep(request.user, found, values["file"], values.get("reason", ""), key=values["key"])

    return form_page(
        request,
        form,
        act,
        title="更换签章扫描件" if replaces else "存入签章扫描件",
        lead=f"《{found}》签字、盖章后的纸质件，扫描或拍照后存在这里。印发时保存的原件不变。",
        submit="更换" if replaces else "存入",
        said="已存入签章扫描件。",
        back=at(township, "document", found.pk),
    )


@township_view(DOCUMENTS)
def signed_copy(request, township, pk):
    """A scan, the one that stands or one it replaced."""
    found = get_object_or_404(SignedCopy.objects.select_related("file"), pk=pk)
    return files.serve_upload(found.file)


@township_view(DOCUMENTS)
def document_check(request, township, pk):
    """版式检查: the stored PDF measured against GB/T 9704."""
    found = get_object_or_404(Document.objects.select_related("file"), pk=pk)
    kind = kind_of(found.kind)
    rows = check(bytes(found.file.content), profile=kind.profile_of(found.context), most=MEASURED if kind.by_job else 0)
    context = {"document": found, "rows": rows, "failed": [row for row in rows if not row.ok]}
    context["words"] = check_word(word_copy(kind, found.context)) if kind.blocks else []
    context["measured"] = MEASURED if kind.by_job else 0
    return page(request, "congress/document_check.html", context)


@township_view(DOCUMENTS)
def document_word(request, township, pk):
    """The words of an issued paper for a word processor, marked as not the issued one."""
    found = get_object_or_404(Document, pk=pk)
    kind = kind_of(found.kind)
    if kind.blocks is None:
        raise Http404
    answer = files.download(word_copy(kind, found.context), name=f"{found.title}.docx", content_type=CONTENT_TYPE)
    answer.taken_along = f"{kind.title}{found.number}（Word）"  # its title may tell of a person
    return answer


@township_view(PUBLISH)
def document_publish(request, township, pk):
    """Put an issued document on the public pages."""
    found = get_object_or_404(Document, pk=pk)
    form = PublishForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: publishing.publish(request.user, found, form.cleaned_data["published_on"]),
        title=f"在公开页面公布：{found.title}",
        lead="公布以后，不登录的人也能打开全文。请先核对里面没有不该公开的内容。",
        submit="公布",
        said="已在公开页面公布。",
        back=url_of(found, township),
    )


@township_view(PUBLISH)
def publication_withdraw(request, township, pk):
    """Take a document off the public pages."""
    found = kept_or_404(Publication.objects.select_related("document"), pk)
    form = ReasonForm(request.POST or None, row=found)
    return form_page(
        request,
        form,
        lambda: publishing.take_down(request.user, found, form.cleaned_data["reason"], form.cleaned_data["version"]),
        title=f"从公开页面撤下：{found.document.title}",
        lead="撤下以后，不登录的人不能再打开；印发的文件和撤下的原因都保留。",
        submit="撤下",
        said="已从公开页面撤下。",
        back=url_of(found.document, township),
    )
