"""One way to issue a document: number it, freeze what it says, render, keep the bytes with their fingerprint."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from congress import files
from congress.documents import masking
from congress.documents.cards import CardTooFull
from congress.documents.findings import few
from congress.documents.fonts import MissingGlyph
from congress.documents.issuers import PRESIDIUM, Issuer
from congress.documents.numbering import DOCUMENT_NUMBERS, Numbering, typeset
from congress.documents.text import Block
from congress.guard.action import action, verb
from congress.guard.refusal import refuse
from congress.models import Document, Township, User
from congress.permissions import Permission
from congress.wording import chinese_date

ISSUE = verb("documents.issue", "印发了文件")
CORRECT = verb("documents.correct", "更正重发了文件")
EDITION = verb("documents.edition", "制作了公开稿")


def silent(done: int, total: int, note: str = "") -> None:
    """Nobody watches how far the work is."""


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document: whose it is, how it is numbered (None: not at all), and how it is made.

    `compose(context, draft)` makes the PDF from JSON-able values alone. A kind of many pages is issued by a job
    (`congress.issuing`): it says by `gather(subject, day, options)` where its context comes from, by `prepare(actor,
    subject, day)` what has to be written before, by `permission` who may issue it. `told` are kinds whose
    `compose(context, draft, progress)` tells how far it is. `public` are kinds meant for everybody, which may be put
    on the public pages; `held_back(document)` says why a single one of them is not, or nothing. `profiled(context)`
    says the profile where papers of one kind differ in it; `blocks(context)` what a text consists of, from which a
    file for a word processor can be made as well (`documents/word.py`).
    """

    key: str
    title: str
    compose: Callable[..., bytes]
    profile: str = "report"
    public: bool = False
    issuer: Issuer = PRESIDIUM
    numbering: Numbering | None = DOCUMENT_NUMBERS
    told: bool = False
    gather: Callable[[Model, date, dict], dict] | None = None
    prepare: Callable[[User, Model, date], None] | None = None
    permission: Permission | None = None
    held_back: Callable[[Document], str] | None = None
    profiled: Callable[[Mapping], str] | None = None
    blocks: Callable[[Mapping], Sequence[Block]] | None = None

    def profile_of(self, context: Mapping) -> str:
        """By which rules the layout of the paper with these values is judged."""
        return self.profiled(context) if self.profiled else self.profile

    @property
    def by_job(self) -> bool:
        """Whether it is too large to be made while somebody waits for a page."""
        return self.gather is not None

    def office(self, township: Township, subject: Model | None = None) -> str:
        """The full name of the body whose document it is."""
        return self.issuer.named(township, subject)


_kinds: dict[str, DocumentKind] = {}


def register(kind: DocumentKind) -> DocumentKind:
    """Add a kind of document. Raises ValueError when the key is taken, or nobody says who may have it made by a job."""
    if kind.by_job and kind.permission is None:
        raise ValueError(f"document kind {kind.key} is made by a job and names no permission")
    if _kinds.setdefault(kind.key, kind) != kind:
        raise ValueError(f"document kind {kind.key} is registered twice")
    return kind


def kind_of(key: str) -> DocumentKind:
    """The kind with this key. Raises KeyError."""
    return _kinds[key]


def _compose(kind: DocumentKind, context: dict, draft: bool, progress: Callable = silent) -> bytes:
    """The PDF. The one place where a character no font has, or a card too full, becomes a refusal that names it."""
    try:
        return kind.compose(context, draft, progress) if kind.told else kind.compose(context, draft)
    except (MissingGlyph, CardTooFull) as wrong:
        refuse(str(wrong))


def draft(kind: DocumentKind, context: dict) -> bytes:
    """The PDF as it stands, marked as a draft on every page; nothing is stored. Raises Refused when a font lacks a character."""
    return _compose(kind, context, True)


def working_paper(kind: DocumentKind, context: dict, progress: Callable = silent) -> bytes:
    """The PDF of a paper of the office's daily work (a slip that goes with a hand-over): no official document, so that it
    has no document number, and nothing is stored. Raises Refused when a font lacks a character."""
    return _compose(kind, context, False, progress)


def word_copy(kind: DocumentKind, context: dict, anchors: Mapping[int, str] | None = None) -> bytes:
    """The words of a paper as a file for a word processor, marked as not the issued one; `anchors` are those of `word.write`.
    Raises Refused for a kind that is no running text."""
    from congress.documents import word  # noqa: PLC0415  weight: a fifth of a second, which only who asks for one pays

    if kind.blocks is None:
        refuse(f"{kind.title}没有可以编辑的 Word 文档。")
    title = context["title"] if isinstance(context["title"], str) else "".join(context["title"])
    return word.write(kind.blocks(context), title=title, author=context.get("office", ""), anchors=anchors)


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
    progress: Callable = silent,
) -> Document:
    """Number, freeze, render and keep a document; a correction names the one it replaces and says why. `key` becomes its id.

    `number` stands on a paper numbered outside this system; without one the next is taken. Raises Refused when a correction
    has no reason, the old document has been corrected already, the number is none or is used, a font lacks a character, and
    when the same was issued that day and nobody asked for it `again`: a form sent twice must not use two numbers.
    Side effects, in one transaction, so that whatever ends it leaves neither a gap nor half a document: a number is used
    (after typesetting: nobody waits for a paper being made), a file and an event are written.
    """
    if corrects is not None:
        _refuse_correction(corrects, reason)
    once_a_day = corrects is None and not again
    with action(CORRECT if corrects else ISSUE, actor=actor, township=township) as act:
        if once_a_day:
            refuse_second(kind, subject, issued_on)
        context = {"office": kind.office(township, subject), **context, "issued_on": issued_on.isoformat()}

        def compose(reads: str) -> bytes:
            return _compose(kind, {**context, "number": reads}, False, progress)

        taken, pdf = typeset(kind.numbering, township, subject, issued_on, words=number, compose=compose)
        # Behind the number, for whose row the other of two equal submissions waits.
        if once_a_day:
            refuse_second(kind, subject, issued_on)
        file = files.store(township, pdf, name=f"{title}.pdf", content_type="application/pdf")
        document: Document = Document.objects.create(
            id=key or uuid.uuid4(),
            township=township,
            kind=kind.key,
            title=title,
            issuer=kind.issuer.key,
            series=taken.counter,
            number=taken.reads,
            year=taken.round or issued_on.year,
            serial=taken.serial,
            context={**context, "number": taken.reads},
            file=file,
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            corrects=corrects,
            correction_reason=reason,
            issued_on=issued_on,
        )
        act.subject, act.detail = document, {"SHA-256": file.sha256, "SM3": file.sm3}
    return document


def edition(
    actor: User | None,
    kind: DocumentKind,
    whole: Document,
    *,
    title: str,
    context: dict,
    hidden: Sequence[str],
    key: uuid.UUID | None = None,
) -> Document:
    """Make an edition for everybody of an issued paper and keep it beside it under the same number; `hidden` are the words it
    must not say. An older edition stays.

    Raises Refused naming the place where one of them still stands. Side effects: a file and an event.
    """
    with action(EDITION, actor=actor, township=whole.township) as act:
        pdf = _compose(kind, context, False)
        if found := masking.remains(hidden, pdf, word_copy(kind, context)):
            refuse(f"要隐去的文字还在：{few(found)}。请把这里的写法也列进来。", "words")
        file = files.store(whole.township, pdf, name=f"{title}.pdf", content_type="application/pdf")
        made: Document = Document.objects.create(
            id=key or uuid.uuid4(),
            township=whole.township,
            kind=kind.key,
            title=title,
            issuer=whole.issuer,
            series=whole.series,
            number=whole.number,
            year=whole.year,
            serial=whole.serial,
            context=context,
            file=file,
            subject_type=whole.subject_type,
            subject_id=whole.subject_id,
            whole=whole,
            issued_on=whole.issued_on,
        )
        act.subject, act.detail = made, {"SHA-256": file.sha256, "SM3": file.sm3}
    return made


def _refuse_correction(corrects: Document, reason: str) -> None:
    if not reason.strip():
        refuse("更正重发必须写明原因。")
    if Document.objects.filter(corrects=corrects).exists():
        refuse("该文件已被更正过，请在最新一份上更正。")


def refuse_second(kind: DocumentKind, subject: Model, issued_on: date) -> None:
    """Raises Refused when a document of this kind was issued about the subject that day: a form sent twice."""
    if before := issued_before(kind, subject, issued_on):
        refuse(f"{chinese_date(issued_on)}已印发过{before}。确需再印发一份，请勾选“再印发一份”。", "again")
