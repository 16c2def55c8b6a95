"""One way to issue a document: number it, freeze what it says, render, keep the bytes with their fingerprint."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from congress import files
from congress.documents.fonts import MissingGlyph
from congress.guard.action import action, verb
from congress.guard.refusal import refuse
from congress.models import Document, Township, User
from congress.numbers import next_number, series, used
from congress.wording import chinese_date

ISSUE = verb("documents.issue", "印发了文件")
CORRECT = verb("documents.correct", "更正重发了文件")
_TYPED = re.compile(r"(?P<word>[^\s〔〕]{1,20})〔(?P<year>\d{4})〕(?P<serial>[1-9]\d{0,4})号")
_BRACKETS = str.maketrans("[]［］()（）【】", "〔〕〔〕〔〕〔〕〔〕")


def _written(township: Township, year: int, serial: int) -> str:
    return f"{township.document_word}〔{year}〕{serial}号"


SERIES = series("document", "发文字号", _written)


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


def _compose(kind: DocumentKind, context: dict, draft: bool) -> bytes:
    """The PDF. The one place where a character no font has becomes a refusal that names it."""
    try:
        return kind.compose(context, draft)
    except MissingGlyph as missing:
        refuse(str(missing))


def draft(kind: DocumentKind, context: dict) -> bytes:
    """The PDF as it stands, marked as a draft on every page; nothing is stored. Raises Refused when a font lacks a character."""
    return _compose(kind, context, True)


def working_paper(kind: DocumentKind, context: dict) -> bytes:
    """The PDF of a paper of the office's daily work (a slip that goes with a hand-over): no official document, so that it
    has no document number, and nothing is stored. Raises Refused when a font lacks a character."""
    return _compose(kind, context, False)


def issued_before(kind: DocumentKind, subject: Model, issued_on: date) -> Document | None:
    """The last document of this kind issued about the subject on that day, if there is one."""
    same = Document.objects.filter(kind=kind.key, subject_id=subject.pk, issued_on=issued_on)
    last: Document | None = same.order_by("-serial").first()
    return last


def issue(
    actor: User | None,
    kind: DocumentKind,
    township: Township,
    *,
    title: str,
    context: dict,
    subject: Model,
    issued_on: date,
    corrects: Document | None = None,
    reason: str = "",
    number: str = "",
    again: bool = False,
    key: uuid.UUID | None = None,
) -> Document:
    """Number, freeze, render and keep a document; a correction names the one it replaces and says why. `key` becomes its id.

    `number` is the document number when the paper was numbered outside this system; without one the next is taken.
    Raises Refused when a correction has no reason, the old document has been corrected already, the number is none or is
    used, a font lacks a character, and when the same was issued that day and nobody asked for it `again`: a form sent twice
    must not use two numbers.
    Side effects: a number is used, a file and an event are written.
    """
    if corrects is not None:
        if not reason.strip():
            refuse("更正重发必须写明原因。")
        if Document.objects.filter(corrects=corrects).exists():
            refuse("该文件已被更正过，请在最新一份上更正。")
    with action(CORRECT if corrects else ISSUE, actor=actor, township=township) as act:
        number, year, serial = _numbered(township, issued_on, number)
        # Behind the number, whose row the other of two equal submissions waits for.
        if corrects is None and not again and (before := issued_before(kind, subject, issued_on)):
            refuse(f"{chinese_date(issued_on)}已印发过{before}。确需再印发一份，请勾选“再印发一份”。", "again")
        context = {**context, "number": number, "issued_on": issued_on.isoformat()}
        pdf = _compose(kind, context, False)
        file = files.store(township, pdf, name=f"{title}.pdf", content_type="application/pdf")
        document: Document = Document.objects.create(
            id=key or uuid.uuid4(),
            township=township,
            kind=kind.key,
            title=title,
            number=number,
            year=year,
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


def _numbered(township: Township, issued_on: date, typed: str) -> tuple[str, int, int]:
    """The number of a new document with its year and serial: the next of the series, or the one that stands on paper."""
    if not typed.strip():
        serial = next_number(township, SERIES.key, issued_on.year)
        return _written(township, issued_on.year, serial), issued_on.year, serial
    found = _TYPED.fullmatch("".join(typed.split()).translate(_BRACKETS))
    if found is None:
        refuse(f"发文字号的写法如“{_written(township, issued_on.year, 12)}”。", "number")
    year, serial = int(found["year"]), int(found["serial"])
    if holder := Document.objects.filter(number=found[0]).first():
        refuse(f"{found[0]}已用于《{holder.title}》。", "number")
    if found["word"] == township.document_word:
        used(township, SERIES.key, year, serial)
    return found[0], year, serial
