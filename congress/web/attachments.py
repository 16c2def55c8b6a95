"""Files that belong to records: who may see or add them is declared by the app that owns the record."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from congress import clock, files
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse
from congress.models import Attachment, SignedCopy
from congress.permissions import Standing
from congress.uploads.archives import MAX_BYTES
from congress.uploads.clean import clean_upload
from congress.uploads.kinds import Kind
from congress.uploads.refusal import UploadRefused
from congress.web.forms import KeyedForm

ATTACH = verb("congress.attach", "添加了附件")
DETACH = verb("congress.detach", "撤回了附件")


@dataclass(frozen=True)
class Holder:
    """A kind of record that holds files: `see` says who may read them, `add` who may add one or take one back now, `page`
    where the record is shown, `what` the papers that belong there, said to who may add some."""

    see: Callable[[Standing, object], bool]
    add: Callable[[Standing, object], bool]
    page: Callable[[object], str]
    what: str = ""


_holders: dict[str, Holder] = {}
MOST = 9  # files at once
# What a chooser offers first; the content decides what is taken. "image/*" offers the camera of a telephone.
ACCEPT = "image/*,.pdf,.ofd,.doc,.docx,.wps,.xls,.xlsx,.et,.csv,.txt"


class FilesInput(forms.FileInput):
    """Chooses files, on a telephone from its camera too; scripts make photographs smaller before they are sent."""

    allow_multiple_selected = True

    def __init__(self, several: bool):
        self.allow_multiple_selected = several
        super().__init__({"accept": ACCEPT, "data-photos": "", **({"multiple": True} if several else {})})


class UploadField(forms.FileField):
    """A file whose content decides what it is; the form's value is the cleaned file."""

    several = False
    allowed: frozenset[Kind] | None = None  # every kind that is taken anywhere

    def __init__(self, **options):
        widget = FilesInput(self.several)
        super().__init__(**{"help_text": "照片、PDF、OFD、Word、Excel，不超过20MB", "widget": widget, **options})

    def clean(self, data, initial=None):
        """The file as it may be kept, or None. Raises ValidationError with the reason it is refused."""
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return clean_upload(upload.read(), upload.name, self.allowed)
        except UploadRefused as refused:
            raise ValidationError(refused.message) from refused


class UploadsField(UploadField):
    """Several files at once; the form's value is the list of the cleaned files, none where none was chosen."""

    several = True

    def __init__(self, **options):
        words = f"可一次选多个，手机上可以直接拍照；照片、PDF、OFD、Word、Excel，最多{MOST}个、共20MB"
        super().__init__(**{"help_text": words, **options})

    def clean(self, data, initial=None):
        """The files as they may be kept. Raises ValidationError that names the file that is refused, or for too many."""
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        if len(uploads) > MOST or sum(one.size for one in uploads) > MAX_BYTES:
            raise ValidationError(f"一次最多{MOST}个文件、合计不超过20MB，请分几次添加。")
        if not uploads:
            super().clean(None, initial)  # says so where one is wanted
        return [self._named(one, len(uploads)) for one in uploads]

    def _named(self, upload, of: int):
        try:
            return super().clean(upload)
        except ValidationError as refused:
            said = "；".join(refused.messages)
            raise ValidationError(
                f"“{upload.name}”：{said}" if of > 1 else said, code=refused.error_list[0].code
            ) from refused


class ScanField(UploadField):
    """A paper that was scanned or photographed: PDF, JPG or PNG."""

    allowed = frozenset([Kind.PDF, Kind.JPEG, Kind.PNG])

    def __init__(self, **options):
        super().__init__(**{"help_text": "PDF、JPG 或 PNG，不超过20MB；多页的请扫描成一个PDF", **options})


class WordField(UploadField):
    """A text from a word processor."""

    allowed = frozenset([Kind.DOCX])

    def __init__(self, **options):
        widget = forms.FileInput({"accept": ".docx"})
        super().__init__(**{"help_text": "Word（.docx），不超过20MB", "widget": widget, **options})


class UploadForm(KeyedForm):
    """Files with one caption."""

    makes = Attachment

    file = UploadsField(label="文件")
    caption = forms.CharField(label="说明", max_length=100, required=False)


class SignedCopyForm(KeyedForm):
    """The scan of a document as it was signed and sealed; where there is one already, why it is replaced."""

    makes = SignedCopy

    file = ScanField(label="签章扫描件")
    reason = forms.CharField(label="更换原因", max_length=200)

    def __init__(self, *args, replaces: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not replaces:
            self.leave_out("reason")


def register(model_label: str, holder: Holder) -> None:
    """Let records of a model ("proposals.suggestion") hold files. Raises ValueError when it is registered already."""
    if _holders.setdefault(model_label, holder) is not holder:
        raise ValueError(f"{model_label} is registered twice")


def may_see(standing: Standing, row) -> bool:
    """Whether the files of this record may be seen."""
    holder = _holders.get(row._meta.label_lower)
    return holder is not None and holder.see(standing, row)


def may_add(standing: Standing, row) -> bool:
    """Whether files may be added to this record and taken back from it: by nobody who only looks."""
    holder = _holders.get(row._meta.label_lower)
    return holder is not None and standing.writes and holder.add(standing, row)


def page_of(row) -> str:
    """Where the record is shown."""
    return _holders[row._meta.label_lower].page(row)


def of(row) -> list[Attachment]:
    """The record's files, oldest first, without their bytes."""
    found = Attachment.objects.kept().filter(subject_type=row._meta.label_lower, subject_id=row.pk)
    return list(found.select_related("file").defer("file__content"))


def shown(standing: Standing, row) -> dict:
    """What components/files.html shows: the files with their addresses, and whether this viewer may add or take back."""
    may = may_add(standing, row)
    code = standing.township.code
    listed = [
        {
            "name": one.caption or str(one.file),
            "url": reverse("attachment", args=[code, one.pk]),
            "withdraw_url": reverse("attachment-withdraw", args=[code, one.pk]) if may else "",
        }
        for one in of(row)
    ]
    add_url = reverse("attach", args=[code, row._meta.label_lower, row.pk]) if may else ""
    return {"listed": listed, "add_url": add_url, "what": _holders[row._meta.label_lower].what if may else ""}


def withdraw(actor, attachment: Attachment, row, reason: str) -> None:
    """Take a file back that should not be there; it is offered to nobody any more, its digest and the reason stay.

    Raises Refused without a reason. Side effect: an event of the record.
    """
    if not reason.strip():
        refuse("请写明撤回原因。", "reason")
    with action(DETACH, actor=actor, subject=row, detail={"SHA-256": attachment.file.sha256}):
        current = lock(attachment)
        current.withdrawn_at, current.withdrawn_reason = clock.now(), reason.strip()[:200]
        current.save()


def add(actor, row, clean, caption: str = "", *, key: uuid.UUID | None = None) -> Attachment:
    """Keep a cleaned file with the record; `key` becomes the link's id. Side effects: a file, a link and an event."""
    with action(ATTACH, actor=actor, subject=row, detail={"SHA-256": clean.sha256}):
        file = files.store(row.township, clean.content, name=clean.display_name, content_type=clean.content_type)
        return Attachment.objects.create(
            id=key or uuid.uuid4(),
            township=row.township,
            file=file,
            subject_type=row._meta.label_lower,
            subject_id=row.pk,
            caption=caption,
        )


def add_all(actor, row, clean: Iterable, caption: str = "", *, key: uuid.UUID | None = None) -> list[Attachment]:
    """Keep several cleaned files with the record; `key` becomes the first link's id, the others' are made of it."""
    first = key or uuid.uuid4()
    keys = [first, *(uuid.uuid5(first, str(number)) for number in range(1, MOST))]
    return [add(actor, row, one, caption, key=known) for one, known in zip(clean, keys, strict=False)]
