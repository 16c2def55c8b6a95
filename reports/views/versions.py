"""What a draft said earlier, and two of its moments side by side."""

from congress import figures, history
from congress.web.pages import page, township_view
from congress.wording import moment as said_at
from reports import placeholders
from reports.life.common import page_of
from reports.permissions import EDIT
from reports.queries import versions
from reports.queries.versions import FORMER, Difference, Moment
from reports.views.parts import frame, report_of


def _options(found: list[Moment], former: str) -> list[tuple[str, str]]:
    told = [(one.key, f"{said_at(one.at)} {one.actor}{one.words}") for one in found]
    return [*told, (FORMER, f"被更正的{former}")] if former else told


def _shown(one: Difference, names: dict[str, str]) -> dict:
    def text(part) -> str:
        return "\n".join(filter(None, (part.heading, placeholders.in_words(part.text, names)))) if part else ""

    word = "新增" if one.before is None else "移除" if one.after is None else "改动"
    return {"heading": one.heading, "word": word, "before": text(one.before), "after": text(one.after)}


@township_view(EDIT)
def version_list(request, township, pk):
    """The moments of a report, and how two of them differ: for those who write it, as what is said of its sections is."""
    found = report_of(pk)
    told = versions.moments(found)
    first, last = versions.chosen(found, told, request.GET)
    by_key, past = {one.key: one for one in told}, versions.Past(found)

    def text(key: str):
        if key == FORMER:
            return versions.Past(found.corrects).as_of()
        return past.as_of(by_key[key]) if key else []

    within = FORMER not in (first, last)
    names = figures.names()
    differing = versions.compared(text(first), text(last), same_report=within)
    former = found.corrects.document.number if found.corrects and found.corrects.document else ""
    context = frame(request, found, page_of(found, "versions")) | {
        "entries": [history.Line(one.at, one.actor, one.words) for one in told],
        "options": _options(told, former),
        "first": first,
        "last": last,
        "differing": [_shown(one, names) for one in differing],
    }
    return page(request, "reports/versions.html", context)
