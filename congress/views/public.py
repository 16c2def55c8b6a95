"""The public entrance of a township: who it is, what it has published, and the documents among that."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress import files
from congress.models import Publication
from congress.web.pages import page
from congress.web.public import public_view, published


@public_view("乡镇的名称和已经公布的内容")
def entrance(request, township):
    """What is published, by kind."""
    return page(request, "public/entrance.html", {"published": published(township)})


@public_view("已经公布的文件")
def notice(request, township, pk):
    """A document that was published, with the way to its text."""
    rows = Publication.objects.select_related("document__file").defer("document__file__content")
    found = get_object_or_404(rows, pk=pk)
    corrected = Publication.objects.filter(document__corrects=found.document).first()
    context = {"notice": found, "corrected": corrected}
    if corrected:
        context["corrected_url"] = reverse("public-notice", args=[township.code, corrected.pk])
    return page(request, "public/notice.html", context)


@public_view("已经公布的文件的全文")
def notice_file(request, township, pk):
    """The stored bytes."""
    found = get_object_or_404(Publication.objects.select_related("document__file"), pk=pk)
    return files.serve(found.document.file, inline=True)
