"""Who is named for the deputies: the list of a level, one person with forms and opinions, and the units that are asked."""

from congress.guard.record import kept
from congress.law.elections import NOMINATION_VOTERS
from congress.law.sources import cite, gist
from congress.people.fields import masked
from congress.web.pages import township_view
from congress.web.records import at, form_page, import_at, kept_or_404, url_of
from congress.web.table import show
from congress.wording import chinese_date
from elections.actions import candidates as acts
from elections.actions import nominations as forms_of
from elections.forms import candidates as forms
from elections.forms.nominations import AskForm
from elections.life import NOMINEE
from elections.listings import candidates as listings
from elections.models import Campaign, Election, NominatingBody, Nomination, Nominee, Vetting, VettingUnit
from elections.permissions import EDIT, VIEW
from elections.queries import candidates as queries
from elections.views.frame import LEVELS, name_of
from elections.views.kept import KeptPages

LEAD = (
    f"选民{NOMINATION_VOTERS}人以上联名，各政党、各人民团体联合或者单独，都可以推荐；依法推荐的都列入代表候选人名单，"
    "不得调换或者增减。"
)


def _heads(place, election: Election) -> list[tuple]:
    campaign = election.campaign_id
    return [
        ("导入", import_at(place, "elections.nominees", election=election.pk), "upload"),
        ("推荐表", at(place, "elections-nominations"), "file-earmark-text"),
        ("打印空白推荐表", at(place, "elections-nomination-forms", election.pk), "printer"),
        ("送联审", at(place, "elections-vetting-ask", election.pk), "send"),
        ("联审意见", at(place, "elections-vettings", election.pk), "clipboard-check"),
        ("政党、人民团体", at(place, "elections-body-list", campaign), "diagram-3"),
        ("联审单位", at(place, "elections-vetting-unit-list", campaign), "building"),
    ]


def _facts(row: Nominee) -> list[tuple]:
    return [
        ("选举", f"{name_of(row.election)}{row.election}"),
        ("选区", f"{row.district}，应选{queries.seats_of(row.election, row.district)}名"),
        *([("姓名（当地文字）", row.name_beside)] if row.name_beside else []),
        ("性别、民族", f"{row.get_gender_display()}，{row.ethnicity}"),
        ("出生日期", chinese_date(row.birth_date)),
        ("籍贯", row.native_place),
        ("政治面貌、文化程度", "，".join(filter(None, [row.get_party_display(), row.get_education_display()]))),
        ("单位和职务（职业）", row.employer_post),
        ("身份类别", row.get_occupation_display() + ("，基层人员" if row.grassroots else "")),
        ("身份证号", masked(row, "id_number") if row.id_number else ""),
        ("手机", masked(row, "phone") if row.phone else ""),
        ("简历和主要表现", row.resume),
        *_own_words(row),
    ]


def _own_words(row: Nominee) -> list[tuple]:
    """What the person answered and declared, and what became of it."""
    told = [("本人意见", row.get_consent_display() + (f"，{chinese_date(row.consent_on)}" if row.consent_on else ""))]
    if row.declared_on:
        where = (
            f"（{row.mandates_where}，{'有' if row.mandates_related else '没有'}隶属关系）"
            if row.mandates_where
            else ""
        )
        told += [
            ("声明签字日期", chinese_date(row.declared_on)),
            ("担任其他行政区域的人大代表", row.get_mandates_display() + where),
            ("国（境）外长期居留许可", row.get_residence_display()),
            ("境外与选举有关的资助", row.get_funding_display()),
        ]
    if row.left_on:
        told.append(
            ("退出", f"{chinese_date(row.left_on)}，{row.get_left_how_display()}，{row.left_paper or '没有登记文书'}")
        )
    if row.told_on:
        told.append(("告知推荐者", chinese_date(row.told_on)))
    if row.untrue_told_on:
        told.append(("不实情况的通报", f"{chinese_date(row.untrue_told_on)}，{row.untrue_told_how}：{row.untrue}"))
    return told


def _more(place, row: Nominee) -> dict:
    papers = queries.nominations(Nomination.objects.kept().filter(nominee=row))
    said = Vetting.objects.kept().filter(nominee=row).select_related("unit").order_by("unit__name")
    named = queries.proposers(papers.filter(state=Nomination.State.ACCEPTED)).get(row.pk, "")
    return {
        "named_by": named,
        "statement_url": at(place, "elections-nominee-statement", row.pk),
        "nominations": [(one, url_of(one, place)) for one in papers],
        "vettings": [(one, url_of(one, place)) for one in said],
        "new_nomination": at(place, "elections-nomination-new", row.pk),
    }


NOMINEES = KeptPages(
    acts.NOMINEES,
    forms.NomineeForm,
    listings.NOMINEES,
    "nominees",
    Election,
    rows=queries.nominees,
    start=lambda election: {"election": election},
    above=lambda row: row.election,
    facts=_facts,
    reads=("election__term", "election__campaign", "district", "data_key"),
    lead=LEAD,
    findings=queries.nominee_findings,
    all_findings=queries.election_findings,
    heads=_heads,
    more=_more,
    template="elections/nominee.html",
    life=NOMINEE,
    preset=("district",),
)
BODIES = KeptPages(
    acts.BODIES,
    forms.BodyForm,
    listings.BODIES,
    "bodies",
    Campaign,
    rows=lambda campaign: NominatingBody.objects.kept().filter(campaign=campaign),
    start=lambda campaign: {"campaign": campaign},
    above=lambda row: row.campaign,
    facts=lambda row: [("类别", row.get_kind_display()), ("级别", row.get_rank_display())],
    reads=("campaign",),
    lead=gist(cite("election_law", "nomination_cap")),
)
UNITS = KeptPages(
    acts.VETTING_UNITS,
    forms.VettingUnitForm,
    listings.UNITS,
    "vetting-units",
    Campaign,
    rows=lambda campaign: VettingUnit.objects.kept().filter(campaign=campaign),
    start=lambda campaign: {"campaign": campaign},
    above=lambda row: row.campaign,
    facts=lambda row: [("答复期限", f"{row.days}日内")],
    reads=("campaign",),
    lead="联审是当地做法，法律没有规定；意见分为法定情形和地方建议，地方建议不影响列入名单。",
)


@township_view(VIEW)
def vetting_list(request, township, pk):
    """What the units say of the nominees of a level."""
    election = kept_or_404(LEVELS, pk)
    rows = Vetting.objects.kept().filter(kept("nominee"), nominee__election=election)
    trail = [
        ("选举工作", at(township, "elections-campaigns")),
        (str(election.campaign), url_of(election.campaign, township)),
        (f"{name_of(election)}代表候选人", at(township, "elections-nominee-list", pk)),
        ("联审意见", ""),
    ]
    rows = rows.select_related("nominee__district", "unit")
    return show(request, township, listings.VETTINGS, rows, context={"breadcrumbs": trail})


@township_view(EDIT)
def vetting_ask(request, township, pk):
    """Ask units about everybody named in a level who stands and was not asked about yet."""
    election = kept_or_404(LEVELS, pk)
    units = VettingUnit.objects.kept().filter(campaign=election.campaign_id)
    form = AskForm(request.POST or None, units=units)
    people = Nominee.objects.kept().filter(election=election, left_on__isnull=True)

    def act() -> int:
        said = form.cleaned_data
        return forms_of.ask(request.user, election.campaign, people, said["units"], said["on"])

    return form_page(
        request,
        form,
        act,
        title="送联审",
        lead=f"{name_of(election)}代表候选人中还没有送过的，一次送给所选的单位；没有联审单位的先登记。",
        said=lambda made: f"已送审{made}件，按各单位的期限催办。" if made else "已送审。",
        submit="送审",
        back=at(township, "elections-vettings", pk),
        cancel_url=at(township, "elections-nominee-list", pk),
    )


PAGES = (NOMINEES, BODIES, UNITS)
