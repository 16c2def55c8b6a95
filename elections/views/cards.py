"""The register of voters' cards: every number given out, one card, another in place of a lost one."""

from congress import clock, files, history
from congress.spreadsheets.write import safe_filename
from congress.web.pages import page, township_view
from congress.web.records import at, form_page, kept_or_404, url_of
from congress.web.table import show
from congress.wording import chinese_date
from elections import permissions as may
from elections.actions.cards import reissue
from elections.documents.cards import printed_card
from elections.forms.cards import ReissueForm
from elections.listings.cards import CARDS, state_of
from elections.models import Election, VoterCard
from elections.queries.cards import register
from elections.views.frame import LEVELS
from elections.views.lists import trail

ROWS = VoterCard.objects.select_related(
    "election__campaign",
    "election__term",
    "district",
    "replaces",
    "registration__voter",
    "registration__group",
    "township__county",
)


@township_view(may.VOTERS)
def card_list(request, township, pk):
    """The register of one level's election."""
    election = kept_or_404(LEVELS, pk)
    return show(request, township, CARDS, register(election), context={"breadcrumbs": _trail(township, election)})


def _trail(township, election: Election, *more: tuple[str, str]) -> list[tuple[str, str]]:
    listed = at(township, "elections-cards", election.pk) if more else ""
    return trail(township, election, (CARDS.title, listed), *more)


@township_view(may.VOTERS)
def card(request, township, pk):
    """One card: whose, from which day, what it replaces and what replaces it."""
    found = kept_or_404(ROWS, pk)
    voter, later = found.registration.voter, found.replaced_by.kept().first()
    rows = [
        ("选民", voter.name, at(township, "elections-voter", voter.pk)),
        ("选区", str(found.district)),
        ("选民小组", str(found.registration.group or "")),
        ("状态", state_of(found)),
        ("制发日期", chinese_date(found.issued_on)),
        ("作废日期", chinese_date(found.voided_on) if found.voided_on else ""),
        *([("原选民证", str(found.replaces), url_of(found.replaces, township))] if found.replaces else []),
        ("补发原因", found.get_reason_display()),
        ("领取人", found.get_taken_by_display()),
        *([("补发的选民证", str(later), url_of(later, township))] if later else []),
    ]
    valid = state_of(found) == "有效"
    heads = []
    if valid and request.allows(may.VOTERS_EDIT):
        heads.append(("补发", at(township, "elections-card-reissue", pk), "arrow-clockwise"))
    if valid and request.allows(may.ISSUE):
        heads.append(("打印这张证", at(township, "elections-card-print", pk), "printer"))
    context = {
        "title": f"{found}：{voter.name}",
        "rows": rows,
        "actions": heads,
        "history": history.of(found),
        "breadcrumbs": _trail(township, found.election, (str(found), "")),
    }
    return page(request, "congress/detail.html", context)


@township_view(may.VOTERS_EDIT)
def card_reissue(request, township, pk):
    """Another card in place of a lost one."""
    found = kept_or_404(ROWS, pk)
    form = ReissueForm(request.POST or None, row=found)

    def act() -> VoterCard:
        said = form.cleaned_data
        given = {name: said[name] for name in ("reason", "taken_by", "on", "version")}
        return reissue(request.user, found, **given)

    return form_page(
        request,
        form,
        act,
        title=f"补发选民证：{found.registration.voter.name}",
        lead=f"{found.district}{found}自补发之日起作废，新证取本选区下一个号码。选民证号不写在选票上，查不到谁投了什么票。",
        said=lambda made: f"已补发第{made.number}号，请打印。",
        submit="补发",
        back=lambda made: url_of(made, township),
        cancel_url=url_of(found, township),
    )


@township_view(may.ISSUE)
def card_print(request, township, pk):
    """The card itself, on one sheet."""
    found = kept_or_404(ROWS, pk)
    name = safe_filename(township.name, "选民证", clock.today(), "pdf")
    return files.download(printed_card(found), name=name, content_type="application/pdf")
