"""Receptions of voters: the list, the phone form, the page of one reception."""

import uuid

from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress.models import Role
from congress.permissions import IMPORTS
from congress.web import attachments
from congress.web.pages import page, township_view
from congress.web.records import at, form_page, url_of
from congress.web.steps import buttons
from congress.web.table import show
from congress.wording import chinese_date
from deputies.queries import stations_kept_by
from proposals import actions, queries
from proposals import permissions as may
from proposals.forms.receptions import MatterForm, ReceptionForm
from proposals.life import MATTER, RECEPTION
from proposals.listings.receptions import RECEPTIONS, matter_state, reception_rows
from proposals.models import Matter, Reception
from proposals.views.common import trail


def _visible(request, pk) -> Reception:
    return get_object_or_404(queries.with_reception(queries.visible_receptions(request.standing)), pk=pk)


@township_view(may.RECEPTIONS)
def receptions(request, township):
    """The receptions the viewer may see."""
    new = [("登记接待", reverse("proposals-reception-new", args=[township.code]), "plus-lg")]
    rows = reception_rows(queries.visible_receptions(request.standing))
    heads = new if request.allows(may.LOG) else []
    if request.allows(may.LOG) and request.allows(IMPORTS):
        heads = [*heads, ("导入台账", reverse("import-new", args=[township.code, "proposals.receptions"]), "upload")]
    return show(request, township, RECEPTIONS, rows, actions=heads)


@township_view(may.LOG)
def reception_new(request, township):
    """The phone form: a reception with its first matter."""
    own = queries.deputy_of(request.user) if request.standing.has(Role.DEPUTY) else None
    alone = request.standing.has(Role.LIAISON) and not request.standing.has(Role.CHAIR, Role.CLERK, Role.DEPUTY)
    stations = stations_kept_by(request.user) if alone else None
    form = ReceptionForm(request.POST or None, request.FILES or None, own=own, stations=stations)

    def log() -> Reception:
        made = actions.log_reception(request.user, township, matter=form.matter(), **form.reception())
        _keep_files(request, made.matters.order_by("number").first(), form)
        return made

    return form_page(
        request,
        form,
        log,
        title="登记接待选民",
        said=lambda made: _onward(request, form, made)[0],
        back=lambda made: _onward(request, form, made)[1],
        cancel_url=at(township, "proposals-receptions"),
        template="proposals/reception_new.html",
        draft=True,
        opens_offline=True,
        again="保存，再加一件",
    )


def _keep_files(request, matter: Matter, form: MatterForm) -> None:
    """Photographs and papers that came with the words, under keys of the matter's: sent twice, they are kept once."""
    attachments.add_all(request.user, matter, form.cleaned_data["files"], key=uuid.uuid5(matter.pk, "files"))


def _onward(request, form, made: Reception | Matter) -> tuple[str, str]:
    """The word, and where to go after saving: the suggestion's page, one more matter, or the reception."""
    first = isinstance(made, Reception)
    reception = made if first else made.reception
    if form.is_valid() and form.to_suggestion:
        matter = made.matters.order_by("number").first() if first else made
        if not matter.channel:
            return "已保存接待和事项，请接着填写建议。", MATTER.url(matter, "suggestion")
    told = _told(made, first)
    if "again" in request.POST:
        return f"已保存，{told}请登记下一件。", at(reception.township, "proposals-reception-add", reception.pk)
    return f"已登记。{told}", url_of(reception)


def _told(made: Reception | Matter, first: bool) -> str:
    """What became of the matter's hand-over, where it was handed to a unit or is to be."""
    matter = made.matters.select_related("unit", "proposed_unit").order_by("number").first() if first else made
    if matter and matter.channel == Matter.Channel.UNIT:
        return queries.reached([matter.unit])
    if matter and matter.proposed_unit_id and not matter.channel:
        return f"转办{matter.proposed_unit}的意见已交办事员确认。"
    return ""


@township_view(may.LOG)
def matter_add(request, township, pk):
    """One more matter of the same reception."""
    reception = _visible(request, pk)
    form = MatterForm(request.POST or None, request.FILES or None, reception=reception)

    def add() -> Matter:
        made = actions.add_matter(request.user, reception, form.matter(), key=form.cleaned_data["key"])
        _keep_files(request, made, form)
        return made

    return form_page(
        request,
        form,
        add,
        title="再登记一件事项",
        lead=f"{reception}",
        said=lambda made: _onward(request, form, made)[0],
        back=lambda made: _onward(request, form, made)[1],
        cancel_url=url_of(reception),
        template="proposals/reception_new.html",
        draft=True,
        again="保存，再加一件",
    )


@township_view(may.RECEPTIONS)
def reception(request, township, pk):
    """One reception with its matters."""
    found = _visible(request, pk)
    receivers = found.receivers.kept().select_related("deputy", "mandate")
    matters = queries.with_matter(queries.visible_matters(request.standing)).filter(reception=found).order_by("number")
    context = {
        "reception": found,
        "receivers": receivers,
        "companions": found.companions.select_related("unit"),
        "matters": [(matter, matter_state(matter)) for matter in matters],
        "may_add": request.allows(may.LOG) and request.standing.writes,
        "buttons": buttons(RECEPTION, request.standing, found),
        "breadcrumbs": trail(
            township, ("接待选民", "proposals-receptions"), (chinese_date(found.held_on), "proposals-reception", pk)
        ),
    }
    return page(request, "proposals/reception.html", context)
