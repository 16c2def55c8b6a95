"""The figures of a report: all of them, one with the records behind it, computing them anew."""

from django.http import Http404
from django.shortcuts import redirect

from congress import clock, figures
from congress.web.pages import done, page, perform, township_view
from congress.web.records import url_for
from reports import actions
from reports.forms import PeriodForm
from reports.permissions import EDIT, VIEW
from reports.queries import annual
from reports.views.parts import address, changed_lines, frame, report_of


@township_view(VIEW)
def figure_list(request, township, pk):
    """Every figure with its value, whether the text uses it, and whether its records have changed since."""
    found = report_of(pk)
    used = set(annual.used_keys(annual.sections(found)))
    known = figures.registered()
    groups: dict[str, list[dict]] = {}
    drifts = annual.drifts(found)
    for key, drift in drifts.items():
        line = {
            "figure": known[key],
            "use": drift.use,
            "shown": annual.shown(drift.use),
            "drift": drift,
            "used": key in used,
            "url": address("figure", found, key),
        }
        groups.setdefault(known[key].group, []).append(line)
    context = frame(request, found, "figures") | {
        "groups": list(groups.items()),
        "changed": changed_lines(found, drifts),
    }
    return page(request, "reports/figures.html", context)


def _row(township, stored: dict, pages: dict) -> dict:
    subject, pk = pages.get((stored["subject"], stored["id"]), (stored["subject"], stored["id"]))
    return stored | {"url": url_for(subject, pk, township)}


@township_view(VIEW)
def figure(request, township, pk, key):
    """One figure: period, cut-off, definition, denominator, the records behind it, and what changed since."""
    found = report_of(pk)
    known = figures.registered().get(key)
    drift = annual.drifts(found, [key]).get(key)
    if known is None or drift is None:
        raise Http404
    pages = {(row.subject, row.id): row.page for row in drift.now.rows}
    context = frame(request, found, "figures") | {
        "figure": known,
        "use": drift.use,
        "shown": annual.shown(drift.use),
        "drift": drift,
        "rows": [_row(township, row, pages) for row in drift.use.rows],
        "told": [(one, _row(township, one.row, pages)) for one in drift.told],
    }
    context["breadcrumbs"][-1:] = [
        (f"{found.year}年度", address("report", found)),
        ("数据", address("figures", found)),
        (known.label, ""),
    ]
    return page(request, "reports/figure.html", context)


UNCHANGED = "已重新计算，数据没有变化。"


def _words(changed: dict[str, annual.Drift]) -> str:
    known = figures.registered()
    parts = [
        f"{known[key].label}{drift.before}→{drift.after}（{drift.why(1)}）"
        for key, drift in changed.items()
        if drift.before != drift.after
    ]
    if not parts:
        moved = sum(bool(drift.changes) for drift in changed.values())
        return f"已重新计算，{moved}项数据所据的记录有变动，结果都没有变化。" if moved else UNCHANGED
    more = f"等{len(parts)}项" if len(parts) > 6 else ""
    return f"已重新计算，有变化的是：{'；'.join(parts[:6])}{more}。"


@township_view(EDIT)
def recompute(request, township, pk):
    """Compute every figure anew for the same cut-off."""
    found = report_of(pk)
    if request.method != "POST":  # the address alone, e.g. after logging in again: show where the button is
        return redirect(address("figures", found))
    changed = actions.recompute(request.user, found)
    return done(request, _words(changed), address("figures", found))


@township_view(EDIT)
def cut_off(request, township, pk):
    """Move the first day and the cut-off."""
    found = report_of(pk)
    form = PeriodForm(request.POST or None, report=found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        changed = perform(form, lambda: actions.set_period(request.user, found, on=clock.today(), **data))
        if changed is not None:
            return done(request, _words(changed), address("figures", found))
    context = frame(request, found, "figures") | {
        "title": "改报告期间和截止日",
        "form": form,
        "submit": "按新的期间重新计算",
        "cancel_url": address("figures", found),
    }
    return page(request, "congress/form.html", context)
