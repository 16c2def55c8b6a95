"""The kinds of reports as kinds of documents."""

from collections.abc import Mapping
from datetime import date

from congress.documents.kit import DocumentKind, register
from congress.documents.numbering import DOCUMENT_NUMBERS
from congress.documents.render import Metadata, render
from congress.models import Document
from reports.content import blocks_of, headed
from reports.kinds import KINDS, Way
from reports.models import AnnualReport
from reports.numbers import BRIEF_NUMBERS


def profile_of(context: Mapping) -> str:
    """By which rules its layout is judged: with the head of an official paper, or as a report without one."""
    return "official" if headed(context) else "report"


def compose(context: dict, draft: bool) -> bytes:
    """The PDF of a report from its frozen values. Raises MissingGlyph for a character no font has."""
    created = date.fromisoformat(context["issued_on"]) if context.get("issued_on") else None
    return render(
        blocks_of(context),
        title="".join(context["title"]),
        profile=profile_of(context),
        draft=draft,
        metadata=Metadata(author=context["office"], subject=f"数据截止{context['cut_off']}", created=created),
    )


def _edited(document: Document) -> str:
    """Why the whole paper is not put before everybody: an edition for them was made of it."""
    return "这份报告有公开稿，请公布公开稿。" if Document.objects.filter(whole=document).exists() else ""


def _older(document: Document) -> str:
    """Why an edition is not put before everybody: there is a later one."""
    later = Document.objects.filter(whole=document.whole_id, created_at__gt=document.created_at)
    return "这份公开稿之后又制作了新的，请公布最新的一份。" if later.exists() else ""


PAPERS = {
    kind.key: register(
        DocumentKind(
            kind.paper,
            kind.label,
            compose,
            public=True,
            numbering=BRIEF_NUMBERS if Way.BRIEF in kind.ways else DOCUMENT_NUMBERS,
            held_back=_edited,
            profiled=profile_of,
            blocks=blocks_of,
        )
    )
    for kind in KINDS.values()
}
EDITION = register(
    DocumentKind(
        "annual_report_edition",
        "工作报告公开稿",
        compose,
        public=True,
        held_back=_older,
        profiled=profile_of,
        blocks=blocks_of,
    )
)


def paper_of(report: AnnualReport) -> DocumentKind:
    """The kind of document a report is issued as."""
    return PAPERS[report.kind]
