"""One way to issue a document: number it, freeze what it says, render, keep the bytes with their fingerprint."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from congress import files
from congress.guard.action import action, verb
from congress.guard.refusal import refuse
from congress.models import Document, Township
from congress.numbers import next_number

ISSUE = verb("documents.issue", "印发了文件")
CORRECT = verb("documents.correct", "更正重发了文件")


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document. `compose(context, draft)` makes the PDF from JSON-able values alone."""

    key: str
    title: str
    compose: Callable[[dict, bool], bytes]
    profile: str = "report"


_kinds: dict[str, DocumentKind] = {}


def register(kind: DocumentKind) -> DocumentKind:
    """Add a kind of document. Raises ValueError when the key is taken."""
    if _kinds.setdefault(kind.key, kind) != kind:
        raise ValueError(f"document kind {kind.key} is registered twice")
    return kind


def kind_of(key: str) -> DocumentKind:
    """The kind with this key. Raises KeyError."""
    return _kinds[key]


def draft(kind: DocumentKind, context: dict) -> bytes:
    """The PDF as it stands, marked as a draft on every page; nothing is stored."""
    return kind.compose(context, True)


def issue(
    actor,
    kind: DocumentKind,
    township: Township,
    *,
    title: str,
    context: dict,
    subject,
    issued_on: date,
    corrects: Document | None = None,
    reason: str = "",
) -> Document:
    """Number, freeze, render and keep a document; a correction names the one it replaces and says why.

    Raises Refused when a correction has no reason or the old document has been corrected already.
    Side effects: a number is used, a file and an event are written.
    """
    if corrects is not None:
        if not reason.strip():
            refuse("更正重发必须写明原因。")
        if Document.objects.filter(corrects=corrects).exists():
            refuse("该文件已被更正过，请在最新一份上更正。")
    with action(CORRECT if corrects else ISSUE, actor=actor, township=township) as act:
        serial = next_number(township, "document", issued_on.year)
        number = f"{township.document_word}〔{issued_on.year}〕{serial}号"
        context = {**context, "number": number, "issued_on": issued_on.isoformat()}
        pdf = kind.compose(context, False)
        file = files.store(township, pdf, name=f"{title}.pdf", content_type="application/pdf")
        document = Document.objects.create(
            township=township,
            kind=kind.key,
            title=title,
            number=number,
            year=issued_on.year,
            serial=serial,
            context=context,
            file=file,
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            corrects=corrects,
            correction_reason=reason,
            issued_on=issued_on,
        )
        act.subject = document
        act.detail = {"SHA-256": file.sha256, "SM3": file.sm3}
    return document
