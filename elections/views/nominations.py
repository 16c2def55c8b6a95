"""Papers of nomination: the list of all, one with bodies or signatures, checking it; opinions of units."""

from collections.abc import Callable

from congress import printing
from congress.law.elections import NOMINATION_VOTERS
from congress.models import Job
from congress.web.pages import township_view
from congress.web.printing import BEGUN, answered, job_at, lies, print_view
from congress.web.records import at, form_page, kept_or_404, url_of
from congress.web.several import Several
from congress.web.table import Badge, show
from congress.wording import chinese_date
from elections.actions import nominations as acts
from elections.documents import nominations as papers
from elections.forms import nominations as forms
from elections.life import NOMINATION
from elections.listings import candidates as listings
from elections.models import Nomination, NominationSigner, Nominee
from elections.permissions import EDIT, VIEW
from elections.queries import candidates as queries
from elections.views.frame import LEVELS, name_of
from elections.views.kept import KeptPages

SEVERAL = Several(NOMINATION, "campaigns/nominations/", ("推荐表", "elections-nominations"))


def _facts(row: Nomination) -> list[tuple]:
    nominee = row.nominee
    settled = f"，{chinese_date(row.settled_on)}" if row.settled_on else ""
    return [
        ("被推荐人", nominee.name, url_of(nominee, row.township)),
        ("选区", f"{name_of(nominee.election)}{nominee.district}"),
        ("推荐方式", row.get_kind_display()),
        ("推荐的政党、人民团体", "、".join(one.name for one in queries.bodies_of(row))),
        ("编号", row.number),
        ("提出日期", chinese_date(row.submitted_on)),
        ("推荐理由", row.reason),
        ("纸面核对的联名人数", "" if row.paper_signers is None else f"{row.paper_signers}人"),
        ("状态", Badge(row.get_state_display() + settled, listings.STATES[row.state])),
        ("不符合的情形", row.refusal),
    ]


def _more(place, row: Nomination) -> dict:
    if row.kind != Nomination.Kind.VOTERS:
        return {"joint": False}
    lines = [(one, listings.signature_of(one), url_of(one, place)) for one in queries.signers(row)]
    return {
        "joint": True,
        "lines": lines,
        "needed": NOMINATION_VOTERS,
        "counting": sum(one.counts for one, _, _ in lines),
        "add_url": at(place, "elections-signers", row.pk) if row.state == Nomination.State.RECEIVED else "",
    }


def _listed(row: NominationSigner) -> str:
    """Where the voter a signature was taken for is listed."""
    entry = row.registration
    return f"{entry.voter.name}（{entry.district}{f'，{entry.group}' if entry.group else ''}）" if entry else ""


def _also(actor, form) -> Callable[[Nomination], dict] | None:
    """Writes the bodies and the signatures of a form, where they differ from what it has."""
    bodies, signatures = form.cleaned_data["bodies"], form.cleaned_data["signatures"]
    if not signatures and {one.pk for one in bodies} == set(form.initial.get("bodies", ())):
        return None

    def write(row: Nomination) -> dict:
        told = acts.set_bodies(row, bodies)
        if signatures:
            acts.enter_signers(actor, row, signatures)
        return told

    return write


NOMINATIONS = KeptPages(
    acts.NOMINATIONS,
    forms.NominationForm,
    None,
    "nominations",
    Nominee,
    rows=None,
    start=lambda nominee: {"nominee": nominee},
    above=lambda row: row.nominee,
    facts=_facts,
    reads=(
        "nominee__township__county",
        "nominee__election__term",
        "nominee__election__campaign",
        "nominee__election__township__county",
        "nominee__district",
        "nominee__data_key",
    ),
    lead="照纸上的内容登记；不符合法定条件的也能登记，核对时写明。",
    findings=lambda row: acts.against(row) if row.state == Nomination.State.RECEIVED else (),
    more=_more,
    template="elections/nomination.html",
    life=NOMINATION,
    also=_also,
    home=lambda place, nominee: url_of(nominee, place),
)
SIGNERS = KeptPages(
    acts.SIGNERS,
    forms.SignerForm,
    None,
    "signers",
    Nomination,
    rows=None,
    start=lambda nomination: {"nomination": nomination, "line": acts.next_line(nomination)},
    above=lambda row: row.nomination,
    facts=lambda row: [
        ("推荐表", str(row.nomination), url_of(row.nomination, row.township)),
        ("签名", row.written),
        ("选民证号", row.card_no or ""),
        ("名单上的选民", _listed(row)),
        ("不计的原因", row.struck),
    ],
    reads=(
        "nomination__nominee__election__term",
        "nomination__nominee__election__campaign",
        "nomination__nominee__district",
        "registration__voter",
        "registration__district",
        "registration__group",
    ),
    home=lambda place, nomination: url_of(nomination, place),
)
VETTINGS = KeptPages(
    acts.VETTINGS,
    forms.VettingForm,
    None,
    "vettings",
    Nominee,
    rows=None,
    start=lambda nominee: {"nominee": nominee},
    above=lambda row: row.nominee,
    facts=lambda row: [
        ("被推荐人", row.nominee.name, url_of(row.nominee, row.township)),
        ("单位", str(row.unit)),
        ("送审日期", chinese_date(row.asked_on)),
        ("答复期限", f"{chinese_date(row.due_on)}（本乡镇自定）"),
        ("意见", row.get_opinion_display()),
        ("法定情形", row.get_ground_display()),
        ("意见内容", row.words),
        ("答复日期", chinese_date(row.answered_on) if row.answered_on else ""),
        ("答复文件", row.paper),
    ],
    reads=("nominee__election__term", "nominee__election__campaign", "nominee__district", "unit"),
    lead="法定情形只有法律写明的几种，须有证明文件；“居住满三年”一类是地方建议，只供了解，不影响列入名单。",
    home=lambda place, nominee: url_of(nominee, place),
)


@township_view(VIEW)
def nomination_list(request, township):
    """All forms of the election works that are under way."""
    rows = queries.open_nominations()
    trail = [("选举工作", at(township, "elections-campaigns")), ("推荐表", "")]
    return show(request, township, listings.NOMINATIONS, rows, several=SEVERAL, context={"breadcrumbs": trail})


def _nomination(pk) -> Nomination:
    found: Nomination = kept_or_404(NOMINATION.read(Nomination.objects.all()), pk)
    return found


@township_view(EDIT)
def signers(request, township, pk):
    """Enter signatures of a form, one a line."""
    found = _nomination(pk)
    form = forms.SignersForm(request.POST or None)

    def act() -> dict:
        return acts.enter_signers(request.user, found, form.cleaned_data["signatures"])

    def said(told: dict) -> str:
        unknown = told["several"] + told["nowhere"]
        return f"已登记，{told['found']}人在本选区选民名单上" + (f"，{unknown}人待核对。" if unknown else "。")

    return form_page(
        request,
        form,
        act,
        title=f"登记联名选民：{found.nominee}",
        lead="照推荐表逐行录入；系统按本选区选民名单核对，同名的凭选民证号分清，名单上没有的保留待核对。",
        said=lambda told: said(told) if isinstance(told, dict) else "已登记。",
        back=url_of(found, township),
    )


@township_view(VIEW)
def blank_forms(request, township, pk):
    """Empty forms of nomination of one district or all, each with a code that leads to where it is typed in."""
    election = kept_or_404(LEVELS, pk)
    form = forms.BlankForm(request.POST or None, districts=queries.districts_of(election))

    def act() -> bytes | Job:
        said = form.cleaned_data
        options = {"kind": said["kind"], "site": request.build_absolute_uri("/")}
        options |= {"district": str(said["district"].pk)} if said["district"] else {}
        return printing.make(request.user, papers.FORM, township, election, options, said["key"])

    return form_page(
        request,
        form,
        act,
        title="打印空白推荐表",
        lead="每个选区一张，照样复印；表上的码用手机一扫，就打开登记被推荐人的页面。",
        submit="印制",
        said=BEGUN,
        back=lambda made: job_at(township, made),
        cancel_url=at(township, "elections-nominee-list", pk),
        answer=lambda made: answered(request, township, papers.FORM.words, made),
        template="congress/print.html",
        **lies(request, papers.FORM, election),
    )


statement = print_view(papers.STATEMENT)


PAGES = (NOMINATIONS, SIGNERS, VETTINGS)
