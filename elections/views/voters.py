"""Voters: the page of one, registering by hand, changing an entry, the household that signs together."""

from django.shortcuts import redirect

from congress import history
from congress.people.fields import masked
from congress.permissions import REVEAL
from congress.web.pages import page, township_view
from congress.web.records import at, form_page, kept_or_404
from congress.web.table import show
from congress.wording import chinese_date
from elections import actions
from elections.forms.voters import REGISTERED, EnterForm, FindForm, HouseholdForm, VoterForm
from elections.listings.roll import VOTERS as EVERYBODY
from elections.models import Campaign, Registration, Voter
from elections.permissions import VOTERS, VOTERS_EDIT
from elections.queries import roll as queries
from elections.queries.proxies import proxies_of

ENTRIES = Voter.objects.select_related("data_key", "township__county")


@township_view(VOTERS)
def voter(request, township, pk):
    """One voter: who, where registered, every change, what keeps them off, who is asked to take them over."""
    found = kept_or_404(ENTRIES, pk)
    here = request.get_full_path()
    hidden = [
        {
            "label": Voter._meta.get_field(name).verbose_name,
            "value": masked(found, name),
            "url": f"{at(township, 'reveal', 'elections.voter', pk, name)}?next={here}"
            if request.allows(REVEAL)
            else "",
        }
        for name in ("id_number", "phone", "address")
    ]
    entries = list(queries.entries_of(found))
    open_works = list(queries.open_campaigns())
    stands_in = [one for one in open_works if any(_stands(entry, one) for entry in entries)]
    context = {
        "voter": found,
        "facts": voter_facts(found),
        "hidden": hidden,
        "entries": entries,
        "changes": list(queries.changes_of(found)),
        "exclusions": list(found.exclusions.kept()),
        "transfers": list(found.transfers.kept().select_related("other_township")),
        "proxies": list(proxies_of(found)),
        "works": [one for one in open_works if one not in stands_in],
        "stands_in": stands_in,
        "may_edit": request.allows(VOTERS_EDIT),
        "history": history.of(found),
        "breadcrumbs": [("选民登记", at(township, "elections-voters")), *_roll_of(entries, township), (str(found), "")],
    }
    return page(request, "elections/voter.html", context)


def _roll_of(entries: list[Registration], township) -> list[tuple[str, str]]:
    """The roll the voter was last entered in."""
    return [
        (f"{one.election.term.get_level_display()}选民册", at(township, "elections-roll", one.election_id))
        for one in entries[:1]
    ]


def _stands(entry: Registration, campaign: Campaign) -> bool:
    return entry.on_roll and entry.election.campaign_id == campaign.pk


def voter_facts(found: Voter) -> list[tuple]:
    """What an entry says in the open, as (term, value)."""
    return [
        ("性别", found.get_gender_display()),
        ("民族", found.ethnicity),
        ("出生日期", f"{chinese_date(found.birth_date)}（{found.get_evidence_display()}）"),
        ("村（社区）", found.village),
        ("户号", found.household_no),
        ("户籍所在地", found.get_household_display()),
        ("工作单位", found.employer),
        ("备注", found.remark),
    ]


def _entry(form, **values) -> actions.Entry:
    """What the form says beside the person."""
    said = {name: form.cleaned_data[name] for name in REGISTERED}
    return actions.Entry(both_levels=not said.pop("county_only"), **said, **values)


@township_view(VOTERS_EDIT)
def voter_new(request, township, pk):
    """Register a voter by hand, at both levels with one entry."""
    campaign = kept_or_404(Campaign, pk)
    form = VoterForm(request.POST or None, instance=Voter(township=township), campaign=campaign)
    return form_page(
        request,
        form,
        lambda: actions.register(request.user, form.instance, campaign, _entry(form)),
        title="登记选民",
        lead=f"{campaign}，选举日{chinese_date(campaign.election_day)}。两级同时选举的，一次登记两级。",
        said="已登记。",
        submit="登记",
        back=lambda made: at(township, "elections-voter", made.pk),
        cancel_url=at(township, "elections-voters"),
        enter_next=True,
    )


@township_view(VOTERS)
def voter_list(request, township):
    """Everybody the township knows as a voter, of this election or one before."""
    trail = {"breadcrumbs": [("选民登记", at(township, "elections-voters")), (EVERYBODY.title, "")]}
    return show(request, township, EVERYBODY, Voter.objects.kept(), context=trail)


@township_view(VOTERS_EDIT)
def voter_edit(request, township, pk):
    """Change a voter's entry."""
    found = kept_or_404(ENTRIES, pk)
    form = VoterForm(request.POST or None, instance=found)
    return form_page(
        request,
        form,
        lambda: actions.save_voter(request.user, form.instance, form.cleaned_data.get("version")),
        title=f"修改{found.name}的信息",
        lead="名单定稿以后更正姓名、性别的，列入下一次补正公告。",
        said="已保存。",
        back=at(township, "elections-voter", pk),
    )


@township_view(VOTERS_EDIT)
def voter_enter(request, township, pk, campaign):
    """Enter a voter kept from before in the roll: rights restored, moved in, left out before."""
    found, work = kept_or_404(ENTRIES, pk), kept_or_404(Campaign, campaign)
    form = EnterForm(request.POST or None, campaign=work)
    return form_page(
        request,
        form,
        lambda: actions.register(request.user, found, work, _entry(form)),
        title=f"登记{found.name}",
        lead=f"{work}，选举日{chinese_date(work.election_day)}。",
        said="已登记。",
        submit="登记",
        back=at(township, "elections-voter", pk),
    )


@township_view(VOTERS_EDIT)
def household(request, township, pk):
    """The household of a voter: its entries on one sheet, looked at and signed for at once."""
    found = kept_or_404(ENTRIES, pk)
    members = queries.household(found)
    entries: dict = {}
    for one in queries.entries_of(*members):
        entries.setdefault(one.voter_id, []).append(one)
    campaign = queries.open_campaigns().first()
    form = HouseholdForm(request.POST or None, voters=members)

    def confirm():
        said = form.cleaned_data
        return actions.confirm(request.user, campaign, said["voters"], said["confirmed_on"], said["by"])

    return form_page(
        request,
        form,
        confirm,
        title=f"户号{found.household_no}的选民" if found.household_no else f"{found.name}的登记",
        lead="本人或者家属看过以后签字，勾选已核对的人。信息有误的先到选民页面修改。",
        said=lambda number: f"已核对{number}人。",
        submit="核对",
        back=at(township, "elections-voter", pk),
        template="elections/household.html",
        members=[(one, voter_facts(one), entries.get(one.pk, [])) for one in members],
    )


@township_view(VOTERS_EDIT)
def voter_find(request, township):
    """Find a voter by identity number: here, or whether and where in another township of the county."""
    form = FindForm(request.POST or None)
    campaign = queries.open_campaigns().first()

    def look():
        number = form.cleaned_data["number"]
        here = Voter.objects.kept().filter(id_index=number).first()
        return here, [] if here or campaign is None else actions.elsewhere(request.user, campaign, number)

    def answer(found):
        here, there = found
        if here is not None:
            return redirect(at(township, "elections-voter", here.pk))
        context = {"title": "按身份证号查找", "there": there, "back": at(township, "elections-voter-find")}
        return page(request, "elections/found.html", context)

    return form_page(
        request,
        form,
        look,
        title="按身份证号查找",
        lead="先查这里的选民册，没有的再查其他乡镇；查其他乡镇只告诉有没有、在哪个选区，并且记录在案。",
        said="",
        submit="查找",
        answer=answer,
        back=at(township, "elections-voters"),
    )
