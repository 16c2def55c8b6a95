"""The roll of an election: how it stands, its list, its changes, and what changes it."""

from congress.imports import kinds
from congress.law.finding import Finding
from congress.web.forms import ReasonForm
from congress.web.pages import done, page, township_view, turned_away
from congress.web.records import at, form_page, import_at, kept_or_404
from congress.web.table import show
from congress.work import jobs
from elections import actions
from elections.actions import lists
from elections.forms.voters import MoveForm, RemovalForm, TellApartForm
from elections.imports.lists import PersonList
from elections.listings.roll import CHANGES, roll_of
from elections.models import Campaign, Election, Registration, RollChange, Voter
from elections.permissions import VOTERS, VOTERS_EDIT
from elections.queries import roll as queries
from elections.queries.lists import free_again, frozen_list
from elections.tasks import CARRY

ENTRIES = Registration.objects.select_related("election__campaign", "district", "voter__data_key", "township__county")


@township_view(VOTERS)
def voters(request, township):
    """The registration of voters as it stands: each level's roll with its equation, and what waits to be done."""
    campaign = queries.open_campaigns().first()
    levels = queries.levels(campaign) if campaign else []
    context = {
        "campaign": campaign,
        "levels": [(one, queries.equation(one), queries.roll(one).count()) for one in levels],
        "findings": _findings(levels),
        "due": free_again(levels[0]).select_related("voter")[:50] if levels else [],
        "grown": queries.come_of_age(campaign) if campaign else [],
        "under_way": jobs.under_way(CARRY),
        "may_edit": request.allows(VOTERS_EDIT),
        "lists": [(one.key, one.label) for one in kinds() if issubclass(one, PersonList)],
    }
    return page(request, "elections/voters.html", context)


def _findings(levels: list[Election]) -> list[Finding]:
    """What stands against freezing the first level's list; of a list that is frozen, who stands on it wrongly since."""
    frozen = [one for one in levels if frozen_list(one)]
    found = lists.against_freezing(levels[0]) if levels and levels[0] not in frozen else []
    return list(dict.fromkeys([*found, *(each for one in frozen for each in lists.standing_wrongly(one))]))


@township_view(VOTERS)
def roll_list(request, township, pk):
    """The roll of one level's election."""
    election = kept_or_404(Election.objects.select_related("term", "campaign"), pk)
    head = []
    if request.allows(VOTERS_EDIT) and election.campaign_id:
        head = [
            ("登记选民", at(township, "elections-voter-new", election.campaign_id), "person-plus"),
            ("导入选民册", import_at(township, "elections.roll", election=election.pk), "upload"),
        ]
    title = f"{election.term.get_level_display()}选民册"
    trail = {"breadcrumbs": [("选民登记", at(township, "elections-voters")), (title, "")]}
    return show(request, township, roll_of(election), queries.roll(election), actions=head, context=trail)


@township_view(VOTERS)
def change_list(request, township, pk):
    """The changes of one level's roll."""
    election = kept_or_404(Election.objects.select_related("term"), pk)
    rows = RollChange.objects.kept().filter(election=election)
    rows = rows.select_related("registration__voter", "registration__district", "supplement")
    trail = {"breadcrumbs": [("选民登记", at(township, "elections-voters")), ("选民册变动", "")]}
    return show(request, township, CHANGES, rows, context=trail)


def basis(form) -> actions.Basis:
    """What a form of removal says a change rests on."""
    names = ("paper", "body", "reason", "until", "confirmed_on", "proof", "intermittent")
    return actions.Basis(**{name: form.cleaned_data[name] for name in names})


@township_view(VOTERS_EDIT)
def entry_remove(request, township, pk):
    """Take a voter off the roll on a ground of the closed list."""
    entry = kept_or_404(ENTRIES, pk)
    form = RemovalForm(request.POST or None, row=entry)

    def act():
        said = form.cleaned_data
        return actions.change(request.user, entry, said["kind"], said["happened_on"], basis(form))

    return form_page(
        request,
        form,
        act,
        title=f"{entry.voter.name}：除名、不列入名单",
        lead="只有法律列出的事由可以除名，每项都要有依据；“上次没有登记过”不是事由。两级同时选举的，两级一并变动。",
        said="已变更选民册。",
        submit="变更",
        back=at(township, "elections-voter", entry.voter_id),
    )


@township_view(VOTERS_EDIT)
def entry_move(request, township, pk):
    """Move a voter to another district or group of the township."""
    entry = kept_or_404(ENTRIES, pk)
    form = MoveForm(request.POST or None, row=entry, campaign=entry.election.campaign)

    def act():
        said = form.cleaned_data
        return actions.move(request.user, entry, said["group"], said["happened_on"], said["paper"])

    return form_page(
        request,
        form,
        act,
        title=f"{entry.voter.name}：转到其他选区、小组",
        lead=f"现在{entry.district}登记。转到其他乡镇的，请提出选民转移。",
        said="已转移。",
        submit="转移",
        back=at(township, "elections-voter", entry.voter_id),
    )


@township_view(VOTERS_EDIT)
def change_undo(request, township, pk):
    """Take back a change entered by mistake."""
    row = kept_or_404(RollChange.objects.select_related("registration__voter"), pk)
    form = ReasonForm(request.POST or None, row=row)
    return form_page(
        request,
        form,
        lambda: actions.undo(request.user, row, form.cleaned_data["reason"], form.cleaned_data["version"]),
        title=f"撤销变动：{row}",
        lead="只用于登记有误的变动；撤销以后该选民重新在册。",
        said="已撤销。",
        submit="撤销",
        back=at(township, "elections-voter", row.registration.voter_id),
    )


@township_view(VOTERS)
def duplicates(request, township, pk):
    """Pairs of one name and birth date nobody decided on; and, asked for, who stands in another township as well."""
    campaign = kept_or_404(Campaign, pk)
    found = None
    if request.method == "POST":
        found = actions.elsewhere(request.user, campaign)
        names = {one.pk: one for one in Voter.objects.kept().filter(pk__in=[each.voter for each in found])}
        found = [(names[each.voter], each) for each in found]
    context = {
        "campaign": campaign,
        "pairs": queries.undecided(campaign),
        "found": found,
        "may_edit": request.allows(VOTERS_EDIT),
    }
    return page(request, "elections/duplicates.html", context)


@township_view(VOTERS_EDIT)
def tell_apart(request, township, pk, voter_twin):
    """Decide of two entries whether they are one person."""
    one, two = kept_or_404(Voter, pk), kept_or_404(Voter, voter_twin)
    form = TellApartForm(request.POST or None)

    def act():
        return actions.decide(request.user, one, two, **{name: form.cleaned_data[name] for name in ("same", "told_by")})

    return form_page(
        request,
        form,
        act,
        title=f"核对同名同日的选民：{one.name}",
        lead="系统不按姓名合并。是同一人的，保留第一条，第二条作为重复登记除名。",
        said="已核对。",
        back=at(township, "elections-voters"),
        template="elections/tell_apart.html",
        two=[(each, list(queries.entries_of(each))) for each in (one, two)],
    )


@township_view(VOTERS_EDIT)
def carry(request, township, pk):
    """Start the job that carries the last roll over."""
    election = kept_or_404(Election.objects.select_related("term"), pk)
    back = at(township, "elections-voters")
    against = actions.against_carrying(election)
    if request.method == "POST" and against:
        return turned_away(request, against, back)
    if request.method == "POST":
        job = jobs.start(
            CARRY,
            f"结转{election.term.get_level_display()}选民登记",
            owner=request.user,
            township=township,
            arguments={"election": str(election.pk)},
        )
        return done(request, "已开始结转，完成后在本页查看结果。", at(township, "job", job.pk))
    context = {
        "title": "结转上次选民登记",
        "rows": [("这次选举", str(election)), ("上次选民册", str(actions.last_roll(election) or "没有"))],
        "findings": against,
        "consequences": ["上次在册的选民按选区号、小组号列入这次选民册", "已经登记的和期内不列入的不重复列入"],
        "submit": "开始结转",
        "cancel_url": back,
    }
    return page(request, "congress/confirm.html", context)
