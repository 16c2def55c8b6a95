"""The search over all, of a township and of a county's townships."""

from django.contrib import messages
from django.shortcuts import redirect

from congress.people.scrub import find_personal
from congress.permissions import COUNTY_HOME, TOWNSHIP_HOME
from congress.web import overall
from congress.web.pages import county_view, page, township_view
from congress.web.search_words import NUMBERS_NOT, problem


@township_view(TOWNSHIP_HOME)
def search(request, township):
    """What a township's records say of some words, by kind."""
    return _answer(request, [township])


@county_view(COUNTY_HOME)
def county_search(request, county):
    """The same in all townships of a county but rehearsals."""
    return _answer(request, county.real_townships)


def _answer(request, townships):
    text = request.GET.get("q", "").strip()
    if find_personal(text):
        messages.warning(request, NUMBERS_NOT)
        return redirect(request.path)  # out of the address as well
    fault = problem(text) if text else ""
    groups = overall.search(request.standing, text, townships) if text and not fault else []
    context = {"q": text, "fault": fault, "groups": groups, "searching": True}
    if groups and request.standing.township is None:
        context["townships"] = townships
    return page(request, "congress/search.html", context)
