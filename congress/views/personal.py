"""Seeing a masked value whole, and files attached to records: who may is declared by the app that owns the record."""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from congress import files
from congress.guard.record import Record
from congress.models import Attachment
from congress.people.fields import encrypted_fields
from congress.permissions import ATTACHMENTS, REVEAL
from congress.web import attachments
from congress.web.forms import ReasonForm
from congress.web.pages import township_view
from congress.web.proof import proved
from congress.web.records import at, form_page
from congress.web.revealing import may_reveal, reveal_page


def _record(model_label: str, pk):
    try:
        model = apps.get_model(model_label)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if not issubclass(model, Record):
        raise Http404
    return get_object_or_404(model, pk=pk)


@township_view(REVEAL)
@proved
def reveal_field(request, township, model, pk, field):
    """Ask for the reason, leave the event, show the value once."""
    row = _record(model, pk)
    known = {each.name: each for each in encrypted_fields(type(row))}
    if field not in known or not may_reveal(request.standing, row):
        raise Http404
    back = request.GET.get("next", "")
    back = back if back.startswith(f"/t/{township.code}/") else at(township, "township_home")
    return reveal_page(request, row, field, label=str(known[field].verbose_name), back=back)


@township_view(ATTACHMENTS)
def attach(request, township, model, pk):
    """Add files to a record; their content decides what they are."""
    row = _record(model, pk)
    if not attachments.may_see(request.standing, row):
        raise Http404
    if not attachments.may_add(request.standing, row):
        raise PermissionDenied("添加附件")
    back = attachments.page_of(row)
    form = attachments.UploadForm(request.POST or None, request.FILES or None)

    def act():
        values = form.cleaned_data
        return attachments.add_all(request.user, row, values["file"], values["caption"], key=values["key"])

    def said(added) -> str:
        return f"已添加{len(added)}个附件。"

    return form_page(request, form, act, title="添加附件", said=said, submit="上传", back=back, draft=True)


@township_view(ATTACHMENTS)
def attachment(request, township, pk):
    """The file, to those who may see the record it belongs to."""
    found = get_object_or_404(Attachment.objects.select_related("file").kept(), pk=pk)
    row = _record(found.subject_type, found.subject_id)
    if not attachments.may_see(request.standing, row):
        raise Http404
    return files.serve_upload(found.file)


@township_view(ATTACHMENTS)
def attachment_withdraw(request, township, pk):
    """Take a wrong file back, with the reason."""
    found = get_object_or_404(Attachment.objects.kept().select_related("file"), pk=pk)
    row = _record(found.subject_type, found.subject_id)
    if not attachments.may_see(request.standing, row):
        raise Http404
    if not attachments.may_add(request.standing, row):
        raise PermissionDenied("撤回附件")
    form = ReasonForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: attachments.withdraw(request.user, found, row, form.cleaned_data["reason"]),
        title=f"撤回附件：{found.caption or found.file}",
        lead="撤回后任何人都不能再打开，原因留在操作记录里。",
        submit="撤回",
        said="已撤回附件。",
        back=attachments.page_of(row),
    )
