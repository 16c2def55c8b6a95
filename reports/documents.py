"""The annual report as a kind of document."""

from collections.abc import Mapping
from datetime import date

from congress.documents.kit import DocumentKind, register
from congress.documents.render import Metadata, render
from reports.content import blocks_of, headed

KEY = "annual_report"


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


ANNUAL_REPORT = register(DocumentKind(KEY, "年度工作报告", compose, public=True, profiled=profile_of, blocks=blocks_of))
