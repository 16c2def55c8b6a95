"""Pages of a township that every app shares: lists it keeps, its words, documents, jobs, trail."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from congress import actions, files, history
from congress.documents.check import check
from congress.documents.kit import kind_of
from congress.models import Category, Delivery, Document, Job, Role, Unit
from congress.permissions import CATEGORIES, DEADLINES, DOCUMENTS, JOBS, TRAIL
from congress.views import listings
from congress.web.forms import CategoryForm, TownshipWordsForm, UnitForm
from congress.web.pages import done, page, perform, township_view
from congress.web.table import show
from congress.work import jobs, outbox


@township_view(DEADLINES)
def deliveries(request, township):
    """Sendings outside the application, those whose fate is unknown first."""
    return show(request, township, listings.DELIVERIES, Delivery.objects.select_related("message__recipient"))


@township_view(CATEGORIES)
def resend_delivery(request, township, pk):
    """Queue an unknown or failed sending again, under the same identification."""
    row = get_object_or_404(Delivery, pk=pk)
    if request.method == "POST":
        outbox.resend(row)
        return done(request, "已重新排队发送，使用同一邮件标识。", reverse("deliveries", args=[township.code]))
    return redirect("deliveries", code=township.code)


@township_view(CATEGORIES)
def units(request, township):
    """Handling units of the township."""
    heads = [
        ("新增单位", reverse("unit-new", args=[township.code]), "plus-lg"),
        ("导入单位", reverse("import-new", args=[township.code, "congress.units"]), "upload"),
    ]
    return show(request, township, listings.UNITS, Unit.objects.kept(), actions=heads)


@township_view(CATEGORIES)
def unit_edit(request, township, pk=None):
    """Add or change a unit."""
    unit = get_object_or_404(Unit, pk=pk) if pk else Unit(township=township)
    form = UnitForm(request.POST or None, instance=unit)
    return _edit(request, form, actions.save_unit, "承办单位", reverse("units", args=[township.code]))


@township_view(CATEGORIES)
def categories(request, township):
    """Lists the township keeps: categories of matters, the stations' check-list."""
    action = ("新增类别", reverse("category-new", args=[township.code]), "plus-lg")
    return show(request, township, listings.CATEGORIES, Category.objects.all(), actions=[action])


@township_view(CATEGORIES)
def category_edit(request, township, pk=None):
    """Add, rename, reorder or switch off a category."""
    category = get_object_or_404(Category, pk=pk) if pk else Category(township=township)
    form = CategoryForm(request.POST or None, instance=category)

    def save(actor, row, version):
        return actions.save_category(actor, row, version, form.cleaned_data.get("since"))

    return _edit(request, form, save, "类别", reverse("categories", args=[township.code]))


def _edit(request, form, save, what: str, back: str):
    new = form.instance._state.adding
    if request.method == "POST" and form.is_valid():
        saved = perform(form, lambda: save(request.user, form.instance, form.cleaned_data.get("version")))
        if saved:
            return done(request, f"已保存{what}。", back)
    title = f"{'新增' if new else '修改'}{what}"
    return page(request, "congress/form.html", {"title": title, "form": form, "submit": "保存", "cancel_url": back})


@township_view(CATEGORIES)
def words(request, township):
    """The words the township's documents use."""
    form = TownshipWordsForm(request.POST or None, instance=township)
    if (
        request.method == "POST"
        and form.is_valid()
        and perform(form, lambda: actions.save_place(request.user, township))
    ):
        return done(request, "已保存。", reverse("township_home", args=[township.code]))
    lead = "发文代字用于发文字号，发展目标写入工作报告。"
    context = {
        "title": "本乡镇信息",
        "lead": lead,
        "form": form,
        "cancel_url": reverse("township_home", args=[township.code]),
    }
    return page(request, "congress/form.html", context)


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


def _jobs_of(request):
    mine = Job.objects.select_related("owner")
    return mine if request.standing.has(Role.CLERK, Role.CHAIR) else mine.filter(owner=request.user)


@township_view(JOBS)
def job_list(request, township):
    """Background work, one's own; clerk and chair see all of it."""
    return show(request, township, listings.JOBS, _jobs_of(request))


@township_view(JOBS)
def job(request, township, pk):
    """Progress of a job; htmx asks again every two seconds until it has ended (286)."""
    found = jobs.watch(get_object_or_404(_jobs_of(request), pk=pk))
    running = found.state in (Job.State.QUEUED, Job.State.RUNNING)
    context = {
        "job": found,
        "job_url": reverse("job", args=[township.code, found.pk]),
        "cancel_url": reverse("job-cancel", args=[township.code, found.pk]),
    }
    asked_again = bool(request.htmx) and not running
    return page(
        request, "congress/job.html", context, fragment="congress/_job.html", status=286 if asked_again else 200
    )


@township_view(JOBS)
def job_cancel(request, township, pk):
    """Ask a job to stop."""
    found = get_object_or_404(_jobs_of(request), pk=pk)
    if request.method == "POST":
        jobs.ask_to_cancel(found)
        return done(request, "已请求取消。", reverse("job", args=[township.code, pk]))
    return redirect("job", code=township.code, pk=pk)


@township_view(JOBS)
def job_file(request, township, pk):
    """The file a job made."""
    found = get_object_or_404(_jobs_of(request).select_related("file"), pk=pk)
    if found.file is None:
        raise Http404
    return files.serve(found.file)


@township_view(TRAIL)
def trail(request, township):
    """The township's part of the audit trail, as sentences."""
    return show(request, township, listings.TRAIL, history.events().filter(chain=township.pk))
