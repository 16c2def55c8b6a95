"""The pages of records: where each one's page is, the one way of a form page, of a detail page and of taking back.

return keep_page(request, STATIONS, StationForm(request.POST or None, instance=row), lead="…")
return withdraw_page(request, STATIONS, kept_or_404(Station, pk))
return detail_page(request, STATIONS, found, rows=[("地址", found.address)], edit=STRUCTURE)
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress import history
from congress.guard.record import Record
from congress.keeping import Keeping
from congress.law.finding import Finding
from congress.models import Role
from congress.permissions import Permission
from congress.prepared import Prepared, given
from congress.web import attachments
from congress.web.addresses import record_at
from congress.web.forms import ReasonForm
from congress.web.offered import offered
from congress.web.once import ALREADY, done_before
from congress.web.pages import done, page, perform

ASKED = "_kept_by_key"  # what is put together for a query stays beside it


def kept_or_404(rows: type[Record] | QuerySet, pk):
    """The row of a model or a query that is not withdrawn, or 404. A query that is asked again is one a module keeps, and is
    put together once."""
    asked = rows.objects if isinstance(rows, type) else rows
    if ASKED not in vars(asked):
        vars(asked)[ASKED] = Prepared(lambda: asked.kept().filter(pk=given("pk")))
        return get_object_or_404(asked.kept(), pk=pk)
    found = vars(asked)[ASKED](pk=asked.model._meta.pk.to_python(pk))
    if not found:
        raise Http404
    return found[0]


def at(place, name: str, *args) -> str:
    """The address of a page of a place, by its name."""
    if len(args) == 1 and isinstance(args[0], UUID):
        return record_at(name, place.code, args[0])
    return reverse(name, args=[place.code, *args])


def import_at(place, kind: str, **said) -> str:
    """The address where a kind of table is uploaded, with what is known of it already chosen (`term=…`, `election=…`)."""
    address = at(place, "import-new", kind)
    return f"{address}?{urlencode(said)}" if said else address


def url_of(record: Record, place=None) -> str:
    """The address of a record's page; empty for a kind that has none. `place` saves asking for the record's township."""
    return at(place or record.township, record.url_name, record.pk) if record.url_name else ""


def url_for(kind: type[Record] | str, pk, place) -> str:
    """The address of the page of a record of which only kind (`deputies.station`) and number are known; empty for none."""
    name = getattr(apps.get_model(kind) if isinstance(kind, str) else kind, "url_name", "")
    return at(place, name, pk) if name else ""


def form_page(
    request,
    form,
    act: Callable[[], Any],
    *,
    title: str,
    said: str | Callable[[Any], str],
    back: str | Callable[[Any], str],
    lead: str = "",
    submit: str = "保存",
    cancel_url: str = "",
    template: str = "congress/form.html",
    fragment: str = "",
    answer: Callable[[Any], HttpResponse] | None = None,
    already: str = "",
    draft: bool = False,
    opens_offline: bool = False,
    **context,
) -> HttpResponse:
    """A form page: shows the form, runs the action when it is sent and holds, goes back with a word.

    `act()` runs the action; a refusal becomes errors of the form and nothing typed is lost. `back` is an address or makes
    one of the action's answer; `said` the word that is told there, which may
    tell of the answer too; `answer` is a page in its place, for what is shown once. A form that has made its record before
    (`Keyed`) leads to the same place, makes nothing, and says so (`already`). With `draft` what is typed is kept on the
    device until it has arrived, under the page's title. A form that `opens_offline` may be kept there empty, to be opened
    without signal: nothing of any record stands in it, and of persons only what all of the place may see.
    """
    kept, again = _sent(request, form, act) if request.method == "POST" else (None, False)
    if kept is not None and answer and not again:
        return answer(kept[0])
    if kept is not None:
        word = said(kept[0]) if callable(said) and not again else said
        return done(request, (already or ALREADY) if again else word, back(kept[0]) if callable(back) else back)
    for name in (request.FILES.keys() & form.fields.keys()) - form.errors.keys():
        form.fields[name].help_text = CHOOSE_AGAIN  # no browser chooses a file for a page again
    cancel_url = cancel_url or ("" if callable(back) else back)
    values = {"title": title, "lead": lead, "form": form, "submit": submit, "cancel_url": cancel_url, "guard": True}
    values["draft"] = title if draft else ""
    answered = page(request, template, values | context, fragment=fragment)
    if opens_offline and request.method == "GET":
        answered[OPENS_OFFLINE] = "1"
    return answered


OPENS_OFFLINE = "X-Opens-Offline"  # static/js/service-worker.js
CHOOSE_AGAIN = "请再选一次刚才的文件。"


def _sent(request, form, act: Callable[[], Any]) -> tuple[tuple | None, bool]:
    """(what came of a form that was sent, in a tuple; whether it had come of it before); None where it does not hold or
    was refused."""
    if (made := _made_before(request, form)) is not None:
        return (made,), True
    if form.is_valid() and (answer := perform(form, lambda: (act(),))):
        return answer, False
    # The other of two equal submissions may have been quicker, and this one been refused for what that one made.
    made = _made_before(request, form)
    return (None if made is None else (made,)), True


def _made_before(request, form):
    """What this very form has made or changed already; else None."""
    made = form.made_before() if hasattr(form, "made_before") else None
    return form.instance if made is None and hasattr(form, "instance") and done_before(request) else made


def keep_page(
    request,
    keeping: Keeping,
    form,
    *,
    listed: str,
    act: Callable[[], Any] | None = None,
    back="",
    findings: Callable[[Any], Iterable[Finding]] | None = None,
    again: str = "",
    **context,
) -> HttpResponse:
    """The page on which a plain record is recorded or changed; afterwards its own page is shown, or where `again` names
    the button for it the same form for the next one.

    `listed` is the address that leads back when nothing was recorded yet; `act` replaces `keeping.save`, `back` the way on.
    `findings` of the record as it was kept are told there as warnings.
    """

    def onward(kept) -> str:
        for finding in findings(kept) if findings else ():
            messages.warning(request, str(finding))
        if new and again and "again" in request.POST:
            return request.path
        return url_of(kept) if has_page else listed

    row = form.instance
    new, has_page = row._state.adding, bool(getattr(row, "url_name", ""))
    values = {
        "title": f"{'登记' if new else '修改'}{keeping.words}",
        "said": f"已保存{keeping.words}。",
        "back": back or onward,
        "again": again if new else "",
        "cancel_url": url_of(row) if has_page and not new else listed,
    }
    return form_page(request, form, act or (lambda: keeping.save(request.user, form)), **values | context)


def withdraw_page(request, keeping: Keeping, row: Record, back: str, lead: str = "") -> HttpResponse:
    """The page on which a record entered by mistake is taken back, with the reason; `back` is the list it stood in."""
    form = ReasonForm(request.POST or None, row=row)
    return form_page(
        request,
        form,
        lambda: keeping.withdraw(request.user, row, form.cleaned_data["reason"], form.cleaned_data["version"]),
        title=f"撤回误录：{row}",
        lead=lead or "撤回后不再计入统计和报告，记录和原因仍保留在操作历史中。",
        said=f"已撤回{keeping.words}。",
        submit="撤回",
        back=back,
        cancel_url=url_of(row),
    )


def detail_page(
    request,
    keeping: Keeping,
    row: Record,
    *,
    rows: Sequence[tuple],
    edit: Permission,
    title: str = "",
    actions: Iterable[tuple[str, str, str]] = (),
    template: str = "congress/detail.html",
    **context,
) -> HttpResponse:
    """The page of a record: its facts (term, value), its files where it may hold some, its history for those who run the
    place, the way to take it back.

    `edit` is the permission to change it; with it the page offers 修改, `actions` (label, url, icon) and 撤回误录.
    """
    may_edit = request.allows(edit) and request.standing.writes
    ways = [("修改", _step(keeping, row, "edit"), "pencil"), *actions]
    values = {
        "record": row,
        "title": title or str(row),
        "rows": rows,
        "actions": [one for one in ways if offered(request.standing, one[1])] if may_edit else [],
        "may_edit": may_edit,
        "history": history.of(row) if request.standing.has(Role.CHAIR, Role.CLERK) else [],
        "files": attachments.shown(request.standing, row) if attachments.may_see(request.standing, row) else {},
        "withdraw_url": offered(request.standing, _step(keeping, row, "withdraw")) if may_edit else "",
        "reason_form": ReasonForm(row=row),
        "what": keeping.words,
    }
    return page(request, template, values | context)


def _step(keeping: Keeping, row: Record, name: str) -> str:
    return at(row.township, f"{keeping.route}-{name}", row.pk)
