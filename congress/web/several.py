"""A step taken for several records of a list at once: they are ticked, one form is filled in, and each record goes through
the door on its own. What is refused says why and stays ticked; the others stand. Papers are printed of ticked records likewise.

    SEVERAL = Several(SUGGESTION, "suggestions/", ("代表建议", "proposals-suggestions"), prints=(SLIPS,))
    urls = [*SEVERAL.urls()]
    return show(request, township, LEDGER, rows, several=SEVERAL)
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from congress import clock
from congress.files import download
from congress.guard.action import Conflict, Refused
from congress.guard.savepoint import savepoint
from congress.permissions import Permission
from congress.spreadsheets.write import safe_filename
from congress.steps import Attempt, Life, Step
from congress.web.pages import TWICE, is_twice, page, township_view
from congress.web.steps import said_above, said_of

TICKED, SENT, VERSION = "ticked", "sent", "version-"
MOST = 200  # more than a page of a list holds
TEMPLATE = "congress/several.html"
CHANGED = "刚刚被别人改动过，请核对后再办。"


@dataclass(frozen=True)
class Print:
    """A paper printed of the ticked records in one file: `papers` tells what stands on those of a record, none where it has
    none (`otherwise` says why), `printed` makes the PDF of them all. Its button says `word`, its file is called `called`."""

    key: str
    word: str
    called: str
    permission: Permission
    papers: Callable[[Any], Sequence[dict]]
    printed: Callable[[Sequence[dict]], bytes]
    otherwise: str


@dataclass(frozen=True)
class Offer:
    """A button of the bar under a list; a paper opens beside the list."""

    word: str
    url: str
    beside: bool = False


@dataclass
class Row:
    """A ticked record: what the step's page says of it, and what came of it."""

    attempt: Attempt
    said: str = ""
    against: list[str] = field(default_factory=list)

    @property
    def record(self) -> Any:
        """The record, as it was when the page was asked for."""
        return self.attempt.record

    @property
    def called(self) -> str:
        """What people call it."""
        return self.attempt.life.called(self.record)

    @property
    def url(self) -> str:
        """Its page."""
        return self.attempt.life.url(self.record)

    @property
    def notes(self) -> list[str]:
        """Warnings and hints that would stand above the form of this one."""
        return [str(finding) for finding in said_above(self.attempt)]


@dataclass(frozen=True)
class Several:
    """The pages of a life's steps that are taken for many records, and of the papers printed of many; `listing` is the
    (label, name) of the list above."""

    life: Life
    route: str
    listing: tuple[str, str]
    prints: tuple[Print, ...] = ()

    @property
    def steps(self) -> list[Step]:
        """The steps of the life that may be taken for many."""
        return [step for step in self.life.steps if step.many]

    def urls(self) -> list[URLPattern]:
        """One address a step and a paper."""
        pages = [(one, self._page(one)) for one in self.steps] + [(one, self._paper(one)) for one in self.prints]
        return [path(f"{self.route}several/{one.key}/", view, name=self._name(one)) for one, view in pages]

    def _name(self, one: Step | Print) -> str:
        return f"{self.life.name}-several-{one.key}"

    def offered(self, standing) -> list[Offer]:
        """What the standing may do with ticked rows."""
        steps = [(one.words.button, one) for one in self.steps] if standing.writes else []
        papers = [(one.word, one) for one in self.prints]
        return [
            Offer(word, reverse(self._name(one), args=[standing.township.code]), isinstance(one, Print))
            for word, one in [*steps, *papers]
            if standing.allows(one.permission)
        ]

    def _page(self, step: Step) -> Callable:
        @township_view(step.permission)
        def view(request, township):
            records = self._ticked(request)
            if not records:
                return self._nothing(request, step.words.button)
            rows = [Row(self.life.attempt(step.key, request.standing, record)) for record in records]
            return self._form(request, step, rows, self._back(township))

        return view

    def _paper(self, paper: Print) -> Callable:
        @township_view(paper.permission)
        def view(request, township):
            records = self._ticked(request)
            if not records:
                return self._nothing(request, paper.word)
            found = [(record, paper.papers(record)) for record in records]
            papers = [one for _, several in found for one in several]
            without = [record for record, several in found if not several]
            if papers and (SENT in request.POST or not without):
                name = safe_filename(township.name, f"{paper.called}{len(papers)}份", clock.today(), "pdf")
                return download(paper.printed(papers), name=name, content_type="application/pdf", inline=True)
            values = {
                "title": paper.word,
                "paper": paper,
                "papers": [(self.life.called(record), record.pk, len(several)) for record, several in found if several],
                "without": [(self.life.called(record), self.life.url(record)) for record in without],
                "cancel_url": self._back(township),
                "breadcrumbs": [(self.listing[0], self._back(township)), (paper.word, "")],
            }
            return page(request, "congress/several_papers.html", values)

        return view

    def _back(self, township) -> str:
        return reverse(self.listing[1], args=[township.code])

    def _nothing(self, request, word: str) -> HttpResponseRedirect:
        messages.warning(request, f"请先在列表里勾选要{word}的记录。")
        return HttpResponseRedirect(self._back(request.standing.township))

    def _ticked(self, request) -> list:
        """The ticked records the standing may see, with their facts, in the order they were ticked."""
        wanted = list(dict.fromkeys(_keys(request.POST.getlist(TICKED))))[:MOST]
        seen = self.life.read(self.life.visible(request.standing)).in_bulk(wanted)
        return [seen[pk] for pk in wanted if pk in seen]

    def _form(self, request, step: Step, rows: list[Row], back: str):
        """The form with the records it is for; sent, what came of each."""
        for row in rows:
            row.against = [str(one) for one in (row.attempt.against() or row.attempt.lacking())]
        able, unable = [row for row in rows if not row.against], [row for row in rows if row.against]
        sent = SENT in request.POST
        form = _form_of(request, step, (able or rows)[0].attempt, sent)
        if sent and form.is_valid():
            for row in able:
                _take(row, form, request.POST.get(f"{VERSION}{row.record.pk}"))
        done = [row for row in able if row.said]
        values = {
            "step": step,
            "title": f"{step.title}（{len(rows)}件）" if not done else f"已办理{len(done)}件",
            "lead": "" if done else f"一次填写，{len(able)}件各自办理、各自留痕。",
            "done": done,
            "open": [row for row in able if not row.said],
            "unable": unable,
            "form": form,
            "submit": step.words.submit or step.words.button,
            "cancel_url": back,
            "breadcrumbs": [(self.listing[0], back), (step.title, "")],
        }
        return page(request, TEMPLATE, values)


def _keys(ticked: list[str]) -> list[uuid.UUID]:
    """The keys among what was sent; anything else is nobody's key."""
    found = []
    for text in ticked:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


def _form_of(request, step: Step, first: Attempt, sent: bool):
    """The form of the step, with nothing of any one record in it."""
    options = step.options(first) if step.options else {}
    return step.form(*((request.POST, request.FILES) if sent else ()), **options)


def _take(row: Row, form, version: str | None) -> None:
    """One record through the door; a refusal is told of it and leaves the others alone."""
    attempt, data = row.attempt, dict(form.cleaned_data)
    data.pop("version", None)
    on = data.pop(attempt.step.day, None)
    try:
        with savepoint():
            key, pk = attempt.step.key, row.record.pk
            row.said = said_of(attempt.life.door(key, attempt.standing, pk, data, on=on, version=version))
    except Refused as refused:
        row.against = [str(finding) for finding in refused.findings]
    except Conflict:
        row.against = [CHANGED]
    except IntegrityError as error:
        if not is_twice(error):
            raise
        row.against = [TWICE]
