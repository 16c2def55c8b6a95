"""Putting an issued document on the public pages, and taking it off them."""

from datetime import date

from congress import clock, keeping
from congress.documents.kit import kind_of
from congress.guard.action import action, verb
from congress.guard.refusal import refuse, refuse_where
from congress.models import Document, Publication
from congress.wording import chinese_date

PUBLISH = verb("documents.publish", "在公开页面公布了文件")
TAKE_DOWN = verb("documents.take_down", "从公开页面撤下了文件")


def against_publishing(document: Document) -> str:
    """Why a document is not put on the public pages; empty for one that may be."""
    kind = kind_of(document.kind)
    if not kind.public:
        return f"{kind.title}不是向社会公布的文件。"
    return kind.held_back(document) if kind.held_back else ""


def may_be_published(document: Document) -> bool:
    """Whether a document is meant for everybody."""
    return not against_publishing(document)


def publish(actor, document: Document, on: date) -> Publication:
    """Put a document on the public pages; `on` is the day it was published, on paper as here. One event.

    Raises Refused for one that is not meant for everybody, for a day before it was issued or to come, and where it stands
    there already.
    """
    held_back = against_publishing(document)
    refuse_where(
        (
            (bool(held_back), held_back, ""),
            (on > clock.today(), "公布日期不能晚于今天。", "published_on"),
            (on < document.issued_on, f"文件{chinese_date(document.issued_on)}才印发。", "published_on"),
        )
    )
    if Publication.objects.kept().filter(document=document).exists():
        refuse("这份文件已经在公开页面上。")
    with action(PUBLISH, actor=actor, township=document.township, detail={"公布日期": on}) as act:
        act.subject = Publication.objects.create(township=document.township, document=document, published_on=on)
    return act.subject


def take_down(actor, publication: Publication, reason: str, version) -> Publication:
    """Take a document off the public pages, with the reason; it stays issued. Raises Refused and Conflict as
    `keeping.withdraw`. One event."""
    taken: Publication = keeping.withdraw(TAKE_DOWN, actor, publication, reason, version)
    return taken
