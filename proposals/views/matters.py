"""Matters raised by voters: the list, the page of one, and its steps."""

from django.http import Http404
from django.urls import reverse

from congress import files
from congress.people.fields import encrypted_fields, masked
from congress.permissions import ERASE
from congress.spreadsheets.write import safe_filename
from congress.web import attachments
from congress.web.pages import page, township_view
from congress.web.proof import proved
from congress.web.records import at, url_of
from congress.web.revealing import reveal_page
from congress.web.several import Print, Several
from congress.web.steps import buttons
from congress.web.table import show
from proposals import permissions as may
from proposals import queries
from proposals.documents import printed, slip_of_matter, slips_to_answer
from proposals.life import MATTER
from proposals.listings.receptions import MATTERS, matter_due, matter_rows, matter_state
from proposals.models import Matter
from proposals.queries.visible import READS_ALL
from proposals.views.common import seen, trail, visible_matter

NO_SLIP = "没有等待办理的交办单：没有转办给单位，或者已有结果。"
SLIPS = Print("slips", "打印交办单", "反映事项交办单", may.DELIVER, slips_to_answer, printed, NO_SLIP)
SEVERAL = Several(MATTER, "matters/", ("反映事项", "proposals-matters"), prints=(SLIPS,))
VISITOR_FIELDS = (("name", "姓名"), ("phone", "电话"), ("village", "村（组）"))


@township_view(may.MATTERS)
def matters(request, township):
    """The matters the viewer may see."""
    rows = matter_rows(queries.visible_matters(request.standing))
    return show(request, township, MATTERS, rows, several=SEVERAL)


@township_view(may.MATTERS)
def matter(request, township, pk):
    """One matter with its thread and what the viewer may do."""
    found = visible_matter(request, pk)
    seen(request)
    became = queries.visible_suggestions(request.standing).filter(matter=found)
    context = {
        "matter": found,
        "state": matter_state(found),
        "left": matter_due(found),
        "due": queries.follow_up_due(found) if matter_due(found) else None,
        "suggestions": became,
        "visitor": _visitor(request, township, found),
        "reach": _reach(request, township, found),
        "erase_url": _erase_url(request, township, found),
        "thread": queries.matter_thread(found, found.reception),
        "buttons": buttons(MATTER, request.standing, found),
        "files": attachments.shown(request.standing, found),
        "breadcrumbs": trail(township, ("反映事项", "proposals-matters"), (found.number, "proposals-matter", pk)),
    }
    return page(request, "proposals/matter.html", context)


def _reach(request, township, found) -> tuple | None:
    """For the office: how far the hand-over to the unit came, with its slip to print."""
    if not request.standing.has(*READS_ALL) or found.channel != Matter.Channel.UNIT or found.resolved_on:
        return None
    reach = queries.reach_of_matter(found, url_of(found, township), queries.readers([found.unit_id]))
    return reach, at(township, "proposals-matter-slip", found.pk) if request.allows(may.DELIVER) else ""


@township_view(may.DELIVER)
def slip(request, township, pk):
    """The printed slip with which a matter is delivered."""
    found = visible_matter(request, pk)
    if found.channel != Matter.Channel.UNIT:
        raise Http404
    name = safe_filename(township.name, f"反映事项交办单{found.number}{found.unit}", found.channelled_on, "pdf")
    return files.download(printed([slip_of_matter(found)]), name=name, content_type="application/pdf", inline=True)


def _visitor(request, township, found):
    """The voter under masks, each with the way to see it whole for those who may; None where it is not to be seen."""
    if found.visitor_id is None or not queries.sees_visitor(request.standing, found):
        return None
    whole = queries.may_reveal(request.standing, found) and request.allows(may.VISITOR)
    rows = []
    for field, label in VISITOR_FIELDS:
        url = reverse("proposals-visitor", args=[township.code, found.pk, field]) if whole else ""
        rows.append((label, masked(found.visitor, field), url))
    return rows


def _erase_url(request, township, found) -> str:
    """Where the voter's data can be asked to be erased, for those who may see it whole."""
    if found.visitor_id is None or not (request.allows(ERASE) and queries.may_reveal(request.standing, found)):
        return ""
    return reverse("erasure-new", args=[township.code, "proposals.visitor", found.visitor_id])


@township_view(may.VISITOR)
@proved
def visitor(request, township, pk, field):
    """The voter's datum whole, for a reason and on record: clerk and receiving deputies only."""
    found = visible_matter(request, pk)
    labels = {
        each.name: each.verbose_name for each in encrypted_fields(type(found)._meta.get_field("visitor").related_model)
    }
    if field not in labels or found.visitor_id is None or not queries.may_reveal(request.standing, found):
        raise Http404
    label = f"选民{labels[field]}"
    return reveal_page(request, found.visitor, field, label=label, back=at(township, "proposals-matter", pk))
