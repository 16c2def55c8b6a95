"""The figures of a report: all of them, and one with the records behind it."""

from django.http import Http404

from congress import figures
from congress.web.pages import page, township_view
from congress.web.records import at, url_for, url_of
from reports.life.common import page_of
from reports.permissions import VIEW
from reports.queries import annual
from reports.queries.before import years_before
from reports.views.parts import changed_lines, frame, report_of
from reports.views.statistics import table


@township_view(VIEW)
def figure_list(request, township, pk):
    """Every figure with its value, whether the text uses it, and whether its records have changed since; as a table as well."""
    found = report_of(pk)
    used = set(annual.used_keys(annual.sections(found)))
    known = figures.registered()
    groups: dict[str, list[dict]] = {}
    drifts = annual.drifts(found)
    told = {key: drift.last for key, drift in drifts.items() if drift.last is not None}
    earlier = years_before(found, {key: drift.use for key, drift in drifts.items()}, told)
    for key, drift in drifts.items():
        line = {
            "figure": known[key],
            "use": drift.use,
            "shown": annual.shown(drift.use),
            "drift": drift,
            "used": key in used,
            "before": earlier[key],
            "owner": _owner(township, key),
            "url": page_of(found, "figure", key),
        }
        groups.setdefault(known[key].group, []).append(line)
    if request.GET.get("format") == "xlsx":
        return table(found, township, [line for lines in groups.values() for line in lines])
    context = frame(request, found, page_of(found, "figures"), "recompute", "cut-off") | {
        "groups": list(groups.items()),
        "changed": changed_lines(found, drifts),
    }
    return page(request, "reports/figures.html", context)


def _owner(township, key: str) -> dict:
    """Which records a figure is made of, with the address of their list."""
    owner = figures.owner_of(key)
    return {"words": owner.words, "url": at(township, owner.route)} if owner else {}


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
    steps = ["recompute"] if drift.changed else []
    context = frame(request, found, page_of(found, "figures"), *steps) | {
        "figure": known,
        "use": drift.use,
        "shown": annual.shown(drift.use),
        "drift": drift,
        "before": years_before(found, {key: drift.use}, {key: drift.last} if drift.last else {})[key],
        "owner": _owner(township, key),
        "rows": [_row(township, row, pages) for row in drift.use.rows],
        "told": [(one, _row(township, one.row, pages)) for one in drift.told],
    }
    context["breadcrumbs"][-1:] = [
        (found.audit_label, url_of(found)),
        ("数据", page_of(found, "figures")),
        (known.label, ""),
    ]
    return page(request, "reports/figure.html", context)
