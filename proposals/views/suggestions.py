"""Suggestions: the ledger, a new one, the page of one with its single thread."""

from django.http import Http404
from django.urls import reverse

from congress import files
from congress.law.sources import gist
from congress.models import Role
from congress.spreadsheets.write import safe_filename
from congress.web import attachments
from congress.web.pages import page, township_view
from congress.web.records import at, form_page, url_of
from congress.web.several import Print, Several
from congress.web.steps import buttons
from congress.web.table import show
from congress.wording import chinese_date
from congress.work.workdays import at_rest
from deputies.queries import told_apart
from proposals import actions, queries
from proposals import permissions as may
from proposals.documents import printed, slip_of_share, slips_to_sign
from proposals.forms.suggestions import SuggestionForm
from proposals.life import SUGGESTION
from proposals.life.words import replies
from proposals.listings.suggestions import days_left, stage_badge
from proposals.listings.suggestions import suggestions as ledger
from proposals.models import Assignment, Matter
from proposals.queries.visible import READS_ALL
from proposals.views.common import seen, trail, visible_suggestion

NO_SLIP = "没有等待签收的交办单：还没有交办，或者承办单位都已签收。"
SLIPS = Print("slips", "打印交办单", "代表建议交办单", may.DELIVER, slips_to_sign, printed, NO_SLIP)
SEVERAL = Several(SUGGESTION, "suggestions/", ("代表建议", "proposals-suggestions"), prints=(SLIPS,))


@township_view(may.SUGGESTIONS)
def suggestions(request, township):
    """The ledger as the viewer may see it."""
    beside = ("summary", "category", "lead", "session__term", "joined_to", "township__county")
    rows = told_apart(queries.visible_suggestions(request.standing).select_related(*beside), "lead")
    new = [("提出建议", reverse("proposals-suggestion-new", args=[township.code]), "plus-lg")]
    heads = new if request.allows(may.SUBMIT) else []
    if request.allows(may.REGISTER):
        heads = [*heads, ("导入台账", reverse("import-new", args=[township.code, "proposals.suggestions"]), "upload")]
    return show(request, township, ledger(request.standing), rows, actions=heads, several=SEVERAL)


def _own(request):
    """The deputy in whose name alone the viewer may submit; None for the clerk, who writes down for any."""
    if request.standing.has(Role.CLERK):
        return None
    own = queries.deputy_of(request.user)
    if own is None:
        raise Http404
    return own


@township_view(may.SUBMIT)
def suggestion_new(request, township):
    """A new suggestion, by a deputy or by the clerk for one."""
    form = SuggestionForm(request.POST or None, own=_own(request))
    return form_page(
        request,
        form,
        lambda: actions.submit_suggestion(request.user, township, **form.values()),
        title="提出代表建议",
        lead="一事一议，写明情况、问题和具体建议。代表可以随时提出，一人即可。",
        submit="提交",
        said="已提交，等待登记。",
        back=url_of,
        cancel_url=at(township, "proposals-suggestions"),
        template="congress/step.html",
        draft=True,
        opens_offline=True,
    )


@township_view(may.SUGGESTIONS)
def suggestion(request, township, pk):
    """One suggestion: what it says, who has it, until when and why, and everything that happened in one thread."""
    found = visible_suggestion(request, pk)
    seen(request)
    named = queries.sees_names(request.standing, found)
    if found.matter_id:
        # The thread begins with the reception; its rows are read once for all entries.
        found.matter = queries.with_matter(Matter.objects.all()).get(pk=found.matter_id)
    matter_seen = found.matter_id and queries.visible_matters(request.standing).filter(pk=found.matter_id).exists()
    own = queries.facts_for(request.standing, found)
    context = {
        "suggestion": found,
        "stage": queries.stage_of(found),
        "badge": stage_badge(found),
        "left": days_left(found, own),
        "due": _due(found, own),
        "rows": _facts(request, township, found, named, matter_seen),
        "buttons": buttons(SUGGESTION, request.standing, found),
        "thread": queries.suggestion_thread(request.standing, found),
        "replies": replies(found),
        "reach": _reach(request, township, found),
        "files": attachments.shown(request.standing, found),
        "breadcrumbs": trail(township, ("代表建议", "proposals-suggestions"), (str(found), "proposals-suggestion", pk)),
    }
    return page(request, "proposals/suggestion.html", context)


def _reach(request, township, found) -> list[tuple]:
    """For the office: how far the hand-over to each unit came, with its slip to print."""
    shares = queries.current_shares(found)
    if not shares or not request.standing.has(*READS_ALL):
        return []
    accounts, url = queries.readers(share.unit_id for share in shares), url_of(found, township)
    prints = request.allows(may.DELIVER)
    return [
        (
            share.get_part_display(),
            queries.reach_of_share(share, url, accounts),
            at(township, "proposals-suggestion-slip", found.pk, share.pk) if prints and not share.signed_on else "",
        )
        for share in shares
    ]


@township_view(may.DELIVER)
def slip(request, township, pk, share):
    """The printed slip with which a unit's share is delivered."""
    found = visible_suggestion(request, pk)
    given = next((one for one in queries.current_shares(found) if one.pk == share), None)
    if given is None:
        raise Http404
    name = safe_filename(township.name, f"代表建议交办单{found.number}{given.unit}", given.assigned_on, "pdf")
    return files.download(
        printed([slip_of_share(found, given)]), name=name, content_type="application/pdf", inline=True
    )


def _due(found, facts) -> dict | None:
    limit = queries.due_of(found, facts)
    if limit is None:
        return None
    return {"limit": limit, "gist": gist(limit.citation), "rest": at_rest(limit.date) if limit.forward else []}


def _facts(request, township, found, named: bool, matter_seen) -> list[tuple]:
    hidden = "（应代表要求不公开）"
    cosigners = "、".join(
        row.deputy.name if row.confirmed_on else f"{row.deputy.name}（待确认）" for row in found.cosigners.all()
    )
    source = reverse("proposals-matter", args=[township.code, found.matter_id]) if matter_seen else ""
    rows = [
        ("编号", found.number or "登记后编号"),
        ("领衔代表", found.lead.name if named else hidden),
        ("联名代表", (cosigners if named else hidden) if cosigners else "无"),
        ("类别", found.category.label),
        ("提出时间", f"{chinese_date(found.submitted_on)}，{found.session if found.session_id else '闭会期间'}"),
        ("办理层级", found.get_scale_display()),
        *_units(found),
        *_joined(request, township, found),
    ]
    if found.matter_id and named:
        rows.append(("来源", f"选民反映事项{found.matter.number}", source))
    if found.confidential and request.standing.has(*READS_ALL):
        rows.append(("保密", "要求对承办单位隐去姓名"))
    if found.difficult:
        rows.append(("难度", "涉及面广、处理难度大"))
    return rows


def _units(found) -> list[tuple]:
    """Who handles it; of units that answer separately how far each has come, and until when."""
    answering = queries.answering_shares(found)
    if answering and answering[0].part == Assignment.Part.SEPARATE:
        return [("办理方式", "分办：各单位分别办理、分别答复"), *(_part(found, share) for share in answering)]
    shares = queries.current_shares(found)
    lead, assisting = (
        "、".join(share.unit.name for share in shares if share.part == part)
        for part in (Assignment.Part.LEAD, Assignment.Part.ASSIST)
    )
    return [("主办单位", lead or "尚未交办"), ("协办单位", assisting or "无")]


def _joined(request, township, found) -> list[tuple]:
    """With which suggestions it is handled together; a link for those who may read them."""
    main, joined = queries.main_of(found), list(found.joined.all())
    others = [*([main] if main else []), *joined]
    if not others:
        return []
    rows = queries.visible_suggestions(request.standing).filter(pk__in=[one.pk for one in others])
    seen = set(rows.values_list("pk", flat=True))

    def line(one, words: str) -> tuple:
        url = reverse("proposals-suggestion", args=[township.code, one.pk]) if one.pk in seen else ""
        return ("并案", words, url)

    here = [line(main, f"并入第{main.number}号，随之办理，分别答复")] if main else []
    return [*here, *(line(one, f"第{one.number}号并入这一件，一并办理") for one in joined)]


def _part(found, share: Assignment) -> tuple[str, str]:
    facts = queries.facts_of(found).of(share.strand)
    strand, limit = queries.pressing(found, facts)
    said = f"{share.unit.name}：{strand.stage.label}，答复期限{chinese_date(limit.date)}"
    if strand.replied_on:
        late = (strand.replied_on - limit.date).days
        said += f"，{chinese_date(strand.replied_on)}答复" + (f"（逾期{late}天）" if late > 0 else "")
    return ("分办单位", said)
