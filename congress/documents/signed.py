"""The scan of a document as it was signed and sealed, kept beside it."""

import uuid

from congress import clock, files
from congress.guard.action import action, verb
from congress.guard.refusal import refuse
from congress.models import Document, SignedCopy, User
from congress.uploads.clean import CleanFile

KEEP = verb("documents.signed", "存入了签章扫描件")
REPLACE = verb("documents.signed_again", "更换了签章扫描件")


def copies_of(document: Document) -> list[SignedCopy]:
    """The document's scans, without their bytes: the one that stands first, then those it replaced."""
    rows = SignedCopy.objects.filter(document=document).select_related("file", "kept_by").defer("file__content")
    return sorted(rows, key=lambda row: (row.withdrawn_at is not None, -row.created_at.timestamp()))


def keep(
    actor: User, document: Document, clean: CleanFile, reason: str = "", *, key: uuid.UUID | None = None
) -> SignedCopy:
    """Keep a cleaned scan with its document; what stood there before is replaced and stays readable with the reason.

    Raises Refused when there is one and no reason is given. `key` becomes its id. Side effects: a file and an event.
    """
    standing = SignedCopy.objects.kept().filter(document=document).select_for_update(of=("self",)).first()
    if standing and not reason.strip():
        refuse("已有签章扫描件，更换时请写明原因。", "reason")
    verb_ = REPLACE if standing else KEEP
    with action(verb_, actor=actor, subject=document, detail={"SHA-256": clean.sha256}) as act:
        if standing:
            standing.withdrawn_at, standing.withdrawn_reason = clock.now(), reason.strip()[:200]
            standing.save()
            act.detail["原因"] = reason.strip()
        file = files.store(document.township, clean.content, name=clean.display_name, content_type=clean.content_type)
        kept: SignedCopy = SignedCopy.objects.create(
            id=key or uuid.uuid4(), township=document.township, document=document, file=file, kept_by=actor
        )
    return kept
