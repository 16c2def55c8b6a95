"""Documents a township issued: their list, their pages, their files, their layout measured."""

from django.shortcuts import get_object_or_404

from congress import files
from congress.documents.inspection import check
from congress.documents.kit import kind_of
from congress.models import Document
from congress.permissions import DOCUMENTS
from congress.views import listings
from congress.web.pages import page, township_view
from congress.web.table import show


@township_view(DOCUMENTS)
def documents(request, township):
    """Issued documents."""
    return show(request, township, listings.DOCUMENTS, Document.objects.select_related("file"))


@township_view(DOCUMENTS)
def document(request, township, pk):
    """One issued document: number, fingerprints, what it corrects and what corrects it."""
    found = get_object_or_404(Document.objects.select_related("file", "corrects"), pk=pk)
    context = {"document": found, "correction": Document.objects.filter(corrects=found).first()}
    return page(request, "congress/document.html", context)


@township_view(DOCUMENTS)
def document_file(request, township, pk):
    """The stored bytes."""
    return files.serve(get_object_or_404(Document.objects.select_related("file"), pk=pk).file)


@township_view(DOCUMENTS)
def document_check(request, township, pk):
    """版式检查: the stored PDF measured against GB/T 9704."""
    found = get_object_or_404(Document.objects.select_related("file"), pk=pk)
    rows = check(bytes(found.file.content), profile=kind_of(found.kind).profile)
    context = {"document": found, "rows": rows, "failed": [row for row in rows if not row.ok]}
    return page(request, "congress/document_check.html", context)
